// Singular value decompositions of many 2 × 2 matrices in closed form, two a vector. Twin: src/kernels/ref/batch2x2.ts,
// which calls the formulas of src/kernels/ref/twoByTwo.ts; here both sides of every choice are computed, and masks choose.
// What only extreme numbers need is computed where a matrix has them. f32 is computed in f64. Bound by the throughput of roots and quotients.
import { at } from "./lane";
import { scratch } from "./scratch";
import { pick, inversePower, mostFinite, scaleTo, signs } from "./batchLanes";

/** Matrices that go through one stage after the other: each stage is short enough for several to run side by side. */
const BLOCK: i32 = 32;

// Places of two matrices in the scratch memory: [f g; 0 h], in the end the cosines and sines of both sides; the rotation and
// the turns that made them triangular; what undoes their scale.
const F: usize = 0;
const G: usize = 16;
const H: usize = 32;
const BACK: usize = 48;
const COS: usize = 64;
const SIN: usize = 80;
const ROWS: usize = 96;
const COLUMNS: usize = 112;
const MIRRORED: usize = 128;
const PLACE: usize = 144;

// @ts-ignore: decorator
@inline
function splat(x: f64): v128 {
  return f64x2.splat(x);
}

/** (2ⁿ⁺¹-splitting of x).high for the exact product of Veltkamp and Dekker. */
// @ts-ignore: decorator
@inline
function upperHalf(x: v128): v128 {
  const big = f64x2.mul(splat(134217729), x);
  return f64x2.sub(big, f64x2.sub(big, x));
}

/** x·y − fl(x·y), exactly. */
// @ts-ignore: decorator
@inline
function productError(x: v128, y: v128, product: v128): v128 {
  const xh = upperHalf(x), yh = upperHalf(y), xl = f64x2.sub(x, xh), yl = f64x2.sub(y, yh);
  const rest = f64x2.sub(f64x2.sub(f64x2.sub(product, f64x2.mul(xh, yh)), f64x2.mul(xl, yh)), f64x2.mul(xh, yl));
  return f64x2.sub(f64x2.mul(xl, yl), rest);
}

/** x + y − fl(x + y), exactly. */
// @ts-ignore: decorator
@inline
function sumError(x: v128, y: v128, sum: v128): v128 {
  const part = f64x2.sub(sum, x);
  return f64x2.add(f64x2.sub(x, f64x2.sub(sum, part)), f64x2.sub(y, part));
}

/** x·y + z·w to about one ε of the result, however much cancels. */
// @ts-ignore: decorator
@inline
function sumOfProducts(x: v128, y: v128, z: v128, w: v128): v128 {
  const p = f64x2.mul(x, y), q = f64x2.mul(z, w), pe = productError(x, y, p), qe = productError(z, w, q);
  const s = f64x2.add(p, q), e = f64x2.add(pe, qe), total = f64x2.add(s, e);
  return f64x2.add(total, f64x2.add(f64x2.add(sumError(s, e, total), sumError(p, q, s)), sumError(pe, qe, e)));
}

/** Two numbers at p, as f64. */
// @ts-ignore: decorator
@inline
function loadRow<T>(p: usize): v128 {
  if (sizeof<T>() == 8) return v128.load(p);
  return f64x2.promote_low_f32x4(v128.load64_zero(p));
}

// @ts-ignore: decorator
@inline
function storeRow<T>(row: v128, p: usize): void {
  if (sizeof<T>() == 8) v128.store(p, row);
  else v128.store_lane<i64>(p, f32x4.demote_f64x2_zero(row), 0);
}

/** One row (x, y) of both matrices to p and q, the first only where they are the same place. */
// @ts-ignore: decorator
@inline
function storeRows<T>(x: v128, y: v128, p: usize, q: usize): void {
  storeRow<T>(v128.shuffle<f64>(x, y, 1, 3), q);
  storeRow<T>(v128.shuffle<f64>(x, y, 0, 2), p);
}

