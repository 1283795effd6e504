import { timeline, type Timeline, type ToldFilm } from "../film/timeline.ts";
import { significant, typeset } from "../numerals.ts";
import {
  arc,
  arrow,
  axisLines,
  ellipse,
  gridLines,
  letterF,
  lineThrough,
  parallelogram,
  rightAngle,
} from "../plane/marks.ts";
import { after, signedAngle, turn } from "../plane/onTheWay.ts";
import { apply, direction, IDENTITY, middleOf, planeIn, type Plane, type Rows2, type Vector2 } from "../plane/plane.ts";
import { settled } from "../plane/settle.ts";
import type { Paint, Shape } from "../shape.ts";

/** A symmetric map of the plane, S = Q·diag(λ₁, λ₂)·Qᵀ. */
export interface SymmetricMap {
  readonly values: readonly [first: number, second: number];
  /** Of q₁, in radians; q₂ is a quarter turn further, so that Q is a rotation. */
  readonly angle: number;
}

const WIDTH = 720;
const HEIGHT = 520;

/** The part of a stretch that is done at a time from 0 to 1: by equal factors in equal times; a negative one turns over. */
function partOf(value: number, done: number): number {
  if (value === 0) return 1 - done;
  return Math.abs(value) ** done * (value < 0 ? Math.cos(Math.PI * done) : 1);
}

/** Q·diag(first, second)·Qᵀ for Q the rotation by an angle. */
function symmetricRows(angle: number, first: number, second: number): Rows2 {
  const diagonal: Rows2 = [
    [first, 0],
    [0, second],
  ];
  return after(turn(angle), after(diagonal, turn(-angle)));
}

/** Which of the two grids the film of a symmetric map shows. */
export interface StretchFilmOptions {
  /** Along the eigenvectors. */
  readonly eigenGrid: boolean;
  /** Along the axes. */
  readonly axisGrid: boolean;
}

const stretchPlan = ([first, second]: SymmetricMap["values"]): Timeline =>
  timeline([
    { name: "along q₁", caption: `Along q₁ everything is ${stretchWords(first)}.` },
    { name: "along q₂", caption: `Along q₂ everything is ${stretchWords(second)}.` },
  ]);

/** What the film of a symmetric map has made of the plane after so many seconds. */
export function stretchedAt({ values, angle }: SymmetricMap, seconds: number): Rows2 {
  const [first, second] = stretchPlan(values).progress(seconds) as [number, number];
  return symmetricRows(angle, partOf(values[0], first), partOf(values[1], second));
}

/**
 * A symmetric map as two stretches, along q₁ and along q₂: the grid along the eigenvectors keeps its right angles, the
 * grid along the axes does not.
 */
export function stretchFilm(map: SymmetricMap, { eigenGrid, axisGrid }: StretchFilmOptions): ToldFilm {
  const { values, angle } = map;
  const { duration, chapters } = stretchPlan(values);
  const plane = framed([IDENTITY, symmetricRows(angle, values[0], 1), symmetricRows(angle, ...values)], angle);
  const Q = turn(angle);
  const at = (seconds: number): Shape[] => {
    const M = stretchedAt(map, seconds);
    const moved = seconds > 0;
    const grid = (cells: Rows2, paint: Paint, filled: Paint): Shape[] => {
      const sides = [apply(cells, [1, 0]), apply(cells, [0, 1])] as const;
      return [...gridLines(plane, cells, 24, paint), ...parallelogram(plane, ...sides, filled)];
    };
    const MQ = after(M, Q);
    const q = [direction(angle), direction(angle + Math.PI / 2)] as const;
    const [e1, e2] = [apply(M, [1, 0]), apply(M, [0, 1])];
    const corner = signedAngle(e1, e2);
    const start = Math.atan2(e1[1], e1[0]);
    const radius = Math.min(44, Math.max(12, 0.6 * plane.unit * Math.min(Math.hypot(...e1), Math.hypot(...e2))));
    return settled(
      [
        ...axisLines(plane),
        ...(axisGrid ? grid(M, { mark: "axes" }, { fill: "muted", opacity: 0.2, mark: "axes" }) : []),
        ...(eigenGrid
          ? grid(MQ, { stroke: "lambda", opacity: 0.4, mark: "Q" }, { fill: "lambda", opacity: 0.16, mark: "Q" })
          : []),
        ...q.flatMap((along, i) =>
          lineThrough(plane, along, {
            stroke: "lambda",
            width: 2,
            opacity: 0.6,
            dash: [8, 3, 2, 3],
            mark: `l${i + 1}`,
          }),
        ),
        ...(eigenGrid ? rightAngle(plane, angleOf(apply(M, q[0])), angleOf(apply(M, q[1])), { stroke: "lambda" }) : []),
        ...(axisGrid
          ? [
              ...arrow(plane, e1, "ink", { label: moved ? "Se₁" : "e₁", mark: "axes" }),
              ...arrow(plane, e2, "ink", { label: moved ? "Se₂" : "e₂", mark: "axes" }),
              ...arc(plane, start, start + corner, radius, { stroke: "ink", mark: "axes" }),
              outside(plane, start, -Math.sign(corner), degrees(Math.abs(corner))),
            ]
          : []),
        ...arrow(plane, apply(M, q[0]), "lambda", { label: moved ? "Sq₁" : "q₁", mark: "l1" }),
        ...arrow(plane, apply(M, q[1]), "lambda", { label: moved ? "Sq₂" : "q₂", mark: "l2" }),
      ],
      middleOf(plane),
    );
  };
  return {
    width: WIDTH,
    height: HEIGHT,
    title: "A symmetric map stretches along its eigenvectors",
    description:
      "Two grids under a symmetric map: the one along the eigenvectors keeps its right angles, the one along the axes does not.",
    duration,
    chapters,
    at,
  };
}

