// Matrices with a known spectrum, for the methods that see only a part of it.
import { Random } from "@eckart/testing";
import { Matrix, multiply, qr, type CsrLike, type DType, type LinearOperator } from "../../src/index.ts";

/** Singular values of every kind that makes a partial method err, k of them, the largest 1. */
export const SPECTRA: Readonly<Record<string, (i: number, k: number) => number>> = {
  decaying: (i) => 0.7 ** i,
  slow: (i) => 1 / (1 + i),
  even: (i, k) => 1 - i / (k + 1),
  flat: () => 1,
  clustered: (i) => (i < 5 ? 1 - i * 1e-9 : 0.5 - i * 1e-3),
  repeated: (i) => [1, 1, 1, 0.8, 0.8, 0.5, 0.5, 0.5, 0.5][i] ?? 0.1 / i,
  deficient: (i) => (i < 3 ? 1 / (i + 1) : 0),
  zero: () => 0,
};

/** A = Q·diag(values)·Pᵀ with random orthonormal Q and P. */
export function withSpectrum(
  m: number,
  n: number,
  value: (i: number, k: number) => number,
  dtype: DType = "f64",
): Matrix {
  const k = Math.min(m, n);
  const random = new Random(m * 1000 + n, "spectrum");
  const orthonormal = (rows: number): Matrix =>
    qr(
      Matrix.wrap(
        Float64Array.from({ length: rows * k }, () => random.gaussian()),
        [rows, k],
      ),
    ).Q;
  const Q = orthonormal(m);
  for (let at = 0; at < Q.data.length; at++) Q.data[at] *= value(at % k, k);
  return Matrix.from(multiply(Q, orthonormal(n).T), { dtype });
}

/** The same matrix in compressed rows. */
export function compressed(A: Matrix): CsrLike {
  const indptr = [0];
  const indices: number[] = [];
  const data: number[] = [];
  A.toArray().forEach((row) => {
    row.forEach((x, j) => {
      if (x === 0) return;
      indices.push(j);
      data.push(x);
    });
    indptr.push(indices.length);
  });
  return { shape: A.shape, indptr, indices, data: A.dtype === "f32" ? Float32Array.from(data) : data };
}

/** The same matrix by its products; each opens workspaces of its own. */
export function matrixFree(A: Matrix): LinearOperator {
  const column = (M: Matrix, x: ArrayLike<number>): ArrayLike<number> =>
    multiply(M, Matrix.wrap(Float64Array.from(x), [x.length, 1])).data;
  return {
    shape: A.shape,
    dtype: A.dtype,
    apply: (x) => column(A, x),
    applyTranspose: (y) => column(A.T, y),
  };
}

/** ε of the dtype. */
export const epsilonOf = (dtype: DType): number => (dtype === "f64" ? 2 ** -52 : 2 ** -23);
