import type { MatrixData } from "../matrixData.ts";
import { precisionOf } from "../precision.ts";
import {
  difference,
  exact,
  identity,
  multiply,
  oneNorm,
  scaleRows,
  timesPowerOfTwo,
  transpose,
  type DoubleDouble,
  type Scaled,
} from "./doubleDouble.ts";

// Every ratio is a norm divided by ε = 2⁻⁵² (f64) or 2⁻²³ (f32), LAPACK's «ulp», and by a dimension: so O(1) is right,
// LAPACK's own tests fail a decomposition at 50, and a good one measures 0.1 to 3. Where ε·‖A‖ lies below the smallest
// subnormal number, that number takes its place: nothing finer can be stored. NaN counts as Infinity.

/**
 * Backward error of a singular value decomposition, ‖A − U·diag(s)·Vᵀ‖₁ / (‖A‖₁·max(m, n)·ε). U and Vt may be thin
 * or full.
 */
export function residual(A: MatrixData, U: MatrixData, s: ArrayLike<number>, Vt: MatrixData): number {
  if (U.cols < s.length || Vt.rows < s.length)
    throw new RangeError(`residual: expected ${s.length} columns of U and rows of Vt, got ${U.cols} and ${Vt.rows}`);
  const left = exact({ ...strided(U), cols: s.length });
  const right = exact({ ...strided(Vt), rows: s.length });
  return backwardError(A, multiply(left, scaleRows(s, right)), s);
}

/** Backward error of a symmetric eigendecomposition, ‖S − V·diag(w)·Vᵀ‖₁ / (‖S‖₁·n·ε). */
export function eigenResidual(S: MatrixData, w: ArrayLike<number>, V: MatrixData): number {
  const vectors = exact(V);
  return backwardError(S, multiply(vectors, scaleRows(w, transpose(vectors))), w);
}

/** Backward error of any factorisation, ‖A − F₁·F₂·…‖₁ / (‖A‖₁·max(m, n)·ε). */
export function productResidual(A: MatrixData, ...factors: readonly MatrixData[]): number {
  const product = factors.map(exact).reduceRight((right, left) => multiply(left, right));
  return backwardError(A, product, factors[0].data);
}

/** Backward error of PA = LU, where row i of PA is row p[i] of A. */
export function luResidual(A: MatrixData, p: ArrayLike<number>, L: MatrixData, U: MatrixData): number {
  return productResidual(permuted(A, p, undefined), L, U);
}

/** Backward error of A·P = QR, where column j of A·P is column p[j] of A; without p, of A = QR. */
export function qrResidual(A: MatrixData, Q: MatrixData, R: MatrixData, p?: ArrayLike<number>): number {
  return productResidual(p ? permuted(A, undefined, p) : A, Q, R);
}

/** Backward error of S = L·Lᵀ. */
export function choleskyResidual(S: MatrixData, L: MatrixData): number {
  return productResidual(S, L, transposedView(L));
}

/**
 * Loss of orthogonality: ‖I − QᵀQ‖₁ / (m·ε) for an m × n matrix with m ≥ n, whose columns should be orthonormal, and
 * ‖I − QQᵀ‖₁ / (n·ε) for a wide one, whose rows should.
 */
export function orthogonality(Q: MatrixData): number {
  const tall = exact(Q.rows >= Q.cols ? Q : transposedView(Q));
  const gram = multiply(transpose(tall), tall);
  const error = oneNorm(difference(identity(tall.cols), gram));
  return ratio(error, { mantissa: Math.max(1, tall.rows) * precisionOf(Q.data).epsilon, exponent: 0 });
}

/**
 * Normwise backward error of a solution of A·X = B in units of n·ε, the largest over the columns:
 * ‖b − A·x‖ / ((‖A‖·‖x‖ + ‖b‖)·n·ε) in the ∞-norm (Rigal and Gaches, 1967).
 */
export function solveResidual(A: MatrixData, X: MatrixData, B: MatrixData): number {
  const matrix = exact(A);
  const normA = oneNorm(transpose(matrix));
  let worst = 0;
  for (let j = 0; j < X.cols; j++) {
    const [x, b] = [exact(column(X, j)), exact(column(B, j))];
    const error = oneNorm(transpose(difference(b, multiply(matrix, x))));
    const scale = sum(times(normA, largest(x)), largest(b));
    const epsilon = precisionOf(X.data).epsilon * Math.max(A.rows, A.cols, 1);
    worst = Math.max(worst, ratio({ ...error, mantissa: error.mantissa / epsilon }, scale));
  }
  return worst;
}

