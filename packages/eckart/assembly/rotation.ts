// Plane rotations. Twin: src/kernels/ref/rotation.ts. Bound by memory: 4n values moved for 6n flops.
import { at, bytes, lanes, loadSplat } from "./lane";

// @ts-ignore: decorator
@inline
function rot<T>(n: i32, x: i32, dx: i32, y: i32, dy: i32, c: T, s: T): void {
  let px = at<T>(x), py = at<T>(y);
  if (dx == 1 && dy == 1) {
    const vc = v128.splat<T>(c), vs = v128.splat<T>(s);
    for (; n >= lanes<T>(); n -= lanes<T>(), px += 16, py += 16) {
      const xi = v128.load(px), yi = v128.load(py);
      v128.store(px, v128.add<T>(v128.mul<T>(vc, xi), v128.mul<T>(vs, yi)));
      v128.store(py, v128.sub<T>(v128.mul<T>(vc, yi), v128.mul<T>(vs, xi)));
    }
  }
  const sx = bytes<T>(dx), sy = bytes<T>(dy);
  for (; n > 0; n--, px += sx, py += sy) {
    const xi = load<T>(px), yi = load<T>(py);
    store<T>(px, c * xi + s * yi);
    store<T>(py, c * yi - s * xi);
  }
}

// Four vectors of rows go through the whole sweep together: the column that a rotation shares with the next one stays in
// registers, so that a sweep reads and writes A once. Backward, the columns change places, and so do the signs of s.
// @ts-ignore: decorator
@inline
function rotSweep<T>(m: i32, n: i32, a: i32, lda: i32, c: i32, s: i32, backward: i32): void {
  if (n < 2) return;
  const column: isize = backward ? -bytes<T>(lda) : bytes<T>(lda), size: isize = sizeof<T>();
  const step = backward ? -size : size;
  let first = at<T>(backward ? a + (n - 1) * lda : a);
  const pc0 = at<T>(backward ? c + n - 2 : c), ps0 = at<T>(backward ? s + n - 2 : s);
  const one: T = backward ? -1 : 1, sign = v128.and(v128.splat<T>(one), v128.splat<T>(-0.0));
  for (; m >= 4 * lanes<T>(); m -= 4 * lanes<T>(), first += 64) {
    let p = first, pc = pc0, ps = ps0;
    let x0 = v128.load(p), x1 = v128.load(p, 16), x2 = v128.load(p, 32), x3 = v128.load(p, 48);
    for (let k = n - 1; k > 0; k--, pc += step, ps += step) {
      const next = p + column;
      const vc = loadSplat<T>(pc), vs = v128.xor(loadSplat<T>(ps), sign);
      let y = v128.load(next);
      v128.store(p, v128.add<T>(v128.mul<T>(vc, x0), v128.mul<T>(vs, y)));
      x0 = v128.sub<T>(v128.mul<T>(vc, y), v128.mul<T>(vs, x0));
      y = v128.load(next, 16);
      v128.store(p, v128.add<T>(v128.mul<T>(vc, x1), v128.mul<T>(vs, y)), 16);
      x1 = v128.sub<T>(v128.mul<T>(vc, y), v128.mul<T>(vs, x1));
      y = v128.load(next, 32);
      v128.store(p, v128.add<T>(v128.mul<T>(vc, x2), v128.mul<T>(vs, y)), 32);
      x2 = v128.sub<T>(v128.mul<T>(vc, y), v128.mul<T>(vs, x2));
      y = v128.load(next, 48);
      v128.store(p, v128.add<T>(v128.mul<T>(vc, x3), v128.mul<T>(vs, y)), 48);
      x3 = v128.sub<T>(v128.mul<T>(vc, y), v128.mul<T>(vs, x3));
      p = next;
    }
    v128.store(p, x0);
    v128.store(p, x1, 16);
    v128.store(p, x2, 32);
    v128.store(p, x3, 48);
  }
  for (; m >= lanes<T>(); m -= lanes<T>(), first += 16) {
    let p = first, pc = pc0, ps = ps0, x = v128.load(p);
    for (let k = n - 1; k > 0; k--, p += column, pc += step, ps += step) {
      const vc = loadSplat<T>(pc), vs = v128.xor(loadSplat<T>(ps), sign), y = v128.load(p + column);
      v128.store(p, v128.add<T>(v128.mul<T>(vc, x), v128.mul<T>(vs, y)));
      x = v128.sub<T>(v128.mul<T>(vc, y), v128.mul<T>(vs, x));
    }
    v128.store(p, x);
  }
  for (; m > 0; m--, first += size) {
    let p = first, pc = pc0, ps = ps0, x = load<T>(p);
    for (let k = n - 1; k > 0; k--, p += column, pc += step, ps += step) {
      const sine = one * load<T>(ps), y = load<T>(p + column);
      store<T>(p, load<T>(pc) * x + sine * y);
      x = load<T>(pc) * y - sine * x;
    }
    store<T>(p, x);
  }
}

export function rotF64(n: i32, x: i32, dx: i32, y: i32, dy: i32, c: f64, s: f64): void { rot<f64>(n, x, dx, y, dy, c, s); }
export function rotF32(n: i32, x: i32, dx: i32, y: i32, dy: i32, c: f32, s: f32): void { rot<f32>(n, x, dx, y, dy, c, s); }
export function rotSweepF64(m: i32, n: i32, a: i32, lda: i32, c: i32, s: i32, backward: i32): void {
  rotSweep<f64>(m, n, a, lda, c, s, backward);
}
export function rotSweepF32(m: i32, n: i32, a: i32, lda: i32, c: i32, s: i32, backward: i32): void {
  rotSweep<f32>(m, n, a, lda, c, s, backward);
}
