import { arrow, axisLines, ellipse, gridDots, lineThrough, rightAngle } from "../plane/marks.ts";
import { IDENTITY, middleOf, planeIn, type Plane, type Rows2 } from "../plane/plane.ts";
import { settled } from "../plane/settle.ts";
import type { Shape } from "../shape.ts";
import { eigenLine, type EigenLine } from "./eigenHunt.ts";

/** What the picture of the eigenvectors of a matrix shows. */
export interface EigenFrameInput {
  readonly A: Rows2;
  /** The lines that A keeps, one or two; none where there are no real ones. */
  readonly lines: readonly EigenLine[];
  /** Whether the two are chosen among all lines, since A keeps every one. */
  readonly chosen: boolean;
  /** Whether they stand at right angles. */
  readonly square: boolean;
  readonly reach: number;
}

/** The size of the picture, in figure units. */
export const EIGEN_FRAME: { readonly width: number; readonly height: number } = { width: 720, height: 520 };

/** Where the points of the picture lie. */
export const eigenFramePlane = (reach: number): Plane => planeIn([0, 0, EIGEN_FRAME.width, EIGEN_FRAME.height], reach);

/** How far the image of the unit circle reaches, with room for letters: what a picture of A has to show. */
export function imageReach([[a, b], [c, d]]: Rows2): number {
  return 1.25 * Math.max(1.2, Math.hypot(a, b), Math.hypot(c, d));
}

/** The columns of A, the image of the unit circle, and the lines that A keeps with a vector of length 1 on each. */
export function eigenFrameShapes({ A, lines, chosen, square, reach }: EigenFrameInput): Shape[] {
  const plane = eigenFramePlane(reach);
  const middle = middleOf(plane);
  const [[a, b], [c, d]] = A;
  const [first, second] = lines;
  const angle = ({ along: [x, y] }: EigenLine): number => Math.atan2(y, x);
  return settled(
    [
      ...gridDots(plane),
      ...axisLines(plane),
      ...ellipse(plane, IDENTITY, { stroke: "muted", width: 1, opacity: 0.8 }),
      ...ellipse(plane, A, { stroke: "ink", width: 1.2, opacity: 0.6, mark: "symmetric" }),
      ...(chosen
        ? lines.flatMap(({ along }, i) =>
            lineThrough(plane, along, {
              stroke: "lambda",
              width: 2,
              opacity: 0.7,
              dash: [8, 3, 2, 3],
              mark: `l${i + 1}`,
            }),
          )
        : lines.flatMap((line) => eigenLine(plane, line, middle))),
      ...(first && second && square
        ? rightAngle(plane, angle(first), angle(second), { stroke: "lambda", width: 2, mark: "dot" })
        : []),
      ...arrow(plane, [a, c], "ink", { label: "s₁", mark: "symmetric", gap: 14 }),
      ...arrow(plane, [b, d], "ink", { label: "s₂", mark: "symmetric", gap: 14 }),
      ...lines.flatMap(({ along }, i) => arrow(plane, along, "lambda", { label: `q${"₁₂"[i]}`, mark: `l${i + 1}` })),
    ],
    middle,
  );
}
