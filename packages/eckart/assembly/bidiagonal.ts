// The reduction of a small matrix to a bidiagonal, and the chase of implicit QR on that, in f64. Twin:
// src/kernels/ref/bidiagonal.ts, which explains the steps. The chase is bound by the latency of its square roots and
// divisions: every rotation waits for the one before.
import { at, bytes, lanes, laneSum, loadSplat } from "./lane";
import { dot1, gemvF32, gemvF64 } from "./matrixVector";
import { reflector } from "./reflector";
import { rotSweepF32, rotSweepF64 } from "./rotation";
import { BEHIND_PAIRS, scratch } from "./scratch";
import { axpyF32, axpyF64 } from "./vector";

// Two columns at p0 and p1, n rows, less the vectors at pv and px times their elements of the rows at y and u; their
// products with the vector at pw go to two elements at out.
export function updateDot2<T>(
  n: i32, p0: usize, p1: usize, pv: usize, px: usize, y: usize, u: usize, pw: usize, out: usize,
): void {
  const y0 = loadSplat<T>(y), y1 = loadSplat<T>(y, sizeof<T>());
  const u0 = loadSplat<T>(u), u1 = loadSplat<T>(u, sizeof<T>());
  let s0 = v128.splat<T>(0), s1 = s0;
  let i: usize = 0;
  for (; n >= lanes<T>(); n -= lanes<T>(), i += 16) {
    const v = v128.load(pv + i), x = v128.load(px + i), w = v128.load(pw + i);
    const c0 = v128.sub<T>(v128.load(p0 + i), v128.add<T>(v128.mul<T>(v, y0), v128.mul<T>(x, u0)));
    const c1 = v128.sub<T>(v128.load(p1 + i), v128.add<T>(v128.mul<T>(v, y1), v128.mul<T>(x, u1)));
    v128.store(p0 + i, c0);
    v128.store(p1 + i, c1);
    s0 = v128.add<T>(s0, v128.mul<T>(w, c0));
    s1 = v128.add<T>(s1, v128.mul<T>(w, c1));
  }
  let r0 = laneSum<T>(s0), r1 = laneSum<T>(s1);
  for (; n > 0; n--, i += sizeof<T>()) {
    const v = load<T>(pv + i), x = load<T>(px + i), w = load<T>(pw + i);
    const c0 = load<T>(p0 + i) - (v * load<T>(y) + x * load<T>(u));
    const c1 = load<T>(p1 + i) - (v * load<T>(y, sizeof<T>()) + x * load<T>(u, sizeof<T>()));
    store<T>(p0 + i, c0);
    store<T>(p1 + i, c1);
    r0 += w * c0;
    r1 += w * c1;
  }
  store<T>(out, r0);
  store<T>(out, r1, sizeof<T>());
}

// The last column without a neighbour has one in the scratch place.
// @ts-ignore: decorator
@inline
function bidiagonalize<T>(m: i32, n: i32, a: i32, lda: i32, tauQ: i32, tauP: i32, work: i32): void {
  const column = bytes<T>(lda), size: usize = sizeof<T>(), sums = scratch, spare = scratch + BEHIND_PAIRS;
  const x = at<T>(work), y = x + bytes<T>(m), uOffset = work + m + n + 1, u = at<T>(uOffset);
  memory.fill(x, 0, bytes<T>(m + 2 * n + 2));
  let v = x; // the left reflector before, from row i on
  for (let i = 0; i < n; i++) {
    const rows = m - i, cols = n - i - 1, skip = bytes<T>(i), corner = a + i * (lda + 1), pivot = at<T>(corner);
    const xi = x + skip;
    updateDot2<T>(rows, pivot, spare, v, xi, y + skip, u + skip, pivot, sums);
    const tau = reflector<T>(rows, corner);
    store<T>(at<T>(tauQ + i), tau);
    store<T>(at<T>(tauP + i), 0);
    if (cols == 0) break;

    const diagonal = load<T>(pivot);
    store<T>(pivot, 1);
    for (let j = i + 1, p = pivot + column; j < n; j += 2, p += 2 * column) {
      const q = j + 1 < n ? p + column : spare, yj = y + bytes<T>(j), uj = u + bytes<T>(j);
      updateDot2<T>(rows, p, q, v, xi, yj, uj, pivot, sums);
      const t = tau * load<T>(sums), next = tau * load<T>(sums, sizeof<T>());
      store<T>(yj, t);
      store<T>(yj, next, sizeof<T>());
      store<T>(uj, load<T>(p) - t);
      store<T>(uj, load<T>(q) - next, sizeof<T>());
    }
    store<T>(pivot, diagonal);

    const tauRow = reflector<T>(cols, uOffset + i + 1), next = y + skip + size, ui = u + skip + size;
    store<T>(at<T>(tauP + i), tauRow);
    for (let p = pivot + column, q = ui, j = 0; j < cols; j++, p += column, q += size) store<T>(p, load<T>(q));
    store<T>(ui, 1);

    v = pivot + size;
    const product = -tauRow * dot1<T>(cols, next, ui), to = work + i + 1;
    memory.fill(xi + size, 0, bytes<T>(rows - 1));
    if (sizeof<T>() == 8) {
      gemvF64(rows - 1, cols, tauRow, corner + lda + 1, lda, uOffset + i + 1, 1, to);
      axpyF64(rows - 1, product, corner + 1, 1, to, 1);
    } else {
      gemvF32(rows - 1, cols, <f32>tauRow, corner + lda + 1, lda, uOffset + i + 1, 1, to);
      axpyF32(rows - 1, <f32>product, corner + 1, 1, to, 1);
    }
  }
}

