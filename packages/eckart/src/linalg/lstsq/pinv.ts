import { asMatrix, type MatrixLike } from "../../matrix/input.ts";
import { Matrix } from "../../matrix/matrix.ts";
import { checkOptions } from "../../options.ts";
import { scaledBy } from "../parts/scaling.ts";
import { spectrumOf } from "../subspaces/spectrum.ts";
import { checkTolerance, TOLERANCE, type Tolerance } from "../tolerance.ts";
import { divideSpectrum } from "./pseudoInverse.ts";

/**
 * Moore–Penrose pseudo-inverse, A⁺ = V · diag(1/σᵢ where σᵢ counts, else 0) · Uᵀ.
 *
 * A is m × n of any shape and rank, A⁺ is n × m: the one matrix with A·A⁺·A = A, A⁺·A·A⁺ = A⁺, and A·A⁺ and A⁺·A
 * symmetric. For a regular matrix it is the inverse. To solve a system, `lstsq` is faster and more accurate.
 *
 * @param options.rtol  σ counts where σ > max(atol, rtol·σ₁). Default max(m, n)·ε, or 0 where only `atol` is given.
 * @param options.atol  default 0.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 *
 * Cost: that of `svd`, and 2mn·min(m, n) flops.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §5.5.2.
 * @example
 * pinv([[1, 0], [0, 0]]); // [[1, 0], [0, 0]]
 */
export function pinv(A: MatrixLike, options: Tolerance = {}): Matrix {
  checkOptions("pinv", options, TOLERANCE);
  checkTolerance("pinv", options);
  const a = asMatrix("pinv", A);
  const F = spectrumOf("pinv", a, options);
  // A⁺ = Â⁺·2^exponent.
  const { X, shift } = divideSpectrum(F, Matrix.from(F.U.slice(0, a.rows, 0, F.r).T));
  return scaledBy(X, F.exponent - shift);
}
