import {
  apply,
  belowFigures,
  besideFigures,
  direction,
  SWEEP_CURVE,
  SWEEP_PANE,
  sweepAxes,
  sweepCurveShapes,
  sweepInputShapes,
  sweepOutputShapes,
  sweepPlane,
  svdReach,
  type Figure as Picture,
  type Rows2,
  type SweepInput,
  type Vector2,
} from "@eckart/views";
import { norm, rotateScaleRotate } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix, parseNumber } from "../../address/address.ts";
import { MatrixField, num, short, Slider } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { angleHandle } from "../../stage/handles.ts";
import { Stage } from "../../stage/Stage.tsx";
import { valueOf } from "../hero/words.ts";

interface State {
  readonly A: Rows2;
  /** The angle of x in degrees. */
  readonly degrees: number;
}

/** F8, the sweep: x goes round the circle, Ax along the ellipse, and the length of Ax is largest at v₁, smallest at v₂. */
export function Sweep({ id }: { id: string }): VNode {
  const [{ A, degrees }, set] = useState<State>({
    A: [
      [1, 1.5],
      [0, 1],
    ],
    degrees: 20,
  });
  useAddress(id, (fields) => {
    const A = matrixField(fields.get("A"), 2, 2) as unknown as Rows2 | undefined;
    const degrees = parseNumber(fields.get("x"), -180, 360);
    set((state) => ({ A: A ?? state.A, degrees: degrees === undefined ? state.degrees : rounded(degrees) }));
  });
  const map = rotateScaleRotate(A);
  const [s1, s2] = map.s as unknown as [number, number];
  const input: SweepInput = {
    A,
    v: map.V.T.toArray() as unknown as [Vector2, Vector2],
    u: map.U.T.toArray() as unknown as [Vector2, Vector2],
    s: [s1, s2],
    angle: (degrees * Math.PI) / 180,
  };
  const plane = sweepPlane(svdReach(map));
  const x = direction(input.angle);
  const y = apply(A, x);
  const length = norm([[y[0]], [y[1]]]);
  const at = (text: string, [p, q]: Vector2): string => `${text} = (${short(p)}, ${short(q)})`;
  const setAngle = (degrees: number): void => set((state) => ({ ...state, degrees: rounded(degrees) }));
  const x0 = { label: "direction x", angle: degrees, radius: 1, mark: "x", move: setAngle };
  const axes = sweepAxes(s1);
  const named = ([p, q]: Vector2): number => (((Math.atan2(q, p) * 180) / Math.PI + 360) % 360) + 0;
  const near = input.v.findIndex((v) => Math.abs(Math.sin(input.angle) * v[0] - Math.cos(input.angle) * v[1]) < 0.0175);
  const found =
    s1 - s2 <= 1e-12 * s1
      ? "Here every direction is stretched alike."
      : near === 0
        ? "Here x lies on the line of v₁, and Ax is longest."
        : near === 1
          ? "Here x lies on the line of v₂, and Ax is shortest."
          : `It is longest at v₁, ${short(Math.round(named(input.v[0]) * 10) / 10)}°, and shortest at v₂, at a right angle to it.`;
  const description = `x at ${short(degrees)}°: ${at("Ax", y)}, ${num(length)} long.`;
  const title = "Every direction and how far it is stretched";
  const picture = (): Picture =>
    belowFigures(title, [
      besideFigures(title, [
        { ...SWEEP_PANE, title, description: "", shapes: sweepInputShapes(plane, input) },
        { ...SWEEP_PANE, title, description, shapes: sweepOutputShapes(plane, input) },
      ]),
      { ...SWEEP_CURVE, title, description: found, shapes: sweepCurveShapes(input) },
    ]);
  return (
    <Figure
      id={id}
      island="sweep"
      span="page"
      fields={() => ({ A: formatMatrix(A), x: String(degrees) })}
      live={{ s1: num(s1), s2: num(s2), length: num(length), angle: `${short(degrees)}°` }}
      saved={{ picture }}
      caption={
        <>
          <span data-mark="x">‖Ax‖</span> = <strong class="num">{num(length)}</strong>, between{" "}
          <span data-mark="s2">σ₂</span> = <strong class="num">{valueOf(A, s2)}</strong> and{" "}
          <span data-mark="s1">σ₁</span> = <strong class="num">{valueOf(A, s1)}</strong>. {found}
        </>
      }
    >
      <div class="panes">
        <Stage
          id={`${id}-input`}
          {...SWEEP_PANE}
          title="The input: x on the unit circle"
          description={at("x", x)}
          shapes={sweepInputShapes(plane, input)}
          handles={[angleHandle({ plane, id: "x", ...x0 })]}
        />
        <Stage
          id={`${id}-output`}
          {...SWEEP_PANE}
          title="The output: Ax on the ellipse"
          description={description}
          shapes={sweepOutputShapes(plane, input)}
        />
      </div>
      <div class="sweep-curve">
        <Stage
          id={`${id}-curve`}
          {...SWEEP_CURVE}
          title="The length of Ax over the angle of x"
          description={`Largest ${num(s1)}, smallest ${num(s2)}, now ${num(length)}.`}
          shapes={sweepCurveShapes(input)}
          handles={[
            {
              id: "angle",
              label: "angle of x",
              value: `${short(degrees)}°, length ${num(length)}`,
              at: axes.place((((degrees % 360) + 360) % 360) * (Math.PI / 180), length),
              mark: "x",
              move: ([px]) => setAngle((axes.angleAt(px) * 180) / Math.PI),
              nudge: (dx, dy, fine) => setAngle(degrees + (dx + dy) * (fine ? 0.1 : 1)),
            },
          ]}
        />
      </div>
      <div class="controls">
        <MatrixField
          name="A"
          rows={A}
          onChange={(rows) => set((state) => ({ ...state, A: rows as unknown as Rows2 }))}
        />
        <Slider
          id={`${id}-angle`}
          label="x at"
          min={0}
          max={360}
          step={0.5}
          value={(degrees + 360) % 360}
          text={`${short(degrees)}°`}
          onChange={setAngle}
          mark="x"
        />
      </div>
    </Figure>
  );
}

const rounded = (degrees: number): number => Math.round(10 * Math.min(Math.max(degrees, -360), 720)) / 10 + 0;
