// Blocked Householder reduction to upper bidiagonal form, m ≥ n.
//
// Maintained: Qᵀ·A·P = B on the rows and columns already reduced, and A − X·Yᵀ on the rest, where A is still as the
// panel found it. X and Y hold two columns a step: the left reflector v with y, and x with the right reflector u, so
// that every correction of the panel is one product with X or Y, and the update behind the panel is a single one.
// Source: Dongarra, Sorensen & Hammarling, J. Comput. Appl. Math. 27 (1989) for the panel; Howell, Demmel, Fulton,
// Hammarling & Marmol, TOMS 34 (2008) for the pass that reads A once for Aᵀv and A·u.
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { advance, WAITING } from "../../kernels/progress.ts";
import type { Reflectors } from "../parts/reflector.ts";
import { reflectorBlock, tuning } from "../tuning.ts";

/** Where a reduction to bidiagonal form lies, A = Q·B·Pᵀ. */
export interface Bidiagonal {
  /** Reflectors of Q, n of them. */
  readonly Q: Reflectors;
  /** Reflectors of P, n − 1 of them, acting on entries 1 … n−1. */
  readonly P: Reflectors;
}

/** Elements that `bidiagonalize` takes. */
export function bidiagonalizeScratch(m: number, n: number): number {
  const nb = tuning.reflectorBlock;
  return matrixSize(m, 2 * nb) + matrixSize(n, 2 * nb) + 2 * n + 4 * n + m + 4 * nb + 64;
}

/**
 * Overwrites A, m × n, m ≥ n, with the reflectors of Q (below the diagonal) and P (right of the superdiagonal), and
 * writes the n diagonal and n − 1 superdiagonal entries of B to the f64 offsets d and e.
 *
 * The entries of A are expected near 1 in magnitude. Cost: 4n²(m − n/3) flops, half of them in one pass over A a column.
 */
export function bidiagonalize(
  ws: Workspace,
  m: number,
  n: number,
  A: number,
  lda: number,
  d: number,
  e: number,
): Bidiagonal {
  const tauQ = ws.alloc(n);
  const tauP = ws.alloc(n);
  const mark = ws.mark();
  const nb = Math.min(reflectorBlock(n), n);
  const ldx = leadingDimension(m);
  const ldy = leadingDimension(n);
  const X = ws.alloc(ldx * 2 * nb);
  const Y = ws.alloc(ldy * 2 * nb);
  const { k, mem, mem64 } = ws;
  let j = 0;
  for (; n - j > Math.max(nb, tuning.bidiagonalRest); j += nb) {
    const corner = A + j * (lda + 1);
    reducePanel(ws, m - j, n - j, nb, corner, lda, d + j, e + j, tauQ + j, tauP + j, X, ldx, Y, ldy);
    const next = corner + nb * (lda + 1);
    k.gemm(0, 1, m - j - nb, n - j - nb, 2 * nb, -1, X + nb, ldx, Y + nb, ldy, 1, next, lda);
  }
  ws.release(mark);
  // The rest stays in the nearer caches, and is reduced column by column.
  const work = ws.alloc(m + 2 * n + 2);
  k.bidiagonalize(m - j, n - j, A + j * (lda + 1), lda, tauQ + j, tauP + j, work);
  advance(WAITING * 4 * (n - j) ** 2 * (m - j - (n - j) / 3));
  for (let at = A + j * (lda + 1); j < n; j++, at += lda + 1) {
    mem64[d + j] = mem[at];
    if (j < n - 1) mem64[e + j] = mem[at + lda];
  }
  ws.release(mark);
  return {
    Q: { order: m, count: n, A, lda, byRows: false, tau: tauQ },
    P: { order: n - 1, count: Math.max(0, n - 1), A: A + lda, lda, byRows: true, tau: tauP },
  };
}

/**
 * The first `width` columns and rows of A, m × n. Row i of X and Y belongs to row i and column i of A; columns 2i and
 * 2i + 1 of X are vᵢ and xᵢ, those of Y are yᵢ and uᵢ.
 */
