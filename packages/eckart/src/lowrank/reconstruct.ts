import { ShapeError } from "../errors.ts";
import { asMatrix, asVector, type MatrixLike, type VectorLike } from "../matrix/input.ts";
import { Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";

/** Factors of a matrix: U · diag(s) · Vt, of which the first s.length columns of U and rows of Vt count. */
export interface SvdFactors {
  readonly U: MatrixLike;
  readonly s: VectorLike;
  readonly Vt: MatrixLike;
}

/**
 * The product U · diag(s) · Vt: the matrix again, or its approximation when the factors were truncated.
 *
 * U is m × k or wider, s has k values, Vt is k × n or higher; the result is m × n, f32 when all three are.
 *
 * @throws ShapeError  U or Vt has fewer than k columns or rows.
 *
 * Cost: 2mnk flops.
 * @example
 * reconstruct(truncate([[3, 2, 2], [2, 3, -2]], { rank: 1 })); // ≈ [[2.5, 2.5, 0], [2.5, 2.5, 0]]
 */
export function reconstruct(F: SvdFactors): Matrix {
  const U = asMatrix("reconstruct", F.U);
  const s = asVector("reconstruct", F.s);
  const Vt = asMatrix("reconstruct", F.Vt);
  const k = s.rows;
  if (U.cols < k) throw new ShapeError("reconstruct", `U with at least ${k} columns`, U.shape);
  if (Vt.rows < k) throw new ShapeError("reconstruct", `Vt with at least ${k} rows`, Vt.shape);
  const scaled = Matrix.from(U.slice(0, U.rows, 0, k));
  for (let i = 0, at = 0; i < scaled.rows; i++) {
    for (let j = 0; j < k; j++) scaled.data[at++] *= s.data[s.offset + j * s.rowStride];
  }
  return multiply(scaled, Vt.slice(0, k));
}
