// Arithmetic whose result is certain to lie on one side of the exact one. JavaScript rounds to nearest only, so each
// operation asks an error-free transformation which side it fell on, and takes the neighbouring number where it must.
// u = 2⁻⁵³ is the largest relative error of one rounding, η = 2⁻¹⁰⁷⁴ the smallest positive number.
import { productError, sumError } from "../kernels/ref/errorFree.ts";

/** u, half the distance from 1 to the next number. */
export const UNIT_ROUNDOFF: number = 2 ** -53;

/** η, the smallest positive number: what a product loses at most where it underflows. */
export const SMALLEST: number = 2 ** -1074;

const number = new Float64Array(1);
const bits = new BigInt64Array(number.buffer);

/** The next larger number; ∞ stays. */
export function nextUp(x: number): number {
  if (x === Infinity || Number.isNaN(x)) return x;
  if (x === 0) return SMALLEST;
  number[0] = x;
  bits[0] += x > 0 ? 1n : -1n;
  return number[0];
}

/** The next smaller number; −∞ stays. */
export const nextDown = (x: number): number => -nextUp(-x);

/** Whether numbers are far from overflow and underflow, so that `productError` is exact. */
const safe = (...values: readonly number[]): boolean =>
  values.every((x) => Math.abs(x) > 2 ** -960 && Math.abs(x) < 2 ** 990);

/** a + b or the least number above it. */
export function addUp(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isFinite(sum)) return Number.isNaN(sum) ? Infinity : sum === -Infinity ? -Number.MAX_VALUE : sum;
  const error = sumError(a, b, sum);
  return error > 0 || Number.isNaN(error) ? nextUp(sum) : sum;
}

/** a·b or the least number above it, at most two away; 0 where a factor is 0. */
export function mulUp(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  const product = a * b;
  if (product === -Infinity) return Number.isFinite(a) && Number.isFinite(b) ? -Number.MAX_VALUE : product;
  return safe(a, b, product) && productError(a, b, product) <= 0 ? product : nextUp(product);
}

/** a / b for a ≥ 0, b > 0, or a number right above it. */
export const divUp = (a: number, b: number): number => (a === 0 ? 0 : nextUp(a / b));

/** √x for x ≥ 0, or a number right above it. */
export function sqrtUp(x: number): number {
  if (x === 0) return 0;
  const root = Math.sqrt(x);
  const square = root * root;
  // square − x is exact: the two are neighbours.
  return safe(x, root) && square - x + productError(root, root, square) >= 0 ? root : nextUp(root);
}

/** a + b or the greatest number below it. */
export const addDown = (a: number, b: number): number => -addUp(-a, -b);

/** a·b or the greatest number below it. */
export const mulDown = (a: number, b: number): number => -mulUp(-a, b);

/** √x or a number right below it; 0 for x ≤ 0. */
export const sqrtDown = (x: number): number => (x <= 0 ? 0 : x === 1 ? 1 : nextDown(Math.sqrt(x)));

/** √(a² + b²) or a number right above it. */
export function hypotUp(a: number, b: number): number {
  const largest = Math.max(a, b);
  if (largest === 0 || largest === Infinity) return largest;
  const ratio = divUp(Math.min(a, b), largest);
  return mulUp(largest, sqrtUp(addUp(1, mulUp(ratio, ratio))));
}

/**
 * γₙ = n·u / (1 − n·u): a sum of n products, in any order and with or without fused multiply-add, is within
 * γₙ·Σ|aᵢ|·|bᵢ| of the exact one, as long as nothing underflows (Higham, Accuracy and Stability, 2nd ed., §3.1).
 */
export const gamma = (n: number): number => divUp(n * UNIT_ROUNDOFF, 1 - n * UNIT_ROUNDOFF);
