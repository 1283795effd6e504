import { heading, wrapped } from "../heading.ts";
import { significant, typeset } from "../numerals.ts";
import { niceStep } from "../scale.ts";
import type { Film, Point, Role, Shape } from "../shape.ts";
import { arcs, halves, outline } from "./curves.ts";
import { above, aside, AXES, image, times, turned, type Camera, type Columns, type Vector } from "./space.ts";

/** A turn by `angle` radians: of the plane counterclockwise, or of space about the unit vector `axis`. */
export interface TurnInput {
  readonly angle: number;
  readonly axis?: readonly [number, number, number];
}

/** A map as rotate, scale, rotate: the result of eckart's `rotateScaleRotate` serves as it is. */
export interface MapFilmInput {
  /** Vᵀ. */
  readonly first: TurnInput;
  /** The singular values, descending and none negative. */
  readonly s: ArrayLike<number>;
  /** The rotation in U. */
  readonly last: TurnInput;
  /** Whether U turns its last axis round before it rotates. */
  readonly reflects: boolean;
  /** The output space: 2 or 3 rows. */
  readonly U: { readonly rows: number };
  /** The input space: 2 or 3 rows. */
  readonly V: { readonly rows: number };
  /** Whether two of the values are equal to rounding. */
  readonly repeated: boolean;
  /** Whether the smallest value is 0 to rounding. */
  readonly singular: boolean;
}

/** What the film takes besides the map. */
export interface MapFilmOptions {
  /** The heading, "Rotate, scale, rotate" by default. */
  readonly title?: string;
}

const WIDTH = 720;
const HEIGHT = 560;
/** Seconds that a step takes, and those that it stands before the next. */
const MOVE = 2.6;
const REST = 1.1;
const LAST_REST = 3;
/** Seconds in which words come and go. */
const FADE = 0.3;
/** Size of the captions. */
const CAPTION = 13.5;
/** Radians that a turn may go between two key frames: between them marks move straight, and lose 1 − cos 0.04 = 0.08 %. */
const STRIDE = 0.08;

type Step = "first" | "scale" | "mirror" | "last";

/** One part of the film: what moves from when on, what it says, and how many key frames it needs. */
interface Chapter {
  readonly step: Step | "begin";
  readonly start: number;
  readonly caption: string;
  readonly frames: number;
}

/** How far each step has gone, from 0 to 1. */
type Progress = Readonly<Record<Step, number>>;

/** The map with everything that does not depend on time. */
interface Scene extends MapFilmInput {
  readonly n: number;
  readonly m: number;
  readonly camera: Camera;
  /** What lengths are divided by after Σ, so that circle and ellipse fit into one picture. */
  readonly shrink: number;
  /** The right singular vectors, and the left ones where the film ends. */
  readonly v: readonly Vector[];
  readonly u: readonly Vector[];
}

/**
 * A linear map of two or three dimensions as a film: the unit circle or sphere with its grid and the right singular
 * vectors is turned by Vᵀ, stretched by Σ and turned by U, until v₁, v₂ have become σ₁u₁, σ₂u₂. What moves are angles
 * and lengths, so that a turning circle stays a circle. A reflection is a step of its own: in the plane it turns over
 * through the third dimension and the letter F reads backwards; in space it passes through its mirror, and the
 * right-handed screw becomes a left-handed one.
 *
 * @throws RangeError  another number of dimensions, or values that are not finite, negative or not descending.
 * @example
 * import { rotateScaleRotate } from "eckart";
 * import { mapFilm, toAnimatedSvg } from "@eckart/views";
 * const svg = toAnimatedSvg(mapFilm(rotateScaleRotate([[2, 1], [0.5, 1.5]])));
 */
