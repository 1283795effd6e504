import { OptionError } from "../errors.ts";
import { asVector, type VectorLike } from "../matrix/input.ts";
import { checkChoice, checkInteger, checkNumber, checkOptions } from "../options.ts";

/** How `chooseRank` decides. */
export type RankRule = "energy" | "gap" | "gavish-donoho";

/** Options of `chooseRank`. */
export interface RankChoiceOptions {
  /** "energy", "gap" or "gavish-donoho" (default). */
  readonly by?: RankRule;
  /** For "energy": least part of Σσ² kept, from 0 to 1. Default 0.9. */
  readonly energy?: number;
  /** For "gavish-donoho": m and n of the matrix. Needed there. */
  readonly shape?: readonly [number, number];
  /** For "gavish-donoho": standard deviation of the noise in one entry. Estimated from the median value by default. */
  readonly noise?: number;
  /** No more than this many. Default: all. */
  readonly maxRank?: number;
}

/**
 * How many singular values stand out: a rank for `truncate`.
 *
 * "energy": the least r with σ₁² + … + σ_r² ≥ energy·Σσ².
 * "gap": the r after which the values fall most, σ_r/σ_{r+1} largest, in the first half of those that are not zero to
 * working precision (among the smallest values of noise a fall says nothing), or their end where zeros follow them and
 * the fall to these is wider. All of them where nothing falls.
 * "gavish-donoho": the values above the threshold that is best, in the mean square, for a low rank and white noise as
 * m and n grow: λ(β)·√n·noise where the noise is known, ω(β)·median(s) where it is not, with m ≤ n and β = m/n. It asks
 * for all min(m, n) values and a signal of rank far below n/2.
 *
 * @param s  singular values, descending.
 * @throws OptionError     an option out of range, no shape for "gavish-donoho", or values that ascend or are negative.
 *
 * Source: Gavish & Donoho, The optimal hard threshold for singular values is 4/√3, IEEE Trans. Inf. Theory 60 (2014).
 * @example
 * chooseRank([9, 8, 0.1, 0.09], { by: "gap" }); // 2
 */
export function chooseRank(s: VectorLike, options: RankChoiceOptions = {}): number {
  checkOptions("chooseRank", options, ["by", "energy", "shape", "noise", "maxRank"]);
  const { by = "gavish-donoho", energy = 0.9, shape, noise, maxRank } = options;
  checkChoice("chooseRank", "by", by, ["energy", "gap", "gavish-donoho"]);
  checkNumber("chooseRank", "energy", energy, 0);
  if (energy > 1) throw new OptionError("chooseRank", "energy", energy, "a number from 0 to 1");
  checkNumber("chooseRank", "noise", noise, 0);
  checkInteger("chooseRank", "maxRank", maxRank, 0);
  const { data, offset, rows, rowStride } = asVector("chooseRank", s);
  const values = Float64Array.from({ length: rows }, (_, i) => data[offset + i * rowStride]);
  values.forEach((sigma, i) => {
    if (!(sigma >= 0 && sigma <= (values[i - 1] ?? Infinity)) || sigma === Infinity) {
      throw new OptionError("chooseRank", `s[${i}]`, sigma, "finite, not negative, and not above the value before");
    }
  });
  const eps = data instanceof Float32Array ? 2 ** -23 : 2 ** -52;
  return Math.min(maxRank ?? Infinity, countBy(by, values, energy, eps, shape, noise));
}

function countBy(
  by: RankRule,
  s: Float64Array,
  energy: number,
  eps: number,
  shape?: readonly [number, number],
  noise?: number,
): number {
  if (by === "energy") return rankByEnergy(s, energy);
  if (by === "gap") return rankByGap(s, Math.max(s.length, ...(shape ?? [])) * eps);
  if (shape === undefined) throw new OptionError("chooseRank", "shape", shape, "[m, n], told for this rule");
  for (const size of shape) checkInteger("chooseRank", "shape", size, 0);
  const [small, large] = shape[0] < shape[1] ? shape : [shape[1], shape[0]];
  if (shape.length !== 2 || small < s.length || (noise === undefined && small !== s.length)) {
    const wanted = noise === undefined ? "as many values as its smaller side" : "no fewer values a side";
    throw new OptionError("chooseRank", "shape", shape.join(" × "), `[m, n] with ${wanted} (${s.length})`);
  }
  const threshold =
    noise === undefined
      ? medianThreshold(small / large) * median(s)
      : noiseThreshold(small / large) * Math.sqrt(large) * noise;
  return s.filter((sigma) => sigma > threshold).length;
}

/** The least r with Σ_{i ≤ r} σᵢ² ≥ energy·Σσ². */
export function rankByEnergy(s: ArrayLike<number>, energy: number): number {
  // tail = Σ_{i ≥ r} (σᵢ/σ₁)², summed from the smallest.
  const tails = new Float64Array(s.length + 1);
  for (let i = s.length - 1; i >= 0; i--) tails[i] = tails[i + 1] + (s[0] === 0 ? 0 : (s[i] / s[0]) ** 2);
  let r = 0;
  while (r < s.length && 1 - tails[r] / (tails[0] || 1) < energy && tails[r] > 0) r++;
  return r;
}

function rankByGap(s: Float64Array, relative: number): number {
  const floor = relative * (s[0] ?? 0);
  const counted = s.filter((sigma) => sigma > floor).length;
  let best = counted;
  let widest = counted < s.length ? (s[counted - 1] ?? 0) / floor : 1;
  for (let r = 1; r < counted && r <= Math.ceil(counted / 2); r++) {
    if (s[r - 1] / s[r] > widest) {
      widest = s[r - 1] / s[r];
      best = r;
    }
  }
  return best;
}

/** λ(β), the threshold in units of √n·noise (Gavish & Donoho, equation 11). */
export function noiseThreshold(beta: number): number {
  return Math.sqrt(2 * (beta + 1) + (8 * beta) / (beta + 1 + Math.sqrt(beta * beta + 14 * beta + 1)));
}

/** ω(β) = λ(β)/√μ, the threshold in units of the median singular value; μ is the median of Marčenko and Pastur. */
export function medianThreshold(beta: number): number {
  return noiseThreshold(beta) / Math.sqrt(marchenkoPasturMedian(beta));
}

/**
 * The median of the Marčenko–Pastur law for 0 ≤ β ≤ 1, whose density is √((b − t)(t − a))/(2πβt) on [a, b],
 * a, b = (1 ∓ √β)².
 */
function marchenkoPasturMedian(beta: number): number {
  if (beta < 1e-6) return 1 - beta / 3; // to order β², where the closed form would lose its digits
  const root = Math.sqrt(beta);
  // With t = 1 + β − 2√β·cos φ the density is 2·sin²φ/(π·t), 0 ≤ φ ≤ π, whose integral is elementary.
  const below = (phi: number): number =>
    ((1 + beta) * phi +
      2 * root * Math.sin(phi) -
      2 * (1 - beta) * Math.atan(((1 + root) / (1 - root)) * Math.tan(phi / 2))) /
    (2 * Math.PI * beta);
  let low = 0;
  let high = Math.PI;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (below(middle) < 0.5) low = middle;
    else high = middle;
  }
  return 1 + beta - 2 * root * Math.cos((low + high) / 2);
}

function median(s: Float64Array): number {
  const middle = s.length >> 1;
  if (s.length === 0) return 0;
  return s.length % 2 === 1 ? s[middle] : (s[middle - 1] + s[middle]) / 2;
}
