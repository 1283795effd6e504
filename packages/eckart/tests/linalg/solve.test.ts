import {
  gallery,
  inverseResidual,
  layouts,
  Measured,
  Random,
  solveResidual,
  type GalleryMatrix,
} from "@eckart/testing";
import { afterAll, expect, test } from "vitest";
import { NonFiniteError, ShapeError, SingularError } from "../../src/errors.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { norm } from "../../src/linalg/norm/norm.ts";
import { equilibrate } from "../../src/linalg/parts/equilibration.ts";
import { timesPowerOfTwo } from "../../src/linalg/parts/scaling.ts";
import { inv } from "../../src/linalg/solve/inv.ts";
import { solve } from "../../src/linalg/solve/solve.ts";
import { svdvals } from "../../src/linalg/svd/svd.ts";
import { withTuning } from "../../src/linalg/tuning.ts";
import { Matrix } from "../../src/matrix/matrix.ts";
import { multiply } from "../../src/matrix/product.ts";

const PASSES = [
  { backend: "wasm", panel: 3, orders: [0, 1, 2, 3, 4, 5, 8, 9, 17] },
  { backend: "wasm", panel: 48, orders: [49, 97] },
  { backend: "typescript", panel: 3, orders: [0, 1, 2, 3, 5, 9, 17] },
  { backend: "typescript", panel: 48, orders: [49] },
] as const;
const measured = new Measured("solve");
afterAll(() => console.log(measured.table()));

for (const dtype of ["f64", "f32"] as const) {
  for (const { backend, panel, orders } of PASSES) {
    test(`LIN-2 solve and inv, panels of ${panel}, ${dtype}, ${backend}`, () => {
      withBackend(backend, () =>
        withTuning({ panel }, () => {
          for (const n of orders) for (const A of gallery(n, n, 5, dtype)) expectSolution(A);
        }),
      );
    });
  }
}

function expectSolution(A: GalleryMatrix): void {
  const n = A.rows;
  const random = new Random(n, A.name);
  // as large as A, so that no solution is subnormal for that reason alone
  const size = norm(A, "max") / 8;
  const B = Matrix.from(
    Array.from({ length: n }, () => [size * random.gaussian(), size * random.gaussian() * 1e-6, n > 2 ? size : 0]),
    { dtype: A.dtype },
  );
  const before = A.data.slice();
  const singular: unknown[] = [];
  try {
    const X = solve(A, B);
    expect(X.shape, A.name).toEqual(B.shape);
    expect(X.dtype, A.name).toBe(A.dtype);
    if (X.data.every(Number.isFinite)) {
      expect(measured.record(A.family, "solve", solveResidual(A, X, B)), A.name).toBeLessThan(5);
      if (n > 0) expect(solve(A, B.col(0)), A.name).toEqual(solve(A, B.slice(0, n, 0, 1)).data);
    }
  } catch (error) {
    singular.push(error);
  }
  try {
    const X = inv(A);
    if (X.data.every(Number.isFinite)) {
      expect(measured.record(A.family, "inv", inverseResidual(A, X)), A.name).toBeLessThan(5);
    }
  } catch (error) {
    singular.push(error);
  }
  expect(A.data, A.name).toEqual(before);
  for (const error of singular) {
    expect(error, A.name).toBeInstanceOf(SingularError);
    const { index, message } = error as SingularError;
    expect(index, A.name).toBeLessThan(n);
    // Refused only where κ₁ ≥ 1/ε after equilibration, hence κ₂ ≥ 1/(nε).
    expect(equilibratedCondition(A) * n * 4, `${A.name}: ${message}`).toBeGreaterThan(1);
  }
}

/** ε·κ₂ of the equilibrated matrix. */
function equilibratedCondition(A: GalleryMatrix): number {
  const M = Matrix.wrap(A.data, [A.rows, A.cols]);
  const { rows, cols } = equilibrate(M);
  const E = Matrix.from(M);
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.cols; j++) E.data[i * A.cols + j] = timesPowerOfTwo(M.at(i, j), -rows[i] - cols[j]);
  }
  const s = svdvals(E);
  return s[A.rows - 1] === 0 ? Infinity : (s[0] / s[A.rows - 1]) * (A.dtype === "f64" ? 2 ** -52 : 2 ** -23);
}

