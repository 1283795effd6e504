import { above } from "../film/space.ts";
import { timeline, type ToldFilm } from "../film/timeline.ts";
import { arc, arrow, axisLines, ellipse, F_STROKES, gridDots, lineThrough, beyond } from "../plane/marks.ts";
import { signedAngle, signedArea, turn } from "../plane/onTheWay.ts";
import { apply, direction, IDENTITY, planeIn, type Plane, type Rows2, type Vector2 } from "../plane/plane.ts";
import { settled } from "../plane/settle.ts";
import type { Point, Role, Shape } from "../shape.ts";
import { degrees } from "./orthogonal.ts";

/** The size of a dial, in figure units; that of the picture beside it too. */
export const DIAL: { readonly width: number; readonly height: number } = { width: 400, height: 380 };

/** Where the points of a dial lie. */
export const dialPlane: Plane = planeIn([0, 0, DIAL.width, DIAL.height], 1.6);

/** How far from the origin the mirror line is seized. */
export const MIRROR_HANDLE = 1.3;

/** Where the points of the picture beside a dial lie. */
export const besidePlane: Plane = planeIn([0, 0, DIAL.width, DIAL.height], 2.6);

/** The rotation by α, in radians, as its two columns on the unit circle, with cos α and sin α as the legs of the first. */
export function rotationDial(alpha: number): Shape[] {
  const [c, s] = direction(alpha);
  const leg = (from: Vector2, to: Vector2, text: string): Shape[] => {
    const [p, q] = [dialPlane.place(from), dialPlane.place(to)];
    const middle: Point = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
    const aside: Vector2 = text.startsWith("cos") ? [0, Math.sign(-s) || -1] : [Math.sign(c) || 1, 0];
    const away: Point = [middle[0] - aside[0], middle[1] + aside[1]];
    const line: Shape = {
      kind: "path",
      points: [p, q],
      stroke: "sigma",
      width: 2,
      dash: [2, 4],
      mark: text.slice(0, 3),
    };
    const long = Math.hypot(q[0] - p[0], q[1] - p[1]) > 30;
    return long ? [line, beyond(away, middle, text, { fill: "sigma", mark: text.slice(0, 3) }, 18)] : [line];
  };
  return settled(
    [
      ...axisLines(dialPlane),
      ...ellipse(dialPlane, IDENTITY, { stroke: "muted", width: 1 }),
      ...leg([0, 0], [c, 0], "cos α"),
      ...leg([c, 0], [c, s], "sin α"),
      ...arc(dialPlane, 0, alpha, 34, { stroke: "ink", label: "α", mark: "alpha" }),
      ...arrow(dialPlane, [c, s], "ink", { label: "c₁", mark: "c1", gap: 16 }),
      ...arrow(dialPlane, [-s, c], "ink", { label: "c₂", mark: "c2" }),
    ],
    dialPlane.box,
    [dialPlane.place([c, s])],
  );
}

/**
 * The mirror line at φ, a direction θ before it and its mirror image 2φ − θ as far behind it: two equal arcs. Angles in
 * radians.
 */
export function mirrorDial(phi: number, theta: number): Shape[] {
  const to = signedAngle(direction(theta), direction(phi));
  const [v, image] = [direction(theta), direction(2 * phi - theta)];
  const points = [dialPlane.place(v), dialPlane.place(image)];
  const step = (from: number, end: number, role: Role): Shape[] => {
    const middle = dialPlane.place(direction((from + end) / 2));
    return [
      ...arc(dialPlane, from, end, 80, { stroke: role, width: 2, mark: "step" }),
      beyond(dialPlane.place([0, 0]), middle, degrees(to), { fill: role, mark: "step" }),
    ];
  };
  return settled(
    [
      ...axisLines(dialPlane),
      ...ellipse(dialPlane, IDENTITY, { stroke: "muted", width: 1 }),
      ...lineThrough(dialPlane, direction(phi), { stroke: "ink", width: 2, mark: "phi" }),
      { kind: "path", points, stroke: "muted", width: 1.5, dash: [4, 4] },
      ...step(phi - to, phi, "v"),
      ...step(phi, phi + to, "u"),
      ...arrow(dialPlane, image, "u", { label: "v′", mark: "image" }),
      ...arrow(dialPlane, v, "v", { label: "v", weight: "thin", mark: "v", gap: 16 }),
    ],
    dialPlane.box,
    [
      v,
      apply(
        [
          [MIRROR_HANDLE, 0],
          [0, MIRROR_HANDLE],
        ],
        direction(phi),
      ),
    ].map(dialPlane.place),
  );
}

/** Two vectors and their images under a motion, each pair with the turn from its first to its second. */
export function movedPair(map: Rows2, v: Vector2, w: Vector2, mirror?: number): Shape[] {
  const [p, q] = [apply(map, v), apply(map, w)];
  const reversed = signedArea(map) < 0;
  // Each name of a turn stands in the widest sector that no arrow, no line and no other name passes through.
  const lines = [v, w, p, q].map(angleOf);
  if (mirror !== undefined) lines.push(mirror, mirror + Math.PI);
  const between = (a: Vector2, b: Vector2, radius: number, stroke: Role): Shape[] => {
    const [start, way] = [angleOf(a), signedAngle(a, b)];
    const { middle, width } = widestSector(start, way, lines);
    lines.push(middle);
    const far = Math.min(Math.max(radius, 26 / Math.tan(width / 2) - 14), 120) / besidePlane.unit;
    const [x, y] = direction(middle);
    return [
      ...arc(besidePlane, start, start + way, radius, { stroke, width: 2, mark: "order" }),
      beyond(besidePlane.place([0, 0]), besidePlane.place([far * x, far * y]), degrees(way), {
        fill: stroke,
        mark: "order",
      }),
    ];
  };
  return settled(
    [
      ...gridDots(besidePlane),
      ...axisLines(besidePlane),
      ...(mirror === undefined
        ? []
        : lineThrough(besidePlane, direction(mirror), { stroke: "ink", width: 2, mark: "phi" })),
      ...between(v, w, 34, "v"),
      ...between(p, q, 62, reversed ? "reversed" : "u"),
      ...arrow(besidePlane, p, "u", { label: "v′", mark: "image" }),
      ...arrow(besidePlane, q, "u", { label: "w′", mark: "imageW" }),
      ...arrow(besidePlane, v, "v", { label: "v", weight: "thin", mark: "v", gap: 16 }),
      ...arrow(besidePlane, w, "v", { label: "w", weight: "thin", mark: "w", gap: 16 }),
    ],
    besidePlane.box,
    [v, w].map(besidePlane.place),
  );
}

