import { OptionError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/abi.ts";
import { checkFloats, checkOptions, checkShape, checkSize } from "../options.ts";
import { asMatrix, asVector, type MatrixLike, type VectorLike } from "./input.ts";

/** `reduce` in the one form that both typed arrays share, so that it can be called without asking which one it is. */
export interface Reducible {
  /** Combines the values from the first to the last: the sum is `reduce((sum, x) => sum + x, 0)`. */
  reduce(callback: (result: number, value: number, index: number) => number, initial?: number): number;
}

/** Storage of a matrix or vector: f64 or f32. */
export type FloatArray = (Float64Array | Float32Array) & Reducible;

/** A vector of n zeros. */
export function zeroVector(n: number, dtype: DType): FloatArray {
  return dtype === "f64" ? new Float64Array(n) : new Float32Array(n);
}

function checkWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) throw new OptionError("Matrix.wrap", name, value, "a whole number");
}

/**
 * A real m × n matrix: numbers in one typed array, seen through strides.
 *
 * Entry (i, j) is `data[offset + i·rowStride + j·colStride]`; strides count elements. Results of the library are
 * contiguous by rows (`offset` 0, `rowStride` = n, `colStride` 1), so `data` is the matrix row after row. Views (`T`,
 * `slice`, `row`, `col`) share `data` and cost nothing.
 *
 * @example
 * const A = Matrix.from([[3, 2, 2], [2, 3, -2]]);
 * A.at(0, 1); // 2
 * A.T.shape; // [3, 2]
 */
export class Matrix {
  /** m, the number of rows. */
  readonly rows: number;
  /** n, the number of columns. */
  readonly cols: number;
  /** The numbers, shared with every view. */
  readonly data: FloatArray;
  /** Place of entry (0, 0) in `data`. */
  readonly offset: number;
  /** Elements from one row to the next. */
  readonly rowStride: number;
  /** Elements from one column to the next. */
  readonly colStride: number;

  private constructor(
    rows: number,
    cols: number,
    data: FloatArray,
    offset: number,
    rowStride: number,
    colStride: number,
  ) {
    this.rows = rows;
    this.cols = cols;
    this.data = data;
    this.offset = offset;
    this.rowStride = rowStride;
    this.colStride = colStride;
  }

  /**
   * A copy of A, contiguous by rows. f32 stays f32; every other numeric input becomes f64 unless `dtype` says otherwise.
   *
   * @throws ShapeError   rows of different lengths, or data that is too short for its shape.
   * @throws OptionError  not a matrix at all.
   */
  static from(A: MatrixLike, options: { readonly dtype?: DType } = {}): Matrix {
    const source = asMatrix("Matrix.from", A);
    checkOptions("Matrix.from", options, ["dtype"]);
    const dtype = options.dtype ?? source.dtype;
    if (dtype !== "f64" && dtype !== "f32") throw new OptionError("Matrix.from", "dtype", dtype, '"f64" or "f32"');
    const copy = Matrix.zeros(source.rows, source.cols, { dtype });
    for (let i = 0, to = 0; i < source.rows; i++) {
      let from = source.offset + i * source.rowStride;
      for (let j = 0; j < source.cols; j++, from += source.colStride) copy.data[to++] = source.data[from];
    }
    return copy;
  }

  /**
   * A matrix over existing numbers, which are not copied: later writes to `data` are seen. Strides default to rows
   * one after the other.
   *
   * @throws ShapeError   a stride or the shape reaches outside `data`.
   * @throws OptionError  data that is no array of floats, or sizes that are no whole numbers.
   */
  static wrap(
    data: FloatArray,
    shape: readonly [number, number],
    options: { readonly offset?: number; readonly strides?: readonly [number, number] } = {},
  ): Matrix {
    checkFloats("Matrix.wrap", "data", data);
    checkShape("Matrix.wrap", shape);
    checkOptions("Matrix.wrap", options, ["offset", "strides"]);
    const [rows, cols] = shape;
    const { offset = 0, strides } = options;
    const [rowStride, colStride] = strides ?? [cols, 1];
    checkWhole("rows", rows, 0);
    checkWhole("cols", cols, 0);
    checkWhole("offset", offset, 0);
    checkWhole("rowStride", rowStride, -Infinity);
    checkWhole("colStride", colStride, -Infinity);
    if (rows > 0 && cols > 0) {
      const rowSpan = (rows - 1) * rowStride;
      const colSpan = (cols - 1) * colStride;
      const first = offset + Math.min(0, rowSpan) + Math.min(0, colSpan);
      const last = offset + Math.max(0, rowSpan) + Math.max(0, colSpan);
      if (first < 0 || last >= data.length) {
        throw new ShapeError(
          "Matrix.wrap",
          `data that holds ${rows} × ${cols} entries with strides ${rowStride}, ${colStride} from ${offset}`,
          [data.length],
        );
      }
    }
    return new Matrix(rows, cols, data, offset, rowStride, colStride);
  }

