import { cond, norm } from "eckart";
import type { Answer, Command } from "../answer.ts";
import { brief, ink } from "../text.ts";
import { operand } from "./parts.ts";

/** σ₁ over the smallest singular value. */
export const condCommand: Command = {
  compute(context): Answer {
    const { A } = operand(context);
    const condition = cond(A);
    const unit = A.dtype === "f32" ? 2 ** -23 : 2 ** -52;
    const digits = Math.max(0, Math.floor(-Math.log10(condition * unit)));
    const notes =
      condition === Infinity
        ? ["singular: the smallest singular value is 0"]
        : [`a solution of A·x = b keeps about ${digits} of ${Math.floor(-Math.log10(unit))} digits`];
    return {
      values: { condition, norm: norm(A, 2) },
      report: [[ink(brief(condition, context.options.precision))]],
      notes,
    };
  },
};
