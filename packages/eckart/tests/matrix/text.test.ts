import { describe, expect, test } from "vitest";
import * as library from "eckart";
import { ComplexMatrix, EckartError, Matrix } from "eckart";

describe("MAT-10 a matrix as text", () => {
  const A = Matrix.from([
    [3, 2, 1 / 3],
    [2, 3, -2],
  ]);

  test("a line with its shape, its dtype and, where they are few, its numbers", () => {
    expect(`${A}`).toBe("Matrix 2 × 3 f64 [[3, 2, 0.333333], [2, 3, -2]]");
    expect(String(A.T.slice(2))).toBe("Matrix 1 × 2 f64 [[0.333333, -2]]");
    expect(String(Matrix.from([Float32Array.of(0.1, NaN, -Infinity)]))).toBe(
      "Matrix 1 × 3 f32 [[0.1, NaN, -Infinity]]",
    );
    expect(String(Matrix.zeros(0, 3))).toBe("Matrix 0 × 3 f64");
    expect(String(Matrix.zeros(50, 40))).toBe("Matrix 50 × 40 f64");
  });

  test.each([A, A.T, A.slice(0, 1, 1), Matrix.zeros(0, 3), Matrix.from(A, { dtype: "f32" })])(
    "%s through JSON",
    (M) => {
      const data = JSON.parse(JSON.stringify(M)) as ReturnType<Matrix["toJSON"]>;
      expect(Object.keys(data)).toEqual(["shape", "dtype", "data"]);
      const back = Matrix.from(data, { dtype: data.dtype });
      expect([back.shape, back.dtype, back.toArray()]).toEqual([M.shape, M.dtype, M.toArray()]);
    },
  );

  test("a complex one through JSON, part by part", () => {
    const C = ComplexMatrix.from({ re: A, im: A.slice(0, 2) });
    expect(ComplexMatrix.from(JSON.parse(JSON.stringify(C)))).toEqual(C);
  });
});

describe("MAT-7 whatever is handed over, the error is one of the library's", () => {
  const A = [
    [3, 2, 2],
    [2, 3, -2],
  ];
  const S = [
    [2, 1],
    [1, 2],
  ];
  const nothing: unknown[] = [undefined, null, 3, "x", true, {}, [1, 2], [[1, 2], [3]], () => 1];
  const wrong = ["data", "shape", "both"].map((part) => ({
    data: part === "shape" ? [1] : 3,
    shape: part === "data" ? [1, 1] : null,
  }));
  const calls: unknown[][] = [
    [],
    ...[...nothing, ...wrong, { data: [1], shape: 3 }].map((x) => [x]),
    ...[A, S].flatMap((M) => nothing.map((x) => [M, x])),
    ...nothing.map((x) => [S, [1, 2], x]),
  ];
  const functions: [string, (...args: unknown[]) => unknown][] = Object.entries(library).flatMap(([name, value]) => {
    if (typeof value !== "function" || value === EckartError || value.prototype instanceof EckartError) return [];
    if (!String(value).startsWith("class")) return [[name, value as (...args: unknown[]) => unknown]];
    const make = Object.getOwnPropertyNames(value).filter(
      (key) => typeof (value as unknown as Record<string, unknown>)[key] === "function",
    );
    return make.map((key) => [
      `${name}.${key}`,
      (...args) => (value as unknown as Record<string, (...args: unknown[]) => unknown>)[key](...args),
    ]);
  });

  test.each(functions)("%s", (_, call) => {
    const strange = calls.flatMap((args) => {
      try {
        call(...args);
        return [];
      } catch (error) {
        return error instanceof EckartError ? [] : [[args, String(error)]];
      }
    });
    expect(strange).toEqual([]);
  });
});
