import {
  accuracy,
  certify,
  ComplexMatrix,
  type CsrMatrix,
  format,
  Matrix,
  norm,
  rotateScaleRotate,
  subtract,
  svdvals,
  zeroThreshold,
  type Accuracy,
  type ComplexSvdFactors,
  type ComplexVector,
  type EigAccuracy,
  type EigenFactors,
  type FloatArray,
  type SvdFactors,
} from "eckart";
import { mapFilm, significant, toAnimatedSvg, type Line } from "@eckart/views";
import type { Answer, Context } from "../answer.ts";
import { UsageError } from "../exit.ts";
import type { Operand } from "../input.ts";
import type { Options, Terminal } from "../request.ts";
import { facts, ink, muted, table } from "../text.ts";

/** The heading of every report: what was read. */
export function heading(input: Operand): Line[] {
  const { name, shape, dtype, sparse } = input;
  const type = typeOf(sparse ?? input.A);
  const computed = dtype === type ? type : `${dtype}, computed in ${type}`;
  const stored = sparse ? `, ${sparse.nnz} entries stored` : "";
  return [[ink(name), muted(`  ${shape.join(" × ") || "one number"}  ${computed}${stored}`)], []];
}

/** The element type of a matrix, as files name it. */
export function typeOf(A: Matrix | ComplexMatrix | CsrMatrix): string {
  if (!(A instanceof ComplexMatrix)) return A.dtype;
  return A.dtype === "f32" ? "c64" : "c128";
}

/** A formula as it reads for this matrix: ᴴ for ᵀ where it is complex. */
export function formula(A: Matrix | ComplexMatrix, text: string): string {
  return A instanceof ComplexMatrix ? text.replaceAll("ᵀ", "ᴴ") : text;
}

/** A measured error with two figures, and beside it the ratio of LAPACK's tests: a few n·ε, n the larger side, is good. */
export function measured(error: number, A: Matrix | ComplexMatrix): string {
  const unit = Math.max(A.rows, A.cols, 1) * (A.dtype === "f32" ? 2 ** -23 : 2 ** -52);
  return `${significant(error, 2)}  (${significant(error / unit, 2)} n·ε)`;
}

/** The relative size of what is left of A after taking B away, in the Frobenius norm; 0 of a zero matrix. */
export function relativeDifference(A: Matrix, B: Matrix): number {
  const size = norm(A);
  return size === 0 ? 0 : norm(subtract(A, B)) / size;
}

/** A matrix as a person reads it, as NumPy prints; what is rounding beside numbers of ordinary size prints as 0. */
export function printed(A: Matrix | ComplexMatrix, { precision = 6 }: Options): Line[] {
  const parts = A instanceof ComplexMatrix ? [A.re, A.im] : [A];
  return format(A, { precision, suppress: parts.some((part) => norm(part, "max") >= 1e-3) })
    .split("\n")
    .map((line): Line => [ink(line)]);
}

/** The rank by the one rule for zero, and the bound that decided it: 0 where every value counts. */
export function rankAndThreshold(
  A: Matrix | ComplexMatrix,
  s: FloatArray,
  options: Options,
): { rank: number; threshold: number } {
  const threshold = zeroThreshold(s, A.shape, tolerance(options));
  const rank = s.filter((sigma) => sigma > threshold).length;
  return { rank, threshold: rank < s.length ? threshold : 0 };
}

/** The singular values of a real or a complex matrix. */
export function singularValues(A: Matrix | ComplexMatrix): FloatArray {
  return A instanceof Matrix ? svdvals(A) : svdvals(A);
}

