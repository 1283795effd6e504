// LU factorisation with partial pivoting, by halves of the columns (Toledo, SIAM J. Matrix Anal. Appl. 18, 1997).
//
// Maintained: P·A = L·U. L, its unit diagonal left out, lies below the diagonal of A, and U on and above it.
import type { Workspace } from "../../kernels/workspace.ts";
import { solveTriangular } from "../parts/triangular.ts";

const LEAF = 8; // columns eliminated one by one: matrix products of fewer lose to their packing
const STRIP = 32; // columns whose rows are exchanged together, while their cache lines are at hand

/**
 * A ← LU factors of P·A for A, m × n of any shape, scaled so that growth does not overflow. Returns the exchanges:
 * step i exchanged rows i and pivots[i] ≥ i. A column without a pivot keeps a zero on the diagonal of U and does not
 * stop the rest. Cost: n²(m − n/3) flops for m ≥ n.
 */
export function luInPlace(ws: Workspace, m: number, n: number, A: number, lda: number): Int32Array {
  const pivots = new Int32Array(Math.min(m, n));
  factor(ws, m, n, A, lda, pivots);
  return pivots;
}

/** Exchanges rows i and pivots[i], i = 0, 1, …, of the n columns at A. */
export function exchangeRows(ws: Workspace, n: number, A: number, lda: number, pivots: Int32Array): void {
  for (let j = 0; j < n; j += STRIP) {
    const strip = A + j * lda;
    const columns = Math.min(STRIP, n - j);
    for (let i = 0; i < pivots.length; i++) {
      if (pivots[i] !== i) ws.k.swap(columns, strip + i, lda, strip + pivots[i], lda);
    }
  }
}

function factor(ws: Workspace, m: number, n: number, A: number, lda: number, pivots: Int32Array): void {
  const k = Math.min(m, n);
  if (k <= LEAF) return eliminate(ws, m, n, A, lda, pivots);
  const left = k >> 1;
  const right = n - left;
  const A12 = A + left * lda;
  const A22 = A12 + left;
  const [first, second] = [pivots.subarray(0, left), pivots.subarray(left)];

  factor(ws, m, left, A, lda, first);
  exchangeRows(ws, right, A12, lda, first);
  solveTriangular(ws, "left", { T: A, ldt: lda, upper: 0, trans: 0, unit: 1 }, left, right, A12, lda); // U₁₂ = L₁₁⁻¹A₁₂
  ws.k.gemm(0, 0, m - left, right, left, -1, A + left, lda, A12, lda, 1, A22, lda); // A₂₂ − L₂₁U₁₂
  factor(ws, m - left, right, A22, lda, second);
  exchangeRows(ws, left, A + left, lda, second);
  for (let i = 0; i < second.length; i++) second[i] += left;
}

/** One column after the other. */
function eliminate(ws: Workspace, m: number, n: number, A: number, lda: number, pivots: Int32Array): void {
  const { k, mem } = ws;
  for (let j = 0; j < pivots.length; j++) {
    const diagonal = A + j * (lda + 1);
    const below = m - j - 1;
    const pivot = j + Math.max(0, k.iamax(m - j, diagonal, 1));
    pivots[j] = pivot;
    if (pivot !== j) k.swap(n, A + j, lda, A + pivot, lda);
    const u = mem[diagonal];
    if (u === 0) continue;
    // Divided and not multiplied by 1/u, which overflows for a subnormal pivot.
    for (let i = 1; i <= below; i++) mem[diagonal + i] /= u;
    k.ger(below, n - j - 1, -1, diagonal + 1, diagonal + lda, lda, diagonal + lda + 1, lda);
  }
}

/** The exchanges as a permutation of m rows: row i of P·A is row p[i] of A. */
export function permutationOf(pivots: Int32Array, m: number): Int32Array<ArrayBuffer> {
  const p = Int32Array.from({ length: m }, (_, i) => i);
  pivots.forEach((pivot, i) => {
    [p[i], p[pivot]] = [p[pivot], p[i]];
  });
  return p;
}

/** det P: −1 for an odd number of exchanges. */
export function signOf(pivots: Int32Array): 1 | -1 {
  let sign: 1 | -1 = 1;
  pivots.forEach((pivot, i) => {
    if (pivot !== i) sign = sign === 1 ? -1 : 1;
  });
  return sign;
}
