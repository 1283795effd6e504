import { multiply, pinv } from "eckart";
import type { Answer, Command } from "../answer.ts";
import { facts } from "../text.ts";
import { heading, measured, operand, printed, relativeDifference, tolerance } from "./parts.ts";

/** The pseudo-inverse, with two of the four Moore–Penrose conditions measured. */
export const pinvCommand: Command = {
  compute(context): Answer {
    const { options } = context;
    const input = operand(context);
    const { A } = input;
    const X = pinv(A, tolerance(options));
    const residual = relativeDifference(A, multiply(multiply(A, X), A));
    const reflexive = relativeDifference(X, multiply(multiply(X, A), X));
    return {
      arrays: { X },
      accuracy: { residual, reflexive },
      report: [
        ...heading(input),
        ...printed(X, options),
        [],
        ...facts([
          ["A·X·A", measured(residual, A), "‖A − A·X·A‖ / ‖A‖"],
          ["X·A·X", measured(reflexive, A), "‖X − X·A·X‖ / ‖X‖"],
        ]),
      ],
    };
  },
};