let c: f64 = 1, s: f64 = 0, r: f64 = 0;

// The rotation with c·f + s·g = r, c·g − s·f = 0, safe for any magnitudes.
function makeRotation(f: f64, g: f64): void {
  if (g == 0) {
    c = 1;
    s = 0;
    r = f;
    return;
  }
  if (f == 0) {
    c = 0;
    s = g < 0 ? -1 : 1;
    r = abs(g);
    return;
  }
  const largest = max(abs(f), abs(g));
  if (largest > 1e-140 && largest < 1e140) {
    const d = sqrt(f * f + g * g);
    c = abs(f) / d;
    r = f < 0 ? -d : d;
    s = g / r;
  } else {
    const u = max(1e-300, min(1e300, largest));
    const fu = f / u, gu = g / u;
    const d = sqrt(fu * fu + gu * gu);
    c = abs(fu) / d;
    const ru = f < 0 ? -d : d;
    s = gu / ru;
    r = ru * u;
  }
}

export function bidiagonalSweep(
  n: i32, d: i32, e: i32, upward: i32, shift: f64, c1: i32, s1: i32, c2: i32, s2: i32, keep: i32,
): void {
  const step: isize = upward ? -8 : 8;
  const last = <usize>(n - 1) << 3;
  let pd = (<usize>d << 3) + (upward ? last : 0);
  let pe = (<usize>e << 3) + (upward ? last - 8 : 0);
  let at = upward ? last - 8 : 0;
  const pc1 = <usize>c1 << 3, ps1 = <usize>s1 << 3, pc2 = <usize>c2 << 3, ps2 = <usize>s2 << 3;
  const sign: f64 = upward ? -1 : 1;

  if (shift == 0) {
    let oldC: f64 = 1, oldS: f64 = 0, cosine: f64 = 1;
    for (let i = 0; i < n - 1; i++, pd += step, pe += step, at += step) {
      makeRotation(load<f64>(pd) * cosine, load<f64>(pe));
      cosine = c;
      const sine = s;
      if (i > 0) store<f64>(pe - step, oldS * r);
      makeRotation(oldC * r, load<f64>(pd + step) * sine);
      oldC = c;
      oldS = s;
      store<f64>(pd, r);
      if (keep) {
        store<f64>(pc1 + at, cosine);
        store<f64>(ps1 + at, sign * sine);
        store<f64>(pc2 + at, oldC);
        store<f64>(ps2 + at, sign * oldS);
      }
    }
    const h = load<f64>(pd) * cosine;
    store<f64>(pd, h * oldC);
    store<f64>(pe - step, h * oldS);
    return;
  }

  const d0 = load<f64>(pd);
  let f = (abs(d0) - shift) * ((d0 < 0 ? -1.0 : 1.0) + shift / d0);
  let g = load<f64>(pe);
  for (let i = 0; i < n - 1; i++, pd += step, pe += step, at += step) {
    const di = load<f64>(pd), ei = load<f64>(pe), next = load<f64>(pd + step);
    const F = f * di + g * ei, G = g * next;
    const first = f * f + g * g, second = F * F + G * G;
    let cr: f64, sr: f64, cl: f64, sl: f64, rl: f64;
    if (first > 1e-280 && first < 1e280 && second > 1e-280 && second < 1e280) {
      const length = sqrt(first), lengthF = sqrt(second);
      r = f < 0 ? -length : length;
      const rF = F < 0 ? -lengthF : lengthF;
      cr = abs(f) / length;
      sr = g / r;
      cl = abs(F) / lengthF;
      sl = G / rF;
      rl = rF / r;
      if (i > 0) store<f64>(pe - step, r);
    } else {
      makeRotation(f, g);
      cr = c;
      sr = s;
      if (i > 0) store<f64>(pe - step, r);
      makeRotation(cr * di + sr * ei, sr * next);
      cl = c;
      sl = s;
      rl = r;
    }
    const bulge = cr * ei - sr * di;
    const nextRotated = cr * next;
    store<f64>(pd, rl);
    f = cl * bulge + sl * nextRotated;
    store<f64>(pd + step, cl * nextRotated - sl * bulge);
    if (i < n - 2) {
      const beyond = load<f64>(pe + step);
      g = sl * beyond;
      store<f64>(pe + step, cl * beyond);
    }
    if (keep) {
      store<f64>(pc1 + at, cr);
      store<f64>(ps1 + at, sign * sr);
      store<f64>(pc2 + at, cl);
      store<f64>(ps2 + at, sign * sl);
    }
  }
  store<f64>(pe - step, f);
}

