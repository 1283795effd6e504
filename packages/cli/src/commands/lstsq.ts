import { lstsq, multiply, norm, subtract } from "eckart";
import { significant } from "@eckart/views";
import type { Answer, Command } from "../answer.ts";
import { facts } from "../text.ts";
import { condition, heading, measured, printed, system, tolerance } from "./parts.ts";

/** The shortest x of least ‖A·x − b‖, with how orthogonal its residual is to the columns of A. */
export const lstsqCommand: Command = {
  compute(context): Answer {
    const { options } = context;
    const { input, A, B } = system(context);
    const { x, residuals, rank, s } = lstsq(A, B, tolerance(options));
    const rest = subtract(B, multiply(A, x));
    const size = norm(A) * (norm(A) * norm(x) + norm(B));
    const optimality = size === 0 ? 0 : norm(multiply(A.T, rest)) / size;
    return {
      arrays: { x, residuals, s },
      values: { rank, condition: condition(s) },
      accuracy: { residualNorm: norm(rest), optimality },
      report: [
        ...heading(input),
        ...printed(x, options),
        [],
        ...facts([
          ["rank", `${rank} of ${s.length}`],
          ["condition", significant(condition(s))],
          ["‖A·x − b‖", significant(norm(rest), 6)],
          ["optimality", measured(optimality, A), "‖Aᵀ·r‖ / (‖A‖·(‖A‖·‖x‖ + ‖b‖)) of the residual r, 0 at the minimum"],
        ]),
      ],
    };
  },
};
