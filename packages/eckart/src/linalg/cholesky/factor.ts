// Cholesky factorisation by halves.
//
// Maintained: S = L·Lᵀ; L takes the place of the lower triangle of S, and the upper one is never read.
import type { Workspace } from "../../kernels/workspace.ts";
import { solveTriangular } from "../parts/triangular.ts";
import { tuning } from "../tuning.ts";

const LEAF = 8; // columns eliminated one by one: matrix products of fewer lose to their packing

/**
 * Lower triangle of S ← L for S = L·Lᵀ of order n. Returns −1, or the first column at which the rest of S is not
 * positive, where it stops. Cost: n³/3 flops.
 */
export function choleskyInPlace(ws: Workspace, n: number, S: number, lds: number): number {
  if (n <= LEAF) return eliminate(ws, n, S, lds);
  const h = n >> 1;
  const S21 = S + h;
  const S22 = S21 + h * lds;
  const failed = choleskyInPlace(ws, h, S, lds);
  if (failed >= 0) return failed;
  const L11 = { T: S, ldt: lds, upper: 0, trans: 1, unit: 0 } as const;
  solveTriangular(ws, "right", L11, n - h, h, S21, lds); // L₂₁ = S₂₁L₁₁⁻ᵀ
  subtractGram(ws, n - h, h, S21, lds, S22, lds); // S₂₂ − L₂₁L₂₁ᵀ
  const later = choleskyInPlace(ws, n - h, S22, lds);
  return later < 0 ? later : later + h;
}

/** Lower triangle of C ← C − A·Aᵀ for A, n × k. */
function subtractGram(ws: Workspace, n: number, k: number, A: number, lda: number, C: number, ldc: number): void {
  if (n <= tuning.panel) return ws.k.gemm(0, 1, n, n, k, -1, A, lda, A, lda, 1, C, ldc);
  const h = n >> 1;
  subtractGram(ws, h, k, A, lda, C, ldc);
  ws.k.gemm(0, 1, n - h, h, k, -1, A + h, lda, A, lda, 1, C + h, ldc);
  subtractGram(ws, n - h, k, A + h, lda, C + h * (ldc + 1), ldc);
}

/** One column after the other. */
function eliminate(ws: Workspace, n: number, S: number, lds: number): number {
  const { k, mem } = ws;
  for (let j = 0; j < n; j++) {
    const diagonal = S + j * (lds + 1);
    if (!(mem[diagonal] > 0)) return j;
    const root = Math.sqrt(mem[diagonal]);
    mem[diagonal] = root;
    for (let i = 1; i < n - j; i++) mem[diagonal + i] /= root;
    for (let p = 1; p < n - j; p++) {
      k.axpy(n - j - p, -mem[diagonal + p], diagonal + p, 1, diagonal + p * (lds + 1), 1);
    }
  }
  return -1;
}
