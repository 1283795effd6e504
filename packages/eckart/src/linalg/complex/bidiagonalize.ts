// Blocked Householder reduction of a complex matrix to a real upper bidiagonal one, m ≥ n.
//
// Maintained: Qᴴ·A·P = B on the rows and columns already reduced, and A − X·Yᴴ on the rest, where A is still as the panel
// found it. X and Y gain two columns a step: the left reflector v with y = τ·Aᴴv, and x = τ·A·u with the right
// reflector u. B is real, so from here on everything but the vectors' way back is a real problem.
// Source: Dongarra, Sorensen & Hammarling, J. Comput. Appl. Math. 27 (1989).
import { advance, WAITING } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { tuning } from "../tuning.ts";
import {
  addCombination,
  addTimes,
  addTimesConjugate,
  allocSplit,
  clear,
  project,
  scaleBy,
  shifted,
  type Split,
  subtractProduct,
  writeTurned,
} from "./panel.ts";
import { makeReflector, type Reflectors } from "./reflector.ts";

/** Where a reduction to bidiagonal form lies, A = Q·B·Pᴴ. */
export interface Bidiagonal {
  /** Reflectors of Q, n of them. */
  readonly Q: Reflectors;
  /** Reflectors of P, n − 1 of them, acting on entries 1 … n−1. */
  readonly P: Reflectors;
}

/** Elements that `bidiagonalize` takes. */
export function bidiagonalizeScratch(m: number, n: number): number {
  const columns = 4 * tuning.reflectorBlock;
  return 4 * n + 2 * matrixSize(m, columns) + 2 * matrixSize(n, columns) + columns;
}

/**
 * Overwrites A, m × n, m ≥ n, with the reflectors of Q (below the diagonal) and P (right of the superdiagonal), and
 * writes the n diagonal and n − 1 superdiagonal entries of B to the f64 offsets d and e.
 *
 * The entries of A are expected near 1 in magnitude. Cost: 16n²(m − n/3) flops, half of them in products of a matrix and
 * a vector.
 */
export function bidiagonalize(ws: Workspace, m: number, n: number, A: Split, d: number, e: number): Bidiagonal {
  const tauQ = ws.alloc(2 * n);
  const tauP = ws.alloc(2 * n);
  const mark = ws.mark();
  const nb = Math.min(tuning.reflectorBlock, n);
  const X = allocSplit(ws, leadingDimension(m), 4 * nb);
  const Y = allocSplit(ws, leadingDimension(n), 4 * nb);
  for (let j = 0; j < n; j += nb) {
    const width = Math.min(nb, n - j);
    const corner = shifted(A, j * (A.ld + 1));
    reducePanel(ws, m - j, n - j, width, corner, d + j, e + j, tauQ + 2 * j, tauP + 2 * j, X, Y);
    const next = shifted(corner, width * (A.ld + 1));
    subtractProduct(ws, m - j - width, n - j - width, 2 * width, shifted(X, width), shifted(Y, width), next);
  }
  ws.release(mark);
  return {
    Q: { order: m, count: n, A, byRows: false, tau: tauQ },
    P: { order: n - 1, count: Math.max(0, n - 1), A: shifted(A, A.ld), byRows: true, tau: tauP },
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
  A: Split,
  d: number,
  e: number,
  tauQ: number,
  tauP: number,
  X: Split,
  Y: Split,
): void {
  const { mem, mem64 } = ws;
  const mark = ws.mark();
  const product = ws.alloc(4 * width);
  for (let i = 0; i < width; i++) {
    const rows = m - i; // of the part still to reduce
    const cols = n - i - 1; // right of column i
    const done = 2 * i; // columns of the panels
    const pivot = shifted(A, i * (A.ld + 1));
    const right = shifted(pivot, A.ld);
    const [rowsOfX, rowsOfY] = [shifted(X, i), shifted(Y, i + 1)];
    const v = shifted(X, i + 4 * i * X.ld);
    const x = shifted(v, 2 * X.ld);
    const y = shifted(Y, i + 4 * i * Y.ld);
    const u = shifted(y, 2 * Y.ld);
    advance(WAITING * 32 * rows * cols);

    // Column i of A − X·Yᴴ, and the reflector that makes it dᵢ·e₀.
    addCombination(ws, rows, done, -1, rowsOfX, Y.re + i, Y.ld, pivot);
    const tau = makeReflector(ws, rows, pivot);
    mem64[d + i] = mem[pivot.re];
    mem[tauQ + 2 * i] = tau.re;
    mem[tauQ + 2 * i + 1] = tau.im;
    mem.copyWithin(v.re, pivot.re, pivot.re + rows);
    mem.copyWithin(v.im, pivot.im, pivot.im + rows);
    mem[v.re] = 1;
    writeTurned(ws, rows, v);

    // y = τ·(A − X·Yᴴ)ᴴ·v, which turns column i itself into what it is already.
    clear(ws, cols + 1, y);
    const [yRight, uRight] = [shifted(y, 1), shifted(u, 1)];
    addTimesConjugate(ws, rows, cols, right, v, yRight);
    project(ws, rows, done, rowsOfX, v, product);
    addCombination(ws, cols, done, -1, rowsOfY, product, 1, yRight);
    scaleBy(ws, cols, tau.re, tau.im, yRight);
    writeTurned(ws, cols + 1, y);
    clear(ws, cols + 1, u);
    clear(ws, rows, x);
    mem[tauP + 2 * i] = mem[tauP + 2 * i + 1] = 0;
    if (cols > 0) {
      // The conjugate of row i of A − X·Yᴴ, y included, and the reflector that makes it eᵢ·e₀.
      for (let j = 0; j < cols; j++) {
        mem[uRight.re + j] = mem[right.re + j * A.ld];
        mem[uRight.im + j] = -mem[right.im + j * A.ld];
      }
      addCombination(ws, cols, done + 1, -1, rowsOfY, X.re + i, X.ld, uRight);
      const sigma = makeReflector(ws, cols, uRight);
      mem64[e + i] = mem[uRight.re];
      mem[tauP + 2 * i] = sigma.re;
      mem[tauP + 2 * i + 1] = sigma.im;
      mem[uRight.re] = 1;
      for (let j = 1; j < cols; j++) {
        mem[right.re + j * A.ld] = mem[uRight.re + j];
        mem[right.im + j * A.ld] = mem[uRight.im + j];
      }

      // x = τ·(A − X·Yᴴ)·u below row i.
      const xBelow = shifted(x, 1);
      addTimes(ws, rows - 1, cols, shifted(right, 1), uRight, xBelow);
      project(ws, cols, done + 1, rowsOfY, uRight, product);
      addCombination(ws, rows - 1, done + 1, -1, shifted(rowsOfX, 1), product, 1, xBelow);
      scaleBy(ws, rows - 1, sigma.re, sigma.im, xBelow);
    }
    writeTurned(ws, cols + 1, u);
    writeTurned(ws, rows, x);
  }
  ws.release(mark);
}
