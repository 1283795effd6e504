// The reduction of a small matrix to a bidiagonal, and the chase of implicit QR on that, in f64. Twin:
// src/kernels/ref/bidiagonal.ts, which explains the steps. The chase is bound by the latency of its square roots and
// divisions: every rotation waits for the one before.
import { at, bytes, lanes, laneSum, loadSplat } from "./lane";
import { axpy4, dot1, gemvF32, gemvF64 } from "./matrixVector";
import { reflector } from "./reflector";
import { scratch } from "./scratch";

// Two columns at p0 and p1, n rows, less the vectors at pv and px times their elements of the rows at y and u; their
// products with the vector at pw go to two elements at out.
function updateDot2<T>(
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

// A column that A lacks is one of zeros in the scratch place.
// @ts-ignore: decorator
@inline
function bidiagonalize<T>(m: i32, n: i32, a: i32, lda: i32, tauQ: i32, tauP: i32, work: i32): void {
  const least: T = sizeof<T>() == 8 ? <T>(2.0 ** -918) : <T>(2.0 ** -80);
  const column = bytes<T>(lda), size: usize = sizeof<T>(), sums = scratch, spare = scratch + 4 * size;
  const x = at<T>(work), z = x + bytes<T>(m), y = z + bytes<T>(m), u = y + bytes<T>(n + 4);
  memory.fill(x, 0, bytes<T>(2 * (m + n + 4)));
  memory.fill(spare, 0, bytes<T>(m));
  let v = x; // the left reflector before, from row i on
  for (let i = 0; i < n; i++) {
    const rows = m - i, cols = n - i - 1, skip = bytes<T>(i);
    const corner = a + i * (lda + 1), pivot = at<T>(corner);
    updateDot2<T>(rows, pivot, z + skip, v, x + skip, y + skip, u + skip, pivot, sums); // z is made anew below
    const tau = reflector<T>(rows, corner);
    const diagonal = load<T>(pivot);
    store<T>(at<T>(tauQ + i), tau);
    store<T>(at<T>(tauP + i), 0);
    if (cols == 0) break;

    store<T>(pivot, 1);
    memory.fill(z + skip, 0, bytes<T>(rows));
    for (let j = i + 1, p0 = pivot + column; j < n; j += 4, p0 += 4 * column) {
      const p1 = j + 1 < n ? p0 + column : spare, p2 = j + 2 < n ? p0 + 2 * column : spare;
      const p3 = j + 3 < n ? p0 + 3 * column : spare, yj = y + bytes<T>(j), uj = u + bytes<T>(j);
      updateDot2<T>(rows, p0, p1, v, x + skip, yj, uj, pivot, sums);
      updateDot2<T>(rows, p2, p3, v, x + skip, yj + 2 * size, uj + 2 * size, pivot, sums + 2 * size);
      let p = p0;
      for (let q: usize = 0; q < 4 * size; q += size) {
        const t = tau * load<T>(sums + q);
        store<T>(yj + q, t);
        store<T>(uj + q, load<T>(p) - t);
        p = q == 0 ? p1 : q == size ? p2 : p3;
      }
      axpy4<T>(
        rows, p0, p1, p2, p3,
        load<T>(uj), load<T>(uj, sizeof<T>()), load<T>(uj, 2 * sizeof<T>()), load<T>(uj, 3 * sizeof<T>()), z + skip,
      );
    }
    store<T>(pivot, diagonal);

    const ui = u + skip + size, w0 = load<T>(ui);
    const tauRow = reflector<T>(cols, work + 2 * m + n + 4 + i + 1);
    const beta = load<T>(ui);
    store<T>(at<T>(tauP + i), tauRow);
    let p = pivot + column;
    for (let q = ui; q < ui + bytes<T>(cols); q += size, p += column) store<T>(p, load<T>(q));
    store<T>(ui, 1);

    v = pivot + size;
    const below = rows - 1, right = v + column, zi = z + skip + size, xi = x + skip + size;
    let fromZ = tauRow / (w0 - beta), fromA = -beta * fromZ;
    if (tauRow == 0) fromZ = fromA = 0;
    else if (!(abs<T>(beta) > least)) {
      memory.fill(zi, 0, bytes<T>(below));
      const to = work + m + i + 1, from = corner + lda + 1, by = work + 2 * m + n + 4 + i + 1;
      if (sizeof<T>() == 8) gemvF64(below, cols, 1, from, lda, by, 1, to);
      else gemvF32(below, cols, 1, from, lda, by, 1, to);
      fromZ = tauRow;
      fromA = 0;
    }
    const fromV = -tauRow * dot1<T>(cols, y + skip + size, ui);
    for (let q: usize = 0; q < bytes<T>(below); q += size) {
      store<T>(xi + q, fromZ * load<T>(zi + q) + (fromA * load<T>(right + q) + fromV * load<T>(v + q)));
    }
  }
}

let c: f64 = 1, s: f64 = 0, r: f64 = 0;

// The rotation with c·f + s·g = r, c·g − s·f = 0, safe for any magnitudes.
// @ts-ignore: decorator
@inline
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

export function bidiagonalizeF64(m: i32, n: i32, a: i32, lda: i32, tauQ: i32, tauP: i32, work: i32): void {
  bidiagonalize<f64>(m, n, a, lda, tauQ, tauP, work);
}
export function bidiagonalizeF32(m: i32, n: i32, a: i32, lda: i32, tauQ: i32, tauP: i32, work: i32): void {
  bidiagonalize<f32>(m, n, a, lda, tauQ, tauP, work);
}
