import { OptionError } from "../../errors.ts";
import { asMatrix, asVector, largestFinite, type MatrixLike, type VectorLike } from "../../matrix/input.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import { isVector } from "../../matrix/operands.ts";
import { powerOfTwoScale } from "../../matrix/transfer.ts";
import { svdvals } from "../svd/svd.ts";

/**
 * Which norm: "fro" √Σaᵢⱼ² (default); 1 and Infinity, the largest column and row sum of magnitudes; 2 = σ₁;
 * "nuc" = Σσᵢ; "max" = max |aᵢⱼ|.
 */
export type NormKind = "fro" | "max" | "nuc" | number;

/**
 * Norm of a matrix, or of a vector taken as a column: then 1, 2 and Infinity are its own 1-, 2- and ∞-norm, and "fro"
 * and "nuc" equal 2.
 *
 * Sums are taken in double and neither overflow nor underflow on the way: Infinity comes only where the norm itself is
 * too large. An empty matrix has norm 0.
 *
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 * @throws OptionError     no such norm.
 *
 * Cost: 2mn flops; for 2 and "nuc" that of `svdvals`.
 * @example
 * norm([[3, 0], [4, 5]]); // √50
 */
export function norm(A: MatrixLike | VectorLike, kind: NormKind = "fro"): number {
  const vector = isVector(A);
  const a = vector ? asVector("norm", A) : asMatrix("norm", A);
  const largest = largestFinite("norm", a);
  switch (kind) {
    case "max":
      return largest;
    case 1:
      return largestRowSum(a.T);
    case Infinity:
      return largestRowSum(a);
    case "fro":
      return frobenius(a, largest);
    case 2:
      return a.cols === 1 || a.rows === 1 ? frobenius(a, largest) : (svdvals(a)[0] ?? 0);
    case "nuc":
      return Array.from(svdvals(a)).reduce((sum, sigma) => sum + sigma, 0);
    default:
      throw new OptionError("norm", "kind", kind, '"fro", 1, 2, Infinity, "max" or "nuc"');
  }
}

function largestRowSum({ rows, cols, data, offset, rowStride, colStride }: Matrix): number {
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0, at = offset + i * rowStride; j < cols; j++, at += colStride) sum += Math.abs(data[at]);
    largest = Math.max(largest, sum);
  }
  return largest;
}

/**
 * ‖scale·A‖_F, given max |aᵢⱼ|. The squares of each row are summed apart, so that rounding grows with m + n and not with
 * mn; two sums at a time do not wait for each other.
 */
export function frobenius(A: Matrix, largest: number, scale = 1): number {
  const { rows, cols, data, offset, rowStride, colStride } = A;
  const unit = powerOfTwoScale(largest);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let at = offset + i * rowStride;
    let even = 0;
    let odd = 0;
    for (let j = 1; j < cols; j += 2, at += 2 * colStride) {
      even += (data[at] * unit) ** 2;
      odd += (data[at + colStride] * unit) ** 2;
    }
    if (cols & 1) even += (data[at] * unit) ** 2;
    total += even + odd;
  }
  return (Math.sqrt(total) * scale) / unit;
}
