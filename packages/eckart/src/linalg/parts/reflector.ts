// Householder reflectors H = I − τ·v·vᵀ, v₀ = 1, alone and in blocks.
//
// Invariant of a block: H₀·H₁ ⋯ H_{k−1} = I − V·T·Vᵀ with V unit lower trapezoidal and T upper triangular, the compact WY
// form of Schreiber & Van Loan (SIAM J. Sci. Stat. Comput. 10, 1989). V is kept explicit, its ones and zeros written
// out, so that a block is applied by general matrix products alone.
import { zero } from "../../kernels/moves.ts";
import { advance } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { reflectorBlock, reflectorsAlone, tuning } from "../tuning.ts";

/** Reflectors as a reduction leaves them: vⱼ below (or right of) entry (j, j) of the matrix at A. */
export interface Reflectors {
  /** Length of v₀: the order of Q. */
  readonly order: number;
  /** How many reflectors there are. */
  readonly count: number;
  readonly A: number;
  readonly lda: number;
  /** Whether vⱼ lies along row j of A, and not along column j. */
  readonly byRows: boolean;
  /** Offset of τ₀ … τ_{count−1}. */
  readonly tau: number;
}

/** A block of reflectors j0 … j0+k−1 in compact WY form; V has order − j0 rows. */
interface Block {
  readonly rows: number;
  readonly k: number;
  readonly V: number;
  readonly ldv: number;
  readonly T: number;
  readonly ldt: number;
}

function loadBlock(ws: Workspace, R: Reflectors, j0: number, k: number): Block {
  const rows = R.order - j0;
  const ldv = leadingDimension(rows);
  const ldt = leadingDimension(k);
  const V = ws.alloc(ldv * k);
  const T = ws.alloc(ldt * k);
  const gram = ws.alloc(ldt * k);
  const { mem } = ws;
  const corner = R.A + j0 * (R.lda + 1);
  if (R.byRows) ws.k.transpose(k, rows, corner, R.lda, V, ldv);
  for (let j = 0; j < k; j++) {
    const column = V + j * ldv;
    const from = corner + j * R.lda;
    zero(mem, column, j);
    mem[column + j] = 1;
    if (!R.byRows) mem.copyWithin(column + j + 1, from + j + 1, from + rows);
  }
  ws.k.gemm(1, 0, k, k, rows, 1, V, ldv, V, ldv, 0, gram, ldt);
  ws.k.wyTriangle(k, R.tau + j0, gram, ldt, T, ldt);
  return { rows, k, V, ldv, T, ldt };
}

/** C ← (I − V·op(T)·Vᵀ)·C for C of `rows` rows and n columns. */
function applyLeft(ws: Workspace, B: Block, transpose: 0 | 1, n: number, C: number, ldc: number): void {
  const { rows, k, V, ldv, T, ldt } = B;
  const ldw = leadingDimension(k);
  const mark = ws.mark();
  const W = ws.alloc(ldw * n);
  const TW = ws.alloc(ldw * n);
  ws.k.gemm(1, 0, k, n, rows, 1, V, ldv, C, ldc, 0, W, ldw);
  ws.k.gemm(transpose, 0, k, n, k, 1, T, ldt, W, ldw, 0, TW, ldw);
  ws.k.gemm(0, 0, rows, n, k, -1, V, ldv, TW, ldw, 1, C, ldc);
  ws.release(mark);
}

/** C ← C·(I − V·op(T)·Vᵀ) for C of m rows and `rows` columns. */
function applyRight(ws: Workspace, B: Block, transpose: 0 | 1, m: number, C: number, ldc: number): void {
  const { rows, k, V, ldv, T, ldt } = B;
  const ldw = leadingDimension(m);
  const mark = ws.mark();
  const W = ws.alloc(ldw * k);
  const WT = ws.alloc(ldw * k);
  ws.k.gemm(0, 0, m, k, rows, 1, C, ldc, V, ldv, 0, W, ldw);
  ws.k.gemm(0, transpose, m, k, k, 1, W, ldw, T, ldt, 0, WT, ldw);
  ws.k.gemm(0, 1, m, rows, k, -1, WT, ldw, V, ldv, 1, C, ldc);
  ws.release(mark);
}

/** Elements that `applyReflectors` and `formOrthogonal` take, Q of the given order, `other` columns or rows beside it. */
export function reflectorScratch(order: number, other: number): number {
  const nb = tuning.reflectorBlock;
  const alone = Math.min(order, reflectorsAlone());
  return (
    Math.max(matrixSize(order, nb), matrixSize(alone, alone)) +
    2 * matrixSize(nb, nb) +
    2 * Math.max(matrixSize(nb, other), matrixSize(other, nb)) +
    64
  );
}

/**
 * C ← op(Q)·C ("left", C is order × other) or C ← C·op(Q) ("right", C is other × order) for Q = H₀·H₁ ⋯.
 * Cost: 4·order·count·other flops.
 */
