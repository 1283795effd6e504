import { expect, test } from "vitest";
import { ComplexMatrix, ComplexVector, Matrix, OptionError, ShapeError } from "../../src/index.ts";

test("MAT-9 a complex matrix is two real ones: entries, transposes, columns", () => {
  const A = ComplexMatrix.from({ re: [[1, 2, 3], [4, 5, 6]], im: [[0, -1, 0], [2, 0, 7]] }); // prettier-ignore
  expect([A.rows, A.cols, A.shape, A.dtype]).toEqual([2, 3, [2, 3], "f64"]);
  expect(A.at(0, 1)).toEqual({ re: 2, im: -1 });
  expect(A.T.at(1, 0)).toEqual({ re: 2, im: -1 });
  expect(A.H.at(1, 0)).toEqual({ re: 2, im: 1 });
  expect(A.T.re.data).toBe(A.re.data);
  expect([...A.col(2)]).toEqual([{ re: 3, im: 0 }, { re: 6, im: 7 }]); // prettier-ignore
  expect(A.toArray()[1]).toEqual([{ re: 4, im: 2 }, { re: 5, im: 0 }, { re: 6, im: 7 }]); // prettier-ignore
  expect(() => A.at(2, 0)).toThrow(ShapeError);
});

test("MAT-9 interleaved numbers, as npy files hold them, go in and out", () => {
  for (const data of [Float64Array.of(1, -1, 2, -2, 3, -3, 4, -4), Float32Array.of(1, -1, 2, -2, 3, -3, 4, -4)]) {
    const A = ComplexMatrix.fromInterleaved(data, [2, 2]);
    expect(A.re.toArray()).toEqual([[1, 2], [3, 4]]); // prettier-ignore
    expect(A.im.toArray()).toEqual([[-1, -2], [-3, -4]]); // prettier-ignore
    expect(A.toInterleaved()).toEqual(data);
    expect(A.T.toInterleaved()).toEqual(data.map((_, i) => data[[0, 1, 4, 5, 2, 3, 6, 7][i]]));
  }
  expect(ComplexMatrix.fromInterleaved(new Float64Array(0), [0, 3]).shape).toEqual([0, 3]);
  expect(() => ComplexMatrix.fromInterleaved(new Float64Array(7), [2, 2])).toThrow(ShapeError);
});

test("MAT-2 a real matrix is one with imaginary part 0; parts keep one dtype; shapes must agree", () => {
  const real = ComplexMatrix.from([new Float32Array([1, 2])]);
  expect([real.dtype, real.im.toArray()]).toEqual(["f32", [[0, 0]]]);
  expect(ComplexMatrix.from({ re: [new Float32Array([1])], im: [[1]] }).dtype).toBe("f64");
  expect(() => ComplexMatrix.from({ re: [[1, 2]], im: [[1]] })).toThrow(ShapeError);
  expect(() => ComplexMatrix.wrap(Matrix.zeros(1, 2), Matrix.zeros(2, 1))).toThrow(ShapeError);
  expect(() => ComplexMatrix.wrap(Matrix.zeros(1, 1), Matrix.zeros(1, 1, { dtype: "f32" }))).toThrow(OptionError);
  expect(() => ComplexMatrix.from("i" as unknown as number[][])).toThrow(OptionError);
});

test("MAT-9 a complex vector is iterable and checks its index", () => {
  const v = new ComplexVector(Float64Array.of(1, 2), Float64Array.of(0, -1));
  expect(v.length).toBe(2);
  expect([...v].map(({ re, im }) => re + im)).toEqual([1, 1]);
  expect(() => v.at(2)).toThrow(ShapeError);
  expect(() => new ComplexVector(Float64Array.of(1), Float64Array.of())).toThrow(ShapeError);
});
