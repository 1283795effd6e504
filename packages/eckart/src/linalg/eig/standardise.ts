// The real Schur form of a 2 × 2 block: either upper triangular, or with equal diagonal entries and off-diagonal entries
// of opposite signs, which shows the complex pair a ± i·√(−b·c).
//
//   [ cos sin]   [a b]   [cos −sin]   [a′ b′]
//   [−sin cos] · [c d] · [sin  cos] = [c′ d′]
//
// Source: the equations of Golub & Van Loan, 4th ed., §7.4.1, arranged against cancellation and overflow as in Bai &
// Demmel, Linear Algebra Appl. 186 (1993).
import { powerOfTwoScale } from "../../matrix/transfer.ts";
import { sumOfProducts } from "../../kernels/ref/errorFree.ts";

/** A block in standard form, and the rotation that brought it there. */
export interface StandardBlock {
  a: number;
  b: number;
  c: number;
  d: number;
  cos: number;
  sin: number;
}

/** A record for `standardise` to write into. */
export const standardBlock = (): StandardBlock => ({ a: 0, b: 0, c: 0, d: 0, cos: 1, sin: 0 });

/** The standard form of [a b; c d], whose entries are below 2¹⁰⁰⁰ in magnitude. */
export function standardise(a: number, b: number, c: number, d: number, out: StandardBlock): void {
  Object.assign(out, { a, b, c, d, cos: 1, sin: 0 });
  if (c === 0) return;
  if (b === 0) {
    // Lower triangular: the quarter turn.
    Object.assign(out, { a: d, b: -c, c: 0, d: a, cos: 0, sin: 1 });
    return;
  }
  // The discriminant ((a − d)/2)² + b·c, times unit² so that neither term underflows where it matters. Its products are
  // exact, so its sign is right.
  const half = a / 2 - d / 2;
  const unit = powerOfTwoScale(Math.max(Math.abs(half), Math.sqrt(Math.abs(b)) * Math.sqrt(Math.abs(c))));
  const up = powerOfTwoScale(Math.abs(b));
  const discriminant = sumOfProducts(half * unit, half * unit, b * up, c * unit * (unit / up));
  if (discriminant >= 0) splitReal(b, c, d, half, Math.sqrt(discriminant) / unit, out);
  else if (half !== 0) levelDiagonal(b, c, d, half, discriminant, unit, out);
  else out.d = a; // they differ by less than half the smallest number
}

/** Two real eigenvalues d + z and d − bc/z, z of the sign of `half` so that nothing cancels; (z, c) is a vector. */
function splitReal(b: number, c: number, d: number, half: number, root: number, out: StandardBlock): void {
  const z = half < 0 ? half - root : half + root;
  const up = powerOfTwoScale(Math.max(Math.abs(z), Math.abs(c)));
  const length = Math.hypot(c * up, z * up);
  out.a = d + z;
  out.b = b - c;
  out.c = 0;
  out.d = d - (Math.abs(b) > Math.abs(c) ? (b / z) * c : (c / z) * b);
  out.cos = (z * up) / length;
  out.sin = (c * up) / length;
}

/** A pair: the rotation that makes the diagonal entries equal; then b′·c′ is the discriminant over unit². */
function levelDiagonal(
  b: number,
  c: number,
  d: number,
  half: number,
  discriminant: number,
  unit: number,
  out: StandardBlock,
): void {
  // tan of twice the angle is −(a − d)/(b + c)
  const up = powerOfTwoScale(Math.max(Math.abs(b + c), Math.abs(2 * half)));
  const [sum, difference] = [(b + c) * up, 2 * half * up];
  const tau = Math.hypot(sum, difference);
  const cos = Math.sqrt((1 + Math.abs(sum) / tau) / 2);
  const sin = (-difference / (2 * tau * cos)) * (sum < 0 ? -1 : 1);
  // of [2·half b; c 0], which turns as the block does
  const upper = (b * cos - 2 * half * sin) * cos - c * sin * sin;
  const lower = c * cos * cos - (2 * half * cos + b * sin) * sin;
  const partner = (x: number): number => discriminant / (x * unit) / unit;
  const larger = Math.abs(upper) >= Math.abs(lower);
  out.a = out.d = d + half;
  out.b = larger ? upper : partner(lower);
  out.c = larger ? partner(upper) : lower;
  out.cos = cos;
  out.sin = sin;
}

/** Two eigenvalues, re ± im·i or re and other. */
export interface Pair {
  readonly re: number;
  readonly other: number;
  readonly im: number;
}

/**
 * The eigenvalues of [a b; c d] in closed form, the discriminant and the determinant from exact products: both have a
 * relative error of a few ε. The entries are within a few powers of two of 1, or far below the largest.
 */
export function eigenvalues2x2(a: number, b: number, c: number, d: number): Pair {
  const half = (a - d) / 2;
  const mean = d + half;
  const discriminant = sumOfProducts(half, half, b, c);
  if (discriminant < 0) return { re: mean, other: mean, im: Math.sqrt(-discriminant) };
  const root = Math.sqrt(discriminant);
  const large = mean < 0 ? mean - root : mean + root;
  const small = large === 0 ? 0 : sumOfProducts(a, d, -b, c) / large;
  return { re: large, other: small, im: 0 };
}
