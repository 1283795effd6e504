import { ShapeError } from "../../errors.ts";
import { leadingDimension, matrixSize, withWorkspace, type Workspace } from "../../kernels/workspace.ts";
import { asMatrix, asVector, largestFinite, type MatrixLike, type VectorLike } from "../../matrix/input.ts";
import { type FloatArray, Matrix } from "../../matrix/matrix.ts";
import { commonType, isVector, type VectorOperand } from "../../matrix/operands.ts";
import { equilibrate, type Equilibration } from "../parts/equilibration.ts";
import { exponentOf, timesPowerOfTwo } from "../parts/scaling.ts";
import { checkCondition, estimateCondition, factorSystem, systemScratch } from "./system.ts";

/**
 * Solution of a square system A·x = b: A is n × n, b and x have n numbers.
 *
 * As for many right-hand sides.
 */
export function solve(A: MatrixLike, b: VectorOperand): FloatArray;
/**
 * Solution of square systems A·X = B: A is n × n, B and X are n × k.
 *
 * LU factorisation with partial pivoting, after A's rows and columns are brought to one size by powers of two, so the
 * answer does not depend on their units; QR where elimination would not be stable. X has a small backward error.
 * Two f32 operands are solved in f32, all others in f64. Entries of X that are too large come out as ±Infinity.
 *
 * A system is refused where A is singular, or so close to it that no digit of X is certain; `lstsq` answers there too.
 * How many digits are certain otherwise: about −log₁₀(ε·cond(A)).
 *
 * @throws ShapeError      A is not square, or B has another number of rows.
 * @throws NonFiniteError  A or B holds NaN or ±Infinity.
 * @throws SingularError   A is singular, or singular to working precision; carries the index of the failing pivot.
 *
 * Cost: 2/3·n³ + 2n²k flops.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §3.4, §3.5.
 * @example
 * solve([[2, 1], [0.5, 1.5]], [4, 3.5]); // [1, 2]
 */
export function solve(A: MatrixLike, B: MatrixLike): Matrix;
export function solve(A: MatrixLike, B: MatrixLike | VectorLike): Matrix | FloatArray {
  const a = asMatrix("solve", A);
  const b = isVector(B) ? asVector("solve", B) : asMatrix("solve", B);
  if (a.rows !== a.cols) throw new ShapeError("solve", "a square matrix", a.shape);
  if (b.rows !== a.rows) throw new ShapeError("solve", `a right-hand side with ${a.rows} rows`, b.shape);
  largestFinite("solve", a);
  largestFinite("solve", b);
  const X = solveSquare(a, b);
  return isVector(B) ? X.data : X;
}

function solveSquare(A: Matrix, B: Matrix): Matrix {
  const [n, k] = B.shape;
  const dtype = commonType(A, B);
  const X = Matrix.zeros(n, k, { dtype });
  if (n === 0) return X;
  const units = equilibrate(A);
  return withWorkspace(dtype, systemScratch(n, k) + matrixSize(n, k), 0, (ws) => {
    const { mem } = ws;
    const system = factorSystem("solve", ws, A, units);
    checkCondition("solve", ws, system, estimateCondition(ws, system));
    const ld = leadingDimension(n);
    const x = ws.alloc(ld * k);
    const exponents = loadRightSides(ws, B, units, x, ld);
    system.applyInverse(k, x, ld);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < k; j++) {
        X.data[i * k + j] = timesPowerOfTwo(mem[x + j * ld + i], exponents[j] - units.cols[i]);
      }
    }
    return X;
  });
}

/** Loads R·B with every column brought to about 1, and returns the exponents that undo the latter. */
function loadRightSides(ws: Workspace, B: Matrix, { rows }: Equilibration, to: number, ld: number): Int32Array {
  const entry = (i: number, j: number): number => B.data[B.offset + i * B.rowStride + j * B.colStride];
  return Int32Array.from({ length: B.cols }, (_, j) => {
    let exponent = -Infinity;
    for (let i = 0; i < B.rows; i++) {
      if (entry(i, j) !== 0) exponent = Math.max(exponent, exponentOf(Math.abs(entry(i, j))) - rows[i]);
    }
    if (exponent === -Infinity) exponent = 0;
    for (let i = 0; i < B.rows; i++) ws.mem[to + j * ld + i] = timesPowerOfTwo(entry(i, j), -rows[i] - exponent);
    return exponent;
  });
}
