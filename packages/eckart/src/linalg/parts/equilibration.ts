// Equilibration: Â = R·A·C with diagonal R and C of powers of two, so that the largest entry of every row and column of
// Â lies between 1/2 and 4. Nothing is rounded. What is decided on Â, pivots and condition, does not depend on the units
// of single rows and columns, and nothing overflows (van der Sluis, Numer. Math. 14, 1969).
import type { Workspace } from "../../kernels/workspace.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import { exponentOf, timesPowerOfTwo } from "./scaling.ts";

/** Rᵢᵢ = 2^−rows[i] and Cⱼⱼ = 2^−cols[j]. */
export interface Equilibration {
  readonly rows: Int32Array;
  readonly cols: Int32Array;
}

const BIAS = 1000; // keeps entries that are tiny in their row, but perhaps the largest of their column, off underflow

/** The exponents of the equilibration of A. */
export function equilibrate(A: Matrix): Equilibration {
  const { data, offset, rowStride, colStride } = A;
  const rows = new Int32Array(A.rows);
  const largest = new Float64Array(A.cols);
  for (let i = 0; i < A.rows; i++) {
    const first = offset + i * rowStride;
    let most = 0;
    for (let j = 0, at = first; j < A.cols; j++, at += colStride) most = Math.max(most, Math.abs(data[at]));
    rows[i] = exponentOf(most);
    const half = (BIAS - rows[i]) >> 1;
    const [up, upAgain] = [2 ** half, 2 ** (BIAS - rows[i] - half)];
    for (let j = 0, at = first; j < A.cols; j++, at += colStride) {
      largest[j] = Math.max(largest[j], Math.abs(data[at]) * up * upAgain);
    }
  }
  return { rows, cols: Int32Array.from(largest, (most) => (most === 0 ? 0 : exponentOf(most) - BIAS)) };
}

/** Copies Â = R·A·C to column-major memory at `to`. */
export function loadEquilibrated(
  ws: Workspace,
  A: Matrix,
  { rows, cols }: Equilibration,
  to: number,
  ld: number,
): void {
  const { data, offset, rowStride, colStride } = A;
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0, at = offset + i * rowStride; j < A.cols; j++, at += colStride) {
      ws.mem[to + i + j * ld] = timesPowerOfTwo(data[at], -rows[i] - cols[j]);
    }
  }
}
