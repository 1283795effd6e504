import { expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { withWorkspace } from "../../src/kernels/workspace.ts";

const EPSILON = 2 ** -52;

interface Swept {
  readonly d: Float64Array;
  readonly e: Float64Array;
  readonly c: Float64Array;
  readonly s: Float64Array;
}

function sweep(
  twin: "wasm" | "typescript",
  d: number[],
  e: number[],
  upward: 0 | 1,
  shift: number,
  keep: 0 | 1,
): Swept {
  const n = d.length;
  return withBackend(twin, () =>
    withWorkspace("f64", 0, 4 * n, (ws) => {
      const [dt, et, c, s] = [n, n, n, n].map((count) => ws.allocScalars(count));
      for (const at of [c, s]) ws.mem64.fill(7, at, at + n);
      ws.mem64.set(d, dt);
      ws.mem64.set([...e, 5], et);
      ws.k64.tridiagonalSweep(n, dt, et, upward, shift, c, s, keep);
      const [D, E, C, S] = [dt, et, c, s].map((at) => ws.mem64.slice(at, at + n));
      return { d: D, e: E, c: C, s: S };
    }),
  );
}

const dense = (d: ArrayLike<number>, e: ArrayLike<number>): number[][] =>
  Array.from({ length: d.length }, (_, i) =>
    Array.from({ length: d.length }, (_, j) => (i === j ? d[i] : Math.abs(i - j) === 1 ? e[Math.min(i, j)] : 0)),
  );

/** The product of the rotations, as `rotSweep` would turn the columns of the identity. */
function product(n: number, { c, s }: Swept, upward: 0 | 1): number[][] {
  const Q = dense(new Array(n).fill(1), new Array(n).fill(0));
  for (let k = 0; k < n - 1; k++) {
    const i = upward ? n - 2 - k : k;
    for (const row of Q) [row[i], row[i + 1]] = [c[i] * row[i] + s[i] * row[i + 1], c[i] * row[i + 1] - s[i] * row[i]];
  }
  return Q;
}

const cases: { name: string; d: number[]; e: number[]; shift: number }[] = [
  { name: "n = 2", d: [1, -2], e: [0.5], shift: 0.25 },
  { name: "second difference", d: [2, 2, 2, 2, 2], e: [-1, -1, -1, -1], shift: 0.3 },
  { name: "zero diagonal, zero shift", d: [0, 0, 0, 0], e: [1, 2, 3], shift: 0 },
  { name: "shift equal to an entry", d: [1, 2, 3, 4], e: [0.1, 0.2, 0.3], shift: 1 },
  { name: "graded", d: [1, 1e-3, 1e-6, 1e-9, 1e-12], e: [1e-2, 1e-5, 1e-8, 1e-11], shift: 1e-12 },
  { name: "tiny", d: [3e-200, 1e-200, -2e-200], e: [1e-200, 4e-200], shift: 1e-201 },
  { name: "an inner zero", d: [1, 2, 3, 4], e: [1, 0, 1], shift: 0.5 },
  {
    name: "n = 40",
    d: Array.from({ length: 40 }, (_, i) => Math.sin(i)),
    e: Array.from({ length: 39 }, (_, i) => Math.cos(3 * i)),
    shift: 0.7,
  },
];

for (const { name, d, e, shift } of cases) {
  for (const upward of [0, 1] as const) {
    test(`EIG-1 one sweep of implicit QR, ${name}, ${upward ? "upward" : "downward"}`, () => {
      const n = d.length;
      const swept = sweep("wasm", d, e, upward, shift, 1);
      expect(sweep("typescript", d, e, upward, shift, 1), "the twins, bit by bit").toEqual(swept);
      expect(swept.e[n - 1], "nothing is written behind e").toBe(5);
      expect([swept.c[n - 1], swept.s[n - 1]], "nor behind the rotations").toEqual([7, 7]);

      const bare = sweep("wasm", d, e, upward, shift, 0);
      expect([bare.d, bare.e], "the same values without the rotations").toEqual([swept.d, swept.e]);
      expect(bare.c.every((x) => x === 7) && bare.s.every((x) => x === 7)).toBe(true);

      // T' = QᵀTQ, Q orthogonal.
      const T = dense(d, e);
      const Q = product(n, swept, upward);
      const T1 = dense(swept.d, swept.e);
      const norm = Math.max(...T.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0)));
      let backward = 0;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let entry = 0;
          for (let k = 0; k < n; k++) {
            let inner = 0;
            for (let l = Math.max(0, k - 1); l <= Math.min(n - 1, k + 1); l++) inner += T[k][l] * Q[l][j];
            entry += Q[k][i] * inner;
          }
          backward = Math.max(backward, Math.abs(entry - T1[i][j]) / (norm * n * EPSILON));
        }
      }
      expect(backward, "‖T' − QᵀTQ‖ / (‖T‖·n·ε)").toBeLessThan(4);
    });
  }
}

