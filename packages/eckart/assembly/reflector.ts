// Reflectors, the triangle of a block of them, and the transpose of a matrix. Twin: src/kernels/ref/reflector.ts.
import { at, bytes, lanes, laneSum, loadSplat } from "./lane";
import { dot1 } from "./matrixVector";
import { BEHIND_PAIRS, scratch } from "./scratch";
import { nrm2F32, nrm2F64, scalF32, scalF64 } from "./vector";

// @ts-ignore: decorator
@inline
function norm<T>(n: i32, x: i32): T {
  return sizeof<T>() == 8 ? <T>nrm2F64(n, x, 1) : <T>nrm2F32(n, x, 1);
}

// @ts-ignore: decorator
@inline
function scale<T>(n: i32, alpha: T, x: i32): void {
  if (sizeof<T>() == 8) scalF64(n, <f64>alpha, x, 1);
  else scalF32(n, <f32>alpha, x, 1);
}

export function reflector<T>(n: i32, x: i32): T {
  if (norm<T>(n - 1, x + 1) == 0) return 0;
  const least: T = sizeof<T>() == 8 ? <T>(f64.MIN_NORMAL_VALUE / f64.EPSILON) : <T>(f32.MIN_NORMAL_VALUE / f32.EPSILON);
  let length = norm<T>(n, x), rescaled = 0;
  for (; length < least && rescaled < 20; rescaled++) {
    scale<T>(n, 1 / least, x);
    length = norm<T>(n, x);
  }
  const alpha = load<T>(at<T>(x));
  let beta = alpha < 0 ? length : -length;
  const tau = (beta - alpha) / beta;
  scale<T>(n - 1, 1 / (alpha - beta), x + 1);
  for (; rescaled > 0; rescaled--) beta *= least;
  store<T>(at<T>(x), beta);
  return tau;
}