export function mapFilm(map: MapFilmInput, { title = "Rotate, scale, rotate" }: MapFilmOptions = {}): Film {
  const scene = arrange(map);
  const chapters = chaptersOf(scene);
  const ends = chapters.map(({ start }) => start + MOVE + REST);
  const duration = ends.at(-1)! - REST + LAST_REST;
  const times = keyTimes(chapters, duration);
  const progress = (seconds: number): Progress => {
    const gone = (step: Step): number => {
      const chapter = chapters.find((one) => one.step === step);
      return chapter ? eased((seconds - chapter.start) / MOVE) : 0;
    };
    return { first: gone("first"), scale: gone("scale"), mirror: gone("mirror"), last: gone("last") };
  };

  const head = heading(title, "", WIDTH);
  const lines = Math.max(...chapters.map(({ caption }) => wrapped(caption, CAPTION, WIDTH - 48).length));
  const top = head.height + 18 * lines;
  const reach = times.flatMap((time) => marks(scene, progress(time), (p) => p, 0).flatMap(pointsOf));
  const stage = framed(reach, { x: 0, y: top, width: WIDTH, height: HEIGHT - top }, 56);
  const at = (seconds: number): Shape[] => [
    ...head.shapes,
    ...formula(chapters, seconds),
    ...chapters.flatMap((chapter) =>
      told(chapter.caption, 24, head.height, WIDTH - 48, shownAt(chapters, chapter, seconds)),
    ),
    ...marks(scene, progress(seconds), stage.place, stage.unit),
  ];
  const pictures = panels(chapters.length, head.height - 18).flatMap((box, i) => {
    const { caption } = chapters[i]!;
    const words = told(caption, box.x + 24, box.y + 14, box.width - 36, 1);
    const below = { ...box, y: box.y + 18 * words.length, height: box.height - 18 * words.length };
    const { place, unit } = framed(reach, below, 56);
    return [...words, ...marks(scene, progress(i === 0 ? 0 : ends[i]!), place, unit)];
  });
  const description = chapters.map(({ caption }) => caption).join(" ");
  return {
    width: WIDTH,
    height: HEIGHT,
    title,
    description,
    duration,
    times,
    at,
    still: [...head.shapes, ...pictures],
  };
}

function arrange(map: MapFilmInput): Scene {
  const [m, n] = [map.U.rows, map.V.rows];
  for (const size of [m, n])
    if (size !== 2 && size !== 3) throw new RangeError(`mapFilm: expected 2 or 3 dimensions, got ${m} × ${n}`);
  const s = Array.from(map.s);
  s.forEach((x, i) => {
    if (!(x >= 0 && x < Infinity && x <= (s[i - 1] ?? Infinity)))
      throw new RangeError(`mapFilm: expected s[${i}] finite, not negative and not above s[${i - 1}], got ${x}`);
  });
  const largest = s[0]!;
  const drawable = largest === 0 || (largest > 0.3 && largest < 4);
  const shrink = drawable ? 1 : niceStep(largest / 4, 1);
  const v = AXES.slice(0, n).map((axis) => turned(axis, -map.first.angle, map.first.axis ?? AXES[2]));
  const u = AXES.slice(0, m).map((axis, i) =>
    turned(times(map.reflects && i === m - 1 ? -1 : 1, axis), map.last.angle, map.last.axis ?? AXES[2]),
  );
  return {
    ...map,
    s,
    m,
    n,
    v,
    u,
    shrink,
    camera: m === 2 && n === 2 ? above(4 * Math.max(1, largest / shrink)) : aside,
  };
}

/** The words of every step, with the numbers of the map. */
function chaptersOf(scene: Scene): Chapter[] {
  const { first, s, last, reflects, repeated, singular, n, m, shrink } = scene;
  const list = (letter: string, count: number): string =>
    ["₁", "₂", "₃"]
      .slice(0, count)
      .map((sub) => letter + sub)
      .join(", ")
      .replace(/, (\S+)$/, " and $1");
  const body = n === 2 ? "circle" : "sphere";
  const values = Array.from(s, (sigma, i) => `σ${"₁₂₃"[i]} = ${typeset(significant(sigma))}`).join(", ");
  const all = repeated && s.length > 0 && s[0] === s[s.length - 1];
  const remarks = [
    repeated && s[0]! > 0
      ? all
        ? "All directions are stretched alike: any axes would do."
        : "Two values are equal: within their plane any axes would do."
      : "",
    n > m ? "A direction without a value is lost." : "",
    singular ? `What has the value 0 is lost, and u${"₁₂₃"[Math.min(m, n) - 1]} is a free choice.` : "",
    n < m ? "The plane lies in space now." : "",
    shrink === 1 ? "" : `From here on 1 stands for ${typeset(String(shrink))}.`,
  ];
  const stretch = ["Σ stretches along the axes:", `${values}.`, ...remarks].filter((part) => part !== "").join(" ");
  const kept = Array.from(s).filter((sigma, i) => sigma > 0 && !(singular && i === s.length - 1)).length;
  const became = ["a point", "a segment", "an ellipse", "an ellipsoid"][kept]!;
  const halfAxes =
    kept === 0 ? "" : ` with the half-ax${kept === 1 ? "is" : "es"} ${list("σ", kept).replace(/σ(.)/g, "σ$1u$1")}`;
  const arrived = `The ${body} has become ${became}${halfAxes}.`;
  const mirrored =
    m === 2
      ? "U reflects, since det A < 0: the plane turns over about the first axis, through the third dimension, and F reads backwards."
      : "U reflects, since det A < 0: the third axis passes through its mirror, which no turn of space can do; the screw becomes left-handed.";
  const parts: Omit<Chapter, "start">[] = [
    {
      step: "begin",
      caption: `The unit ${body} with ${list("v", n)}, ${n === 2 ? "two" : "three"} directions at right angles that stay so under A.`,
      frames: 1,
    },
    {
      step: "first",
      caption: `Vᵀ turns ${list("v", n)} onto the axes: ${described(first)}.`,
      frames: framesOf(first),
    },
    { step: "scale", caption: stretch, frames: 16 },
    ...(reflects ? [{ step: "mirror", caption: mirrored, frames: 48 } as const] : []),
    {
      step: "last",
      caption: `U turns the axes onto ${list("u", Math.min(m, n))}: ${described(last)}. ${arrived}`,
      frames: framesOf(last),
    },
  ];
  return parts.map((part, i) => ({ ...part, start: i === 0 ? 0 : REST + (i - 1) * (MOVE + REST) }));
}

