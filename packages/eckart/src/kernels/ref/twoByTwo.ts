// Singular value decomposition of 2 × 2 matrices in closed form, on plain numbers, without allocation.
//
//   [ cl sl] [f g] [cr −sr]   [max  0 ]
//   [−sl cl]·[0 h]·[sr  cr] = [ 0  min],   max ≥ |min|, and min carries the sign of the determinant.
//
// With p the larger of f and h in magnitude, q the other, m = g/p, l = (|p| − |q|)/|p| and t = 2 − l = (|p| + |q|)/|p|,
//   a = (√(t² + m²) + √(l² + m²))/2,   max = |p|·a,   |min| = |q|/a,
// sums of positive terms alone, so nothing cancels: each value and each component of the rotations has a relative error
// of a few ε, whatever the exponents, as long as it is not subnormal itself (Demmel & Kahan, SIAM J. Sci. Stat. Comput.
// 11, 1990; Bai & Demmel, SIAM J. Sci. Comput. 14, 1993).

import { sumOfProducts } from "./errorFree.ts";

/** Singular values of a 2 × 2 matrix: max ≥ |min|. */
export interface SingularValues2x2 {
  max: number;
  min: number;
}

/** The decomposition of a 2 × 2 matrix: singular values, and the rotations from the left and from the right. */
export interface Svd2x2 extends SingularValues2x2 {
  cosLeft: number;
  sinLeft: number;
  cosRight: number;
  sinRight: number;
}

/** A record for the functions below to write into. */
export const svd2x2Record = (): Svd2x2 => ({ max: 0, min: 0, cosLeft: 1, sinLeft: 0, cosRight: 1, sinRight: 0 });

const EPS = 2 ** -53;

/** |p·q/g| where |q| ≤ |p| ≤ ε·|g|, in an order that neither overflows nor loses what is representable. */
function productOver(p: number, q: number, g: number): number {
  if (q === 0) return 0;
  return q > 1 ? p / (g / q) : (p / g) * q;
}

/** The singular values of [f g; 0 h], both ≥ 0, the same bits as in `svd2x2Triangular`. */
export function singularValues2x2(f: number, g: number, h: number, out: SingularValues2x2): void {
  const p = Math.max(Math.abs(f), Math.abs(h));
  const q = Math.min(Math.abs(f), Math.abs(h));
  g = Math.abs(g);
  if (p <= EPS * g) {
    out.max = g;
    out.min = productOver(p, q, g);
    return;
  }
  if (p === 0) {
    out.max = out.min = 0;
    return;
  }
  const m = g / p;
  const l = (p - q) / p;
  const t = 2 - l;
  const a = (Math.sqrt(t * t + m * m) + (l === 0 ? m : Math.sqrt(l * l + m * m))) / 2;
  out.max = p * a;
  out.min = q / a;
}

/** The decomposition of [f g; 0 h]. */
export function svd2x2Triangular(f: number, g: number, h: number, out: Svd2x2): void {
  // Where |h| > |f|, the transpose about the other diagonal, [h g; 0 f], is solved: left and right change places.
  const flipped = Math.abs(h) > Math.abs(f);
  const p = flipped ? h : f;
  const q = flipped ? f : h;
  const pa = Math.abs(p);
  const qa = Math.abs(q);
  const ga = Math.abs(g);

  let max = pa;
  let min = qa;
  let cl = 1;
  let sl = 0;
  let cr = 1;
  let sr = 0;
  if (g === 0) {
    // Diagonal already.
  } else if (pa <= EPS * ga) {
    // g outweighs f and h so far that its row and column are the first singular vectors to rounding.
    max = ga;
    min = productOver(pa, qa, ga);
    sl = q / g;
    cr = pa / ga;
    sr = p < 0 ? -Math.sign(g) : Math.sign(g);
  } else {
    const m = g / p;
    const l = (pa - qa) / pa;
    const t = 2 - l;
    const mm = m * m;
    const s = Math.sqrt(t * t + mm);
    const r = l === 0 ? Math.abs(m) : Math.sqrt(l * l + mm);
    const a = (s + r) / 2;
    max = pa * a;
    min = qa / a;
    // Twice the tangent of the right angle. Where m² underflows, its limit for m → 0.
    let tan: number;
    if (mm > 0) tan = (m / (s + t) + m / (r + l)) * (1 + a);
    else if (l > 0) tan = g / (p - Math.sign(p) * qa) + m / t;
    else tan = 2 * Math.sign(g) * Math.sign(p);
    const length = Math.sqrt(tan * tan + 4);
    cr = 2 / length;
    sr = tan / length;
    cl = (cr + sr * m) / a;
    sl = ((q / p) * sr) / a;
  }
  if (p < 0) {
    cl = -cl;
    sl = -sl;
  }
  out.max = max;
  out.min = p < 0 !== q < 0 ? -min : min;
  out.cosLeft = flipped ? sr : cl;
  out.sinLeft = flipped ? cr : sl;
  out.cosRight = flipped ? sl : cr;
  out.sinRight = flipped ? cl : sr;
}

/** A power of two that brings `largest` into [2²⁵⁰, 2⁵⁰¹), or as near as 2¹⁰⁰⁰ does; for usual numbers one of two. */
function scaleOf(largest: number): number {
  if (largest >= 1 && largest < 2 ** 250) return 2 ** 250;
  if (largest >= 2 ** -250 && largest < 1) return 2 ** 500;
  return 2 ** Math.min(1000, 500 - Math.floor(Math.log2(largest)));
}

/**
 * The decomposition of [a b; c d], which need not be triangular. A rotation makes it so; the entries f = √(a² + c²),
 * g = (ab + cd)/f and h = (ad − bc)/f come from exact products, so both singular values have a relative error of a few
 * ε, for every matrix whose nonzero entries lie within a factor of 2¹⁰⁰⁰ of each other.
 */
export function svd2x2(a: number, b: number, c: number, d: number, out: Svd2x2): void {
  if (c === 0) {
    svd2x2Triangular(a, b, d, out);
    return;
  }
  // Quarter turns bring the largest entry to the corner, a power of two brings it between 2²⁵⁰ and 2⁵⁰⁰: no product that matters
  // can underflow then.
  const turnRows = Math.max(Math.abs(c), Math.abs(d)) > Math.max(Math.abs(a), Math.abs(b));
  if (turnRows) {
    let first = a;
    a = c;
    c = -first;
    first = b;
    b = d;
    d = -first;
  }
  const turnColumns = Math.abs(b) > Math.abs(a);
  if (turnColumns) {
    let first = a;
    a = b;
    b = -first;
    first = c;
    c = d;
    d = -first;
  }
  const scale = scaleOf(Math.abs(a));
  a *= scale;
  b *= scale;
  c *= scale;
  d *= scale;

  const f = Math.sqrt(a * a + c * c);
  const cos = a / f;
  const sin = c / f;
  svd2x2Triangular(f, sumOfProducts(a, b, c, d) / f, sumOfProducts(a, d, -b, c) / f, out);
  const { cosLeft, sinLeft, cosRight, sinRight } = out;
  const cl = cosLeft * cos - sinLeft * sin;
  const sl = cosLeft * sin + sinLeft * cos;

  out.max /= scale;
  out.min /= scale;
  out.cosLeft = turnRows ? -sl : cl;
  out.sinLeft = turnRows ? cl : sl;
  out.cosRight = turnColumns ? -sinRight : cosRight;
  out.sinRight = turnColumns ? cosRight : sinRight;
}
