// Blocked Householder reduction to upper Hessenberg form, QᵀAQ = H.
//
// Maintained in a panel that starts at column j, for the rows and columns behind j ("inner"): with V the reflectors so
// far, T their compact WY factor and A as the panel found it,
//   Y = A·V·T,   QᵀAQ = (I − V·Tᵀ·Vᵀ)·(A − Y·Vᵀ),
// so that a column costs one product of the inner part and a vector, and the rest of the work is matrix products.
// Source: Quintana-Ortí & van de Geijn, ACM TOMS 32 (2006); Golub & Van Loan, 4th ed., §7.4.
import { advance } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { applyReflectors, type Reflectors, reflectorScratch } from "../parts/reflector.ts";
import { tuning } from "../tuning.ts";

/** The widest panel: the last one takes all columns that are left. */
const widest = (): number => Math.max(tuning.reflectorBlock, tuning.reductionCrossover);

/** Elements that `reduceToHessenberg` takes. */
export function hessenbergScratch(n: number): number {
  const nb = widest();
  const panels = 3 * matrixSize(n, nb) + matrixSize(nb, nb) + 2 * matrixSize(nb, n) + nb;
  return n + Math.max(panels, reflectorScratch(n, n));
}

/**
 * Overwrites A, n × n and upper triangular outside rows and columns lo … hi, with H = QᵀAQ; below the subdiagonal lie the
 * reflectors. Returns Q, which acts on entries lo+1 … hi. A reflector with nothing to annihilate is the identity, so a
 * matrix that is Hessenberg already keeps its bits.
 *
 * Entries are expected near 1 in magnitude. Cost: 10/3·m³ flops for m = hi − lo + 1, a fifth of them bound by memory.
 */
export function reduceToHessenberg(
  ws: Workspace,
  n: number,
  lo: number,
  hi: number,
  A: number,
  lda: number,
): Reflectors {
  const m = Math.max(0, hi - lo + 1);
  const tau = ws.alloc(Math.max(1, m));
  const B = A + lo * (lda + 1);
  for (let j = 0, width = 0; j < m - 2; j += width) {
    const rest = m - 2 - j;
    width = rest <= widest() ? rest : tuning.reflectorBlock;
    reducePanel(ws, m, j, width, B, lda, tau + j);
  }
  const Q: Reflectors = { order: Math.max(0, m - 1), count: Math.max(0, m - 2), A: B + 1, lda, byRows: false, tau };
  applyReflectors(ws, Q, "right", 0, lo, A + (lo + 1) * lda, lda);
  applyReflectors(ws, Q, "left", 1, n - 1 - hi, A + lo + 1 + (hi + 1) * lda, lda);
  return Q;
}

/** Columns j … j+width−1 of the m × m matrix at A, and what they do to the columns behind. */
function reducePanel(ws: Workspace, m: number, j: number, width: number, A: number, lda: number, tau: number): void {
  const { k, mem } = ws;
  const inner = m - j - 1; // rows and columns j+1 … m−1
  const mark = ws.mark();
  const ldv = leadingDimension(inner);
  const ldy = leadingDimension(m);
  const ldt = leadingDimension(width);
  const V = ws.alloc(ldv * width);
  const Y = ws.alloc(ldy * width);
  const T = ws.alloc(ldt * width);
  const product = ws.alloc(width);
  const lowerY = Y + j + 1;
  const start = A + j + 1 + j * lda; // first inner row of column j

  for (let c = 0; c < width; c++) {
    // Column j + c of QᵀAQ as far as it is known: from the right, where it is column c − 1 of the inner ones, and left.
    const b = start + c * lda;
    advance(10 * (inner - c) ** 2);
    if (c > 0) {
      k.gemv(inner, c, -1, lowerY, ldy, V + c - 1, ldv, b);
      mem.fill(0, product, product + c);
      k.gemvT(inner, c, 1, V, ldv, b, product, 1);
      timesTransposed(ws, c, T, ldt, product);
      k.gemv(inner, c, -1, V, ldv, product, 1, b);
    }
    const v = V + c * ldv;
    const t = k.reflector(inner - c, b + c);
    mem[tau + c] = t;
    mem.fill(0, v, v + c);
    mem[v + c] = 1;
    mem.copyWithin(v + c + 1, b + c + 1, b + inner);

    // T_c = [−τ·T·Vᵀv; τ] and y = A·V·T_c = τ·A·v + Y·(−τ·Vᵀv).
    const y = lowerY + c * ldy;
    mem.fill(0, product, product + c);
    k.gemvT(inner, c, -t, V, ldv, v, product, 1);
    mem.fill(0, y, y + inner);
    k.gemv(inner, inner - c, t, b + lda, lda, v + c, 1, y);
    k.gemv(inner, c, 1, lowerY, ldy, product, 1, y);
    const column = T + c * ldt;
    mem.fill(0, column, column + width);
    k.gemv(c, c, 1, T, ldt, product, 1, column);
    mem[column + c] = t;
  }

  // The rows above, columns j+1 … m−1: A ← A − (A·V·T)·Vᵀ.
  const above = j + 1;
  const right = A + above * lda;
  const W = ws.alloc(ldy * width);
  k.gemm(0, 0, above, width, inner, 1, right, lda, V, ldv, 0, W, ldy);
  k.gemm(0, 0, above, width, width, 1, W, ldy, T, ldt, 0, Y, ldy);
  k.gemm(0, 1, above, inner, width, -1, Y, ldy, V, ldv, 1, right, lda);

  // The inner rows of the columns behind the panel: from the right, then from the left.
  const behind = inner - width + 1;
  const rest = start + width * lda;
  k.gemm(0, 1, inner, behind, width, -1, lowerY, ldy, V + width - 1, ldv, 1, rest, lda);
  const P = ws.alloc(ldt * behind);
  const TP = ws.alloc(ldt * behind);
  k.gemm(1, 0, width, behind, inner, 1, V, ldv, rest, lda, 0, P, ldt);
  k.gemm(1, 0, width, behind, width, 1, T, ldt, P, ldt, 0, TP, ldt);
  k.gemm(0, 0, inner, behind, width, -1, V, ldv, TP, ldt, 1, rest, lda);
  ws.release(mark);
}

/** x ← Tᵀ·x for the upper triangular T of order n. */
function timesTransposed(ws: Workspace, n: number, T: number, ldt: number, x: number): void {
  for (let i = n - 1; i >= 0; i--) ws.mem[x + i] = ws.k.dot(i + 1, T + i * ldt, 1, x, 1);
}
