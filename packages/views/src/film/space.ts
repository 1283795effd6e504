import type { Point } from "../shape.ts";

/** A point or a direction of space. */
export type Vector = readonly [x: number, y: number, z: number];

/** A linear map of space by its columns, the images of the axes. */
export type Columns = readonly [Vector, Vector, Vector];

export const AXES: Columns = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

export const sum = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const times = (factor: number, [x, y, z]: Vector): Vector => [factor * x, factor * y, factor * z];
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = ([a, b, c]: Vector, [x, y, z]: Vector): Vector => [b * z - c * y, c * x - a * z, a * y - b * x];

/** M·v. */
export const image = ([a, b, c]: Columns, [x, y, z]: Vector): Vector => sum(sum(times(x, a), times(y, b)), times(z, c));

/** v turned by an angle about a unit axis (Rodrigues). */
export function turned(v: Vector, angle: number, axis: Vector): Vector {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = times((1 - cos) * dot(axis, v), axis);
  return sum(sum(times(cos, v), times(sin, cross(axis, v))), along);
}

/** How space is seen: a point of it on the picture, in units of space, y up. */
export interface Camera {
  readonly see: (v: Vector) => Point;
  /** From the scene to the eye, of length 1. */
  readonly toEye: Vector;
}

/** From straight above the plane, near enough that what rises from it looks larger. */
export function above(distance: number): Camera {
  return { see: ([x, y, z]) => [x / (1 - z / distance), y / (1 - z / distance)], toEye: [0, 0, 1] };
}

/**
 * From far away, so that parallel lines stay parallel: the eye stands `azimuth` radians round from the first axis and
 * `elevation` above the plane of the first two.
 */
export function orbit(azimuth: number, elevation: number): Camera & { readonly right: Vector; readonly up: Vector } {
  const [ca, sa, ce, se] = [Math.cos(azimuth), Math.sin(azimuth), Math.cos(elevation), Math.sin(elevation)];
  const right: Vector = [-sa, ca, 0];
  const toEye: Vector = [ce * ca, ce * sa, se];
  const up = cross(toEye, right);
  return { see: (v) => [dot(right, v), dot(up, v)], toEye, right, up };
}

/** From one side and above. */
export const aside: ReturnType<typeof orbit> = orbit(-Math.PI / 3, Math.PI / 8);
