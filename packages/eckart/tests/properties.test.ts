import fc from "fast-check";
import { expect, test } from "vitest";
import { accuracy, det, Matrix, multiply, norm, reconstruct, subtract, svd, svdvals, truncate } from "eckart";

// Properties over matrices that fast-check invents and shrinks: small integers (ties, zeros, exact rank deficiency) and
// doubles of many magnitudes. Limits are in units of ε times the order.

const EPSILON = 2 ** -52;

// What is below 1e-200 is zero here: powers of two pass through subnormal numbers with a rounding.
const entry = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: -4, max: 4, noNaN: true }).map((x) => (Math.abs(x) < 1e-200 ? 0 : x)),
  fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -30, max: 30 }))
    .map(([x, e]) => (Math.abs(x) < 1e-200 ? 0 : x * 2 ** e)),
);

const matrix = (maxRows = 9, maxCols = 9): fc.Arbitrary<Matrix> =>
  fc
    .tuple(fc.integer({ min: 1, max: maxRows }), fc.integer({ min: 1, max: maxCols }))
    .chain(([m, n]) =>
      fc.array(entry, { minLength: m * n, maxLength: m * n }).map((x) => Matrix.wrap(Float64Array.from(x), [m, n])),
    );

const permutation = (n: number): fc.Arbitrary<number[]> =>
  fc.shuffledSubarray(
    Array.from({ length: n }, (_, i) => i),
    { minLength: n, maxLength: n },
  );

const permuted = (A: Matrix, rows: number[], cols: number[]): Matrix =>
  Matrix.from(rows.map((i) => cols.map((j) => A.at(i, j))));

const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(0, ...Array.from(a, (x, i) => Math.abs(x - b[i])));

test("SVD-1 SVD-2 SVD-3 any matrix is U·diag(s)·Vt, U and V orthonormal, s descending", () => {
  fc.assert(
    fc.property(matrix(), fc.boolean(), (A, full) => {
      const F = svd(A, { full });
      const { backward, orthogonalityU, orthogonalityV } = accuracy(A, F);
      const order = Math.max(...A.shape);
      expect(backward / (EPSILON * order), "backward").toBeLessThan(8);
      expect(orthogonalityU / (EPSILON * order), "orthogonality of U").toBeLessThan(12);
      expect(orthogonalityV / (EPSILON * order), "orthogonality of V").toBeLessThan(12);
      for (let i = 0; i < F.s.length; i++) expect(F.s[i]).toBeGreaterThanOrEqual(F.s[i + 1] ?? 0);
    }),
  );
});

test("SVD-3 the values survive permutations, transposition and signs; a power of two passes through exactly", () => {
  fc.assert(
    fc.property(
      matrix().chain((A) => fc.tuple(fc.constant(A), permutation(A.rows), permutation(A.cols))),
      fc.integer({ min: -200, max: 200 }),
      ([A, rows, cols], power) => {
        const s = svdvals(A);
        const limit = 8 * EPSILON * Math.max(...A.shape) * s[0];
        expect(difference(svdvals(permuted(A, rows, cols)), s)).toBeLessThanOrEqual(limit);
        expect(difference(svdvals(A.T), s)).toBeLessThanOrEqual(limit);
        expect(difference(svdvals(Matrix.from(A.toArray().map((row, i) => row.map((x) => (i % 2 ? -x : x))))), s)).toBeLessThanOrEqual(limit); // oxfmt-ignore
        const scaled = svdvals(Matrix.wrap(Matrix.from(A).data.map((x) => x * 2 ** power), A.shape)); // oxfmt-ignore
        expect(scaled).toEqual(s.map((x) => x * 2 ** power));
      },
    ),
  );
});

test("SVD-6 svdvals and every method of svd agree", () => {
  fc.assert(
    fc.property(matrix(12, 12), fc.constantFrom("golub-kahan", "divide-and-conquer", "jacobi"), (A, method) => {
      const s = svdvals(A);
      expect(difference(svd(A, { method }).s, s)).toBeLessThanOrEqual(8 * EPSILON * Math.max(...A.shape) * s[0]);
    }),
  );
});

test("SVD-3 |det A| is the product of the singular values, ‖A‖_F the root of the sum of their squares", () => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 7 })
        .chain((n) => fc.array(fc.integer({ min: -5, max: 5 }), { minLength: n * n, maxLength: n * n })),
      (entries) => {
        const n = Math.sqrt(entries.length);
        const A = Matrix.wrap(Float64Array.from(entries), [n, n]);
        const s = svdvals(A);
        const product = s.reduce((p, x) => p * x, 1);
        expect(Math.abs(Math.abs(det(A)) - product)).toBeLessThanOrEqual(64 * n * EPSILON * s[0] ** n);
        expect(Math.abs(norm(A) - norm(s))).toBeLessThanOrEqual(8 * n * EPSILON * norm(A));
      },
    ),
  );
});

test("LIN-8 truncation errs by exactly what it says, and keeps what it was asked to keep", () => {
  fc.assert(
    fc.property(matrix(), fc.double({ min: 0, max: 1, noNaN: true }), (A, energy) => {
      const kept = truncate(A, { energy });
      expect(kept.energy).toBeGreaterThanOrEqual(energy);
      const rest = subtract(A, reconstruct(kept));
      const limit = 16 * EPSILON * Math.max(...A.shape) * norm(A);
      expect(Math.abs(norm(rest) - kept.frobeniusError)).toBeLessThanOrEqual(limit);
      expect(Math.abs(norm(rest, 2) - kept.spectralError)).toBeLessThanOrEqual(limit);
      if (kept.rank > 0) expect(truncate(A, { rank: kept.rank - 1 }).energy).toBeLessThan(energy);
    }),
  );
});

test("LIN-1 (LR)ᵀ = RᵀLᵀ for products of any shape", () => {
  fc.assert(
    fc.property(
      matrix(6, 6).chain((L) =>
        fc.tuple(
          fc.constant(L),
          fc
            .array(entry, { minLength: L.cols * 4, maxLength: L.cols * 4 })
            .map((x) => Matrix.wrap(Float64Array.from(x), [L.cols, 4])),
        ),
      ),
      ([L, R]) => {
        const LR = multiply(L, R);
        const mirrored = multiply(R.T, L.T).T;
        expect(norm(subtract(LR, mirrored), "max")).toBeLessThanOrEqual(4 * L.cols * EPSILON * norm(L) * norm(R));
      },
    ),
  );
});