/** Residual of an inverse, ‖I − A·X‖₁ / (‖A‖₁·‖X‖₁·n·ε). */
export function inverseResidual(A: MatrixData, X: MatrixData): number {
  const [matrix, inverse] = [exact(A), exact(X)];
  const error = oneNorm(difference(identity(A.rows), multiply(matrix, inverse)));
  const scale = times(oneNorm(matrix), oneNorm(inverse));
  return ratio(error, { ...scale, mantissa: scale.mantissa * Math.max(1, A.rows) * precisionOf(X.data).epsilon });
}

/**
 * Optimality of a least-squares solution: ‖Aᵀ·r‖ / (‖A‖·(‖A‖·‖x‖ + ‖b‖)·max(m, n)·ε) with r = b − A·x and 1-norms, the
 * largest over the columns of B. Zero in exact arithmetic: the residual is orthogonal to the columns of A.
 */
export function leastSquaresResidual(A: MatrixData, X: MatrixData, B: MatrixData): number {
  const matrix = exact(A);
  const normA = oneNorm(matrix);
  let worst = 0;
  for (let j = 0; j < X.cols; j++) {
    const [x, b] = [exact(column(X, j)), exact(column(B, j))];
    const r = difference(b, multiply(matrix, x));
    const gradient = oneNorm(multiply(transpose(matrix), r));
    const scale = times(normA, sum(times(normA, oneNorm(x)), oneNorm(b)));
    const epsilon = precisionOf(X.data).epsilon * Math.max(A.rows, A.cols, 1);
    worst = Math.max(worst, ratio({ ...gradient, mantissa: gradient.mantissa / epsilon }, scale));
  }
  return worst;
}

/** ‖A − product‖₁ / (‖A‖₁·max(m, n)·ε), with the element type that `stored` is kept in. */
function backwardError(A: MatrixData, product: DoubleDouble, stored: ArrayLike<number>): number {
  const { epsilon, least } = precisionOf(stored);
  const matrix = exact(A);
  const norm = oneNorm(matrix);
  const unit = Math.max(norm.mantissa * epsilon, norm.mantissa > 0 ? timesPowerOfTwo(least, -norm.exponent) : 0);
  return ratio(oneNorm(difference(matrix, product)), {
    mantissa: unit * Math.max(1, A.rows, A.cols),
    exponent: norm.exponent,
  });
}

/** a / b, where 0 / 0 is 0 and NaN is Infinity. */
function ratio(a: Scaled, b: Scaled): number {
  if (a.mantissa === 0) return 0;
  const value = timesPowerOfTwo(a.mantissa / b.mantissa, a.exponent - b.exponent);
  return Number.isNaN(value) ? Infinity : value;
}

function times(a: Scaled, b: Scaled): Scaled {
  return { mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent };
}

function sum(a: Scaled, b: Scaled): Scaled {
  const exponent = Math.max(a.exponent, b.exponent);
  const part = (x: Scaled): number => timesPowerOfTwo(x.mantissa, x.exponent - exponent);
  return { mantissa: part(a) + part(b), exponent };
}

/** ‖x‖∞ of a column. */
function largest(x: DoubleDouble): Scaled {
  return oneNorm(transpose(x));
}

function strided(A: MatrixData): Required<MatrixData> {
  return {
    rows: A.rows,
    cols: A.cols,
    data: A.data,
    offset: A.offset ?? 0,
    rowStride: A.rowStride ?? A.cols,
    colStride: A.colStride ?? 1,
  };
}

function transposedView(A: MatrixData): MatrixData {
  const { rows, cols, data, offset, rowStride, colStride } = strided(A);
  return { rows: cols, cols: rows, data, offset, rowStride: colStride, colStride: rowStride };
}

function column(A: MatrixData, j: number): MatrixData {
  const { offset, colStride, ...rest } = strided(A);
  return { ...rest, cols: 1, offset: offset + j * colStride, colStride };
}

function permuted(A: MatrixData, rowOrder?: ArrayLike<number>, colOrder?: ArrayLike<number>): MatrixData {
  const { rows, cols, data, offset, rowStride, colStride } = strided(A);
  const entries = new Float64Array(rows * cols);
  for (let i = 0, k = 0; i < rows; i++)
    for (let j = 0; j < cols; j++)
      entries[k++] = data[offset + (rowOrder?.[i] ?? i) * rowStride + (colOrder?.[j] ?? j) * colStride];
  return { rows, cols, data: entries };
}
