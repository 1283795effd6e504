import { backend } from "../kernels/load.ts";
import type { NdArrayLike } from "../matrix/input.ts";
import type { FloatArray } from "../matrix/matrix.ts";
import { checkOptions } from "../options.ts";
import { svd, svdvals } from "../linalg/svd/svd.ts";
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

/** Options of `svdBatch`. */
export interface SvdBatchOptions {
  /** Buffers for the results, of the input's type and long enough; fresh ones by default. */
  readonly out?: { readonly U?: FloatArray; readonly s?: FloatArray; readonly Vt?: FloatArray };
}

/** Options of `svdvalsBatch`. */
export interface SvdvalsBatchOptions {
  /** As for `svdBatch`. */
  readonly out?: { readonly s?: FloatArray };
}

/** Aₜ = Uₜ · diag(sₜ) · Vtₜ for every matrix of a batch. */
export interface SvdBatch {
  /** Left singular vectors, the columns: [count, m, k]. */
  readonly U: Batch;
  /** Singular values, descending, none negative: [count, k], k = min(m, n). */
  readonly s: Batch;
  /** Right singular vectors, the rows: [count, k, n]. */
  readonly Vt: Batch;
  readonly info: BatchInfo;
}

/**
 * Thin singular value decompositions of many m × n matrices in one buffer, Aₜ = Uₜ · diag(sₜ) · Vtₜ.
 *
 * A is { data, shape: [count, m, n] }, f64 or f32, finite, matrix after matrix by rows unless `strides` and `offset`, in
 * elements, say otherwise; contiguous input is not copied. Every decomposition keeps the promises of `svd`: accuracy,
 * order, signs. 2 × 2 matrices keep the relative accuracy of both values. What a matrix comes to does not depend on its
 * neighbours, to the last bit.
 *
 * Up to 16 × 16, the matrices lie side by side in the lanes of a vector: 2 × 2 in closed form, the others by one-sided
 * Jacobi rotations. Those for which the lanes are too narrow (a zero column after the rotations, or entries more than
 * 10¹³⁰ apart, 10¹² in f32), and larger ones, are computed one by one as by `svd`; `info.oneByOne` counts them.
 *
 * @param A        the batch: { data, shape: [count, m, n], strides?, offset? }.
 * @param options  out: { U, s, Vt }, buffers to write into, which the results then show; they must not share memory with
 *                 the input. After an error they may hold anything.
 * @throws NonFiniteError    an entry is NaN or ±Infinity; carries matrix, row and column.
 * @throws ShapeError        the shape is not [count, m, n], or reaches outside the data.
 * @throws OptionError       an unknown option, or an unfit buffer.
 * @throws ConvergenceError  as `svd`; carries the matrix.
 *
 * Cost a matrix: one closed form for 2 × 2; for n × n about 5 sweeps of 9n³ flops, shared by 2 (f64) or 4 (f32) matrices.
 * Memory beside input and results: less than 1 MB.
 * Source: Demmel & Veselić, SIAM J. Matrix Anal. Appl. 13 (1992); Rutishauser, Numer. Math. 9 (1966).
 * @example
 * const { s } = svdBatch({ data: new Float64Array([3, 0, 4, 5, 1, 0, 0, 2]), shape: [2, 2, 2] });
 * s.data; // [6.708, 2.236, 2, 1]
 */
export function svdBatch(A: NdArrayLike, options: SvdBatchOptions = {}): SvdBatch {
  checkOptions("svdBatch", options, ["out"]);
  const { out = {} } = options;
  checkOptions("svdBatch", out, ["U", "s", "Vt"]);
  const input = asBatch("svdBatch", A);
  const { count, rows, cols } = input;
  const k = Math.min(rows, cols);
  const { U, s, Vt } = results("svdBatch", input, out, { U: [count, rows, k], s: [count, k], Vt: [count, k, cols] });
  const left = inLanes(input, U, s, Vt);
  oneByOne("svdBatch", left, (t) => {
    const single = svd(matrixOf(input, t));
    U.data.set(single.U.data, t * rows * k);
    s.data.set(single.s, t * k);
    Vt.data.set(single.Vt.data, t * k * cols);
  });
  return { U, s, Vt, info: { backend: backend().name, oneByOne: left.length } };
}

/**
 * The singular values alone of many m × n matrices in one buffer: [count, min(m, n)], each row descending.
 *
 * They agree with those of `svdBatch` to a few units in the last place.
 *
 * @throws NonFiniteError, ShapeError, OptionError, ConvergenceError  as `svdBatch`.
 *
 * Cost: about 2/3 of that of `svdBatch`, half for 2 × 2.
 * @example
 * svdvalsBatch({ data: new Float64Array([1, 1, 0, 1]), shape: [1, 2, 2] }).data; // the golden ratio and its inverse
 */
export function svdvalsBatch(A: NdArrayLike, options: SvdvalsBatchOptions = {}): Batch {
  checkOptions("svdvalsBatch", options, ["out"]);
  const { out = {} } = options;
  checkOptions("svdvalsBatch", out, ["s"]);
  const input = asBatch("svdvalsBatch", A);
  const k = Math.min(input.rows, input.cols);
  const { s } = results("svdvalsBatch", input, out, { s: [input.count, k] });
  const left = inLanes(input, null, s, null);
  oneByOne("svdvalsBatch", left, (t) => s.data.set(svdvals(matrixOf(input, t)), t * k));
  return s;
}

/** Computes what the kernels can; returns the indices of the others. */
function inLanes(input: BatchInput, U: Batch | null, s: Batch, Vt: Batch | null): number[] {
  const { count, rows, cols } = input;
  const least = Math.min(rows, cols);
  const most = Math.max(rows, cols);
  if (least === 0) return [];
  if (most > LANES_UP_TO) return everyMatrix(count);
  const vectors = U && Vt ? 1 : 0;
  const outputs = U && Vt ? [s, U, Vt] : [s];
  if (rows === 2 && cols === 2) {
    return throughKernel(input, outputs, 0, (k, matrices, from, [toS, toU = 0, toVt = 0], _, left) =>
      k.batchSvd2x2(matrices, from, toU, toS, toVt, vectors, left),
    );
  }
  const scratch = groups(least * (most + least + 3) + 9);
  return throughKernel(input, outputs, scratch, (k, matrices, from, [toS, toU = 0, toVt = 0], work, left) =>
    k.batchSvd(matrices, rows, cols, from, toU, toS, toVt, vectors, work, left, 0),
  );
}
