// Complex Householder reflectors H = I − τ·v·vᴴ, v₀ = 1, alone and in blocks. H is unitary and, unlike a real one, not
// its own inverse: τ is complex, so that Hᴴ can make a vector a real multiple of e₀.
//
// Invariant of a block: H₀·H₁ ⋯ H_{k−1} = I − V·T·Vᴴ with V unit lower trapezoidal and T upper triangular, kept as the
// panel V̂ (panel.ts) and the real 2k × 2k matrix T̂ that multiplies layouts of coefficients as T multiplies
// coefficients: its columns come in pairs t and i·t too, and its transpose belongs to Tᴴ.
// Source: Schreiber & Van Loan, SIAM J. Sci. Stat. Comput. 10 (1989); Lehoucq, The computation of elementary unitary
// matrices, ACM TOMS 22 (1996), for τ.
import { advance } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import type { Complex } from "../../matrix/complex.ts";
import { tuning } from "../tuning.ts";
import { allocSplit, scaleBy, shifted, type Split, writeTurned } from "./panel.ts";

/**
 * The reflector with Hᴴ·x = β·e₀, β real, for the n ≥ 1 entries of x, dx apart. Writes β over x₀ and the tail of v over
 * the rest, and returns τ, which is 0 (H = I) when x is such a multiple already.
 */
export function makeReflector(ws: Workspace, n: number, x: Split, dx = 1): Complex {
  const { k, mem } = ws;
  const tail = shifted(x, dx);
  const tailNorm = (): number => (n > 1 ? Math.hypot(k.nrm2(n - 1, tail.re, dx), k.nrm2(n - 1, tail.im, dx)) : 0);
  let norm = tailNorm();
  let re = mem[x.re];
  let im = mem[x.im];
  if (norm === 0 && im === 0) return { re: 0, im: 0 };
  let beta = -Math.sign(re || 1) * Math.hypot(re, im, norm);
  // Close to underflow v = x/(x₀ − β) would lose digits: work on a multiple that is in range, at most a few times.
  const least = ws.tiny / ws.eps;
  let rescaled = 0;
  while (Math.abs(beta) < least && rescaled < 20) {
    rescaled++;
    scaleBy(ws, n - 1, 1 / least, 0, tail, dx);
    beta /= least;
    re /= least;
    im /= least;
  }
  if (rescaled > 0) {
    norm = tailNorm();
    beta = -Math.sign(re || 1) * Math.hypot(re, im, norm);
  }
  // 1/(x₀ − β): β has the sign against re x₀, so nothing cancels, and the quotients below are at most 1.
  const pivot = re - beta;
  const ratio = im / pivot;
  const inverse = 1 / (pivot + im * ratio);
  scaleBy(ws, n - 1, inverse, -ratio * inverse, tail, dx);
  const tau = { re: -pivot / beta, im: -im / beta };
  for (; rescaled > 0; rescaled--) beta *= least;
  mem[x.re] = beta;
  mem[x.im] = 0;
  return tau;
}

/** Reflectors as a reduction leaves them: vⱼ below (or right of) entry (j, j) of the matrix A. */
export interface Reflectors {
  /** Length of v₀: the order of Q. */
  readonly order: number;
  /** How many reflectors there are. */
  readonly count: number;
  readonly A: Split;
  /** Whether vⱼ lies along row j of A, and not along column j. */
  readonly byRows: boolean;
  /** Offset of re τ₀, im τ₀, re τ₁, … */
  readonly tau: number;
}

/** A block of reflectors j0 … j0+k−1; V has order − j0 rows. */
interface Block {
  readonly rows: number;
  readonly k: number;
  readonly V: Split;
  readonly T: number;
  readonly ldt: number;
}

function loadBlock(ws: Workspace, R: Reflectors, j0: number, k: number): Block {
  const { mem } = ws;
  const rows = R.order - j0;
  const V = allocSplit(ws, leadingDimension(rows), 2 * k);
  const from = shifted(R.A, j0 * (R.A.ld + 1));
  const [down, along] = R.byRows ? [R.A.ld, 1] : [1, R.A.ld];
  for (let j = 0; j < k; j++) {
    const v = shifted(V, 2 * j * V.ld);
    for (const part of ["re", "im"] as const) {
      const column = v[part];
      mem.fill(0, column, column + j + 1);
      for (let i = j + 1, at = from[part] + j * along + i * down; i < rows; i++, at += down) mem[column + i] = mem[at];
    }
    mem[v.re + j] = 1;
    writeTurned(ws, rows, v);
  }
  return { rows, k, V, ...formT(ws, rows, k, V, R.tau + 2 * j0) };
}

