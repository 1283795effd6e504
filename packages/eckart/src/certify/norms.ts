// Certain bounds of the norms of a matrix of doubles.
import { scale } from "../matrix/elementwise.ts";
import { largestFinite } from "../matrix/input.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { Stack } from "../matrix/stack.ts";
import { powerOfTwoScale } from "../matrix/transfer.ts";
import { addUp, divUp, gamma, mulDown, mulUp, nextDown, nextUp, SMALLEST, sqrtDown, sqrtUp } from "./rounding.ts";

/** Between two numbers. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** The largest |xᵢⱼ|. */
export const largest = (X: Matrix): number => largestFinite("certify", X);

/** ‖X‖_F. */
export function frobenius(X: Matrix): Interval {
  const most = largest(X);
  if (most === 0) return { lower: 0, upper: 0 };
  const unit = powerOfTwoScale(most);
  let sum = 0;
  for (let i = 0; i < X.rows; i++) {
    let row = 0;
    for (let j = 0, at = X.offset + i * X.rowStride; j < X.cols; j++, at += X.colStride) {
      const x = X.data[at] * unit;
      row += x * x;
    }
    sum += row;
  }
  // A square is rounded once and then takes part in at most n + m sums; scaled, the sum is 2⁻¹¹⁰ or more, so that what
  // underflow loses is less than one rounding more.
  const share = gamma(X.rows + X.cols + 2);
  const lower = sqrtDown(mulDown(sum, nextDown(1 - share)));
  const upper = sqrtUp(divUp(sum, nextDown(1 - share)));
  return { lower: unscaleDown(lower, unit), upper: unscaleUp(upper, unit) };
}

/**
 * A number that ‖X‖₂ does not exceed: the least of ‖X‖_F, √(‖X‖₁·‖X‖_∞), of a complex matrix those of its left factor, and
 * √‖XᴴX‖_F, the last at most min(m, n)^¼ times too large.
 *
 * Cost: 2mn·min(m, n) flops, four times that of a complex matrix.
 */
export function spectralUpper(X: Stack): number {
  const most = largest(X.matrix);
  if (most === 0) return 0;
  const unit = powerOfTwoScale(most);
  const scaled = new Stack(scale(X.matrix, unit), X.isComplex);
  const whole = frobenius(scaled.matrix).upper;
  const { left } = scaled;
  const sums = mulUp(largestRowSum(left), largestRowSum(left.T));
  let square = Math.min(mulUp(whole, whole), sums);
  if (Math.min(X.rows, X.cols) > 1) {
    const [outer, inner] = X.rows < X.cols ? [left, scaled.H.matrix] : [scaled.H.left, scaled.matrix];
    const squares = mulUp(X.isComplex ? 2 : 1, mulUp(whole, whole));
    const rounding = addUp(mulUp(gamma(outer.cols), squares), mulUp(X.rows * X.cols * outer.rows * 8, SMALLEST));
    square = Math.min(square, addUp(frobenius(multiply(outer, inner)).upper, rounding));
  }
  // What scaling down may lose to the smallest number is far below the rounding counted above, which is one too many.
  return unscaleUp(sqrtUp(square), unit);
}

/** ‖X‖_∞ or a number right above it. */
const largestRowSum = (X: Matrix): number => absoluteRowSums(X).reduce((most, sum) => Math.max(most, sum), 0);

/** Σⱼ|xᵢⱼ| for every i, or numbers right above them. */
export function absoluteRowSums(X: Matrix): number[] {
  const above = addUp(1, gamma(X.cols));
  return Array.from({ length: X.rows }, (_, i) => {
    let sum = 0;
    for (let j = 0, at = X.offset + i * X.rowStride; j < X.cols; j++, at += X.colStride) sum += Math.abs(X.data[at]);
    return mulUp(sum, above);
  });
}

/** x / unit or a number right above it, for a power of two. */
export function unscaleUp(x: number, unit: number): number {
  const y = x / unit;
  return y * unit < x ? nextUp(y) : y;
}

/** x / unit or a number right below it, for a power of two. */
export const unscaleDown = (x: number, unit: number): number => -unscaleUp(-x, unit);
