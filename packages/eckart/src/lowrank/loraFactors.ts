import { norm } from "../linalg/norm/norm.ts";
import { subtract } from "../matrix/elementwise.ts";
import { asMatrix, type MatrixLike } from "../matrix/input.ts";
import { type FloatArray, Matrix } from "../matrix/matrix.ts";
import { checkChoice, checkInteger, checkOptions } from "../options.ts";
import { reconstruct } from "./reconstruct.ts";
import { svds } from "./svds.ts";
import { truncate } from "./truncate.ts";

/** Options of `loraFactors`. */
export interface LoraFactorsOptions {
  /** Which factor carries the singular values: "balanced" (default), half of them each; "b" or "a", that one alone. */
  readonly split?: "balanced" | "b" | "a";
}

/** ΔW ≈ loraB · loraA. */
export interface LoraFactors {
  /** out × r. */
  readonly loraB: Matrix;
  /** r × in. */
  readonly loraA: Matrix;
  /** r. */
  readonly rank: number;
  /** ‖ΔW − loraB · loraA‖_F / ‖ΔW‖_F; 0 for the zero matrix. */
  readonly relativeError: number;
  /** Part of ‖ΔW‖_F² that is kept, 1 − relativeError². */
  readonly energy: number;
}

/**
 * A weight update as a low-rank adapter, ΔW ≈ loraB · loraA: the best approximation of its rank (Eckart–Young), its
 * singular values split between the factors.
 *
 * ΔW is out × in, loraB out × r, loraA r × in. With ΔW ≈ U · diag(s) · Vt, "balanced" is U·√s and √s·Vt, whose norms
 * are equal; "b" is U·s and Vt; "a" is U and s·Vt.
 *
 * @param rank     r, min(out, in) where more is asked; or "gap" or "gavish-donoho", as `chooseRank`.
 * @param options  split.
 * @throws OptionError     a rank or an option out of range.
 * @throws NonFiniteError  ΔW holds NaN or ±Infinity.
 *
 * Cost: that of `svds` for a rank below an eighth of the smaller side of a large ΔW, else that of `svd`.
 * Source: Hu et al., LoRA, ICLR 2022.
 * @example
 * const { loraB, loraA } = loraFactors([[2, 4], [1, 2]], 1); // loraB · loraA = [[2, 4], [1, 2]]
 */
export function loraFactors(
  deltaW: MatrixLike,
  rank: number | "gap" | "gavish-donoho",
  options: LoraFactorsOptions = {},
): LoraFactors {
  checkOptions("loraFactors", options, ["split"]);
  const { split = "balanced" } = options;
  checkChoice("loraFactors", "split", split, ["balanced", "b", "a"]);
  if (typeof rank === "string") checkChoice("loraFactors", "rank", rank, ["gap", "gavish-donoho"]);
  else checkInteger("loraFactors", "rank", rank ?? NaN, 0);
  const { U, s, Vt, relativeError } = approximation(asMatrix("loraFactors", deltaW), rank);
  const share = { balanced: 0.5, b: 1, a: 0 }[split];
  const [left, right] = [Matrix.from(U), Matrix.from(Vt)];
  for (let j = 0; j < s.length; j++) {
    const toLeft = share === 0.5 ? Math.sqrt(s[j]) : share === 1 ? s[j] : 1;
    const toRight = share === 0.5 ? Math.sqrt(s[j]) : share === 1 ? 1 : s[j];
    for (let i = 0; i < left.rows; i++) left.data[i * left.cols + j] *= toLeft;
    for (let i = 0; i < right.cols; i++) right.data[j * right.cols + i] *= toRight;
  }
  return { loraB: left, loraA: right, rank: s.length, relativeError, energy: 1 - relativeError ** 2 };
}

/** Smaller side from which a few triplets are searched, and not cut off from all of them. */
const SEARCHED = 256;

function approximation(
  W: Matrix,
  rank: number | "gap" | "gavish-donoho",
): { U: Matrix; s: FloatArray; Vt: Matrix; relativeError: number } {
  const k = Math.min(W.rows, W.cols);
  if (typeof rank === "number" && k >= SEARCHED && 8 * rank <= k) {
    const found = svds(W, { k: rank });
    const total = norm(W);
    if (found.info.converged && Number.isFinite(total)) {
      return { ...found, relativeError: total === 0 ? 0 : norm(subtract(W, reconstruct(found))) / total };
    }
  }
  return truncate(W, { rank });
}
