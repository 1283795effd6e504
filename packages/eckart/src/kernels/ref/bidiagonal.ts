// The chase of implicit QR on a bidiagonal (Demmel & Kahan, SIAM J. Sci. Stat. Comput. 11, 1990), in f64.
// Bound by the latency of its square roots and divisions: every rotation waits for the one before.

/** The rotation with c·f + s·g = r and c·g − s·f = 0, safe for any magnitudes: [c, s, r]. */
export function planeRotation(f: number, g: number): [c: number, s: number, r: number] {
  if (g === 0) return [1, 0, f];
  if (f === 0) return [0, Math.sign(g), Math.abs(g)];
  const largest = Math.max(Math.abs(f), Math.abs(g));
  const u = largest > 1e-140 && largest < 1e140 ? 1 : Math.max(1e-300, Math.min(1e300, largest));
  const fu = f / u;
  const gu = g / u;
  const d = Math.sqrt(fu * fu + gu * gu);
  const r = f < 0 ? -d : d;
  return [Math.abs(fu) / d, gu / r, r * u];
}

/**
 * The rotation (cr, sr) of (f, g) → (r, 0) and the one (cl, sl) that it calls for, of (cr·d + sr·e, sr·next) → (rl, 0). The
 * latter has the direction of (f·d + g·e, g·next), so that neither waits for the root of the other.
 */
function rotationPair(
  f: number,
  g: number,
  d: number,
  e: number,
  next: number,
): [cr: number, sr: number, r: number, cl: number, sl: number, rl: number] {
  const F = f * d + g * e;
  const G = g * next;
  const first = f * f + g * g;
  const second = F * F + G * G;
  if (first > 1e-280 && first < 1e280 && second > 1e-280 && second < 1e280) {
    const length = Math.sqrt(first);
    const r = f < 0 ? -length : length;
    const lengthF = Math.sqrt(second);
    const rF = F < 0 ? -lengthF : lengthF;
    return [Math.abs(f) / length, g / r, r, Math.abs(F) / lengthF, G / rF, rF / r];
  }
  const [cr, sr, r] = planeRotation(f, g);
  return [cr, sr, r, ...planeRotation(cr * d + sr * e, sr * next)];
}

/**
 * One sweep over a block of n ≥ 2 diagonal entries. A sweep upward is the same chase on the block read from its other
 * end, where rows and columns change places; `D(i)` and `E(i)` hide the direction.
 */
export function bidiagonalSweep(
  mem: Float64Array,
  n: number,
  d: number,
  e: number,
  upward: 0 | 1,
  shift: number,
  c1: number,
  s1: number,
  c2: number,
  s2: number,
  keep: 0 | 1,
): void {
  const D = (i: number): number => d + (upward ? n - 1 - i : i);
  const E = (i: number): number => e + (upward ? n - 2 - i : i);
  const record = (i: number, ca: number, sa: number, cb: number, sb: number): void => {
    if (!keep) return;
    const at = upward ? n - 2 - i : i;
    const sign = upward ? -1 : 1;
    mem[c1 + at] = ca;
    mem[s1 + at] = sign * sa;
    mem[c2 + at] = cb;
    mem[s2 + at] = sign * sb;
  };

  if (shift === 0) {
    // The zero-shift step: no subtraction anywhere, so every entry keeps its relative accuracy.
    let c = 1;
    let s = 0;
    let r = 0;
    let oldC = 1;
    let oldS = 0;
    for (let i = 0; i < n - 1; i++) {
      [c, s, r] = planeRotation(mem[D(i)] * c, mem[E(i)]);
      if (i > 0) mem[E(i - 1)] = oldS * r;
      [oldC, oldS, mem[D(i)]] = planeRotation(oldC * r, mem[D(i + 1)] * s);
      record(i, c, s, oldC, oldS);
    }
    const h = mem[D(n - 1)] * c;
    mem[D(n - 1)] = h * oldC;
    mem[E(n - 2)] = h * oldS;
    return;
  }

  // The first rotation is that of BᵀB − shift²·I, then the bulge is chased from one end to the other.
  const d0 = mem[D(0)];
  let f = (Math.abs(d0) - shift) * ((d0 < 0 ? -1 : 1) + shift / d0);
  let g = mem[E(0)];
  for (let i = 0; i < n - 1; i++) {
    const [cr, sr, r, cl, sl, rl] = rotationPair(f, g, mem[D(i)], mem[E(i)], mem[D(i + 1)]);
    if (i > 0) mem[E(i - 1)] = r;
    const bulge = cr * mem[E(i)] - sr * mem[D(i)];
    const next = cr * mem[D(i + 1)];
    mem[D(i)] = rl;
    f = cl * bulge + sl * next;
    mem[D(i + 1)] = cl * next - sl * bulge;
    if (i < n - 2) {
      g = sl * mem[E(i + 1)];
      mem[E(i + 1)] *= cl;
    }
    record(i, cr, sr, cl, sl);
  }
  mem[E(n - 2)] = f;
}
