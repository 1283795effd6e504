import { expect, test } from "vitest";
import type { DType } from "../../src/kernels/abi.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { withWorkspace, type Workspace } from "../../src/kernels/workspace.ts";

// Both twins work on the same memory image, which is compared as a whole: a write outside the arguments fails as well.

const SIZE = 1 << 13;
const X = 16;
const V = 4096;
const NORMS = 7000;
const WORST = 7100;
const BEFORE = 7200;

function image(dtype: DType, name: "wasm" | "typescript", prepare: (ws: Workspace, at: number) => void) {
  return withBackend(name, () =>
    withWorkspace(dtype, SIZE, 0, (ws) => {
      const at = ws.alloc(SIZE);
      let seed = 4711;
      for (let i = 0; i < SIZE; i++) {
        seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
        ws.mem[at + i] = seed / 2 ** 31;
      }
      prepare(ws, at);
      return { memory: ws.mem.slice(at, at + SIZE), eps: ws.eps };
    }),
  );
}

interface Sizes {
  m: number;
  np: number;
  nq: number;
  rows: number;
}

/** Norms of all columns, then one tile of the first np columns against the next nq; `scale` is applied before. */
function tile(ws: Workspace, at: number, { m, np, nq, rows }: Sizes, scale: (column: number) => number): void {
  const ldx = m + 1;
  for (let j = 0; j < np + nq; j++) ws.k.scal(m, scale(j), at + X + j * ldx, 1);
  ws.mem.fill(0, at + WORST, at + WORST + 2);
  ws.k.jacobiNorms(m, np + nq, at + X, ldx, at + NORMS);
  ws.k.jacobiTile(m, np, nq, 0, np, at + X, ldx, rows, at + V, rows + 2, at + NORMS, 4 * ws.eps, at + WORST);
}

const SIZES: Sizes[] = [0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33].flatMap((m) => [
  { m, np: 1, nq: 1, rows: 0 },
  { m, np: 1, nq: 7, rows: m },
  { m, np: 3, nq: 2, rows: m + 3 },
]);

/** Gradings that reach every branch: none, steep, columns whose products underflow, zero and subnormal columns. */
const GRADINGS: Record<string, (dtype: DType) => (column: number) => number> = {
  none: () => () => 1,
  steep: () => (j) => 1e-3 ** j,
  underflowing: (dtype) => (j) => (dtype === "f64" ? 1e-200 : 1e-30) * 0.1 ** j,
  apart: (dtype) => (j) => (j % 2 ? 1 : dtype === "f64" ? 1e-303 : 1e-36),
  "zero and subnormal": (dtype) => (j) => [1, 0, dtype === "f64" ? 1e-310 : 1e-40][j % 3],
};

for (const dtype of ["f64", "f32"] as const) {
  test(`KER-7 Jacobi tiles agree, ${dtype}`, () => {
    for (const [name, grading] of Object.entries(GRADINGS)) {
      for (const sizes of SIZES) {
        const prepare = (ws: Workspace, at: number): void => tile(ws, at, sizes, grading(dtype));
        const a = image(dtype, "wasm", prepare);
        const b = image(dtype, "typescript", prepare);
        const { m, np, nq } = sizes;
        const limit = 16 * (m + 1) * np * nq * a.eps;
        let worst = 0;
        for (let i = 0; i < SIZE; i++) {
          // Columns are compared to the size they had: tiny ones must agree in their digits, not in zeros.
          const column = i >= NORMS ? i - NORMS : Math.floor((i - X) / (m + 1));
          const unit = column >= 0 && column < np + nq ? b.memory[BEFORE + column] : 1;
          const difference = Math.abs(a.memory[i] - b.memory[i]);
          const smallest = dtype === "f64" ? 2 ** -1074 : 2 ** -149;
          if (difference > 2 * smallest) worst = Math.max(worst, difference / unit);
          if (Number.isNaN(difference)) worst = NaN;
        }
        expect(worst / limit, `${name} ${JSON.stringify(sizes)}`).toBeLessThan(1);
      }
    }
  });

  for (const name of ["wasm", "typescript"] as const) {
    test(`KER-7 a turned pair is orthogonal, its norms and V follow, ${dtype} ${name}`, () => {
      for (const [a, b] of [
        [1, 1],
        [1, 1e-3],
        [1e-6, 1],
        [1e-12, 1e-12],
      ]) {
        const { memory, eps } = image(dtype, name, (ws, at) => {
          // V starts as the two columns themselves, so that it must end as they do.
          ws.k.scal(20, a, at + X, 1);
          ws.k.scal(20, b, at + X + 21, 1);
          ws.mem.copyWithin(at + V, at + X, at + X + 42);
          ws.mem.fill(0, at + WORST, at + WORST + 2);
          ws.k.jacobiNorms(20, 2, at + X, 21, at + NORMS);
          ws.k.jacobiTile(20, 1, 1, 0, 1, at + X, 21, 20, at + V, 21, at + NORMS, ws.eps, at + WORST);
        });
        const columns = [memory.slice(X, X + 20), memory.slice(X + 21, X + 41)];
        const product = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
          Array.from(x, (xi, i) => xi * y[i]).reduce((sum, xy) => sum + xy, 0);
        const norms = columns.map((x) => Math.sqrt(product(x, x)));
        expect(Math.abs(product(columns[0], columns[1]) / (norms[0] * norms[1])) / eps).toBeLessThan(8);
        for (const j of [0, 1]) expect(Math.abs(memory[NORMS + j] / norms[j] - 1) / Math.sqrt(eps)).toBeLessThan(1);
        expect(memory.slice(V, V + 20)).toEqual(columns[0]);
        expect(memory.slice(V + 21, V + 41)).toEqual(columns[1]);
        expect(memory[WORST]).toBeGreaterThan(eps);
        expect(memory[WORST + 1]).toBeGreaterThan(0);
      }
    });
  }
}
