// C − X·diag(d)·Y, known to far below one rounding of the product.
//
// X·diag(d) = H + T and Y = K + L are split so that H and K hold the leading bits on a grid of their own for each row of
// H and each column of K, few enough that every partial sum of H·K is a number: that product is exact, in any order of
// summation, fused or not. The products with the tails are 2⁻²⁰ times smaller and may round:
//
//     C − X·diag(d)·Y = (C − H·K) − H·L − T·Y
//
// Source: Ozaki, Ogita, Oishi & Rump, Error-free transformations of matrix multiplication by using fast routines of
// matrix multiplication and its applications, Numer. Algorithms 59 (2012).
import { productError } from "../kernels/ref/errorFree.ts";
import { subtract } from "../matrix/elementwise.ts";
import { Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { Stack } from "../matrix/stack.ts";
import { powerOfTwoScale } from "../matrix/transfer.ts";
import { frobenius, largest, spectralUpper, unscaleUp } from "./norms.ts";
import { addUp, gamma, mulUp, SMALLEST, UNIT_ROUNDOFF } from "./rounding.ts";

/** A matrix in f64, and a bound of the Frobenius norm of what it lacks. */
export interface Enclosed {
  readonly value: Stack;
  readonly error: number;
}

/** A number for the spectral norm and one for the Frobenius norm. */
export interface NormBounds {
  readonly spectral: number;
  readonly frobenius: number;
}

/** Bounds from above. */
export function normsOf({ value, error }: Enclosed): NormBounds {
  const whole = frobenius(value.matrix).upper;
  return { spectral: addUp(Math.min(whole, spectralUpper(value)), error), frobenius: addUp(whole, error) };
}

/** The bounds from above divided by a power of two. */
export const unscaled = ({ spectral, frobenius: whole }: NormBounds, unit: number): NormBounds => ({
  spectral: unscaleUp(spectral, unit),
  frobenius: unscaleUp(whole, unit),
});

/** Rows below this size keep no leading bits, so that products of the grids stay far from underflow. */
const LEAST_GRID = 2 ** -400;

/**
 * C − X·diag(d)·Y for the matrix of C m × n, X m × k, Y k × n, no number larger than 2¹⁰⁰. `exact` says that all of them
 * are what they stand for; otherwise each number of one factor, of C and of d may lack as much as η.
 *
 * Cost: 6mnk flops.
 */
export function remainder(
  { matrix: C, isComplex }: Stack,
  X: Matrix,
  d: ArrayLike<number> | null,
  Y: Matrix,
  exact = true,
): Enclosed {
  const k = X.cols;
  const bits = headBits(k);
  const [H, T] = split(X, d, bits);
  const [KT, LT] = split(Y.T, null, bits);
  const first = subtract(C, multiply(H, KT.T));
  const second = subtract(first, multiply(H, LT.T));
  const last = subtract(second, multiply(T, Y));
  const value = new Stack(last, isComplex);
  const norm = (A: Matrix): number => frobenius(A).upper;
  // Each of the three differences is rounded once, T too, and the two inexact products have k terms.
  const differences = mulUp(UNIT_ROUNDOFF, addUp(addUp(norm(first), norm(second)), norm(last)));
  const tails = addUp(mulUp(norm(H), norm(LT)), mulUp(norm(T), norm(Y)));
  const rounding = addUp(differences, mulUp(gamma(k + 2), tails));
  if (tails === 0 && exact) return { value, error: rounding };
  return { value, error: addUp(rounding, underflow(C, k, Math.max(1, largest(X)) * Math.max(1, largest(Y)))) };
}

/** What all the entries together can lose to numbers below the smallest: ten losses a term, times the other factors. */
function underflow(C: Matrix, k: number, factors: number): number {
  return mulUp(10 * (k + 1) * C.rows * C.cols * 2 * factors, SMALLEST);
}

/** The most bits b with k·4ᵇ ≤ 2⁵³: so k products of two b-bit integers have exact partial sums. */
function headBits(k: number): number {
  let count = 26;
  while (k * 4 ** count > 2 ** 53) count--;
  return count;
}

/**
 * X·diag(d) = head + tail: in each row, head is rounded to multiples of 2^−bits times the power of two above the row.
 * The sum is exact but for one rounding of tail, and for what underflows.
 */
function split(X: Matrix, d: ArrayLike<number> | null, bits: number): [head: Matrix, tail: Matrix] {
  const [m, k] = X.shape;
  const head = Matrix.zeros(m, k);
  const tail = Matrix.zeros(m, k);
  const row = new Float64Array(k);
  const rest = new Float64Array(k);
  for (let i = 0; i < m; i++) {
    let above = LEAST_GRID;
    for (let j = 0, at = X.offset + i * X.rowStride; j < k; j++, at += X.colStride) {
      const x = X.data[at];
      row[j] = d ? x * d[j] : x;
      // Exact from there on.
      rest[j] = d && Math.abs(row[j]) > 2 ** -960 ? productError(x, d[j], row[j]) : 0;
      // A product that vanished becomes η, so that no tail is zero where something was lost.
      if (d && row[j] === 0 && x !== 0 && d[j] !== 0) row[j] = SMALLEST;
      above = Math.max(above, Math.abs(row[j]));
    }
    let top = 2 / powerOfTwoScale(above);
    while (top < above) top *= 2;
    // Adding it leaves no bits below 2^−bits·top (Rump, Ogita & Oishi, SIAM J. Sci. Comput. 31, 2008, ExtractScalar).
    const grid = 3 * 2 ** (51 - bits) * top;
    for (let j = 0, to = i * k; j < k; j++, to++) {
      head.data[to] = row[j] + grid - grid;
      tail.data[to] = row[j] - head.data[to] + rest[j];
    }
  }
  return [head, tail];
}
