import {
  eig,
  eigenStructure,
  eigvals,
  type ComplexVector,
  type Eig,
  type EigMethod,
  type EigWithLeft,
  type Matrix,
} from "eckart";
import { significant, type Line } from "@eckart/views";
import type { Answer, Command, Context } from "../answer.ts";
import { UsageError } from "../exit.ts";
import { brief, facts, table } from "../text.ts";
import {
  achievedEig,
  answeredBy,
  complexNumber,
  heading,
  measured,
  missedTolerance,
  operand,
  provedEig,
} from "./parts.ts";

/** Eigenvalues and eigenvectors of any square matrix, complex ones too, with the residual measured. */
export const eigCommand: Command = {
  compute(context): Answer {
    const { options } = context;
    const input = operand(context);
    const { A } = input;
    const method = methodOf(context);
    if (options.values) {
      if (options.certify)
        throw new UsageError(
          "--values and --certify ask for different things",
          "it is the vectors that prove the values",
        );
      const w = eigvals(A, { method });
      return { arrays: { w }, report: [...heading(input), ...list(w)] };
    }
    const start = performance.now();
    const F: Eig & Partial<EigWithLeft> = options.left ? eig(A, { method, left: true }) : eig(A, { method });
    const ms = performance.now() - start;
    const { w, V, isReal, conditions, defect, info } = F;
    const { backward } = achievedEig(context, A, F);
    const certain = options.certify ? provedEig(context, A, F) : undefined;
    return {
      arrays: { w, V, ...(F.Y && { Y: F.Y }), conditions },
      values: { isReal, defect },
      accuracy: { backward },
      certificate: certain?.certificate,
      info: { ...info, ms },
      report: [
        ...heading(input),
        ...list(w, conditions),
        [],
        ...facts([
          ...kept(A),
          [
            "eigenvectors",
            defect === 0 ? `${w.length}, independent` : `${w.length - defect} of ${w.length}`,
            defect === 0 ? "" : "defective: A has no basis of eigenvectors",
          ],
          ["backward error", measured(backward, A), "‖A·V − V·diag(w)‖ / ‖A‖"],
          answeredBy(info, ms),
        ]),
        ...(certain ? [[], ...certain.report] : []),
      ],
      missed: missedTolerance(backward, options, "backward error") ?? certain?.missed,
    };
  },
};

const methodOf = ({ options }: Context): EigMethod | "auto" => (options.method as EigMethod | undefined) ?? "auto";

/** Most eigenvalues that a report lists. */
const LISTED = 24;

function list(w: ComplexVector, conditions?: Float64Array): Line[] {
  const rows = [...w]
    .slice(0, LISTED)
    .map(({ re, im }, i) => [
      String(i + 1),
      complexNumber(re, im),
      significant(Math.hypot(re, im), 6),
      ...(conditions ? [significant(conditions[i]!, 3)] : []),
    ]);
  const head = ["k", "λ", "|λ|", ...(conditions ? ["condition"] : [])];
  return [...table(head, rows), ...(w.length > LISTED ? facts([[`and ${w.length - LISTED} more`, ""]]) : [])];
}

/** What a map of the plane or of space leaves in place. */
function kept(A: Matrix): (readonly [string, string, string?])[] {
  if (A.rows !== 2 && A.rows !== 3) return [];
  return eigenStructure(A).spaces.map(({ value, geometric, basis }, i) => {
    const vectors = Array.from(
      { length: basis.cols },
      (_, j) => `(${Array.from(basis.col(j), (x) => brief(x, 4)).join(", ")})`,
    );
    const name = i === 0 ? "keeps" : "";
    if (value.im !== 0)
      return [name, A.rows === 2 ? "no line" : `the plane of ${vectors.join(" and ")}`, "which it turns"];
    const places = ["the line", "the plane", "all of space"];
    const what = geometric === A.rows ? "every line" : `${places[geometric - 1]} of ${vectors.join(" and ")}`;
    return [name, what, `times ${significant(value.re, 6)}`];
  });
}
