/**
 * A number to `digits` significant figures in ASCII: `95.96`, `0.001235`, `1.235e-7`. Whole numbers below 10⁶ stay
 * whole, so that an exact 5 reads `5` and a rounded one `5.000`.
 */
export function significant(x: number, digits = 4): string {
  if (!Number.isFinite(x) || (Number.isInteger(x) && Math.abs(x) < 1e6)) return String(x);
  const [mantissa, exponent] = x.toExponential(digits - 1).split("e") as [string, string];
  const power = Number(exponent);
  return power < -4 || power > Math.max(digits, 5)
    ? `${mantissa}e${power}`
    : x.toFixed(Math.max(0, digits - 1 - power));
}

/**
 * Numbers for one column: the same count of decimals in each, `digits` significant figures in the largest, so that
 * the decimal points line up; scientific for all of them where the smallest would keep fewer than three figures.
 */
export function column(values: readonly number[], digits = 6): string[] {
  const magnitudes = values.filter((x) => x !== 0 && Number.isFinite(x)).map(Math.abs);
  if (magnitudes.length === 0 || values.every((x) => Number.isInteger(x) && Math.abs(x) < 1e6))
    return values.map(String);
  const power = Math.floor(Math.log10(Math.max(...magnitudes)));
  const decimals = Math.max(0, digits - 1 - power);
  const fixed = power < digits && decimals < 12 && Math.min(...magnitudes) * 10 ** decimals >= 99.5;
  return values.map((x) => (fixed ? x.toFixed(decimals) : x.toExponential(digits - 1)));
}

/** A share in per cent, cut and not rounded, so that only a share of exactly 1 reads `100 %`. */
export function percent(share: number, decimals = 2): string {
  if (share >= 1) return "100 %";
  const unit = 10 ** decimals;
  return `${(Math.floor(share * 100 * unit) / unit).toFixed(decimals)} %`;
}

const SUPERSCRIPT: Record<string, string> = Object.fromEntries(
  [..."-0123456789"].map((c, i) => [c, "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"[i]!]),
);

/** 10 to a whole power as it is set in print: `10⁻¹²`. */
export function powerOfTen(power: number): string {
  return `10${[...String(power)].map((c) => SUPERSCRIPT[c]).join("")}`;
}

/** ASCII numbers of a text as they are set in print: `-1.5e-7` becomes `−1.5 × 10⁻⁷`. */
export function typeset(text: string): string {
  return text
    .replace(/(\d)e([+-]?\d+)/g, (_, digit: string, power: string) => `${digit} × ${powerOfTen(Number(power))}`)
    .replace(/-(?=[\d.∞])/g, "−");
}
