import { arc, arrow, axisLines, ellipse, gridDots, lineThrough, textWidth } from "../plane/marks.ts";
import { apply, clipped, IDENTITY, planeIn, type Plane, type Rows2, type Vector2 } from "../plane/plane.ts";
import { signedAngle } from "../plane/onTheWay.ts";
import { settled } from "../plane/settle.ts";
import { typeset } from "../numerals.ts";
import type { Shape } from "../shape.ts";

/** A line that a map keeps, by a direction along it, and what the map multiplies its vectors by. */
export interface EigenLine {
  readonly along: Vector2;
  readonly value: number;
  /** Which of the eigenvalues it is, from 1 on; 0 where there is only one. */
  readonly index: number;
}

/** What the picture of the hunt for eigenvectors shows. */
export interface EigenHuntInput {
  readonly A: Rows2;
  /** A vector of length 1. */
  readonly v: Vector2;
  /** The lines that are shown: those that were found, or asked for. */
  readonly lines: readonly EigenLine[];
  /** Whether Av lies on the line of v. */
  readonly caught: boolean;
  /** How far from the origin is seen. */
  readonly reach: number;
}

/** The size of the picture, in figure units. */
export const EIGEN_HUNT: { readonly width: number; readonly height: number } = { width: 500, height: 500 };

/** Where the points of the picture lie. */
export function eigenHuntPlane(reach: number): Plane {
  return planeIn([0, 0, EIGEN_HUNT.width, EIGEN_HUNT.height], reach);
}

/** A vector v of the unit circle, Av on the image of the circle, the turn from one to the other, and lines that A keeps. */
export function eigenHuntShapes({ A, v, lines, caught, reach }: EigenHuntInput): Shape[] {
  const plane = eigenHuntPlane(reach);
  const image = apply(A, v);
  const from = Math.atan2(v[1], v[0]);
  const turn = signedAngle(v, image);
  const after = arrow(plane, image, "u", { label: "Av", mark: "Av" });
  return settled(
    [
      ...gridDots(plane),
      ...axisLines(plane),
      ...ellipse(plane, IDENTITY, { stroke: "v", width: 1, opacity: 0.6, mark: "v" }),
      ...ellipse(plane, A, { stroke: "u", width: 1, opacity: 0.6, mark: "Av" }),
      ...lines.flatMap((line) => eigenLine(plane, line)),
      ...(caught ? [] : arc(plane, from, from + turn, Math.max(26, 0.55 * plane.unit))),
      ...after.slice(0, -1),
      ...arrow(plane, v, "v", { label: "v", weight: "thin", mark: "v", gap: 16 }),
      ...after.slice(-1),
    ],
    [4, 4, EIGEN_HUNT.width - 8, EIGEN_HUNT.height - 8],
  );
}

const SIZE = 20;

/** A line through the origin with its eigenvalue beside it, where it leaves a box below. */
export function eigenLine(plane: Plane, { along, value, index }: EigenLine, box: Plane["box"] = plane.box): Shape[] {
  const mark = `l${index || 1}`;
  const ends = clipped({ ...plane, box }, [0, 0], along);
  if (!ends) return [];
  const [lower, upper] = ends[0][1] > ends[1][1] - 1e-6 ? ends : [ends[1], ends[0]];
  const length = Math.hypot(upper[0] - lower[0], upper[1] - lower[1]);
  const [dx, dy] = [(upper[0] - lower[0]) / length, (upper[1] - lower[1]) / length];
  const text = `λ${["", "₁", "₂"][index]} = ${typeset(String(Number(value.toPrecision(4))))}`;
  // Beside the line and above it, as far as the words are wide and high.
  const away = (textWidth(text, SIZE) / 2) * Math.abs(dy) + (SIZE / 2) * Math.abs(dx) + 8;
  const [nx, ny] = dx >= 0 ? [dy, -dx] : [-dy, dx];
  return [
    ...lineThrough(plane, along, { stroke: "lambda", width: 2, mark }),
    {
      kind: "text",
      x: lower[0] + 28 * dx + away * nx,
      y: lower[1] + 28 * dy + away * ny + 0.3 * SIZE,
      anchor: "middle",
      size: SIZE,
      italic: true,
      text,
      fill: "lambda",
      stroke: "page",
      width: 5,
      mark,
    },
  ];
}

/** Of lines through the origin the nearest to a direction, where it is within `tolerance` radians. */
export function nearestLine<L extends Pick<EigenLine, "along">>(
  v: Vector2,
  lines: readonly L[],
  tolerance: number,
): L | undefined {
  let [best, least]: [L | undefined, number] = [undefined, tolerance];
  for (const line of lines) {
    const turn = Math.abs(signedAngle(v, line.along));
    const off = Math.min(turn, Math.PI - turn);
    if (off <= least) [best, least] = [line, off];
  }
  return best;
}
