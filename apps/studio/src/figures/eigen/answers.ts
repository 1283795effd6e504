// What the engine answers about the eigenvectors of a 2 × 2 matrix, in the words and lines of the lesson.
import { IDENTITY, type EigenLine, type Rows2, type SymmetricMap } from "@eckart/views";
import { classify, det, eigenStructure, eigh, type EigenKind } from "eckart";
import { short } from "../../controls/controls.tsx";

/** The class of a matrix by its real eigenvectors, its lines, and its eigenvalues in words. */
export interface EigenAnswer {
  readonly kind: EigenKind;
  /** One or two lines; none where no direction is kept, and none in particular where every one is. */
  readonly lines: readonly EigenLine[];
  /** What every vector is multiplied by, where the matrix is a multiple of I. */
  readonly every: number | undefined;
  readonly verdict: string;
  /** "2.5 and 1", "1 ± 2i", "2, twice". */
  readonly values: string;
}

const VERDICTS: Readonly<Record<EigenKind, string>> = {
  distinct: "two lines",
  defective: "one line",
  complex: "no line",
  repeated: "every line",
};

/** The answer of `eigenStructure`, the largest eigenvalue first. */
export function eigenAnswer(A: Rows2): EigenAnswer {
  const { kind, spaces } = eigenStructure(A);
  const verdict = VERDICTS[kind];
  if (kind === "complex") {
    const { re, im } = spaces[0]!.value;
    const real = Math.abs(re) < 1e-12 ? "" : `${short(re)} `;
    return { kind, lines: [], every: undefined, verdict, values: `${real}± ${short(im) === "1" ? "" : short(im)}i` };
  }
  if (kind === "repeated") {
    const every = spaces[0]!.value.re;
    return { kind, lines: [], every, verdict, values: `${short(every)}, twice` };
  }
  const descending = [...spaces].reverse();
  const lines = descending.map(({ value, basis }, i): EigenLine => {
    const [x, y] = [basis.at(0, 0), basis.at(1, 0)];
    return { along: [x, y], value: value.re, index: kind === "distinct" ? i + 1 : 0 };
  });
  const values =
    kind === "distinct" ? lines.map(({ value }) => short(value)).join(" and ") : `${short(lines[0]!.value)}, twice`;
  return { kind, lines, every: undefined, verdict, values };
}

/**
 * S = QΛQᵀ with the larger eigenvalue first and Q a rotation: where `eigh` gives a reflection, one column is reversed.
 * Where the eigenvalues are equal every Q serves, and I is taken.
 */
export function spectral(S: Rows2): SymmetricMap & { readonly Q: Rows2 } {
  const { w, V } = eigh(S);
  if (w[0] === w[1]) return { values: [w[1]!, w[0]!], angle: 0, Q: IDENTITY };
  const first = V.col(1);
  // An eigenvector may be reversed: q₁ points to the right.
  const sign = first[0]! < 0 || (first[0] === 0 && first[1]! < 0) ? -1 : 1;
  const [x, y] = [sign * first[0]!, sign * first[1]!];
  const second = V.col(0);
  const proper = det([[x, second[0]!], [y, second[1]!]]) < 0 ? -1 : 1; // oxfmt-ignore
  const Q: Rows2 = [
    [x, proper * second[0]!],
    [y, proper * second[1]!],
  ];
  const motion = classify(Q);
  const angle = motion.kind === "rotation" && !("axis" in motion) ? motion.angle : 0;
  return { values: [w[1]!, w[0]!], angle, Q };
}

/** Presets of the hunt, by what they keep. */
export const HUNT_PRESETS: readonly (readonly [verdict: string, presets: readonly (readonly [string, Rows2])[]])[] = [
  [
    "two lines",
    [
      ["stretch", [[2, 1], [0.5, 1.5]]], // oxfmt-ignore
      ["symmetric", [[4, 2], [2, 3]]], // oxfmt-ignore
      ["one reversed", [[1, 2], [2, 1]]], // oxfmt-ignore
    ],
  ],
  [
    "one line",
    [
      ["shear", [[1, 1], [0, 1]]], // oxfmt-ignore
      ["hidden shear", [[3, 1], [-1, 1]]], // oxfmt-ignore
    ],
  ],
  [
    "no line",
    [
      ["quarter turn", [[0, -1], [1, 0]]], // oxfmt-ignore
      ["ellipse", [[0, -4], [1, 0]]], // oxfmt-ignore
      ["spiral", [[3, -2], [4, -1]]], // oxfmt-ignore
    ],
  ],
  [
    "every line",
    [
      ["twice I", [[2, 0], [0, 2]]], // oxfmt-ignore
      ["half turn", [[-1, 0], [0, -1]]], // oxfmt-ignore
    ],
  ],
];

/** Presets of the figures about symmetric matrices. */
export const SYMMETRIC_PRESETS: readonly (readonly [string, Rows2])[] = [
  ["both stretch", [[4, 2], [2, 3]]], // oxfmt-ignore
  ["one reverses", [[1, 2], [2, 1]]], // oxfmt-ignore
  ["one is lost", [[1, 2], [2, 4]]], // oxfmt-ignore
  ["all alike", [[2, 0], [0, 2]]], // oxfmt-ignore
];
