import {
  besideFigures,
  besidePlane,
  degrees,
  DIAL,
  dialPlane,
  direction,
  MIRROR_HANDLE,
  mirrorDial,
  movedPair,
  rotationDial,
  signedAngle,
  type Rows2,
  type Vector2,
} from "@eckart/views";
import { det, multiply, reflection, rotation } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix, parseNumber } from "../../address/address.ts";
import { short, Slider } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { angleHandle, pointHandle, wrapped } from "../../stage/handles.ts";
import { Stage } from "../../stage/Stage.tsx";

interface State {
  /** α or φ, in degrees. */
  readonly angle: number;
  readonly v: Vector2;
  readonly w: Vector2;
}

const [FAR, NEAR] = [1.8, 1.3];
const away = (degrees: number, length: number): Vector2 => {
  const [x, y] = direction((degrees * Math.PI) / 180);
  return [Math.round(100 * length * x) / 100, Math.round(100 * length * y) / 100];
};

/** F3: a rotation on a dial, and what it does to two vectors. */
export function RotationDial({ id }: { id: string }): VNode {
  return (
    <Dial id={id} island="rotationDial" mirror={false} start={{ angle: 50, v: away(10, FAR), w: away(75, NEAR) }} />
  );
}

/** F4: a mirror line on a dial, and what it does to two vectors. */
export function MirrorDial({ id }: { id: string }): VNode {
  return <Dial id={id} island="mirrorDial" mirror start={{ angle: 50, v: away(15, FAR), w: away(110, NEAR) }} />;
}

function Dial({ id, island, mirror, start }: { id: string; island: string; mirror: boolean; start: State }): VNode {
  const [{ angle, v, w }, set] = useState<State>(start);
  const change = (to: Partial<State>): void => set((old) => ({ ...old, ...to }));
  useAddress(id, (fields) => {
    const angle = parseNumber(fields.get("angle"), -180, 180);
    const [v, w] = (matrixField(fields.get("X"), 2, 2) ?? []) as unknown as [Vector2?, Vector2?];
    change({ ...(angle !== undefined && { angle }), ...(v && w && { v, w }) });
  });
  const radians = (angle * Math.PI) / 180;
  const map = (mirror ? reflection : rotation)(radians).toArray() as unknown as Rows2;
  const image = (p: Vector2): Vector2 => multiply(map, [[p[0]], [p[1]]]).toArray().flat() as unknown as Vector2; // oxfmt-ignore
  const [theta, before, behind] = [angleOf(v), signedAngle(v, w), signedAngle(image(v), image(w))];
  const [titles, left] = mirror
    ? ([
        ["The mirror on a dial", "Two vectors and their mirror images"],
        mirrorDial(radians, Math.atan2(v[1], v[0])),
      ] as const)
    : ([["The rotation on a dial", "Two vectors before and after the rotation"], rotationDial(radians)] as const);
  const right = movedPair(map, v, w, mirror ? radians : undefined);
  const arrival = angleOf(image(v));
  const told = mirror
    ? `The mirror line stands at ${angle}°. v stands at ${whole(theta)} and goes to ${whole(arrival)}.`
    : `The columns are (${short(map[0][0])}, ${short(map[1][0])}) and (${short(map[0][1])}, ${short(map[1][1])}). v stands at ${whole(theta)} and goes to ${whole(arrival)}.`;
  const order = `From v to w it is ${degrees(before)}, from v′ to w′ ${degrees(behind)}.`;
  const length = Math.hypot(...v);
  const dial = angleHandle({
    plane: dialPlane,
    id: "dial",
    label: mirror ? "mirror line" : "angle of the rotation",
    angle,
    radius: mirror ? MIRROR_HANDLE : 1,
    mark: mirror ? "phi" : "c1",
    move: (next) => change({ angle: next }),
  });
  const point = (name: "v" | "w", p: Vector2) =>
    pointHandle({
      plane: besidePlane,
      id: name,
      label: `vector ${name}`,
      p,
      mark: name,
      reach: [1.8, 1.8],
      move: (q) => change({ [name]: q }),
    });
  const c = mirror ? short(Math.cos(2 * radians)) : short(Math.cos(radians));
  const s = mirror ? short(Math.sin(2 * radians)) : short(Math.sin(radians));
  return (
    <Figure
      id={id}
      island={island}
      fields={() => ({ angle: String(angle), X: formatMatrix([v, w]) })}
      live={
        mirror
          ? { cc: c, ss: s, mcc: short(-map[0][0]), phi: `${signed(angle)}°`, mdet: short(det(map)), theta: whole(theta), goes: whole(arrival) } // oxfmt-ignore
          : { c, s, ms: short(-map[1][0]), alpha: `${signed(angle)}°`, rdet: short(det(map)), from: whole(theta), to: whole(arrival) } // oxfmt-ignore
      }
      saved={{
        picture: () =>
          besideFigures(mirror ? "A reflection" : "A rotation", [
            { ...DIAL, title: titles[0], description: told, shapes: left },
            { ...DIAL, title: titles[1], description: order, shapes: right },
          ]),
      }}
      caption={
        mirror ? (
          <>
            v stands at <span class="num">{whole(theta)}</span>, the mirror at <span class="num">{signed(angle)}°</span>
            , and v goes to 2φ − θ = <span class="num">{whole(arrival)}</span>; from v to w it is{" "}
            <span class="num">{degrees(before)}</span>, from v′ to w′ <span class="num">{degrees(behind)}</span>: the
            sign is flipped.
          </>
        ) : (
          <>
            v stands at <span class="num">{whole(theta)}</span> and goes to θ + α ={" "}
            <span class="num">{whole(arrival)}</span>; from v to w it is <span class="num">{degrees(before)}</span>,
            from v′ to w′ <span class="num">{degrees(behind)}</span>: the same way round.
          </>
        )
      }
    >
      <div class="panes">
        <Stage
          id={`${id}-dial`}
          {...DIAL}
          title={titles[0]}
          description={told}
          shapes={left}
          handles={
            mirror
              ? [
                  dial,
                  angleHandle({
                    plane: dialPlane,
                    id: "theta",
                    label: "direction of v",
                    angle: Math.round(wrapped(theta)),
                    radius: 1,
                    mark: "v",
                    move: (next) => change({ v: away(next, length || FAR) }),
                  }),
                ]
              : [dial]
          }
        />
        <Stage
          id={`${id}-pair`}
          {...DIAL}
          title={titles[1]}
          description={order}
          shapes={right}
          handles={[point("v", v), point("w", w)]}
        />
      </div>
      <div class="controls">
        <Slider
          id={`${id}-angle`}
          label={mirror ? "Mirror line φ" : "Angle α"}
          value={angle}
          min={-180}
          max={180}
          step={1}
          text={`${signed(angle)}°`}
          onChange={(next) => change({ angle: next })}
        />
      </div>
    </Figure>
  );
}

const signed = (angle: number): string => String(angle).replace("-", "−");
/** From 0° to below 360°. */
const angleOf = ([x, y]: Vector2): number => ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
const whole = (angle: number): string => `${Math.round(angle) % 360}°`;
