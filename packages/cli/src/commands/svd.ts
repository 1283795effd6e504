import {
  type ComplexMatrix,
  type ComplexSvd,
  type ComplexSvdMethod,
  Matrix,
  svd,
  svdvals,
  type FloatArray,
  type Svd,
  type SvdInfo,
  type SvdMethod,
} from "eckart";
import { significant, spectrum, spectrumBars, toSvg, type Line } from "@eckart/views";
import type { Answer, Command, Context } from "../answer.ts";
import { UsageError } from "../exit.ts";
import { facts } from "../text.ts";
import {
  achieved,
  answeredBy,
  anyOperand,
  condition,
  film,
  formula,
  heading,
  isDrawable,
  measured,
  missedTolerance,
  picture,
  proved,
  rankAndThreshold,
} from "./parts.ts";

/** Singular values and vectors, with the backward error and the loss of orthogonality measured. */
export const svdCommand: Command = {
  compute: (context) => (context.options.values ? valuesOnly(context) : decomposition(context)),
};

function decomposition(context: Context): Answer {
  const { options } = context;
  const { A } = anyOperand(context);
  const start = performance.now();
  const { F, info } = decompose(A, options.full ?? false, methodOf(context));
  const ms = performance.now() - start;
  const error = achieved(context, A, F);
  const proof = facts([
    ["backward error", measured(error.backward, A), formula(A, "‖A − U·diag(s)·Vᵀ‖ / ‖A‖")],
    ["orthogonality U", measured(error.orthogonalityU, A), formula(A, "‖UᵀU − I‖")],
    ["orthogonality V", measured(error.orthogonalityV, A), formula(A, "‖VᵀV − I‖")],
    answeredBy(info, ms),
  ]);
  const found = describe(context, F.s);
  const certain = options.certify ? proved(context, A, F) : undefined;
  return {
    arrays: { ...F },
    values: found.values,
    accuracy: { ...error },
    certificate: certain?.certificate,
    info: { ...info, ms },
    report: [...found.report, [], ...proof, ...(certain ? [[], ...certain.report] : [])],
    svg: found.svg,
    missed: missedTolerance(error.backward, options, "backward error") ?? certain?.missed,
  };
}

interface Decomposed {
  /** In the order in which they are written. */
  readonly F: Pick<Svd, "s" | "U" | "Vt"> | Pick<ComplexSvd, "s" | "U" | "Vh">;
  readonly info: SvdInfo;
}

function decompose(A: Matrix | ComplexMatrix, full: boolean, method: SvdMethod | "auto"): Decomposed {
  if (A instanceof Matrix) {
    const { U, s, Vt, info } = svd(A, { full, method });
    return { F: { s, U, Vt }, info };
  }
  const { U, s, Vh, info } = svd(A, { full, method: method as ComplexSvdMethod });
  return { F: { s, U, Vh }, info };
}

function valuesOnly(context: Context): Answer {
  const { A } = anyOperand(context);
  if (context.options.certify)
    throw new UsageError("--values and --certify ask for different things", "it is the vectors that prove the values");
  const method = methodOf(context);
  const s = A instanceof Matrix ? svdvals(A, { method }) : svdvals(A, { method: method as ComplexSvdMethod });
  return { arrays: { s }, ...describe(context, s) };
}

const methodOf = ({ options }: Context): SvdMethod | "auto" => (options.method as SvdMethod | undefined) ?? "auto";

/** What the singular values alone say: rank, condition and the chart. */
function describe(context: Context, s: FloatArray): Pick<Answer, "values" | "report"> & { svg: () => string } {
  const { options, terminal } = context;
  const input = anyOperand(context);
  const { A, name } = input;
  const { rank, threshold } = rankAndThreshold(A, s, options);
  const report: Line[] = [
    ...heading(input),
    ...facts([
      ["rank", `${rank} of ${s.length}`],
      ["condition", significant(condition(s))],
    ]),
    [],
    ...spectrumBars({ s, threshold, ...picture(terminal, options) }),
  ];
  const svg = (): string =>
    isDrawable(A) ? film(A, name) : toSvg(spectrum({ s, threshold, title: `Singular values of ${name}` }));
  return { values: { rank, condition: condition(s) }, report, svg };
}
