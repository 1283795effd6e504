import { heading } from "./heading.ts";
import { significant, typeset } from "./numerals.ts";
import { settled } from "./plane/settle.ts";
import { niceStep } from "./scale.ts";
import type { Figure, Paint, Point, Shape } from "./shape.ts";

/** A direction that is drawn over the points as an arrow from the origin: a column of the table, say. */
export interface ScatterArrow {
  readonly name: string;
  readonly to: readonly [x: number, y: number];
}

/** What is scattered. */
export interface ScatterInput {
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The class of each point; each has a mark of its own, up to six, and then they begin anew. */
  readonly classes?: readonly number[];
  /** The names of the classes, for the key. */
  readonly classNames?: readonly string[];
  /** Arrows, all scaled alike until the longest fits. */
  readonly arrows?: readonly ScatterArrow[];
}

/** What the scatter plot takes besides the points. */
export interface ScatterOptions {
  /** The heading, "Points" by default. */
  readonly title?: string;
  /** Names of the axes. */
  readonly axes?: readonly [x: string, y: string];
  /** Size in CSS pixels of the picture, 720 × 540 by default. */
  readonly width?: number;
  readonly height?: number;
  /** The point that stands out. */
  readonly lit?: number | undefined;
}

/** A scatter plot, and where its points are. */
export interface ScatterFigure extends Figure {
  readonly places: readonly Point[];
}

const HALF = 4;

/**
 * Points in a plane whose axes have one scale, each class with a mark of its own shape, and arrows from the origin.
 *
 * No points are legal; entries that are not finite are left out of the picture.
 *
 * @example
 * const { places } = scatter({ points: [[0, 0], [1, 2]], classes: [0, 1] }); // two places in figure units
 */
