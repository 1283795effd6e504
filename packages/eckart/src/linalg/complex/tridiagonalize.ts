// Blocked Householder reduction of a Hermitian matrix to a real symmetric tridiagonal one.
//
// Maintained: QᴴSQ = T on the columns already reduced, and S − P·Rᴴ on the rest, where S is still as the panel found it.
// Step c adds two columns to each panel, (v, w) to P and (w, v) to R, so that the rank-2 corrections v·wᴴ + w·vᴴ of a
// whole panel are one product, whose lower triangle alone is made. Only the lower triangle of S is read and written, and
// of its diagonal only the real part.
// Source: Dongarra, Sorensen & Hammarling, J. Comput. Appl. Math. 27 (1989); Golub & Van Loan, 4th ed., §8.3.1.
import { advance, WAITING } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { updateLower } from "../parts/tridiagonal.ts";
import { tuning } from "../tuning.ts";
import { addCombination, allocSplit, clear, project, scaleBy, shifted, type Split, writeTurned } from "./panel.ts";
import { makeReflector, type Reflectors } from "./reflector.ts";

/** Elements that `tridiagonalize` takes. */
export function tridiagonalizeScratch(n: number): number {
  const columns = 4 * tuning.reflectorBlock;
  return 2 * n + 4 * matrixSize(n, columns) + columns;
}

/**
 * Overwrites the lower triangle of the Hermitian n × n matrix A with the reflectors of Q, and writes the n diagonal and
 * n − 1 other entries of T = QᴴSQ to the f64 offsets d and e. Returns Q, which acts on entries 1 … n−1.
 *
 * The entries are expected near 1 in magnitude. Cost: 16/3·n³ flops, half of them in products of a matrix and a vector.
 */
export function tridiagonalize(ws: Workspace, n: number, A: Split, d: number, e: number): Reflectors {
  const tau = ws.alloc(2 * n);
  const mark = ws.mark();
  const nb = Math.min(tuning.reflectorBlock, n);
  const P = allocSplit(ws, leadingDimension(n), 4 * nb);
  const R = allocSplit(ws, leadingDimension(n), 4 * nb);
  for (let j = 0; j < n; j += nb) {
    const width = Math.min(nb, n - j);
    const corner = shifted(A, j * (A.ld + 1));
    reducePanel(ws, n - j, width, corner, d + j, e + j, tau + 2 * j, P, R);
    const next = shifted(corner, width * (A.ld + 1));
    for (const part of ["re", "im"] as const) {
      updateLower(ws, n - j - width, 4 * width, P[part] + width, R.re + width, P.ld, next[part], A.ld);
    }
  }
  ws.release(mark);
  return { order: n - 1, count: Math.max(0, n - 1), A: shifted(A, 1), byRows: false, tau };
}

/** The first `width` columns of the lower triangle at A, n × n; row i of P and R belongs to row i of A. */
function reducePanel(
  ws: Workspace,
  n: number,
  width: number,
  A: Split,
  d: number,
  e: number,
  tau: number,
  P: Split,
  R: Split,
): void {
  const { k, mem, mem64 } = ws;
  const mark = ws.mark();
  const product = ws.alloc(4 * width);
  for (let c = 0; c < width; c++) {
    const done = 2 * c; // columns of the panels
    const column = shifted(A, c * (A.ld + 1));
    addCombination(ws, n - c, done, -1, shifted(P, c), R.re + c, R.ld, column);
    mem64[d + c] = mem[column.re];
    const length = n - c - 1;
    if (length === 0) break;
    advance(WAITING * 16 * length ** 2);

    const x = shifted(column, 1);
    const t = makeReflector(ws, length, x);
    mem[tau + 2 * c] = t.re;
    mem[tau + 2 * c + 1] = t.im;
    mem64[e + c] = mem[x.re];

    // v, p = τ·(S − P·Rᴴ)·v, and w = p − ½·(τ̄·vᴴp)·v, whose coefficient is real.
    const [rowsOfP, rowsOfR] = [shifted(P, c + 1), shifted(R, c + 1)];
    const v = shifted(rowsOfP, 4 * c * P.ld);
    const w = shifted(v, 2 * P.ld);
    mem.copyWithin(v.re, x.re, x.re + length);
    mem.copyWithin(v.im, x.im, x.im + length);
    mem[v.re] = 1;
    clear(ws, length, w);
    const below = shifted(column, A.ld + 1);
    k.hemv(length, 1, below.re, below.im, A.ld, v.re, v.im, w.re, w.im);
    project(ws, length, done, rowsOfR, v, product);
    addCombination(ws, length, done, -1, rowsOfP, product, 1, w);
    scaleBy(ws, length, t.re, t.im, w);
    const re = k.dot(length, v.re, 1, w.re, 1) + k.dot(length, v.im, 1, w.im, 1);
    const im = k.dot(length, v.re, 1, w.im, 1) - k.dot(length, v.im, 1, w.re, 1);
    const half = -(t.re * re + t.im * im) / 2;
    k.axpy(length, half, v.re, 1, w.re, 1);
    k.axpy(length, half, v.im, 1, w.im, 1);
    writeTurned(ws, length, v);
    writeTurned(ws, length, w);
    for (const part of ["re", "im"] as const) {
      const other = rowsOfR[part] + 4 * c * R.ld;
      for (let pair = 0; pair < 4; pair++) {
        const from = v[part] + (pair ^ 2) * P.ld;
        mem.copyWithin(other + pair * R.ld, from, from + length);
      }
    }
  }
  ws.release(mark);
}
