// Small matrices by the kernel of `eighBatch`: Jacobi rotations in one call, without a reduction before them.
import type { DType } from "../../kernels/abi.ts";
import type { BackendName } from "../../kernels/load.ts";
import { scratchpad } from "../../kernels/workspace.ts";
import { type FloatArray, Matrix } from "../../matrix/matrix.ts";
import { zeroVector } from "../../matrix/operands.ts";
import type { Symmetric } from "../parts/symmetric.ts";
import { copyTo, filled } from "../svd/lanes.ts";

/** Whether a matrix of order n goes here: for a larger one the reduction to a tridiagonal is faster. */
export function fitsLanes(n: number, dtype: DType, vectors: boolean): boolean {
  return n <= (dtype === "f32" ? 7 : 6) - (vectors ? 0 : 1);
}

/** The eigenvalues, ascending, and the vectors, signs fixed. */
export interface SmallEigh {
  readonly w: FloatArray;
  readonly V: Matrix | null;
  readonly backend: BackendName;
}

/** The decomposition of a symmetric matrix; null where the kernel leaves it to others (extreme ones). */
export function smallEigh({ S, average }: Symmetric, vectors: boolean): SmallEigh | null {
  const { rows: n, data, offset, rowStride, colStride, dtype } = S;
  const workLength = 16 * (n * (2 * n + 1) + 9);
  const { at: work, mem, k, backend } = scratchpad(dtype, workLength + 2 * n * n + n + 4);
  const from = work + workLength;
  const w = from + n * n;
  const V = w + n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = data[offset + i * rowStride + j * colStride];
      mem[from + i * n + j] = entry;
      mem[from + j * n + i] = average ? data[offset + j * rowStride + i * colStride] : entry;
    }
  }
  if (k.batchEigh(1, n, from, w, V, vectors ? 1 : 0, work, V + n * n) > 0) return null;
  return {
    w: copyTo(zeroVector(n, dtype), 0, n, mem, w),
    V: vectors ? filled(Matrix.zeros(n, n, { dtype }), mem, V) : null,
    backend,
  };
}
