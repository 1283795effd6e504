// From eigenvectors of the balanced matrix to those of the matrix itself: x = P·D·x̂ and y = P·D⁻¹·ŷ, of unit length and
// with a fixed phase, in the order of the eigenvalues.
import type { DType, Mem } from "../../kernels/abi.ts";
import { ComplexMatrix } from "../../matrix/complex.ts";
import { Matrix } from "../../matrix/matrix.ts";
import { exponentOf, timesPowerOfTwo } from "../parts/scaling.ts";
import type { Balance } from "./balance.ts";

/** The places of the eigenvalues by ascending real part, then by ascending magnitude of the imaginary part. */
export function eigenvalueOrder(re: Float64Array, im: Float64Array): number[] {
  const firsts = Array.from(re.keys()).filter((i) => im[i] >= 0);
  firsts.sort((i, j) => re[i] - re[j] || im[i] - im[j] || i - j);
  return firsts.flatMap((i) => (im[i] > 0 ? [i, i + 1] : [i]));
}

/**
 * The columns at X, in the given order, as eigenvectors of A; `sign` is 1 for right and −1 for left ones. Every column has
 * length 1, and its entry of largest magnitude is real and positive: of entries equal to about six digits (three in
 * f32), the first.
 */
export function finishVectors(
  mem: Mem,
  dtype: DType,
  X: number,
  ldx: number,
  im: Float64Array,
  order: readonly number[],
  { p, exponents }: Balance,
  sign: 1 | -1,
): ComplexMatrix {
  const n = order.length;
  const V = ComplexMatrix.wrap(Matrix.zeros(n, n, { dtype }), Matrix.zeros(n, n, { dtype }));
  const [a, b, x, y] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  order.forEach((e, j) => {
    if (im[e] < 0) {
      // The conjugate of the column before.
      for (let i = 0; i < n; i++) {
        V.re.data[i * n + j] = V.re.data[i * n + j - 1];
        V.im.data[i * n + j] = 0 - V.im.data[i * n + j - 1];
      }
      return;
    }
    const column = X + e * ldx;
    a.set(mem.subarray(column, column + n));
    if (im[e] > 0) b.set(mem.subarray(column + ldx, column + ldx + n));
    else b.fill(0);
    unbalance(a, b, exponents, sign);
    for (let i = 0; i < n; i++) {
      x[p[i]] = a[i];
      y[p[i]] = b[i];
    }
    normalise(x, y, im[e] > 0, dtype === "f64" ? 2 ** -20 : 2 ** -10);
    for (let i = 0; i < n; i++) {
      V.re.data[i * n + j] = x[i];
      V.im.data[i * n + j] = y[i];
    }
  });
  return V;
}

/** D^±1·(a + b·i), its largest entry near 1. */
function unbalance(a: Float64Array, b: Float64Array, exponents: Int32Array, sign: 1 | -1): void {
  if (exponents.every((e) => e === 0)) return;
  let most = -Infinity;
  for (let i = 0; i < a.length; i++) {
    const size = Math.max(Math.abs(a[i]), Math.abs(b[i]));
    if (size > 0) most = Math.max(most, exponentOf(size) + sign * exponents[i]);
  }
  for (let i = 0; i < a.length; i++) {
    a[i] = timesPowerOfTwo(a[i], sign * exponents[i] - most);
    b[i] = timesPowerOfTwo(b[i], sign * exponents[i] - most);
  }
}

/** a + b·i ← (a + b·i)/φ‖a + b·i‖ with the phase φ of the leading entry. */
function normalise(a: Float64Array, b: Float64Array, complex: boolean, tie: number): void {
  const n = a.length;
  let [sum, most] = [0, 0];
  for (let i = 0; i < n; i++) {
    const square = a[i] * a[i] + b[i] * b[i];
    sum += square;
    if (square > most) most = square;
  }
  let lead = 0;
  while (a[lead] * a[lead] + b[lead] * b[lead] < most * (1 - 2 * tie)) lead++;
  const norm = Math.sqrt(sum);
  if (!complex) {
    const factor = a[lead] < 0 ? -norm : norm;
    for (let i = 0; i < n; i++) a[i] = a[i] / factor + 0; // no negative zero
    return;
  }
  const size = Math.hypot(a[lead], b[lead]);
  const [cos, sin] = [a[lead] / size, b[lead] / size];
  for (let i = 0; i < n; i++) {
    [a[i], b[i]] = [(a[i] * cos + b[i] * sin) / norm, (b[i] * cos - a[i] * sin) / norm];
  }
  b[lead] = 0;
}