const EPS: f64 = 1.1102230246251565e-16;

// @ts-ignore: decorator
@inline
function productOver(p: f64, q: f64, g: f64): f64 {
  return q == 0 ? 0 : q > 1 ? p / (g / q) : (p / g) * q;
}

// The smaller singular value of [f g; 0 h].
function smaller2x2(f: f64, g: f64, h: f64): f64 {
  const p = max(abs(f), abs(h)), q = min(abs(f), abs(h));
  g = abs(g);
  if (p <= EPS * g) return productOver(p, q, g);
  if (p == 0) return 0;
  const m = g / p, l = (p - q) / p, t = 2 - l;
  return q / ((sqrt(t * t + m * m) + (l == 0 ? m : sqrt(l * l + m * m))) / 2);
}

// One negligible entry of the block becomes zero, and the result is −1, or it is a lower bound of its singular values.
function negligible(pd: usize, pe: usize, size: i32, step: isize, tol: f64): f64 {
  const end = pe + <usize>(size - 1) * step;
  if (abs(load<f64>(end)) <= tol * abs(load<f64>(pd + <usize>size * step))) {
    store<f64>(end, 0);
    return -1;
  }
  let mu = abs(load<f64>(pd)), bound = mu;
  for (let i = 0; i < size; i++, pe += step) {
    const off = abs(load<f64>(pe));
    if (off <= tol * mu) {
      store<f64>(pe, 0);
      return -1;
    }
    pd += step;
    mu = abs(load<f64>(pd)) * (mu / (mu + off));
    bound = min(bound, mu);
  }
  return bound;
}

// `size` columns of A from `first` on by a sweep of rotations, in f32 by way of the 2n elements at `narrow`.
export function sweepColumns(
  single: bool, rows: i32, a: i32, lda: i32, first: i32, size: i32, cosines: i32, sines: i32, narrow: i32, n: i32, up: i32,
): void {
  const x = a + first * lda;
  if (!single) return rotSweepF64(rows, size, x, lda, cosines, sines, up);
  for (let i = 0; i < size - 1; i++) {
    store<f32>(at<f32>(narrow + i), <f32>load<f64>(at<f64>(cosines + i)));
    store<f32>(at<f32>(narrow + n + i), <f32>load<f64>(at<f64>(sines + i)));
  }
  rotSweepF32(rows, size, x, lda, narrow, narrow + n, up);
}

