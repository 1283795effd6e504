// Complex matrices in real arithmetic. X = Re X + i·Im X is held as the stack [Re X; Im X]; as the left factor of a product
// it stands as [Re X, −Im X; Im X, Re X], and left(X)·stack(Y) = stack(X·Y): the four real products that there are, by one
// of the kernel. A real matrix is its own stack and its own left factor.
import { asComplexMatrix, ComplexMatrix, type ComplexMatrixLike, isComplex } from "./complex.ts";
import { asMatrix, largestFinite } from "./input.ts";
import { Matrix } from "./matrix.ts";

/** A matrix, real or complex, as a real one: [Re X; Im X], or X. Its Frobenius norm is that of X. */
export class Stack {
  readonly matrix: Matrix;
  readonly isComplex: boolean;

  constructor(matrix: Matrix, complex: boolean) {
    this.matrix = matrix;
    this.isComplex = complex;
  }

  /** The stack of A; of a real A with an imaginary part of zeros where a complex one is wanted. */
  static of(A: Matrix | ComplexMatrix, complex: boolean): Stack {
    const re = A instanceof ComplexMatrix ? A.re : A;
    if (!complex) return new Stack(re, false);
    return new Stack(blocks([[re], [A instanceof ComplexMatrix ? A.im : zerosLike(re)]]), true);
  }

  /** The m × n matrix of zeros, and the n × n identity. */
  static zeros(rows: number, cols: number, complex: boolean): Stack {
    return new Stack(Matrix.zeros(complex ? 2 * rows : rows, cols), complex);
  }

  static identity(n: number, complex: boolean): Stack {
    return Stack.of(Matrix.identity(n), complex);
  }

  get rows(): number {
    return this.isComplex ? this.matrix.rows / 2 : this.matrix.rows;
  }

  get cols(): number {
    return this.matrix.cols;
  }

  get re(): Matrix {
    return this.matrix.slice(0, this.rows);
  }

  get im(): Matrix {
    return this.isComplex ? this.matrix.slice(this.rows) : zerosLike(this.matrix);
  }

  /** As the left factor of a product with a stack. */
  get left(): Matrix {
    if (!this.isComplex) return this.matrix;
    return blocks([
      [this.re, negative(this.im)],
      [this.im, this.re],
    ]);
  }

  /** The conjugate transpose. */
  get H(): Stack {
    if (!this.isComplex) return new Stack(this.matrix.T, false);
    return new Stack(blocks([[this.re.T], [negative(this.im).T]]), true);
  }

  /** The first k columns. */
  firstColumns(k: number): Stack {
    return new Stack(this.matrix.slice(0, this.matrix.rows, 0, k), this.isComplex);
  }

  /** The first k rows. */
  firstRows(k: number): Stack {
    if (!this.isComplex) return new Stack(this.matrix.slice(0, k), false);
    return new Stack(blocks([[this.re.slice(0, k)], [this.im.slice(0, k)]]), true);
  }
}

/** Matrices as stacks of one kind, complex only where an entry of one of them is not real; every entry is finite. */
export function stacks(where: string, matrices: readonly ComplexMatrixLike[]): Stack[] {
  let complex = false;
  const parts = matrices.map((A) => {
    if (!isComplex(A)) {
      const real = asMatrix(where, A);
      largestFinite(where, real);
      return real;
    }
    const C = asComplexMatrix(where, A);
    largestFinite(where, C.re, "real");
    complex = largestFinite(where, C.im, "imaginary") > 0 || complex;
    return C;
  });
  return parts.map((A) => Stack.of(A, complex));
}

/** The matrix of blocks, of which those of a row have one height, and those of a column one width. */
export function blocks(grid: readonly (readonly Matrix[])[]): Matrix {
  const rows = grid.reduce((sum, [first]) => sum + first.rows, 0);
  const cols = grid[0].reduce((sum, block) => sum + block.cols, 0);
  const whole = Matrix.zeros(rows, cols, { dtype: grid.flat().every(({ dtype }) => dtype === "f32") ? "f32" : "f64" });
  let top = 0;
  for (const row of grid) {
    let start = top * cols;
    for (const { rows: m, cols: n, data, offset, rowStride, colStride } of row) {
      for (let i = 0; i < m; i++)
        for (let j = 0, at = offset + i * rowStride; j < n; j++, at += colStride)
          whole.data[start + i * cols + j] = data[at];
      start += n;
    }
    top += row[0].rows;
  }
  return whole;
}

const zerosLike = ({ rows, cols, dtype }: Matrix): Matrix => Matrix.zeros(rows, cols, { dtype });

/** −A, where no zero becomes −0. */
export function negative(A: Matrix): Matrix {
  const B = Matrix.from(A);
  for (let at = 0; at < B.data.length; at++) B.data[at] = 0 - B.data[at];
  return B;
}
