// The reduction of a small matrix to a bidiagonal, and implicit QR on that (Demmel & Kahan, SIAM J. Sci. Stat. Comput. 11,
// 1990, here "DK"), in f64. Its chase is bound by the latency of square roots and divisions: every rotation waits for the
// one before.
import type { Mem } from "../abi.ts";
import { gemv } from "./matrixVector.ts";
import { reflector } from "./reflector.ts";
import { rotationsFor, rotSweep } from "./rotation.ts";
import { singularValues2x2 } from "./twoByTwo.ts";
import { axpy, dot } from "./vector.ts";

/**
 * Maintained: Qᵀ·A·P = B on the rows and columns already reduced, and A − v·yᵀ − x·uᵀ on the rest, where v and u are the
 * reflectors of the step before: it is subtracted while the next pass reads A.
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
  const [x, y, u] = [work, work + m, work + m + n + 1];
  mem.fill(0, work, work + m + 2 * n + 2);
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

    // yᵀ = τ·vᵀA, and the row i of A − v·yᵀ.
    mem[pivot] = 1;
    for (let j = i + 1, column = pivot + lda; j < n; j++, column += lda) {
      update(j, column);
      mem[y + j] = tau * dot(mem, rows, column, 1, pivot, 1);
      mem[u + j] = mem[column] - mem[y + j];
    }
    mem[pivot] = diagonal;

    // The reflector that makes the row eᵢ·e₀ᵀ.
    const next = u + i + 1;
    const tauRow = reflector(mem, cols, next);
    mem[tauP + i] = tauRow;
    for (let j = 0; j < cols; j++) mem[pivot + (j + 1) * lda] = mem[next + j];
    mem[next] = 1;

    // x = τ·(A − v·yᵀ)·u below row i.
    v = pivot + 1;
    const below = x + i + 1;
    mem.fill(0, below, x + m);
    gemv(mem, rows - 1, cols, tauRow, v + lda, lda, next, 1, below);
    axpy(mem, rows - 1, -tauRow * dot(mem, cols, y + i + 1, 1, next, 1), v, 1, below, 1);
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

/** Implicit zero-shift QR until every superdiagonal entry is zero, or so many sweeps are made: see the list of kernels. */
export function implicitQr(
  mem: Mem,
  n: number,
  d: number,
  e: number,
  U: number,
  ldu: number,
  rowsU: number,
  V: number,
  ldv: number,
  rowsV: number,
  work: number,
  limit: number,
): number {
  const scalars = mem instanceof Float64Array ? mem : new Float64Array(mem.buffer);
  const [c1, s1, c2, s2] = [work, work + n, work + 2 * n, work + 3 * n];
  const keep = rowsU + rowsV > 0 ? 1 : 0;
  const sweepColumns = (
    rows: number,
    A: number,
    lda: number,
    first: number,
    size: number,
    c: number,
    s: number,
  ): void => {
    [c, s] = rotationsFor(mem, scalars, size - 1, c, s, work + 4 * n);
    rotSweep(mem, rows, size, A + first * lda, lda, c, s, upward);
  };

  const tol = 10 * 2 ** -53;
  // DK (2.4): a lower bound for the smallest singular value; what lies below its tol-th part is zero.
  let smallest = Math.abs(scalars[d]);
  for (let i = 1, mu = smallest; i < n && smallest > 0; i++) {
    mu = Math.abs(scalars[d + i]) * (mu / (mu + Math.abs(scalars[e + i - 1])));
    smallest = Math.min(smallest, mu);
  }
  const threshold = Math.max((tol * smallest) / Math.sqrt(n), n * n * 2 ** -1074);

  let sweeps = 0;
  let last = n - 1;
  let upward: 0 | 1 = 0;
  let blockFirst = -1;
  let blockLast = -1;
  let bound = -1;
  while (last > 0 && sweeps < limit) {
    // The block first … last without a zero on its superdiagonal.
    if (Math.abs(scalars[d + last]) <= threshold) scalars[d + last] = 0;
    let largest = Math.abs(scalars[d + last]);
    let first = last;
    let candidate = false;
    while (first > 0) {
      const off = Math.abs(scalars[e + first - 1]);
      if (off <= threshold) {
        scalars[e + first - 1] = 0;
        break;
      }
      first--;
      if (Math.abs(scalars[d + first]) <= threshold) scalars[d + first] = 0;
      const di = Math.abs(scalars[d + first]);
      largest = Math.max(largest, di, off);
      if (off <= tol * Math.max(di, Math.abs(scalars[d + first + 1]))) candidate = true;
    }
    if (first === last) {
      last--;
      continue;
    }
    // A new block is chased from its larger end to its smaller one.
    if (first > blockLast || last < blockFirst) {
      upward = Math.abs(scalars[d + first]) >= Math.abs(scalars[d + last]) ? 0 : 1;
    }
    // An entry can be negligible only beside a diagonal entry that outweighs it, and a sweep leaves the singular values of
    // its block alone, and so the bound of them.
    if (candidate || bound < 0 || first !== blockFirst || last !== blockLast) {
      bound = negligible(scalars, d, e, first, last, upward, tol);
    }
    blockFirst = first;
    blockLast = last;
    if (bound < 0) continue;

    const spoils = n * tol * bound <= Math.max(2 ** -53, 0.01 * tol) * largest;
    const shift = spoils ? 0 : chooseShift(scalars, d, e, first, last, upward);
    const size = last - first + 1;
    bidiagonalSweep(scalars, size, d + first, e + first, upward, shift, c1, s1, c2, s2, keep);
    sweeps++;
    if (keep) {
      const [cV, sV, cU, sU] = upward ? [c2, s2, c1, s1] : [c1, s1, c2, s2];
      sweepColumns(rowsV, V, ldv, first, size, cV, sV);
      sweepColumns(rowsU, U, ldu, first, size, cU, sU);
    }
  }
  return sweeps;
}

/**
 * DK, criteria 1 and 2: sets one negligible superdiagonal entry of the block to zero and returns −1, or returns a lower
 * bound for the block's smallest singular value.
 */
function negligible(
  mem: Float64Array,
  d: number,
  e: number,
  first: number,
  last: number,
  upward: 0 | 1,
  tol: number,
): number {
  const size = last - first;
  const D = (i: number): number => Math.abs(mem[d + (upward ? last - i : first + i)]);
  const E = (i: number): number => e + (upward ? last - 1 - i : first + i);
  if (Math.abs(mem[E(size - 1)]) <= tol * D(size)) {
    mem[E(size - 1)] = 0;
    return -1;
  }
  let mu = D(0);
  let bound = mu;
  for (let i = 0; i < size; i++) {
    const off = Math.abs(mem[E(i)]);
    if (off <= tol * mu) {
      mem[E(i)] = 0;
      return -1;
    }
    mu = D(i + 1) * (mu / (mu + off));
    bound = Math.min(bound, mu);
  }
  return bound;
}

const corner = { max: 0, min: 0 };

/** The smaller singular value of the 2 × 2 at the end where the chase arrives, or 0 where it is negligible at its start. */
function chooseShift(mem: Float64Array, d: number, e: number, first: number, last: number, upward: 0 | 1): number {
  const at = upward ? first : last - 1;
  singularValues2x2(mem[d + at], mem[e + at], mem[d + at + 1], corner);
  const ratio = corner.min / Math.abs(mem[d + (upward ? last : first)]);
  return ratio * ratio < 2 ** -53 ? 0 : corner.min;
}