// The sums vᵀc of two vectors at pa and pb with four columns, n rows, to eight elements at out.
function dot8<T>(n: i32, pa: usize, pb: usize, p0: usize, p1: usize, p2: usize, p3: usize, out: usize): void {
  let a0 = v128.splat<T>(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  let i: usize = 0;
  for (; n >= lanes<T>(); n -= lanes<T>(), i += 16) {
    const va = v128.load(pa + i), vb = v128.load(pb + i);
    let c = v128.load(p0 + i);
    a0 = v128.add<T>(a0, v128.mul<T>(va, c));
    b0 = v128.add<T>(b0, v128.mul<T>(vb, c));
    c = v128.load(p1 + i);
    a1 = v128.add<T>(a1, v128.mul<T>(va, c));
    b1 = v128.add<T>(b1, v128.mul<T>(vb, c));
    c = v128.load(p2 + i);
    a2 = v128.add<T>(a2, v128.mul<T>(va, c));
    b2 = v128.add<T>(b2, v128.mul<T>(vb, c));
    c = v128.load(p3 + i);
    a3 = v128.add<T>(a3, v128.mul<T>(va, c));
    b3 = v128.add<T>(b3, v128.mul<T>(vb, c));
  }
  let sa0 = laneSum<T>(a0), sa1 = laneSum<T>(a1), sa2 = laneSum<T>(a2), sa3 = laneSum<T>(a3);
  let sb0 = laneSum<T>(b0), sb1 = laneSum<T>(b1), sb2 = laneSum<T>(b2), sb3 = laneSum<T>(b3);
  for (; n > 0; n--, i += sizeof<T>()) {
    const va = load<T>(pa + i), vb = load<T>(pb + i);
    sa0 += va * load<T>(p0 + i);
    sb0 += vb * load<T>(p0 + i);
    sa1 += va * load<T>(p1 + i);
    sb1 += vb * load<T>(p1 + i);
    sa2 += va * load<T>(p2 + i);
    sb2 += vb * load<T>(p2 + i);
    sa3 += va * load<T>(p3 + i);
    sb3 += vb * load<T>(p3 + i);
  }
  store<T>(out, sa0);
  store<T>(out, sb0, sizeof<T>());
  store<T>(out, sa1, 2 * sizeof<T>());
  store<T>(out, sb1, 3 * sizeof<T>());
  store<T>(out, sa2, 4 * sizeof<T>());
  store<T>(out, sb2, 5 * sizeof<T>());
  store<T>(out, sa3, 6 * sizeof<T>());
  store<T>(out, sb3, 7 * sizeof<T>());
}

// Each of four columns less the two vectors at pa and pb times its two of eight factors.
function axpy8<T>(n: i32, pa: usize, pb: usize, p0: usize, p1: usize, p2: usize, p3: usize, factors: usize): void {
  const a0 = loadSplat<T>(factors), b0 = loadSplat<T>(factors, sizeof<T>());
  const a1 = loadSplat<T>(factors, 2 * sizeof<T>()), b1 = loadSplat<T>(factors, 3 * sizeof<T>());
  const a2 = loadSplat<T>(factors, 4 * sizeof<T>()), b2 = loadSplat<T>(factors, 5 * sizeof<T>());
  const a3 = loadSplat<T>(factors, 6 * sizeof<T>()), b3 = loadSplat<T>(factors, 7 * sizeof<T>());
  let i: usize = 0;
  for (; n >= lanes<T>(); n -= lanes<T>(), i += 16) {
    const va = v128.load(pa + i), vb = v128.load(pb + i);
    v128.store(p0 + i, v128.sub<T>(v128.load(p0 + i), v128.add<T>(v128.mul<T>(a0, va), v128.mul<T>(b0, vb))));
    v128.store(p1 + i, v128.sub<T>(v128.load(p1 + i), v128.add<T>(v128.mul<T>(a1, va), v128.mul<T>(b1, vb))));
    v128.store(p2 + i, v128.sub<T>(v128.load(p2 + i), v128.add<T>(v128.mul<T>(a2, va), v128.mul<T>(b2, vb))));
    v128.store(p3 + i, v128.sub<T>(v128.load(p3 + i), v128.add<T>(v128.mul<T>(a3, va), v128.mul<T>(b3, vb))));
  }
  for (; n > 0; n--, i += sizeof<T>()) {
    const va = load<T>(pa + i), vb = load<T>(pb + i);
    let p = p0;
    for (let f = factors; f < factors + 8 * sizeof<T>(); f += 2 * sizeof<T>()) {
      store<T>(p + i, load<T>(p + i) - (load<T>(f) * va + load<T>(f, sizeof<T>()) * vb));
      p = p == p0 ? p1 : p == p1 ? p2 : p3;
    }
  }
}

// Pairs of reflectors turn four columns of C, which stay in the first-level cache, before the next four; a column that C
// lacks is one of the scratch place, and a reflector that lacks another is taken with τ = 0.
// @ts-ignore: decorator
@inline
function reflect<T>(
  ascending: i32, m: i32, n: i32, k: i32, v: i32, ldv: i32, tau: i32, c: i32, ldc: i32,
): void {
  const column = bytes<T>(ldc), size: usize = sizeof<T>();
  const sums = scratch, spare = scratch + BEHIND_PAIRS;
  const pairs = (k + 1) >> 1;
  for (let j = 0, p = at<T>(c); j < n; j += 4, p += 4 * column) {
    for (let t = 0; t < pairs; t++) {
      const i = 2 * (ascending ? t : pairs - 1 - t);
      const both = i + 1 < k;
      const next = bytes<T>(i + 1), below = both ? next + size : next, rest = both ? m - i - 2 : m - i - 1;
      const pa = at<T>(v + i * ldv), pb = both ? at<T>(v + (i + 1) * ldv) : pa;
      const tauA = load<T>(at<T>(tau + i)), tauB = both ? load<T>(at<T>(tau + i + 1)) : 0;
      const p1 = j + 1 < n ? p + column : spare, p2 = j + 2 < n ? p + 2 * column : spare;
      const p3 = j + 3 < n ? p + 3 * column : spare;
      dot8<T>(rest, pa + below, pb + below, p + below, p1 + below, p2 + below, p3 + below, sums);
      const va = both ? load<T>(pa + next) : 0;
      const product = both ? va + dot1<T>(rest, pa + below, pb + below) : 0;
      let q = p + next;
      for (let f = sums; f < sums + 8 * size; f += 2 * size) {
        const c0 = load<T>(q - size), c1 = both ? load<T>(q) : 0;
        const a = c0 + (va * c1 + load<T>(f)), b = c1 + load<T>(f, sizeof<T>());
        let ta = tauA * a, tb = tauB * b;
        if (ascending) tb -= tauB * product * ta;
        else ta -= tauA * product * tb;
        store<T>(q - size, c0 - ta);
        if (both) store<T>(q, c1 - (ta * va + tb));
        store<T>(f, ta);
        store<T>(f, tb, sizeof<T>());
        q = (f == sums ? p1 : f == sums + 2 * size ? p2 : p3) + next;
      }
      axpy8<T>(rest, pa + below, pb + below, p + below, p1 + below, p2 + below, p3 + below, sums);
    }
  }
}

// @ts-ignore: decorator
@inline
function wyTriangle<T>(k: i32, tau: i32, gram: i32, ldg: i32, t: i32, ldt: i32): void {
  const pt = at<T>(t), column = bytes<T>(ldt), size: usize = sizeof<T>();
  for (let j = 0; j < k; j++) {
    const own = pt + <usize>j * column, inner = at<T>(gram + j * ldg);
    const tauJ = load<T>(at<T>(tau + j));
    memory.fill(own, 0, <usize>k * size);
    for (let p = 0; p < j; p++) {
      const factor = -tauJ * load<T>(inner + <usize>p * size);
      const v = v128.splat<T>(factor);
      let from = pt + <usize>p * column, to = own, i = p + 1;
      for (; i >= lanes<T>(); i -= lanes<T>(), from += 16, to += 16) {
        v128.store(to, v128.add<T>(v128.load(to), v128.mul<T>(v, v128.load(from))));
      }
      for (; i > 0; i--, from += size, to += size) store<T>(to, load<T>(to) + factor * load<T>(from));
    }
    store<T>(own + <usize>j * size, tauJ);
  }
}

const TILE = 16; // elements a side: what a tile reads and writes stays in the first-level cache

// Four (f64) or sixteen (f32) elements at p, columns `down` bytes apart, to q, columns `across` bytes apart.
// @ts-ignore: decorator
@inline
function transposeSquare<T>(p: usize, down: usize, q: usize, across: usize): void {
  const a = v128.load(p), b = v128.load(p + down);
  if (sizeof<T>() == 8) {
    v128.store(q, v128.shuffle<f64>(a, b, 0, 2));
    v128.store(q + across, v128.shuffle<f64>(a, b, 1, 3));
  } else {
    const c = v128.load(p + 2 * down), d = v128.load(p + 3 * down);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7), CD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(q, v128.shuffle<f64>(ab, cd, 0, 2));
    v128.store(q + across, v128.shuffle<f64>(ab, cd, 1, 3));
    v128.store(q + 2 * across, v128.shuffle<f64>(AB, CD, 0, 2));
    v128.store(q + 3 * across, v128.shuffle<f64>(AB, CD, 1, 3));
  }
}

