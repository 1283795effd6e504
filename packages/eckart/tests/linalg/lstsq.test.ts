import {
  gallery,
  layouts,
  leastSquaresResidual,
  Measured,
  orthogonality,
  Random,
  shapes,
  type GalleryMatrix,
} from "@eckart/testing";
import { afterAll, expect, test } from "vitest";
import { NonFiniteError, OptionError, ShapeError } from "../../src/errors.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { lstsq } from "../../src/linalg/lstsq/lstsq.ts";
import { pinv } from "../../src/linalg/lstsq/pinv.ts";
import { norm } from "../../src/linalg/norm/norm.ts";
import { rank } from "../../src/linalg/subspaces/rank.ts";
import { nullSpace, orth } from "../../src/linalg/subspaces/subspaces.ts";
import { svd } from "../../src/linalg/svd/svd.ts";
import { solve } from "../../src/linalg/solve/solve.ts";
import { subtract } from "../../src/matrix/elementwise.ts";
import { Matrix } from "../../src/matrix/matrix.ts";
import { multiply } from "../../src/matrix/product.ts";

// Few shapes for the slower twin: it differs in the kernels only, which have tests of their own.
const SIZES = {
  wasm: [...shapes([3]), [9, 8], [8, 9], [40, 25], [25, 40]],
  typescript: [[1, 1], [3, 3], [9, 8], [8, 9], [12, 2], [2, 12]], // oxfmt-ignore
} as const;
const measured = new Measured("least squares");
afterAll(() => console.log(measured.table()));

for (const backend of ["wasm", "typescript"] as const) {
  for (const dtype of ["f64", "f32"] as const) {
    test(`LIN-3 LIN-4 LIN-6 lstsq, pinv, rank, nullSpace, orth over the gallery, ${dtype}, ${backend}`, () => {
      withBackend(backend, () => {
        for (const [m, n] of SIZES[backend]) {
          for (const A of gallery(m, n, 13, dtype)) {
            const before = A.data.slice();
            expectLeastSquares(A);
            expectSubspaces(A);
            if (!A.tags.includes("extreme") && !A.tags.includes("graded")) expectPenrose(A);
            expect(A.data, A.name).toEqual(before);
          }
        }
      });
    });
  }
}

/** Least squares with the right-hand sides as large as A: in the range of A, and anywhere. */
function expectLeastSquares(A: GalleryMatrix): void {
  const random = new Random(1, A.name);
  const size = norm(A, "max") / 8;
  const B = Matrix.from(
    Array.from({ length: A.rows }, () => [size * random.gaussian(), size * random.gaussian() * 1e-6]),
    { dtype: A.dtype },
  );
  if (A.rows === 0 || A.cols === 0) return;
  const { x, residuals, rank: r, s } = lstsq(A, B);
  expect(x.shape, A.name).toEqual([A.cols, 2]);
  expect(x.dtype, A.name).toBe(A.dtype);
  expect(r, A.name).toBe(rank(A));
  expect([...s], A.name).toHaveLength(Math.min(A.rows, A.cols));
  if (!x.data.every(Number.isFinite)) return;
  expect(measured.record(A.family, "optimality", leastSquaresResidual(A, x, B)), A.name).toBeLessThan(30);
  // ‖x‖ is least where x has no part in the null space.
  const N = nullSpace(A);
  const part = norm(multiply(N.T, x), "max") / Math.max(norm(x), 1e-300);
  const eps = A.dtype === "f64" ? 2 ** -52 : 2 ** -23;
  expect(measured.record(A.family, "least norm", part / (A.cols * eps)), A.name).toBeLessThan(20);
  expect(residuals).toHaveLength(2);
}

function expectSubspaces(A: GalleryMatrix): void {
  const r = rank(A);
  const [Q, N] = [orth(A), nullSpace(A)];
  expect(Q.shape, A.name).toEqual([A.rows, r]);
  expect(N.shape, A.name).toEqual([A.cols, A.cols - r]);
  expect(measured.record(A.family, "orth", orthogonality(Q)), A.name).toBeLessThan(8);
  expect(measured.record(A.family, "null", orthogonality(N)), A.name).toBeLessThan(8);
  if (A.rows === 0 || A.cols === 0) return;
  // ‖A·N‖ ≤ max(m, n)·ε·σ₁, and Q·Qᵀ·A = A to the same.
  const limit = Math.max(A.rows, A.cols) * (A.dtype === "f64" ? 2 ** -52 : 2 ** -23) * norm(A);
  const tiny = A.dtype === "f64" ? 2 ** -1074 : 2 ** -149;
  const unit = Math.max(limit, 4 * tiny);
  expect(measured.record(A.family, "A·N", norm(multiply(A, N), "max") / unit), A.name).toBeLessThan(4);
  const left = norm(subtract(multiply(Q, multiply(Q.T, A)), A), "max");
  expect(measured.record(A.family, "QQᵀA", left / unit), A.name).toBeLessThan(4);
}

