import { ShapeError } from "../../errors.ts";
import { asMatrix, asVector, largestFinite, type MatrixLike, type VectorLike } from "../../matrix/input.ts";
import { type FloatArray, Matrix } from "../../matrix/matrix.ts";
import { commonType, isVector, type VectorOperand } from "../../matrix/operands.ts";
import { multiply } from "../../matrix/product.ts";
import { checkOptions } from "../../options.ts";
import { exponentOf, scaledBy, timesPowerOfTwo } from "../parts/scaling.ts";
import { spectrumOf } from "../subspaces/spectrum.ts";
import { checkTolerance, TOLERANCE, type Tolerance } from "../tolerance.ts";
import { divideSpectrum } from "./pseudoInverse.ts";

/** What `lstsq` finds besides the solution. */
export interface LeastSquaresFit {
  /** ‖b − A·x‖₂², one for each right-hand side, for every shape and rank. */
  readonly residuals: Float64Array<ArrayBuffer>;
  /** How many singular values of A counted. */
  readonly rank: number;
  /** The singular values of A, descending. */
  readonly s: FloatArray;
}

/** Solution of a least-squares problem with one right-hand side. */
export interface VectorLeastSquares extends LeastSquaresFit {
  readonly x: FloatArray;
}

/** Solutions of a least-squares problem with several right-hand sides, the columns of x. */
export interface MatrixLeastSquares extends LeastSquaresFit {
  readonly x: Matrix;
}

/**
 * Least squares for one right-hand side: the x of least norm among those with the least ‖b − A·x‖₂. b has m numbers,
 * x has n.
 *
 * As for several right-hand sides.
 */
export function lstsq(A: MatrixLike, b: VectorOperand, options?: Tolerance): VectorLeastSquares;
/**
 * Least squares, X = A⁺·B: in every column the solution of least norm among those with the least ‖B − A·X‖.
 *
 * A is m × n of any shape and rank, B is m × k, X is n × k. Directions of A whose singular value counts as zero
 * (`rtol`, `atol`) take no part, so a rank-deficient or wide A has one answer as well. Two f32 operands are computed in
 * f32, all others in f64.
 *
 * @param options.rtol  σ counts where σ > max(atol, rtol·σ₁). Default max(m, n)·ε, or 0 where only `atol` is given.
 * @param options.atol  default 0.
 * @throws ShapeError      A and B differ in rows.
 * @throws NonFiniteError  A or B holds NaN or ±Infinity.
 *
 * Cost: that of `svd`, and 4k(m + n)·min(m, n) flops.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §5.5.
 * @example
 * const { x } = lstsq([[1, 0], [1, 1], [1, 2]], [1, 3, 5]); // [1, 2]: the line 1 + 2t
 */
export function lstsq(A: MatrixLike, B: MatrixLike, options?: Tolerance): MatrixLeastSquares;
export function lstsq(
  A: MatrixLike,
  B: MatrixLike | VectorLike,
  options: Tolerance = {},
): VectorLeastSquares | MatrixLeastSquares {
  checkOptions("lstsq", options, TOLERANCE);
  checkTolerance("lstsq", options);
  const given = [asMatrix("lstsq", A), isVector(B) ? asVector("lstsq", B) : asMatrix("lstsq", B)] as const;
  const dtype = commonType(...given);
  const [a, b] = given.map((M) => (M.dtype === dtype ? M : Matrix.from(M, { dtype })));
  if (b.rows !== a.rows) throw new ShapeError("lstsq", `a right-hand side with ${a.rows} rows`, b.shape);
  const exponentB = -exponentOf(largestFinite("lstsq", b));

  // Â = A·2^exponent and B̂ = B·2^exponentB are safe from underflow; Â⁺·B̂ = X·2^−shift.
  const F = spectrumOf("lstsq", a, options);
  const target = scaledBy(b, exponentB);
  const { X, shift } = divideSpectrum(F, multiply(F.U.slice(0, a.rows, 0, F.r).T, target));
  const residuals = squaredResiduals(F.scaled, X, target, shift).map((r) => timesPowerOfTwo(r, -2 * exponentB));
  const x = scaledBy(X, F.exponent - shift - exponentB);
  const fit = { residuals, rank: F.r, s: F.s.map((sigma) => timesPowerOfTwo(sigma, -F.exponent)) };
  return isVector(B) ? { x: x.data, ...fit } : { x, ...fit };
}

/** ‖B − A·X·2^−shift‖₂² of every column, in double. */
function squaredResiduals(A: Matrix, X: Matrix, B: Matrix, shift: number): Float64Array<ArrayBuffer> {
  const fitted = multiply(A, Matrix.from(X, { dtype: "f64" }));
  const residuals = new Float64Array(B.cols);
  for (let j = 0; j < B.cols; j++) {
    let sum = 0;
    for (let i = 0; i < B.rows; i++) sum += (B.at(i, j) - timesPowerOfTwo(fitted.at(i, j), -shift)) ** 2;
    residuals[j] = sum;
  }
  return residuals;
}
