import {
  accuracy,
  certify,
  format,
  type Matrix,
  norm,
  rotateScaleRotate,
  subtract,
  zeroThreshold,
  type Accuracy,
  type EigenFactors,
  type FloatArray,
  type SvdFactors,
} from "eckart";
import { mapFilm, significant, toAnimatedSvg, type Line } from "@eckart/views";
import type { Answer, Context } from "../answer.ts";
import type { Operand } from "../input.ts";
import type { Options, Terminal } from "../request.ts";
import { facts, ink, muted, table } from "../text.ts";

/** The heading of every report: what was read. */
export function heading(input: Operand): Line[] {
  const { name, shape, dtype, sparse } = input;
  const type = (sparse ?? input.A).dtype;
  const computed = dtype === type ? type : `${dtype}, computed in ${type}`;
  const stored = sparse ? `, ${sparse.nnz} entries stored` : "";
  return [[ink(name), muted(`  ${shape.join(" × ") || "one number"}  ${computed}${stored}`)], []];
}

/** A measured error with two figures, and beside it the ratio of LAPACK's tests: a few n·ε, n the larger side, is good. */
export function measured(error: number, A: Matrix): string {
  const unit = Math.max(A.rows, A.cols, 1) * (A.dtype === "f32" ? 2 ** -23 : 2 ** -52);
  return `${significant(error, 2)}  (${significant(error / unit, 2)} n·ε)`;
}

/** The relative size of what is left of A after taking B away, in the Frobenius norm; 0 of a zero matrix. */
export function relativeDifference(A: Matrix, B: Matrix): number {
  const size = norm(A);
  return size === 0 ? 0 : norm(subtract(A, B)) / size;
}

/** A matrix as a person reads it, as NumPy prints; what is rounding beside numbers of ordinary size prints as 0. */
export function printed(A: Matrix, { precision = 6 }: Options): Line[] {
  return format(A, { precision, suppress: norm(A, "max") >= 1e-3 })
    .split("\n")
    .map((line): Line => [ink(line)]);
}

/** The rank by the one rule for zero, and the bound that decided it: 0 where every value counts. */
export function rankAndThreshold(A: Matrix, s: FloatArray, options: Options): { rank: number; threshold: number } {
  const threshold = zeroThreshold(s, A.shape, tolerance(options));
  const rank = s.filter((sigma) => sigma > threshold).length;
  return { rank, threshold: rank < s.length ? threshold : 0 };
}

/** σ₁ over the smallest singular value; 0 for an empty matrix. */
export function condition(s: FloatArray): number {
  return s.length === 0 ? 0 : s[0] === 0 ? Infinity : s[0]! / s.at(-1)!;
}

/** The options of the rule for zero, as far as they were given. */
export function tolerance({ rtol, atol }: Options): { rtol?: number; atol?: number } {
  return { ...(rtol !== undefined && { rtol }), ...(atol !== undefined && { atol }) };
}

/** The picture options that a terminal gives. */
export function picture(
  { columns, unicode }: Terminal,
  { precision }: Options,
): { columns: number; unicode: boolean; digits?: number } {
  return { columns, unicode, ...(precision !== undefined && { digits: precision }) };
}

/** The sentence for a bound of --tol that was not kept. */
export function missedTolerance(error: number | undefined, { tol }: Options, what: string): string | undefined {
  if (tol === undefined || error === undefined || error <= tol) return undefined;
  return `the ${what} is ${significant(error, 3)}; asked for at most ${significant(tol, 3)}`;
}

/** How far factors are from their matrix, as `accuracy` measures it. */
export function achieved({ follow }: Context, A: Matrix, F: SvdFactors | EigenFactors): Accuracy {
  return follow("measuring the error", () => accuracy(A, F));
}

/** The only operand of a command. */
export function operand({ operands }: Context): Operand {
  return operands[0]!;
}

