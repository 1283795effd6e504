import { IDENTITY, type Rows2, type Vector2 } from "./plane.ts";

/** The rotation of the plane by an angle in radians. */
export function turn(angle: number): Rows2 {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [
    [c, -s],
    [s, c],
  ];
}

/** A·B. */
export function after([[a, b], [c, d]]: Rows2, [[p, q], [r, s]]: Rows2): Rows2 {
  return [
    [a * p + b * r, a * q + b * s],
    [c * p + d * r, c * q + d * s],
  ];
}

/** ad − bc, the signed area of the unit square's image. */
export const signedArea = ([[a, b], [c, d]]: Rows2): number => a * d - b * c;

/** From v to w by the shorter way, in radians from −π to π, counterclockwise positive. */
export const signedAngle = ([a, c]: Vector2, [b, d]: Vector2): number => Math.atan2(a * d - b * c, a * b + c * d);

/**
 * A map on its way from the identity, t from 0 to 1. With A = Rot(ψ)·S and S symmetric it is Rot(tψ)·((1 − t)I + tS):
 * angles move, never entries, so that a turning circle stays a circle. Where A keeps orientation and is invertible, so is
 * every map on the way; where it reverses it, the plane is a line for a moment and comes out on its other side.
 */
export function onTheWay(A: Rows2, t: number): Rows2 {
  if (t <= 0) return IDENTITY;
  if (t >= 1) return A;
  const [[a, b], [c, d]] = A;
  const angle = Math.atan2(c - b, a + d);
  const [[p, q], [r, s]] = after(turn(-angle), A);
  return after(turn(t * angle), [
    [1 - t + t * p, t * q],
    [t * r, 1 - t + t * s],
  ]);
}