// @ts-ignore: decorator
@inline
function transpose<T>(m: i32, n: i32, a: i32, lda: i32, b: i32, ldb: i32): void {
  const down = bytes<T>(lda), across = bytes<T>(ldb), side = lanes<T>();
  for (let j0 = 0; j0 < n; j0 += TILE) {
    const j1 = min(n, j0 + TILE);
    for (let i0 = 0; i0 < m; i0 += TILE) {
      const i1 = min(m, i0 + TILE);
      let j = j0;
      for (; j <= j1 - side; j += side) {
        let i = i0, from = at<T>(a + i0 + j * lda), to = at<T>(b + j + i0 * ldb);
        for (; i <= i1 - side; i += side, from += 16, to += <usize>side * across) {
          transposeSquare<T>(from, down, to, across);
        }
        for (; i < i1; i++, from += sizeof<T>(), to += across) {
          for (let k = 0; k < side; k++) store<T>(to + bytes<T>(k), load<T>(from + <usize>k * down));
        }
      }
      for (; j < j1; j++) {
        let from = at<T>(a + i0 + j * lda), to = at<T>(b + j + i0 * ldb);
        for (let i = i0; i < i1; i++, from += sizeof<T>(), to += across) store<T>(to, load<T>(from));
      }
    }
  }
}

export function wyTriangleF64(k: i32, tau: i32, gram: i32, ldg: i32, t: i32, ldt: i32): void {
  wyTriangle<f64>(k, tau, gram, ldg, t, ldt);
}
export function wyTriangleF32(k: i32, tau: i32, gram: i32, ldg: i32, t: i32, ldt: i32): void {
  wyTriangle<f32>(k, tau, gram, ldg, t, ldt);
}
export function transposeF64(m: i32, n: i32, a: i32, lda: i32, b: i32, ldb: i32): void {
  transpose<f64>(m, n, a, lda, b, ldb);
}
export function transposeF32(m: i32, n: i32, a: i32, lda: i32, b: i32, ldb: i32): void {
  transpose<f32>(m, n, a, lda, b, ldb);
}
export function reflectorF64(n: i32, x: i32): f64 { return reflector<f64>(n, x); }
export function reflectorF32(n: i32, x: i32): f32 { return reflector<f32>(n, x); }
export function reflectF64(
  ascending: i32, m: i32, n: i32, k: i32, v: i32, ldv: i32, tau: i32, c: i32, ldc: i32,
): void {
  reflect<f64>(ascending, m, n, k, v, ldv, tau, c, ldc);
}
export function reflectF32(
  ascending: i32, m: i32, n: i32, k: i32, v: i32, ldv: i32, tau: i32, c: i32, ldc: i32,
): void {
  reflect<f32>(ascending, m, n, k, v, ldv, tau, c, ldc);
}
