import { arcs } from "../film/curves.ts";
import type { Paint, Path, Point, Role, Shape, Text } from "../shape.ts";
import { apply, clipped, direction, IDENTITY, type Plane, type Rows2, type Vector2 } from "./plane.ts";

/** The axes of a plane, thin. */
export function axisLines(plane: Plane): Shape[] {
  return segments(
    plane,
    [
      [
        [0, 0],
        [1, 0],
      ],
      [
        [0, 0],
        [0, 1],
      ],
    ],
    { stroke: "muted", width: 0.8, opacity: 0.7 },
  );
}

/** The lines x = k and y = k of the plane under a map, k whole and at most `reach`; one mark. */
export function gridLines(plane: Plane, map: Rows2 = IDENTITY, reach = 12, paint: Paint = {}): Shape[] {
  const lines: [Vector2, Vector2][] = [];
  for (let k = -reach; k <= reach; k++) {
    lines.push([apply(map, [k, 0]), apply(map, [0, 1])]);
    lines.push([apply(map, [0, k]), apply(map, [1, 0])]);
  }
  return segments(plane, lines, { stroke: "grid", width: 1, ...paint });
}

/** The whole points of the plane as faint dots: where things were. */
export function gridDots(plane: Plane): Shape[] {
  const [left, top, width, height] = plane.box;
  const [x0, y1] = plane.at([left, top]);
  const [x1, y0] = plane.at([left + width, top + height]);
  const rects: [number, number, number, number][] = [];
  for (let i = Math.ceil(x0); i <= x1; i++) {
    for (let j = Math.ceil(y0); j <= y1; j++) {
      const [x, y] = plane.place([i, j]);
      rects.push([x - 1, y - 1, 2, 2]);
    }
  }
  return [{ kind: "rects", rects, fill: "muted", opacity: 0.45 }];
}

/** The whole line through the origin in a direction. */
export function lineThrough(plane: Plane, d: Vector2, paint: Paint): Shape[] {
  return segments(plane, [[[0, 0], d]], { width: 1.2, ...paint });
}

/** The image of the unit circle under a map: a circle, an ellipse, a segment. */
export function ellipse({ place }: Plane, [[a, b], [c, d]]: Rows2, paint: Paint): Shape[] {
  const points = arcs([a, c, 0], [b, d, 0], 0, 8).map(([x, y]) => place([x, y]));
  return [{ kind: "path", points, cubic: true, closed: true, width: 2, ...paint }];
}

/** The parallelogram that two vectors span. */
export function parallelogram({ place }: Plane, a: Vector2, b: Vector2, paint: Paint): Shape[] {
  const corners: Vector2[] = [[0, 0], a, [a[0] + b[0], a[1] + b[1]], b];
  return [{ kind: "path", points: corners.map(place), closed: true, ...paint }];
}

/** The strokes of an F in the unit square. */
export const F_STROKES: readonly (readonly Vector2[])[] = [
  [[0.3, 0.2], [0.3, 0.8], [0.7, 0.8]], // oxfmt-ignore
  [[0.3, 0.5], [0.6, 0.5]], // oxfmt-ignore
];

/** An F in the unit square under a map: it reads backwards where the map reverses orientation. */
export function letterF({ place }: Plane, map: Rows2, paint: Paint = {}): Shape[] {
  const reversed = map[0][0] * map[1][1] - map[0][1] * map[1][0] < 0;
  const stroke: Role = reversed ? "reversed" : "ink";
  return F_STROKES.map((points) => ({
    kind: "path",
    points: points.map((p) => place(apply(map, p))),
    stroke,
    width: 3,
    ...paint,
  }));
}

/** A length from one point of the plane to another as a line with two ends, `offset` units to the left of the way, and its name. */
export function dimension(
  { place }: Plane,
  from: Vector2,
  to: Vector2,
  { label, offset = 16, ...paint }: Paint & { readonly label?: string; readonly offset?: number } = {},
): Shape[] {
  const [[x0, y0], [x1, y1]] = [place(from), place(to)];
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < 1e-9) return [];
  const [nx, ny] = [(y1 - y0) / length, (x0 - x1) / length];
  const at = (part: number, far: number): Point => [x0 + part * (x1 - x0) + far * nx, y0 + part * (y1 - y0) + far * ny];
  const line = (a: Point, b: Point): Path => ({ kind: "path", points: [a, b], stroke: "sigma", width: 1.5, ...paint });
  const shapes: Shape[] = [
    line(at(0, offset), at(1, offset)),
    line(at(0, offset - 5), at(0, offset + 5)),
    line(at(1, offset - 5), at(1, offset + 5)),
  ];
  if (label === undefined) return shapes;
  const { stroke = "sigma", width: _, ...rest } = paint;
  return [...shapes, beyond(at(0.5, 0), at(0.5, offset), label, { ...rest, fill: stroke })];
}

/** How an arrow looks besides its role. */
export interface ArrowOptions extends Pick<Paint, "mark" | "opacity" | "dash"> {
  readonly label?: string;
  /** Input directions are thin with an open head, output directions thick with a filled one. */
  readonly weight?: "thin" | "thick";
  readonly from?: Vector2;
  /** Units between the tip and the label, 7 by default; a tip that is seized by a handle takes 16. */
  readonly gap?: number;
}

const HEAD = 12;

