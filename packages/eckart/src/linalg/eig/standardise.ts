// The real Schur form of a 2 × 2 block: either upper triangular, or with equal diagonal entries and off-diagonal entries
// of opposite signs, which shows the complex pair a ± i·√(−b·c).
//
//   [ cos sin]   [a b]   [cos −sin]   [a′ b′]
//   [−sin cos] · [c d] · [sin  cos] = [c′ d′]
//
// Source: the equations of Golub & Van Loan, 4th ed., §7.4.1, arranged against cancellation and overflow as in Bai &
// Demmel, Linear Algebra Appl. 186 (1993).
import { sumOfProducts } from "../parts/errorFree.ts";

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

const EPSILON = 2 ** -52;

/** Whether a block is in standard form: triangular, or a complex pair that shows. */
const isStandard = (a: number, b: number, c: number, d: number): boolean =>
  c === 0 || (a === d && Math.sign(b) === -Math.sign(c));

/** The standard form of [a b; c d]. */
export function standardise(a: number, b: number, c: number, d: number, out: StandardBlock): void {
  Object.assign(out, { a, b, c, d, cos: 1, sin: 0 });
  if (isStandard(a, b, c, d)) return;
  if (b === 0) {
    // Lower triangular: the quarter turn.
    Object.assign(out, { a: d, b: -c, c: 0, d: a, cos: 0, sin: 1 });
    return;
  }
  const half = (a - d) / 2;
  const most = Math.max(Math.abs(b), Math.abs(c));
  const least = Math.min(Math.abs(b), Math.abs(c)) * Math.sign(b) * Math.sign(c);
  const scale = Math.max(Math.abs(half), most);
  // The discriminant ((a − d)/2)² + b·c, over `scale`.
  const discriminant = (half / scale) * half + (most / scale) * least;
  if (discriminant >= 4 * EPSILON * scale) {
    // Real and apart: (z, c) is the vector of the eigenvalue d + z, added without cancellation.
    const root = Math.sqrt(scale) * Math.sqrt(discriminant);
    const z = half < 0 ? half - root : half + root;
    const length = Math.hypot(c, z);
    out.a = d + z;
    out.b = b - c;
    out.c = 0;
    out.d = d - (most / z) * least;
    out.cos = z / length;
    out.sin = c / length;
    return;
  }
  equalise(a, b, c, d, out);
}

/** Complex, or real and nearly equal: a rotation makes the diagonal entries equal, and a second one splits a real pair. */
function equalise(a: number, b: number, c: number, d: number, out: StandardBlock): void {
  const sum = b + c;
  const tau = Math.hypot(sum, a - d);
  const cos = Math.sqrt((1 + Math.abs(sum) / tau) / 2);
  const sin = (-((a - d) / 2) / (tau * cos)) * (sum < 0 ? -1 : 1);
  const upper = (b * cos - a * sin) * cos + (d * cos - c * sin) * sin;
  const lower = (c * cos + d * sin) * cos - (a * cos + b * sin) * sin;
  const mean = a + (d - a) / 2;
  out.a = out.d = mean;
  out.b = upper;
  out.c = lower;
  out.cos = cos;
  out.sin = sin;
  if (isStandard(mean, upper, lower, mean)) return;
  if (upper === 0) {
    out.b = -lower;
    out.c = 0;
    out.cos = -sin;
    out.sin = cos;
    return;
  }
  // Equal signs: mean ± √(upper·lower).
  const [rootUpper, rootLower] = [Math.sqrt(Math.abs(upper)), Math.sqrt(Math.abs(lower))];
  const root = lower < 0 ? -rootUpper * rootLower : rootUpper * rootLower;
  const length = Math.sqrt(Math.abs(upper + lower));
  const [c2, s2] = [rootUpper / length, rootLower / length];
  out.a = mean + root;
  out.d = mean - root;
  out.b = upper - lower;
  out.c = 0;
  out.cos = cos * c2 - sin * s2;
  out.sin = cos * s2 + sin * c2;
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
