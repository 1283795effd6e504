// The one rule for zero: a singular value counts where σ > max(atol, rtol·σ₁).
import { checkFloats, checkNumber, checkOptions, checkShape } from "../options.ts";
import type { FloatArray } from "../matrix/matrix.ts";

/** Which singular values count: σ > max(atol, rtol·σ₁). */
export interface Tolerance {
  /** Relative to σ₁. Default max(m, n)·ε of the dtype; 0 where only `atol` is given. */
  readonly rtol?: number;
  /** Absolute, in the units of the matrix. Default 0. */
  readonly atol?: number;
}

/** The names of the options, for `checkOptions`. */
export const TOLERANCE: readonly string[] = ["rtol", "atol"];

/** Refuses a tolerance that is negative or not finite. */
export function checkTolerance(where: string, { rtol, atol }: Tolerance): void {
  checkNumber(where, "rtol", rtol, 0);
  checkNumber(where, "atol", atol, 0);
}

/**
 * The bound at or below which singular values of an m × n matrix count as zero: max(atol, rtol·σ₁). `rank`, `pinv`,
 * `lstsq`, `nullSpace` and `orth` all use it.
 *
 * @param s      the singular values, descending; their dtype decides ε.
 * @param shape  [m, n].
 * @throws OptionError  s or the shape is none, or a tolerance is negative or not finite.
 * @example
 * zeroThreshold(Float64Array.of(5, 3), [2, 3]); // 3·2⁻⁵²·5
 */
export function zeroThreshold(s: FloatArray, shape: readonly [number, number], tolerance: Tolerance = {}): number {
  checkFloats("zeroThreshold", "s", s);
  checkShape("zeroThreshold", shape);
  checkOptions("zeroThreshold", tolerance, TOLERANCE);
  checkTolerance("zeroThreshold", tolerance);
  return thresholdOf(s, shape[0], shape[1], tolerance, 1);
}

/**
 * How many of the descending singular values of an m × n matrix count: its numerical rank. They are those of a matrix
 * in the units of `atol`, times `unit`.
 */
export function numericalRank(s: FloatArray, m: number, n: number, tolerance: Tolerance = {}, unit = 1): number {
  const threshold = thresholdOf(s, m, n, tolerance, unit);
  let rank = 0;
  while (rank < s.length && s[rank] > threshold) rank++;
  return rank;
}

function thresholdOf(s: FloatArray, m: number, n: number, { rtol, atol }: Tolerance, unit: number): number {
  const eps = s instanceof Float32Array ? 2 ** -23 : 2 ** -52;
  const relative = rtol ?? (atol === undefined ? Math.max(m, n) * eps : 0);
  return Math.max((atol ?? 0) * unit, relative * (s[0] ?? 0));
}
