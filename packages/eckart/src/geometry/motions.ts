import { OptionError } from "../errors.ts";
import { Matrix } from "../matrix/matrix.ts";

/** A vector of three numbers. */
export type Vector3 = readonly [number, number, number];

/**
 * Rotation matrix of the plane by `angle` radians counterclockwise, or of space by `angle` about `axis`
 * counterclockwise as seen from its tip.
 *
 * [cos α −sin α; sin α cos α]; in space cos α·I + sin α·[u]ₓ + (1 − cos α)·uuᵀ with u = axis/‖axis‖ (Rodrigues).
 *
 * @throws OptionError  the angle is not finite, or the axis is not three finite numbers other than 0, 0, 0.
 * @example
 * rotation(Math.PI / 2); // [[0, -1], [1, 0]] to rounding
 * rotation(Math.PI, [0, 0, 1]); // turns x and y round
 */
export function rotation(angle: number, axis?: Vector3): Matrix {
  if (!Number.isFinite(angle)) throw new OptionError("rotation", "angle", angle, "a finite number of radians");
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  if (axis === undefined) return square([c, -s, s, c]);
  const [x, y, z] = unit("rotation", "axis", axis);
  const d = 2 * Math.sin(angle / 2) ** 2; // 1 − cos α without cancellation
  return square([
    c + d * x * x,
    d * x * y - s * z,
    d * x * z + s * y,
    d * x * y + s * z,
    c + d * y * y,
    d * y * z - s * x,
    d * x * z - s * y,
    d * y * z + s * x,
    c + d * z * z,
  ]);
}

/**
 * Reflection matrix: of the plane in the line through 0 at `mirror` radians from the x-axis, or of space in the plane
 * through 0 with normal vector `mirror`.
 *
 * [cos 2φ sin 2φ; sin 2φ −cos 2φ]; in space I − 2nnᵀ with n = normal/‖normal‖. A vector at angle θ goes to 2φ − θ.
 *
 * @throws OptionError  the angle is not finite, or the normal is not three finite numbers other than 0, 0, 0.
 * @example
 * reflection(Math.PI / 4); // exchanges x and y
 * reflection([0, 0, 1]); // turns z round
 */
export function reflection(mirror: number | Vector3): Matrix {
  if (typeof mirror === "number") {
    if (!Number.isFinite(mirror)) throw new OptionError("reflection", "mirror", mirror, "a finite number of radians");
    const c = Math.cos(2 * mirror);
    const s = Math.sin(2 * mirror);
    return square([c, s, s, -c]);
  }
  const n = unit("reflection", "mirror", mirror);
  return square(n.flatMap((a, i) => n.map((b, j) => (i === j ? 1 : 0) - 2 * a * b)));
}

function square(entries: number[]): Matrix {
  const n = Math.sqrt(entries.length);
  return Matrix.wrap(Float64Array.from(entries), [n, n]);
}

/** v/‖v‖. */
function unit(where: string, name: string, v: Vector3): Vector3 {
  const largest = Array.isArray(v) && v.length === 3 ? Math.max(...v.map(Math.abs)) : NaN;
  if (!(largest > 0 && largest < Infinity)) {
    throw new OptionError(where, name, String(v), "three finite numbers, not all 0");
  }
  const scaled = v.map((x) => x / largest);
  const length = Math.hypot(...scaled);
  return scaled.map((x) => x / length) as unknown as Vector3;
}
