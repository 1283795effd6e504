import { eigenResidual, orthogonality, productResidual, sturmCount, symmetricGallery } from "@eckart/testing";
import { expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { leadingDimension, matrixSize, withWorkspace, type Workspace } from "../../src/kernels/workspace.ts";
import { divideAndConquer, divideAndConquerScratch } from "../../src/linalg/eigh/divideAndConquer.ts";
import { implicitQl, implicitQlScratch, type Outcome } from "../../src/linalg/eigh/implicitQl.ts";
import { applyReflectors, reflectorScratch } from "../../src/linalg/parts/reflector.ts";
import { tridiagonalize, tridiagonalizeScratch } from "../../src/linalg/parts/tridiagonal.ts";
import { withTuning } from "../../src/linalg/tuning.ts";
import { Matrix } from "../../src/matrix/matrix.ts";
import { load, powerOfTwoScale, store } from "../../src/matrix/transfer.ts";

// The stages of eigh, each with exactly the scratch that it asks for.

const TWINS = ["wasm", "typescript"] as const;

function tridiagonal(d: ArrayLike<number>, e: ArrayLike<number>): Matrix {
  const T = Matrix.diagonal(Float64Array.from(d));
  const n = d.length;
  for (let i = 0; i < n - 1; i++) T.data[i * (n + 1) + 1] = T.data[(i + 1) * n + i] = e[i];
  return T;
}

function identityAt(ws: Workspace, n: number, at: number, ld: number): void {
  for (let j = 0; j < n; j++) {
    ws.mem.fill(0, at + j * ld, at + j * ld + n);
    ws.mem[at + j * (ld + 1)] = 1;
  }
}

/** T and Q of S = Q·T·Qᵀ; the upper triangle that the reduction must not read is NaN. */
function reduce(S: Matrix): { T: Matrix; Q: Matrix; scaled: Matrix } {
  const n = S.rows;
  const scale = powerOfTwoScale(Math.max(0, ...S.data.map(Math.abs)));
  const room = 2 * matrixSize(n, n) + Math.max(tridiagonalizeScratch(n), n + reflectorScratch(n, n));
  return withWorkspace(S.dtype, room, 2 * n, (ws) => {
    const ld = leadingDimension(n);
    const [A, Q] = [ws.alloc(ld * n), ws.alloc(ld * n)];
    const [d, e] = [ws.allocScalars(n), ws.allocScalars(n)];
    load(ws, S, A, ld, scale);
    const scaled = store(ws, A, ld, n, n);
    for (let j = 0; j < n; j++) ws.mem.fill(NaN, A + j * ld, A + j * ld + j);
    const reflectors = tridiagonalize(ws, n, A, ld, d, e);
    identityAt(ws, n, Q, ld);
    applyReflectors(ws, reflectors, "left", 0, n, Q + 1, ld);
    const [D, E] = [d, e].map((at) => ws.mem64.slice(at, at + n));
    return { T: tridiagonal(D, E), Q: store(ws, Q, ld, n, n), scaled };
  });
}

for (const dtype of ["f64", "f32"] as const) {
  test(`EIG-1 blocked reduction to tridiagonal form, S = Q·T·Qᵀ, ${dtype}`, () => {
    for (const [reflectorBlock, tridiagonalRest, orders] of [
      [3, 4, [1, 2, 3, 4, 5, 6, 7, 8, 11, 14, 23]],
      [4, 1, [1, 2, 5, 8, 9, 17]],
      [1, 1, [1, 2, 3, 9]],
      [32, 48, [31, 33, 47, 48, 49, 80, 81, 113]],
    ] as const) {
      withTuning({ reflectorBlock, tridiagonalRest }, () => {
        for (const n of orders) {
          for (const A of symmetricGallery(n, 2, dtype)) {
            if (n > 48 && A.family !== "gaussian") continue;
            for (const twin of TWINS) {
              const { T, Q, scaled } = withBackend(twin, () => reduce(Matrix.from(A)));
              const name = `${A.name}, blocks of ${reflectorBlock}, from ${tridiagonalRest} columns on as one kernel, ${twin}`;
              expect(productResidual(scaled, Q, T, Q.T), `residual, ${name}`).toBeLessThan(4);
              expect(orthogonality(Q), `orthogonality, ${name}`).toBeLessThan(4);
            }
          }
        }
      });
    }
  });
}

interface Solved extends Outcome {
  readonly w: Float64Array;
  readonly V: Matrix;
}

type Solver = (ws: Workspace, n: number, d: number, e: number, V: number, ld: number) => Outcome;

const ql: Solver = (ws, n, d, e, V, ldv) => {
  identityAt(ws, n, V, ldv);
  return implicitQl(ws, n, d, e, { V, ldv, rows: n });
};

function solve(dtype: "f64" | "f32", D: number[], E: number[], solver: Solver): Solved {
  const n = D.length;
  const own = solver === ql ? { elements: 0, scalars: implicitQlScratch(n) } : divideAndConquerScratch(n);
  return withWorkspace(dtype, matrixSize(n, n) + own.elements, 2 * n + own.scalars, (ws) => {
    const ld = leadingDimension(n);
    const V = ws.alloc(ld * n);
    const [d, e] = [ws.allocScalars(n), ws.allocScalars(n)];
    ws.mem64.set(D, d);
    ws.mem64.set(E, e);
    const outcome = solver(ws, n, d, e, V, ld);
    return { ...outcome, w: ws.mem64.slice(d, d + n), V: store(ws, V, ld, n, n) };
  });
}

const range = (n: number, entry: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => entry(i));

/** Tridiagonals that drive divide and conquer into its corners. */
function cases(n: number): { name: string; d: number[]; e: number[] }[] {
  const half = (n >> 1) - 1;
  return [
    { name: "nothing to tear", d: range(n, (i) => Math.sin(i)), e: range(n - 1, (i) => (i === half ? 0 : 1)) },
    { name: "everything deflates: zeros beside the diagonal", d: range(n, (i) => i % 3), e: range(n - 1, () => 0) },
    { name: "the tie is negative", d: range(n, (i) => Math.cos(i)), e: range(n - 1, () => -0.7) },
    { name: "the tie outweighs all", d: range(n, () => 1e-10), e: range(n - 1, (i) => (i === half ? 1 : 1e-10)) },
    { name: "the tie is at ε", d: range(n, (i) => Math.sin(i)), e: range(n - 1, (i) => (i === half ? 2 ** -52 : 0.5)) },
    { name: "the halves are equal", d: range(n, (i) => Math.abs(i - (n - 1) / 2)), e: range(n - 1, () => 0.01) },
    { name: "one value but for rounding", d: range(n, () => 1), e: range(n - 1, () => 2 ** -51) },
    { name: "zero diagonal", d: range(n, () => 0), e: range(n - 1, () => 1) },
    { name: "all zero", d: range(n, () => 0), e: range(n - 1, () => 0) },
    { name: "graded down", d: range(n, (i) => 8 ** -i), e: range(n - 1, (i) => 0.3 * 8 ** -i) },
    { name: "graded up", d: range(n, (i) => 8 ** (i - n + 1)), e: range(n - 1, (i) => 0.3 * 8 ** (i - n + 1)) },
    { name: "underflowing ties", d: range(n, (i) => Math.sin(i)), e: range(n - 1, () => 1e-200) },
    { name: "tiny against one", d: range(n, (i) => (i === 0 ? 1 : 1e-300)), e: range(n - 1, () => 1e-300) },
  ];
}

for (const [name, solver] of [
  ["implicit QL", ql],
  ["divide and conquer", divideAndConquer],
] as const) {
  for (const dtype of ["f64", "f32"] as const) {
    test(`EIG-1 EIG-2 ${name} on tridiagonals, ${dtype}`, () => {
      for (const divideLeaf of [1, 2, 5, 25]) {
        withTuning({ divideLeaf }, () => {
          for (const n of divideLeaf < 25 ? [1, 2, 3, 4, 5, 6, 7, 12, 19] : [26, 53]) {
            for (const { name: kind, d, e } of cases(n)) {
              for (const twin of TWINS) {
                const solved = withBackend(twin, () => solve(dtype, d, e, solver));
                const what = `${kind}, n = ${n}, leaves of ${divideLeaf}, ${twin}`;
                expect(solved.converged, what).toBe(true);
                expect(solved.residual, what).toBe(0);
                const w = dtype === "f64" ? solved.w : Float32Array.from(solved.w);
                expect(eigenResidual(tridiagonal(d, e), w, solved.V), `residual, ${what}`).toBeLessThan(5);
                expect(orthogonality(solved.V), `orthogonality, ${what}`).toBeLessThan(5);
              }
            }
          }
        });
      }
    });
  }
}

test("EIG-3 implicit QL without vectors makes the same steps", () => {
  for (const { name, d, e } of cases(21)) {
    const { w, iterations } = solve("f64", d, e, ql);
    const bare = withWorkspace("f64", 0, 42, (ws) => {
      const [dt, et] = [ws.allocScalars(21), ws.allocScalars(21)];
      ws.mem64.set(d, dt);
      ws.mem64.set(e, et);
      const outcome = implicitQl(ws, 21, dt, et, null);
      return { w: ws.mem64.slice(dt, dt + 21), iterations: outcome.iterations };
    });
    expect(bare, name).toEqual({ w, iterations });
  }
});

test("EIG-3 eigenvalues of a zero diagonal stand where Sturm counts place them", () => {
  // [0 B; Bᵀ 0] in the order that makes it tridiagonal: the positive eigenvalues are the singular values of B.
  const n = 40;
  const e = range(2 * n - 1, (i) => 1 + Math.sin(i * i));
  const d = range(2 * n, () => 0);
  const diagonal = e.filter((_, i) => i % 2 === 0);
  const superdiagonal = e.filter((_, i) => i % 2 === 1);
  for (const solver of [ql, divideAndConquer]) {
    const w = solve("f64", d, e, solver).w.toSorted();
    const slack = 20 * 2 ** -52 * w[2 * n - 1];
    for (let i = 0; i < n; i++) {
      const value = w[2 * n - 1 - i];
      expect(sturmCount(diagonal, superdiagonal, value - slack)).toBeGreaterThan(i);
      expect(sturmCount(diagonal, superdiagonal, value + slack)).toBeLessThanOrEqual(i);
    }
  }
});

test("EIG-7 every loop ends, fed with what the door would have refused", () => {
  for (const twin of TWINS) {
    withBackend(twin, () => {
      for (const bad of [NaN, Infinity]) {
        for (const place of [0, 4, 8]) {
          for (const solver of [ql, divideAndConquer]) {
            const d = range(9, (i) => (i === place ? bad : i));
            withTuning({ divideLeaf: 3 }, () =>
              solve(
                "f64",
                d,
                range(8, () => 1),
                solver,
              ),
            );
            const e = range(8, (i) => (i === place ? bad : 1));
            withTuning({ divideLeaf: 3 }, () =>
              solve(
                "f64",
                range(9, (i) => i),
                e,
                solver,
              ),
            );
          }
        }
      }
      const { converged, iterations, residual } = solve(
        "f64",
        range(9, () => NaN),
        range(8, () => 1),
        ql,
      );
      expect([converged, iterations]).toEqual([false, 270]);
      expect(residual).toBeNaN();
    });
  }
});
