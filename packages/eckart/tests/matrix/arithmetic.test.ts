import { gallery, layouts, Random } from "@eckart/testing";
import { expect, expectTypeOf, test } from "vitest";
import { NonFiniteError, OptionError, ShapeError } from "../../src/errors.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { add, scale, subtract, trace } from "../../src/matrix/elementwise.ts";
import { type FloatArray, Matrix } from "../../src/matrix/matrix.ts";
import { multiply } from "../../src/matrix/product.ts";

function draw(m: number, n: number, seed: number, dtype: "f64" | "f32" = "f64"): Matrix {
  const random = new Random(seed);
  return Matrix.from(
    Array.from({ length: m }, () => Array.from({ length: n }, () => random.gaussian())),
    { dtype },
  );
}

/** A·B by its definition, summed in double. */
function definition(A: Matrix, B: Matrix): number[][] {
  return Array.from({ length: A.rows }, (_, i) =>
    Array.from({ length: B.cols }, (__, j) => {
      let sum = 0;
      for (let p = 0; p < A.cols; p++) sum += A.at(i, p) * B.at(p, j);
      return sum;
    }),
  );
}

for (const backend of ["wasm", "typescript"] as const) {
  for (const dtype of ["f64", "f32"] as const) {
    test(`MAT-9 products are right for every shape, ${dtype}, ${backend}`, () => {
      withBackend(backend, () => {
        const eps = dtype === "f64" ? 2 ** -52 : 2 ** -23;
        for (const [m, k, n] of [
          [1, 1, 1],
          [2, 3, 4],
          [5, 1, 5],
          [9, 17, 6],
          [33, 40, 31],
          [3, 300, 2],
        ]) {
          // oxfmt-ignore
          const [A, B] = [draw(m, k, 1, dtype), draw(k, n, 2, dtype)];
          const C = multiply(A, B);
          expect(C.dtype).toBe(dtype);
          const want = definition(A, B);
          C.toArray().forEach((row, i) =>
            row.forEach((x, j) => expect(Math.abs(x - want[i][j]) / (k * eps)).toBeLessThan(4)),
          );
          const y = multiply(A, B.col(0));
          want.forEach((row, i) => expect(Math.abs(y[i] - row[0]) / (k * eps)).toBeLessThan(4));
        }
      });
    });

    test(`MAT-9 (AB)ᵀ = BᵀAᵀ to the last bit, and AᵀA is symmetric to the last bit, ${dtype}, ${backend}`, () => {
      withBackend(backend, () => {
        for (const [m, k, n] of [
          [3, 4, 5],
          [30, 17, 9],
          [65, 300, 40],
        ]) {
          // oxfmt-ignore
          const [A, B] = [draw(m, k, 3, dtype), draw(k, n, 4, dtype)];
          expect(multiply(B.T, A.T).T.toArray()).toEqual(multiply(A, B).toArray());
          const gram = multiply(A.T, A);
          expect(gram.T.toArray()).toEqual(gram.toArray());
        }
      });
    });
  }
}

test("MAT-1 every way to write a matrix or a vector gives the same product", () => {
  for (const dtype of ["f64", "f32"] as const) {
    const [G] = [...gallery(5, 4, 1, dtype)].filter(({ family }) => family === "gaussian");
    const A = Matrix.wrap(G.data, [5, 4]);
    const x = draw(1, 4, 2, dtype).data;
    const [C, y] = [multiply(A, A.T), multiply(A, x)];
    for (const view of layouts(G)) {
      expect(multiply(view, A.T).data, view.layout).toEqual(C.data);
      expect(multiply(view, x), view.layout).toEqual(y);
    }
    const rows = Array.from({ length: 5 }, (_, i) => G.data.slice(4 * i, 4 * i + 4));
    expect(multiply(rows, A.T).data).toEqual(C.data);
    expect(multiply(A, { data: [...x, 9].flatMap((v) => [v, NaN]), shape: [4], strides: [2] })).toEqual(
      Float64Array.from(multiply(Matrix.from(A, { dtype: "f64" }), Float64Array.from(x))),
    );
  }
  expect(multiply([[1, 2], [3, 4]], [1, 1])).toEqual(new Float64Array([3, 7])); // oxfmt-ignore
  expect(multiply([[1, 2]], [[1], [1]]).toArray()).toEqual([[3]]);
  expectTypeOf(multiply([[1]], [1])).toEqualTypeOf<FloatArray>();
  expectTypeOf(multiply([[1]], [[1]])).toEqualTypeOf<Matrix>();
  expectTypeOf(multiply([[1]], { data: [1], shape: [1] })).toEqualTypeOf<FloatArray>();
  expectTypeOf(multiply([[1]], { data: [1], shape: [1, 1] })).toEqualTypeOf<Matrix>();
});

