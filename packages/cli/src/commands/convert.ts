import type { Answer, Command } from "../answer.ts";
import { heading, operand, printed } from "./parts.ts";

/** The same numbers in another format. */
export const convertCommand: Command = {
  reading: { nonFinite: "keep" },
  compute(context): Answer {
    const input = operand(context);
    return { arrays: { A: input.array }, report: [...heading(input), ...printed(input.A, context.options)] };
  },
};
