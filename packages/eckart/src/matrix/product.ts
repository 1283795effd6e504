import { ShapeError } from "../errors.ts";
import { leadingDimension, matrixSize, withWorkspace } from "../kernels/workspace.ts";
import { asMatrix, asVector, largestFinite, type MatrixLike, type VectorLike } from "./input.ts";
import { type FloatArray, type Matrix, zeroVector } from "./matrix.ts";
import { commonType, isVector, type VectorOperand } from "./operands.ts";
import { load, powerOfTwoScale, storeTransposed } from "./transfer.ts";

/**
 * Product of a matrix and a vector, y = A·x: A is m × n, x has n numbers, y has m.
 *
 * @throws ShapeError      the sizes do not meet.
 * @throws NonFiniteError  A or x holds NaN or ±Infinity.
 *
 * Cost: 2mn flops; nothing is copied.
 * @example
 * multiply([[2, 1], [0.5, 1.5]], [1, 2]); // [4, 3.5]
 */
export function multiply(A: MatrixLike, x: VectorOperand): FloatArray;
/**
 * Product of two matrices, C = A·B: A is m × k, B is k × n, C is m × n.
 *
 * Two f32 operands are computed and answered in f32, all others in f64. Intermediate overflow is avoided: an entry is
 * ±Infinity only where the product itself is too large. The sums run in a fixed order, so multiply(A, B) and
 * multiply(Bᵀ, Aᵀ)ᵀ are the same bits.
 *
 * @throws ShapeError      A.cols differs from B.rows.
 * @throws NonFiniteError  A or B holds NaN or ±Infinity.
 *
 * Cost: 2mnk flops.
 * Source: Goto & van de Geijn, ACM Trans. Math. Softw. 34 (2008).
 * @example
 * multiply([[2, 1], [0.5, 1.5]], [[1, 0, -1], [0, 1, 2]]); // [[2, 1, 0], [0.5, 1.5, 2.5]]
 */
export function multiply(A: MatrixLike, B: MatrixLike): Matrix;
export function multiply(A: MatrixLike, B: MatrixLike | VectorLike): Matrix | FloatArray {
  const a = asMatrix("multiply", A);
  const b = isVector(B) ? asVector("multiply", B) : asMatrix("multiply", B);
  if (a.cols !== b.rows) throw new ShapeError("multiply", `a second operand with ${a.cols} rows`, b.shape);
  return isVector(B) ? timesVector(a, b) : timesMatrix(a, b);
}

/**
 * Exponents of the powers of two that bring both operands to about 1; none where no product of theirs overflows or
 * falls among the subnormal numbers.
 */
function productExponents(A: Matrix, B: Matrix): [number, number] {
  const a = largestFinite("multiply", A);
  const b = largestFinite("multiply", B);
  const [low, high] = commonType(A, B) === "f64" ? [2 ** -918, 2 ** 970] : [2 ** -80, 2 ** 103];
  const safe = [a, b, a * b * A.cols].every((x) => x === 0 || (x >= low && x <= high));
  return safe ? [0, 0] : [Math.log2(powerOfTwoScale(a)), Math.log2(powerOfTwoScale(b))];
}

/** Two powers of two whose product undoes both exponents: one alone might lie outside the range of numbers. */
function undo([a, b]: [number, number]): [number, number] {
  const half = (a + b) >> 1;
  return [2 ** -half, 2 ** (half - a - b)];
}

function timesMatrix(A: Matrix, B: Matrix): Matrix {
  const [m, n, k] = [A.rows, B.cols, A.cols];
  const exponents = productExponents(A, B);
  return withWorkspace(commonType(A, B), matrixSize(k, m) + matrixSize(n, k) + matrixSize(n, m), 0, (ws) => {
    // Cᵀ = BᵀAᵀ: what lies by rows in the operands and the result lies by columns there.
    const ldk = packedDimension(k);
    const ldn = packedDimension(n);
    const a = ws.alloc(ldk * m);
    const b = ws.alloc(ldn * k);
    const c = ws.alloc(ldn * m);
    load(ws, A.T, a, ldk, 2 ** exponents[0]);
    load(ws, B.T, b, ldn, 2 ** exponents[1]);
    ws.k.gemm(0, 0, n, m, k, 1, b, ldn, a, ldk, 0, c, ldn);
    for (const factor of undo(exponents)) if (factor !== 1) ws.k.scal(ldn * m, factor, c, 1);
    return storeTransposed(ws, c, ldn, n, m);
  });
}

/** Columns without gaps, which come and go as one block, where that keeps them off the same cache sets. */
const packedDimension = (rows: number): number => (rows % 128 === 0 ? leadingDimension(rows) : rows);

/** Rows of A against x as they lie, summed in double: A is read once, which a copy would cost already. */
function timesVector(A: Matrix, x: Matrix): FloatArray {
  const exponents = productExponents(A, x);
  const [scaleA, scaleX] = [2 ** exponents[0], 2 ** exponents[1]];
  const [first, second] = undo(exponents);
  const factor = Float64Array.from({ length: A.cols }, (_, j) => x.data[x.offset + j * x.rowStride] * scaleX);
  const { data, offset, rowStride, colStride } = A;
  const y = zeroVector(A.rows, commonType(A, x));
  for (let i = 0; i < A.rows; i++) {
    let sum = 0;
    for (let j = 0, at = offset + i * rowStride; j < A.cols; j++, at += colStride) sum += data[at] * scaleA * factor[j];
    y[i] = sum * first * second;
  }
  return y;
}
