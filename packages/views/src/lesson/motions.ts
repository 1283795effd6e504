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

/** Where the points of the picture beside a dial lie. */
export const besidePlane: Plane = planeIn([0, 0, DIAL.width, DIAL.height], 2.3);

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
  return settled(
    [
      ...axisLines(dialPlane),
      ...ellipse(dialPlane, IDENTITY, { stroke: "muted", width: 1 }),
      ...lineThrough(dialPlane, direction(phi), { stroke: "ink", width: 2, mark: "phi" }),
      { kind: "path", points, stroke: "muted", width: 1.5, dash: [4, 4] },
      ...arc(dialPlane, phi - to, phi, 66, { stroke: "v", width: 2, label: degrees(to), mark: "step" }),
      ...arc(dialPlane, phi, phi + to, 66, { stroke: "u", width: 2, label: degrees(to), mark: "step" }),
      ...arrow(dialPlane, image, "u", { label: "v′", mark: "image" }),
      ...arrow(dialPlane, v, "v", { label: "v", weight: "thin", mark: "v", gap: 16 }),
    ],
    dialPlane.box,
  );
}

/** Two vectors and their images under a motion, each pair with the turn from its first to its second. */
export function movedPair(map: Rows2, v: Vector2, w: Vector2, mirror?: number): Shape[] {
  const [p, q] = [apply(map, v), apply(map, w)];
  const reversed = signedArea(map) < 0;
  const between = (a: Vector2, b: Vector2, radius: number, stroke: Role): Shape[] => {
    const start = Math.atan2(a[1], a[0]);
    const way = signedAngle(a, b);
    return arc(besidePlane, start, start + way, radius, { stroke, width: 2, label: degrees(way), mark: "order" });
  };
  return settled(
    [
      ...gridDots(besidePlane),
      ...axisLines(besidePlane),
      ...(mirror === undefined
        ? []
        : lineThrough(besidePlane, direction(mirror), { stroke: "ink", width: 2, mark: "phi" })),
      ...between(v, w, 40, "v"),
      ...between(p, q, 58, reversed ? "reversed" : "u"),
      ...arrow(besidePlane, p, "u", { label: "v′", mark: "image" }),
      ...arrow(besidePlane, q, "u", { label: "w′", mark: "imageW" }),
      ...arrow(besidePlane, v, "v", { label: "v", weight: "thin", mark: "v", gap: 16 }),
      ...arrow(besidePlane, w, "v", { label: "w", weight: "thin", mark: "w", gap: 16 }),
    ],
    besidePlane.box,
  );
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
    return CAMERA.see([along * mx - down * my, along * my + down * mx, up]) as Vector2;
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