test("MAT-2 two precisions meet in the wider one", () => {
  const f32 = Matrix.from([[0.1]], { dtype: "f32" });
  const f64 = Matrix.from([[0.1]]);
  expect(multiply(f32, f32).dtype).toBe("f32");
  expect(multiply(f32, f64).dtype).toBe("f64");
  expect(multiply(f32, f64).at(0, 0)).toBe(Math.fround(0.1) * 0.1);
  expect(multiply(f32, new Float32Array([1]))).toBeInstanceOf(Float32Array);
  expect(multiply(f32, [1])).toBeInstanceOf(Float64Array);
  expect(add(f32, f32).dtype).toBe("f32");
  expect(add(f32, f64).at(0, 0)).toBe(Math.fround(0.1) + 0.1);
  expect(subtract(f64, f32).at(0, 0)).toBe(0.1 - Math.fround(0.1));
  expect(scale(f32, 3).dtype).toBe("f32");
});

test("MAT-9 no product overflows, or underflows, that need not", () => {
  // 10⁶⁰⁰ would be passed on the way to 0 and to 10³⁰⁰
  expect(multiply([[1e300, 1e300]], [[1e300], [-1e300]]).at(0, 0)).toBe(0);
  expect(multiply([[1e300, -1e300]], [1e300, 1e300])[0]).toBe(0);
  expect(multiply([[1e300]], [[1e300]]).at(0, 0)).toBe(Infinity);
  expect(multiply([[1e-300, 1e-300]], [[1e300], [1e300]]).at(0, 0)).toBeCloseTo(2, 14);
  expect(multiply([[3e-320]], [[1e300]]).at(0, 0) / 3e-20).toBeCloseTo(1, 3);
  expect(multiply([[2 ** -1070]], [2 ** 1000])[0]).toBe(2 ** -70);
  const f32 = (x: number): Matrix => Matrix.from([[x, x]], { dtype: "f32" });
  expect(multiply(f32(1e30), Matrix.from([[1e30], [-1e30]], { dtype: "f32" })).at(0, 0)).toBe(0);
  const [A, B] = [draw(6, 7, 1), draw(7, 3, 2)];
  const C = multiply(A, B);
  for (const [p, q] of [
    [500, 500],
    [-1000, -20],
    [1000, -1000],
    [-600, 900],
    [1020, -60],
  ]) {
    // oxfmt-ignore
    const product = multiply(scale(A, 2 ** p), scale(B, 2 ** q));
    if (p + q > -1000) expect(product.data).toEqual(C.data.map((x) => x * 2 ** (p + q)));
    else expect(product.at(0, 0) / 2 ** (p + q) / C.at(0, 0)).toBeCloseTo(1, 8);
  }
});

test("MAT-9 sums, differences, multiples and traces", () => {
  const A = [[1, 2], [3, 4]]; // oxfmt-ignore
  expect(add(A, Matrix.from(A).T).toArray()).toEqual([[2, 5], [5, 8]]); // oxfmt-ignore
  expect(subtract(A, Matrix.from(A).T).toArray()).toEqual([[0, -1], [1, 0]]); // oxfmt-ignore
  expect(scale(A, -2).toArray()).toEqual([[-2, -4], [-6, -8]]); // oxfmt-ignore
  expect(trace(A)).toBe(5);
  expect(trace([])).toBe(0);
  expect(trace(Matrix.diagonal([1.5e308, 1e308, -1.5e308]))).toBe(1e308);
  const view = { data: new Float64Array([9, 1, 9, 2]), shape: [1, 2], strides: [1, 2], offset: 1 };
  expect(scale(view, 2).toArray()).toEqual([[2, 4]]);
  expect(add(view, [[1, 1]]).toArray()).toEqual([[2, 3]]);
});

test("MAT-3 MAT-6 no argument changes, and empty matrices have empty products", () => {
  const [A, B] = [draw(3, 3, 1), draw(3, 3, 2)];
  const before = [A.data.slice(), B.data.slice()];
  for (const call of [multiply, add, subtract]) call(A, B);
  scale(A, 2);
  multiply(A, B.data.subarray(0, 3));
  expect([A.data, B.data]).toEqual(before);
  expect(multiply(Matrix.zeros(2, 0), Matrix.zeros(0, 3)).toArray()).toEqual([[0, 0, 0], [0, 0, 0]]); // oxfmt-ignore
  expect(multiply(Matrix.zeros(0, 3), Matrix.zeros(3, 2)).shape).toEqual([0, 2]);
  expect(multiply(Matrix.zeros(2, 0), [])).toEqual(new Float64Array(2));
  expect(add([], []).shape).toEqual([0, 0]);
});

test("MAT-7 shapes that do not meet and entries that are not finite are refused", () => {
  expect(() => multiply([[1, 2]], [[1, 2]])).toThrow(
    new ShapeError("multiply", "a second operand with 2 rows", [1, 2]),
  );
  expect(() => multiply([[1, 2]], [1])).toThrow(ShapeError);
  expect(() => add([[1, 2]], [[1], [2]])).toThrow(new ShapeError("add", "a second operand of shape 1 × 2", [2, 1]));
  expect(() => trace([[1, 2]])).toThrow(ShapeError);
  expect(() => scale([[1]], NaN)).toThrow(OptionError);
  expect(() => multiply([[1]], [[NaN]])).toThrow(NonFiniteError);
  expect(() => multiply([[Infinity]], [1])).toThrow(NonFiniteError);
  expect(() => subtract([[1]], [[-Infinity]])).toThrow("subtract: expected finite entries, got -Infinity");
  expect(() => trace([[NaN]])).toThrow(NonFiniteError);
});
