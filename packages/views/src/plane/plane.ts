import type { Point } from "../shape.ts";

/** A vector of the plane, or a point of it. */
export type Vector2 = readonly [x: number, y: number];

/** A linear map of the plane by its rows. */
export type Rows2 = readonly [readonly [a: number, b: number], readonly [c: number, d: number]];

/** A part of a figure that shows the plane: where its points lie, and where they come from. */
export interface Plane {
  /** Left, top, width and height in figure units. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
  /** The length of 1, in figure units. */
  readonly unit: number;
  readonly place: (p: Vector2) => Point;
  /** The inverse of `place`. */
  readonly at: (p: Point) => Vector2;
}

/** A plane in a box, the origin in its middle, in which everything up to `reach` from the origin is seen. */
export function planeIn(box: Plane["box"], reach: number): Plane {
  const [left, top, width, height] = box;
  const unit = Math.min(width, height) / (2 * reach);
  const [cx, cy] = [left + width / 2, top + height / 2];
  return {
    box,
    unit,
    place: ([x, y]: Vector2): Point => [cx + unit * x, cy - unit * y],
    at: ([x, y]: Point): Vector2 => [(x - cx) / unit, (cy - y) / unit],
  };
}

/** The square in the middle of a plane that a narrow screen shows, less a margin: where names are seen whole. */
export function middleOf({ box: [left, top, width, height] }: Plane): Plane["box"] {
  const side = Math.min(width, height) - 10;
  return [left + (width - side) / 2, top + (height - side) / 2, side, side];
}

/** A·v. */
export const apply = ([[a, b], [c, d]]: Rows2, [x, y]: Vector2): Vector2 => [a * x + b * y, c * x + d * y];

/** The unit vector at an angle, in radians counterclockwise from the first axis. */
export const direction = (angle: number): Vector2 => [Math.cos(angle), Math.sin(angle)];

/** The identity map. */
export const IDENTITY: Rows2 = [
  [1, 0],
  [0, 1],
];

/** The part of the line p + t·d, t from `from` to `to`, that lies in a plane's box; nothing where it misses it (Liang and Barsky). */
export function clipped(
  { box: [left, top, width, height], place }: Plane,
  p: Vector2,
  d: Vector2,
  from: number = -Infinity,
  to: number = Infinity,
): readonly [Point, Point] | undefined {
  const [x, y] = place(p);
  const [tipX, tipY] = place([p[0] + d[0], p[1] + d[1]]);
  const [dx, dy] = [tipX - x, tipY - y];
  let [start, end] = [from, to];
  for (const [slope, room] of [
    [-dx, x - left],
    [dx, left + width - x],
    [-dy, y - top],
    [dy, top + height - y],
  ] as const) {
    if (slope === 0 && room < 0) return undefined;
    if (slope < 0) start = Math.max(start, room / slope);
    if (slope > 0) end = Math.min(end, room / slope);
  }
  if (!(start < end) || !Number.isFinite(start) || !Number.isFinite(end)) return undefined;
  return [
    [x + start * dx, y + start * dy],
    [x + end * dx, y + end * dy],
  ];
}
