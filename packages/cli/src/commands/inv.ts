import { inv, Matrix, multiply, norm, subtract } from "eckart";
import type { Answer, Command } from "../answer.ts";
import { facts } from "../text.ts";
import { heading, measured, missedTolerance, operand, printed } from "./parts.ts";

/** The inverse, with the residual of both products measured. */
export const invCommand: Command = {
  compute(context): Answer {
    const { options } = context;
    const input = operand(context);
    const { A } = input;
    const X = inv(A);
    const I = Matrix.identity(A.rows, { dtype: A.dtype });
    const residual = Math.max(norm(subtract(multiply(A, X), I)), norm(subtract(multiply(X, A), I)));
    return {
      arrays: { X },
      accuracy: { residual },
      report: [
        ...heading(input),
        ...printed(X, options),
        [],
        ...facts([["residual", measured(residual, A), "the larger of ‖A·X − I‖ and ‖X·A − I‖"]]),
      ],
      missed: missedTolerance(residual, options, "residual"),
    };
  },
};
