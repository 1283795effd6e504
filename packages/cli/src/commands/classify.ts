import { classify, rotateScaleRotate, type Matrix, type Motion, type Turn, type Vector3 } from "eckart";
import { significant } from "@eckart/views";
import type { Answer, Command } from "../answer.ts";
import { brief, facts } from "../text.ts";
import { film, heading, isDrawable, operand } from "./parts.ts";

/** Names the motion that a matrix is; of maps of two or three dimensions also rotate, scale, rotate. */
export const classifyCommand: Command = {
  compute(context): Answer {
    const { tol } = context.options;
    const input = operand(context);
    const { A } = input;
    const motion = classify(A, tol === undefined ? {} : { tolerance: tol });
    const steps = isDrawable(A) ? threeSteps(A) : undefined;
    const angle = "angle" in motion ? { degrees: degrees(motion.angle) } : {};
    return {
      values: { ...motion, ...angle, ...(steps && { rotateScaleRotate: steps.values }) },
      report: [...heading(input), ...facts([["motion", ...told(motion, A)], ...(steps?.rows ?? [])])],
      ...(steps && { svg: () => film(A, input.name) }),
    };
  },
};

const degrees = (radians: number): number => (radians * 180) / Math.PI;
const angleText = (radians: number): string => `${brief(degrees(radians))}° (${brief(radians)} rad)`;
const vector = (v: Vector3): string => `(${v.map((x) => brief(x, 5)).join(", ")})`;

/** The motion in words, and a remark. */
function told(motion: Motion, { rows, cols }: Matrix): [string, string] {
  switch (motion.kind) {
    case "identity":
      return ["identity", "leaves every vector where it is"];
    case "rotation":
      return [
        `rotation by ${angleText(motion.angle)}`,
        "axis" in motion ? `about ${vector(motion.axis)}` : "counterclockwise where positive",
      ];
    case "reflection":
      return "normal" in motion
        ? [`reflection in the plane at right angles to ${vector(motion.normal)}`, ""]
        : [`reflection in the line at ${angleText(motion.angle)}`, "from the first axis"];
    case "roto-reflection":
      return [`rotation by ${angleText(motion.angle)} and reflection`, `about ${vector(motion.axis)} and along it`];
    case "inversion":
      return ["inversion", "v becomes −v"];
    case "orthogonal":
      return ["orthogonal", `det ${motion.determinant}, ${rows} dimensions`];
    case "row-orthonormal":
      return ["row-orthonormal", `${rows} orthonormal rows of length ${cols}`];
    case "column-orthonormal":
      return ["column-orthonormal", `${cols} orthonormal columns of length ${rows}`];
    case "not-orthogonal":
      return ["not orthogonal", `${rows < cols ? "‖QQᵀ − I‖" : "‖QᵀQ − I‖"} is ${significant(motion.departure, 3)}`];
  }
}

/** The three steps of a map, for the document and for the report. */
function threeSteps(A: Matrix): { values: object; rows: (readonly [string, string, string?])[] } {
  const { first, s, last, reflects, repeated, singular } = rotateScaleRotate(A);
  const remark = [repeated && "equal values: other axes would do as well", singular && "what has the value 0 is lost"];
  return {
    values: { first: turnValues(first), s: Array.from(s), last: turnValues(last), reflects, repeated, singular },
    rows: [
      ["rotate", turnText(first), "Vᵀ, onto the axes"],
      [
        "scale",
        Array.from(s, (sigma) => significant(sigma, 6)).join(", "),
        remark.filter(Boolean).join("; ") || "Σ, along the axes",
      ],
      ...(reflects ? [["reflect", "the last axis turns round", "in U, since det A < 0"] as const] : []),
      ["rotate", turnText(last), "U, onto the left singular vectors"],
    ],
  };
}

/** The same turn by at most half a circle. */
const shortest = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));

function turnValues({ angle, axis }: Turn): object {
  return { angle: shortest(angle), degrees: degrees(shortest(angle)), ...(axis && { axis }) };
}

function turnText({ angle, axis }: Turn): string {
  return `${angleText(shortest(angle))}${axis && angle !== 0 ? ` about ${vector(axis)}` : ""}`;
}
