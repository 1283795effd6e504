// One matrix a lane: what the batch kernels share. A group of matrices lies in the work array entry by entry, each entry
// a row of VECTORS vectors whose lanes are the matrices of the group, so that every step is the same instruction for all
// of them; where they differ, masks choose. No lane reads another one: a matrix gets the same bits in any company.

import { lanes } from "./lane";

/** Vectors a group: independent chains of instructions hide the latency of roots and quotients from each other. */
export const VECTORS: i32 = 4;

/** Bytes from one entry to the next in the work array. */
export const ENTRY: usize = 16 * VECTORS;

/** Matrices of a group. */
// @ts-ignore: decorator
@inline
export function groupSize<T>(): i32 {
  return <i32>ENTRY / <i32>sizeof<T>();
}

/** x where the mask is set, else y. */
// @ts-ignore: decorator
@inline
export function pick(mask: v128, x: v128, y: v128): v128 {
  return v128.bitselect(x, y, mask);
}

/** The sign bits of x. */
// @ts-ignore: decorator
@inline
export function signs<T>(x: v128): v128 {
  return v128.and(x, v128.splat<T>(<T>-0.0));
}

/** The largest finite number of T in every lane. */
// @ts-ignore: decorator
@inline
export function mostFinite<T>(): v128 {
  if (sizeof<T>() == 8) return f64x2.splat(f64.MAX_VALUE);
  return f32x4.splat(f32.MAX_VALUE);
}

/** The power of two that brings `largest` into [2^target, 2^(target+1)), where it is at least `floor`, a normal number. */
// @ts-ignore: decorator
@inline
export function scaleTo<T>(largest: v128, target: i32, floor: T): v128 {
  const clamped = v128.pmax<T>(v128.splat<T>(floor), largest);
  if (sizeof<T>() == 8) {
    const exponent = v128.and(clamped, i64x2.splat(0x7ff0000000000000));
    return i64x2.sub(i64x2.splat((<i64>(2046 + target)) << 52), exponent);
  }
  const exponent = v128.and(clamped, i32x4.splat(0x7f800000));
  return i32x4.sub(i32x4.splat((254 + target) << 23), exponent);
}

/** 1/x for powers of two, exactly. */
// @ts-ignore: decorator
@inline
export function inversePower<T>(x: v128): v128 {
  if (sizeof<T>() == 8) return i64x2.sub(i64x2.splat((<i64>2046) << 52), x);
  return i32x4.sub(i32x4.splat(254 << 23), x);
}

/** Exchanges n entries at p and q, `step` bytes from one to the next, in the lanes of the mask. */
// @ts-ignore: decorator
@inline
export function exchange(mask: v128, n: i32, p: usize, q: usize, step: usize): void {
  for (; n > 0; n--, p += step, q += step) {
    const x = v128.load(p), y = v128.load(q);
    v128.store(p, pick(mask, y, x));
    v128.store(q, pick(mask, x, y));
  }
}

/** x ← x + s·(y − τ·x), y ← y − s·(x + τ·y) for n entries, `step` bytes from one to the next. */
// @ts-ignore: decorator
@inline
export function turn<T>(s: v128, tau: v128, n: i32, p: usize, q: usize, step: usize): void {
  for (; n >= 2; n -= 2, p += 2 * step, q += 2 * step) {
    const x = v128.load(p), y = v128.load(q), x2 = v128.load(p + step), y2 = v128.load(q + step);
    v128.store(p, v128.add<T>(x, v128.mul<T>(s, v128.sub<T>(y, v128.mul<T>(tau, x)))));
    v128.store(q, v128.sub<T>(y, v128.mul<T>(s, v128.add<T>(x, v128.mul<T>(tau, y)))));
    v128.store(p + step, v128.add<T>(x2, v128.mul<T>(s, v128.sub<T>(y2, v128.mul<T>(tau, x2)))));
    v128.store(q + step, v128.sub<T>(y2, v128.mul<T>(s, v128.add<T>(x2, v128.mul<T>(tau, y2)))));
  }
  if (n > 0) {
    const x = v128.load(p), y = v128.load(q);
    v128.store(p, v128.add<T>(x, v128.mul<T>(s, v128.sub<T>(y, v128.mul<T>(tau, x)))));
    v128.store(q, v128.sub<T>(y, v128.mul<T>(s, v128.add<T>(x, v128.mul<T>(tau, y)))));
  }
}

/** Sign bits of the first of n entries whose magnitude is the largest to about six digits. */
// @ts-ignore: decorator
@inline
export function leadingSign<T>(n: i32, p: usize, step: usize): v128 {
  let most = v128.splat<T>(0);
  for (let i = 0, at = p; i < n; i++, at += step) most = v128.pmax<T>(most, v128.abs<T>(v128.load(at)));
  const close = v128.mul<T>(most, v128.splat<T>(<T>(1 - 9.5367431640625e-7)));
  let lead = most;
  for (let at = p + <usize>(n - 1) * step; n > 0; n--, at -= step) {
    const x = v128.load(at);
    lead = pick(v128.ge<T>(v128.abs<T>(x), close), x, lead);
  }
  return signs<T>(lead);
}

/** n entries at p with their signs changed by `sign`; −0 becomes 0. */
// @ts-ignore: decorator
@inline
export function applySign<T>(sign: v128, n: i32, p: usize, step: usize): void {
  for (; n > 0; n--, p += step) v128.store(p, v128.add<T>(v128.xor(v128.load(p), sign), v128.splat<T>(0)));
}

/** Lanes that are not sound, one number a matrix; returns how many of them. */
// @ts-ignore: decorator
@inline
export function report<T>(sound: v128, matrices: i32, left: usize): i32 {
  let count = 0;
  v128.store(left, v128.andnot(v128.splat<T>(1), sound));
  for (let t = 0; t < min(matrices, lanes<T>()); t++) count += load<T>(left + (<usize>t << alignof<T>())) != <T>0 ? 1 : 0;
  return count;
}
