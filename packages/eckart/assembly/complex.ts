// Matrix-vector products of complex matrices in split storage, real and imaginary parts apart.
// Twin: src/kernels/ref/complex.ts. Bound by one read of the lower triangle: 16 bytes for 8 multiply-adds in f64.
import { at, bytes, lanes, laneSum } from "./lane";

// One read of the lower triangle serves both the column (c·A) and the conjugated row (sum).
// @ts-ignore: decorator
@inline
function hemv<T>(n: i32, alpha: T, are: i32, aim: i32, lda: i32, xre: i32, xim: i32, yre: i32, yim: i32): void {
  const column = bytes<T>(lda), size: usize = sizeof<T>();
  let pa = at<T>(are), pb = at<T>(aim), px = at<T>(xre), pxi = at<T>(xim), py = at<T>(yre), pyi = at<T>(yim);
  for (; n > 0; n--) {
    const cre = alpha * load<T>(px), cim = alpha * load<T>(pxi);
    const vre = v128.splat<T>(cre), vim = v128.splat<T>(cim);
    let sre = v128.splat<T>(0), sim = sre;
    let i: usize = size;
    let left = n - 1;
    for (; left >= lanes<T>(); left -= lanes<T>(), i += 16) {
      const a = v128.load(pa + i), b = v128.load(pb + i), x = v128.load(px + i), xi = v128.load(pxi + i);
      sre = v128.add<T>(sre, v128.add<T>(v128.mul<T>(a, x), v128.mul<T>(b, xi)));
      sim = v128.add<T>(sim, v128.sub<T>(v128.mul<T>(a, xi), v128.mul<T>(b, x)));
      const re = v128.sub<T>(v128.mul<T>(a, vre), v128.mul<T>(b, vim));
      const im = v128.add<T>(v128.mul<T>(a, vim), v128.mul<T>(b, vre));
      v128.store(py + i, v128.add<T>(v128.load(py + i), re));
      v128.store(pyi + i, v128.add<T>(v128.load(pyi + i), im));
    }
    let re = laneSum<T>(sre), im = laneSum<T>(sim);
    for (; left > 0; left--, i += size) {
      const a = load<T>(pa + i), b = load<T>(pb + i), x = load<T>(px + i), xi = load<T>(pxi + i);
      re += a * x + b * xi;
      im += a * xi - b * x;
      store<T>(py + i, load<T>(py + i) + (a * cre - b * cim));
      store<T>(pyi + i, load<T>(pyi + i) + (a * cim + b * cre));
    }
    const diagonal = load<T>(pa);
    store<T>(py, load<T>(py) + (cre * diagonal + alpha * re));
    store<T>(pyi, load<T>(pyi) + (cim * diagonal + alpha * im));
    pa += column + size;
    pb += column + size;
    px += size;
    pxi += size;
    py += size;
    pyi += size;
  }
}

export function hemvF64(
  n: i32, alpha: f64, are: i32, aim: i32, lda: i32, xre: i32, xim: i32, yre: i32, yim: i32,
): void {
  hemv<f64>(n, alpha, are, aim, lda, xre, xim, yre, yim);
}
export function hemvF32(
  n: i32, alpha: f32, are: i32, aim: i32, lda: i32, xre: i32, xim: i32, yre: i32, yim: i32,
): void {
  hemv<f32>(n, alpha, are, aim, lda, xre, xim, yre, yim);
}
