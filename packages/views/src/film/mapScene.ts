import type { Point, Role, Shape } from "../shape.ts";
import { textWidth } from "../plane/marks.ts";
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

/** How far each step has gone, from 0 to 1; the mirror is that of U, where it has one. */
export interface Progress {
  readonly first: number;
  readonly scale: number;
  readonly mirror: number;
  readonly last: number;
}

/** How a map is shown. */
export interface SceneOptions {
  /** What lengths are divided by in the second step, so that circle and ellipse fit into one picture; 1 by default. */
  readonly shrink?: number;
  /** From where a map with a space in it is seen. */
  readonly camera?: Camera;
  /** Half the length of the axes, 1.35 by default. */
  readonly axes?: number;
  /** The height of the letters in figure units, 16 by default. */
  readonly letters?: number;
}

/** A map with everything of its picture that does not depend on how far it has gone. */
export interface MapScene extends MapFilmInput {
  readonly s: readonly number[];
  readonly n: number;
  readonly m: number;
  readonly camera: Camera;
  readonly shrink: number;
  readonly axes: number;
  readonly letters: number;
  /** The right singular vectors, and the left ones where the last step ends. */
  readonly v: readonly Vector[];
  readonly u: readonly Vector[];
}

/** A place of the picture for a place of space as the camera sees it. */
export type Place = (p: Point) => Point;

/**
 * The scene of a map.
 *
 * @throws RangeError  another number of dimensions, or values that are not finite, negative or not descending.
 */
export function mapScene(map: MapFilmInput, options: SceneOptions = {}): MapScene {
  const { shrink = 1, camera = aside, axes = 1.35, letters = 16 } = options;
  const [m, n] = [map.U.rows, map.V.rows];
  for (const size of [m, n])
    if (size !== 2 && size !== 3) throw new RangeError(`mapFilm: expected 2 or 3 dimensions, got ${m} × ${n}`);
  const s = Array.from(map.s);
  s.forEach((x, i) => {
    if (!(x >= 0 && x < Infinity && x <= (s[i - 1] ?? Infinity)))
      throw new RangeError(`mapFilm: expected s[${i}] finite, not negative and not above s[${i - 1}], got ${x}`);
  });
  const v = AXES.slice(0, n).map((axis) => turned(axis, -map.first.angle, map.first.axis ?? AXES[2]));
  const u = AXES.slice(0, m).map((axis, i) =>
    turned(times(map.reflects && i === m - 1 ? -1 : 1, axis), map.last.angle, map.last.axis ?? AXES[2]),
  );
  const flat = m === 2 && n === 2;
  const seen = flat ? above(4 * Math.max(1, s[0]! / shrink)) : camera;
  return { ...map, s, m, n, v, u, shrink, axes, letters, camera: seen };
}

/**
 * Where the axes of the input are: the columns of the map as far as it has gone. Angles and the logarithms of lengths
 * move evenly with the progress, never entries.
 */
export function poseAt({ first, s, last, reflects, n, m, shrink }: MapScene, gone: Progress): Columns {
  return AXES.map((axis): Vector => {
    const [x, y, z] = turned(axis, gone.first * first.angle, first.axis ?? AXES[2]);
    // A wide map flattens what has no singular value; what is not there to be flattened stays.
    const stretch = (i: number): number => (i < n ? stretched((s[i] ?? 0) / shrink, gone.scale) : 1);
    let v: Vector = [stretch(0) * x, stretch(1) * y, stretch(2) * z];
    const over = gone.mirror * Math.PI;
    if (reflects) v = m === 2 ? turned(v, over, AXES[0]) : [v[0], v[1], Math.cos(over) * v[2]];
    return turned(v, gone.last * last.angle, last.axis ?? AXES[2]);
  }) as unknown as Columns;
}

/** Where the way to a value goes over from the logarithm to the straight line that alone can lead to 0. */
const SMALL = 0.05;

/** From 1 to sigma: by the logarithm, near sigma = 0 more and more straight, so that no value makes it jump. */
function stretched(sigma: number, gone: number): number {
  const straight = Math.max(0, 1 - sigma / SMALL);
  const logarithmic = straight < 1 ? sigma ** gone : 0;
  return straight * (1 + gone * (sigma - 1)) + (1 - straight) * logarithmic;
}

/**
 * Everything of the scene at a moment, in the order in which it is painted: the axes, the start as a ghost, the unit
 * circle or sphere with what has become of it, its letter or screw, and the singular vectors and values. `unit` is the
 * length of 1 on the picture, 0 to learn how far the scene reaches.
 */
