// Small matrices by the kernel of `svdBatch`: one-sided Jacobi in one call, without a reduction before it.
import type { DType } from "../../kernels/abi.ts";
import type { BackendName } from "../../kernels/load.ts";
import { copy } from "../../kernels/moves.ts";
import { scratchpad } from "../../kernels/workspace.ts";
import { type FloatArray, Matrix, zeroVector } from "../../matrix/matrix.ts";
import { filled } from "../../matrix/transfer.ts";
import { qr } from "../qr/qr.ts";
import { settled, type SvdOut } from "./out.ts";
import type { Want } from "./pipeline.ts";

/** Whether an m × n matrix, m ≥ n, goes here: for a larger one the reduction to a bidiagonal is faster. */
export function fitsLanes(m: number, n: number, dtype: DType, want: Want): boolean {
  return m <= 16 && n <= (dtype === "f32" ? 16 : 12) - (want === "none" ? 4 : 0);
}

/** The factors, signs fixed. */
export interface SmallSvd {
  readonly U: Matrix | null;
  readonly s: FloatArray;
  readonly Vt: Matrix | null;
  readonly backend: BackendName;
}

/**
 * The decomposition of A, finite, m × n, to `out` where it has places; null where the kernel leaves a matrix to others
 * (extreme or rank-deficient), and `out` is untouched.
 */
export function smallSvd(A: Matrix, want: Want, out: SvdOut): SmallSvd | null {
  if (want !== "full" || A.rows === A.cols) return thinSvd(A, want !== "none", out);
  const thin = thinSvd(A, true, { s: out.s });
  if (thin === null) return null;
  const { U, Vt } = thin as { U: Matrix; Vt: Matrix };
  const whole = Matrix.from(completed(Matrix.from(Vt.T)).T);
  return { ...thin, U: settled(completed(U), out.U), Vt: settled(whole, out.Vt) };
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

function thinSvd(A: Matrix, vectors: boolean, out: SvdOut): SmallSvd | null {
  const { rows, cols, data, offset, rowStride, colStride, dtype } = A;
  const m = Math.max(rows, cols);
  const n = Math.min(rows, cols);
  const workLength = 16 * (n * (m + n + 3) + 9);
  const { at: work, mem, k, backend } = scratchpad(dtype, workLength + 2 * m * n + n * n + n + 5);
  const from = work + workLength;
  const U = from + rows * cols;
  const s = U + rows * n;
  const Vt = s + n;
  for (let i = 0, to = from; i < rows; i++) {
    for (let j = 0, at = offset + i * rowStride; j < cols; j++, at += colStride) mem[to++] = data[at];
  }
  if (k.batchSvd(1, rows, cols, from, U, s, Vt, vectors ? 1 : 0, work, Vt + n * cols, 1) > 0) return null;
  const options = { dtype };
  return {
    U: vectors ? filled(out.U ?? Matrix.zeros(rows, n, options), mem, U) : null,
    s: copy(mem, s, n, out.s ?? zeroVector(n, dtype), 0),
    Vt: vectors ? filled(out.Vt ?? Matrix.zeros(n, cols, options), mem, Vt) : null,
    backend,
  };
}