/** The sign of x where it leads the row (x, y), else of y; as sign bits. */
// @ts-ignore: decorator
@inline
function leading(x: v128, y: v128): v128 {
  const first = f64x2.ge(f64x2.abs(x), f64x2.mul(f64x2.abs(y), splat(1 - 9.5367431640625e-7)));
  return signs<f64>(pick(first, x, y));
}

/** [a b; c d] of two matrices to triangular form, to a place of the scratch memory. */
// @ts-ignore: decorator
@inline
function triangularise(a: v128, b: v128, c: v128, d: v128, to: usize): void {
  const zero = splat(0), one = splat(1);
  const dense = f64x2.ne(c, zero);
  const turnRows = v128.and(dense, f64x2.gt(f64x2.pmax(f64x2.abs(c), f64x2.abs(d)), f64x2.pmax(f64x2.abs(a), f64x2.abs(b))));
  let x = a, y = b;
  a = pick(turnRows, c, a);
  b = pick(turnRows, d, b);
  c = pick(turnRows, f64x2.neg(x), c);
  d = pick(turnRows, f64x2.neg(y), d);
  const turnColumns = v128.and(dense, f64x2.gt(f64x2.abs(b), f64x2.abs(a)));
  x = a;
  y = c;
  a = pick(turnColumns, b, a);
  b = pick(turnColumns, f64x2.neg(x), b);
  c = pick(turnColumns, d, c);
  d = pick(turnColumns, f64x2.neg(y), d);
  const scale = pick(dense, scaleTo<f64>(f64x2.abs(a), 500, 3.054936363499605e-151), one); // from 2^-500 on
  a = f64x2.mul(a, scale);
  b = f64x2.mul(b, scale);
  c = f64x2.mul(c, scale);
  d = f64x2.mul(d, scale);
  const f1 = f64x2.sqrt(f64x2.add(f64x2.mul(a, a), f64x2.mul(c, c)));
  const f = pick(dense, f1, a);
  const g = pick(dense, f64x2.div(sumOfProducts(a, b, c, d), f1), b);
  const h = pick(dense, f64x2.div(sumOfProducts(a, d, f64x2.neg(b), c), f1), d);
  v128.store(to, f, F);
  v128.store(to, g, G);
  v128.store(to, h, H);
  v128.store(to, pick(dense, f64x2.div(a, f1), one), COS);
  v128.store(to, pick(dense, f64x2.div(c, f1), zero), SIN);
  v128.store(to, inversePower<f64>(scale), BACK);
  v128.store(to, turnRows, ROWS);
  v128.store(to, turnColumns, COLUMNS);
}

