import { gallery } from "@eckart/testing";
import { expect, test } from "vitest";
import {
  csr,
  Matrix,
  MemoryError,
  multiply,
  NonFiniteError,
  norm,
  OptionError,
  PCA,
  Random,
  rank,
  ShapeError,
  svd,
  svds,
} from "../../src/index.ts";
import { compressed } from "../lowrank/spectra.ts";

test("LOW-16 compressed rows say the same matrix, and multiply as it does", () => {
  for (const [m, n] of [
    [0, 0],
    [3, 0],
    [0, 3],
    [1, 1],
    [7, 4],
    [5, 9],
  ])
    // oxfmt-ignore
    for (const A of gallery(m, n, 2)) {
      if (A.tags.includes("extreme")) continue;
      const dense = Matrix.wrap(A.data, [m, n]);
      const S = csr(compressed(dense));
      expect(S.shape, A.name).toEqual([m, n]);
      expect(S.toDense().toArray(), A.name).toEqual(dense.toArray());
      const random = new Random(3);
      const [x, y] = [n, m].map((size) => Float64Array.from({ length: size }, () => random.normal()));
      expect(S.apply(x), A.name).toEqual(multiply(dense, x));
      const [got, want] = [S.applyTranspose(y), multiply(dense.T, y)];
      const size = Math.max(...A.data.map(Math.abs), 0) * m;
      for (let j = 0; j < n; j++) expect(Math.abs(got[j] - want[j]), A.name).toBeLessThanOrEqual(1e-15 * size);
    }
});

test("LOW-16 places that are named twice add up; typed arrays are not copied; f32 stays f32", () => {
  const data = Float32Array.of(1, 2, 3);
  const indices = Int32Array.of(1, 1, 0);
  const A = csr({ shape: [2, 2], indptr: Int32Array.of(0, 2, 3), indices, data });
  expect([A.toDense().toArray(), A.dtype, A.nnz]).toEqual([[[0, 3], [3, 0]], "f32", 3]); // oxfmt-ignore
  expect(A.data).toBe(data);
  expect(A.indices).toBe(indices);
  expect(A.apply([1, 2])).toEqual(Float32Array.of(6, 3));
  expect(csr(A)).toBe(A);
});

test("LOW-16 functions of dense matrices say which take sparse ones", () => {
  const A = compressed(Matrix.from([[1, 0], [0, 2]])); // oxfmt-ignore
  for (const f of [svd, rank, norm, (S: never) => multiply(S, S), (S: never) => new PCA().fit(S)])
    for (const S of [A, csr(A)])
      expect(() => f(S as never)).toThrow(
        /to be dense \(svds and randomizedSvd take sparse ones; csr\(A\)\.toDense\(\)/,
      );
});

test("LOW-16 a matrix whose zeros have no room is never written out unasked", () => {
  const [m, n] = [2 ** 20, 2 ** 30];
  const A = csr({ shape: [m, n], indptr: new Int32Array(m + 1), indices: [], data: [] });
  expect(() => A.toDense()).toThrow(MemoryError);
  const wide = csr({ shape: [50_000, 100_000], indptr: new Int32Array(50_001).fill(1, 1), indices: [7], data: [3] });
  expect(svds(wide, { k: 0 }).U.shape).toEqual([50_000, 0]);
});

test("LOW-4 what cannot be is refused by name", () => {
  const right = { shape: [2, 3], indptr: [0, 1, 2], indices: [0, 2], data: [1, 2] };
  expect(() => csr({ ...right, shape: [2] })).toThrow(ShapeError);
  expect(() => csr({ ...right, shape: [2, 2.5] })).toThrow(OptionError);
  expect(() => csr({ ...right, indptr: [0, 2] })).toThrow(ShapeError);
  expect(() => csr({ ...right, indptr: [1, 1, 2] })).toThrow(OptionError);
  expect(() => csr({ ...right, indptr: [0, 3, 2] })).toThrow(OptionError);
  expect(() => csr({ ...right, indptr: [0, NaN, 2] })).toThrow(OptionError);
  expect(() => csr({ ...right, indices: [0] })).toThrow(ShapeError);
  expect(() => csr({ ...right, indices: [0, 3] })).toThrow(OptionError);
  expect(() => csr({ ...right, indices: [0, -1] })).toThrow(OptionError);
  expect(() => csr({ ...right, data: [1] })).toThrow(ShapeError);
  expect(() => csr({ ...right, data: [1, NaN] })).toThrow(NonFiniteError);
  expect(() => csr(right).apply([1])).toThrow(ShapeError);
  expect(() => csr(right).applyTranspose([1])).toThrow(ShapeError);
});
