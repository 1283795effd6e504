import type { Answer, Command } from "../answer.ts";
import { anyOperand, heading, printed } from "./parts.ts";

/** Entries of a sparse matrix above which it is not printed. */
const MOST_PRINTED = 2 ** 20;

/** The same numbers in another format. */
export const convertCommand: Command = {
  reading: { nonFinite: "keep", sparse: true },
  compute(context): Answer {
    const input = anyOperand(context);
    const { sparse } = input;
    if (sparse && sparse.rows * sparse.cols > MOST_PRINTED) return { arrays: { A: sparse }, report: heading(input) };
    return {
      arrays: { A: sparse ?? input.array },
      report: [...heading(input), ...printed(input.A, context.options)],
    };
  },
};
