import { ShapeError } from "../errors.ts";
import { svd } from "../linalg/svd/svd.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../matrix/input.ts";
import { Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { checkInteger } from "../options.ts";

/** The image of the unit sphere of ℝⁿ under a map to ℝᵐ: an ellipse, an ellipsoid, a segment, a disc or a point. */
export interface Ellipsoid {
  /** Half the lengths of the axes: the singular values, descending; zeros where the image is flat. */
  readonly semiAxes: Float64Array;
  /** Unit directions of the axes, the columns: the left singular vectors, m × min(m, n). */
  readonly axes: Matrix;
  /** The vectors that the map sends to the tips of the axes, the columns: the right singular vectors, n × min(m, n). */
  readonly preimages: Matrix;
  /** How many axes are not 0 to rounding: the dimension of the image. */
  readonly dimension: number;
}

/**
 * The ellipse or ellipsoid that A makes of the unit circle or sphere: semi-axis i is σᵢ long and points along uᵢ, the
 * image of vᵢ.
 *
 * @throws NonFiniteError, ConvergenceError  as `svd`.
 * @example
 * imageOfUnitSphere([[2, 0], [0, 1]]).semiAxes; // [2, 1]
 */
export function imageOfUnitSphere(A: MatrixLike): Ellipsoid {
  const M = Matrix.from(asMatrix("imageOfUnitSphere", A), { dtype: "f64" });
  const { U, s, V } = svd(M);
  const limit = Math.max(...M.shape) * 2 ** -52 * (s[0] ?? 0);
  const dimension = s.filter((sigma) => sigma > limit).length;
  return { semiAxes: Float64Array.from(s), axes: U, preimages: Matrix.from(V), dimension };
}

/**
 * The outline of the image of the unit circle under A, m × 2: `count` points A·(cos t, sin t), t = 2πi/count, the
 * columns of an m × count matrix.
 *
 * @throws ShapeError   A has not two columns.
 * @throws OptionError  count is not a whole number ≥ 1.
 */
export function ellipseOutline(A: MatrixLike, count = 180): Matrix {
  const M = asMatrix("ellipseOutline", A);
  if (M.cols !== 2) throw new ShapeError("ellipseOutline", "a matrix of 2 columns", M.shape);
  checkInteger("ellipseOutline", "count", count, 1);
  largestFinite("ellipseOutline", M);
  const circle = Matrix.zeros(2, count);
  for (let i = 0; i < count; i++) {
    circle.data[i] = Math.cos((2 * Math.PI * i) / count);
    circle.data[count + i] = Math.sin((2 * Math.PI * i) / count);
  }
  return multiply(Matrix.from(M, { dtype: "f64" }), circle);
}

/**
 * AAᵀ, the left Gram matrix, m × m: symmetric, positive semi-definite, its eigenvectors are the left singular vectors
 * of A and its eigenvalues their squared singular values (and zeros).
 *
 * Squaring halves the digits of small singular values: to compute them, use `svd`. Cost: 2m²n flops.
 */
export function leftGram(A: MatrixLike): Matrix {
  const M = asMatrix("leftGram", A);
  return mirrored(multiply(M, M.T));
}

/** AᵀA, the right Gram matrix, n × n: as `leftGram`, for the right singular vectors. Cost: 2mn² flops. */
export function rightGram(A: MatrixLike): Matrix {
  const M = asMatrix("rightGram", A);
  return mirrored(multiply(M.T, M));
}

/** Copies the lower triangle onto the upper one: a product of A with its transpose is symmetric only to rounding. */
function mirrored(S: Matrix): Matrix {
  for (let i = 0; i < S.rows; i++) {
    for (let j = 0; j < i; j++) S.data[j * S.cols + i] = S.data[i * S.cols + j];
  }
  return S;
}
