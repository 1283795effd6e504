import type { Answer, Command } from "../answer.ts";
import { brief, ink } from "../text.ts";
import { anyOperand, condition, singularValues } from "./parts.ts";

/** σ₁ over the smallest singular value. */
export const condCommand: Command = {
  compute(context): Answer {
    const { A } = anyOperand(context);
    const s = singularValues(A);
    const kappa = condition(s);
    const unit = A.dtype === "f32" ? 2 ** -23 : 2 ** -52;
    const digits = Math.max(0, Math.floor(-Math.log10(kappa * unit)));
    const notes =
      kappa === Infinity
        ? ["singular: the smallest singular value is 0"]
        : [`a solution of A·x = b keeps about ${digits} of ${Math.floor(-Math.log10(unit))} digits`];
    return {
      values: { condition: kappa, norm: s[0] ?? 0 },
      report: [[ink(brief(kappa, context.options.precision))]],
      notes,
    };
  },
};
