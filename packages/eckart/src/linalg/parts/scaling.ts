// Powers of two that keep a factorisation inside the range of its dtype.
import type { DType } from "../../kernels/abi.ts";
import { Matrix } from "../../matrix/matrix.ts";
import { powerOfTwoScale } from "../../matrix/transfer.ts";

/**
 * The power of two by which a matrix with the given largest |aᵢⱼ| is multiplied before a factorisation, 1 almost always.
 *
 * Near overflow it is ε, which leaves room for sums of 1/ε entries and keeps the small entries beside them. Near
 * underflow it brings the largest entry to 1, so that every rounding stays relative. Both are exact but for entries
 * that lie too far below the largest to matter to it.
 */
export function workingScale(dtype: DType, largest: number): number {
  const [eps, tiny] = dtype === "f64" ? [2 ** -52, 2 ** -1022] : [2 ** -23, 2 ** -126];
  if (largest > eps / tiny) return eps;
  if (largest < tiny / eps ** 2) return powerOfTwoScale(largest);
  return 1;
}

/** e with 2^e ≤ x < 2^(e+1), to within one; 0 for zero. */
export function exponentOf(x: number): number {
  return x === 0 ? 0 : Math.floor(Math.log2(x));
}

/** x·2^e, in steps that overflow or underflow only where the result does. */
export function timesPowerOfTwo(x: number, e: number): number {
  for (; e > 1000 && x !== 0 && Number.isFinite(x); e -= 1000) x *= 2 ** 1000;
  for (; e < -1000 && x !== 0; e += 1000) x *= 2 ** -1000;
  return x === 0 || !Number.isFinite(x) ? x : x * 2 ** e;
}

/** A·2^e, A itself for e = 0. */
export function scaledBy(A: Matrix, e: number): Matrix {
  if (e === 0) return A;
  const scaled = Matrix.from(A);
  for (let k = 0; k < scaled.data.length; k++) scaled.data[k] = timesPowerOfTwo(scaled.data[k], e);
  return scaled;
}
