import { ShapeError } from "../errors.ts";
import { asComplexMatrix, ComplexMatrix, type ComplexMatrixLike, isComplex } from "../matrix/complex.ts";
import { asMatrix, asVector, type MatrixLike, type VectorLike } from "../matrix/input.ts";
import { Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { Stack } from "../matrix/stack.ts";
import { checkFactors } from "../options.ts";

/** Factors of a matrix: U · diag(s) · Vt, of which the first s.length columns of U and rows of Vt count. */
export interface SvdFactors {
  readonly U: MatrixLike;
  readonly s: VectorLike;
  readonly Vt: MatrixLike;
}

/** Factors of a complex matrix: U · diag(s) · Vh, s real; the first s.length columns of U and rows of Vh count. */
export interface ComplexSvdFactors {
  readonly U: ComplexMatrixLike;
  readonly s: VectorLike;
  readonly Vh: ComplexMatrixLike;
}

/**
 * The product U · diag(s) · Vh of complex factors: the matrix again, or its approximation when they were truncated.
 *
 * U is m × k or wider, s has k real values, Vh is k × n or higher; the result is m × n, f32 when all three are.
 *
 * @throws ShapeError      U or Vh has fewer than k columns or rows.
 * @throws NonFiniteError  a factor holds NaN or ±Infinity.
 *
 * Cost: 8mnk flops.
 * @example
 * reconstruct(svd({ re: [[0, 2], [0, 0]], im: [[0, 0], [1, 0]] })).at(1, 0); // ≈ { re: 0, im: 1 }
 */
export function reconstruct(F: ComplexSvdFactors): ComplexMatrix;
/**
 * The product U · diag(s) · Vt: the matrix again, or its approximation when the factors were truncated.
 *
 * U is m × k or wider, s has k values, Vt is k × n or higher; the result is m × n, f32 when all three are.
 *
 * @throws ShapeError      U or Vt has fewer than k columns or rows.
 * @throws NonFiniteError  a factor holds NaN or ±Infinity.
 *
 * Cost: 2mnk flops.
 * @example
 * reconstruct(truncate([[3, 2, 2], [2, 3, -2]], { rank: 1 })); // ≈ [[2.5, 2.5, 0], [2.5, 2.5, 0]]
 */
export function reconstruct(F: SvdFactors): Matrix;
export function reconstruct(F: SvdFactors | ComplexSvdFactors): Matrix | ComplexMatrix {
  checkFactors("reconstruct", F, "{ U, s, Vt }");
  const s = asVector("reconstruct", F.s);
  if (!("Vh" in F)) {
    const [U, Vt] = [F.U, F.Vt].map((X) => new Stack(asMatrix("reconstruct", X), false));
    return productOf("reconstruct", U, s, Vt).matrix;
  }
  const [U, Vh] = [F.U, F.Vh].map((X) =>
    Stack.of(isComplex(X) ? asComplexMatrix("reconstruct", X) : asMatrix("reconstruct", X), true),
  );
  const { re, im } = productOf("reconstruct", U, s, Vh);
  return ComplexMatrix.wrap(Matrix.from(re), Matrix.from(im));
}

/** U · diag(s) · Vh, of which the first columns and rows count, as many as s has values. */
export function productOf(where: string, U: Stack, s: Matrix, Vh: Stack): Stack {
  const k = s.rows;
  const right = Vh.isComplex ? "Vh" : "Vt";
  if (U.cols < k) throw new ShapeError(where, `U with at least ${k} columns`, [U.rows, U.cols]);
  if (Vh.rows < k) throw new ShapeError(where, `${right} with at least ${k} rows`, [Vh.rows, Vh.cols]);
  const scaled = Matrix.from(U.firstColumns(k).matrix);
  for (let i = 0, at = 0; i < scaled.rows; i++) {
    for (let j = 0; j < k; j++) scaled.data[at++] *= s.data[s.offset + j * s.rowStride];
  }
  return new Stack(multiply(new Stack(scaled, U.isComplex).left, Vh.firstRows(k).matrix), U.isComplex);
}