test("EIG-1 sweeps with an eigenvalue as shift deflate it", () => {
  // [2 −1 0; −1 2 −1; 0 −1 2] has the eigenvalue 2.
  for (const upward of [0, 1] as const) {
    const { e } = sweep("wasm", [2, 2, 2], [-1, -1], upward, 2, 1);
    expect(Math.abs(e[upward ? 0 : 1])).toBeLessThan(4 * EPSILON);
  }
});

for (const dtype of ["f64", "f32"] as const) {
  test(`EIG-1 both twins iterate alike on a tridiagonal, at once and sweep by sweep, with orthogonal columns, ${dtype}`, () => {
    for (const { name, d, e } of cases) {
      if (name === "tiny") continue; // for the iteration entries are near 1
      const n = d.length;
      const iterate = (twin: "wasm" | "typescript", rows: number, most: number) =>
        withBackend(twin, () =>
          withWorkspace(dtype, n * rows, 5 * n, (ws) => {
            const [dt, et, work] = [ws.allocScalars(n), ws.allocScalars(n), ws.allocScalars(3 * n)];
            const V = ws.alloc(n * rows);
            ws.mem64.set(d, dt);
            ws.mem64.set([...e, 5], et);
            for (let i = 0; i < n * rows; i++) ws.mem[V + i] = i % (rows + 1) === 0 ? 1 : 0;
            let sweeps = 0;
            for (let more = -1; more !== 0 && sweeps < 99; sweeps += more) {
              more = ws.k.implicitQl(n, dt, et, V, rows, rows, work, most);
            }
            const [D, E] = [dt, et].map((at) => ws.mem64.slice(at, at + n));
            return { sweeps, D, E, X: ws.mem.slice(V, V + n * rows) };
          }),
        );
      const T = dense(d, e);
      const eps = dtype === "f64" ? EPSILON : 2 ** -23;
      const size = Math.max(...T.flat().map(Math.abs));
      for (const most of [99, 1]) {
        const first = iterate("wasm", 0, most);
        expect(first.sweeps, name).toBeLessThan(99);
        for (const twin of ["wasm", "typescript"] as const) {
          const { sweeps, D, E, X } = iterate(twin, n, most);
          expect([sweeps, D, E], name).toEqual([first.sweeps, first.D, first.E]);
          expect(E[n - 1], "nothing is written behind e").toBe(5);
          for (let i = 1; i < n - 1; i++) expect(E[i - 1] * E[i], `${name}, blocks of two at most`).toBe(0);
          // X·T'·Xᵀ is the tridiagonal, and X is orthogonal.
          const reduced = dense(D, E);
          for (let i = 0; i < n; i++) {
            for (let j = 0; j < n; j++) {
              let [entry, inner] = [0, 0];
              for (let k = 0; k < n; k++) {
                inner += X[i + k * n] * X[j + k * n];
                for (let l = Math.max(0, k - 1); l <= Math.min(n - 1, k + 1); l++) {
                  entry += X[i + k * n] * reduced[k][l] * X[j + l * n];
                }
              }
              expect(Math.abs(entry - T[i][j]) / (eps * size), `${name}, ${twin}, entry ${i}, ${j}`).toBeLessThan(32);
              expect(Math.abs(inner - (i === j ? 1 : 0)) / eps, `${name}, ${twin}, rows ${i}, ${j}`).toBeLessThan(32);
            }
          }
        }
      }
    }
  });
}