/** The four conditions of Moore and Penrose, relative to the errors that κ allows. */
function expectPenrose(A: GalleryMatrix): void {
  const X = pinv(A);
  expect(X.shape, A.name).toEqual([A.cols, A.rows]);
  if (!X.data.every(Number.isFinite)) return; // the inverse of a subnormal number
  const r = rank(A);
  if (r === 0) {
    expect(X.data.every((x) => x === 0), A.name).toBe(true); // oxfmt-ignore
    return;
  }
  const s = svd(A).s;
  const eps = A.dtype === "f64" ? 2 ** -52 : 2 ** -23;
  const unit = Math.max(A.rows, A.cols) * eps * (s[0] / s[r - 1]);
  const [AX, XA] = [multiply(A, X), multiply(X, A)];
  const ratios: [string, number][] = [
    ["AXA = A", norm(subtract(multiply(AX, A), A)) / (norm(A) * unit)],
    ["XAX = X", norm(subtract(multiply(XA, X), X)) / (norm(X) * unit)],
    ["AX symmetric", norm(subtract(AX, AX.T)) / (norm(AX) * unit)],
    ["XA symmetric", norm(subtract(XA, XA.T)) / (norm(XA) * unit)],
  ];
  for (const [name, ratio] of ratios) {
    expect(measured.record(A.family, name, ratio), `${A.name} ${name}`).toBeLessThan(10);
  }
}

test("LIN-3 NumPy's textbook line, a vector in and a vector out", () => {
  const { x, residuals, rank: r, s } = lstsq([[0, 1], [1, 1], [2, 1], [3, 1]], [-1, 0.2, 0.9, 2.1]); // oxfmt-ignore
  expect(x).toBeInstanceOf(Float64Array);
  expect(x[0]).toBeCloseTo(1, 14);
  expect(x[1]).toBeCloseTo(-0.95, 14);
  expect(residuals[0]).toBeCloseTo(0.05, 14);
  expect(r).toBe(2);
  expect(s[0]).toBeCloseTo(4.10003045, 8);
});