export function sceneShapes(scene: MapScene, gone: Progress, place: Place, unit: number): Shape[] {
  const { camera, n, m, v, u, s, singular, letters } = scene;
  const M = poseAt(scene, gone);
  const seen = (p: Vector): Point => place(camera.see(p));
  const moved = (p: Vector): Point => seen(image(M, p));
  const left = Math.max(gone.first, gone.scale, gone.mirror, gone.last);
  const shapes: Shape[] = [...axes(scene, seen), ...ghost(scene, place, left, unit)];
  const solid = { stroke: "sigma", width: 2, mark: "S" } as const;
  if (n === 2) {
    shapes.push(...grid(moved));
    const circle = arcs(AXES[0], AXES[1], 0, 8).map(moved);
    shapes.push({ kind: "path", points: circle, cubic: true, closed: true, fill: "sigma", opacity: 0.13, mark: "S" });
    shapes.push({ kind: "path", points: circle, cubic: true, closed: true, ...solid });
    shapes.push(...letter(scene, moved, gone.mirror));
  } else {
    const edge = outline(M.map((column) => camera.see(column))).map(([x, y]) => place([x, y]));
    shapes.push({ kind: "path", points: edge, cubic: true, closed: true, fill: "sigma", opacity: 0.13, mark: "S" });
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
  const names: Shape[] = [];
  v.forEach((axis, i) => {
    const sub = "₁₂₃"[i]!;
    const tip = moved(axis);
    const paired = i < m && i < n;
    const lost = (s[i] ?? 0) === 0 || (singular && i === Math.min(m, n) - 1);
    const [stretched, arrived] = [shown(gone.scale), shown(gone.last)];
    const input = { mark: `v${i + 1}`, opacity: 1 - gone.scale };
    const start = seen(axis);
    const begun = { fill: "v", mark: input.mark, opacity: 0.8 * trace(left) } as const;
    names.push(labelAt(origin, start, `v${sub}`, letters, begun));
    const output = { mark: `u${i + 1}`, opacity: lost ? 0 : gone.scale };
    shapes.push(...arrow(origin, tip, "v", "thin", input, unit));
    names.push(labelAt(origin, tip, `v${sub}`, letters, { fill: "v", ...input, opacity: 1 - stretched }));
    if (paired) {
      shapes.push(...arrow(origin, tip, "u", "thick", output, unit));
      const strength = lost ? 0 : stretched;
      names.push(
        labelAt(origin, tip, `σ${sub}e${sub}`, letters, { fill: "u", ...output, opacity: strength * (1 - arrived) }),
        labelAt(origin, tip, `σ${sub}u${sub}`, letters, { fill: "u", ...output, opacity: strength * arrived }),
      );
      const value = { mark: `s${i + 1}`, opacity: strength };
      shapes.push(...dimension(origin, tip, i === 0 ? 1 : -1, `σ${sub}`, letters, value, unit));
    }
    if (i < m && lost) {
      const free = seen(u[i]!);
      const chosen = { mark: `u${i + 1}`, opacity: gone.last };
      shapes.push({ kind: "path", points: [origin, free], stroke: "u", width: 1.6, dash: [4, 4], ...chosen });
      names.push(labelAt(origin, free, `u${sub} free choice`, letters, { fill: "u", ...chosen }));
    }
  });
  return [...shapes, ...names];
}

/** How strongly a name is shown that comes in the middle of a step. */
const shown = (gone: number): number => Math.min(Math.max(3 * gone - 1, 0), 1);

function axes({ n, m, axes: reach }: MapScene, seen: (p: Vector) => Point): Shape[] {
  const flat = n === 2 && m === 2;
  return AXES.slice(0, flat ? 2 : 3).map((axis) => ({
    kind: "path",
    points: [seen(times(-reach, axis)), seen(times(reach, axis))],
    stroke: "muted",
    width: 0.8,
    opacity: 0.6,
  }));
}

/** How strongly the start is shown once it has been left. */
const trace = (left: number): number => Math.min(1, 4 * left);

/** What was there at the start: the unit circle, or the outline of the unit sphere, and the right singular vectors. */
function ghost({ camera, n, v }: MapScene, place: Place, left: number, unit: number): Shape[] {
  const seen = (p: Vector): Point => place(camera.see(p));
  const round =
    n === 2
      ? arcs(AXES[0], AXES[1], 0, 8).map(seen)
      : outline(AXES.map((axis) => camera.see(axis))).map(([x, y]) => place([x, y]));
  const origin = seen([0, 0, 0]);
  return [
    { kind: "path", points: round, cubic: true, stroke: "muted", width: 1, dash: [2, 4], opacity: 0.9 },
    ...v.flatMap((axis, i): Shape[] => {
      const paint = { mark: `v${i + 1}`, opacity: 0.5 * trace(left) };
      return [...arrow(origin, seen(axis), "v", "thin", paint, unit)];
    }),
  ];
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
function letter({ reflects }: MapScene, moved: (p: Vector) => Point, mirrored: number): Shape[] {
  const at = (x: number, y: number): Point => moved([0.1 + 0.26 * x, -0.72 + 0.42 * y, 0]);
  const strokes = [
    [at(0, 0), at(0, 1), at(1, 1)],
    [at(0, 0.52), at(0.75, 0.52)],
  ];
  return strokes.flatMap((points) => oriented({ kind: "path", points, width: 3 }, reflects, mirrored));
}

/** A right-handed screw around the third direction; left-handed, in another colour, once it is mirrored. */
function screw({ v, reflects }: MapScene, moved: (p: Vector) => Point, mirrored: number): Shape[] {
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

type Strength = { readonly mark: string; readonly opacity: number };

/** An arrow: input directions are thin with an open head, output directions thick with a filled one. */
function arrow(from: Point, tip: Point, role: Role, weight: "thin" | "thick", paint: Strength, unit: number): Shape[] {
  const [dx, dy] = [tip[0] - from[0], tip[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = length > 0 ? [dx / length, dy / length] : [0, 0];
  const head = unit === 0 ? 0 : Math.min(HEAD, 0.6 * length);
  const neck: Point = [tip[0] - head * ux, tip[1] - head * uy];
  const side = 0.42 * head;
  const barbs: [Point, Point] = [
    [neck[0] - side * uy, neck[1] + side * ux],
    [neck[0] + side * uy, neck[1] - side * ux],
  ];
  return weight === "thick"
    ? [
        { kind: "path", points: [from, neck], stroke: role, width: 3, ...paint },
        { kind: "path", points: [tip, ...barbs], closed: true, fill: role, ...paint },
      ]
    : [{ kind: "path", points: [from, tip, barbs[0], tip, barbs[1]], stroke: role, width: 2, ...paint }];
}

/** How far a dimension line lies from what it measures. */
const ASIDE = 13;

/** The length of an arrow as a line with two heads beside it and its name in the middle; nothing where it is too short. */
function dimension(
  from: Point,
  tip: Point,
  side: 1 | -1,
  name: string,
  size: number,
  { mark, opacity }: Strength,
  unit: number,
): Shape[] {
  const [dx, dy] = [tip[0] - from[0], tip[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = length > 0 ? [dx / length, dy / length] : [0, 0];
  const [nx, ny] = [-uy * side, ux * side];
  const off = unit === 0 ? 0 : ASIDE;
  const head = unit === 0 ? 0 : Math.min(6, length / 4);
  const [a, b]: [Point, Point] = [
    [from[0] + off * nx, from[1] + off * ny],
    [tip[0] + off * nx, tip[1] + off * ny],
  ];
  const barb = ([x, y]: Point, way: number): Point[] => [
    [x + way * head * ux + 0.6 * head * nx, y + way * head * uy + 0.6 * head * ny],
    [x, y],
    [x + way * head * ux - 0.6 * head * nx, y + way * head * uy - 0.6 * head * ny],
    [x, y],
  ];
  const paint = { mark, opacity: opacity * Math.min(Math.max((length - 30) / 20, 0), 1) };
  const far = off + (unit === 0 ? 0 : 6 + (textWidth(name, size) / 2) * Math.abs(nx) + 0.36 * size * Math.abs(ny));
  return [
    { kind: "path", points: [...barb(a, 1), b, ...barb(b, -1)], stroke: "sigma", width: 1.4, ...paint },
    {
      kind: "text",
      x: (from[0] + tip[0]) / 2 + far * nx,
      y: (from[1] + tip[1]) / 2 + far * ny + 0.32 * size,
      anchor: "middle",
      size,
      italic: true,
      fill: "sigma",
      text: name,
      ...paint,
    },
  ];
}

/** A label just beyond a tip, on the side that points away from the origin. */
function labelAt(
  from: Point,
  tip: Point,
  text: string,
  size: number,
  paint: Strength & { readonly fill: Role },
): Shape {
  const [dx, dy] = [tip[0] - from[0], tip[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = length > 1e-9 ? [dx / length, dy / length] : [0.7, -0.7];
  const half = (textWidth(text, size) / 2) * Math.abs(ux) + (size / 2) * Math.abs(uy) + 7;
  return {
    kind: "text",
    x: tip[0] + ux * half,
    y: tip[1] + uy * half + 0.32 * size,
    anchor: "middle",
    size,
    italic: true,
    text,
    ...paint,
  };
}
