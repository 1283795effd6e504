import { ShapeError, SingularError } from "../errors.ts";
import { backend } from "../kernels/load.ts";
import { inv } from "../linalg/solve/inv.ts";
import type { NdArrayLike } from "../matrix/input.ts";
import type { FloatArray } from "../matrix/matrix.ts";
import { checkChoice, checkOptions } from "../options.ts";
import {
  asBatch,
  type Batch,
  type BatchInfo,
  everyMatrix,
  groups,
  LANES_UP_TO,
  matrixOf,
  oneByOne,
  results,
  throughKernel,
} from "./batch.ts";

/** Options of `invBatch`. */
export interface InvBatchOptions {
  /** What becomes of a singular matrix: "error" (default), or "nan", which fills its place and names it in `info`. */
  readonly singular?: "error" | "nan";
  /** Buffer for the inverses, of the input's type and long enough; a fresh one by default. */
  readonly out?: { readonly X?: FloatArray };
}

/** How the inverses were computed. */
export interface InvBatchInfo extends BatchInfo {
  /** Indices of the matrices without an inverse, ascending; their places in X hold NaN. */
  readonly singular: Int32Array;
}

/** Xₜ = Aₜ⁻¹ for every matrix of a batch. */
export interface InvBatch {
  /** The inverses: [count, n, n]. */
  readonly X: Batch;
  readonly info: InvBatchInfo;
}

/**
 * Inverses of many n × n matrices in one buffer, Aₜ·Xₜ = I.
 *
 * A is { data, shape: [count, n, n] } as for `svdBatch`. What counts as singular, and that the units of rows and columns
 * do not matter, is as for `inv`. What a matrix comes to does not depend on its neighbours, to the last bit.
 *
 * Up to 16 × 16, elimination with partial pivoting runs with one matrix a lane: with Â = R·A·C, rows and columns scaled
 * by powers of two, and P·Â = L·U, every column of the inverse X̂ satisfies |Â·x̂ − e| ≤ c·n·ε·|L|·|U|·|x̂|, so that the
 * relative error of X̂ is at most a small multiple of n·ε·κ(Â). A matrix with κ₁(Â) ≥ 1/(2ε), with rows or columns more
 * than 2³⁰⁰ (2³⁰ in f32) from 1, or larger than 16 × 16, is decided one by one as by `inv`.
 *
 * @param A        the batch: { data, shape: [count, n, n], strides?, offset? }.
 * @param options  singular: "error" by default; out: { X }, a buffer to write into, as for `svdBatch`.
 * @throws SingularError   a matrix is singular, exactly or to working precision; carries it as `matrix`.
 * @throws NonFiniteError  an entry is NaN or ±Infinity; carries matrix, row and column.
 * @throws ShapeError      the matrices are not square, or reach outside the data.
 * @throws OptionError     an unknown option, or an unfit buffer.
 *
 * Cost a matrix: 8/3·n³ flops, shared by 2 (f64) or 4 (f32) matrices.
 * Source: Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §14.3.
 * @example
 * invBatch({ data: new Float64Array([2, 1, 0.5, 1.5]), shape: [1, 2, 2] }).X.data; // [0.6, -0.4, -0.2, 0.8]
 */
export function invBatch(A: NdArrayLike, options: InvBatchOptions = {}): InvBatch {
  checkOptions("invBatch", options, ["singular", "out"]);
  const { singular = "error", out = {} } = options;
  checkChoice("invBatch", "singular", singular, ["error", "nan"]);
  checkOptions("invBatch", out, ["X"]);
  const input = asBatch("invBatch", A);
  const { count, rows: n, cols } = input;
  if (n !== cols) throw new ShapeError("invBatch", "square matrices", [count, n, cols]);
  const { X } = results("invBatch", input, out, { X: [count, n, n] });
  const left =
    n === 0 || n > LANES_UP_TO
      ? everyMatrix(count)
      : throughKernel(input, [X], groups(n * (2 * n + 3)), (k, matrices, from, [to], work, leftAt) =>
          k.batchInverse(matrices, n, from, to, work, leftAt),
        );
  const refused: number[] = [];
  oneByOne("invBatch", left, (t) => {
    try {
      X.data.set(inv(matrixOf(input, t)).data, t * n * n);
    } catch (error) {
      if (singular === "error" || !(error instanceof SingularError)) throw error;
      X.data.fill(NaN, t * n * n, (t + 1) * n * n);
      refused.push(t);
    }
  });
  return { X, info: { backend: backend().name, oneByOne: left.length, singular: Int32Array.from(refused) } };
}
