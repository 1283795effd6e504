import { precisionOf } from "../precision.ts";

/** 0 if the values are finite, none is negative (nor −0) and they descend; Infinity otherwise. */
export function order(s: ArrayLike<number>): number {
  let last = Infinity;
  for (let i = 0; i < s.length; i++) {
    if (!Number.isFinite(s[i]) || s[i] < 0 || Object.is(s[i], -0) || s[i] > last) return Infinity;
    last = s[i];
  }
  return 0;
}

/** 0 if the values are finite and ascend; Infinity otherwise. */
export function ascending(w: ArrayLike<number>): number {
  for (let i = 0; i < w.length; i++) if (!Number.isFinite(w[i]) || (i > 0 && w[i] < w[i - 1])) return Infinity;
  return 0;
}

/**
 * Largest error of computed values, relative to the largest reference: max |sᵢ − rᵢ| / (ε·max |r|). What every stable
 * method reaches, up to a modest multiple of the order.
 */
export function absoluteRatio(s: ArrayLike<number>, reference: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < reference.length; i++) largest = Math.max(largest, Math.abs(reference[i]));
  return worstError(s, reference, () => largest);
}

/**
 * Largest error of each computed value relative to its own reference: max |sᵢ − rᵢ| / (ε·|rᵢ|). What bidiagonal input
 * and, up to the condition number after scaling, one-sided Jacobi methods reach.
 */
export function relativeRatio(s: ArrayLike<number>, reference: ArrayLike<number>): number {
  return worstError(s, reference, Math.abs);
}

/** In units of ε·scale(rᵢ), or of the smallest subnormal number where that is larger. Other lengths or NaN: Infinity. */
function worstError(s: ArrayLike<number>, reference: ArrayLike<number>, scale: (r: number) => number): number {
  if (s.length !== reference.length) return Infinity;
  const { epsilon, least } = precisionOf(s);
  let worst = 0;
  for (let i = 0; i < s.length; i++) {
    const error =
      s[i] === reference[i] ? 0 : Math.abs(s[i] - reference[i]) / Math.max(epsilon * scale(reference[i]), least);
    if (!(error <= worst)) worst = Number.isNaN(error) ? Infinity : error;
  }
  return worst;
}
