import { asMatrix, type MatrixLike } from "../../matrix/input.ts";
import { Matrix } from "../../matrix/matrix.ts";
import { checkOptions } from "../../options.ts";
import { checkTolerance, TOLERANCE, type Tolerance } from "../tolerance.ts";
import { spectrumOf } from "./spectrum.ts";

/**
 * Orthonormal basis of the null space, {x : A·x = 0}: the right singular vectors whose singular value does not count.
 *
 * A is m × n of any shape and rank r; the result is n × (n − r), its columns the basis, which is unique only up to a
 * rotation.
 *
 * @param options.rtol  σ counts where σ > max(atol, rtol·σ₁). Default max(m, n)·ε, or 0 where only `atol` is given.
 * @param options.atol  default 0.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 *
 * Cost: that of `svd`.
 * @example
 * nullSpace([[1, 1]]); // one column, ±[0.7071, -0.7071]
 */
export function nullSpace(A: MatrixLike, options: Tolerance = {}): Matrix {
  checkOptions("nullSpace", options, TOLERANCE);
  checkTolerance("nullSpace", options);
  const a = asMatrix("nullSpace", A);
  // Only a wide matrix has right singular vectors beyond the thin ones.
  const { V, r } = spectrumOf("nullSpace", a, options, a.rows < a.cols);
  return Matrix.from(V.slice(0, V.rows, r, V.cols));
}

/**
 * Orthonormal basis of the range, {A·x}: the left singular vectors whose singular value counts.
 *
 * A is m × n of any shape and rank r; the result is m × r, its columns the basis, the most important direction first.
 *
 * @param options.rtol  σ counts where σ > max(atol, rtol·σ₁). Default max(m, n)·ε, or 0 where only `atol` is given.
 * @param options.atol  default 0.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 *
 * Cost: that of `svd`.
 * @example
 * orth([[3, 3], [4, 4]]); // one column, ±[0.6, 0.8]
 */
export function orth(A: MatrixLike, options: Tolerance = {}): Matrix {
  checkOptions("orth", options, TOLERANCE);
  checkTolerance("orth", options);
  const { U, r } = spectrumOf("orth", asMatrix("orth", A), options);
  return Matrix.from(U.slice(0, U.rows, 0, r));
}
