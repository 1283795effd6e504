import { arcs } from "../film/curves.ts";
import { aside, AXES, cross, dot, sum, times, type Vector } from "../film/space.ts";
import {
  arc,
  arrow,
  axisLines,
  beyond,
  dimension,
  ellipse,
  gridDots,
  gridLines,
  letterF,
  parallelogram,
  rightAngle,
} from "../plane/marks.ts";
import { signedAngle, signedArea } from "../plane/onTheWay.ts";
import { apply, IDENTITY, planeIn, type Plane, type Rows2, type Vector2 } from "../plane/plane.ts";
import { settled } from "../plane/settle.ts";
import { significant, typeset } from "../numerals.ts";
import type { Point, Role, Shape } from "../shape.ts";

/** The columns of a map on the unit circle, and which of their dot products is looked at. */
export interface ColumnsInput {
  readonly M: Rows2;
  /** How the columns are called. */
  readonly names: readonly [string, string];
  /** Numbers of the two columns, 0 or 1: equal for a column with itself. */
  readonly picked: readonly [number, number];
}

/** The size of the picture of columns, in figure units. */
export const COLUMNS: { readonly width: number; readonly height: number } = { width: 440, height: 400 };

/** Where the points of the picture of columns lie. */
export const columnsPlane: Plane = planeIn([0, 0, COLUMNS.width, COLUMNS.height], 1.7);

/**
 * The unit square under a map with its F, its columns beside the unit circle, and the turn from the first to the
 * second, which tells the orientation. The dot product that is looked at shows as an angle or as a length.
 */
export function columnsShapes({ M, names, picked: [i, j] }: ColumnsInput): Shape[] {
  const columns = [apply(M, [1, 0]), apply(M, [0, 1])] as const;
  const turn = signedAngle(...columns);
  const start = Math.atan2(columns[0][1], columns[0][0]);
  const side: Role = signedArea(M) < 0 ? "reversed" : "ink";
  const [first, second] = columns.map((column, k) =>
    arrow(columnsPlane, column, "ink", {
      label: names[k]!,
      mark: `o${k + 1}`,
      gap: 16,
      opacity: i === j && k !== i ? 0.3 : 1,
    }),
  );
  const perpendicular = Math.abs(Math.abs(turn) - Math.PI / 2) < 1e-9;
  const looked: Shape[] =
    i === j
      ? dimension(columnsPlane, [0, 0], columns[i]!, {
          label: length(columns[i]!),
          offset: (i === 0) === turn < 0 ? 18 : -18,
        })
      : [];
  return settled(
    [
      ...gridDots(columnsPlane),
      ...axisLines(columnsPlane),
      ...ellipse(columnsPlane, IDENTITY, { stroke: "muted", width: 1 }),
      ...parallelogram(columnsPlane, ...columns, { fill: side === "ink" ? "muted" : side, opacity: 0.14, mark: "det" }),
      ...letterF(columnsPlane, M, { mark: "det" }),
      ...(perpendicular && i !== j ? rightAngle(columnsPlane, start, start + turn, { stroke: "ink" }) : []),
      ...arc(columnsPlane, start, start + turn, 34, {
        stroke: side,
        width: 2,
        mark: "det",
        ...(i !== j && { label: degrees(turn) }),
      }),
      ...first!,
      ...second!,
      ...looked,
    ],
    columnsPlane.box,
    columns.map(columnsPlane.place),
  );
}

/** Two vectors before or after a map. */
export interface PairInput {
  readonly v: Vector2;
  readonly w: Vector2;
  readonly names: readonly [string, string];
  /** What has been applied: the vectors are drawn as images, and the grid has moved with them. */
  readonly map?: Rows2;
}

/** The size of one picture of a pair, in figure units. */
export const PAIR: { readonly width: number; readonly height: number } = { width: 360, height: 340 };

/** Where the points of the picture of a pair lie. */
export const pairPlane: Plane = planeIn([0, 0, PAIR.width, PAIR.height], 3);