/** T by columns: Tⱼ = τⱼ·[−T·(Vᴴvⱼ); 1]. */
function formT(ws: Workspace, rows: number, k: number, V: Split, tau: number): { T: number; ldt: number } {
  const { mem } = ws;
  const ldt = leadingDimension(2 * k);
  const T = ws.alloc(ldt * 2 * k);
  const gram = ws.alloc(ldt * 2 * k);
  ws.k.gemm(1, 0, 2 * k, 2 * k, rows, 1, V.re, V.ld, V.re, V.ld, 0, gram, ldt);
  ws.k.gemm(1, 0, 2 * k, 2 * k, rows, 1, V.im, V.ld, V.im, V.ld, 1, gram, ldt);
  for (let j = 0; j < k; j++) {
    const column = T + 2 * j * ldt;
    const products = gram + 2 * j * ldt;
    const re = mem[tau + 2 * j];
    const im = mem[tau + 2 * j + 1];
    mem.fill(0, column, column + 2 * k);
    for (let p = 0; p < 2 * j; p += 2) {
      const [x, y] = [mem[products + p], mem[products + p + 1]];
      ws.k.axpy(p + 2, im * y - re * x, T + p * ldt, 1, column, 1);
      ws.k.axpy(p + 2, -(re * y + im * x), T + (p + 1) * ldt, 1, column, 1);
    }
    mem[column + 2 * j] = re;
    mem[column + 2 * j + 1] = im;
    for (let p = 0; p < 2 * k; p += 2) {
      mem[column + ldt + p] = -mem[column + p + 1];
      mem[column + ldt + p + 1] = mem[column + p];
    }
  }
  return { T, ldt };
}

/** C ← (I − V·op(T)·Vᴴ)·C for C of `rows` rows and n columns. */
function applyBlock(ws: Workspace, { rows, k, V, T, ldt }: Block, adjoint: 0 | 1, n: number, C: Split): void {
  const W = ws.alloc(ldt * n);
  const TW = ws.alloc(ldt * n);
  ws.k.gemm(1, 0, 2 * k, n, rows, 1, V.re, V.ld, C.re, C.ld, 0, W, ldt);
  ws.k.gemm(1, 0, 2 * k, n, rows, 1, V.im, V.ld, C.im, C.ld, 1, W, ldt);
  ws.k.gemm(adjoint, 0, 2 * k, n, 2 * k, 1, T, ldt, W, ldt, 0, TW, ldt);
  ws.k.gemm(0, 0, rows, n, 2 * k, -1, V.re, V.ld, TW, ldt, 1, C.re, C.ld);
  ws.k.gemm(0, 0, rows, n, 2 * k, -1, V.im, V.ld, TW, ldt, 1, C.im, C.ld);
}

/** Elements that `applyReflectors` takes, Q of the given order, `other` columns in C. */
export function reflectorScratch(order: number, other: number): number {
  const k = 2 * tuning.reflectorBlock;
  return 2 * matrixSize(order, k) + 2 * matrixSize(k, k) + 2 * matrixSize(k, other);
}

/** C ← Q·C, or Qᴴ·C where `adjoint` is 1, C order × other, for Q = H₀·H₁ ⋯. Cost: 16·order·count·other flops. */
export function applyReflectors(ws: Workspace, R: Reflectors, adjoint: 0 | 1, other: number, C: Split): void {
  const nb = tuning.reflectorBlock;
  const blocks = Math.ceil(R.count / nb);
  for (let b = 0; b < blocks; b++) {
    // Q = B₀·B₁ ⋯: the block next to C goes first.
    const j0 = (adjoint ? b : blocks - 1 - b) * nb;
    const k = Math.min(nb, R.count - j0);
    const mark = ws.mark();
    applyBlock(ws, loadBlock(ws, R, j0, k), adjoint, other, shifted(C, j0));
    ws.release(mark);
    advance(16 * (R.order - j0) * k * other);
  }
}