/** S = QΛQᵀ as three steps: Qᵀ turns the eigenvectors onto the axes, Λ stretches along the axes, Q turns back. */
export function spectralFilm({ values, angle }: SymmetricMap, x: Vector2): ToldFilm {
  const plan = timeline([
    { name: "Qᵀ", caption: `Qᵀ turns by ${degrees(-angle)}: q₁ and q₂ come to lie on the axes.` },
    {
      name: "Λ",
      caption: `Λ acts along the axes: the first is ${stretchWords(values[0])}, the second ${stretchWords(values[1])}.`,
    },
    { name: "Q", caption: `Q turns back by ${degrees(angle)}: each direction returns to its line, λ times as long.` },
  ]);
  const plane = spectralPlane(values);
  const q = [direction(angle), direction(angle + Math.PI / 2)] as const;
  const at = (seconds: number): Shape[] => {
    const [there, stretch, back] = plan.progress(seconds) as [number, number, number];
    const M = after(
      turn(angle * back),
      after(
        [
          [partOf(values[0], stretch), 0],
          [0, partOf(values[1], stretch)],
        ],
        turn(-angle * there),
      ),
    );
    const step = back > 0 ? "Sx" : stretch > 0 ? "ΛQᵀx" : there > 0 ? "Qᵀx" : "x";
    const tips = q.map((along) => apply(M, along)) as [Vector2, Vector2];
    const scaled = stretch > 0;
    return settled(
      [
        ...gridLines(plane, after(M, turn(angle)), 16, { opacity: 0.8 }),
        ...axisLines(plane),
        ...q.flatMap((along, i) =>
          lineThrough(plane, along, {
            stroke: "lambda",
            width: 2,
            opacity: 0.6,
            dash: [8, 3, 2, 3],
            mark: `l${i + 1}`,
          }),
        ),
        ...ellipse(plane, IDENTITY, { stroke: "muted", width: 1, dash: [1, 4] }),
        ...ellipse(plane, M, { stroke: "lambda", width: 2, mark: "L" }),
        ...letterF(plane, after(M, turn(angle)), { mark: "symmetric" }),
        ...arrow(plane, tips[0], "lambda", { label: scaled ? "λ₁q₁" : "q₁", mark: "l1" }),
        ...arrow(plane, tips[1], "lambda", { label: scaled ? "λ₂q₂" : "q₂", mark: "l2" }),
        ...(seconds > 0 ? arrow(plane, x, "v", { label: "x", weight: "thin", gap: 16, opacity: 0.6, mark: "v" }) : []),
        ...arrow(plane, apply(M, x), seconds > 0 ? "u" : "v", {
          label: step,
          gap: seconds > 0 ? 7 : 16,
          weight: seconds > 0 ? "thick" : "thin",
          mark: seconds > 0 ? "u" : "v",
        }),
      ],
      middleOf(plane),
    );
  };
  return {
    width: WIDTH,
    height: HEIGHT,
    title: "Turn, stretch, turn back",
    description: `A symmetric map in three steps: a turn by ${degrees(-angle)}, a stretch along the axes, and the turn back.`,
    duration: plan.duration,
    chapters: plan.chapters,
    at,
  };
}

/** Where the points of the film of S = QΛQᵀ lie. */
export const spectralPlane = (values: SymmetricMap["values"]): Plane =>
  planeIn([0, 0, WIDTH, HEIGHT], 1.25 * Math.max(1.3, ...values.map(Math.abs)));

/** A plane in which the unit squares along the axes and along the eigenvectors are seen under each of the maps. */
function framed(maps: readonly Rows2[], angle: number): Plane {
  const corners = [0, angle].flatMap((from) => {
    const sides = [direction(from), direction(from + Math.PI / 2)] as const;
    return [...sides, apply(turn(from), [1, 1])];
  });
  const tips = maps.flatMap((map) => corners.map((corner) => apply(map, corner)));
  const reach = Math.max(1, ...tips.map(([x, y]) => Math.max(Math.abs(x), Math.abs(y))));
  return planeIn([0, 0, WIDTH, HEIGHT], 1.15 * reach);
}

/** A number beside a ray from the origin, on the side that is counterclockwise for 1 and clockwise for −1. */
function outside({ place }: Plane, ray: number, side: number, text: string): Shape {
  const [cx, cy] = place([0, 0]);
  const [x, y] = [80 * Math.cos(ray) - 30 * side * Math.sin(ray), 80 * Math.sin(ray) + 24 * side * Math.cos(ray)];
  return { kind: "text", x: cx + x, y: cy - y + 6, anchor: "middle", size: 20, text, fill: "ink", mark: "axes" };
}

const angleOf = ([x, y]: Vector2): number => Math.atan2(y, x);
const degrees = (radians: number): string => typeset(`${((radians * 180) / Math.PI).toFixed(1)}°`);

/** "stretched 5.562 times", "flipped and stretched 3 times", "kept", "flattened". */
function stretchWords(value: number): string {
  const size = Math.abs(value);
  const number = typeset(significant(size));
  if (size < 1e-12) return "flattened to 0";
  const flipped = value < 0 ? "flipped" : "";
  const sized =
    Math.abs(size - 1) < 1e-12
      ? flipped
        ? ""
        : "kept as it is"
      : `${size > 1 ? "stretched" : "shrunk"} to ${number} times its length`;
  return [flipped, sized].filter((word) => word !== "").join(" and ");
}