/** One complex number in a table; a real one where the imaginary part is 0. */
export function complexNumber(re: number, im: number): string {
  if (im === 0) return significant(re, 6);
  return `${significant(re, 6)} ${im < 0 ? "-" : "+"} ${significant(Math.abs(im), 6)}i`;
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
export function achieved(
  { follow }: Context,
  A: Matrix | ComplexMatrix,
  F: SvdFactors | ComplexSvdFactors | EigenFactors,
): Accuracy {
  return follow("measuring the error", () => accuracy(A, F));
}

/** The same of eigenvalues and eigenvectors of any matrix. */
export function achievedEig({ follow }: Context, A: Matrix, F: EigPairs): EigAccuracy {
  return follow("measuring the error", () => accuracy(A, F));
}

/** The only operand of a command that takes complex matrices. */
export function anyOperand({ operands }: Context): Operand {
  return operands[0]!;
}

/** An operand of a real matrix. */
export type RealOperand = Operand & { readonly A: Matrix };

/** The only operand of a command that takes real matrices. */
export function operand({ operands }: Context): RealOperand {
  return real(operands[0]!);
}

/** The operand of a command that takes real matrices: a complex one counts where every imaginary part is 0. */
function real(input: Operand): RealOperand {
  if (input.sparse) return input as RealOperand;
  const { A } = input;
  if (A instanceof Matrix) return { ...input, A };
  if (norm(A.im, "max") > 0)
    throw new UsageError(
      `${input.name} is complex, and this command takes real matrices`,
      "--complex real and --complex imaginary take one part",
    );
  return { ...input, A: A.re };
}

/** Who answered, and how long it took. */
export function answeredBy(info: { readonly method: string; readonly backend: string }, ms: number): [string, string] {
  return [
    "computed by",
    `${info.method} on ${info.backend} in ${ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`}`,
  ];
}

/** A and B of a linear system; a single row stands for the column that fits. */
export function system({ operands }: Context): { input: RealOperand; A: Matrix; B: Matrix } {
  const [input, right] = operands.map(real) as [RealOperand, RealOperand];
  const { A } = input;
  const B = right.A;
  return { input, A, B: B.rows === 1 && A.rows !== 1 && B.cols === A.rows ? B.T : B };
}

/** Whether a map is between spaces of two or three dimensions, where it can be drawn. */
export function isDrawable(A: Matrix | ComplexMatrix): A is Matrix {
  const { rows, cols } = A;
  return A instanceof Matrix && [rows, cols].every((size) => size === 2 || size === 3);
}

/** The film of a map: rotate, scale, rotate. */
export function film(A: Matrix, name: string): string {
  return toAnimatedSvg(mapFilm(rotateScaleRotate(A), { title: `Rotate, scale, rotate: ${name}` }));
}

/** Most intervals that a report lists. */
const LISTED = 12;

/** What is proved, in an answer. */
type Certified = Pick<Answer, "certificate" | "report" | "missed">;

/** What is proved of a decomposition, as the answer and the report have it. */
export function proved(
  { follow }: Context,
  A: Matrix | ComplexMatrix,
  F: SvdFactors | ComplexSvdFactors | EigenFactors,
): Certified {
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
      verdict(accepted, defect, most),
      [
        "residual",
        `≤ ${atMost(residual.spectral)}`,
        formula(A, `${symmetric ? "‖S − V·diag(w)·Vᵀ‖₂" : "‖A − U·diag(s)·Vᵀ‖₂"}, rounding included`),
      ],
      ...(unavoidable.spectral > 0
        ? [["no rank does better", `≥ ${atLeast(unavoidable.spectral)}`, "‖A − B‖₂ for every B of this rank"] as const]
        : []),
      ...(symmetric ? [] : [["orthogonality U", `≤ ${atMost(orthogonalityU)}`, formula(A, "‖UᵀU − I‖₂")] as const]),
      ["orthogonality V", `≤ ${atMost(orthogonalityV)}`, formula(A, "‖VᵀV − I‖₂")],
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
    missed: refusal(accepted, defect, most),
  };
}

/** Eigenvalues, complex by their structure, and eigenvectors. */
export interface EigPairs {
  readonly w: ComplexVector;
  readonly V: Matrix | ComplexMatrix;
}

/** What is proved of the eigenvalues and eigenvectors of any square matrix. */
export function provedEig({ follow }: Context, A: Matrix | ComplexMatrix, F: EigPairs): Certified {
  const {
    residual,
    condition: kappa,
    defect,
    tolerance: most,
    accepted,
    ...bounds
  } = follow("proving bounds", () => certify(A, F));
  const [radii, backward] = [Array.from(bounds.radii), Array.from(bounds.backward)];
  const values = Array.from(F.w, ({ re, im }) => complexNumber(re, im));
  const report: Line[] = [
    ...facts([
      verdict(accepted, defect, most),
      ["residual", `≤ ${atMost(residual.spectral)}`, "‖A·V − V·diag(w)‖₂, rounding included"],
      ["condition", `≤ ${atMost(kappa)}`, "‖V‖·‖V⁻¹‖ in the norm of row sums; ∞ where V may be singular"],
    ]),
    [],
    ...table(
      ["k", "λ", "within", "backward error"],
      radii.slice(0, LISTED).map((radius, i) => [String(i + 1), values[i]!, atMost(radius), atMost(backward[i]!)]),
    ),
    ...(radii.length > LISTED ? [[muted(`and ${radii.length - LISTED} more`)]] : []),
  ];
  return {
    certificate: { residual, backward, radii, condition: kappa, defect, tolerance: most, accepted },
    report,
    missed: refusal(accepted, defect, most),
  };
}

function verdict(accepted: boolean, defect: number, most: number): readonly [string, string, string] {
  const words = accepted ? "as exact as it can be" : "not as exact as it could be";
  return ["proved", words, `${atMost(defect)} of at most ${atMost(most)}`];
}

function refusal(accepted: boolean, defect: number, most: number): string | undefined {
  return accepted ? undefined : `the proved defect is ${atMost(defect)}; accepted is at most ${atMost(most)}`;
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
