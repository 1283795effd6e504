// The reduction of a small matrix to a bidiagonal, and the chase of implicit QR on that (Demmel & Kahan, SIAM J. Sci.
// Stat. Comput. 11, 1990), in f64. The chase is bound by the latency of its square roots and divisions: every rotation
// waits for the one before.
import type { Mem } from "../abi.ts";
import { gemv } from "./matrixVector.ts";
import { reflector } from "./reflector.ts";
import { axpy, dot } from "./vector.ts";

/**
 * Maintained: Qᵀ·A·P = B on the rows and columns already reduced, and A − v·yᵀ − x·uᵀ on the rest, where v and u are the
 * reflectors of the step before: it is subtracted while the next pass reads A, and that pass makes y, w and z = A·w as the
 * one of large matrices does.
 */
export function bidiagonalize(
  mem: Mem,
  m: number,
  n: number,
  A: number,
  lda: number,
  tauQ: number,
  tauP: number,
  work: number,
): void {
  const least = mem instanceof Float32Array ? 2 ** -80 : 2 ** -918;
  const [x, z, y, u] = [work, work + m, work + 2 * m, work + 2 * m + n + 4];
  mem.fill(0, work, work + 2 * (m + n + 4));
  let v = x;
  for (let i = 0; i < n; i++) {
    const rows = m - i;
    const cols = n - i - 1;
    const pivot = A + i * (lda + 1);
    const update = (j: number, column: number): void => {
      axpy(mem, rows, -mem[y + j], v, 1, column, 1);
      axpy(mem, rows, -mem[u + j], x + i, 1, column, 1);
    };
    // The reflector that makes column i dᵢ·e₀.
    update(i, pivot);
    const tau = reflector(mem, rows, pivot);
    const diagonal = mem[pivot];
    mem[tauQ + i] = tau;
    mem[tauP + i] = 0;
    if (cols === 0) break;

    // yᵀ = τ·vᵀA, the row w = row i of A − v·yᵀ, and z = A·w.
    mem[pivot] = 1;
    mem.fill(0, z + i, z + m);
    for (let j = i + 1, column = pivot + lda; j < n; j++, column += lda) {
      update(j, column);
      mem[y + j] = tau * dot(mem, rows, column, 1, pivot, 1);
      mem[u + j] = mem[column] - mem[y + j];
      axpy(mem, rows, mem[u + j], column, 1, z + i, 1);
    }
    mem[pivot] = diagonal;

    // The reflector that makes the row eᵢ·e₀ᵀ: u = (w − β·e₀)/(w₀ − β).
    const right = pivot + lda;
    const next = u + i + 1;
    const w0 = mem[next];
    const tauRow = reflector(mem, cols, next);
    const beta = mem[next];
    mem[tauP + i] = tauRow;
    for (let j = 0; j < cols; j++) mem[right + j * lda] = mem[next + j];
    mem[next] = 1;

    // x = τ·(A − v·yᵀ)·u below row i, with A·u = (z − β·A·e₀)/(w₀ − β), or as it is where z was subnormal.
    v = pivot + 1;
    let fromZ = tauRow === 0 ? 0 : tauRow / (w0 - beta);
    let fromA = -beta * fromZ;
    if (tauRow !== 0 && !(Math.abs(beta) > least)) {
      mem.fill(0, z + i + 1, z + m);
      gemv(mem, rows - 1, cols, 1, right + 1, lda, next, 1, z + i + 1);
      fromZ = tauRow;
      fromA = 0;
    }
    const fromV = -tauRow * dot(mem, cols, y + i + 1, 1, next, 1);
    for (let r = 0; r < rows - 1; r++) {
      mem[x + i + 1 + r] = fromZ * mem[z + i + 1 + r] + (fromA * mem[right + 1 + r] + fromV * mem[v + r]);
    }
  }
}

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
