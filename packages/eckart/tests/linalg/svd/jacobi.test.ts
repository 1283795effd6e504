import {
  absoluteRatio,
  gallery,
  Measured,
  order,
  orthogonality,
  Random,
  relativeRatio,
  residual,
  singularValueFixtures,
} from "@eckart/testing";
import { describe, expect, test } from "vitest";
import type { BackendName } from "../../../src/kernels/load.ts";
import { withBackend } from "../../../src/kernels/load.ts";
import { leadingDimension, matrixSize, withWorkspace } from "../../../src/kernels/workspace.ts";
import { jacobiScale, jacobiScratch, jacobiSvd } from "../../../src/linalg/svd/jacobi.ts";
import { withTuning } from "../../../src/linalg/tuning.ts";
import { type FloatArray, Matrix } from "../../../src/matrix/matrix.ts";
import { largestFinite } from "../../../src/matrix/input.ts";
import { load, store, storeTransposed } from "../../../src/matrix/transfer.ts";

interface Answer {
  s: FloatArray;
  U: Matrix;
  Vt: Matrix;
  sweeps: number;
}

/** The decomposition of A, m ≥ n, with U of m × cols; cols = 0 asks for the values alone. */
function jacobi(A: Matrix, cols: number = A.cols): Answer {
  const [m, n] = A.shape;
  const scale = jacobiScale(A.dtype, largestFinite("jacobi", A));
  const elements = matrixSize(m, n) + matrixSize(m, cols) + matrixSize(n, n) + jacobiScratch(m, n, cols);
  return withWorkspace(A.dtype, elements, n, (ws) => {
    const lda = leadingDimension(m);
    const ldv = leadingDimension(n);
    const at = ws.alloc(lda * n);
    const U = { at: ws.alloc(lda * cols), ld: lda, cols };
    const V = { at: ws.alloc(ldv * n), ld: ldv };
    const s = ws.allocScalars(n);
    // Whatever was in memory must not matter.
    ws.mem.fill(NaN, at, V.at + ldv * n);
    load(ws, A, at, lda, scale);
    const top = ws.mark();
    const outcome = jacobiSvd(ws, m, n, at, lda, s, cols > 0 ? { U, V } : null);
    expect(ws.mark()).toBe(top);
    expect(outcome.converged).toBe(true);
    const values = Matrix.zeros(1, n, { dtype: A.dtype }).data;
    for (let i = 0; i < n; i++) values[i] = ws.mem64[s + i] / scale;
    return {
      s: values,
      U: store(ws, U.at, U.ld, m, cols),
      Vt: storeTransposed(ws, V.at, V.ld, n, cols > 0 ? n : 0),
      sweeps: outcome.iterations,
    };
  });
}

const BACKENDS: BackendName[] = ["wasm", "typescript"];
const SHAPES = [
  [0, 0],
  [3, 0],
  [1, 1],
  [2, 1],
  [2, 2],
  [3, 2],
  [5, 5],
  [8, 8],
  [9, 9],
  [17, 16],
  [40, 12],
  [33, 33],
  [130, 7],
];