/** Singular values of two triangular matrices to where they belong, and the rotations in place of the matrices. */
// @ts-ignore: decorator
@inline
function solveTriangular<T>(x: usize, vectors: i32, place: usize, next: usize): void {
  const zero = splat(0), one = splat(1), two = splat(2);
  const f = v128.load(x, F), g = v128.load(x, G), h = v128.load(x, H), back = v128.load(x, BACK);
  const flipped = f64x2.gt(f64x2.abs(h), f64x2.abs(f));
  const p = pick(flipped, h, f), q = pick(flipped, f, h);
  const pa = f64x2.abs(p), qa = f64x2.abs(q), ga = f64x2.abs(g);
  const diagonal = f64x2.eq(g, zero), outweighed = f64x2.le(pa, f64x2.mul(splat(1.1102230246251565e-16), ga));
  const m = f64x2.div(g, p), l = f64x2.div(f64x2.sub(pa, qa), pa), t = f64x2.sub(two, l), mm = f64x2.mul(m, m);
  const root = f64x2.sqrt(f64x2.add(f64x2.mul(t, t), mm));
  const equal = f64x2.eq(l, zero);
  const r = pick(equal, f64x2.abs(m), f64x2.sqrt(f64x2.add(f64x2.mul(l, l), mm)));
  const mean = f64x2.mul(splat(0.5), f64x2.add(root, r));
  const far = v128.any_true(outweighed);
  let large = f64x2.mul(pa, mean), small = f64x2.div(qa, mean);
  if (far) {
    const over = pick(f64x2.gt(qa, one), f64x2.div(pa, f64x2.div(ga, qa)), f64x2.mul(f64x2.div(pa, ga), qa));
    large = pick(outweighed, ga, large);
    small = pick(outweighed, pick(f64x2.eq(qa, zero), zero, over), small);
  }
  large = f64x2.mul(pick(diagonal, pa, large), back);
  small = f64x2.mul(pick(diagonal, qa, small), back);
  storeRows<T>(large, small, place, next);
  if (!vectors) return;

  const signP = v128.and(signs<f64>(p), f64x2.lt(p, zero)), signQ = v128.and(signs<f64>(q), f64x2.lt(q, zero)), signG = signs<f64>(g);
  const s1 = f64x2.add(root, t), s2 = f64x2.add(r, l);
  let tangent = f64x2.mul(f64x2.div(f64x2.mul(m, f64x2.add(s1, s2)), f64x2.mul(s1, s2)), f64x2.add(one, mean));
  const usual = f64x2.gt(mm, zero);
  if (!i64x2.all_true(usual)) {
    const faint = f64x2.add(f64x2.div(g, f64x2.sub(p, v128.xor(qa, signP))), f64x2.div(m, t));
    tangent = pick(usual, tangent, pick(equal, v128.xor(two, v128.xor(signG, signP)), faint));
  }
  const length = f64x2.sqrt(f64x2.add(f64x2.mul(tangent, tangent), splat(4))), overMean = f64x2.div(one, mean);
  let cr = f64x2.div(two, length), sr = f64x2.div(tangent, length);
  let cl = f64x2.mul(f64x2.add(cr, f64x2.mul(sr, m)), overMean), sl = f64x2.mul(f64x2.mul(f64x2.div(q, p), sr), overMean);
  if (far) {
    cr = pick(outweighed, f64x2.div(pa, ga), cr);
    sr = pick(outweighed, v128.xor(one, v128.xor(signG, signP)), sr);
    cl = pick(outweighed, one, cl);
    sl = pick(outweighed, f64x2.div(q, g), sl);
  }
  cr = pick(diagonal, one, cr);
  sr = pick(diagonal, zero, sr);
  cl = v128.xor(pick(diagonal, one, cl), signP);
  sl = v128.xor(pick(diagonal, zero, sl), signP);
  const cosLeft = pick(flipped, sr, cl), sinLeft = pick(flipped, cr, sl), cosRight = pick(flipped, sl, cr), sinRight = pick(flipped, cl, sr);
  v128.store(x, cosLeft, F);
  v128.store(x, sinLeft, G);
  v128.store(x, cosRight, H);
  v128.store(x, sinRight, BACK);
  v128.store(x, v128.and(v128.xor(signP, signQ), f64x2.gt(small, zero)), MIRRORED);
}

/** The rotations of two matrices back from triangular form, as vectors with the library's signs. */
// @ts-ignore: decorator
@inline
function storeVectors<T>(x: usize, v1: usize, v2: usize, u1: usize, u2: usize): void {
  const cosLeft = v128.load(x, F), sinLeft = v128.load(x, G), cosRight = v128.load(x, H), sinRight = v128.load(x, BACK);
  const cos = v128.load(x, COS), sin = v128.load(x, SIN), turnRows = v128.load(x, ROWS), turnColumns = v128.load(x, COLUMNS);
  let cl = f64x2.sub(f64x2.mul(cosLeft, cos), f64x2.mul(sinLeft, sin));
  let sl = f64x2.add(f64x2.mul(cosLeft, sin), f64x2.mul(sinLeft, cos));
  const turned = pick(turnRows, f64x2.neg(sl), cl);
  sl = pick(turnRows, cl, sl);
  cl = turned;
  const cr = pick(turnColumns, f64x2.neg(sinRight), cosRight);
  const sr = pick(turnColumns, cosRight, sinRight);

  const sign1 = leading(cr, sr), sign2 = leading(f64x2.neg(sr), cr), mirrored = v128.xor(sign2, v128.load(x, MIRRORED));
  storeRows<T>(signed(cr, sign1), signed(sr, sign1), v1, v2);
  storeRows<T>(signed(f64x2.neg(sr), sign2), signed(cr, sign2), v1 + 2 * sizeof<T>(), v2 + 2 * sizeof<T>());
  storeRows<T>(signed(cl, sign1), signed(f64x2.neg(sl), mirrored), u1, u2);
  storeRows<T>(signed(sl, sign1), signed(cl, mirrored), u1 + 2 * sizeof<T>(), u2 + 2 * sizeof<T>());
}

