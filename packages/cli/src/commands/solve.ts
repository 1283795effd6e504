import { multiply, norm, solve, subtract } from "eckart";
import type { Answer, Command } from "../answer.ts";
import { facts } from "../text.ts";
import { heading, measured, missedTolerance, printed, system } from "./parts.ts";

/** The solution of A·x = b, with its backward error measured. */
export const solveCommand: Command = {
  compute(context): Answer {
    const { options } = context;
    const { input, A, B } = system(context);
    const x = solve(A, B);
    const size = norm(A) * norm(x) + norm(B);
    const backwardError = size === 0 ? 0 : norm(subtract(B, multiply(A, x))) / size;
    return {
      arrays: { x },
      accuracy: { backwardError },
      report: [
        ...heading(input),
        ...printed(x, options),
        [],
        ...facts([["backward error", measured(backwardError, A), "‖b − A·x‖ / (‖A‖·‖x‖ + ‖b‖)"]]),
      ],
      missed: missedTolerance(backwardError, options, "backward error"),
    };
  },
};