  /**
   * The m × n matrix of zeros.
   *
   * @throws OptionError  m or n is not a whole number ≥ 0.
   */
  static zeros(rows: number, cols: number, options: { readonly dtype?: DType } = {}): Matrix {
    checkSize("Matrix.zeros", "rows", rows);
    checkSize("Matrix.zeros", "cols", cols);
    return new Matrix(rows, cols, zeroVector(rows * cols, options.dtype ?? "f64"), 0, cols, 1);
  }

  /** The n × n identity. */
  static identity(n: number, options: { readonly dtype?: DType } = {}): Matrix {
    const I = Matrix.zeros(n, n, options);
    for (let i = 0; i < n; i++) I.data[i * (n + 1)] = 1;
    return I;
  }

  /**
   * The matrix with the given numbers on its main diagonal, square unless a shape is told.
   *
   * @throws OptionError  values that are no numbers, or a shape that is none.
   */
  static diagonal(values: VectorLike, shape?: readonly [number, number]): Matrix {
    const d = asVector("Matrix.diagonal", values);
    if (shape !== undefined) checkShape("Matrix.diagonal", shape);
    const [rows, cols] = shape ?? [d.rows, d.rows];
    const D = Matrix.zeros(rows, cols, { dtype: d.dtype });
    for (let i = 0; i < Math.min(rows, cols, d.rows); i++) D.data[i * (cols + 1)] = d.at(i, 0);
    return D;
  }

  /** [m, n]. */
  get shape(): [number, number] {
    return [this.rows, this.cols];
  }

  /** "f64" or "f32". */
  get dtype(): DType {
    return this.data instanceof Float32Array ? "f32" : "f64";
  }

  /** The transpose, a view. */
  get T(): Matrix {
    return new Matrix(this.cols, this.rows, this.data, this.offset, this.colStride, this.rowStride);
  }

  /**
   * Entry (i, j), counted from 0.
   *
   * @throws ShapeError  i or j outside the matrix.
   */
  at(i: number, j: number): number {
    if (!(i >= 0 && i < this.rows && j >= 0 && j < this.cols)) {
      throw new ShapeError("Matrix.at", `an entry of a ${this.rows} × ${this.cols} matrix`, [i, j]);
    }
    return this.data[this.offset + i * this.rowStride + j * this.colStride];
  }

  /** Rows r0 … r1−1 and columns c0 … c1−1, a view; the ends default to all. */
  slice(r0 = 0, r1: number = this.rows, c0 = 0, c1: number = this.cols): Matrix {
    if (!(0 <= r0 && r0 <= r1 && r1 <= this.rows && 0 <= c0 && c0 <= c1 && c1 <= this.cols)) {
      throw new ShapeError("Matrix.slice", `ranges inside ${this.rows} × ${this.cols}`, [r0, r1, c0, c1]);
    }
    const offset = this.offset + r0 * this.rowStride + c0 * this.colStride;
    return new Matrix(r1 - r0, c1 - c0, this.data, offset, this.rowStride, this.colStride);
  }

  /** Row i as numbers, copied. */
  row(i: number): FloatArray {
    return Matrix.from(this.slice(i, i + 1)).data;
  }

  /** Column j as numbers, copied. */
  col(j: number): FloatArray {
    return Matrix.from(this.slice(0, this.rows, j, j + 1)).data;
  }

  /** The entries as an array of rows. */
  toArray(): number[][] {
    return Array.from({ length: this.rows }, (_, i) => Array.from(this.row(i)));
  }

  /**
   * A line for logs and templates: `Matrix 2 × 3 f64 [[3, 2, 2], [2, 3, -2]]`, with six digits a number, and above 100
   * entries without them. `format` prints as NumPy does.
   */
  toString(): string {
    const rows = this.rows * this.cols > 100 ? [] : this.toArray();
    const entries = rows.map((row) => `[${row.map((x) => Number(x.toPrecision(6))).join(", ")}]`);
    return `Matrix ${this.rows} × ${this.cols} ${this.dtype}${entries.length > 0 ? ` [${entries.join(", ")}]` : ""}`;
  }

  /**
   * What `JSON.stringify` writes: shape, dtype, and the numbers row after row, which `Matrix.from` takes. JSON has no
   * NaN and no infinities, and writes null for them.
   */
  toJSON(): { readonly shape: [number, number]; readonly dtype: DType; readonly data: number[] } {
    return { shape: this.shape, dtype: this.dtype, data: this.toArray().flat() };
  }
}