test("LIN-3 the least norm among many solutions, wide and deficient", () => {
  expect([...lstsq([[3, 4]], [25]).x].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([3, 4]);
  const { x, rank: r } = lstsq([[1, 1], [1, 1], [1, 1]], [1, 2, 3]); // oxfmt-ignore
  expect(r).toBe(1);
  expect(x[0]).toBeCloseTo(1, 14);
  expect(x[1]).toBeCloseTo(1, 14);
  expect([...lstsq([[0, 0], [0, 0]], [1, 2]).x]).toEqual([0, 0]); // oxfmt-ignore
  expect([...lstsq([[0, 0], [0, 0]], [1, 2]).residuals]).toEqual([5]); // oxfmt-ignore
});

test("LIN-3 sizes without rows or columns", () => {
  expect(lstsq(Matrix.zeros(0, 3), []).x).toEqual(new Float64Array(3));
  const noColumns = lstsq(Matrix.zeros(2, 0), [3, 4]);
  expect(noColumns.x).toHaveLength(0);
  expect([...noColumns.residuals]).toEqual([25]);
  expect(pinv(Matrix.zeros(0, 3)).shape).toEqual([3, 0]);
  expect(nullSpace(Matrix.zeros(0, 3)).toArray()).toEqual(Matrix.identity(3).toArray());
  expect(orth(Matrix.zeros(3, 0)).shape).toEqual([3, 0]);
  expect(rank(Matrix.zeros(0, 3))).toBe(0);
});

test("LIN-3 powers of two on either side scale the solution exactly", () => {
  const A = [[1, 2], [3, 5], [4, 4]]; // oxfmt-ignore
  const b = [1, 2, 4];
  const base = lstsq(A, b);
  for (const [p, q] of [
    [2 ** 40, 2 ** -30],
    [2 ** 1000, 2 ** 1000],
    [2 ** -1000, 2 ** -1000],
    [2 ** 500, 2 ** -500],
  ]) {
    const scaled = lstsq(
      A.map((row) => row.map((x) => x * p)),
      b.map((x) => x * q),
    );
    expect([...scaled.x]).toEqual([...base.x].map((x) => (x / p) * q));
    expect([...scaled.s]).toEqual([...base.s].map((x) => x * p));
    expect(scaled.rank).toBe(2);
  }
});

test("LIN-5 one rule for zero: rtol, atol, and atol alone", () => {
  const A = Matrix.diagonal([1, 1e-5, 1e-12]);
  expect(rank(A)).toBe(3);
  expect(rank(A, { rtol: 1e-8 })).toBe(2);
  expect(rank(A, { atol: 1e-4 })).toBe(1);
  expect(rank(A, { rtol: 1e-8, atol: 1e-4 })).toBe(1);
  expect(rank(Matrix.diagonal([1, 1e-20]))).toBe(1);
  expect(rank(Matrix.diagonal([1, 1e-20]), { atol: 0 })).toBe(2);
  expect(rank(A, { atol: 1 })).toBe(0); // σ = atol does not count
  expect(lstsq(A, [1, 1, 1], { rtol: 1e-8 }).rank).toBe(2);
  expect(pinv(A, { rtol: 1e-8 }).at(2, 2)).toBe(0);
  expect(nullSpace(A, { rtol: 1e-8 }).shape).toEqual([3, 1]);
  expect(orth(A, { atol: 1e-4 }).shape).toEqual([3, 1]);
  expect(rank(Matrix.from(Matrix.diagonal([1, 1e-8]), { dtype: "f32" }))).toBe(1);
  expect(() => rank(A, { rtol: -1 })).toThrow(OptionError);
  expect(() => pinv(A, { atol: NaN })).toThrow(OptionError);
  expect(() => lstsq(A, [1, 1, 1], { tol: 1 } as object)).toThrow(OptionError);
});

test("LIN-4 pinv is the inverse where there is one, and takes any size of entry", () => {
  const A = [[2, 1], [0.5, 1.5]]; // oxfmt-ignore
  const printed = [0.6, -0.4, -0.2, 0.8];
  pinv(A).data.forEach((x: number, k: number) => expect(x).toBeCloseTo(printed[k], 14));
  expect(pinv(Matrix.diagonal([1e300, 1e-300]), { atol: 0 }).toArray()[1][1] / 1e300).toBeCloseTo(1, 12);
  expect(pinv([[1e-310]]).at(0, 0)).toBe(Infinity);
  expect(pinv([[4e307]]).at(0, 0) * 4e307).toBeCloseTo(1, 12);
});

test("LIN-3 every layout gives the same bits, and a regular system the answer of solve", () => {
  for (const [m, n] of [
    [7, 4],
    [4, 7],
  ] as const) {
    // oxfmt-ignore
    const [A] = [...gallery(m, n, 2)].filter(({ family }) => family === "gaussian");
    const b = Float64Array.from({ length: m }, (_, i) => i - 2);
    const expected = lstsq(A, b).x;
    for (const view of layouts(A)) expect(lstsq(view, b).x, view.layout).toEqual(expected);
  }
  const x = lstsq([[2, 1], [0.5, 1.5]], [4, 3.5]).x; // oxfmt-ignore
  const y = solve([[2, 1], [0.5, 1.5]], [4, 3.5]); // oxfmt-ignore
  expect(x[0]).toBeCloseTo(y[0], 14);
  expect(x[1]).toBeCloseTo(y[1], 14);
});

test("LIN-3 wrong shapes and entries are refused in the name of the function called", () => {
  expect(() => lstsq([[1, 2]], [1, 2])).toThrow(ShapeError);
  for (const [name, call] of Object.entries({
    lstsq: () => lstsq([[NaN]], [1]),
    pinv: () => pinv([[Infinity]]),
    rank: () => rank([[NaN]]),
    nullSpace: () => nullSpace([[NaN]]),
    orth: () => orth([[NaN]]),
  })) {
    expect(call).toThrow(NonFiniteError);
    expect(call).toThrow(`${name}: `);
  }
});
