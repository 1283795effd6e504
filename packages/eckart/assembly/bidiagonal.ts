// The chase of implicit QR on a bidiagonal, in f64. Twin: src/kernels/ref/bidiagonal.ts, which explains the steps.
// Bound by the latency of its square roots and divisions: every rotation waits for the one before.

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
