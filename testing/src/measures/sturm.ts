import { PRECISION, precisionOf } from "../precision.ts";
import { binaryExponent, timesPowerOfTwo } from "./doubleDouble.ts";

/**
 * How many singular values of the upper bidiagonal matrix with diagonal d and superdiagonal e are at least x, by the
 * inertia of the Golub–Kahan tridiagonal matrix (zero diagonal, off-diagonal d₁, e₁, d₂, e₂, …) minus x·I. The count
 * is exact for entries changed relatively by a few ε, so it places each value to high relative accuracy. Cost: 4n
 * divisions and products.
 *
 * Source: J. Demmel and W. Kahan, Accurate singular values of bidiagonal matrices, SIAM J. Sci. Stat. Comput. 11 (1990).
 */
export function sturmCount(d: ArrayLike<number>, e: ArrayLike<number>, x: number): number {
  if (x <= 0) return d.length;
  let positive = 0;
  let pivot = -x;
  for (let i = 1; i < d.length + e.length + 1; i++) {
    const off = Math.abs(i & 1 ? d[(i - 1) / 2] : e[i / 2 - 1]);
    pivot = -x - (off / pivot) * off;
    if (pivot === 0) pivot = -PRECISION.f64.least;
    if (pivot > 0) positive++;
  }
  return positive;
}

/**
 * Relative error of computed singular values of a bidiagonal matrix, in units of n·ε and rounded up to a power of two
 * (at least 1/4): the least f such that, for every i, the Sturm counts place the true i-th value within
 * sᵢ·(1 ± f·n·ε), or of the smallest subnormal number around it. Infinity if no f·n·ε < 1/2 will do.
 */
export function sturmRatio(d: ArrayLike<number>, e: ArrayLike<number>, s: ArrayLike<number>): number {
  const { epsilon, least } = precisionOf(s);
  const n = d.length;
  if (s.length !== n) return Infinity;
  const shift = -binaryExponent(Math.max(maxAbs(d), maxAbs(e)));
  const scaled = (x: ArrayLike<number>): Float64Array => Float64Array.from(x, (value) => timesPowerOfTwo(value, shift));
  const [diagonal, superdiagonal, values] = [scaled(d), scaled(e), scaled(s)];
  const spacing = Math.max(timesPowerOfTwo(least, shift), PRECISION.f64.least);
  const holds = (factor: number): boolean =>
    values.every((value, i) => {
      const slack = Math.max(factor * n * epsilon * value, spacing);
      return (
        sturmCount(diagonal, superdiagonal, value - slack) > i &&
        sturmCount(diagonal, superdiagonal, value + slack) <= i
      );
    });
  for (let factor = 1 / 4; factor * n * epsilon < 1 / 2; factor *= 2) if (holds(factor)) return factor;
  return Infinity;
}

function maxAbs(x: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]));
  return largest;
}
