import { expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { planeRotation } from "../../src/kernels/ref/bidiagonal.ts";
import { withWorkspace } from "../../src/kernels/workspace.ts";

const EPSILON = 2 ** -52;
type Twin = "wasm" | "typescript";

interface Swept {
  readonly d: Float64Array;
  readonly e: Float64Array;
  /** (c, s) of the rotations that turn right vectors, then those that turn left vectors. */
  readonly right: [Float64Array, Float64Array];
  readonly left: [Float64Array, Float64Array];
}

function sweep(twin: Twin, d: number[], e: number[], upward: 0 | 1, shift: number, keep: 0 | 1 = 1): Swept {
  const n = d.length;
  return withBackend(twin, () =>
    withWorkspace("f64", 0, 6 * n, (ws) => {
      const [dt, et, c1, s1, c2, s2] = Array.from({ length: 6 }, () => ws.allocScalars(n));
      for (const at of [c1, s1, c2, s2]) ws.mem64.fill(7, at, at + n);
      ws.mem64.set(d, dt);
      ws.mem64.set([...e, 5], et);
      ws.k64.bidiagonalSweep(n, dt, et, upward, shift, c1, s1, c2, s2, keep);
      const [D, E, C1, S1, C2, S2] = [dt, et, c1, s1, c2, s2].map((at) => ws.mem64.slice(at, at + n));
      const [first, second]: [Float64Array, Float64Array][] = [
        [C1, S1],
        [C2, S2],
      ];
      return { d: D, e: E, right: upward ? second : first, left: upward ? first : second };
    }),
  );
}

const bidiagonal = (d: ArrayLike<number>, e: ArrayLike<number>): number[][] =>
  Array.from({ length: d.length }, (_, i) =>
    Array.from({ length: d.length }, (_, j) => (i === j ? d[i] : j === i + 1 ? e[i] : 0)),
  );

/** A times the rotations of neighbouring columns, in the order of the sweep. */
function turned(A: number[][], [c, s]: [Float64Array, Float64Array], upward: 0 | 1): number[][] {
  const n = A[0].length;
  return A.map((before) => {
    const row = [...before];
    for (let k = 0; k < n - 1; k++) {
      const i = upward ? n - 2 - k : k;
      [row[i], row[i + 1]] = [c[i] * row[i] + s[i] * row[i + 1], c[i] * row[i + 1] - s[i] * row[i]];
    }
    return row;
  });
}

const transpose = (A: number[][]): number[][] => A[0].map((_, j) => A.map((row) => row[j]));

const CASES: [string, number[], number[]][] = [
  ["two", [3, 1], [2]],
  ["ordinary", [4, 3, 2, 1, 0.5], [1, -1, 0.25, 2]],
  ["negative entries", [-4, 3, -2, 1], [0.5, 1, -1]],
  ["graded", [1e8, 1, 1e-8, 1e-16], [1e6, 1e-2, 1e-12]],
  ["zero diagonal entry", [2, 0, 1], [1, 1]],
];

for (const twin of ["wasm", "typescript"] as const)
  for (const upward of [0, 1] as const)
    test(`KER-8 a sweep is an orthogonal equivalence, ${twin}, ${upward ? "upward" : "downward"}`, () => {
      for (const [name, d, e] of CASES)
        for (const shift of [0, 0.3]) {
          if (shift !== 0 && d.includes(0)) continue;
          const swept = sweep(twin, d, e, upward, shift);
          const B = bidiagonal(d, e);
          const right = turned(B, swept.right, upward);
          const both = transpose(turned(transpose(right), swept.left, upward));
          const expected = bidiagonal(swept.d, swept.e);
          const size = Math.max(...B.flat().map(Math.abs));
          const error = Math.max(...both.flatMap((row, i) => row.map((x, j) => Math.abs(x - expected[i][j]))));
          expect(error / (EPSILON * size), `${name} shift ${shift}`).toBeLessThan(16);
          expect(swept.e[d.length - 1], "the entry behind e is left alone").toBe(5);
        }
    });

test("KER-8 both twins sweep alike, bit for bit, with and without rotations", () => {
  for (const [name, d, e] of CASES)
    for (const upward of [0, 1] as const)
      for (const shift of [0, 0.3]) {
        const wasm = sweep("wasm", d, e, upward, shift);
        expect(sweep("typescript", d, e, upward, shift), name).toEqual(wasm);
        const bare = sweep("wasm", d, e, upward, shift, 0);
        expect(bare.d).toEqual(wasm.d);
        expect([...bare.left[0], ...bare.right[1]].every((x) => x === 7)).toBe(true);
      }
});

test("KER-8 the zero-shift sweep keeps tiny entries to full relative accuracy", () => {
  // The product of all diagonal entries, the determinant, is preserved; by relative accuracy to a few ε.
  const d = [1, 1e-5, 1e-10, 1e-15, 1e-20];
  const e = [1, 1e-5, 1e-10, 1e-15];
  for (const upward of [0, 1] as const) {
    const swept = sweep("wasm", d, e, upward, 0);
    const ratio = swept.d.reduce((p, x) => p * x, 1) / 1e-50;
    expect(Math.abs(Math.abs(ratio) - 1) / EPSILON).toBeLessThan(40);
  }
});

for (const dtype of ["f64", "f32"] as const)
  test(`KER-8 both twins iterate alike on a bidiagonal, at once and sweep by sweep, with orthogonal columns, ${dtype}`, () => {
    for (const [name, d, e] of CASES) {
      const n = d.length;
      const iterate = (twin: Twin, rows: number, most: number) =>
        withBackend(twin, () =>
          withWorkspace(dtype, 2 * n * rows, 7 * n, (ws) => {
            const [dt, et, work] = [ws.allocScalars(n), ws.allocScalars(n), ws.allocScalars(5 * n)];
            const [U, V] = [ws.alloc(n * rows), ws.alloc(n * rows)];
            ws.mem64.set(d, dt);
            ws.mem64.set([...e, 5], et);
            for (const at of [U, V]) for (let i = 0; i < n * rows; i++) ws.mem[at + i] = i % (rows + 1) === 0 ? 1 : 0;
            let sweeps = 0;
            for (let more = -1; more !== 0 && sweeps < 99; sweeps += more) {
              more = ws.k.implicitQr(n, dt, et, U, rows, rows, V, rows, rows, work, most);
            }
            const [D, E] = [dt, et].map((at) => ws.mem64.slice(at, at + n));
            const [X, Y] = [U, V].map((at) => ws.mem.slice(at, at + n * rows));
            return { sweeps, D, E, X, Y };
          }),
        );
      const B = bidiagonal(d, e);
      const eps = dtype === "f64" ? EPSILON : 2 ** -23;
      const size = Math.max(...B.flat().map(Math.abs));
      for (const most of [99, 1]) {
        const first = iterate("wasm", 0, most);
        for (const twin of ["wasm", "typescript"] as const) {
          const { sweeps, D, E, X, Y } = iterate(twin, n, most);
          expect(sweeps, name).toBe(first.sweeps);
          expect(sweeps, name).toBeLessThan(99);
          expect(D, name).toEqual(first.D);
          expect([...E], name).toEqual([...d.slice(1).fill(0), 5]);
          // X·diag(D)·Yᵀ is the bidiagonal.
          B.forEach((row, i) =>
            row.forEach((expected, j) => {
              const entry = D.reduce((sum, sigma, k) => sum + X[i + k * n] * sigma * Y[j + k * n], 0);
              const ratio = Math.abs(entry - expected) / (eps * size);
              expect(ratio, `${name}, ${twin}, entry ${i}, ${j}`).toBeLessThan(32);
            }),
          );
        }
      }
    }
  });

test("KER-8 plane rotations are safe for any magnitudes", () => {
  for (const f of [0, 1, -3, 5e-324, 1e-310, 1e-160, 1e200, -1.7e308])
    for (const g of [0, 2, -1, 5e-324, 1e-310, 1e-160, 1e200, 1e308]) {
      const [c, s, r] = planeRotation(f, g);
      expect(Math.abs(c * c + s * s - 1), `c² + s² for ${f}, ${g}`).toBeLessThan(4 * EPSILON);
      const size = Math.max(Math.abs(f), Math.abs(g));
      if (size < 1e308 && size > 0) {
        expect(Math.abs((c * f) / size + (s * g) / size - r / size)).toBeLessThan(4 * EPSILON + 5e-324 / size);
        expect(Math.abs((c * g) / size - (s * f) / size)).toBeLessThan(4 * EPSILON + 5e-324 / size);
      }
    }
});
