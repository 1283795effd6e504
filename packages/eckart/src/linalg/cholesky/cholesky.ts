import { SingularError } from "../../errors.ts";
import { leadingDimension, matrixSize, withWorkspace } from "../../kernels/workspace.ts";
import { asMatrix, type MatrixLike } from "../../matrix/input.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import { load, store } from "../../matrix/transfer.ts";
import { workingScale } from "../parts/scaling.ts";
import { symmetric } from "../parts/symmetric.ts";
import { choleskyInPlace } from "./factor.ts";

/**
 * Cholesky factor of a symmetric positive definite matrix, S = L·Lᵀ.
 *
 * S is n × n; L is lower triangular with a positive diagonal, and unique. Entries that should be equal may differ by
 * rounding; those below the diagonal are used.
 *
 * @throws ShapeError      S is not square.
 * @throws NonFiniteError  S holds NaN or ±Infinity.
 * @throws SymmetryError   S is not symmetric; carries the pair that shows it.
 * @throws SingularError   S is not positive definite, to working precision; carries the first index where it shows.
 *
 * Cost: n³/3 flops.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §4.2.
 * @example
 * cholesky([[4, 2], [2, 3]]); // [[2, 0], [1, √2]]
 */
export function cholesky(S: MatrixLike): Matrix {
  const s = asMatrix("cholesky", S);
  const { largest } = symmetric("cholesky", s, undefined);
  const n = s.rows;
  // L scales as √S: an even power of two.
  const root = 2 ** Math.round(Math.log2(workingScale(s.dtype, largest)) / 2);
  return withWorkspace(s.dtype, matrixSize(n, n), 0, (ws) => {
    const ld = leadingDimension(n);
    const at = ws.alloc(ld * n);
    load(ws, s, at, ld, root * root);
    const failed = choleskyInPlace(ws, n, at, ld);
    if (failed >= 0) {
      const what = `expected a positive definite matrix, got one whose leading ${failed + 1} × ${failed + 1} part is not`;
      throw new SingularError("cholesky", failed, what);
    }
    for (let j = 1; j < n; j++) ws.mem.fill(0, at + j * ld, at + j * ld + j);
    return store(ws, at, ld, n, n, 1 / root);
  });
}
