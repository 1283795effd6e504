import { norm, numpyRandomState, reconstruct, scale, subtract, svd } from "eckart";

// NumPy's random numbers for seed 42: noise, not a trained update.
const d = 64;
const deltaW = scale(numpyRandomState(42).randn(d, d), 0.01);
const { U, s, Vt } = svd(deltaW);

// Python rounds ties to the even digit, 6.25 to 6.2; toFixed would not.
const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const percent = new Intl.NumberFormat("en", { ...one, roundingMode: "halfEven" });
const row = (...words: (string | number)[]): string =>
  words.map((word, i) => String(word).padStart(i === 0 ? 6 : 12)).join(" ");

// "compression" is the share of the parameters that is kept.
console.log(row("rank", "rel. error", "full params", "LoRA params", "compression"));
console.log("-".repeat(62));
for (const r of [1, 2, 4, 8, 16, 32]) {
  const approx = reconstruct({ U, s: s.slice(0, r), Vt });
  const error = norm(subtract(deltaW, approx)) / norm(deltaW);
  const full = d * d;
  const lora = r * (d + d);
  const share = percent.format((100 * lora) / full);
  console.log(row(r, error.toFixed(4), full, lora, `${share}%`));
}
