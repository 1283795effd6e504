import { expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { withWorkspace } from "../../src/kernels/workspace.ts";

// trsm is judged by its equation, op(T)·X = B or X·op(T) = B, and by the rest of memory, which it must leave alone.
const SIZES = [0, 1, 2, 3, 4, 5, 8, 9, 17];
const BITS = [0, 1] as const;
const SIZE = 4096;

for (const backend of ["wasm", "typescript"] as const) {
  for (const dtype of ["f64", "f32"] as const) {
    test(`KER-7 trsm solves its equation and touches nothing else, ${dtype}, ${backend}`, () => {
      for (const right of BITS)
        for (const upper of BITS)
          for (const trans of BITS)
            for (const unit of BITS)
              for (const m of SIZES)
                for (const n of SIZES) {
                  const error = withBackend(backend, () => trsmError(dtype, right, upper, trans, unit, m, n));
                  expect(error, `right ${right} upper ${upper} trans ${trans} unit ${unit} ${m}×${n}`).toBeLessThan(4);
                }
    });
  }
}

/** Largest residual in units of ε·order; Infinity where memory outside B changed. */
function trsmError(
  dtype: "f64" | "f32",
  right: 0 | 1,
  upper: 0 | 1,
  trans: 0 | 1,
  unit: 0 | 1,
  m: number,
  n: number,
): number {
  return withWorkspace(dtype, SIZE, 0, (ws) => {
    const at = ws.alloc(SIZE);
    const { mem } = ws;
    const order = right ? n : m;
    const [T, ldt, B, ldb] = [at + 3, order + 2, at + 1500, m + 1];
    for (let i = 0, seed = 99; i < SIZE; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
      mem[at + i] = seed / 2 ** 31 / 8;
    }
    for (let i = 0; i < order; i++) mem[T + i * (ldt + 1)] = unit ? NaN : 1 + i / order;
    // the other triangle is never read
    for (let j = 0; j < order; j++)
      for (let i = 0; i < order; i++) if (upper ? i > j : i < j) mem[T + i + j * ldt] = NaN;

    const before = mem.slice(at, at + SIZE);
    ws.k.trsm(right, upper, trans, unit, m, n, T, ldt, B, ldb);
    const inB = (i: number): boolean => i >= B - at && (i - (B - at)) % ldb < m && i < B - at + n * ldb;
    for (let i = 0; i < SIZE; i++) if (!inB(i) && !Object.is(before[i], mem[at + i])) return Infinity;

    const t = (i: number, j: number): number => {
      const [r, c] = trans ? [j, i] : [i, j];
      if (r === c) return unit ? 1 : mem[T + r + c * ldt];
      return (upper ? r < c : r > c) ? mem[T + r + c * ldt] : 0;
    };
    let worst = 0;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let p = 0; p < order; p++) sum += right ? mem[B + i + p * ldb] * t(p, j) : t(i, p) * mem[B + p + j * ldb];
        const error = Math.abs(sum - before[B - at + i + j * ldb]);
        if (!(error <= worst)) worst = error;
      }
    }
    return worst / (ws.eps * Math.max(1, order));
  });
}
