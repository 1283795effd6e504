// Small matrices by the kernel of `eighBatch`: Jacobi rotations in one call, without a reduction before them.
import type { DType } from "../../kernels/abi.ts";
import { copy } from "../../kernels/moves.ts";
import { scratchpad } from "../../kernels/workspace.ts";
import { type FloatArray, Matrix, zeroVector } from "../../matrix/matrix.ts";
import { filled } from "../../matrix/transfer.ts";
import type { Symmetric } from "../parts/symmetric.ts";

/** Whether a matrix of order n goes here: for a larger one the reduction to a tridiagonal is faster. */
export function fitsLanes(n: number, dtype: DType, vectors: boolean): boolean {
  return n <= (dtype === "f32" ? 7 : 6) - (vectors ? 0 : 1);
}

/** The eigenvalues, ascending, and the vectors, signs fixed. */
export interface SmallEigh {
  readonly w: FloatArray;
  readonly V: Matrix | null;
}

/** The decomposition of a symmetric matrix; null where the kernel leaves it to others (extreme ones). */
export function smallEigh({ S, average }: Symmetric, vectors: boolean): SmallEigh | null {
  const { rows: n, dtype } = S;
  const workLength = 16 * (n * (2 * n + 1) + 9);
  const { at: work, mem, k } = scratchpad(dtype, workLength + 2 * n * n + n + 4);
  const from = work + workLength;
  const w = from + n * n;
  const V = w + n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) mem[from + i * n + j] = j <= i || average ? S.at(i, j) : S.at(j, i);
  }
  if (k.batchEigh(1, n, from, w, V, vectors ? 1 : 0, work, V + n * n) > 0) return null;
  return {
    w: copy(mem, w, n, zeroVector(n, dtype), 0),
    V: vectors ? filled(Matrix.zeros(n, n, { dtype }), mem, V) : null,
  };
}