const angleOf = ([x, y]: Vector2): number => Math.atan2(y, x);

/** Of the parts into which directions cut the sector from `start` by the turn `way`: the middle and the width of the widest. */
function widestSector(start: number, way: number, directions: readonly number[]): { middle: number; width: number } {
  const side = way < 0 ? -1 : 1;
  const round = 2 * Math.PI;
  const cuts = directions
    .map((angle) => (((side * (angle - start)) % round) + round) % round)
    .filter((part) => part < Math.abs(way))
    .concat(0, Math.abs(way))
    .sort((a, b) => a - b);
  const widths = cuts.slice(1).map((cut, i) => cut - cuts[i]!);
  const width = Math.max(...widths);
  return { middle: start + side * (cuts[widths.indexOf(width)]! + width / 2), width };
}

/** The size of the film of the two motions, in figure units. */
export const TWO_MOTIONS: { readonly width: number; readonly height: number } = { width: 720, height: 520 };

const filmPlane: Plane = planeIn([0, 0, TWO_MOTIONS.width, TWO_MOTIONS.height], 2.1);
const CAMERA = above(8);
const V: Vector2 = [1.55, 0.75];

/**
 * Two motions of one F and one vector, in radians: turned by α in the first chapter; in the second turned over about
 * the mirror line at φ, through the third dimension, after which the F reads backwards. Both begin at the same place.
 */
export function twoMotions(alpha: number, phi: number, title: string, description: string): ToldFilm {
  const { progress, ...plan } = timeline(
    [
      {
        name: "rotate",
        caption: "The rotation turns everything in the plane; the F still reads as an F.",
        seconds: 1.4,
      },
      {
        name: "reflect",
        caption:
          "The reflection turns the plane over about the mirror line; the F reads backwards, and no rotation brings it there.",
        seconds: 1.4,
      },
    ],
    0.6,
  );
  return {
    ...TWO_MOTIONS,
    title,
    description,
    ...plan,
    at: (time) => {
      const [turned, flipped] = progress(time) as [number, number];
      return twoMotionsShapes(alpha, phi, turned, flipped);
    },
  };
}

/** One picture of the film: how far the rotation has gone, and how far the reflection, from 0 to 1. */
export function twoMotionsShapes(alpha: number, phi: number, turned: number, flipped: number): Shape[] {
  const rotation = turn(turned * alpha);
  const [mx, my] = direction(phi);
  const over = ([x, y]: Vector2): Vector2 => {
    const [along, off] = [x * mx + y * my, y * mx - x * my];
    const [down, up] = [off * Math.cos(Math.PI * flipped), off * Math.sin(Math.PI * flipped)];
    return CAMERA.see([along * mx - down * my, along * my + down * mx, up]);
  };
  const theta = Math.atan2(V[1], V[0]);
  const copy = (at: (p: Vector2) => Vector2, role: Role, opacity: number): Shape[] => [
    {
      kind: "path",
      points: [[0, 0], [1, 0], [1, 1], [0, 1]].map(([x, y]) => filmPlane.place(at([1.3 * x!, 1.3 * y!]))), // oxfmt-ignore
      closed: true,
      fill: role === "ink" ? "muted" : role,
      opacity: 0.13 * opacity,
    },
    ...F_STROKES.map((points): Shape => ({
      kind: "path",
      points: points.map(([x, y]) => filmPlane.place(at([1.3 * x, 1.3 * y]))),
      stroke: role,
      width: 3,
      opacity,
    })),
  ];
  const rotated = apply(rotation, V);
  return settled(
    [
      ...gridDots(filmPlane),
      ...axisLines(filmPlane),
      ...copy((p) => p, "ink", 0.35),
      ...(turned > 0 ? copy((p) => apply(rotation, p), "ink", 1) : []),
      ...(flipped > 0
        ? [
            ...lineThrough(filmPlane, direction(phi), { stroke: "ink", width: 2, mark: "phi" }),
            ...copy(over, flipped > 0.5 ? "reversed" : "ink", 1),
          ]
        : []),
      ...(turned > 0 && Math.abs(turned * alpha) > 1e-6
        ? [
            ...arc(filmPlane, theta, theta + turned * alpha, 50, {
              stroke: "ink",
              ...(turned === 1 && { label: "α" }),
              mark: "alpha",
            }),
            ...arrow(filmPlane, rotated, "u", { ...(turned === 1 && { label: "Rot v" }), mark: "rotated" }),
          ]
        : []),
      ...(flipped > 0
        ? arrow(filmPlane, over(V), "u", { ...(flipped === 1 && { label: "Ref v" }), mark: "mirrored" })
        : []),
      ...arrow(filmPlane, V, "v", { label: "v", weight: "thin", mark: "v" }),
    ],
    filmPlane.box,
  );
}
