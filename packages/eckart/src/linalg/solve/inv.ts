import { ShapeError } from "../../errors.ts";
import { leadingDimension, matrixSize, withWorkspace } from "../../kernels/workspace.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../../matrix/input.ts";
import { Matrix } from "../../matrix/matrix.ts";
import { extendByIdentity } from "../parts/identity.ts";
import { equilibrate } from "../parts/equilibration.ts";
import { timesPowerOfTwo } from "../parts/scaling.ts";
import { checkCondition, factorSystem, oneNorm, systemScratch } from "./system.ts";

/**
 * Inverse of a square matrix, A·A⁻¹ = I.
 *
 * To solve a system, `solve` is faster and more accurate. A matrix without an inverse is refused, and so is one so close
 * to singular that no digit of the inverse would be certain, whatever the units of its rows and columns; `pinv` answers
 * there too. Entries of A⁻¹ that are too large come out as ±Infinity.
 *
 * @throws ShapeError      A is not square.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 * @throws SingularError   A is singular, or singular to working precision; carries the index of the failing pivot.
 *
 * Cost: 8/3·n³ flops.
 * Source: Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §14.
 * @example
 * inv([[2, 1], [0.5, 1.5]]); // [[0.6, -0.4], [-0.2, 0.8]]
 */
export function inv(A: MatrixLike): Matrix {
  const a = asMatrix("inv", A);
  if (a.rows !== a.cols) throw new ShapeError("inv", "a square matrix", a.shape);
  largestFinite("inv", a);
  return inverse("inv", a, "certain digits");
}

/** The inverse of a finite square matrix, errors in the name of `where`; singular to working precision is one, or not. */
export function inverse(where: string, A: Matrix, accept: "certain digits" | "any condition"): Matrix {
  const n = A.rows;
  const units = equilibrate(A);
  return withWorkspace(A.dtype, systemScratch(n, n) + matrixSize(n, n), 0, (ws) => {
    const { mem } = ws;
    const system = factorSystem(where, ws, A, units);
    const ld = leadingDimension(n);
    const x = ws.alloc(ld * n);
    extendByIdentity(ws, n, n, x, ld);
    system.applyInverse(n, x, ld);
    if (accept === "certain digits") checkCondition(where, ws, system, system.norm * oneNorm(ws, n, x, ld));
    // A⁻¹ = C·Â⁻¹·R.
    const X = Matrix.zeros(n, n, { dtype: A.dtype });
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        X.data[i * n + j] = timesPowerOfTwo(mem[x + j * ld + i], -units.cols[i] - units.rows[j]);
      }
    }
    return X;
  });
}