/** Key frames of a turn: at its quickest it goes π/2 times its mean speed. */
function framesOf({ angle }: TurnInput): number {
  return Math.max(12, Math.ceil((Math.PI / 2) * (Math.abs(shortest(angle)) / STRIDE)));
}

function described({ angle, axis }: TurnInput): string {
  const degrees = (shortest(angle) * 180) / Math.PI;
  const size = `${typeset(String(Number(Math.abs(degrees).toFixed(1))))}°`;
  if (Math.abs(degrees) < 0.05) return "they lie there already";
  if (!axis) return `by ${size} ${degrees > 0 ? "counterclockwise" : "clockwise"}`;
  const sign = degrees > 0 ? 1 : -1;
  const about = axis.map((x) => typeset(String(Number((sign * x).toFixed(2)) + 0))).join(", ");
  return `by ${size} about (${about})`;
}

/** The times at which something begins, ends or bends. */
function keyTimes(chapters: readonly Chapter[], duration: number): number[] {
  const found = chapters.flatMap(({ start, frames }) => [
    start - FADE / 2,
    start + FADE / 2,
    ...Array.from({ length: frames + 1 }, (_, i) => start + (i / frames) * MOVE),
  ]);
  return [0, ...found.filter((time) => time > 0 && time < duration).sort((a, b) => a - b), duration];
}

/** From rest to rest: 0 before, 1 after. */
function eased(part: number): number {
  return (1 - Math.cos(Math.PI * Math.min(Math.max(part, 0), 1))) / 2;
}

