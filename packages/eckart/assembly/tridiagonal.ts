// The reduction of a small symmetric matrix to a tridiagonal, and implicit QL and QR iteration on that, in f64. Twin:
// src/kernels/ref/tridiagonal.ts, which explains the steps.
import { sweepColumns, updateDot2 } from "./bidiagonal";
import { at, bytes } from "./lane";
import { dot1 } from "./matrixVector";
import { reflector } from "./reflector";
import { BEHIND_PAIRS, scratch } from "./scratch";
import { axpyF32, axpyF64 } from "./vector";

// The last column without a neighbour has one in the scratch place.
// @ts-ignore: decorator
@inline
function tridiagonalize<T>(n: i32, a: i32, lda: i32, tau: i32, work: i32): void {
  const column = bytes<T>(lda), size: usize = sizeof<T>(), sums = scratch, spare = scratch + BEHIND_PAIRS;
  let old = work, own = work + n + 1, v = at<T>(old); // the reflector before, v, and the vectors w of both
  memory.fill(v, 0, bytes<T>(2 * n + 2));
  for (let j = 0; j < n; j++) {
    const diagonal = at<T>(a + j * (lda + 1));
    let p = diagonal + size, q = diagonal + column;
    for (let i = j + 1; i < n; i++, p += size, q += column) store<T>(q, load<T>(p));
  }
  let beta: T = 0;
  for (let c = 0; c < n; c++) {
    const rest = n - c - 1, skip = bytes<T>(c), corner = a + c * (lda + 1), pivot = at<T>(corner), w = at<T>(old);
    updateDot2<T>(rest + 1, pivot, spare, v + skip, w + skip, w + skip, v + skip, pivot, sums);
    store<T>(v + skip, beta);
    if (rest == 0) break;
    const t = reflector<T>(rest, corner + 1), x = pivot + size, below = skip + size, next = at<T>(own);
    store<T>(at<T>(tau + c), t);
    beta = load<T>(x);
    store<T>(x, 1);
    for (let p = x + column, j = below, end = bytes<T>(n); j < end; j += 2 * size, p += 2 * column) {
      updateDot2<T>(rest, p, j + size < end ? p + column : spare, v + below, w + below, w + j, v + j, x, sums);
      store<T>(next + j, t * load<T>(sums));
      store<T>(next + j, t * load<T>(sums, size), size);
    }
    const half = (-t / 2) * dot1<T>(rest, next + below, x);
    if (size == 8) axpyF64(rest, half, corner + 1, 1, own + c + 1, 1);
    else axpyF32(rest, <f32>half, corner + 1, 1, own + c + 1, 1);
    v = pivot - skip;
    const swap = old;
    old = own;
    own = swap;
  }
}

export function tridiagonalSweep(
  n: i32, d: i32, e: i32, upward: i32, shift: f64, cosines: i32, sines: i32, keep: i32,
): void {
  const step: isize = upward ? -8 : 8;
  const last = <usize>(n - 1) << 3;
  let D = at<f64>(d) + (upward ? last : 0);
  let E = at<f64>(e) + (upward ? last - 8 : 0);
  let pc = at<f64>(cosines) + (upward ? last - 8 : 0);
  let ps = at<f64>(sines) + (upward ? last - 8 : 0);
  let c: f64 = 1, s: f64 = 1, p: f64 = 0;
  let g = load<f64>(D) - shift;
  for (let i = 0; i < n - 1; i++, D += step, E += step, pc += step, ps += step) {
    const f = s * load<f64>(E);
    const b = c * load<f64>(E);
    let r = sqrt(g * g + f * f);
    if (r > 1e-140) {
      c = g / r;
      s = f / r;
    } else {
      const largest = max(abs(g), abs(f));
      c = largest > 0 ? g / largest : 1;
      s = largest > 0 ? f / largest : 0;
      const length = sqrt(c * c + s * s);
      c /= length;
      s /= length;
      r = length * largest;
    }
    if (i > 0) store<f64>(E - step, r);
    g = load<f64>(D) - p;
    const q = (load<f64>(D + step) - g) * s + 2 * c * b;
    p = s * q;
    store<f64>(D, g + p);
    g = c * q - b;
    if (keep) {
      store<f64>(pc, c);
      store<f64>(ps, upward ? -s : s);
    }
  }
  store<f64>(D, load<f64>(D) - p);
  store<f64>(E - step, g);
}

const EPS: f64 = 1.1102230246251565e-16;

// The eigenvalue of [p q; q r] next to r.
// @ts-ignore: decorator
@inline
function wilkinsonShift(p: f64, q: f64, r: f64): f64 {
  const g = (p - r) / (2 * q), root = sqrt(1 + g * g);
  return r - q / (g < 0 ? g - root : g + root);
}

function implicitQl(
  single: bool, n: i32, d: i32, e: i32, v: i32, ldv: i32, rows: i32, work: i32, limit: i32,
): i32 {
  const pd = at<f64>(d), pe = at<f64>(e);
  let sweeps = 0, last = n - 1, upward = 0, blockFirst = n, blockLast = n;
  while (last > 0 && sweeps < limit) {
    let first = last;
    for (; first > 0; first--) {
      const p = pe + at<f64>(first - 1), off = load<f64>(p), near = pd + at<f64>(first);
      if (off * off <= EPS * abs(load<f64>(near - 8)) * (EPS * abs(load<f64>(near))) + f64.MIN_NORMAL_VALUE) {
        store<f64>(p, 0);
        break;
      }
    }
    if (first >= last - 1) {
      last = first - 1;
      continue;
    }
    const df = pd + at<f64>(first), dl = pd + at<f64>(last);
    if (first > blockLast || last < blockFirst) upward = abs(load<f64>(dl)) < abs(load<f64>(df)) ? 0 : 1;
    blockFirst = first;
    blockLast = last;
    const shift = upward
      ? wilkinsonShift(load<f64>(df, 8), load<f64>(pe + at<f64>(first)), load<f64>(df))
      : wilkinsonShift(load<f64>(dl - 8), load<f64>(pe + at<f64>(last - 1)), load<f64>(dl));
    const size = last - first + 1;
    tridiagonalSweep(size, d + first, e + first, upward, shift, work, work + n, rows);
    sweeps++;
    if (rows > 0) sweepColumns(single, rows, v, ldv, first, size, work, work + n, 2 * (work + 2 * n), n, upward);
  }
  return sweeps;
}

export function tridiagonalizeF64(n: i32, a: i32, lda: i32, tau: i32, work: i32): void {
  tridiagonalize<f64>(n, a, lda, tau, work);
}
export function tridiagonalizeF32(n: i32, a: i32, lda: i32, tau: i32, work: i32): void {
  tridiagonalize<f32>(n, a, lda, tau, work);
}
export function implicitQlF64(n: i32, d: i32, e: i32, v: i32, ldv: i32, rows: i32, work: i32, limit: i32): i32 {
  return implicitQl(false, n, d, e, v, ldv, rows, work, limit);
}
export function implicitQlF32(n: i32, d: i32, e: i32, v: i32, ldv: i32, rows: i32, work: i32, limit: i32): i32 {
  return implicitQl(true, n, d, e, v, ldv, rows, work, limit);
}
