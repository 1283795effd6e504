import { det, slogdet } from "eckart";
import type { Answer, Command } from "../answer.ts";
import { brief, ink } from "../text.ts";
import { operand } from "./parts.ts";

/** The determinant, and its sign and logarithm for those beyond the doubles. */
export const detCommand: Command = {
  compute(context): Answer {
    const { A } = operand(context);
    const determinant = det(A);
    const { sign, logabsdet } = slogdet(A);
    const beyond = sign !== 0 && (determinant === 0 || !Number.isFinite(determinant));
    return {
      values: { det: determinant, sign, logabsdet },
      report: [[ink(brief(determinant, context.options.precision))]],
      notes: beyond ? [`beyond the range of ${A.dtype}: sign ${sign}, ln|det| = ${brief(logabsdet)}`] : [],
    };
  },
};