/** The same turn by at most half a circle. */
function shortest(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

/** Where the axes of the input are at a time: the columns of the map so far. */
function pose({ first, s, last, reflects, n, m, shrink }: Scene, gone: Progress): Columns {
  return AXES.map((axis): Vector => {
    const [x, y, z] = turned(axis, gone.first * shortest(first.angle), first.axis ?? AXES[2]);
    // A wide map flattens what has no singular value; what is not there to be flattened stays.
    const stretch = (i: number): number => 1 - gone.scale + gone.scale * ((s[i] ?? (i < n ? 0 : shrink)) / shrink);
    let v: Vector = [stretch(0) * x, stretch(1) * y, stretch(2) * z];
    const over = gone.mirror * Math.PI;
    if (reflects) v = m === 2 ? turned(v, over, AXES[0]) : [v[0], v[1], Math.cos(over) * v[2]];
    return turned(v, gone.last * shortest(last.angle), last.axis ?? AXES[2]);
  }) as unknown as Columns;
}

/** A place of the picture for a place of space as the camera sees it. */
type Place = (p: Point) => Point;

/** Everything that moves, in the order in which it is painted; `unit` is the length of 1 on the picture. */
function marks(scene: Scene, gone: Progress, place: Place, unit: number): Shape[] {
  const { camera, n, m, v, u, s, singular } = scene;
  const M = pose(scene, gone);
  const seen = (p: Vector): Point => place(camera.see(p));
  const moved = (p: Vector): Point => seen(image(M, p));
  const scaled = gone.scale;
  const shapes: Shape[] = [...axes(scene, seen)];
  const solid = { stroke: "sigma", width: 2 } as const;
  if (n === 2) {
    shapes.push(...grid(moved));
    const circle = arcs(AXES[0], AXES[1], 0, 8).map(moved);
    shapes.push({ kind: "path", points: circle, cubic: true, closed: true, fill: "sigma", opacity: 0.13 });
    shapes.push({ kind: "path", points: circle, cubic: true, closed: true, ...solid });
    shapes.push(...letter(scene, moved, gone.mirror));
  } else {
    const edge = outline(M.map((column) => camera.see(column))).map(([x, y]) => place([x, y]));
    shapes.push({ kind: "path", points: edge, cubic: true, closed: true, fill: "sigma", opacity: 0.13 });
    shapes.push({ kind: "path", points: edge, cubic: true, closed: true, ...solid });
    const V = v.map((axis) => image(M, axis)) as unknown as Columns;
    for (const [i, j] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const) {
      const [front, behind] = halves(V, i, j, camera.toEye);
      shapes.push({
        kind: "path",
        points: behind.map(seen),
        cubic: true,
        stroke: "muted",
        width: 0.9,
        dash: [3, 4],
        opacity: 0.7,
      });
      shapes.push({ kind: "path", points: front.map(seen), cubic: true, stroke: "muted", width: 1.1 });
    }
    if (m === 3) shapes.push(...screw(scene, moved, gone.mirror));
  }
  const origin = seen([0, 0, 0]);
  /** Where a value is 0, any direction at right angles to the others serves as its left vector. */
  const freeChoice = (tip: Point, label: string, opacity: number): Shape[] => [
    { kind: "path", points: [origin, tip], stroke: "u", width: 1.4, dash: [4, 4], opacity },
    labelAt(origin, tip, label, "u", opacity),
  ];
  v.forEach((axis, i) => {
    const sub = "₁₂₃"[i]!;
    const tip = moved(axis);
    const lost = (s[i] ?? 0) === 0 || (singular && i === Math.min(m, n) - 1);
    shapes.push(...arrow(origin, tip, "v", `v${sub}`, 1 - scaled, unit));
    if (i < m && i < n) shapes.push(...arrow(origin, tip, "u", `σ${sub}u${sub}`, lost ? 0 : scaled, unit));
    if (i < m && lost) shapes.push(...freeChoice(seen(u[i]!), `u${sub} free`, gone.last));
  });
  return shapes;
}

function axes({ n, m }: Scene, seen: (p: Vector) => Point): Shape[] {
  const flat = n === 2 && m === 2;
  return AXES.slice(0, flat ? 2 : 3).map((axis) => ({
    kind: "path",
    points: [seen(times(-1.35, axis)), seen(times(1.35, axis))],
    stroke: "muted",
    width: 0.8,
    opacity: 0.6,
  }));
}

/** The lines of a grid inside the unit circle. */
function grid(moved: (p: Vector) => Point): Shape[] {
  return [-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75].flatMap((at): Shape[] => {
    const end = Math.sqrt(1 - at * at);
    const ends: [Vector, Vector][] = [
      [
        [at, -end, 0],
        [at, end, 0],
      ],
      [
        [-end, at, 0],
        [end, at, 0],
      ],
    ];
    return ends.map((points) => ({
      kind: "path",
      points: points.map(moved),
      stroke: "muted",
      width: at === 0 ? 1.4 : 0.8,
      opacity: 0.5,
    }));
  });
}

/** A letter that shows its orientation; in another colour once it reads backwards. */
function letter({ reflects }: Scene, moved: (p: Vector) => Point, mirrored: number): Shape[] {
  const at = (x: number, y: number): Point => moved([0.1 + 0.26 * x, -0.72 + 0.42 * y, 0]);
  const strokes = [
    [at(0, 0), at(0, 1), at(1, 1)],
    [at(0, 0.52), at(0.75, 0.52)],
  ];
  return strokes.flatMap((points) => oriented({ kind: "path", points, width: 3 }, reflects, mirrored));
}

/** A right-handed screw around the third direction; left-handed, in another colour, once it is mirrored. */
function screw({ v, reflects }: Scene, moved: (p: Vector) => Point, mirrored: number): Shape[] {
  const points = Array.from({ length: 37 }, (_, i): Point => {
    const t = (i / 36) * 6 * Math.PI;
    const local: Vector = [0.11 * Math.cos(t), 0.11 * Math.sin(t), 0.34 + (0.42 * i) / 36];
    return moved(image(v as unknown as Columns, local));
  });
  return oriented({ kind: "path", points, width: 2 }, reflects, mirrored);
}

function oriented(
  path: { kind: "path"; points: Point[]; width: number },
  reflects: boolean,
  mirrored: number,
): Shape[] {
  if (!reflects) return [{ ...path, stroke: "ink" }];
  const done = Math.max(0, 2 * mirrored - 1);
  return [
    { ...path, stroke: "ink", opacity: 1 - done },
    { ...path, stroke: "reversed", opacity: done },
  ];
}

const HEAD = 12;

/** An arrow with its label beyond the tip. */
function arrow(from: Point, tip: Point, role: Role, label: string, opacity: number, unit: number): Shape[] {
  const [dx, dy] = [tip[0] - from[0], tip[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = length > 0 ? [dx / length, dy / length] : [0, 0];
  const head = unit === 0 ? 0 : Math.min(HEAD, 0.6 * length);
  const neck: Point = [tip[0] - head * ux, tip[1] - head * uy];
  const side = 0.42 * head;
  const barbs: Point[] = [
    [neck[0] - side * uy, neck[1] + side * ux],
    [neck[0] + side * uy, neck[1] - side * ux],
  ];
  return [
    { kind: "path", points: [from, neck], stroke: role, width: 2.6, opacity },
    { kind: "path", points: [tip, ...barbs], closed: true, fill: role, opacity },
    labelAt(from, tip, label, role, opacity),
  ];
}

/** A label just beyond a tip, on the side that points away from the origin. */
function labelAt(from: Point, tip: Point, text: string, role: Role, opacity: number): Shape {
  const [dx, dy] = [tip[0] - from[0], tip[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = length > 1e-9 ? [dx / length, dy / length] : [0.7, -0.7];
  const half = 4.6 * [...text].length;
  return {
    kind: "text",
    x: tip[0] + ux * (10 + half),
    y: tip[1] + uy * 16 + 5,
    anchor: "middle",
    size: 16,
    italic: true,
    fill: role,
    opacity,
    text,
  };
}

function pointsOf(shape: Shape): readonly Point[] {
  return shape.kind === "path" ? shape.points : [];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The largest picture of all these points that fits a box with room for labels, the origin in its middle. */
function framed(
  points: readonly Point[],
  { x, y, width, height }: Box,
  margin: number,
): { place: Place; unit: number } {
  const reach = (axis: 0 | 1): number => points.reduce((most, p) => Math.max(most, Math.abs(p[axis])), 1);
  const unit = Math.min((width / 2 - margin) / reach(0), (height / 2 - margin / 2) / reach(1));
  const [cx, cy] = [x + width / 2, y + height / 2];
  return { unit, place: ([px, py]) => [cx + unit * px, cy - unit * py] };
}

/** Boxes for the still pictures, in rows. */
function panels(count: number, top: number): Box[] {
  const columns = count > 4 ? 3 : 2;
  const [width, height] = [WIDTH / columns, (HEIGHT - top - 8) / 2];
  return Array.from({ length: count }, (_, i) => ({
    x: (i % columns) * width,
    y: top + Math.floor(i / columns) * height,
    width,
    height,
  }));
}

/** How strongly a chapter is shown: 1 from its beginning to that of the next. */
function shownAt(chapters: readonly Chapter[], chapter: Chapter, seconds: number): number {
  const begun = (one: Chapter | undefined): number =>
    one ? Math.min(Math.max((seconds - one.start) / FADE + 0.5, 0), 1) : 0;
  return (chapter.step === "begin" ? 1 : begun(chapter)) - begun(chapters[chapters.indexOf(chapter) + 1]);
}

function told(caption: string, x: number, y: number, width: number, opacity: number): Shape[] {
  return wrapped(caption, CAPTION, width).map((text, i) => ({
    kind: "text",
    x,
    y: y + 18 * i,
    text,
    size: CAPTION,
    fill: "muted",
    opacity,
  }));
}

/** A = U Σ Vᵀ, the factor at work in its colour. */
function formula(chapters: readonly Chapter[], seconds: number): Shape[] {
  const word = (text: string, x: number, fill: Role, opacity: number): Shape => ({
    kind: "text",
    x,
    y: 36,
    text,
    size: 19,
    italic: true,
    fill,
    opacity,
  });
  const work = (...steps: Chapter["step"][]): number =>
    Math.max(0, ...chapters.filter(({ step }) => steps.includes(step)).map((one) => shownAt(chapters, one, seconds)));
  const factors = [
    ["U", WIDTH - 92, "u", work("mirror", "last")],
    ["Σ", WIDTH - 70, "sigma", work("scale")],
    ["Vᵀ", WIDTH - 50, "v", work("first")],
  ] as const;
  return [
    word("A =", WIDTH - 132, "muted", 1),
    ...factors.flatMap(([text, x, role, active]) => [word(text, x, "muted", 1 - active), word(text, x, role, active)]),
  ];
}
