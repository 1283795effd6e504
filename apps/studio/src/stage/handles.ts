import type { Plane, Vector2 } from "@eckart/views";
import { short } from "../controls/controls.tsx";
import type { Handle } from "./Stage.tsx";

interface PointHandleOptions {
  readonly plane: Plane;
  readonly id: string;
  readonly label: string;
  readonly p: Vector2;
  readonly mark?: string;
  /** How far it may go to the right and up. */
  readonly reach: Vector2;
  readonly move: (p: Vector2) => void;
  /** What a dragged point becomes, where it catches on something; the arrow keys go past. */
  readonly caught?: (p: Vector2) => Vector2;
}

/** A point of a plane, moved in hundredths; arrow keys go by tenths, with Shift by hundredths. */
export function pointHandle({ plane, id, label, p, mark, reach, move, caught }: PointHandleOptions): Handle {
  const kept = (t: number, limit: number): number => Math.round(Math.min(Math.max(t, -limit), limit) * 100) / 100 + 0;
  const inside = ([x, y]: Vector2): Vector2 => [kept(x, reach[0]), kept(y, reach[1])];
  return {
    id,
    label,
    value: `${short(p[0])}, ${short(p[1])}`,
    at: plane.place(p),
    ...(mark !== undefined && { mark }),
    move: (at) => {
      const to = inside(plane.at(at));
      move(caught?.(to) ?? to);
    },
    nudge: (dx, dy, fine) => {
      const step = fine ? 0.01 : 0.1;
      move(inside([p[0] + step * dx, p[1] + step * dy]));
    },
  };
}

interface AngleHandleOptions {
  readonly plane: Plane;
  readonly id: string;
  readonly label: string;
  /** In degrees. */
  readonly angle: number;
  /** How far from the origin it stands, in units of the plane. */
  readonly radius: number;
  readonly mark?: string;
  readonly move: (degrees: number) => void;
}

/** A direction of a plane, in whole degrees; right and up turn it counterclockwise by 5°, with Shift by 1°. */
export function angleHandle({ plane, id, label, angle, radius, mark, move }: AngleHandleOptions): Handle {
  const radians = (angle * Math.PI) / 180;
  return {
    id,
    label,
    value: `${short(angle)}°`,
    at: plane.place([radius * Math.cos(radians), radius * Math.sin(radians)]),
    ...(mark !== undefined && { mark }),
    move: (at) => {
      const [x, y] = plane.at(at);
      move(wrapped(Math.round((Math.atan2(y, x) * 180) / Math.PI)));
    },
    nudge: (dx, dy, fine) => move(wrapped(angle + (dx + dy) * (fine ? 1 : 5))),
  };
}

/** The same direction from −179° to 180°. */
export const wrapped = (degrees: number): number => 180 - ((((180 - degrees) % 360) + 360) % 360);
