import { type ComplexMatrix, eigh, eigvalsh, Matrix, type EighMethod, type FloatArray } from "eckart";
import { eigenvalueBars } from "@eckart/views";
import type { Answer, Command, Context } from "../answer.ts";
import { UsageError } from "../exit.ts";
import { facts } from "../text.ts";
import {
  achieved,
  answeredBy,
  anyOperand,
  formula,
  heading,
  measured,
  missedTolerance,
  picture,
  proved,
} from "./parts.ts";

/** Eigenvalues and eigenvectors of a symmetric or Hermitian matrix, with the backward error and the loss of orthogonality measured. */
export const eighCommand: Command = {
  compute(context): Answer {
    const { options, terminal } = context;
    const input = anyOperand(context);
    const { A: S } = input;
    const method = methodOf(context);
    const chart = (w: FloatArray): Answer["report"] => [
      ...heading(input),
      ...eigenvalueBars({ w, ...picture(terminal, options) }),
    ];
    if (options.values) {
      if (options.certify)
        throw new UsageError(
          "--values and --certify ask for different things",
          "it is the vectors that prove the values",
        );
      const w = S instanceof Matrix ? eigvalsh(S, { method }) : eigvalsh(S, { method });
      return { arrays: { w }, report: chart(w) };
    }
    const start = performance.now();
    const { w, V, info } = decompose(S, method);
    const ms = performance.now() - start;
    const { backward, orthogonalityV } = achieved(context, S, { w, V });
    const proof = facts([
      ["backward error", measured(backward, S), formula(S, "‖S − V·diag(w)·Vᵀ‖ / ‖S‖")],
      ["orthogonality", measured(orthogonalityV, S), formula(S, "‖VᵀV − I‖")],
      answeredBy(info, ms),
    ]);
    const certain = options.certify ? proved(context, S, { w, V }) : undefined;
    return {
      arrays: { w, V },
      accuracy: { backward, orthogonalityV },
      certificate: certain?.certificate,
      info: { ...info, ms },
      report: [...chart(w), [], ...proof, ...(certain ? [[], ...certain.report] : [])],
      missed: missedTolerance(backward, options, "backward error") ?? certain?.missed,
    };
  },
};

const decompose = (S: Matrix | ComplexMatrix, method: EighMethod | "auto") =>
  S instanceof Matrix ? eigh(S, { method }) : eigh(S, { method });

const methodOf = ({ options }: Context): EighMethod | "auto" => (options.method as EighMethod | undefined) ?? "auto";
