// Sparse matrices by compressed rows (CSR): row i holds data[p] in column indices[p] for p = indptr[i] … indptr[i+1]−1.
import { MemoryError, NonFiniteError, OptionError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/abi.ts";
import { type FloatArray, Matrix, zeroVector } from "./matrix.ts";

/** A sparse matrix as SciPy's `csr_matrix` and Matrix Market readers write it. */
export interface CsrLike {
  /** [m, n]. */
  readonly shape: readonly number[];
  /** m + 1 places, from 0 and never descending: where each row begins in `indices` and `data`. */
  readonly indptr: ArrayLike<number>;
  /** Column of each entry, from 0 to n − 1. */
  readonly indices: ArrayLike<number>;
  /** Value of each entry; f32 stays f32. Entries that name the same place add up. */
  readonly data: ArrayLike<number>;
}

/**
 * A sparse m × n matrix in compressed rows; nothing is stored where it is zero.
 *
 * @example
 * const A = csr({ shape: [2, 3], indptr: [0, 2, 3], indices: [0, 2, 1], data: [1, 2, 3] });
 * A.toDense(); // [[1, 0, 2], [0, 3, 0]]
 */
export class CsrMatrix implements CsrLike {
  /** m, the number of rows. */
  readonly rows: number;
  /** n, the number of columns. */
  readonly cols: number;
  readonly indptr: Float64Array | Int32Array;
  readonly indices: Int32Array;
  readonly data: FloatArray;

  /** @internal Use `csr`, which checks. */
  constructor(rows: number, cols: number, indptr: Float64Array | Int32Array, indices: Int32Array, data: FloatArray) {
    this.rows = rows;
    this.cols = cols;
    this.indptr = indptr;
    this.indices = indices;
    this.data = data;
  }

  /** [m, n]. */
  get shape(): [number, number] {
    return [this.rows, this.cols];
  }

  /** Number of stored entries. */
  get nnz(): number {
    return this.data.length;
  }

  /** "f64" or "f32". */
  get dtype(): DType {
    return this.data instanceof Float32Array ? "f32" : "f64";
  }

  /**
   * The same matrix with its zeros written out.
   *
   * @throws MemoryError  there is no room for them.
   *
   * Cost: mn elements.
   */
  toDense(): Matrix {
    const A = zeros(this);
    for (let i = 0; i < this.rows; i++) {
      for (let p = this.indptr[i]; p < this.indptr[i + 1]; p++) A.data[i * this.cols + this.indices[p]] += this.data[p];
    }
    return A;
  }

  /**
   * y = A·x, summed in double.
   *
   * @throws ShapeError  x does not hold n numbers.
   *
   * Cost: 2·nnz flops.
   */
  apply(x: ArrayLike<number>): FloatArray {
    if (x.length !== this.cols) throw new ShapeError("CsrMatrix.apply", `a vector of ${this.cols} numbers`, [x.length]);
    const y = zeroVector(this.rows, this.dtype);
    csrTimes(this, x, 0, y, 0);
    return y;
  }

  /**
   * x = Aᵀ·y.
   *
   * @throws ShapeError  y does not hold m numbers.
   *
   * Cost: 2·nnz flops.
   */
  applyTranspose(y: ArrayLike<number>): FloatArray {
    if (y.length !== this.rows) {
      throw new ShapeError("CsrMatrix.applyTranspose", `a vector of ${this.rows} numbers`, [y.length]);
    }
    const x = zeroVector(this.cols, this.dtype);
    csrTransposedTimes(this, y, 0, x, 0);
    return x;
  }
}

function zeros({ rows, cols, dtype }: CsrMatrix): Matrix {
  try {
    return Matrix.zeros(rows, cols, { dtype });
  } catch (error) {
    if (error instanceof RangeError) throw new MemoryError(rows * cols * (dtype === "f32" ? 4 : 8), null);
    throw error;
  }
}

/** Numbers that can be read and written by place. */
type Numbers = { [index: number]: number };

/** y ← A·x, vectors at their offsets. */
export function csrTimes(A: CsrMatrix, x: ArrayLike<number>, atX: number, y: Numbers, atY: number): void {
  const { rows, indptr, indices, data } = A;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let p = indptr[i], end = indptr[i + 1]; p < end; p++) sum += data[p] * x[atX + indices[p]];
    y[atY + i] = sum;
  }
}

