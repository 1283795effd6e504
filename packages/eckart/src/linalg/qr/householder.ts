// Blocked Householder QR.
//
// Maintained: A = H₀·H₁ ⋯ H_{k−1}·R. Column j of A holds Rⱼ down to the diagonal and vⱼ, its leading 1 left out, below.
// A panel of columns is factored by halves (Elmroth & Gustavson, IBM J. Res. Develop. 44, 2000); then its reflectors
// pass over the columns to its right as one block.
import { zero } from "../../kernels/moves.ts";
import type { Workspace } from "../../kernels/workspace.ts";
import { applyReflectors, reflectorScratch, type Reflectors } from "../parts/reflector.ts";
import { tuning } from "../tuning.ts";

const LEAF = 8; // columns factored one by one: a block of fewer reflectors costs more to set up than it saves

/** The reflectors that `qrInPlace` and `pivotedQrInPlace` leave in A, m × n. */
export function qrReflectors(m: number, n: number, A: number, lda: number, tau: number): Reflectors {
  return { order: m, count: Math.min(m, n), A, lda, byRows: false, tau };
}

/** Elements that `qrInPlace` takes. */
export function qrScratch(m: number, n: number): number {
  return reflectorScratch(m, n) + n;
}

/**
 * A ← QR factors of A, m × n of any shape: R on and above the diagonal, reflectors below it (`qrReflectors`), their
 * min(m, n) scalars at `tau`. The diagonal of R has the signs that avoid cancellation, mostly opposite to A's.
 *
 * A must be scaled such that its column norms are finite. Cost: 2n²(m − n/3) flops for m ≥ n, 2m²(n − m/3) for m < n.
 */
export function qrInPlace(ws: Workspace, m: number, n: number, A: number, lda: number, tau: number): void {
  const k = Math.min(m, n);
  const nb = tuning.reflectorBlock;
  for (let j = 0; j < k; j += nb) {
    const width = Math.min(nb, k - j);
    factorPanel(ws, m - j, width, A + j * (lda + 1), lda, tau + j);
    applyPanel(ws, m - j, width, n - j - width, A + j * (lda + 1), lda, tau + j);
  }
}

/** C ← Hₙ₋₁ ⋯ H₀·C for the m × n panel of reflectors at A and the columns C right beside it. */
function applyPanel(ws: Workspace, m: number, n: number, columns: number, A: number, lda: number, tau: number): void {
  if (columns > 0) applyReflectors(ws, qrReflectors(m, n, A, lda, tau), "left", 1, columns, A + n * lda, lda);
}

/** QR of a panel, m ≥ n. */
function factorPanel(ws: Workspace, m: number, n: number, A: number, lda: number, tau: number): void {
  if (n <= LEAF) return factorColumns(ws, m, n, A, lda, tau);
  const left = n >> 1;
  factorPanel(ws, m, left, A, lda, tau);
  applyPanel(ws, m, left, n - left, A, lda, tau);
  factorPanel(ws, m - left, n - left, A + left * (lda + 1), lda, tau + left);
}

/** QR of a few columns, m ≥ n, one reflector after the other. */
function factorColumns(ws: Workspace, m: number, n: number, A: number, lda: number, tau: number): void {
  const { k, mem } = ws;
  const mark = ws.mark();
  const w = ws.alloc(n);
  for (let j = 0; j < n; j++) {
    const diagonal = A + j * (lda + 1);
    const right = n - 1 - j;
    mem[tau + j] = k.reflector(m - j, diagonal);
    const r = mem[diagonal];
    mem[diagonal] = 1; // v, explicit for the kernels
    zero(mem, w, right);
    k.gemvT(m - j, right, 1, diagonal + lda, lda, diagonal, w, 1);
    k.ger(m - j, right, -mem[tau + j], diagonal, w, 1, diagonal + lda, lda);
    mem[diagonal] = r;
  }
  ws.release(mark);
}
