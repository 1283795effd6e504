import type { Answer, Command } from "../answer.ts";
import { anyOperand, heading, printed } from "./parts.ts";

/** The same numbers in another format. */
export const convertCommand: Command = {
  reading: { nonFinite: "keep" },
  compute(context): Answer {
    const input = anyOperand(context);
    return { arrays: { A: input.array }, report: [...heading(input), ...printed(input.A, context.options)] };
  },
};
