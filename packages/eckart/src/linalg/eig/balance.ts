// Balancing: Â = D⁻¹·(PᵀAP)·D with a permutation P that isolates eigenvalues and a diagonal D of powers of two that makes
// rows and columns of equal norm. Nothing is rounded, and the eigenvalues of Â are found with smaller errors.
//
//           [T₁ ×  × ]
//   PᵀAP =  [   B  × ],   T₁, T₂ upper triangular: their diagonals are eigenvalues as they stand; B in rows lo … hi.
//           [      T₂]
//
// Source: Parlett & Reinsch, Numer. Math. 13 (1969); norms as in James, Langou & Lowery, arXiv:1401.5766, whose 2-norms
// with the diagonal included do not blow up matrices that are nearly Hessenberg.
import type { Workspace } from "../../kernels/workspace.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import { load, powerOfTwoScale } from "../../matrix/transfer.ts";
import { workingScale } from "../parts/scaling.ts";

/** P, D and the block that they leave. */
export interface Balance {
  /** First and last row of B; lo = 0 and hi = −1 where everything is triangular already. */
  readonly lo: number;
  readonly hi: number;
  /** Row i of PᵀAP is row p[i] of A. */
  readonly p: Int32Array;
  /** Dᵢᵢ = 2^exponents[i], for rows of PᵀAP. */
  readonly exponents: Int32Array;
}

/** A row or column is scaled only where that lowers the sum of its two norms by more than this factor. */
const WORTH = 0.95;
const SWEEPS = 40; // a few are needed; exponents of two rows differ by at most 2100

/** Balancing, and the factors shrink·scale by which Â was multiplied to bring its largest entry into [1, 2). */
export interface Balanced extends Balance {
  readonly shrink: number;
  readonly scale: number;
}

/**
 * Rounding of Â, undone by D, may be so much larger than rounding of A; beyond it the scaling is dropped. A matrix that is
 * badly scaled gives 1 or less, one that has small rows and columns of its own gives any number.
 */
const HARM = 16;

/**
 * Writes s·Â to column-major memory at `to`, its largest entry in [1, 2); `most` is that of A. Without `scaling`, or where
 * it would do harm, D = I.
 */
export function loadBalanced(
  ws: Workspace,
  A: Matrix,
  most: number,
  scaling: boolean,
  to: number,
  ld: number,
): Balanced {
  const n = A.rows;
  const shrink = workingScale(A.dtype, most);
  load(ws, A, to, ld, shrink);
  let B = balance(ws, n, to, ld, scaling);
  let largest = largestEntry(ws, n, to, ld);
  const spread = n === 0 ? 0 : Math.max(...B.exponents) - Math.min(...B.exponents);
  if (spread > 0 && Math.log2(largest) + spread > Math.log2(HARM * most * shrink)) {
    load(ws, A, to, ld, shrink);
    B = balance(ws, n, to, ld, false);
    largest = largestEntry(ws, n, to, ld);
  }
  const scale = powerOfTwoScale(largest);
  if (scale !== 1) for (let j = 0; j < n; j++) ws.k.scal(n, scale, to + j * ld, 1);
  return { ...B, shrink, scale };
}

/** max |aᵢⱼ| of an n × n matrix in linear memory. */
function largestEntry({ k, mem }: Workspace, n: number, A: number, lda: number): number {
  let largest = 0;
  for (let at = A; at < A + n * lda; at += lda) largest = Math.max(largest, Math.abs(mem[at + k.iamax(n, at, 1)]));
  return largest;
}

/** Overwrites the n × n matrix at A with Â; D = I unless `scale`. Cost: O(n²) a sweep. */
function balance(ws: Workspace, n: number, A: number, lda: number, scale: boolean): Balance {
  const p = Int32Array.from({ length: n }, (_, i) => i);
  const [lo, hi] = isolate(ws, n, A, lda, p);
  const exponents = new Int32Array(n);
  if (scale) equalise(ws, n, A, lda, lo, hi, exponents);
  return { lo, hi, p, exponents };
}

/** Brings rows that are zero but for their diagonal to the end, and such columns to the front; returns lo and hi. */
function isolate(ws: Workspace, n: number, A: number, lda: number, p: Int32Array): [lo: number, hi: number] {
  const { k, mem } = ws;
  let lo = 0;
  let hi = n - 1;
  const exchange = (i: number, j: number): void => {
    if (i === j) return;
    [p[i], p[j]] = [p[j], p[i]];
    k.swap(n, A + i * lda, 1, A + j * lda, 1);
    k.swap(n, A + i, lda, A + j, lda);
  };
  // The other entries of row (or column) i in columns (or rows) lo … hi.
  const isZero = (first: number, step: number, i: number): boolean => {
    for (let j = lo; j <= hi; j++) if (j !== i && mem[first + j * step] !== 0) return false;
    return true;
  };
  for (let i = hi; i >= 0; i--) {
    if (!isZero(A + i, lda, i)) continue;
    exchange(i, hi);
    hi--;
    i = hi + 1; // the search starts again
  }
  for (let j = lo; j <= hi; j++) {
    if (!isZero(A + j * lda, 1, j)) continue;
    exchange(j, lo);
    lo++;
    j = lo - 1;
  }
  return [lo, hi];
}

/** The scaling D, whose exponents are written; the norms are those of the rows and columns of B. */
function equalise(
  ws: Workspace,
  n: number,
  A: number,
  lda: number,
  lo: number,
  hi: number,
  exponents: Int32Array,
): void {
  const { k, mem } = ws;
  const order = hi - lo + 1;
  const ceiling = (ws.dtype === "f64" ? 1000 : 120) - Math.log2(n + 1);
  const magnitude = (count: number, x: number, dx: number): number =>
    Math.log2(Math.abs(mem[x + Math.max(0, k.iamax(count, x, dx)) * dx]));
  for (let sweep = 0, changed = true; changed && sweep < SWEEPS; sweep++) {
    changed = false;
    for (let i = lo; i <= hi; i++) {
      const [column, row] = [A + i * lda, A + i + lo * lda];
      const c = k.nrm2(order, column + lo, 1);
      const r = k.nrm2(order, row, lda);
      if (c === 0 || r === 0) continue;
      const e = Math.round((Math.log2(r) - Math.log2(c)) / 2);
      if (c * 2 ** e + r * 2 ** -e >= WORTH * (c + r)) continue;
      if (magnitude(hi + 1, column, 1) + e > ceiling || magnitude(n - lo, row, lda) - e > ceiling) continue;
      const diagonal = mem[column + i];
      timesPower(ws, hi + 1, column, 1, e);
      timesPower(ws, n - lo, row, lda, -e);
      mem[column + i] = diagonal;
      exponents[i] += e;
      changed = true;
    }
  }
}

/** x ← 2^e·x, by factors that are normal numbers of the dtype. */
function timesPower(ws: Workspace, n: number, x: number, dx: number, e: number): void {
  const most = ws.dtype === "f64" ? 1000 : 100;
  while (e !== 0) {
    const step = Math.max(-most, Math.min(most, e));
    ws.k.scal(n, 2 ** step, x, dx);
    e -= step;
  }
}