export function scatter(input: ScatterInput, options: ScatterOptions = {}): ScatterFigure {
  const { title = "Points", axes = ["x", "y"], width = 720, height = 540, lit } = options;
  const { points, classes, classNames = [], arrows = [] } = input;
  const seen = points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const description = `${seen.length} points${classNames.length > 1 ? ` in ${classNames.length} classes` : ""}.`;
  const head = heading(title, description, width);
  const key = keyOf(classNames, width, head.height + 4);
  const box: Box = { left: 60, right: width - 20, top: head.height + key.height + 28, bottom: height - 46 };
  const place = placing(seen, box);
  const places = points.map(place.at);
  const classOf = (i: number): number => classes?.[i] ?? 0;
  const drawn = points.flatMap(([x, y], i) =>
    Number.isFinite(x) && Number.isFinite(y) ? mark(classOf(i), places[i]!) : [],
  );
  const [litX, litY] = (lit !== undefined && places[lit]) || [NaN, NaN];
  const ring: Shape[] = Number.isFinite(litX + litY)
    ? [{ kind: "circle", cx: litX, cy: litY, r: 10, stroke: "ink", width: 2 }]
    : [];
  return {
    width,
    height,
    title,
    description,
    places,
    shapes: [
      ...head.shapes,
      ...key.shapes,
      ...axisShapes(place, box, axes),
      ...drawn,
      ...settled(arrowShapes(arrows, place, box), [box.left, box.top, box.right - box.left, box.bottom - box.top]),
      ...ring,
    ],
  };
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Placing {
  readonly at: (p: readonly [number, number]) => Point;
  /** Figure units of 1, the same along both axes. */
  readonly unit: number;
  readonly lo: readonly [number, number];
  readonly hi: readonly [number, number];
}

/** One scale for both axes, the points in the middle, the origin within sight. */
function placing(points: readonly (readonly [number, number])[], { left, right, top, bottom }: Box): Placing {
  const extent = (d: 0 | 1): [number, number] => {
    let [lo, hi] = [0, 0];
    for (const p of points) [lo, hi] = [Math.min(lo, p[d]), Math.max(hi, p[d])];
    return [lo, hi];
  };
  const [x, y] = [extent(0), extent(1)];
  const spread = (lo: number, hi: number): number => (hi - lo || 1) * 1.08;
  const unit = Math.min((right - left) / spread(...x), (bottom - top) / spread(...y));
  const [cx, cy] = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
  const at = ([px, py]: readonly [number, number]): Point => [
    (left + right) / 2 + (px - cx) * unit,
    (top + bottom) / 2 - (py - cy) * unit,
  ];
  const [halfX, halfY] = [(right - left) / 2 / unit, (bottom - top) / 2 / unit];
  return { at, unit, lo: [cx - halfX, cy - halfY], hi: [cx + halfX, cy + halfY] };
}

function axisShapes({ at, lo, hi }: Placing, box: Box, [nameX, nameY]: readonly [string, string]): Shape[] {
  const shapes: Shape[] = [];
  const label = { kind: "text", size: 12, fill: "muted" } as const;
  for (const d of [0, 1] as const) {
    const step = niceStep(hi[d] - lo[d], d === 0 ? 8 : 6);
    for (let k = Math.ceil(lo[d] / step); k * step <= hi[d]; k++) {
      const value = k * step;
      const [x, y] = at(d === 0 ? [value, 0] : [0, value]);
      const ends: Point[] = d === 0 ? [[x, box.top], [x, box.bottom]] : [[box.left, y], [box.right, y]]; // oxfmt-ignore
      shapes.push({ kind: "path", points: ends, stroke: k === 0 ? "muted" : "grid", width: 1 });
      const text = typeset(significant(Number(value.toPrecision(6)), 3));
      if (d === 0) shapes.push({ ...label, x, y: box.bottom + 18, anchor: "middle", text });
      else shapes.push({ ...label, x: box.left - 8, y: y + 4, anchor: "end", text });
    }
  }
  const name = { kind: "text", size: 13, italic: true, fill: "ink" } as const;
  return [
    ...shapes,
    { ...name, x: box.right, y: box.bottom + 38, anchor: "end", text: nameX },
    { ...name, x: 16, y: box.top - 10, text: nameY },
  ];
}

/** The six marks: what tells them apart is their shape, and whether they are filled. */
function mark(kind: number, [x, y]: Point): Shape[] {
  const closed = (points: Point[], paint: Paint): Shape => ({ kind: "path", points, closed: true, ...paint });
  const line = (points: Point[]): Shape => ({ kind: "path", points, stroke: "ink", width: 1.6 });
  const hollow: Paint = { fill: "page", stroke: "ink", width: 1.4 };
  const h = HALF;
  switch (kind % 6) {
    case 0:
      return [{ kind: "circle", cx: x, cy: y, r: h * 0.85, fill: "ink", opacity: 0.85 }];
    case 1:
      return [closed([[x, y - h * 1.2], [x + h * 1.1, y + h * 0.8], [x - h * 1.1, y + h * 0.8]], hollow)]; // oxfmt-ignore
    case 2:
      return [closed([[x - h * 0.8, y - h * 0.8], [x + h * 0.8, y - h * 0.8], [x + h * 0.8, y + h * 0.8], [x - h * 0.8, y + h * 0.8]], { fill: "muted" })]; // oxfmt-ignore
    case 3:
      return [line([[x - h, y - h], [x + h, y + h]]), line([[x - h, y + h], [x + h, y - h]])]; // oxfmt-ignore
    case 4:
      return [closed([[x, y - h * 1.3], [x + h * 1.3, y], [x, y + h * 1.3], [x - h * 1.3, y]], hollow)]; // oxfmt-ignore
    default:
      return [line([[x - h, y], [x + h, y]]), line([[x, y - h], [x, y + h]])]; // oxfmt-ignore
  }
}

/** The key of the classes, in as many lines as it takes. */
function keyOf(names: readonly string[], width: number, top: number): { shapes: Shape[]; height: number } {
  const shown = names.slice(0, 12).map((name) => (name.length > 24 ? `${name.slice(0, 23)}…` : name));
  const shapes: Shape[] = [];
  let [x, y] = [16, top + 12];
  shown.forEach((text, kind) => {
    const wide = 26 + 7.2 * text.length;
    if (x > 16 && x + wide > width - 8) [x, y] = [16, y + 20];
    shapes.push(...mark(kind, [x, y - 4]), { kind: "text", x: x + 12, y, size: 12, fill: "ink", text });
    x += wide;
  });
  return { shapes, height: shown.length === 0 ? 0 : y - top + 8 };
}

/** Arrows from the origin, the longest reaching four fifths of the way to the nearer edge. */
function arrowShapes(arrows: readonly ScatterArrow[], { at }: Placing, box: Box): Shape[] {
  const longest = Math.max(0, ...arrows.map(({ to }) => Math.hypot(...to)));
  if (!(longest > 0)) return [];
  const [ox, oy] = at([0, 0]);
  const room = 0.8 * Math.min(Math.max(ox - box.left, box.right - ox), Math.max(oy - box.top, box.bottom - oy));
  return arrows.flatMap(({ name, to: [x, y] }): Shape[] => {
    const [dx, dy] = [(x / longest) * room, (-y / longest) * room];
    const length = Math.hypot(dx, dy);
    if (length < 1) return [];
    const [ex, ey] = [dx / length, dy / length];
    const tip: Point = [ox + dx, oy + dy];
    const barb = (side: number): Point => [tip[0] - 9 * ex - side * 4 * ey, tip[1] - 9 * ey + side * 4 * ex];
    const anchor = Math.abs(ex) < 0.35 ? "middle" : ex > 0 ? "start" : "end";
    return [
      { kind: "path", points: [[ox, oy], tip], stroke: "v", width: 2 }, // oxfmt-ignore
      { kind: "path", points: [barb(1), tip, barb(-1)], stroke: "v", width: 2 },
      {
        kind: "text",
        x: tip[0] + 7 * ex,
        y: tip[1] + 4 + 12 * ey,
        anchor,
        size: 13,
        fill: "v",
        text: name.length > 24 ? `${name.slice(0, 23)}…` : name,
      },
    ];
  });
}
