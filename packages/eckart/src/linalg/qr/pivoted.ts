// Householder QR with column pivoting, blocked.
//
// Maintained: A·P = H₀·H₁ ⋯ H_{k−1}·R with |r₀₀| ≥ |r₁₁| ≥ ⋯ up to rounding, and norms[j] = ‖A(i:m, j)‖ for the columns
// j ≥ i that are not factored yet. Within a panel the updates are kept back: the current matrix is A − V·Fᵀ, of which
// only the next pivot row and pivot column are formed (Quintana-Ortí, Sun & Bischof, LAPACK Working Note 114). The
// norms are downdated, and formed anew where the downdate has lost half of the digits (Drmač & Bujanović, LAPACK
// Working Note 176), which ends the panel.
import { advance } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { tuning } from "../tuning.ts";

/** Elements that `pivotedQrInPlace` takes. */
export function pivotedQrScratch(n: number): number {
  const nb = tuning.reflectorBlock;
  return matrixSize(n, nb) + n + nb;
}

/**
 * A ← QR factors of A·P, stored as `qrInPlace` does, for m × n of any shape. Each step takes the column of largest
 * remaining norm, so R shows the rank. Returns p: column j of A·P is column p[j] of A.
 *
 * A must be scaled such that its column norms are finite. Cost: 4mnk − 2(m + n)k² + 4/3·k³ flops, k = min(m, n), half
 * of them in matrix–vector products.
 */
export function pivotedQrInPlace(
  ws: Workspace,
  m: number,
  n: number,
  A: number,
  lda: number,
  tau: number,
): Int32Array<ArrayBuffer> {
  const p = Int32Array.from({ length: n }, (_, j) => j);
  const norms = Float64Array.from({ length: n }, (_, j) => ws.k.nrm2(m, A + j * lda, 1));
  const state: Pivoting = { m, n, A, lda, tau, p, norms, reference: norms.slice() };
  const mark = ws.mark();
  const ldf = leadingDimension(n);
  const F = ws.alloc(ldf * tuning.reflectorBlock);
  const k = Math.min(m, n);
  for (let j = 0; j < k;) j += factorPanel(ws, state, j, Math.min(tuning.reflectorBlock, k - j), F, ldf);
  ws.release(mark);
  return p;
}

interface Pivoting {
  readonly m: number;
  readonly n: number;
  readonly A: number;
  readonly lda: number;
  readonly tau: number;
  readonly p: Int32Array;
  /** ‖A(i:m, j)‖, downdated. */
  readonly norms: Float64Array;
  /** The same where it was last formed from the column itself. */
  readonly reference: Float64Array;
}

/** Factors up to `width` columns from j0 and updates the rest; returns how many were factored, at least one. */
function factorPanel(ws: Workspace, S: Pivoting, j0: number, width: number, F: number, ldf: number): number {
  const { m, n, A, lda, tau } = S;
  const { k, mem } = ws;
  const mark = ws.mark();
  const h = ws.alloc(width);
  const row = ws.alloc(n);
  const V = A + j0 * lda;
  const stale: number[] = [];

  let done = 0;
  while (done < width && stale.length === 0) {
    const i = j0 + done; // the row and the column of this step
    exchange(ws, S, i, pivot(S.norms, i), done, F, ldf);
    const column = A + i * lda;
    const below = m - i;
    const right = n - i - 1;
    advance(4 * below * right);

    // A(i:m, i) ← A(i:m, i) − V·F(i, :)ᵀ, then its reflector.
    k.gemv(below, done, -1, V + i, lda, F + i, ldf, column + i);
    mem[tau + i] = k.reflector(below, column + i);
    const t = mem[tau + i];
    const r = mem[column + i];
    mem[column + i] = 1;

    // F(:, done) = τ·(Aᵀv − F·Vᵀv), the rows of columns already factored left out.
    const f = F + done * ldf;
    mem.fill(0, f, f + n);
    k.gemvT(below, right, t, column + lda + i, lda, column + i, f + i + 1, 1);
    mem.fill(0, h, h + done);
    k.gemvT(below, done, -t, V + i, lda, column + i, h, 1);
    k.gemv(right, done, 1, F + i + 1, ldf, h, 1, f + i + 1);
    done++;

    // Row i of the columns to the right: A(i, :) ← A(i, :) − V(i, :)·Fᵀ.
    mem.fill(0, row, row + right);
    k.gemv(right, done, -1, F + i + 1, ldf, V + i, lda, row);
    k.axpy(right, 1, row, 1, column + lda + i, lda);
    mem[column + i] = r;
    downdate(ws, S, i, stale);
  }

  const next = j0 + done;
  k.gemm(0, 1, m - next, n - next, done, -1, V + next, lda, F + next, ldf, 1, A + next * (lda + 1), lda);
  for (const j of stale) S.norms[j] = S.reference[j] = k.nrm2(m - next, A + j * lda + next, 1);
  ws.release(mark);
  return done;
}

/** First index of the largest norm from i on. */
function pivot(norms: Float64Array, i: number): number {
  let best = i;
  for (let j = i + 1; j < norms.length; j++) if (norms[j] > norms[best]) best = j;
  return best;
}

/** Exchanges columns i and q of A with all that belongs to them. */
function exchange(ws: Workspace, S: Pivoting, i: number, q: number, done: number, F: number, ldf: number): void {
  if (q === i) return;
  ws.k.swap(S.m, S.A + i * S.lda, 1, S.A + q * S.lda, 1);
  ws.k.swap(done, F + i, ldf, F + q, ldf);
  S.norms[q] = S.norms[i];
  S.reference[q] = S.reference[i];
  [S.p[i], S.p[q]] = [S.p[q], S.p[i]];
}

/** Takes row i out of the norms of the columns to its right; `stale` collects those that must be formed anew. */
function downdate(ws: Workspace, S: Pivoting, i: number, stale: number[]): void {
  const { norms, reference } = S;
  const limit = Math.sqrt(ws.eps);
  for (let j = i + 1; j < S.n; j++) {
    if (norms[j] === 0) continue;
    const ratio = Math.abs(ws.mem[S.A + i + j * S.lda]) / norms[j];
    const kept = Math.max(0, (1 + ratio) * (1 - ratio));
    if (kept * (norms[j] / reference[j]) ** 2 <= limit) stale.push(j);
    else norms[j] *= Math.sqrt(kept);
  }
}
