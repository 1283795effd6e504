import { lstsq, multiply, norm, subtract } from "eckart";
import { significant } from "@eckart/views";
import type { Answer, Command } from "../answer.ts";
import { facts } from "../text.ts";
import { condition, heading, printed, system, tolerance } from "./parts.ts";

/** The shortest x of least ‖A·x − b‖, with how orthogonal its residual is to the columns of A. */
export const lstsqCommand: Command = {
  compute(context): Answer {
    const { options } = context;
    const { input, A, B } = system(context);
    const { x, residuals, rank, s } = lstsq(A, B, tolerance(options));
    const rest = subtract(B, multiply(A, x));
    const [left, size] = [norm(rest), norm(A)];
    const optimality = left === 0 || size === 0 ? 0 : norm(multiply(A.T, rest)) / (size * left);
    return {
      arrays: { x, residuals, s },
      values: { rank, condition: condition(s) },
      accuracy: { residualNorm: left, optimality },
      report: [
        ...heading(input),
        ...printed(x, options),
        [],
        ...facts([
          ["rank", `${rank} of ${s.length}`],
          ["condition", significant(condition(s))],
          ["‖A·x − b‖", significant(left, 6)],
          ["optimality", significant(optimality, 2), "‖Aᵀ·r‖ / (‖A‖·‖r‖) of the residual r, 0 at the minimum"],
        ]),
      ],
    };
  },
};
