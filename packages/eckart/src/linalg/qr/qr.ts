import { stage } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, withWorkspace, type Workspace } from "../../kernels/workspace.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../../matrix/input.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import { load, store } from "../../matrix/transfer.ts";
import { checkChoice, checkOptions } from "../../options.ts";
import { formOrthogonal, reflectorScratch } from "../parts/reflector.ts";
import { workingScale } from "../parts/scaling.ts";
import { qrInPlace, qrReflectors, qrScratch } from "./householder.ts";
import { pivotedQrInPlace, pivotedQrScratch } from "./pivoted.ts";

/** Options of `qr`. */
export interface QrOptions {
  /** Q m × m and R m × n, instead of m × k and k × n with k = min(m, n). Default false. */
  readonly full?: boolean;
  /** Column pivoting: A·P = Q·R with a diagonal of R that never grows. Default false. */
  readonly pivot?: boolean;
}

/** A = Q·R. */
export interface Qr {
  readonly Q: Matrix;
  readonly R: Matrix;
}

/** A·P = Q·R. */
export interface PivotedQr extends Qr {
  /** Column j of A·P is column p[j] of A. */
  readonly p: Int32Array<ArrayBuffer>;
}

/**
 * QR factorisation with column pivoting, A·P = Q·R.
 *
 * As the factorisation without pivoting; besides, r₀₀ ≥ r₁₁ ≥ ⋯ ≥ 0 up to rounding, so the diagonal of R drops where
 * the rank ends (in all but contrived cases; `rank` is the safe answer).
 *
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 *
 * Cost: 4mnk − 2(m + n)k² + 4/3·k³ flops for R.
 * Source: LAPACK Working Notes 114 and 176.
 */
export function qr(A: MatrixLike, options: QrOptions & { readonly pivot: true }): PivotedQr;
/**
 * QR factorisation, A = Q·R.
 *
 * A is m × n, any shape; k = min(m, n). Q is m × k with orthonormal columns, R is k × n, upper triangular (trapezoidal
 * for m < n), its diagonal never negative: for A of full column rank that makes Q and R unique, those of Gram and
 * Schmidt. LAPACK and NumPy leave the signs as they fall, so their factors may differ by the sign of a row of R and a
 * column of Q.
 *
 * @param options.full   Q m × m and R m × n instead. Default false.
 * @param options.pivot  true: A·P = Q·R, with `p` in the result. Default false.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 *
 * Cost: 2n²(m − n/3) flops for R and as many again for the thin Q, m ≥ n.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §5.2; blocks of Schreiber & Van Loan.
 * @example
 * const { Q, R } = qr([[3, 1], [4, 2]]); // Q = [[0.6, -0.8], [0.8, 0.6]], R = [[5, 2.2], [0, 0.4]]
 */
export function qr(A: MatrixLike, options?: QrOptions & { readonly pivot?: false }): Qr;
export function qr(A: MatrixLike, options: QrOptions = {}): Qr | PivotedQr {
  checkOptions("qr", options, ["full", "pivot"]);
  const { full = false, pivot = false } = options;
  checkChoice("qr", "full", full, [false, true]);
  checkChoice("qr", "pivot", pivot, [false, true]);
  const a = asMatrix("qr", A);
  const scale = workingScale(a.dtype, largestFinite("qr", a));
  const [m, n] = a.shape;
  const k = Math.min(m, n);
  const columns = full ? m : k;
  const scratch = Math.max(pivot ? pivotedQrScratch(n) : qrScratch(m, n), reflectorScratch(m, columns));
  const elements = matrixSize(m, n) + k + matrixSize(m, columns) + scratch;

  return withWorkspace(a.dtype, elements, 0, (ws) => {
    const ld = leadingDimension(m);
    const at = ws.alloc(ld * n);
    const tau = ws.alloc(k);
    const q = ws.alloc(ld * columns);
    load(ws, a, at, ld, scale);
    const p = stage("qr", 2 * m * k * (n + columns), 0, () => {
      const order = pivot ? pivotedQrInPlace(ws, m, n, at, ld, tau) : qrInPlace(ws, m, n, at, ld, tau);
      formOrthogonal(ws, qrReflectors(m, n, at, ld, tau), columns, q, ld);
      return order;
    });
    for (let j = 0; j < k; j++) {
      const diagonal = at + j * (ld + 1);
      ws.mem.fill(0, diagonal + 1, diagonal + m - j);
      if (ws.mem[diagonal] >= 0) continue;
      negate(ws, n - j, diagonal, ld);
      negate(ws, m, q + j * ld, 1);
    }
    const factors = { Q: store(ws, q, ld, m, columns), R: store(ws, at, ld, columns, n, 1 / scale) };
    return p ? { ...factors, p } : factors;
  });
}

/** x ← 0 − x, which leaves a zero positive. */
function negate(ws: Workspace, n: number, x: number, dx: number): void {
  for (; n > 0; n--, x += dx) ws.mem[x] = 0 - ws.mem[x];
}
