// Matrix-vector products of complex matrices in split storage, real and imaginary parts apart.
// Twin: src/kernels/ref/complex.ts. Bound by one read of A: 16 bytes for 4 multiply-adds in f64, for 8 in hemv.
import { at, bytes, lanes, laneSum } from "./lane";

// y ← y + c·Aⱼ over two columns at p and p + column, m rows; the imaginary parts lie at q. With the same column twice and
// d = 0 it serves for the last of an odd number.
// @ts-ignore: decorator
@inline
function axpy2<T>(
  m: i32, p: usize, q: usize, column: usize, cre: T, cim: T, dre: T, dim: T, py: usize, pyi: usize,
): void {
  const vre = v128.splat<T>(cre), vim = v128.splat<T>(cim), ure = v128.splat<T>(dre), uim = v128.splat<T>(dim);
  let i: usize = 0;
  for (; m >= lanes<T>(); m -= lanes<T>(), i += 16) {
    const a = v128.load(p + i), b = v128.load(q + i), c = v128.load(p + column + i), d = v128.load(q + column + i);
    const re = v128.add<T>(
      v128.sub<T>(v128.mul<T>(a, vre), v128.mul<T>(b, vim)), v128.sub<T>(v128.mul<T>(c, ure), v128.mul<T>(d, uim)),
    );
    const im = v128.add<T>(
      v128.add<T>(v128.mul<T>(a, vim), v128.mul<T>(b, vre)), v128.add<T>(v128.mul<T>(c, uim), v128.mul<T>(d, ure)),
    );
    v128.store(py + i, v128.add<T>(v128.load(py + i), re));
    v128.store(pyi + i, v128.add<T>(v128.load(pyi + i), im));
  }
  for (; m > 0; m--, i += sizeof<T>()) {
    const a = load<T>(p + i), b = load<T>(q + i), c = load<T>(p + column + i), d = load<T>(q + column + i);
    store<T>(py + i, load<T>(py + i) + ((a * cre - b * cim) + (c * dre - d * dim)));
    store<T>(pyi + i, load<T>(pyi + i) + ((a * cim + b * cre) + (c * dim + d * dre)));
  }
}

// @ts-ignore: decorator
@inline
function cgemv<T>(
  m: i32, n: i32, alpha: T, are: i32, aim: i32, lda: i32, xre: i32, xim: i32, yre: i32, yim: i32,
): void {
  const column = bytes<T>(lda), size: usize = sizeof<T>(), py = at<T>(yre), pyi = at<T>(yim);
  let p = at<T>(are), q = at<T>(aim), px = at<T>(xre), pxi = at<T>(xim);
  for (; n >= 2; n -= 2, p += 2 * column, q += 2 * column, px += 2 * size, pxi += 2 * size) {
    axpy2<T>(
      m, p, q, column, alpha * load<T>(px), alpha * load<T>(pxi),
      alpha * load<T>(px + size), alpha * load<T>(pxi + size), py, pyi,
    );
  }
  if (n > 0) axpy2<T>(m, p, q, 0, alpha * load<T>(px), alpha * load<T>(pxi), 0, 0, py, pyi);
}

// @ts-ignore: decorator
@inline
function cgemvH<T>(
  m: i32, n: i32, alpha: T, are: i32, aim: i32, lda: i32, xre: i32, xim: i32, yre: i32, yim: i32,
): void {
  const column = bytes<T>(lda), size: usize = sizeof<T>(), px = at<T>(xre), pxi = at<T>(xim);
  let p = at<T>(are), q = at<T>(aim), py = at<T>(yre), pyi = at<T>(yim);
  for (; n > 0; n--, p += column, q += column, py += size, pyi += size) {
    let sre = v128.splat<T>(0), sim = sre, tre = sre, tim = sre;
    let i: usize = 0;
    let left = m;
    for (; left >= lanes<T>(); left -= lanes<T>(), i += 16) {
      const a = v128.load(p + i), b = v128.load(q + i), x = v128.load(px + i), xi = v128.load(pxi + i);
      sre = v128.add<T>(sre, v128.mul<T>(a, x));
      tre = v128.add<T>(tre, v128.mul<T>(b, xi));
      sim = v128.add<T>(sim, v128.mul<T>(a, xi));
      tim = v128.add<T>(tim, v128.mul<T>(b, x));
    }
    let re = laneSum<T>(v128.add<T>(sre, tre)), im = laneSum<T>(v128.sub<T>(sim, tim));
    for (; left > 0; left--, i += size) {
      const a = load<T>(p + i), b = load<T>(q + i), x = load<T>(px + i), xi = load<T>(pxi + i);
      re += a * x + b * xi;
      im += a * xi - b * x;
    }
    store<T>(py, load<T>(py) + alpha * re);
    store<T>(pyi, load<T>(pyi) + alpha * im);
  }
}

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

export function cgemvF64(
  m: i32, n: i32, alpha: f64, are: i32, aim: i32, lda: i32, xre: i32, xim: i32, yre: i32, yim: i32,
): void {
  cgemv<f64>(m, n, alpha, are, aim, lda, xre, xim, yre, yim);
}
export function cgemvF32(
  m: i32, n: i32, alpha: f32, are: i32, aim: i32, lda: i32, xre: i32, xim: i32, yre: i32, yim: i32,
): void {
  cgemv<f32>(m, n, alpha, are, aim, lda, xre, xim, yre, yim);
}
export function cgemvHF64(
  m: i32, n: i32, alpha: f64, are: i32, aim: i32, lda: i32, xre: i32, xim: i32, yre: i32, yim: i32,
): void {
  cgemvH<f64>(m, n, alpha, are, aim, lda, xre, xim, yre, yim);
}
export function cgemvHF32(
  m: i32, n: i32, alpha: f32, are: i32, aim: i32, lda: i32, xre: i32, xim: i32, yre: i32, yim: i32,
): void {
  cgemvH<f32>(m, n, alpha, are, aim, lda, xre, xim, yre, yim);
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
