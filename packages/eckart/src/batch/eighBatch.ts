import { ShapeError } from "../errors.ts";
import { backend } from "../kernels/load.ts";
import { eigh } from "../linalg/eigh/eigh.ts";
import { eigh2x2, eigh2x2Record, storeEigh2x2 } from "../linalg/eigh/twoByTwo.ts";
import type { NdArrayLike } from "../matrix/input.ts";
import type { FloatArray } from "../matrix/matrix.ts";
import { checkOptions } from "../options.ts";
import {
  asBatch,
  type Batch,
  type BatchInfo,
  type BatchInput,
  everyMatrix,
  groups,
  LANES_UP_TO,
  matrixOf,
  oneByOne,
  results,
  throughKernel,
} from "./batch.ts";

/** Options of `eighBatch`. */
export interface EighBatchOptions {
  /** Buffers for the results, of the input's type and long enough; fresh ones by default. */
  readonly out?: { readonly w?: FloatArray; readonly V?: FloatArray };
}

/** Sₜ = Vₜ · diag(wₜ) · Vₜᵀ for every matrix of a batch. */
export interface EighBatch {
  /** Eigenvalues, ascending: [count, n]. */
  readonly w: Batch;
  /** Eigenvectors, the columns: [count, n, n]. */
  readonly V: Batch;
  readonly info: BatchInfo;
}

/**
 * Eigenvalues and eigenvectors of many symmetric n × n matrices in one buffer, Sₜ = Vₜ · diag(wₜ) · Vₜᵀ.
 *
 * S is { data, shape: [count, n, n] } as for `svdBatch`, and every answer keeps the promises of `eigh`: accuracy, order,
 * signs, and the mean of mirrored entries that differ by rounding. What a matrix comes to does not depend on its
 * neighbours, to the last bit. 2 × 2 matrices have a closed form; up to 16 × 16 Jacobi rotations run with one matrix a
 * lane; larger ones are computed one by one, as `info.oneByOne` says.
 *
 * @param S        the batch: { data, shape: [count, n, n], strides?, offset? }.
 * @param options  out: { w, V }, buffers to write into, as for `svdBatch`.
 * @throws NonFiniteError    an entry is NaN or ±Infinity; carries matrix, row and column.
 * @throws SymmetryError     a matrix is not symmetric; carries matrix, row and column.
 * @throws ShapeError        the matrices are not square, or reach outside the data.
 * @throws OptionError       an unknown option, or an unfit buffer.
 * @throws ConvergenceError  as `eigh`; carries the matrix.
 *
 * Cost a matrix: about 5 sweeps of 5n³ flops, shared by 2 (f64) or 4 (f32) matrices.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §8.5; Rutishauser, Numer. Math. 9 (1966).
 * @example
 * eighBatch({ data: new Float64Array([2, 1, 1, 2]), shape: [1, 2, 2] }).w.data; // [1, 3]
 */
export function eighBatch(S: NdArrayLike, options: EighBatchOptions = {}): EighBatch {
  checkOptions("eighBatch", options, ["out"]);
  const { out = {} } = options;
  checkOptions("eighBatch", out, ["w", "V"]);
  const input = asBatch("eighBatch", S);
  const { count, rows: n, cols } = input;
  if (n !== cols) throw new ShapeError("eighBatch", "square matrices", [count, n, cols]);
  const { w, V } = results("eighBatch", input, out, { w: [count, n], V: [count, n, n] });
  const left = inLanes(input, w, V);
  oneByOne("eighBatch", left, (t) => {
    const single = eigh(matrixOf(input, t));
    w.data.set(single.w, t * n);
    V.data.set(single.V.data, t * n * n);
  });
  return { w, V, info: { backend: backend().name, oneByOne: left.length } };
}

/** Computes what the kernels can; returns the indices of the others. */
function inLanes(input: BatchInput, w: Batch, V: Batch): number[] {
  const n = input.rows;
  if (n === 0) return [];
  if (n === 2) return closedForm(input, w.data, V.data);
  if (n > LANES_UP_TO) return everyMatrix(input.count);
  return throughKernel(input, [w, V], groups(n * (2 * n + 1) + 9), (k, matrices, from, [toW, toV], work, left) =>
    k.batchEigh(matrices, n, from, toW, toV, 1, work, left),
  );
}

/** 2 × 2 as `eigh` has it; what is diagonal, not symmetric or not finite is left. */
function closedForm({ count, data, offset }: BatchInput, w: FloatArray, V: FloatArray): number[] {
  const pair = eigh2x2Record();
  const left: number[] = [];
  for (let t = 0, at = offset; t < count; t++, at += 4) {
    const [p, q, r] = [data[at], data[at + 1], data[at + 3]];
    if (q !== data[at + 2] || q === 0 || !Number.isFinite(p) || !Number.isFinite(q) || !Number.isFinite(r)) {
      left.push(t);
      continue;
    }
    eigh2x2(p, q, r, pair);
    storeEigh2x2(pair, w, 2 * t, V);
  }
  return left;
}
