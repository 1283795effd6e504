import { classify, trace, zeroThreshold, type FloatArray, type Matrix, type Motion } from "eckart";
import { engineFor, type Watch } from "../engine/engine.ts";
import { flopsOf, shapeInWords, type Fact, type Result } from "./result.ts";
import { figures, magnitude } from "./words.ts";

/** Shape, rank, condition, determinant, norms. */
export async function overview(A: Matrix, watch: Watch): Promise<Result> {
  const engine = await engineFor(flopsOf(A) / 4, watch);
  const s = await engine.svdvals(A);
  const threshold = zeroThreshold(s, A.shape);
  const rank = s.filter((sigma) => sigma > threshold).length;
  const square = A.rows === A.cols;
  const full = rank === s.length;
  const facts: Fact[] = [
    { name: "shape", value: shapeInWords(A), about: A.dtype === "f32" ? "single precision" : "double precision" },
    {
      name: "rank",
      value: `${rank} of ${s.length}`,
      about: full ? "every singular value counts" : `values up to ${figures(threshold, 3)} count as zero`,
    },
    { name: "condition", value: conditionOf(s), about: lostDigits(s, A) },
  ];
  if (square && A.rows > 0) {
    const { sign, logabsdet } = await engine.slogdet(A);
    facts.push(
      { name: "determinant", value: determinantOf(sign, logabsdet), about: signInWords(sign) },
      { name: "trace", value: figures(trace(A), 6) },
    );
  }
  const symmetric = square && (await engine.isSymmetric(A));
  const kinds = [
    ...(square ? [symmetric ? "symmetric" : "not symmetric"] : [A.rows > A.cols ? "tall" : "wide"]),
    ...(s.length > 0 && s.length <= 1000 ? motionInWords(classify(A)) : []),
  ];
  const sum = s.reduce((total, sigma) => total + sigma, 0);
  facts.push(
    { name: "kind", value: kinds.join(", ") },
    { name: "spectral norm", value: figures(s[0] ?? 0, 6), about: "the largest stretch, σ₁" },
    { name: "Frobenius norm", value: figures(await engine.norm(A), 6), about: "root of the sum of squares" },
    { name: "nuclear norm", value: figures(sum, 6), about: "sum of the singular values" },
    { name: "1-norm", value: figures(await engine.norm(A, 1), 6), about: "largest column sum" },
    { name: "∞-norm", value: figures(await engine.norm(A, Infinity), 6), about: "largest row sum" },
    { name: "largest entry", value: figures(await engine.norm(A, "max"), 6), about: "by magnitude" },
  );
  return { parts: [], facts };
}

function conditionOf(s: FloatArray): string {
  if (s.length === 0) return "0";
  const kappa = s[0] === 0 ? Infinity : s[0]! / s.at(-1)!;
  return kappa < Infinity ? figures(kappa, 4) : "∞";
}

function lostDigits(s: FloatArray, A: Matrix): string {
  const kappa = s[0]! / s.at(-1)!;
  const digits = A.dtype === "f32" ? 7 : 16;
  if (!(kappa < Infinity)) return "σ₁ over the smallest, which is 0";
  const lost = Math.min(digits, Math.round(Math.log10(kappa)));
  return lost < 1 ? "solving with A loses no digit" : `solving with A loses about ${lost} of ${digits} digits`;
}

function determinantOf(sign: number, logabsdet: number): string {
  if (sign === 0) return "0";
  const value = sign * Math.exp(logabsdet);
  const shown = Number.isFinite(value) && value !== 0;
  return shown
    ? figures(Number(value.toPrecision(12)), 6)
    : `${sign < 0 ? "−" : ""}${magnitude(logabsdet / Math.LN10)}`;
}

const signInWords = (sign: number): string =>
  sign === 0 ? "volumes vanish" : sign < 0 ? "orientation is reversed" : "orientation is kept";

function motionInWords(motion: Motion): string[] {
  switch (motion.kind) {
    case "rotation":
      return [`a rotation by ${figures((Math.abs(motion.angle) * 180) / Math.PI, 5)}°`];
    case "roto-reflection":
      return [`a rotation by ${figures((motion.angle * 180) / Math.PI, 5)}° with a reflection`];
    case "reflection":
    case "inversion":
      return [`a ${motion.kind}`.replace("a i", "an i")];
    case "identity":
      return ["the identity"];
    case "orthogonal":
      return ["orthogonal"];
    case "row-orthonormal":
      return ["orthonormal rows"];
    case "column-orthonormal":
      return ["orthonormal columns"];
    case "not-orthogonal":
      return [];
  }
}
