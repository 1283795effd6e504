import { asMatrix, type MatrixLike } from "../../matrix/input.ts";
import { checkOptions } from "../../options.ts";
import { checkTolerance, TOLERANCE, type Tolerance } from "../tolerance.ts";
import { rankOf } from "./spectrum.ts";

/**
 * Numerical rank: how many singular values of A count, σ > max(atol, rtol·σ₁).
 *
 * A is m × n of any shape. With the default the rank is that of some matrix within rounding of A.
 *
 * @param options.rtol  default max(m, n)·ε, or 0 where only `atol` is given.
 * @param options.atol  default 0.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 *
 * Cost: that of `svdvals`.
 * @example
 * rank([[1, 2], [2, 4]]); // 1
 */
export function rank(A: MatrixLike, options: Tolerance = {}): number {
  checkOptions("rank", options, TOLERANCE);
  checkTolerance("rank", options);
  return rankOf("rank", asMatrix("rank", A), options);
}