test("LIN-2 an exactly singular system names its pivot", () => {
  const A = [[1, 2, 3], [2, 4, 6], [1, 0, 1]]; // oxfmt-ignore
  for (const call of [() => solve(A, [1, 2, 3]), () => inv(A)]) {
    expect(call).toThrow(SingularError);
    expect(call).toThrow("pivot 2 exactly 0");
  }
  expect(() => inv([[0]])).toThrow("inv: expected a regular matrix, got pivot 0 exactly 0");
});

test("LIN-2 what is singular but for rounding is refused, and not answered with noise", () => {
  const A = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]; // oxfmt-ignore
  expect(() => inv(A)).toThrow(SingularError);
  const tenths = A.map((row) => row.map((x) => x / 10));
  expect(() => solve(tenths, [1, 0, 0])).toThrow("singular to working precision (condition number about");
});

test("LIN-2 the units of rows and columns do not matter", () => {
  const A = [[2, 1], [0.5, 1.5]]; // oxfmt-ignore
  const inverse = inv(A);
  for (const [r0, r1, c0, c1] of [
    [1, 2 ** -200, 1, 1],
    [1, 1, 2 ** 300, 2 ** -300],
    [2 ** 500, 2 ** -500, 2 ** 400, 2 ** -400],
    [2 ** -1000, 2 ** -1000, 1, 1],
  ]) {
    const scaled = [[2 * r0 * c0, r0 * c1], [0.5 * r1 * c0, 1.5 * r1 * c1]]; // oxfmt-ignore
    const X = inv(scaled);
    expect(X.toArray()).toEqual([
      [inverse.at(0, 0) / c0 / r0, inverse.at(0, 1) / c0 / r1],
      [inverse.at(1, 0) / c1 / r0, inverse.at(1, 1) / c1 / r1],
    ]);
    expect([...solve(scaled, [4 * r0, 3.5 * r1])]).toEqual([1 / c0, 2 / c1]);
  }
  expect(inv([[1e-310]]).at(0, 0)).toBe(Infinity);
});

test("LIN-2 elimination that grows like 2ⁿ is left to QR", () => {
  // Wilkinson's example: ones on the diagonal and in the last column, −1 below.
  for (const n of [30, 55, 100]) {
    const A = Matrix.from(
      Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (__, j) => (j === n - 1 || i === j ? 1 : j < i ? -1 : 0)),
      ),
    );
    const random = new Random(n);
    const B = Matrix.from(Array.from({ length: n }, () => [random.gaussian()]));
    expect(measured.record("wilkinson", "solve", solveResidual(A, solve(A, B), B)), `n = ${n}`).toBeLessThan(5);
    expect(measured.record("wilkinson", "inv", inverseResidual(A, inv(A))), `n = ${n}`).toBeLessThan(5);
  }
});

test("LIN-2 every layout gives the same bits", () => {
  const [A] = [...gallery(9, 9, 2)].filter(({ family }) => family === "gaussian");
  const expected = inv(A);
  for (const view of layouts(A)) expect(inv(view).data, view.layout).toEqual(expected.data);
  expect(inv(Matrix.wrap(A.data, [9, 9]).T.T).data).toEqual(expected.data);
});

test("LIN-2 wrong shapes and entries are refused", () => {
  expect(() => solve([[1, 2]], [1])).toThrow(new ShapeError("solve", "a square matrix", [1, 2]));
  expect(() => solve([[1]], [1, 2])).toThrow(ShapeError);
  expect(() => inv([[1, 2]])).toThrow(ShapeError);
  expect(() => solve([[NaN]], [1])).toThrow(NonFiniteError);
  expect(() => solve([[1]], [Infinity])).toThrow(NonFiniteError);
  expect(inv([]).shape).toEqual([0, 0]);
  expect(solve([], [])).toEqual(new Float64Array(0));
});

test("LIN-2 NumPy's example: the map and its inverse", () => {
  const L = [[2.0, 1.0], [0.5, 1.5]]; // oxfmt-ignore
  const R = [[1.0, 0.0, -1.0], [0.0, 1.0, 2.0]]; // oxfmt-ignore
  expect(multiply(L, R).toArray()).toEqual([[2, 1, 0], [0.5, 1.5, 2.5]]); // oxfmt-ignore
  const X = inv(L);
  const printed = [[0.6, -0.4], [-0.2, 0.8]]; // oxfmt-ignore
  X.toArray().forEach((row, i) => row.forEach((x, j) => expect(x).toBeCloseTo(printed[i][j], 15)));
  multiply(L, X)
    .toArray()
    .forEach((row, i) => row.forEach((x, j) => expect(x).toBeCloseTo(i === j ? 1 : 0, 10)));
});
