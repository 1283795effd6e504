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

// Two vectors of rows go through the whole sweep together: the column that a rotation shares with the next one stays in
// registers, so that a sweep reads and writes A once.
// @ts-ignore: decorator
@inline
function rotSweep<T>(m: i32, n: i32, a: i32, lda: i32, c: i32, s: i32, backward: i32): void {
  if (n < 2) return;
  const column = bytes<T>(lda);
  const first = at<T>(a), pc0 = at<T>(c), ps0 = at<T>(s);
  const last = <usize>(n - 2);
  let i: usize = 0;
  for (; m >= 2 * lanes<T>(); m -= 2 * lanes<T>(), i += 32) {
    if (!backward) {
      let p = first + i, pc = pc0, ps = ps0;
      let x0 = v128.load(p), x1 = v128.load(p, 16);
      for (let k = n - 1; k > 0; k--, p += column, pc += sizeof<T>(), ps += sizeof<T>()) {
        const vc = loadSplat<T>(pc), vs = loadSplat<T>(ps);
        const y0 = v128.load(p + column), y1 = v128.load(p + column, 16);
        v128.store(p, v128.add<T>(v128.mul<T>(vc, x0), v128.mul<T>(vs, y0)));
        v128.store(p, v128.add<T>(v128.mul<T>(vc, x1), v128.mul<T>(vs, y1)), 16);
        x0 = v128.sub<T>(v128.mul<T>(vc, y0), v128.mul<T>(vs, x0));
        x1 = v128.sub<T>(v128.mul<T>(vc, y1), v128.mul<T>(vs, x1));
      }
      v128.store(p, x0);
      v128.store(p, x1, 16);
    } else {
      let p = first + i + last * column, pc = pc0 + last * sizeof<T>(), ps = ps0 + last * sizeof<T>();
      let y0 = v128.load(p + column), y1 = v128.load(p + column, 16);
      for (let k = n - 1; k > 0; k--, p -= column, pc -= sizeof<T>(), ps -= sizeof<T>()) {
        const vc = loadSplat<T>(pc), vs = loadSplat<T>(ps);
        const x0 = v128.load(p), x1 = v128.load(p, 16);
        v128.store(p + column, v128.sub<T>(v128.mul<T>(vc, y0), v128.mul<T>(vs, x0)));
        v128.store(p + column, v128.sub<T>(v128.mul<T>(vc, y1), v128.mul<T>(vs, x1)), 16);
        y0 = v128.add<T>(v128.mul<T>(vc, x0), v128.mul<T>(vs, y0));
        y1 = v128.add<T>(v128.mul<T>(vc, x1), v128.mul<T>(vs, y1));
      }
      v128.store(p + column, y0);
      v128.store(p + column, y1, 16);
    }
  }
  for (; m > 0; m--, i += sizeof<T>()) {
    if (!backward) {
      let p = first + i, pc = pc0, ps = ps0;
      let x = load<T>(p);
      for (let k = n - 1; k > 0; k--, p += column, pc += sizeof<T>(), ps += sizeof<T>()) {
        const y = load<T>(p + column);
        store<T>(p, load<T>(pc) * x + load<T>(ps) * y);
        x = load<T>(pc) * y - load<T>(ps) * x;
      }
      store<T>(p, x);
    } else {
      let p = first + i + last * column, pc = pc0 + last * sizeof<T>(), ps = ps0 + last * sizeof<T>();
      let y = load<T>(p + column);
      for (let k = n - 1; k > 0; k--, p -= column, pc -= sizeof<T>(), ps -= sizeof<T>()) {
        const x = load<T>(p);
        store<T>(p + column, load<T>(pc) * y - load<T>(ps) * x);
        y = load<T>(pc) * x + load<T>(ps) * y;
      }
      store<T>(p + column, y);
    }
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