export function applyReflectors(
  ws: Workspace,
  R: Reflectors,
  side: "left" | "right",
  transpose: 0 | 1,
  other: number,
  C: number,
  ldc: number,
): void {
  if (side === "left" && R.order <= reflectorsAlone()) {
    const mark = ws.mark();
    const ldv = R.byRows ? leadingDimension(R.order) : R.lda;
    const V = R.byRows ? ws.alloc(ldv * R.count) : R.A;
    if (R.byRows) ws.k.transpose(R.count, R.order, R.A, R.lda, V, ldv);
    ws.k.reflect(transpose, R.order, other, R.count, V, ldv, R.tau, C, ldc);
    ws.release(mark);
    advance(4 * R.order * R.count * other);
    return;
  }
  const nb = reflectorBlock(R.order);
  const blocks = Math.ceil(R.count / nb);
  // Q = B₀·B₁ ⋯: the block next to C goes first.
  const ascending = (side === "left") === (transpose === 1);
  for (let b = 0; b < blocks; b++) {
    const j0 = (ascending ? b : blocks - 1 - b) * nb;
    const mark = ws.mark();
    const B = loadBlock(ws, R, j0, Math.min(nb, R.count - j0));
    if (side === "left") applyLeft(ws, B, transpose, other, C + j0, ldc);
    else applyRight(ws, B, transpose, other, C + j0 * ldc, ldc);
    ws.release(mark);
    advance(4 * B.rows * B.k * other);
  }
}

/** Elements that `applyToTop` takes for that many reflectors and columns. */
export function topScratch(count: number, n: number): number {
  return 2 * (matrixSize(count, count) + matrixSize(count, n)) + 64;
}

/**
 * C ← Q·[C; 0] for C of count × n, which becomes order × n; for Q with far more rows than reflectors, which lie in columns
 * and become V. With all of them in one block only the top of V meets C:
 *   Q·[C; 0] = [C; 0] − V·(T·(V₁ᵀ·C)),   V₁ the first `count` rows of V.
 * Cost: order·count² + 2·order·count·n + (count/3 + 4n)·count² flops.
 */
export function applyToTop(ws: Workspace, R: Reflectors, n: number, C: number, ldc: number): void {
  const { order, count, A: V, lda: ldv } = R;
  const { k, mem } = ws;
  const ld = leadingDimension(count);
  const mark = ws.mark();
  const [gram, T] = [ws.alloc(ld * count), ws.alloc(ld * count)];
  const [W, TW] = [ws.alloc(ld * n), ws.alloc(ld * n)];
  for (let j = 0; j < count; j++) {
    zero(mem, V + j * ldv, j);
    mem[V + j * (ldv + 1)] = 1;
  }
  for (let j = 0; j < count; j += tuning.reflectorBlock) {
    // The columns from j on begin with j zeros, and of VᵀV the upper triangle is enough.
    const width = Math.min(tuning.reflectorBlock, count - j);
    k.gemm(1, 0, j + width, width, order - j, 1, V + j, ldv, V + j * (ldv + 1), ldv, 0, gram + j * ld, ld);
  }
  k.wyTriangle(count, R.tau, gram, ld, T, ld);
  k.gemm(1, 0, count, n, count, 1, V, ldv, C, ldc, 0, W, ld);
  k.gemm(0, 0, count, n, count, 1, T, ld, W, ld, 0, TW, ld);
  k.gemm(0, 0, count, n, count, -1, V, ldv, TW, ld, 1, C, ldc);
  k.gemm(0, 0, order - count, n, count, -1, V + count, ldv, TW, ld, 0, C + count, ldc);
  ws.release(mark);
  advance(4 * order * count * n);
}

/** Q ← the first n columns of H₀·H₁ ⋯, order × n, at `Q`. Cost: 4·order·n·count − 2·(order + n)·count² + 4/3·count³ flops. */
export function formOrthogonal(ws: Workspace, R: Reflectors, n: number, Q: number, ldq: number): void {
  const { mem } = ws;
  for (let j = 0; j < n; j++) {
    zero(mem, Q + j * ldq, R.order);
    if (j < R.order) mem[Q + j * (ldq + 1)] = 1;
  }
  const nb = reflectorBlock(R.order);
  for (let j0 = Math.floor((R.count - 1) / nb) * nb; j0 >= 0; j0 -= nb) {
    const mark = ws.mark();
    const B = loadBlock(ws, R, j0, Math.min(nb, R.count - j0));
    // Columns before j0 are still those of the identity below row j0, which the block leaves alone.
    if (n > j0) applyLeft(ws, B, 0, n - j0, Q + j0 * (ldq + 1), ldq);
    ws.release(mark);
    advance(4 * B.rows * B.k * Math.max(0, n - j0));
  }
}