function reducePanel(
  ws: Workspace,
  m: number,
  n: number,
  width: number,
  A: number,
  lda: number,
  d: number,
  e: number,
  tauQ: number,
  tauP: number,
  X: number,
  ldx: number,
  Y: number,
  ldy: number,
): void {
  const { k, mem, mem64 } = ws;
  const mark = ws.mark();
  const correction = ws.alloc(n);
  const row = ws.alloc(n);
  const z = ws.alloc(m);
  const product = ws.alloc(2 * width + 1);
  for (let i = 0; i < width; i++) {
    const rows = m - i; // of the part still to reduce
    const cols = n - i - 1; // right of column i
    const pivot = A + i * (lda + 1);
    const v = X + i + 2 * i * ldx;
    const x = v + ldx;
    const y = Y + i + 2 * i * ldy;
    const u = y + ldy;
    advance(WAITING * 8 * rows * cols);

    // Column i of A − X·Yᵀ, and the reflector that makes it dᵢ·e₀.
    k.gemv(rows, 2 * i, -1, X + i, ldx, Y + i, ldy, pivot);
    const tau = k.reflector(rows, pivot);
    mem64[d + i] = mem[pivot];
    mem[tauQ + i] = tau;
    mem.copyWithin(v, pivot, pivot + rows);
    mem[v] = 1;

    // yᵀ = τ·vᵀ(A − X·Yᵀ), the row w = row i of (A − X·Yᵀ) − yᵀ, and z = A·w, in one pass over A.
    const right = pivot + lda;
    mem.fill(0, product, product + 2 * i);
    k.gemvT(rows, 2 * i, 1, X + i, ldx, v, product, 1);
    mem.fill(0, correction, correction + cols);
    k.gemv(cols, 2 * i, 1, Y + i + 1, ldy, product, 1, correction);
    for (let j = 0; j < cols; j++) mem[row + j] = mem[right + j * lda];
    k.gemv(cols, 2 * i, -1, Y + i + 1, ldy, X + i, ldx, row);
    mem.fill(0, z, z + rows);
    k.bidiagonalPass(rows, cols, right, lda, v, tau, correction, row, 1, y + 1, u + 1, z);

    // The reflector that makes the row eᵢ·e₀ᵀ: u = (w − β·e₀)/(w₀ − β).
    const w0 = mem[u + 1];
    const tauRow = k.reflector(cols, u + 1);
    const beta = mem[u + 1];
    mem64[e + i] = beta;
    mem[tauP + i] = tauRow;
    mem[u + 1] = 1;
    mem[y] = mem[u] = 0;
    for (let j = 1; j < cols; j++) mem[right + j * lda] = mem[u + 1 + j];

    // x = τ·(A − X·Yᵀ)·u below row i, with A·u = (z − β·A·e₀)/(w₀ − β) from the pass.
    mem[x] = 0;
    const below = rows - 1;
    if (tauRow === 0) {
      mem.fill(0, x + 1, x + 1 + below);
      continue;
    }
    if (Math.abs(beta) > ws.tiny / ws.eps ** 2) {
      mem.copyWithin(x + 1, z + 1, z + rows);
      k.axpy(below, -beta, right + 1, 1, x + 1, 1);
      k.scal(below, 1 / (w0 - beta), x + 1, 1);
    } else {
      // The pass worked on subnormal numbers: multiply by u itself.
      mem.fill(0, x + 1, x + 1 + below);
      k.gemv(below, cols, 1, right + 1, lda, u + 1, 1, x + 1);
    }
    mem.fill(0, product, product + 2 * i + 1);
    k.gemvT(cols, 2 * i + 1, 1, Y + i + 1, ldy, u + 1, product, 1);
    k.gemv(below, 2 * i + 1, -1, X + i + 1, ldx, product, 1, x + 1);
    k.scal(below, tauRow, x + 1, 1);
  }
  ws.release(mark);
}