// @ts-ignore: decorator
@inline
function batchSvd2x2<T>(count: i32, A: i32, U: i32, s: i32, Vt: i32, vectors: i32, left: i32): i32 {
  let leftOver = 0;
  for (let block = 0; block < count; block += BLOCK) {
    const end = min(block + BLOCK, count);
    for (let first = block, x = scratch; first < end; first += 2, x += PLACE) {
      const second = min(first + 1, count - 1);
      const p1 = at<T>(A + 4 * first), p2 = at<T>(A + 4 * second);
      const top1 = loadRow<T>(p1), top2 = loadRow<T>(p2), low1 = loadRow<T>(p1 + 2 * sizeof<T>()), low2 = loadRow<T>(p2 + 2 * sizeof<T>());
      const a = v128.shuffle<f64>(top1, top2, 0, 2), b = v128.shuffle<f64>(top1, top2, 1, 3);
      const c = v128.shuffle<f64>(low1, low2, 0, 2), d = v128.shuffle<f64>(low1, low2, 1, 3);
      const largest = f64x2.max(f64x2.max(f64x2.abs(a), f64x2.abs(b)), f64x2.max(f64x2.abs(c), f64x2.abs(d)));
      const finite = f64x2.le(largest, mostFinite<f64>());
      if (!i64x2.all_true(finite)) {
        for (let t = 0; t <= second - first; t++) {
          const bad = (t == 0 ? i64x2.extract_lane(finite, 0) : i64x2.extract_lane(finite, 1)) == 0;
          store<T>(at<T>(left + first + t), <T>(bad ? 1 : 0));
          if (bad) leftOver++;
        }
      } else {
        store<T>(at<T>(left + second), <T>0);
        store<T>(at<T>(left + first), <T>0);
      }
      triangularise(a, b, c, d, x);
    }
    for (let first = block, x = scratch; first < end; first += 2, x += PLACE) {
      solveTriangular<T>(x, vectors, at<T>(s + 2 * first), at<T>(s + 2 * min(first + 1, count - 1)));
    }
    if (!vectors) continue;
    for (let first = block, x = scratch; first < end; first += 2, x += PLACE) {
      const second = min(first + 1, count - 1);
      storeVectors<T>(x, at<T>(Vt + 4 * first), at<T>(Vt + 4 * second), at<T>(U + 4 * first), at<T>(U + 4 * second));
    }
  }
  return leftOver;
}

/** x with its sign changed where the bits say so; −0 becomes 0. */
// @ts-ignore: decorator
@inline
function signed(x: v128, sign: v128): v128 {
  return f64x2.add(v128.xor(x, sign), splat(0));
}

export function batchSvd2x2F64(count: i32, A: i32, U: i32, s: i32, Vt: i32, vectors: i32, left: i32): i32 {
  return batchSvd2x2<f64>(count, A, U, s, Vt, vectors, left);
}
export function batchSvd2x2F32(count: i32, A: i32, U: i32, s: i32, Vt: i32, vectors: i32, left: i32): i32 {
  return batchSvd2x2<f32>(count, A, U, s, Vt, vectors, left);
}
