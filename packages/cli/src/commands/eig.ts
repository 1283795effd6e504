import {
  eig,
  eigenStructure,
  eigvals,
  multiply,
  norm,
  type ComplexVector,
  type Eig,
  type EigMethod,
  type EigWithLeft,
  type Matrix,
} from "eckart";
import { significant, type Line } from "@eckart/views";
import type { Answer, Command, Context } from "../answer.ts";
import { brief, facts, table } from "../text.ts";
import { answeredBy, heading, measured, missedTolerance, operand } from "./parts.ts";

/** Eigenvalues and eigenvectors of any square matrix, complex ones too, with the residual measured. */
export const eigCommand: Command = {
  compute(context): Answer {
    const { options } = context;
    const input = operand(context);
    const { A } = input;
    const method = methodOf(context);
    if (options.values) {
      const w = eigvals(A, { method });
      return { arrays: { w }, report: [...heading(input), ...list(w)] };
    }
    const start = performance.now();
    const F: Eig & Partial<EigWithLeft> = options.left ? eig(A, { method, left: true }) : eig(A, { method });
    const ms = performance.now() - start;
    const { w, V, isReal, conditions, defect, info } = F;
    const backward = residual(A, F);
    return {
      arrays: { w, V, ...(F.Y && { Y: F.Y }), conditions },
      values: { isReal, defect },
      accuracy: { backward },
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
      ],
      missed: missedTolerance(backward, options, "backward error"),
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

function complexNumber(re: number, im: number): string {
  if (im === 0) return significant(re, 6);
  return `${significant(re, 6)} ${im < 0 ? "-" : "+"} ${significant(Math.abs(im), 6)}i`;
}

/** ‖A·V − V·diag(w)‖_F / ‖A‖_F; the norm itself for A = 0. */
function residual(A: Matrix, { w, V }: Eig): number {
  const [re, im] = [multiply(A, V.re), multiply(A, V.im)];
  for (let i = 0; i < V.rows; i++)
    for (let j = 0; j < V.cols; j++) {
      const [a, b] = [V.re.at(i, j), V.im.at(i, j)];
      const at = i * V.cols + j;
      re.data[at]! -= a * w.re[j]! - b * w.im[j]!;
      im.data[at]! -= a * w.im[j]! + b * w.re[j]!;
    }
  return Math.hypot(norm(re), norm(im)) / (norm(A) || 1);
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
