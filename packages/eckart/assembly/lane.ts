// What the kernels share: element offsets to addresses, vector width, and sums over the lanes of a vector.
// T is f64 or f32 throughout; every comparison of sizeof<T>() folds at compile time.

/** Address of element x of the linear memory seen as an array of T. */
// @ts-ignore: decorator
@inline
export function at<T>(x: i32): usize {
  return (<usize>x) << alignof<T>();
}

/** Elements of T in one 128-bit vector. */
// @ts-ignore: decorator
@inline
export function lanes<T>(): i32 {
  return 16 / <i32>sizeof<T>();
}

/** Bytes from one element to the next for a stride of dx elements. */
// @ts-ignore: decorator
@inline
export function bytes<T>(dx: i32): usize {
  return (<usize>dx) << alignof<T>();
}

/** Sum of the lanes of v, in pairs. */
// @ts-ignore: decorator
@inline
export function laneSum<T>(v: v128): T {
  if (sizeof<T>() == 8) {
    return <T>(f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1));
  }
  return <T>(f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 2) + (f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 3)));
}

/** A vector whose lanes all hold the element at address p. */
// @ts-ignore: decorator
@inline
export function loadSplat<T>(p: usize, offset: usize = 0): v128 {
  if (sizeof<T>() == 8) return v128.load64_splat(p + offset);
  return v128.load32_splat(p + offset);
}

/** A pair of vectors to the 32 bytes at p. Engines that join pairs begin at such stores, the upper half first. */
// @ts-ignore: decorator
@inline
export function storePair(p: usize, low: v128, high: v128): void {
  v128.store(p, high, 16);
  v128.store(p, low);
}

/** Sum of the lanes of the pair at p. */
// @ts-ignore: decorator
@inline
export function pairSum<T>(p: usize): T {
  return laneSum<T>(v128.add<T>(v128.load(p), v128.load(p, 16)));
}
