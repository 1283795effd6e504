/** A spectrum to draw: the result of `svd` serves as it is. */
export interface SpectrumInput {
  /** The singular values, descending and none negative. */
  readonly s: ArrayLike<number>;
  /** Values at or below it count as zero; none do by default. */
  readonly threshold?: number;
  /** ‖A‖_F, where `s` is only a part of the values: energy is a share of the whole. By default `s` is all of them. */
  readonly norm?: number;
}

/** A checked spectrum with what both the figure and the terminal show of it. */
export interface SpectrumData {
  readonly s: readonly number[];
  readonly threshold: number;
  /** How many values exceed the threshold. */
  readonly rank: number;
  /** energy[k − 1] = (σ₁² + … + σₖ²) / Σσ², or over ‖A‖². */
  readonly energy: readonly number[];
  /** Whether these are all values. */
  readonly whole: boolean;
}

/**
 * Reads a spectrum: rank by its threshold, and the cumulative energy.
 *
 * @throws RangeError where a value is not finite, is negative, or exceeds the one before it.
 */
export function readSpectrum(caller: string, { s: values, threshold = 0, norm }: SpectrumInput): SpectrumData {
  const s = Array.from(values);
  s.forEach((x, i) => {
    if (!(x >= 0 && x < Infinity))
      throw new RangeError(`${caller}: expected s[${i}] finite and not negative, got ${x}`);
    if (i > 0 && x > s[i - 1]!)
      throw new RangeError(`${caller}: expected s descending, got s[${i}] = ${x} after ${s[i - 1]}`);
  });
  const shares = cumulativeEnergy(s);
  // (σ₁/‖A‖)² of the whole is shares[0] of the part.
  const held = norm === undefined || !s[0] ? 1 : (s[0] / norm) ** 2 / shares[0]!;
  const energy = shares.map((share) => Math.min(1, share * held));
  return { s, threshold, rank: s.filter((x) => x > threshold).length, energy, whole: norm === undefined };
}

/**
 * The share of the energy that the k largest values hold, (σ₁² + … + σₖ²) / Σσ² for k = 1 … n, free of overflow; the
 * last share is exactly 1. Of a zero matrix any rank keeps everything, so its shares are all 1.
 */
export function cumulativeEnergy(s: ArrayLike<number>): number[] {
  const largest = s[0] ?? 0;
  if (largest === 0) return Array.from(s, () => 1);
  const unit = 2 ** Math.floor(Math.log2(largest));
  let sum = 0;
  const sums = Array.from(s, (x) => (sum += (x / unit) ** 2));
  return sums.map((part) => part / sum);
}

/** The smallest k whose values hold at least the given share of the energy. */
export function rankForEnergy(energy: readonly number[], share: number): number {
  return energy.findIndex((part) => part >= share) + 1;
}

/** Values that span more than three decades are read on a logarithmic scale. */
export function spansDecades(s: readonly number[]): boolean {
  const positive = s.filter((x) => x > 0);
  return positive.length > 1 && positive[0]! / positive.at(-1)! > 1e3;
}