/** x ← Aᵀ·y, vectors at their offsets; x starts as zeros. */
export function csrTransposedTimes(A: CsrMatrix, y: ArrayLike<number>, atY: number, x: Numbers, atX: number): void {
  const { rows, indptr, indices, data } = A;
  for (let i = 0; i < rows; i++) {
    const yi = y[atY + i];
    for (let p = indptr[i], end = indptr[i + 1]; p < end; p++) x[atX + indices[p]] += data[p] * yi;
  }
}

/** Whether A is written in compressed rows. */
export function isCsr(A: unknown): A is CsrLike {
  return typeof A === "object" && A !== null && "indptr" in A && "indices" in A && "data" in A && "shape" in A;
}

/**
 * A sparse matrix from its compressed rows, checked. Typed arrays of the right kind are not copied.
 *
 * @throws ShapeError      `indptr` without m + 1 places, or `indices` and `data` of another length than its last one.
 * @throws OptionError     places that descend, a column outside of the matrix, or a shape that is none.
 * @throws NonFiniteError  an entry is NaN or ±Infinity.
 *
 * Cost: O(m + nnz).
 */
export function csr(A: CsrLike): CsrMatrix {
  return asCsr("csr", A);
}

/** `csr` in the name of another function. */
export function asCsr(where: string, A: CsrLike): CsrMatrix {
  if (A instanceof CsrMatrix) return A;
  if (!isCsr(A)) throw new OptionError(where, "the matrix", A, "compressed rows, { shape, indptr, indices, data }");
  const [rows, cols] = A.shape;
  if (A.shape.length !== 2) throw new ShapeError(where, "two dimensions", A.shape);
  for (const size of [rows, cols]) {
    if (!Number.isInteger(size) || size < 0 || size >= 2 ** 31) {
      throw new OptionError(where, "shape", size, "whole numbers from 0 to 2147483647");
    }
  }
  if (A.indptr.length !== rows + 1) throw new ShapeError(where, `indptr with ${rows + 1} places`, [A.indptr.length]);
  const nnz = A.indptr[rows];
  if (A.indptr[0] !== 0) throw new OptionError(where, "indptr[0]", A.indptr[0], "0");
  for (let i = 0; i < rows; i++) {
    if (!(A.indptr[i + 1] >= A.indptr[i] && Number.isInteger(A.indptr[i + 1]))) {
      throw new OptionError(where, `indptr[${i + 1}]`, A.indptr[i + 1], `a whole number from ${A.indptr[i]} on`);
    }
  }
  if (A.indices.length !== nnz) throw new ShapeError(where, `${nnz} indices`, [A.indices.length]);
  if (A.data.length !== nnz) throw new ShapeError(where, `${nnz} values`, [A.data.length]);
  for (let p = 0; p < nnz; p++) {
    const j = A.indices[p];
    if (!(Number.isInteger(j) && j >= 0 && j < cols)) {
      throw new OptionError(where, `indices[${p}]`, j, `a column from 0 to ${cols - 1}`);
    }
  }
  const data = A.data instanceof Float32Array || A.data instanceof Float64Array ? A.data : Float64Array.from(A.data);
  for (let i = 0; i < rows; i++) {
    for (let p = A.indptr[i]; p < A.indptr[i + 1]; p++) {
      if (!Number.isFinite(data[p])) throw new NonFiniteError(where, i, A.indices[p], data[p]);
    }
  }
  const indptr = A.indptr instanceof Int32Array ? A.indptr : Float64Array.from(A.indptr);
  const indices = A.indices instanceof Int32Array ? A.indices : Int32Array.from(A.indices);
  return new CsrMatrix(rows, cols, indptr, indices, data);
}
