import { planeIn, type Plane, type Rows2 } from "../plane/plane.ts";
import { axisLines } from "../plane/marks.ts";
import type { Point, Shape } from "../shape.ts";

/** The size of the map of traces and determinants, in figure units. */
export const TRACE_DETERMINANT: { readonly width: number; readonly height: number } = { width: 500, height: 500 };

const HIGHEST = 10;
const WIDEST = 7.6;

/** Where a trace, to the right, and a determinant, up, lie on the map. */
export const traceDeterminantPlane: Plane = (() => {
  const { unit } = planeIn([0, 0, TRACE_DETERMINANT.width, TRACE_DETERMINANT.height], WIDEST);
  return {
    box: [0, 0, TRACE_DETERMINANT.width, TRACE_DETERMINANT.height],
    unit,
    place: ([t, d]) => [unit * (t + WIDEST), unit * (HIGHEST - d)],
    at: ([x, y]: Point) => [x / unit - WIDEST, HIGHEST - y / unit],
  };
})();

/**
 * The map of all 2 × 2 matrices by trace and determinant, and a matrix on it: within the parabola tr² = 4 det no line is
 * kept, outside of it two, and below the axis one of the two is reversed.
 */
export function traceDeterminantShapes(trace: number, det: number, others: readonly Point[] = []): Shape[] {
  const { place } = traceDeterminantPlane;
  const at = Math.sqrt(4 * HIGHEST);
  const [left, right] = [place([-at, HIGHEST]), place([at, HIGHEST])];
  // One cubic is the parabola itself: both pulls lie two thirds on the way to where the tangents meet.
  const [px, py] = place([0, -HIGHEST]);
  const pull = ([x, y]: Point): Point => [x + (2 / 3) * (px - x), y + (2 / 3) * (py - y)];
  const points = [left, pull(left), pull(right), right];
  const word = (
    text: string,
    t: number,
    d: number,
    mark: string,
    anchor: "start" | "middle" | "end" = "middle",
  ): Shape => {
    const [x, y] = place([t, d]);
    return { kind: "text", x, y: y + 6, anchor, size: 20, text, fill: "muted", mark };
  };
  const here = place(onMap(trace, det));
  return [
    { kind: "path", points, cubic: true, fill: "muted", opacity: 0.12, mark: "none" },
    ...axisLines(traceDeterminantPlane),
    { kind: "path", points, cubic: true, stroke: "lambda", width: 2, mark: "parabola" },
    word("no line", -2.2, 7, "none"),
    word("one line", -3.75, 2.75, "parabola", "end"),
    word("two lines", 5.4, 2.4, "two"),
    word("two lines,", -3.8, -1.6, "negative"),
    word("one reversed", -3.8, -2.5, "negative"),
    {
      kind: "text",
      x: 492,
      y: place([0, 0])[1] + 24,
      anchor: "end",
      size: 20,
      italic: true,
      text: "tr A",
      fill: "muted",
    },
    { kind: "text", x: place([0, 0])[0] + 10, y: 24, size: 20, italic: true, text: "det A", fill: "muted" },
    ...others.map(([t, d]): Shape => {
      const [cx, cy] = place([t, d]);
      return { kind: "circle", cx, cy, r: 3.5, fill: "muted" };
    }),
    { kind: "path", points: [here, place([0, onMap(trace, det)[1]])], stroke: "ink", width: 1, dash: [3, 4] },
    { kind: "path", points: [here, place([onMap(trace, det)[0], 0])], stroke: "ink", width: 1, dash: [3, 4] },
  ];
}

/** The nearest place on the map: what lies beyond its edge is shown at the edge. */
export function onMap(trace: number, det: number): Point {
  const within = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);
  return [within(trace, -WIDEST + 0.3, WIDEST - 0.3), within(det, HIGHEST - 2 * WIDEST + 0.3, HIGHEST - 0.3)];
}

/** The unit vector along (x, y), however small: where the length of a subnormal one is rounded, its parts are not. */
function direction(x: number, y: number): Point {
  const most = Math.max(Math.abs(x), Math.abs(y));
  if (most === 0) return [1, 0];
  const length = Math.hypot(x / most, y / most);
  return [x / most / length, y / most / length];
}

/**
 * The matrix with a given trace and determinant that continues A.
 *
 * A is half its trace times I, plus a part without trace: a reflection of strength ρ and a quarter turn of strength κ,
 * with discriminant tr² − 4 det = 4(ρ² − κ²). The curves across those of equal discriminant keep ρκ, so the new strengths
 * are the parts of √(ρ² − κ² + 2iρκ) with the new discriminant: whoever comes back finds the same A.
 */
export function withTraceAndDeterminant([[a, b], [c, d]]: Rows2, trace: number, det: number): Rows2 {
  const [p, h, kappa] = [(a - d) / 2, (b + c) / 2, (c - b) / 2];
  const rho = Math.hypot(p, h);
  const [cos, sin] = direction(p, h);
  const strength = trace ** 2 / 4 - det;
  const product = rho * kappa;
  const modulus = Math.hypot(strength, 2 * product);
  // Of the two parts the larger by the root, the smaller by the product, so that neither cancels.
  const large = Math.sqrt((modulus + Math.abs(strength)) / 2);
  const small = large > 0 ? Math.abs(product) / large : 0;
  const [newRho, size] = strength >= 0 ? [large, small] : [small, large];
  const newKappa = kappa < 0 ? -size : size;
  const [x, y] = [newRho * cos, newRho * sin];
  return [
    [trace / 2 + x, y - newKappa],
    [y + newKappa, trace / 2 - x],
  ];
}

/** A determinant near the parabola tr² = 4 det moved onto it: a hand cannot hit a curve. */
export function snappedDeterminant(trace: number, det: number, tolerance: number): number {
  const edge = trace ** 2 / 4;
  return Math.abs(det - edge) <= tolerance ? edge : det;
}
