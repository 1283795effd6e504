import { arrow, axisLines, ellipse, gridDots, rightAngle } from "../plane/marks.ts";
import { apply, direction, IDENTITY, planeIn, type Plane, type Rows2, type Vector2 } from "../plane/plane.ts";
import { settled } from "../plane/settle.ts";
import type { Point, Shape } from "../shape.ts";

/** A map of the plane with its singular vectors, and the direction x that is looked at. */
export interface SweepInput {
  readonly A: Rows2;
  /** v₁ and v₂. */
  readonly v: readonly [Vector2, Vector2];
  /** u₁ and u₂. */
  readonly u: readonly [Vector2, Vector2];
  readonly s: readonly [number, number];
  /** The angle of x, in radians. */
  readonly angle: number;
}

/** The size of each of the two panes, in figure units. */
export const SWEEP_PANE: { readonly width: number; readonly height: number } = { width: 400, height: 400 };

/** The size of the curve below them, in figure units. */
export const SWEEP_CURVE: { readonly width: number; readonly height: number } = { width: 480, height: 210 };

/** Both panes have one scale: everything up to `reach` from the origin is seen. `left` is where the pane begins. */
export function sweepPlane(reach: number, left = 0): Plane {
  return planeIn([left, 0, SWEEP_PANE.width, SWEEP_PANE.height], 1.24 * reach);
}

/** The input: x on the unit circle, and v₁, v₂. */
export function sweepInputShapes(plane: Plane, { v, angle }: SweepInput): Shape[] {
  return settled(
    [
      ...gridDots(plane),
      ...axisLines(plane),
      ...ellipse(plane, IDENTITY, { stroke: "muted", width: 1 }),
      ...rightAngle(plane, ...(v.map(([x, y]) => Math.atan2(y, x)) as [number, number])),
      ...v.flatMap((axis, i) => arrow(plane, axis, "v", { label: `v${"₁₂"[i]}`, weight: "thin", mark: `v${i + 1}` })),
      ...arrow(plane, direction(angle), "ink", { label: "x", weight: "thin", mark: "x", gap: 14 }),
    ],
    plane.box,
  );
}

/** The output: Ax on the ellipse, and its half-axes σ₁u₁, σ₂u₂. */
export function sweepOutputShapes(plane: Plane, { A, u, s, angle }: SweepInput): Shape[] {
  return settled(
    [
      ...gridDots(plane),
      ...axisLines(plane),
      ...ellipse(plane, IDENTITY, { stroke: "muted", width: 1, dash: [2, 4] }),
      ...ellipse(plane, A, { stroke: "sigma", width: 2, mark: "S" }),
      ...rightAngle(plane, ...(u.map(([x, y]) => Math.atan2(y, x)) as [number, number])),
      ...u.flatMap(([x, y], i) => {
        const sigma = s[i]!;
        const name = `u${"₁₂"[i]}`;
        return sigma > 1e-12 * s[0]
          ? arrow(plane, [sigma * x, sigma * y], "u", { label: `σ${"₁₂"[i]}${name}`, mark: `u${i + 1}` })
          : arrow(plane, [x, y], "u", { label: `${name} free`, weight: "thin", dash: [4, 4], mark: `u${i + 1}` });
      }),
      ...arrow(plane, apply(A, direction(angle)), "ink", { label: "Ax", mark: "x" }),
    ],
    plane.box,
  );
}

/** Where the curve lies: the angle across, from 0 to a full turn, the length upwards. */
export function sweepAxes(largest: number): {
  readonly place: (angle: number, length: number) => Point;
  readonly angleAt: (x: number) => number;
} {
  const [left, right, top, bottom] = [46, SWEEP_CURVE.width - 16, 44, SWEEP_CURVE.height - 34];
  const scale = (bottom - top) / Math.max(largest, 1e-300);
  return {
    place: (angle, length) => [left + ((right - left) * angle) / (2 * Math.PI), bottom - scale * length],
    angleAt: (x) => (2 * Math.PI * (x - left)) / (right - left),
  };
}

/** ‖Ax‖ over the angle of x: largest σ₁ at ±v₁, smallest σ₂ at ±v₂. */
export function sweepCurveShapes({ A, v, s, angle }: SweepInput): Shape[] {
  const { place } = sweepAxes(s[0]);
  const lengthAt = (t: number): number => Math.hypot(...apply(A, direction(t)));
  const full = 2 * Math.PI;
  const within = (t: number): number => t - full * Math.floor(t / full);
  const points = Array.from({ length: 181 }, (_, i) => place((i * full) / 180, lengthAt((i * full) / 180)));
  const [x0, y0] = place(0, 0);
  const [x1] = place(full, 0);
  const level = (value: number, i: number): Shape[] => {
    const [, y] = place(0, value);
    const mark = `s${i + 1}`;
    return [
      { kind: "path", points: [[x0, y], [x1, y]], stroke: "sigma", width: 1, dash: [2, 5], mark }, // oxfmt-ignore
      { kind: "text", x: x0 - 10, y: y + 6, anchor: "end", size: 20, italic: true, fill: "sigma", text: `σ${"₁₂"[i]}`, mark }, // oxfmt-ignore
    ];
  };
  const marks = v.flatMap(([x, y], i): Shape[] =>
    [0, Math.PI].flatMap((half): Shape[] => {
      const at = within(Math.atan2(y, x) + half);
      const [px, py] = place(at, s[i]!);
      const mark = `v${i + 1}`;
      return [
        { kind: "path", points: [[px, py], [px, y0]], stroke: "v", width: 1, dash: [2, 4], mark }, // oxfmt-ignore
        { kind: "circle", cx: px, cy: py, r: 4, fill: "sigma", mark: `s${i + 1}` },
        { kind: "text", x: px, y: y0 + 24, anchor: "middle", size: 20, italic: true, fill: "v", text: `${half ? "−" : ""}v${"₁₂"[i]}`, mark }, // oxfmt-ignore
      ];
    }),
  );
  const [px, py] = place(within(angle), lengthAt(angle));
  return [
    { kind: "path", points: [[x0, y0], [x1, y0]], stroke: "muted", width: 0.8 }, // oxfmt-ignore
    ...level(s[0], 0),
    ...(s[1] < 0.93 * s[0] && s[1] > 0.05 * s[0] ? level(s[1], 1) : []),
    { kind: "path", points, stroke: "sigma", width: 2, mark: "S" },
    { kind: "text", x: x0 + 4, y: 18, size: 20, italic: true, fill: "ink", text: "‖Ax‖", mark: "x" },
    ...marks,
    { kind: "path", points: [[px, y0], [px, py]], stroke: "ink", width: 2, mark: "x" }, // oxfmt-ignore
    { kind: "circle", cx: px, cy: py, r: 5, fill: "ink", mark: "x" },
  ];
}
