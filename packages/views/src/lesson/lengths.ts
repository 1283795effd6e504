import { arrow, axisLines, ellipse, gridDots, rightAngle } from "../plane/marks.ts";
import { IDENTITY, type Plane, type Vector2 } from "../plane/plane.ts";
import { settled } from "../plane/settle.ts";
import { typeset } from "../numerals.ts";
import type { Point, Shape } from "../shape.ts";

/** What the picture of two vectors and their lengths shows. */
export interface LengthsInput {
  readonly a: Vector2;
  readonly b: Vector2;
  readonly lengths: readonly [a: number, b: number];
  /** Whether a·b = 0. */
  readonly square: boolean;
  /** Whether both are drawn divided by their lengths too. */
  readonly normalised: boolean;
}

/** The size of the picture, in figure units. */
export const LENGTHS: { readonly width: number; readonly height: number } = { width: 520, height: 420 };

/** Where the points of the picture lie: the origin to the left and below. */
export const lengthsPlane: Plane = (() => {
  const [unit, cx, cy] = [72, 190, 335];
  return {
    box: [0, 0, LENGTHS.width, LENGTHS.height],
    unit,
    place: ([x, y]) => [cx + unit * x, cy - unit * y],
    at: ([x, y]: Point) => [(x - cx) / unit, (cy - y) / unit],
  };
})();

/** Two vectors; the first with the right-angled triangle that gives its length; both also with length 1. */
export function lengthsShapes({ a, b, lengths, square, normalised }: LengthsInput): Shape[] {
  const plane = lengthsPlane;
  const { place } = plane;
  const [x, y] = a;
  const [origin, foot, tip] = [place([0, 0]), place([x, 0]), place(a)];
  const right = x < 0 ? -1 : 1;
  const up = y < 0 ? -1 : 1;
  const size = (t: number): string => typeset(String(Number(Math.abs(t).toPrecision(4))));
  const number = (text: string, [px, py]: Point, anchor: "start" | "middle" | "end" = "middle"): Shape => ({
    kind: "text",
    x: px,
    y: py,
    anchor,
    size: 20,
    text,
    fill: "ink",
    mark: "v1",
  });
  const legs: Shape[] =
    x === 0 || y === 0
      ? []
      : [
          { kind: "path", points: [origin, foot, tip], stroke: "ink", width: 1.5, mark: "v1" },
          {
            kind: "path",
            points: [[foot[0] - 12 * right, foot[1]], [foot[0] - 12 * right, foot[1] - 12 * up], [foot[0], foot[1] - 12 * up]], // oxfmt-ignore
            stroke: "muted",
            width: 1.2,
          },
          number(size(x), [(origin[0] + foot[0]) / 2, foot[1] + (up > 0 ? 24 : -12)]),
          number(size(y), [foot[0] + 12 * right, (foot[1] + tip[1]) / 2 + 7], right > 0 ? "start" : "end"),
        ];
  const side = Math.hypot(tip[0] - origin[0], tip[1] - origin[1]) || 1;
  const normal: Point = [((tip[1] - origin[1]) / side) * right, (-(tip[0] - origin[0]) / side) * right];
  const unit = ([p, q]: Vector2, length: number): Vector2 => (length > 0 ? [p / length, q / length] : [0, 0]);
  const angle = ([p, q]: Vector2): number => Math.atan2(q, p);
  return settled(
    [
      ...gridDots(plane),
      ...axisLines(plane),
      ...legs,
      ...(normalised ? ellipse(plane, IDENTITY, { stroke: "muted", width: 1 }) : []),
      ...(square ? rightAngle(plane, angle(a), angle(b), { stroke: "ink", mark: "off" }) : []),
      ...arrow(plane, a, "v", { label: "a", weight: "thin", gap: 16, opacity: normalised ? 0.45 : 1, mark: "v1" }),
      ...arrow(plane, b, "v", { label: "b", weight: "thin", gap: 16, opacity: normalised ? 0.45 : 1, mark: "v2" }),
      ...(normalised
        ? [
            ...arrow(plane, unit(a, lengths[0]), "v", { label: "q₁", mark: "v1" }),
            ...arrow(plane, unit(b, lengths[1]), "v", { label: "q₂", mark: "v2" }),
          ]
        : [
            number(size(lengths[0]), [
              (origin[0] + tip[0]) / 2 + 18 * normal[0] * up,
              (origin[1] + tip[1]) / 2 + 18 * normal[1] * up + 7,
            ]),
          ]),
    ],
    plane.box,
  );
}
