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

/** The squares of each row are summed apart, so that rounding grows with m + n and not with mn. */
function frobenius({ rows, cols, data, offset, rowStride, colStride }: Matrix, largest: number): number {
  const unit = powerOfTwoScale(largest);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0, at = offset + i * rowStride; j < cols; j++, at += colStride) sum += (data[at] * unit) ** 2;
    total += sum;
  }
  return Math.sqrt(total) / unit;
}
