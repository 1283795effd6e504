import type { MatrixData } from "../matrixData.ts";

/**
 * A row-major matrix in twofold precision and with a range of its own: entry k is (hi[k] + lo[k])·2^exponent, where
 * lo is at most half a unit in the last place of hi. About 106 bits, so that a measure built on it has no rounding of
 * its own to speak of.
 *
 * Sources: T. Ogita, S. Rump, S. Oishi, Accurate sum and dot product, SIAM J. Sci. Comput. 26 (2005), algorithm 5.3
 * (Dot2); T. Dekker, A floating-point technique for extending the available precision, Numer. Math. 18 (1971).
 */
export interface DoubleDouble {
  readonly rows: number;
  readonly cols: number;
  readonly hi: Float64Array;
  readonly lo: Float64Array;
  readonly exponent: number;
}

/** Multiplying by it and subtracting splits a double in two halves of 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;

/** A copy, scaled by a power of two so that the largest magnitude lies in [1, 2). Exact, but for entries 2⁻¹⁰⁰⁰ times the largest. */
export function exact({ rows, cols, data, offset = 0, rowStride = cols, colStride = 1 }: MatrixData): DoubleDouble {
  const hi = new Float64Array(rows * cols);
  let largest = 0;
  for (let i = 0, k = 0; i < rows; i++)
    for (let j = 0; j < cols; j++, k++) {
      hi[k] = data[offset + i * rowStride + j * colStride];
      largest = Math.max(largest, Math.abs(hi[k]));
    }
  const exponent = binaryExponent(largest);
  for (let k = 0; k < hi.length; k++) hi[k] = timesPowerOfTwo(hi[k], -exponent);
  return { rows, cols, hi, lo: new Float64Array(hi.length), exponent };
}

export function transpose({ rows, cols, hi, lo, exponent }: DoubleDouble): DoubleDouble {
  const flip = (from: Float64Array): Float64Array => {
    const to = new Float64Array(from.length);
    for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < cols; j++) to[j * rows + i] = from[k++];
    return to;
  };
  return { rows: cols, cols: rows, hi: flip(hi), lo: flip(lo), exponent };
}

/** The product A·B, rounded once to twofold precision: error about k·2⁻¹⁰⁶ times Σ|aᵢₖ·bₖⱼ|. */
export function multiply(A: DoubleDouble, B: DoubleDouble): DoubleDouble {
  if (A.cols !== B.rows) throw new RangeError(`multiply: expected ${A.cols} rows, got ${B.rows}`);
  const [m, n, k] = [A.rows, B.cols, A.cols];
  const columns = transpose(B);
  const columnHeads = columns.hi.map(head);
  const rowHeads = A.hi.map(head);
  const hi = new Float64Array(m * n);
  const lo = new Float64Array(m * n);
  for (let i = 0, entry = 0; i < m; i++)
    for (let j = 0; j < n; j++, entry++) {
      let sum = 0;
      let error = 0;
      for (let p = i * k, q = j * k, end = p + k; p < end; p++, q++) {
        const a = A.hi[p];
        const b = columns.hi[q];
        const aHead = rowHeads[p];
        const bHead = columnHeads[q];
        const aTail = a - aHead;
        const bTail = b - bHead;
        const product = a * b;
        const lost = aTail * bTail - (product - aHead * bHead - aTail * bHead - aHead * bTail);
        const next = sum + product;
        const taken = next - sum;
        error += sum - (next - taken) + (product - taken) + lost + a * columns.lo[q] + A.lo[p] * b;
        sum = next;
      }
      hi[entry] = sum + error;
      lo[entry] = error - (hi[entry] - sum);
    }
  return { rows: m, cols: n, hi, lo, exponent: A.exponent + B.exponent };
}

/** diag(s)·B. */
export function scaleRows(s: ArrayLike<number>, B: DoubleDouble): DoubleDouble {
  const factors = exact({ rows: s.length, cols: 1, data: s });
  const hi = new Float64Array(B.hi.length);
  const lo = new Float64Array(B.hi.length);
  for (let i = 0, k = 0; i < B.rows; i++)
    for (let j = 0; j < B.cols; j++, k++) {
      const a = factors.hi[i];
      const b = B.hi[k];
      const [aHead, bHead] = [head(a), head(b)];
      hi[k] = a * b;
      lo[k] =
        (a - aHead) * (b - bHead) - (hi[k] - aHead * bHead - (a - aHead) * bHead - aHead * (b - bHead)) + a * B.lo[k];
    }
  return { ...B, hi, lo, exponent: B.exponent + factors.exponent };
}

/** A − B, rounded to doubles, in units of 2^exponent of whichever has the larger exponent. */
export function difference(A: DoubleDouble, B: DoubleDouble): DoubleDouble {
  if (A.rows !== B.rows || A.cols !== B.cols)
    throw new RangeError(`difference: expected ${A.rows}×${A.cols}, got ${B.rows}×${B.cols}`);
  const exponent = Math.max(A.exponent, B.exponent);
  const a = (x: number): number => timesPowerOfTwo(x, A.exponent - exponent);
  const b = (x: number): number => timesPowerOfTwo(x, B.exponent - exponent);
  const hi = A.hi.map((_, k) => a(A.hi[k]) - b(B.hi[k]) + (a(A.lo[k]) - b(B.lo[k])));
  return { rows: A.rows, cols: A.cols, hi, lo: new Float64Array(hi.length), exponent };
}

export function identity(n: number): DoubleDouble {
  const hi = new Float64Array(n * n);
  for (let i = 0; i < n; i++) hi[i * n + i] = 1;
  return { rows: n, cols: n, hi, lo: new Float64Array(n * n), exponent: 0 };
}

/** A number mantissa·2^exponent, for norms that may lie outside the range of doubles. */
export interface Scaled {
  readonly mantissa: number;
  readonly exponent: number;
}

/** ‖A‖₁, the largest column sum of magnitudes. */
export function oneNorm({ rows, cols, hi, exponent }: DoubleDouble): Scaled {
  const sums = new Float64Array(cols);
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < cols; j++) sums[j] += Math.abs(hi[k++]);
  return { mantissa: sums.reduce((largest, sum) => Math.max(largest, sum), 0), exponent };
}

/** x·2^power without an overflow or underflow that the result does not have. */
export function timesPowerOfTwo(x: number, power: number): number {
  for (; power > 1000; power -= 1000) x *= 2 ** 1000;
  for (; power < -1000 && x !== 0; power += 1000) x *= 2 ** -1000;
  return x * 2 ** Math.max(power, -1000);
}

/** e with 2^e ≤ x < 2^(e+1); 0 for zero and for what is not finite. */
export function binaryExponent(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return 0;
  if (x < 2 ** -1000) return binaryExponent(x * 2 ** 200) - 200;
  let e = Math.floor(Math.log2(x));
  if (2 ** e > x) e--;
  else if (e < 1023 && 2 ** (e + 1) <= x) e++;
  return e;
}

/** The leading half of a double, |x| < 2⁹⁹⁵: 26 bits that make products of halves exact. */
function head(x: number): number {
  const c = SPLITTER * x;
  return c - (c - x);
}
