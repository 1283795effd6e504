import type { Dense } from "../matrixData.ts";
import type { Random } from "../random.ts";

/** LAPACK's ways to spread k values over [1/condition, 1]. */
export type SpectrumMode = 1 | 2 | 3 | 4 | 5 | 6;

export const SPECTRUM_MODES: Readonly<Record<SpectrumMode, string>> = {
  1: "one large",
  2: "one small",
  3: "geometric",
  4: "evenly spaced",
  5: "log-uniform",
  6: "uniform",
};

/**
 * k positive values between 1/condition and 1: (1) 1, 1/κ, …, 1/κ; (2) 1, …, 1, 1/κ; (3) κ^(−i/(k−1));
 * (4) 1 − i/(k−1)·(1 − 1/κ); (5) random with uniform logarithm; (6) random uniform.
 *
 * Source: LAPACK TESTING/MATGEN, the definitions of dlatm1.
 */
export function spectrum(mode: SpectrumMode, k: number, condition: number, random: Random): Float64Array {
  const share = (i: number): number => (k > 1 ? i / (k - 1) : 0);
  const value: Record<SpectrumMode, (i: number) => number> = {
    1: (i) => (i === 0 ? 1 : 1 / condition),
    2: (i) => (i === k - 1 ? 1 / condition : 1),
    3: (i) => condition ** -share(i),
    4: (i) => 1 - share(i) * (1 - 1 / condition),
    5: () => random.powerOfTwoBetween(-Math.log2(condition), 0),
    6: () => random.uniform(),
  };
  return Float64Array.from({ length: k }, (_, i) => value[mode](i));
}

/**
 * A = Q · diag(values) · Pᵀ with random orthogonal Q (m × m) and P (n × n), each a product of Householder reflectors
 * of Gaussian vectors, hence Haar-distributed up to signs. Cost: 4·m·n·min(m, n) flops or so.
 *
 * Source: G. W. Stewart, The efficient generation of random orthogonal matrices, SIAM J. Numer. Anal. 17 (1980).
 */
export function withSingularValues(rows: number, cols: number, values: Float64Array, random: Random): Dense {
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < values.length; i++) data[i * cols + i] = values[i];
  for (let start = values.length - 1; start >= 0; start--) {
    reflect(data, gaussianVector(rows - start, random), start * cols + start, cols, 1, cols - start);
    reflect(data, gaussianVector(cols - start, random), start * cols + start, 1, cols, rows - start);
  }
  return { rows, cols, data };
}

/** S = Q · diag(values) · Qᵀ, exactly symmetric, with random orthogonal Q as in `withSingularValues`. */
export function withEigenvalues(values: Float64Array, random: Random): Dense {
  const n = values.length;
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = values[i];
  for (let start = n - 1; start >= 0; start--) {
    const v = gaussianVector(n - start, random);
    reflect(data, v, start * n + start, n, 1, n - start);
    reflect(data, v, start * n + start, 1, n, n - start);
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) data[j * n + i] = data[i * n + j];
  return { rows: n, cols: n, data };
}

function gaussianVector(length: number, random: Random): Float64Array {
  return Float64Array.from({ length }, () => random.gaussian());
}

/** X ← (I − 2vvᵀ/vᵀv)·X, where row i of X starts at data[start + i·along] and its entries are `across` apart. */
function reflect(
  data: Float64Array,
  v: Float64Array,
  start: number,
  along: number,
  across: number,
  count: number,
): void {
  const square = v.reduce((sum, vi) => sum + vi * vi, 0);
  for (let j = 0; j < count; j++) {
    let dot = 0;
    for (let i = 0; i < v.length; i++) dot += v[i] * data[start + i * along + j * across];
    const step = (2 * dot) / square;
    for (let i = 0; i < v.length; i++) data[start + i * along + j * across] -= step * v[i];
  }
}
