// Complex numbers, vectors and matrices: a real and an imaginary part beside each other, each of the kind that serves
// for real ones, so that every real function works on a part as it is.
import { OptionError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/abi.ts";
import { checkFloats, checkShape } from "../options.ts";
import { asMatrix, type MatrixLike, type NdArrayLike } from "./input.ts";
import { type FloatArray, Matrix, zeroVector } from "./matrix.ts";

/** The complex number re + im·i. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A complex matrix as readers of files hand it out: pairs re, im in one array; shape, strides and offset count pairs. */
export interface InterleavedMatrix extends NdArrayLike {
  /** "c128": pairs of f64; "c64": pairs of f32. */
  readonly dtype: "c128" | "c64";
}

/** Everything that is a complex matrix by its structure: two parts of one shape, or pairs of numbers. */
export type ComplexInput = { readonly re: MatrixLike; readonly im: MatrixLike } | InterleavedMatrix;

/** Everything that is taken as a complex matrix: a complex one, or a real one. */
export type ComplexMatrixLike = MatrixLike | ComplexInput;

/** Whether A is complex by its structure, whatever the values of its imaginary part. */
export function isComplex(A: MatrixLike | ComplexInput): A is ComplexInput {
  if (A instanceof Matrix || typeof A !== "object" || A === null) return false;
  return ("re" in A && "im" in A) || isInterleaved(A);
}

const isInterleaved = (A: object): A is InterleavedMatrix =>
  "dtype" in A && "shape" in A && (A.dtype === "c128" || A.dtype === "c64");

/** The complex matrix that A is, without a copy where the numbers are f32 or f64 already and both parts the same. */
export function asComplexMatrix(where: string, A: ComplexInput): ComplexMatrix {
  const [re, im] = isInterleaved(A)
    ? ([0, 1] as const).map((part) => asMatrix(where, interleavedPart(A, part)))
    : [asMatrix(where, A.re), asMatrix(where, A.im)];
  if (im.rows !== re.rows || im.cols !== re.cols) {
    throw new ShapeError(where, `an imaginary part of ${re.rows} × ${re.cols}`, im.shape);
  }
  const wide = { dtype: "f64" } as const;
  return re.dtype === im.dtype
    ? ComplexMatrix.wrap(re, im)
    : ComplexMatrix.wrap(Matrix.from(re, wide), Matrix.from(im, wide));
}

function interleavedPart({ data, shape, strides, stride, offset = 0 }: InterleavedMatrix, part: 0 | 1): NdArrayLike {
  const pairs = strides ?? stride ?? [shape[1], 1];
  return { data, shape, strides: pairs.map((step) => 2 * step), offset: 2 * offset + part };
}

/**
 * A complex vector: entry i is re[i] + im[i]·i. Iterating gives the entries as `{ re, im }`.
 *
 * @example
 * const { w } = eig([[0, -1], [1, 0]]);
 * w.at(0); // { re: 0, im: 1 }
 * [...w].map(({ re, im }) => Math.hypot(re, im)); // [1, 1]
 */
export class ComplexVector {
  /** The real parts. */
  readonly re: FloatArray;
  /** The imaginary parts. */
  readonly im: FloatArray;

  /** A vector over two arrays of one length, which are not copied. */
  constructor(re: FloatArray, im: FloatArray) {
    checkFloats("ComplexVector", "re", re);
    checkFloats("ComplexVector", "im", im);
    if (im.length !== re.length) throw new ShapeError("ComplexVector", `${re.length} imaginary parts`, [im.length]);
    this.re = re;
    this.im = im;
  }

  /** How many entries there are. */
  get length(): number {
    return this.re.length;
  }

  /**
   * Entry i, counted from 0.
   *
   * @throws ShapeError  i outside the vector.
   */
  at(i: number): Complex {
    if (!(i >= 0 && i < this.length)) {
      throw new ShapeError("ComplexVector.at", `an entry of a vector of ${this.length}`, [i]);
    }
    return { re: this.re[i], im: this.im[i] };
  }

  /** The entries, first to last. */
  *[Symbol.iterator](): Generator<Complex, void, undefined> {
    for (let i = 0; i < this.length; i++) yield { re: this.re[i], im: this.im[i] };
  }
}

/**
 * A complex m × n matrix, re + im·i.
 *
 * The parts are real matrices of one shape and dtype; they may be views, and `T` and `H` are.
 *
 * @example
 * const A = ComplexMatrix.from({ re: [[1, 2]], im: [[0, -1]] });
 * A.at(0, 1); // { re: 2, im: -1 }
 * A.H.at(1, 0); // { re: 2, im: 1 }
 */
export class ComplexMatrix {
  /** The real part. */
  readonly re: Matrix;
  /** The imaginary part. */
  readonly im: Matrix;

  private constructor(re: Matrix, im: Matrix) {
    if (im.rows !== re.rows || im.cols !== re.cols) {
      throw new ShapeError("ComplexMatrix", `an imaginary part of ${re.rows} × ${re.cols}`, im.shape);
    }
    this.re = re;
    this.im = im;
  }

  /**
   * A copy of A, each part contiguous by rows; a real matrix has the imaginary part 0. Both parts are f32 only where both
   * were.
   *
   * @throws ShapeError   parts of different shapes, or rows of different lengths.
   * @throws OptionError  not a matrix at all.
   */
  static from(A: ComplexMatrixLike): ComplexMatrix {
    if (isComplex(A)) {
      const { re, im } = asComplexMatrix("ComplexMatrix.from", A);
      return new ComplexMatrix(Matrix.from(re), Matrix.from(im));
    }
    const re = Matrix.from(asMatrix("ComplexMatrix.from", A));
    return new ComplexMatrix(re, Matrix.zeros(re.rows, re.cols, { dtype: re.dtype }));
  }

  /** A matrix over two parts of one shape and dtype, which are not copied. */
  static wrap(re: Matrix, im: Matrix): ComplexMatrix {
    for (const part of [re, im])
      if (!(part instanceof Matrix)) throw new OptionError("ComplexMatrix.wrap", "a part", part, "a Matrix");
    if (im.dtype !== re.dtype) throw new OptionError("ComplexMatrix.wrap", "dtype of im", im.dtype, re.dtype);
    return new ComplexMatrix(re, im);
  }

  /**
   * The matrix whose entries lie row after row as pairs re, im: the "c128" and "c64" of npy files, copied.
   *
   * @throws ShapeError  data does not hold 2·m·n numbers.
   */
  static fromInterleaved(data: FloatArray, shape: readonly [number, number]): ComplexMatrix {
    checkFloats("ComplexMatrix.fromInterleaved", "data", data);
    checkShape("ComplexMatrix.fromInterleaved", shape);
    const [rows, cols] = shape;
    if (data.length !== 2 * rows * cols) {
      throw new ShapeError("ComplexMatrix.fromInterleaved", `${2 * rows * cols} numbers`, [data.length]);
    }
    const part = (first: 0 | 1): Matrix =>
      Matrix.from(Matrix.wrap(data, [rows, cols], { offset: first, strides: [2 * cols, 2] }));
    return rows * cols === 0 ? ComplexMatrix.from({ data, shape }) : new ComplexMatrix(part(0), part(1));
  }

  /** The entries row after row as pairs re, im. */
  toInterleaved(): FloatArray {
    const { rows, cols, re, im } = this;
    const out = zeroVector(2 * rows * cols, this.dtype);
    for (let i = 0, to = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) {
        out[to++] = re.at(i, j);
        out[to++] = im.at(i, j);
      }
    }
    return out;
  }

  /** m, the number of rows. */
  get rows(): number {
    return this.re.rows;
  }

  /** n, the number of columns. */
  get cols(): number {
    return this.re.cols;
  }

  /** [m, n]. */
  get shape(): [number, number] {
    return this.re.shape;
  }

  /** "f64" or "f32": the type of each part. */
  get dtype(): DType {
    return this.re.dtype;
  }

  /** The transpose, a view. */
  get T(): ComplexMatrix {
    return new ComplexMatrix(this.re.T, this.im.T);
  }

  /** The conjugate transpose; its real part is a view. */
  get H(): ComplexMatrix {
    const im = Matrix.from(this.im);
    for (let i = 0; i < im.data.length; i++) im.data[i] = 0 - im.data[i];
    return new ComplexMatrix(this.re.T, im.T);
  }

  /**
   * Entry (i, j), counted from 0.
   *
   * @throws ShapeError  i or j outside the matrix.
   */
  at(i: number, j: number): Complex {
    return { re: this.re.at(i, j), im: this.im.at(i, j) };
  }

  /** Column j, copied. */
  col(j: number): ComplexVector {
    return new ComplexVector(this.re.col(j), this.im.col(j));
  }

  /** The entries as an array of rows. */
  toArray(): Complex[][] {
    return Array.from({ length: this.rows }, (_, i) => Array.from({ length: this.cols }, (__, j) => this.at(i, j)));
  }
}