describe.each(BACKENDS)("%s", (backend) => {
  for (const dtype of ["f64", "f32"] as const) {
    test(`SVD-1 SVD-2 SVD-3 Jacobi over the gallery, ${dtype}`, () => {
      const measured = new Measured("jacobi");
      const worst = { back: 0, orth: 0, alone: 0, sweeps: 0 };
      const raise = (what: keyof typeof worst, name: string, ratio: number, limit: number): void => {
        measured.record("all", what, ratio);
        worst[what] = Math.max(worst[what], ratio);
        expect(ratio, `${name}: ${what}`).toBeLessThanOrEqual(limit);
      };
      withBackend(backend, () => {
        for (const [m, n] of SHAPES) {
          for (const G of gallery(m, n, 11, dtype)) {
            const A = Matrix.wrap(G.data, [m, n]);
            const full = m <= 40 && m > n;
            const { s, U, Vt, sweeps } = jacobi(A, full ? m : n);
            expect(order(s), `${G.name}: order of ${s}`).toBe(0);
            raise("back", G.name, residual(G, U, s, Vt), 3);
            raise("orth", G.name, Math.max(orthogonality(U), orthogonality(Vt)), 4);
            raise("alone", G.name, absoluteRatio(jacobi(A, 0).s, s), 2 + n);
            raise("sweeps", G.name, sweeps, 15);
          }
        }
      });
      expect(measured.summary("back").median, measured.table()).toBeLessThan(2);
      expect(measured.summary("orth").median, measured.table()).toBeLessThan(3.5);
    });
  }

  test("SVD-4 Jacobi keeps the digits of small singular values: graded rows, columns, both", () => {
    // Recorded to 30 digits. Graded on both sides, a change of the entries by one part in 10³⁰ changes singular values by
    // up to 240 parts, twelve times the condition that scaling leaves.
    const limits = { scaled: 2, "doubly scaled": 50 };
    let count = 0;
    withBackend(backend, () => {
      for (const F of singularValueFixtures()) {
        if (F.structure !== "scaled" && F.structure !== "doubly scaled") continue;
        const given = Matrix.from(F.A, { dtype: F.dtype });
        for (const A of given.rows === given.cols ? [given, given.T] : [given.rows > given.cols ? given : given.T]) {
          const { s, U, Vt } = jacobi(A);
          const ratio = relativeRatio(s, F.s) / F.scaledCondition!;
          expect(ratio, `${F.name} ${F.dtype} ${A.shape}`).toBeLessThanOrEqual(limits[F.structure]);
          expect(residual(A, U, s, Vt), `${F.name} residual`).toBeLessThan(4);
          expect(Math.max(orthogonality(U), orthogonality(Vt)), `${F.name} orthogonality`).toBeLessThan(4);
          count++;
        }
      }
    });
    expect(count).toBeGreaterThanOrEqual(20);
  });

  test("SVD-3 Jacobi agrees with recorded values to ε·σ₁ on every other class", () => {
    withBackend(backend, () => {
      for (const F of singularValueFixtures()) {
        const given = Matrix.from(F.A, { dtype: F.dtype });
        const A = given.rows < given.cols ? given.T : given;
        const { s, U, Vt } = jacobi(A);
        expect(absoluteRatio(s, F.s), `${F.name} ${F.dtype}`).toBeLessThan(5);
        expect(residual(A, U, s, Vt), `${F.name} residual`).toBeLessThan(4);
        expect(Math.max(orthogonality(U), orthogonality(Vt)), `${F.name} orthogonality`).toBeLessThan(4);
      }
    });
  });

  for (const [dtype, exponents] of [
    ["f64", [1000, 400, 0, -300]],
    ["f32", [110, 40, 0, -90]],
  ] as const) {
    test(`SVD-4 Jacobi on columns from one end of the range to the other, ${dtype}`, () => {
      // So far apart, the singular values are the diagonal of R, which scales with its columns.
      const random = new Random(3, "columns");
      const B = Array.from({ length: 9 }, () => exponents.map(() => Math.fround(random.gaussian())));
      const scaled = (power: (j: number) => number): number[][] => B.map((row) => row.map((x, j) => x * 2 ** power(j)));
      withBackend(backend, () => {
        const far = jacobi(
          Matrix.from(
            scaled((j) => exponents[j]),
            { dtype },
          ),
        );
        const near = jacobi(Matrix.from(scaled((j) => -60 * j)));
        const unit = dtype === "f64" ? 2 ** -52 : 2 ** -23;
        exponents.forEach((exponent, j) => {
          const expected = near.s[j] * 2 ** (60 * j);
          expect(Math.abs(far.s[j] / 2 ** exponent / expected - 1) / unit, `value ${j}`).toBeLessThan(8);
        });
        expect(orthogonality(far.U)).toBeLessThan(4);
        expect(orthogonality(far.Vt)).toBeLessThan(4);
      });
    });
  }

  test("SVD-2 vectors of singular values that underflow are completed to an orthonormal basis", () => {
    // Scaled with 2¹⁰⁰⁰, the small Kahan matrix lies at the smallest normal number: its R above, its last value below.
    const n = 12;
    const sine = 0.95;
    const cosine = Math.sqrt(1 - sine * sine);
    const kahan = (i: number, j: number): number => (i === j ? sine ** i : i < j ? -cosine * sine ** i : 0);
    const A = Matrix.from(
      Array.from({ length: n + 3 }, (_, i) =>
        Array.from({ length: n + 1 }, (__, j) =>
          i === 0 && j === 0 ? 2 ** 1000 : i > 0 && j > 0 && i <= n ? kahan(i - 1, j - 1) * 2 ** -418 : 0,
        ),
      ),
    );
    withBackend(backend, () => {
      const { s, U, Vt } = jacobi(A, A.rows);
      const last = s[n] * jacobiScale("f64", 2 ** 1000);
      expect(last).toBeGreaterThan(2 ** -1023);
      expect(last).toBeLessThan(2 ** -1022);
      expect(order(s)).toBe(0);
      expect(orthogonality(U)).toBeLessThan(4);
      expect(orthogonality(Vt)).toBeLessThan(4);
      expect(residual(A, U, s, Vt)).toBeLessThan(4);
    });
  });

  test("SVD-1 Jacobi in tiles of every size, and row sorting, give the same decomposition", () => {
    const random = new Random(8, "tiles");
    const A = Matrix.from(
      Array.from({ length: 70 }, (_, i) => Array.from({ length: 65 }, () => random.gaussian() * 2 ** (i % 17))),
    );
    withBackend(backend, () => {
      const { s } = jacobi(A);
      for (const jacobiBlock of [1, 3, 8, 64, 100]) {
        for (const reflectorBlock of [4, 32]) {
          const other = withTuning({ jacobiBlock, reflectorBlock }, () => jacobi(A));
          expect(relativeRatio(other.s, s), `tiles of ${jacobiBlock}`).toBeLessThan(400);
          expect(residual(A, other.U, other.s, other.Vt), `tiles of ${jacobiBlock}`).toBeLessThan(4);
          expect(orthogonality(other.U), `tiles of ${jacobiBlock}`).toBeLessThan(4);
          expect(orthogonality(other.Vt), `tiles of ${jacobiBlock}`).toBeLessThan(4);
        }
      }
    });
  });

  test("SVD-4 Jacobi passes powers of two and permutations of rows through", () => {
    const random = new Random(9, "invariance");
    const A = Matrix.from(
      Array.from({ length: 12 }, (_, i) => Array.from({ length: 9 }, () => random.gaussian() * 4 ** i)),
    );
    withBackend(backend, () => {
      const { s, U, Vt } = jacobi(A);
      for (const power of [-900, -30, 30, 900]) {
        const other = jacobi(Matrix.from(A.toArray().map((row) => row.map((x) => x * 2 ** power))));
        expect(other.s).toEqual(s.map((x) => x * 2 ** power));
        expect(other.U).toEqual(U);
        expect(other.Vt).toEqual(Vt);
      }
      const upsideDown = jacobi(Matrix.from(A.toArray().reverse()));
      expect(upsideDown.s).toEqual(s);
      expect(upsideDown.U.toArray().reverse()).toEqual(U.toArray());
    });
  });

  test("SVD-8 Jacobi returns, whatever the entries", () => {
    withBackend(backend, () => {
      for (const value of [NaN, Infinity, -Infinity]) {
        const m = 6;
        const n = 5;
        withWorkspace("f64", matrixSize(m, n) + jacobiScratch(m, n, 0), n, (ws) => {
          const at = ws.alloc(matrixSize(m, n));
          const s = ws.allocScalars(n);
          for (let i = 0; i < matrixSize(m, n); i++) ws.mem[at + i] = i % 7 === 3 ? value : Math.sin(i);
          expect(jacobiSvd(ws, m, n, at, leadingDimension(m), s, null).iterations).toBeLessThanOrEqual(30);
        });
      }
    });
  });
});