/** Two vectors with the turn from the first to the second, before a map or after it. */
export function pairShapes({ v, w, names, map }: PairInput): Shape[] {
  const [p, q] = map ? [apply(map, v), apply(map, w)] : [v, w];
  const turn = signedAngle(p, q);
  const reversed = map !== undefined && signedArea(map) < 0;
  const stroke: Role = reversed ? "reversed" : map ? "u" : "v";
  const start = Math.atan2(p[1], p[0]);
  const options = map ? ({ weight: "thick", gap: 8 } as const) : ({ weight: "thin", gap: 16 } as const);
  return settled(
    [
      ...(map ? gridLines(pairPlane, map) : gridLines(pairPlane)),
      ...axisLines(pairPlane),
      ...arc(pairPlane, start, start + turn, 40, { stroke, width: 2, label: degrees(turn), mark: "angle" }),
      ...arrow(pairPlane, p, map ? "u" : "v", { label: names[0], mark: names[0], ...options }),
      ...arrow(pairPlane, q, map ? "u" : "v", { label: names[1], mark: names[1], ...options }),
    ],
    pairPlane.box,
    map ? [] : [p, q].map(pairPlane.place),
  );
}

/** A plane in space that two orthonormal columns span, and a vector with its shadow on it. */
export interface ShadowInput {
  readonly q1: Vector;
  readonly q2: Vector;
  readonly b: Vector;
  /** QQᵀb. */
  readonly shadow: Vector;
}

/** The size of the picture of a shadow, in figure units. */
export const SHADOW: { readonly width: number; readonly height: number } = { width: 440, height: 400 };

/** Where the points of the picture lie, seen from one side and above. */
export const shadowPlane: Plane = planeIn([0, 0, SHADOW.width, SHADOW.height], 1.75);

/** Where a point of space is seen in the picture. */
export const seen = (v: Vector): Vector2 => aside.see(v);

/** A point of space moved parallel to the picture, to where it is seen at `to`: v + Pᵀ(to − Pv), the rows of P orthonormal. */
export function seenAt(v: Vector, to: Vector2): Vector {
  const [x, y] = aside.see(v);
  const [dx, dy] = [to[0] - x, to[1] - y];
  return AXES.map((axis, k) => v[k]! + dot([dx, dy, 0], [...aside.see(axis), 0])) as unknown as Vector;
}

/** Whether the plane of two orthonormal vectors is seen from one of its sides, and not on edge. */
export const isSeenOpen = (q1: Vector, q2: Vector): boolean => Math.abs(dot(cross(q1, q2), aside.toEye)) > 0.4;

/** The plane of the columns as a disc, the columns in it, a vector b and its shadow QQᵀb, straight below it in that plane. */
export function shadowShapes({ q1, q2, b, shadow }: ShadowInput): Shape[] {
  const point = (v: Vector): Point => shadowPlane.place(seen(v));
  const disc = arcs(times(1.5, q1), times(1.5, q2), 0, 8).map(point);
  const unit = arcs(q1, q2, 0, 8).map(point);
  const away = sum(b, times(-1, shadow));
  const far = Math.hypot(...away);
  const axis = (v: Vector): Shape => ({
    kind: "path",
    points: [point(times(-1.6, v)), point(times(1.6, v))],
    stroke: "muted",
    width: 0.8,
    opacity: 0.7,
  });
  const name = (v: Vector, k: number): Shape =>
    beyond(point([0, 0, 0]), point(times(1.6, v)), "xyz"[k]!, { fill: "muted" }, 17);
  return settled(
    [
      ...AXES.map(axis),
      { kind: "path", points: disc, cubic: true, closed: true, fill: "muted", opacity: 0.14 },
      { kind: "path", points: unit, cubic: true, closed: true, stroke: "muted", width: 1 },
      ...arrow(shadowPlane, seen(q1), "ink", { label: "q₁", mark: "q1" }),
      ...arrow(shadowPlane, seen(q2), "ink", { label: "q₂", mark: "q2" }),
      ...(far > 1e-9
        ? [{ kind: "path", points: [point(b), point(shadow)], stroke: "muted", width: 2, dash: [4, 4] } as const]
        : []),
      ...arrow(shadowPlane, seen(shadow), "u", { label: "QQᵀb", mark: "QQb" }),
      ...arrow(shadowPlane, seen(b), "v", { label: "b", weight: "thin", mark: "b", gap: 16 }),
      ...AXES.map(name),
    ],
    shadowPlane.box,
    [shadowPlane.place(seen(b))],
  );
}

const length = (v: Vector2): string => typeset(significant(Math.hypot(...v), 4));

/** A signed turn in whole degrees, "+55°". */
export function degrees(turn: number): string {
  const whole = Math.round((turn * 180) / Math.PI);
  return typeset(`${whole > 0 ? "+" : ""}${whole}°`);
}
