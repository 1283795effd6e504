import { ShapeError } from "../../errors.ts";
import { leadingDimension, matrixSize, withWorkspace } from "../../kernels/workspace.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../../matrix/input.ts";
import type { FloatArray } from "../../matrix/matrix.ts";
import { equilibrate, loadEquilibrated } from "../parts/equilibration.ts";
import { exponentOf, timesPowerOfTwo } from "../parts/scaling.ts";
import { luInPlace, signOf } from "./factor.ts";

/** A determinant that may lie far outside the range of numbers. */
export interface SignLogDet {
  /** −1, 0 or 1. */
  readonly sign: -1 | 0 | 1;
  /** ln |det A|, −Infinity where the determinant is 0. */
  readonly logabsdet: number;
}

/**
 * Determinant of a square matrix, ± the product of the pivots of its LU factorisation.
 *
 * Neither overflows nor underflows on the way: ±Infinity or 0 come only where the determinant itself is out of range
 * (`slogdet` then tells it). The error is that of a relative change of A by a small multiple of nε; a 2 × 2 determinant
 * is right to two units in the last place, its sign always. The empty matrix has determinant 1.
 *
 * @throws ShapeError      A is not square.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 *
 * Cost: 2/3·n³ flops.
 * @example
 * det([[2, 1], [0.5, 1.5]]); // 2.5
 */
export function det(A: MatrixLike): number {
  const { mantissa, exponent } = determinant("det", A);
  return timesPowerOfTwo(mantissa, exponent);
}

/**
 * Sign and natural logarithm of the determinant, det A = sign·exp(logabsdet), for determinants out of range.
 *
 * @throws ShapeError      A is not square.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 *
 * Cost: 2/3·n³ flops.
 * @example
 * slogdet([[1e200, 0], [0, -1e200]]); // { sign: -1, logabsdet: 921.03… }, where det is -Infinity
 */
export function slogdet(A: MatrixLike): SignLogDet {
  const { mantissa, exponent } = determinant("slogdet", A);
  return {
    sign: Math.sign(mantissa) as -1 | 0 | 1,
    logabsdet: mantissa === 0 ? -Infinity : Math.log(Math.abs(mantissa)) + exponent * Math.LN2,
  };
}

/** mantissa·2^exponent with |mantissa| near 1, or mantissa 0. */
interface Scaled {
  readonly mantissa: number;
  readonly exponent: number;
}

function determinant(where: string, A: MatrixLike): Scaled {
  const a = asMatrix(where, A);
  if (a.rows !== a.cols) throw new ShapeError(where, "a square matrix", a.shape);
  largestFinite(where, a);
  const n = a.rows;
  const units = equilibrate(a);
  const exponent = [...units.rows, ...units.cols].reduce((sum, e) => sum + e, 0);
  return withWorkspace(a.dtype, matrixSize(n, n), 0, (ws) => {
    const ld = leadingDimension(n);
    const at = ws.alloc(ld * n);
    loadEquilibrated(ws, a, units, at, ld);
    if (n === 2) return times({ mantissa: 1, exponent }, crossProduct(ws.mem.subarray(at, at + 2 * ld), ld));
    let product: Scaled = { mantissa: signOf(luInPlace(ws, n, n, at, ld)), exponent };
    for (let i = 0; i < n; i++) product = times(product, ws.mem[at + i * (ld + 1)]);
    return product;
  });
}

/** ad − bc with the rounding errors of both products put back (Dekker, Numer. Math. 18, 1971). */
function crossProduct(x: FloatArray, ld: number): number {
  const ad = x[0] * x[ld + 1];
  const bc = x[ld] * x[1];
  return ad - bc + (productError(x[0], x[ld + 1], ad) - productError(x[ld], x[1], bc));
}

/** x·y − p for p = x·y rounded: exact where nothing underflows. */
function productError(x: number, y: number, p: number): number {
  const head = (z: number): number => {
    const t = z * (2 ** 27 + 1);
    return t - (t - z);
  };
  const [xHead, yHead] = [head(x), head(y)];
  const [xTail, yTail] = [x - xHead, y - yHead];
  return xTail * yTail - (p - xHead * yHead - xTail * yHead - xHead * yTail);
}

/** Product with x, the power of two moved to the exponent. */
function times({ mantissa, exponent }: Scaled, x: number): Scaled {
  if (x === 0 || mantissa === 0) return { mantissa: 0, exponent: 0 };
  const e = exponentOf(Math.abs(x));
  const value = mantissa * timesPowerOfTwo(x, -e);
  const rest = exponentOf(Math.abs(value));
  return { mantissa: timesPowerOfTwo(value, -rest), exponent: exponent + e + rest };
}