/** A vector as an arrow from the origin, or from another point, with its label beyond the tip, or beside where it leaves the box. */
export function arrow(plane: Plane, to: Vector2, role: Role, options: ArrowOptions = {}): Shape[] {
  const { place } = plane;
  const { label, weight = "thick", from: start = [0, 0], gap = 7, ...paint } = options;
  const [from, tip] = [place(start), place(to)];
  const [dx, dy] = [tip[0] - from[0], tip[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = length > 1e-9 ? [dx / length, dy / length] : [0, 0];
  const head = Math.min(HEAD, 0.6 * length);
  const side = 0.42 * head;
  const neck: Point = [tip[0] - head * ux, tip[1] - head * uy];
  const barbs: [Point, Point] = [
    [neck[0] - side * uy, neck[1] + side * ux],
    [neck[0] + side * uy, neck[1] - side * ux],
  ];
  const shapes: Path[] =
    weight === "thick"
      ? [
          { kind: "path", points: [from, neck], stroke: role, width: 3, ...paint },
          { kind: "path", points: [tip, ...barbs], closed: true, fill: role, ...paint },
        ]
      : [
          { kind: "path", points: [from, tip], stroke: role, width: 2, ...paint },
          { kind: "path", points: [barbs[0], tip, barbs[1]], stroke: role, width: 2, ...paint, dash: [] },
        ];
  if (label === undefined) return shapes;
  const { box: [left, top, width, height] } = plane; // oxfmt-ignore
  const inside = tip[0] >= left && tip[0] <= left + width && tip[1] >= top && tip[1] <= top + height;
  const leaves = inside ? undefined : clipped(plane, start, [to[0] - start[0], to[1] - start[1]], 0, 1)?.[1];
  const [at, back]: [Point, Point] = leaves
    ? [leaves, [leaves[0] - uy, leaves[1] + ux]]
    : [tip, [tip[0] - dx, tip[1] - dy]];
  return [...shapes, beyond(back, at, label, { fill: role, ...paint }, 20, gap)];
}

/** A name just beyond a tip, on the side that points away from where the arrow begins. */
export function beyond(from: Point, tip: Point, text: string, paint: Paint, size = 20, gap = 7): Text {
  const [dx, dy] = [tip[0] - from[0], tip[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = length > 1e-9 ? [dx / length, dy / length] : [Math.SQRT1_2, -Math.SQRT1_2];
  const half = (textWidth(text, size) / 2) * Math.abs(ux) + (size / 2) * Math.abs(uy) + gap;
  const [x, y] = [tip[0] + ux * half, tip[1] + uy * half + 0.32 * size];
  return { kind: "text", x, y, anchor: "middle", size, italic: true, text, ...paint };
}

/** The width of a text of the serif face, estimated: a picture cannot measure its letters. Marks above and below are narrow. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += /[₀-₉⁰-⁹ᵀ⁺⁻′.,: ]/u.test(character) ? 0.33 : 0.55;
  return width * size;
}

/** An arc about the origin from one angle to another, in radians, `radius` in figure units, with an arrow head where it ends. */
export function arc(
  { place }: Plane,
  from: number,
  to: number,
  radius: number,
  { label, ...paint }: Paint & { readonly label?: string } = {},
): Shape[] {
  const [cx, cy] = place([0, 0]);
  const at = (angle: number, r = radius): Point => [cx + r * Math.cos(angle), cy - r * Math.sin(angle)];
  const turn = to - from;
  const eighths = Math.max(1, Math.ceil(Math.abs(turn) / (Math.PI / 4)));
  const step = turn / eighths;
  const pull = radius * (4 / 3) * Math.tan(step / 4);
  const points: Point[] = [at(from)];
  for (let i = 0; i < eighths; i++) {
    const [start, end] = [from + i * step, from + (i + 1) * step];
    const [p, q] = [at(start), at(end)];
    points.push([p[0] - pull * Math.sin(start), p[1] - pull * Math.cos(start)]);
    points.push([q[0] + pull * Math.sin(end), q[1] + pull * Math.cos(end)], q);
  }
  const head = Math.min(8, (Math.abs(turn) * radius) / 2);
  const back = to - (Math.sign(turn) * head) / radius;
  const shapes: Shape[] = [
    { kind: "path", points, cubic: true, stroke: "muted", width: 1.5, ...paint },
    {
      kind: "path",
      points: [at(back, radius - head / 2), at(to), at(back, radius + head / 2)],
      stroke: "muted",
      width: 1.5,
      ...paint,
    },
  ];
  if (label === undefined) return shapes;
  const { stroke = "muted", width: _, dash: __, ...rest } = paint;
  return [...shapes, beyond([cx, cy], at(from + turn / 2), label, { ...rest, fill: stroke }, 19, 5)];
}

/** The mark of a right angle between two directions at the origin. */
export function rightAngle({ place }: Plane, a: number, b: number, paint: Paint = {}): Shape[] {
  const [cx, cy] = place([0, 0]);
  const corner = (...angles: number[]): Point =>
    angles.map(direction).reduce<Point>(([x, y], [dx, dy]) => [x + 14 * dx, y - 14 * dy], [cx, cy]);
  return [{ kind: "path", points: [corner(a), corner(a, b), corner(b)], stroke: "muted", width: 1.2, ...paint }];
}

function segments(plane: Plane, lines: readonly (readonly [Vector2, Vector2])[], paint: Paint): Shape[] {
  return lines.flatMap(([p, d]) => {
    const points = clipped(plane, p, d);
    return points ? [{ kind: "path", points, ...paint }] : [];
  });
}
