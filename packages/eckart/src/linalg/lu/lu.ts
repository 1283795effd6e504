import { leadingDimension, matrixSize, withWorkspace } from "../../kernels/workspace.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../../matrix/input.ts";
import { Matrix } from "../../matrix/matrix.ts";
import { load, store } from "../../matrix/transfer.ts";
import { workingScale } from "../parts/scaling.ts";
import { luInPlace, permutationOf, signOf } from "./factor.ts";

/** P·A = L·U. */
export interface Lu {
  /** The permutation as an m × m matrix of zeros and ones, made when it is asked for. */
  readonly P: Matrix;
  /** m × k, unit lower triangular (trapezoidal for m > n), no entry above 1 in magnitude. */
  readonly L: Matrix;
  /** k × n, upper triangular (trapezoidal for m < n). */
  readonly U: Matrix;
  /** The same permutation as numbers: row i of P·A is row p[i] of A. */
  readonly p: Int32Array<ArrayBuffer>;
  /** det P. */
  readonly sign: 1 | -1;
}

/**
 * LU factorisation with partial pivoting, P·A = L·U, hence A = Pᵀ·L·U.
 *
 * A is m × n, any shape; k = min(m, n). Every step takes the pivot of largest magnitude in its column, the first of
 * equals. A singular matrix has its factors too, with a zero on the diagonal of U.
 *
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 *
 * Cost: n²(m − n/3) flops for m ≥ n.
 * Source: Toledo, SIAM J. Matrix Anal. Appl. 18 (1997).
 * @example
 * const { L, U, p } = lu([[1, 2], [3, 4]]); // p = [1, 0], U = [[3, 4], [0, 2/3]]
 */
export function lu(A: MatrixLike): Lu {
  const a = asMatrix("lu", A);
  const scale = workingScale(a.dtype, largestFinite("lu", a));
  const [m, n] = a.shape;
  const k = Math.min(m, n);
  return withWorkspace(a.dtype, matrixSize(m, n), 0, (ws) => {
    const ld = leadingDimension(m);
    const at = ws.alloc(ld * n);
    load(ws, a, at, ld, scale);
    const pivots = luInPlace(ws, m, n, at, ld);
    const L = store(ws, at, ld, m, k);
    const U = store(ws, at, ld, k, n, 1 / scale);
    for (let i = 0; i < k; i++) {
      L.data.fill(0, i * k + i, (i + 1) * k);
      L.data[i * (k + 1)] = 1;
      U.data.fill(0, i * n, i * n + i);
    }
    const p = permutationOf(pivots, m);
    return {
      get P() {
        const P = Matrix.zeros(m, m, { dtype: a.dtype });
        p.forEach((row, i) => (P.data[i * m + row] = 1));
        return P;
      },
      L,
      U,
      p,
      sign: signOf(pivots),
    };
  });
}
