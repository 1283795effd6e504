import { svd, svdvals, type FloatArray, type SvdMethod } from "eckart";
import { significant, spectrum, spectrumBars, toSvg, type Line } from "@eckart/views";
import type { Answer, Command, Context } from "../answer.ts";
import { UsageError } from "../exit.ts";
import { facts } from "../text.ts";
import {
  achieved,
  answeredBy,
  condition,
  film,
  heading,
  isDrawable,
  measured,
  missedTolerance,
  operand,
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
  const { A } = operand(context);
  const start = performance.now();
  const { U, s, Vt, info } = svd(A, { full: options.full ?? false, method: methodOf(context) });
  const ms = performance.now() - start;
  const error = achieved(context, A, { U, s, Vt });
  const proof = facts([
    ["backward error", measured(error.backward, A), "‖A − U·diag(s)·Vᵀ‖ / ‖A‖"],
    ["orthogonality U", measured(error.orthogonalityU, A), "‖UᵀU − I‖"],
    ["orthogonality V", measured(error.orthogonalityV, A), "‖VᵀV − I‖"],
    answeredBy(info, ms),
  ]);
  const found = describe(context, s);
  const certain = options.certify ? proved(context, A, { U, s, Vt }) : undefined;
  return {
    arrays: { s, U, Vt },
    values: found.values,
    accuracy: { ...error },
    certificate: certain?.certificate,
    info: { ...info, ms },
    report: [...found.report, [], ...proof, ...(certain ? [[], ...certain.report] : [])],
    svg: found.svg,
    missed: missedTolerance(error.backward, options, "backward error") ?? certain?.missed,
  };
}

function valuesOnly(context: Context): Answer {
  const { A } = operand(context);
  if (context.options.certify)
    throw new UsageError("--values and --certify ask for different things", "it is the vectors that prove the values");
  const s = svdvals(A, { method: methodOf(context) });
  return { arrays: { s }, ...describe(context, s) };
}

const methodOf = ({ options }: Context): SvdMethod | "auto" => (options.method as SvdMethod | undefined) ?? "auto";

/** What the singular values alone say: rank, condition and the chart. */
function describe(context: Context, s: FloatArray): Pick<Answer, "values" | "report"> & { svg: () => string } {
  const { options, terminal } = context;
  const input = operand(context);
  const { rank, threshold } = rankAndThreshold(input.A, s, options);
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
    isDrawable(input.A) ? film(input) : toSvg(spectrum({ s, threshold, title: `Singular values of ${input.name}` }));
  return { values: { rank, condition: condition(s) }, report, svg };
}
