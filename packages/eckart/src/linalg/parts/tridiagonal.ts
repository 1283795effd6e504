// Blocked Householder reduction of a symmetric matrix to tridiagonal form.
//
// Maintained: QᵀSQ = T on the columns already reduced, and S − P·Rᵀ on the rest, where S is still as the panel found it.
// Step c adds two columns to each, (v, w) to P and (w, v) to R, so that the rank-2 corrections v·wᵀ + w·vᵀ of a whole
// panel are one product, whose lower triangle alone is made. Only the lower triangle of S is read and written. The last
// columns are reduced one by one, by a kernel.
// Source: Dongarra, Sorensen & Hammarling, J. Comput. Appl. Math. 27 (1989); Golub & Van Loan, 4th ed., §8.3.1.
import { copy, zero } from "../../kernels/moves.ts";
import { advance, WAITING } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { reflectorBlock, tuning } from "../tuning.ts";
import type { Reflectors } from "./reflector.ts";

/** Elements that `tridiagonalize` takes. */
export function tridiagonalizeScratch(n: number): number {
  return 3 * n + 2 * matrixSize(n, 2 * tuning.reflectorBlock) + 2 * tuning.reflectorBlock + 2;
}

/**
 * Overwrites the lower triangle of the symmetric n × n matrix at A with the reflectors of Q, and writes the n diagonal
 * and n − 1 other entries of T = QᵀSQ to the f64 offsets d and e. Returns Q, which acts on entries 1 … n−1.
 *
 * Nothing above the diagonal is read, and anything may be left there. The entries are expected near 1 in magnitude.
 * Cost: 4/3·n³ flops, half of them in products of a matrix and a vector.
 */
export function tridiagonalize(ws: Workspace, n: number, A: number, lda: number, d: number, e: number): Reflectors {
  const tau = ws.alloc(n);
  const mark = ws.mark();
  const ldp = leadingDimension(n);
  const nb = reflectorBlock(n);
  const P = ws.alloc(ldp * 2 * nb);
  const R = ws.alloc(ldp * 2 * nb);
  const { k, mem, mem64 } = ws;
  let j = 0;
  for (; n - j > Math.max(nb, tuning.tridiagonalRest); j += nb) {
    const corner = A + j * (lda + 1);
    reducePanel(ws, n - j, nb, corner, lda, d + j, e + j, tau + j, P, R, ldp);
    updateLower(ws, n - j - nb, 2 * nb, P + nb, R + nb, ldp, corner + nb * (lda + 1), lda);
  }
  ws.release(mark);
  // The rest stays in the nearer caches, and is reduced column by column.
  k.tridiagonalize(n - j, A + j * (lda + 1), lda, tau + j, ws.alloc(2 * (n - j) + 2));
  advance(WAITING * (4 / 3) * (n - j) ** 3);
  for (let at = A + j * (lda + 1); j < n; j++, at += lda + 1) {
    mem64[d + j] = mem[at];
    if (j < n - 1) mem64[e + j] = mem[at + 1];
  }
  ws.release(mark);
  return { order: n - 1, count: Math.max(0, n - 2), A: A + 1, lda, byRows: false, tau };
}

/** The first `width` columns of the lower triangle at A, n × n; row i of P and R belongs to row i of A. */
function reducePanel(
  ws: Workspace,
  n: number,
  width: number,
  A: number,
  lda: number,
  d: number,
  e: number,
  tau: number,
  P: number,
  R: number,
  ldp: number,
): void {
  const { k, mem, mem64 } = ws;
  const products = ws.alloc(2 * width);
  for (let c = 0; c < width; c++) {
    const column = A + c * (lda + 1);
    k.gemv(n - c, 2 * c, -1, P + c, ldp, R + c, ldp, column);
    mem64[d + c] = mem[column];
    const length = n - c - 1;
    advance(WAITING * 4 * length ** 2);

    const t = k.reflector(length, column + 1);
    mem[tau + c] = t;
    mem64[e + c] = mem[column + 1];

    // v, and w = τ·(S − P·Rᵀ)·v − ½·τ·(wᵀv)·v.
    const below = c + 1;
    const v = P + 2 * c * ldp + below;
    const w = v + ldp;
    mem[v] = 1;
    copy(mem, column + 2, length - 1, mem, v + 1);
    zero(mem, w, length);
    k.symv(length, length, t, column + lda + 1, lda, v, w);
    zero(mem, products, 2 * c);
    k.gemvT(length, 2 * c, -t, R + below, ldp, v, products, 1);
    k.gemv(length, 2 * c, 1, P + below, ldp, products, 1, w);
    k.axpy(length, (-t / 2) * k.dot(length, w, 1, v, 1), v, 1, w, 1);

    const other = R + 2 * c * ldp + below;
    copy(mem, w, length, mem, other);
    copy(mem, v, length, mem, other + ldp);
  }
}

/** The lower triangle of C ← C − P·Rᵀ, n × n with common length k, one block of columns after the other. */
export function updateLower(
  ws: Workspace,
  n: number,
  k: number,
  P: number,
  R: number,
  ldp: number,
  C: number,
  ldc: number,
): void {
  for (let j = 0; j < n; j += tuning.reflectorBlock) {
    const columns = Math.min(tuning.reflectorBlock, n - j);
    ws.k.gemm(0, 1, n - j, columns, k, -1, P + j, ldp, R + j, ldp, 1, C + j * (ldc + 1), ldc);
  }
}
