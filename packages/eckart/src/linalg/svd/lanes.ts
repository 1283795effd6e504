// Small matrices by the kernel of `svdBatch`: one-sided Jacobi in one call, without a reduction before it.
import { withWorkspace, type Workspace } from "../../kernels/workspace.ts";
import type { BackendName } from "../../kernels/load.ts";
import { type FloatArray, Matrix } from "../../matrix/matrix.ts";
import { load } from "../../matrix/transfer.ts";
import { qr } from "../qr/qr.ts";
import type { Want } from "./pipeline.ts";

/** Largest side of a matrix that goes here: beyond it the reduction to a bidiagonal is faster. */
export const LANES_LARGEST = 8;

/** The factors, signs fixed. */
export interface SmallSvd {
  readonly U: Matrix | null;
  readonly s: FloatArray;
  readonly Vt: Matrix | null;
  readonly backend: BackendName;
}

/** The decomposition of A, finite, m × n; null where the kernel leaves a matrix to others (extreme or rank-deficient). */
export function smallSvd(A: Matrix, want: Want): SmallSvd | null {
  const thin = thinSvd(A, want !== "none");
  if (thin === null || want !== "full") return thin;
  const { U, Vt } = thin as { U: Matrix; Vt: Matrix };
  return { ...thin, U: completed(U), Vt: Matrix.from(completed(Matrix.from(Vt.T)).T) };
}

/** Q with orthonormal columns, and as many more as make it square: the last ones of its QR factorisation. */
function completed(Q: Matrix): Matrix {
  if (Q.rows === Q.cols) return Q;
  const whole = qr(Q, { full: true }).Q;
  for (let i = 0; i < Q.rows; i++) {
    for (let j = 0; j < Q.cols; j++) whole.data[i * Q.rows + j] = Q.data[i * Q.cols + j];
  }
  return whole;
}

function thinSvd(A: Matrix, vectors: boolean): SmallSvd | null {
  const { rows, cols, dtype } = A;
  const [m, n] = rows < cols ? [cols, rows] : [rows, cols];
  const work = 16 * (n * (m + n + 3) + 9);
  return withWorkspace(dtype, 2 * m * n + n * n + n + work + 8, 0, (ws) => {
    const from = ws.alloc(m * n);
    const U = ws.alloc(rows * n);
    const s = ws.alloc(n);
    const Vt = ws.alloc(n * cols);
    // The kernel takes matrices by rows, which are the columns of the transpose.
    load(ws, A.T, from, cols);
    if (ws.k.batchSvd(1, rows, cols, from, U, s, Vt, vectors ? 1 : 0, ws.alloc(work), ws.alloc(8)) > 0) return null;
    return {
      U: vectors ? byRows(ws, U, rows, n) : null,
      s: byRows(ws, s, 1, n).data,
      Vt: vectors ? byRows(ws, Vt, n, cols) : null,
      backend: ws.backend,
    };
  });
}

function byRows(ws: Workspace, from: number, rows: number, cols: number): Matrix {
  return Matrix.wrap(ws.mem.slice(from, from + rows * cols), [rows, cols]);
}
