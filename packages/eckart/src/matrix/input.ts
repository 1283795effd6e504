// The public door: everything that counts as a matrix or a vector becomes one, checked, before any kernel runs.
import { NonFiniteError, OptionError, type Part, ShapeError } from "../errors.ts";
import { checkShape } from "../options.ts";
import { type FloatArray, Matrix } from "./matrix.ts";
import { isCsr } from "./sparse.ts";

/** An n-dimensional array of numbers as other libraries write it; strides count elements. */
export interface NdArrayLike {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly strides?: readonly number[];
  /** Strides under the name that scijs uses. */
  readonly stride?: readonly number[];
  readonly offset?: number;
}

/** Everything that is taken as a matrix: ours, rows of numbers, or numbers with a shape. */
export type MatrixLike = Matrix | readonly ArrayLike<number>[] | NdArrayLike;

/** Everything that is taken as a vector: numbers, or numbers with a shape of one dimension. */
export type VectorLike = ArrayLike<number> | NdArrayLike;

const isFloatArray = (value: unknown): value is FloatArray =>
  value instanceof Float64Array || value instanceof Float32Array;

/** f32 and f64 are taken as they are; other numbers are copied to f64. */
function floats(where: string, data: ArrayLike<number>): FloatArray {
  if (isFloatArray(data)) return data;
  if (typeof data !== "object" || data === null || typeof data.length !== "number") {
    throw new OptionError(where, "data", data, "an array of numbers");
  }
  const copy = new Float64Array(data.length);
  for (let i = 0; i < copy.length; i++) copy[i] = checkedNumber(where, data[i], i);
  return copy;
}

function checkedNumber(where: string, value: unknown, ...place: number[]): number {
  if (typeof value !== "number") throw new OptionError(where, `entry [${place.join("][")}]`, value, "a number");
  return value;
}

/** The matrix that `A` is, without a copy where the numbers are f32 or f64 already. */
export function asMatrix(where: string, A: MatrixLike): Matrix {
  if (A instanceof Matrix) return A;
  if (Array.isArray(A)) return fromRows(where, A as readonly ArrayLike<number>[]);
  if (isCsr(A)) {
    const allowed = "dense (svds and randomizedSvd take sparse ones; csr(A).toDense() writes the zeros out)";
    throw new OptionError(where, "the matrix", "compressed rows", allowed);
  }
  if (typeof A === "object" && A !== null && "shape" in A && "data" in A) {
    if ("dtype" in A && (A.dtype === "c64" || A.dtype === "c128")) {
      throw new OptionError(where, "the matrix", A.dtype, "real");
    }
    checkShape(where, A.shape);
    if (A.shape.length !== 2) throw new ShapeError(where, "two dimensions", A.shape);
    const [rows, cols] = A.shape as [number, number];
    const strides = (A.strides ?? A.stride ?? [cols, 1]) as readonly [number, number];
    return Matrix.wrap(floats(where, A.data), [rows, cols], { offset: A.offset ?? 0, strides });
  }
  if (typeof A === "object" && A !== null && "re" in A)
    throw new OptionError(where, "the matrix", "a complex one", "real");
  throw new OptionError(where, "the matrix", A, "a Matrix, an array of rows, or { data, shape }");
}

function fromRows(where: string, rows: readonly ArrayLike<number>[]): Matrix {
  const first = rows[0];
  const cols = first?.length ?? 0;
  const allF32 = rows.length > 0 && rows.every((row) => row instanceof Float32Array);
  const M = Matrix.zeros(rows.length, cols, { dtype: allF32 ? "f32" : "f64" });
  rows.forEach((row, i) => {
    if (typeof row !== "object" || row === null || typeof row.length !== "number") {
      throw new OptionError(where, `row ${i}`, row, "an array of numbers");
    }
    if (row.length !== cols) throw new ShapeError(where, `row ${i} with ${cols} entries as in row 0`, [row.length]);
    for (let j = 0; j < cols; j++) M.data[i * cols + j] = checkedNumber(where, row[j], i, j);
  });
  return M;
}

/** The vector that `b` is, as an n × 1 matrix. */
export function asVector(where: string, b: VectorLike): Matrix {
  if (typeof b === "object" && b !== null && "shape" in b && "data" in b) {
    checkShape(where, b.shape);
    if (b.shape.length !== 1) throw new ShapeError(where, "one dimension", b.shape);
    const strides: [number, number] = [(b.strides ?? b.stride ?? [1])[0], 1];
    return Matrix.wrap(floats(where, b.data), [b.shape[0], 1], { offset: b.offset ?? 0, strides });
  }
  const data = floats(where, b);
  return Matrix.wrap(data, [data.length, 1]);
}

/** The largest magnitude from place `at` up to `end`; NaN where there is one. Four at a time do not wait for each other. */
function largestOf(data: FloatArray, at: number, end: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (; at + 3 < end; at += 4) {
    a = Math.max(a, Math.abs(data[at]));
    b = Math.max(b, Math.abs(data[at + 1]));
    c = Math.max(c, Math.abs(data[at + 2]));
    d = Math.max(d, Math.abs(data[at + 3]));
  }
  for (; at < end; at++) a = Math.max(a, Math.abs(data[at]));
  return Math.max(a, b, c, d);
}

/**
 * The largest |aᵢⱼ|, 0 for an empty matrix, after proof that every entry is finite. O(mn).
 *
 * @throws NonFiniteError  with the first bad place in row order.
 */
export function largestFinite(where: string, A: Matrix, part?: Part): number {
  const { rows, cols, data, offset, rowStride, colStride } = A;
  if ((colStride === 1 && rowStride === cols) || (rowStride === 1 && colStride === rows)) {
    const together = largestOf(data, offset, offset + rows * cols);
    if (together <= Number.MAX_VALUE) return together;
  }
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0, at = offset + i * rowStride; j < cols; j++, at += colStride) {
      const a = Math.abs(data[at]);
      if (!(a <= Number.MAX_VALUE)) throw new NonFiniteError(where, i, j, data[at], part);
      if (a > largest) largest = a;
    }
  }
  return largest;
}
