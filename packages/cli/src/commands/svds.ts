import { Matrix, norm, svds } from "eckart";
import { significant, spectrum, spectrumBars, toSvg } from "@eckart/views";
import type { Answer, Command } from "../answer.ts";
import { facts } from "../text.ts";
import { answeredBy, heading, missedTolerance, operand, picture, proved } from "./parts.ts";

/** A few singular values with their vectors: the largest, the smallest, or those nearest to a number. */
export const svdsCommand: Command = {
  reading: { sparse: true },
  compute(context): Answer {
    const { options, terminal } = context;
    const { k = 6, which = "largest", seed = 0 } = options;
    const input = operand(context);
    const A = input.sparse ?? input.A;
    // No place of compressed rows is named twice, so that their numbers have the norm of the matrix.
    const size = norm(A instanceof Matrix ? A : Matrix.wrap(A.data, [1, A.nnz]));
    const start = performance.now();
    const { U, s, Vt, info } = svds(A, { k, which: typeof which === "number" ? { nearest: which } : which, seed });
    const ms = performance.now() - start;
    const wanted = Math.min(k, A.rows, A.cols);
    const residual = s.length === 0 || s[0] === 0 ? 0 : Math.max(...info.residuals) / s[0]!;
    const certain = options.certify ? proved(context, input.A, { U, s, Vt }) : undefined;
    return {
      arrays: { s, U, Vt },
      values: { k: s.length, seed, which },
      accuracy: { residual },
      certificate: certain?.certificate,
      info: { ...info, residuals: Array.from(info.residuals), ms },
      report: [
        ...heading(input),
        ...spectrumBars({ s, norm: size, ...picture(terminal, options) }),
        [],
        ...facts([
          ["found", `${s.length} of ${wanted}`, typeof which === "number" ? `nearest to ${significant(which)}` : which],
          ["residual", significant(residual, 2), "largest √(‖A·v − σ·u‖² + ‖Aᵀ·u − σ·v‖²) over σ₁"],
          ["products", String(info.matvecs), "with A or Aᵀ"],
          answeredBy(info, ms),
        ]),
        ...(certain ? [[], ...certain.report] : []),
      ],
      svg: () => toSvg(spectrum({ s, norm: size, title: `${s.length} singular values of ${input.name}` })),
      missed: info.converged
        ? (missedTolerance(residual, options, "residual") ?? certain?.missed)
        : `${s.length} of ${wanted} singular triplets have converged`,
    };
  },
};