/** Who answered, and how long it took. */
export function answeredBy(info: { readonly method: string; readonly backend: string }, ms: number): [string, string] {
  return [
    "computed by",
    `${info.method} on ${info.backend} in ${ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`}`,
  ];
}

/** A and B of a linear system; a single row stands for the column that fits. */
export function system({ operands }: Context): { input: Operand; A: Matrix; B: Matrix } {
  const [input, right] = operands as [Operand, Operand];
  const { A } = input;
  const B = right.A;
  return { input, A, B: B.rows === 1 && A.rows !== 1 && B.cols === A.rows ? B.T : B };
}

/** Whether a map is between spaces of two or three dimensions, where it can be drawn. */
export function isDrawable({ rows, cols }: Matrix): boolean {
  return [rows, cols].every((size) => size === 2 || size === 3);
}

/** The film of a map: rotate, scale, rotate. */
export function film({ A, name }: Operand): string {
  return toAnimatedSvg(mapFilm(rotateScaleRotate(A), { title: `Rotate, scale, rotate: ${name}` }));
}

/** Most intervals that a report lists. */
const LISTED = 12;

/** What is proved of a decomposition, as the answer and the report have it. */
export function proved(
  { follow }: Context,
  A: Matrix,
  F: SvdFactors | EigenFactors,
): Pick<Answer, "certificate" | "report" | "missed"> {
  const {
    values,
    residual,
    unavoidable,
    orthogonalityU,
    orthogonalityV,
    rank,
    defect,
    tolerance: most,
    accepted,
  } = follow("proving bounds", () => certify(A, F));
  const symmetric = "w" in F;
  const letter = symmetric ? "λ" : "σ";
  const [lower, upper] = [Array.from(values.lower), Array.from(values.upper)];
  const shown = lower.slice(0, LISTED).map((low, i) => [String(i + 1), String(low), String(upper[i])]);
  const report: Line[] = [
    ...facts([
      [
        "proved",
        accepted ? "as exact as it can be" : "not as exact as it could be",
        `${atMost(defect)} of at most ${atMost(most)}`,
      ],
      [
        "residual",
        `≤ ${atMost(residual.spectral)}`,
        `${symmetric ? "‖S − V·diag(w)·Vᵀ‖₂" : "‖A − U·diag(s)·Vᵀ‖₂"}, rounding included`,
      ],
      ...(unavoidable.spectral > 0
        ? [["no rank does better", `≥ ${atLeast(unavoidable.spectral)}`, "‖A − B‖₂ for every B of this rank"] as const]
        : []),
      ...(symmetric ? [] : [["orthogonality U", `≤ ${atMost(orthogonalityU)}`, "‖UᵀU − I‖₂"] as const]),
      ["orthogonality V", `≤ ${atMost(orthogonalityV)}`, "‖VᵀV − I‖₂"],
      ["rank", `≥ ${rank}`],
    ]),
    [],
    ...table(["k", `${letter} at least`, `${letter} at most`], shown),
    ...(lower.length > LISTED ? [[muted(`and ${lower.length - LISTED} more`)]] : []),
  ];
  return {
    certificate: {
      residual,
      unavoidable,
      orthogonalityU,
      orthogonalityV,
      lower,
      upper,
      rank,
      defect,
      tolerance: most,
      accepted,
    },
    report,
    missed: accepted ? undefined : `the proved defect is ${atMost(defect)}; accepted is at most ${atMost(most)}`,
  };
}

/** A bound from above in a few figures, never below itself. */
function atMost(x: number): string {
  return bound(x, (shown) => shown >= x, 1);
}

/** A bound from below, never above itself. */
function atLeast(x: number): string {
  return bound(x, (shown) => shown <= x, -1);
}

function bound(x: number, holds: (shown: number) => boolean, direction: 1 | -1): string {
  if (!Number.isFinite(x) || x === 0) return String(x);
  const figures = x < 1e-3 ? 2 : 6;
  const nearest = Number(x.toPrecision(figures));
  const step = 10 ** (Math.floor(Math.log10(x)) - figures + 1);
  const shown = holds(nearest) ? nearest : Number((nearest + direction * step).toPrecision(figures));
  return shown < 1e-3 ? shown.toExponential(1) : String(shown);
}
