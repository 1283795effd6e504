// Vector kernels of the level-1 BLAS. Twin: src/kernels/ref/vector.ts, which states what each computes.
// All are bound by memory traffic; the vector path serves unit strides, the scalar path every other stride.
import { at, bytes, lanes, laneSum } from "./lane";

// @ts-ignore: decorator
@inline
function dot<T>(n: i32, x: i32, dx: i32, y: i32, dy: i32): T {
  let px = at<T>(x), py = at<T>(y);
  let sum: T = 0;
  if (dx == 1 && dy == 1) {
    let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0;
    for (; n >= 4 * lanes<T>(); n -= 4 * lanes<T>(), px += 64, py += 64) {
      s0 = v128.add<T>(s0, v128.mul<T>(v128.load(px), v128.load(py)));
      s1 = v128.add<T>(s1, v128.mul<T>(v128.load(px, 16), v128.load(py, 16)));
      s2 = v128.add<T>(s2, v128.mul<T>(v128.load(px, 32), v128.load(py, 32)));
      s3 = v128.add<T>(s3, v128.mul<T>(v128.load(px, 48), v128.load(py, 48)));
    }
    sum = laneSum<T>(v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3)));
  }
  const sx = bytes<T>(dx), sy = bytes<T>(dy);
  for (; n > 0; n--, px += sx, py += sy) sum += load<T>(px) * load<T>(py);
  return sum;
}

// @ts-ignore: decorator
@inline
function axpy<T>(n: i32, alpha: T, x: i32, dx: i32, y: i32, dy: i32): void {
  let px = at<T>(x), py = at<T>(y);
  if (dx == 1 && dy == 1) {
    const a = v128.splat<T>(alpha);
    for (; n >= 2 * lanes<T>(); n -= 2 * lanes<T>(), px += 32, py += 32) {
      v128.store(py, v128.add<T>(v128.load(py), v128.mul<T>(a, v128.load(px))));
      v128.store(py, v128.add<T>(v128.load(py, 16), v128.mul<T>(a, v128.load(px, 16))), 16);
    }
  }
  const sx = bytes<T>(dx), sy = bytes<T>(dy);
  for (; n > 0; n--, px += sx, py += sy) store<T>(py, load<T>(py) + alpha * load<T>(px));
}

// @ts-ignore: decorator
@inline
function scal<T>(n: i32, alpha: T, x: i32, dx: i32): void {
  let px = at<T>(x);
  if (dx == 1) {
    const a = v128.splat<T>(alpha);
    for (; n >= 2 * lanes<T>(); n -= 2 * lanes<T>(), px += 32) {
      v128.store(px, v128.mul<T>(a, v128.load(px)));
      v128.store(px, v128.mul<T>(a, v128.load(px, 16)), 16);
    }
  }
  const sx = bytes<T>(dx);
  for (; n > 0; n--, px += sx) store<T>(px, alpha * load<T>(px));
}

// @ts-ignore: decorator
@inline
function swap<T>(n: i32, x: i32, dx: i32, y: i32, dy: i32): void {
  let px = at<T>(x), py = at<T>(y);
  const sx = bytes<T>(dx), sy = bytes<T>(dy);
  for (; n > 0; n--, px += sx, py += sy) {
    const t = load<T>(px);
    store<T>(px, load<T>(py));
    store<T>(py, t);
  }
}

// @ts-ignore: decorator
@inline
function iamax<T>(n: i32, x: i32, dx: i32): i32 {
  let px = at<T>(x);
  const sx = bytes<T>(dx);
  let best: T = -1;
  let index = -1;
  for (let i = 0; i < n; i++, px += sx) {
    const a = abs<T>(load<T>(px));
    if (a > best) {
      best = a;
      index = i;
    }
  }
  return index;
}

// The plain sum of squares serves almost always. Where it leaves the range in which no square lost bits that matter,
// the vector is scaled by its largest entry first.
// @ts-ignore: decorator
@inline
function nrm2<T>(n: i32, x: i32, dx: i32): T {
  const low: T = sizeof<T>() == 8 ? <T>1e-270 : <T>1e-27;
  const high: T = sizeof<T>() == 8 ? <T>1e300 : <T>1e37;
  const sum = dot<T>(n, x, dx, x, dx);
  if (sum > low && sum < high) return sqrt<T>(sum);
  const index = iamax<T>(n, x, dx);
  if (index < 0) return n > 0 ? <T>NaN : 0;
  const sx = bytes<T>(dx);
  let px = at<T>(x);
  const largest = abs<T>(load<T>(px + <usize>index * sx));
  if (largest == 0 || largest == <T>Infinity) return largest;
  let scaled: T = 0;
  for (; n > 0; n--, px += sx) {
    const r = load<T>(px) / largest;
    scaled += r * r;
  }
  return largest * sqrt<T>(scaled);
}

export function dotF64(n: i32, x: i32, dx: i32, y: i32, dy: i32): f64 { return dot<f64>(n, x, dx, y, dy); }
export function dotF32(n: i32, x: i32, dx: i32, y: i32, dy: i32): f32 { return dot<f32>(n, x, dx, y, dy); }
export function axpyF64(n: i32, alpha: f64, x: i32, dx: i32, y: i32, dy: i32): void { axpy<f64>(n, alpha, x, dx, y, dy); }
export function axpyF32(n: i32, alpha: f32, x: i32, dx: i32, y: i32, dy: i32): void { axpy<f32>(n, alpha, x, dx, y, dy); }
export function scalF64(n: i32, alpha: f64, x: i32, dx: i32): void { scal<f64>(n, alpha, x, dx); }
export function scalF32(n: i32, alpha: f32, x: i32, dx: i32): void { scal<f32>(n, alpha, x, dx); }
export function swapF64(n: i32, x: i32, dx: i32, y: i32, dy: i32): void { swap<f64>(n, x, dx, y, dy); }
export function swapF32(n: i32, x: i32, dx: i32, y: i32, dy: i32): void { swap<f32>(n, x, dx, y, dy); }
export function iamaxF64(n: i32, x: i32, dx: i32): i32 { return iamax<f64>(n, x, dx); }
export function iamaxF32(n: i32, x: i32, dx: i32): i32 { return iamax<f32>(n, x, dx); }
export function nrm2F64(n: i32, x: i32, dx: i32): f64 { return nrm2<f64>(n, x, dx); }
export function nrm2F32(n: i32, x: i32, dx: i32): f32 { return nrm2<f32>(n, x, dx); }
