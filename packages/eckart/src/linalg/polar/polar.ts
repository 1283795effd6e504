import { asMatrix, largestFinite, type MatrixLike } from "../../matrix/input.ts";
import { Matrix } from "../../matrix/matrix.ts";
import { multiply } from "../../matrix/product.ts";
import { svd } from "../svd/svd.ts";

/** A = U·P. */
export interface Polar {
  /** m × n: orthonormal columns for m ≥ n, orthonormal rows for m < n. */
  readonly U: Matrix;
  /** n × n, symmetric to the last bit, positive semidefinite. */
  readonly P: Matrix;
}

/**
 * Polar decomposition, A = U·P: a rotation (or reflection, or the first part of one) after a stretching along orthogonal
 * axes, as z = e^{iφ}·|z|.
 *
 * A is m × n of any shape. P = √(AᵀA) is unique; U is the matrix with orthonormal columns nearest to A, unique where A
 * has full column rank. From A = W · diag(s) · Vt: U = W·Vt and P = V · diag(s) · Vt.
 *
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 *
 * Cost: that of `svd`, and 2(m + n)n·min(m, n) flops.
 * Source: Higham, Functions of Matrices, §8.
 * @example
 * polar([[0, -2], [3, 0]]); // U = [[0, -1], [1, 0]], P = [[3, 0], [0, 2]]
 */
export function polar(A: MatrixLike): Polar {
  const a = asMatrix("polar", A);
  largestFinite("polar", a);
  const { U, s, Vt } = svd(a);
  // P = BᵀB with B = diag(√s)·Vt, which makes it symmetric and semidefinite by its very form.
  const B = Matrix.from(Vt);
  for (let i = 0; i < B.rows; i++) {
    const root = Math.sqrt(s[i]);
    for (let j = 0; j < B.cols; j++) B.data[i * B.cols + j] *= root;
  }
  return { U: multiply(U, Vt), P: multiply(B.T, B) };
}
