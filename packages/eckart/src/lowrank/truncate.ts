import { OptionError } from "../errors.ts";
import type { ComplexSvdOptions } from "../linalg/complex/svd.ts";
import { svd, type SvdInfo, type SvdOptions } from "../linalg/svd/svd.ts";
import { type ComplexInput, ComplexMatrix, isComplex } from "../matrix/complex.ts";
import type { MatrixLike } from "../matrix/input.ts";
import { type FloatArray, Matrix } from "../matrix/matrix.ts";
import { checkChoice, checkInteger, checkNumber, checkOptions } from "../options.ts";
import { chooseRank } from "./rankChoice.ts";

/** How much of a matrix to keep: exactly one of `rank`, `energy` and `tolerance`. */
export interface TruncateOptions {
  /**
   * Number of singular values kept, min(m, n) where more is asked; or the rule of `chooseRank` that finds it, "gap" or
   * "gavish-donoho".
   */
  readonly rank?: number | "gap" | "gavish-donoho";
  /** Least part of Σσ² kept, from 0 to 1: the smallest rank that keeps it is taken. */
  readonly energy?: number;
  /** Largest relative error ‖A − A_r‖_F / ‖A‖_F: the smallest rank that meets it is taken. */
  readonly tolerance?: number;
  /** Standard deviation of the noise in one entry, for "gavish-donoho"; estimated by default. */
  readonly noise?: number;
  /** As for `svd`. */
  readonly method?: SvdOptions["method"];
}

/** What the best approximation of rank r leaves out. */
export interface TruncationError {
  /** r. */
  readonly rank: number;
  /** ‖A − A_r‖_F = √(σ²_{r+1} + …). */
  readonly frobeniusError: number;
  /** ‖A − A_r‖₂ = σ_{r+1}; 0 when nothing is left out. */
  readonly spectralError: number;
  /** ‖A − A_r‖_F / ‖A‖_F; 0 for the zero matrix. */
  readonly relativeError: number;
  /** Σσ² kept over Σσ²; 1 for the zero matrix. */
  readonly energy: number;
  /** Whether no other matrix of rank r is as near in the Frobenius norm: σ_r > σ_{r+1} beyond rounding. */
  readonly unique: boolean;
  readonly info: SvdInfo;
}

/** The best approximation of rank r, A_r = U · diag(s) · Vt, and what it leaves out. */
export interface Truncation extends TruncationError {
  /** m × r. */
  readonly U: Matrix;
  /** The r largest singular values, descending. */
  readonly s: FloatArray;
  /** r × n. */
  readonly Vt: Matrix;
  /** n × r, a view of Vt. */
  readonly V: Matrix;
}

/** The best approximation of rank r of a complex matrix, A_r = U · diag(s) · Vh, and what it leaves out. */
export interface ComplexTruncation extends TruncationError {
  /** m × r. */
  readonly U: ComplexMatrix;
  /** The r largest singular values, real, descending. */
  readonly s: FloatArray;
  /** r × n. */
  readonly Vh: ComplexMatrix;
  /** n × r, the conjugate transpose of Vh. */
  readonly V: ComplexMatrix;
}

/**
 * The best approximation of a complex matrix by one of rank r; as for a real one, with Vh for Vt.
 *
 * @throws OptionError  none or several of rank, energy and tolerance, or one out of range; the method "jacobi".
 * @throws NonFiniteError, ConvergenceError, MemoryError  as `svd`.
 *
 * Cost: that of `svd`.
 * @example
 * const { s, spectralError } = truncate({ re: [[0, 2], [0, 0]], im: [[0, 0], [1, 0]] }, { rank: 1 }); // s = [2], error 1
 */
export function truncate(A: ComplexInput, options: TruncateOptions): ComplexTruncation;
/**
 * The best approximation of A by a matrix of rank r, in the Frobenius and in the spectral norm (Eckart–Young–Mirsky):
 * the singular value decomposition cut off behind its r largest values.
 *
 * @param options  one of rank, energy and tolerance; noise for the rank "gavish-donoho"; method as for `svd`.
 * @throws OptionError  none or several of rank, energy and tolerance, or one out of range.
 * @throws NonFiniteError, ConvergenceError, MemoryError  as `svd`.
 *
 * Cost: that of `svd`.
 * Source: Eckart & Young, Psychometrika 1 (1936); Mirsky, Quart. J. Math. 11 (1960).
 * @example
 * const { rank, relativeError } = truncate([[3, 2, 2], [2, 3, -2]], { energy: 0.7 }); // rank 1, relativeError ≈ 0.514
 */
