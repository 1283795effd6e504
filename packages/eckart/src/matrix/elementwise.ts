import { OptionError, ShapeError } from "../errors.ts";
import { asMatrix, largestFinite, type MatrixLike } from "./input.ts";
import { Matrix } from "./matrix.ts";
import { commonType } from "./operands.ts";
import { powerOfTwoScale } from "./transfer.ts";

/**
 * Sum, C = A + B, entry by entry. Two f32 operands give f32, all others f64.
 *
 * @throws ShapeError      the shapes differ.
 * @throws NonFiniteError  A or B holds NaN or ±Infinity.
 */
export function add(A: MatrixLike, B: MatrixLike): Matrix {
  return combine("add", A, 1, B);
}

/**
 * Difference, C = A − B, entry by entry. Two f32 operands give f32, all others f64.
 *
 * @throws ShapeError      the shapes differ.
 * @throws NonFiniteError  A or B holds NaN or ±Infinity.
 */
export function subtract(A: MatrixLike, B: MatrixLike): Matrix {
  return combine("subtract", A, -1, B);
}

/**
 * Multiple, C = α·A.
 *
 * @throws OptionError     α is not a finite number.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 */
export function scale(A: MatrixLike, alpha: number): Matrix {
  if (!Number.isFinite(alpha)) throw new OptionError("scale", "alpha", alpha, "a finite number");
  largestFinite("scale", asMatrix("scale", A));
  const C = Matrix.from(A);
  for (let k = 0; k < C.data.length; k++) C.data[k] *= alpha;
  return C;
}

/**
 * Trace, the sum of the diagonal of a square matrix: also the sum of its eigenvalues.
 *
 * @throws ShapeError      A is not square.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 */
export function trace(A: MatrixLike): number {
  const a = asMatrix("trace", A);
  if (a.rows !== a.cols) throw new ShapeError("trace", "a square matrix", a.shape);
  const unit = powerOfTwoScale(largestFinite("trace", a));
  let sum = 0;
  for (let i = 0; i < a.rows; i++) sum += a.at(i, i) * unit;
  return sum / unit;
}

/** A ± B. */
function combine(where: string, A: MatrixLike, sign: 1 | -1, B: MatrixLike): Matrix {
  const [a, b] = [asMatrix(where, A), asMatrix(where, B)];
  if (a.rows !== b.rows || a.cols !== b.cols) {
    throw new ShapeError(where, `a second operand of shape ${a.rows} × ${a.cols}`, b.shape);
  }
  largestFinite(where, a);
  largestFinite(where, b);
  const C = Matrix.from(a, { dtype: commonType(a, b) });
  for (let i = 0, to = 0; i < b.rows; i++) {
    for (let j = 0, at = b.offset + i * b.rowStride; j < b.cols; j++, at += b.colStride)
      C.data[to++] += sign * b.data[at];
  }
  return C;
}
