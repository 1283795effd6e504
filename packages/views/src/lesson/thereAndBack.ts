import { timeline, type ToldFilm } from "../film/timeline.ts";
import { arrow, axisLines, beyond, gridDots, gridLines, letterF, lineThrough, parallelogram } from "../plane/marks.ts";
import { after, onTheWay, signedArea } from "../plane/onTheWay.ts";
import { apply, clipped, type Rows2, type Vector2 } from "../plane/plane.ts";
import { settled } from "../plane/settle.ts";
import type { Role, Shape } from "../shape.ts";
import { MAPPED_PLANE, mappedPlane } from "./mappedPlane.ts";

/** A map of the plane with what undoes it, or with why nothing does. */
export interface ThereAndBackInput {
  readonly M: Rows2;
  /** M⁻¹, where there is one. */
  readonly inverse?: Rows2;
  /** For a map of rank 1: the direction of its columns, and one that it sends to 0. */
  readonly columnLine?: Vector2;
  readonly lost?: Vector2;
  /** A vector that is followed. */
  readonly x: Vector2;
}

/**
 * M, then M⁻¹: the grid goes and returns. Without an inverse the film ends after M, on the line of the columns, with a
 * second vector x′ that has gone to the same place as x.
 */
export function thereAndBack(input: ThereAndBackInput, title: string, description: string): ToldFilm {
  const { inverse } = input;
  const { progress, ...plan } = timeline(
    inverse
      ? [
          { name: "M", caption: "M moves the plane.", seconds: 1.4 },
          { name: "M⁻¹", caption: "M⁻¹ brings every point back to where it was.", seconds: 1.4 },
        ]
      : [{ name: "M", caption: "M flattens the plane, and different points become one.", seconds: 1.4 }],
    0.4,
  );
  return {
    ...MAPPED_PLANE,
    title,
    description,
    ...plan,
    at: (time) => {
      const [there = 0, back = 0] = progress(time);
      return thereAndBackShapes(input, there, back);
    },
  };
}

/** One picture of the film: how far M has gone, and how far M⁻¹ after it, both from 0 to 1. */
export function thereAndBackShapes(
  { M, inverse, columnLine, lost, x }: ThereAndBackInput,
  there: number,
  back: number,
): Shape[] {
  const map = inverse && back > 0 ? after(onTheWay(inverse, back), M) : onTheWay(M, there);
  const [first, second] = [apply(map, [1, 0]), apply(map, [0, 1])];
  const arrived = there === 1 && back === 0;
  const side: Role = signedArea(map) < 0 ? "reversed" : "muted";
  const followed: [Vector2, string][] = [[x, "x"]];
  if (!inverse && lost) followed.push([[x[0] + 1.5 * lost[0], x[1] + 1.5 * lost[1]], "x′"]);
  return settled(
    [
      ...gridLines(mappedPlane, map),
      ...gridDots(mappedPlane),
      ...axisLines(mappedPlane),
      ...(columnLine ? [...lineThrough(mappedPlane, columnLine, { stroke: "ink", width: 2 })] : []),
      ...parallelogram(mappedPlane, first, second, { fill: side, opacity: 0.14, mark: "M" }),
      ...letterF(mappedPlane, map, { mark: "M" }),
      ...arrow(mappedPlane, first, "ink", { ...(arrived && { label: "m₁" }), mark: "m1", gap: 16 }),
      ...arrow(mappedPlane, second, "ink", { ...(arrived && { label: "m₂" }), mark: "m2", gap: 16 }),
      ...arrow(mappedPlane, apply(map, x), "u", {
        ...(arrived && { label: inverse || !lost ? "Mx" : "Mx = Mx′" }),
        mark: "Mx",
      }),
      ...followed.flatMap(([p, label]) =>
        arrow(mappedPlane, p, "v", { label, weight: "thin", mark: "x", gap: label === "x" ? 16 : 7 }),
      ),
      ...(columnLine ? lineName(columnLine) : []),
    ],
    mappedPlane.box,
    [x, ...(arrived ? [first, second] : [])].map(mappedPlane.place),
  );
}

/** Beside the line, a little before it leaves the middle of the picture, which narrow screens show. */
function lineName(d: Vector2): Shape[] {
  const { width, height } = MAPPED_PLANE;
  const middle = { ...mappedPlane, box: [(width - height) / 2, 0, height, height] as const };
  const [from, to] = clipped(middle, [0, 0], d)!;
  const end = from[1] > to[1] ? from : to;
  const [dx, dy] = [end[0] - width / 2, end[1] - height / 2];
  const at = [width / 2 + 0.72 * dx, height / 2 + 0.72 * dy] as const;
  return [beyond([at[0] + dy, at[1] - dx], at, "column line", { fill: "ink" })];
}