export function truncate(A: MatrixLike, options: TruncateOptions): Truncation;
export function truncate(A: MatrixLike | ComplexInput, options: TruncateOptions): Truncation | ComplexTruncation {
  checkOptions("truncate", options, ["rank", "energy", "tolerance", "noise", "method"]);
  const { rank, energy, tolerance, method = "auto" } = options;
  if (typeof rank === "string") checkChoice("truncate", "rank", rank, ["gap", "gavish-donoho"]);
  else checkInteger("truncate", "rank", rank, 0);
  checkNumber("truncate", "energy", energy, 0);
  checkNumber("truncate", "tolerance", tolerance, 0);
  if (energy !== undefined && energy > 1) throw new OptionError("truncate", "energy", energy, "a number from 0 to 1");
  const told = [rank, energy, tolerance].filter((value) => value !== undefined).length;
  if (told !== 1) throw new OptionError("truncate", "exactly one of rank, energy and tolerance", told, "told");

  const rows = (X: Matrix, r: number): Matrix => Matrix.from(X.slice(0, r));
  const columns = (X: Matrix, r: number): Matrix => Matrix.from(X.slice(0, X.rows, 0, r));
  if (!isComplex(A)) {
    const { U, s, Vt, info } = svd(A, { method });
    const left = leftOut(s, [U.rows, Vt.cols], options, info);
    const kept = rows(Vt, left.rank);
    return { U: columns(U, left.rank), s: s.slice(0, left.rank), Vt: kept, V: kept.T, ...left };
  }
  const { U, s, Vh, info } = svd(A, { method } as ComplexSvdOptions);
  const left = leftOut(s, [U.rows, Vh.cols], options, info);
  const both = ({ re, im }: ComplexMatrix, part: (X: Matrix, r: number) => Matrix): ComplexMatrix =>
    ComplexMatrix.wrap(part(re, left.rank), part(im, left.rank));
  const kept = both(Vh, rows);
  return { U: both(U, columns), s: s.slice(0, left.rank), Vh: kept, V: kept.H, ...left };
}

/** The rank that the options ask for, of an m × n matrix with the singular values s, and what it leaves out. */
function leftOut(
  s: FloatArray,
  shape: [number, number],
  { rank, energy, tolerance, noise }: TruncateOptions,
  info: SvdInfo,
): TruncationError {
  const k = s.length;
  // tails[r] = Σ_{i > r} (σᵢ/σ₁)², summed from the smallest.
  const tails = new Float64Array(k + 1);
  for (let i = k - 1; i >= 0; i--) tails[i] = tails[i + 1] + (s[0] === 0 ? 0 : (s[i] / s[0]) ** 2);
  const total = tails[0];
  const energyAt = (r: number): number => (total === 0 ? 1 : 1 - tails[r] / total);
  const errorAt = (r: number): number => (total === 0 ? 0 : Math.sqrt(tails[r] / total));

  const rule = typeof rank === "string" ? chooseRank(s, { by: rank, shape, noise }) : rank;
  let r = Math.min(rule ?? 0, k);
  if (energy !== undefined) while (r < k && energyAt(r) < energy) r++;
  if (tolerance !== undefined) while (r < k && errorAt(r) > tolerance) r++;

  const eps = s instanceof Float32Array ? 2 ** -23 : 2 ** -52;
  const gap = r > 0 && r < k ? s[r - 1] - s[r] : Infinity;
  return {
    rank: r,
    frobeniusError: (s[0] ?? 0) * Math.sqrt(tails[r]),
    spectralError: s[r] ?? 0,
    relativeError: errorAt(r),
    energy: energyAt(r),
    unique: gap > Math.max(...shape) * eps * (s[0] ?? 0) || s[r] === 0,
    info,
  };
}