function implicitQr(
  single: bool, n: i32, d: i32, e: i32, u: i32, ldu: i32, rowsU: i32, v: i32, ldv: i32, rowsV: i32, work: i32, limit: i32,
): i32 {
  const pd = at<f64>(d), pe = at<f64>(e), keep = rowsU + rowsV > 0 ? 1 : 0;
  const c1 = work, s1 = work + n, c2 = work + 2 * n, s2 = work + 3 * n, narrow = 2 * (work + 4 * n);
  const tol = 10 * EPS;
  let mu = abs(load<f64>(pd)), smallest = mu;
  for (let i = 1; i < n && smallest > 0; i++) {
    mu = abs(load<f64>(pd + at<f64>(i))) * (mu / (mu + abs(load<f64>(pe + at<f64>(i - 1)))));
    smallest = min(smallest, mu);
  }
  const threshold = max((tol * smallest) / sqrt(<f64>n), <f64>n * <f64>n * 5e-324);

  let sweeps = 0, last = n - 1, upward = 0, blockFirst = -1, blockLast = -1;
  let bound: f64 = -1, spoils = false;
  while (last > 0 && sweeps < limit) {
    let dj = abs(load<f64>(pd + at<f64>(last)));
    if (dj <= threshold) store<f64>(pd + at<f64>(last), (dj = 0));
    let first = last;
    let candidate = false;
    while (first > 0) {
      const p = pe + at<f64>(first - 1), off = abs(load<f64>(p));
      if (off <= threshold) {
        store<f64>(p, 0);
        break;
      }
      first--;
      let di = abs(load<f64>(pd + at<f64>(first)));
      if (di <= threshold) store<f64>(pd + at<f64>(first), (di = 0));
      if (off <= tol * di || off <= tol * dj) candidate = true;
      dj = di;
    }
    if (first == last) {
      last--;
      continue;
    }
    const df = pd + at<f64>(first), dl = pd + at<f64>(last), ef = pe + at<f64>(first);
    if (first > blockLast || last < blockFirst) upward = abs(load<f64>(df)) >= abs(load<f64>(dl)) ? 0 : 1;
    const size = last - first + 1;
    const start = upward ? dl : df, begin = upward ? dl - at<f64>(1) - pd + pe : ef;
    if (candidate || bound < 0 || first != blockFirst || last != blockLast) {
      bound = negligible(start, begin, size - 1, upward ? -8 : 8, tol);
      let largest = abs(load<f64>(dl));
      for (let i = first; i < last; i++) {
        largest = max(largest, max(abs(load<f64>(pd + at<f64>(i))), abs(load<f64>(pe + at<f64>(i)))));
      }
      spoils = <f64>n * tol * bound <= max(EPS, 0.01 * tol) * largest;
    }
    blockFirst = first;
    blockLast = last;
    if (bound < 0) continue;

    let shift: f64 = 0;
    if (!spoils) {
      const corner = upward ? df : dl - 8;
      shift = smaller2x2(load<f64>(corner), load<f64>(upward ? ef : pe + at<f64>(last - 1)), load<f64>(corner, 8));
      const ratio = shift / abs(load<f64>(start));
      if (ratio * ratio < EPS) shift = 0;
    }
    bidiagonalSweep(size, d + first, e + first, upward, shift, c1, s1, c2, s2, keep);
    sweeps++;
    if (keep) {
      sweepColumns(single, rowsV, v, ldv, first, size, upward ? c2 : c1, upward ? s2 : s1, narrow, n, upward);
      sweepColumns(single, rowsU, u, ldu, first, size, upward ? c1 : c2, upward ? s1 : s2, narrow, n, upward);
    }
  }
  return sweeps;
}

export function bidiagonalizeF64(m: i32, n: i32, a: i32, lda: i32, tauQ: i32, tauP: i32, work: i32): void {
  bidiagonalize<f64>(m, n, a, lda, tauQ, tauP, work);
}
export function bidiagonalizeF32(m: i32, n: i32, a: i32, lda: i32, tauQ: i32, tauP: i32, work: i32): void {
  bidiagonalize<f32>(m, n, a, lda, tauQ, tauP, work);
}
export function implicitQrF64(
  n: i32, d: i32, e: i32, u: i32, ldu: i32, rowsU: i32, v: i32, ldv: i32, rowsV: i32, work: i32, limit: i32,
): i32 {
  return implicitQr(false, n, d, e, u, ldu, rowsU, v, ldv, rowsV, work, limit);
}
export function implicitQrF32(
  n: i32, d: i32, e: i32, u: i32, ldu: i32, rowsU: i32, v: i32, ldv: i32, rowsV: i32, work: i32, limit: i32,
): i32 {
  return implicitQr(true, n, d, e, u, ldu, rowsU, v, ldv, rowsV, work, limit);
}
