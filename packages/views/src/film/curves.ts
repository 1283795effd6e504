import { cross, dot, sum, times, type Columns, type Vector } from "./space.ts";

const ARC = Math.PI / 4;
/** How far the pulling points of an arc of the unit circle lie from its ends. */
const PULL = (4 / 3) * Math.tan(ARC / 4);

/** cos t·a + sin t·b from one angle on over eighths of the circle, as points of cubic Bézier curves; exact to 4·10⁻⁶. */
export function arcs(a: Vector, b: Vector, from: number, eighths: number): Vector[] {
  const at = (t: number): Vector => sum(times(Math.cos(t), a), times(Math.sin(t), b));
  const points = [at(from)];
  for (let i = 0; i < eighths; i++) {
    const [start, end] = [from + i * ARC, from + (i + 1) * ARC];
    points.push(sum(at(start), times(PULL, at(start + Math.PI / 2))));
    points.push(sum(at(end), times(-PULL, at(end + Math.PI / 2))));
    points.push(at(end));
  }
  return points;
}

/**
 * Of the great circle through columns i and j of M, the image of the unit sphere: the half on the side of the eye, then
 * the half behind. A point M·x lies in front where its normal M⁻ᵀx faces the eye: x·adj(M)·e > 0.
 */
export function halves(M: Columns, i: number, j: number, toEye: Vector): [front: Vector[], behind: Vector[]] {
  const [a, b, c] = M;
  const volume = dot(a, cross(b, c)) < 0 ? -1 : 1;
  const facing = [cross(b, c), cross(c, a), cross(a, b)].map((normal) => volume * dot(normal, toEye));
  const middle = Math.atan2(facing[j]!, facing[i]!);
  return [arcs(M[i]!, M[j]!, middle - Math.PI / 2, 4), arcs(M[i]!, M[j]!, middle + Math.PI / 2, 4)];
}

/**
 * The outline of the image of the unit sphere, seen so that M's columns appear at the three points: an ellipse, drawn as
 * the image of the unit circle under the lower triangular L with LLᵀ = BBᵀ.
 */
export function outline(columns: readonly (readonly [number, number])[]): Vector[] {
  let [xx, xy, yy] = [0, 0, 0];
  for (const [x, y] of columns) {
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const across = Math.sqrt(xx);
  const shear = across > 0 ? xy / across : 0;
  return arcs([across, shear, 0], [0, Math.sqrt(Math.max(0, yy - shear * shear)), 0], 0, 8);
}
