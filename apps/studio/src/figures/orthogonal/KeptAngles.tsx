import {
  besideFigures,
  degrees,
  PAIR,
  pairPlane,
  pairShapes,
  signedAngle,
  type Rows2,
  type Vector2,
} from "@eckart/views";
import { multiply, norm, reflection, rotation } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix, parseNumber, parseWord } from "../../address/address.ts";
import { Choice, num, Slider } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { pointHandle } from "../../stage/handles.ts";
import { Stage } from "../../stage/Stage.tsx";

type Kind = "rotation" | "reflection" | "shear";

interface State {
  readonly kind: Kind;
  /** Of the rotation, or of the mirror line, in degrees. */
  readonly angle: number;
  readonly v: Vector2;
  readonly w: Vector2;
}

const SHEAR: Rows2 = [
  [1, 1],
  [0, 1],
];

/** Two vectors before and after a map: lengths and the angle between them stay where the map is orthogonal. */
export function KeptAngles({ id }: { id: string }): VNode {
  const [{ kind, angle, v, w }, set] = useState<State>({ kind: "reflection", angle: 60, v: [2, 0.5], w: [0.5, 1.5] });
  const change = (to: Partial<State>): void => set((old) => ({ ...old, ...to }));
  useAddress(id, (fields) => {
    const kind = parseWord(fields.get("map"), ["rotation", "reflection", "shear"]);
    const angle = parseNumber(fields.get("angle"), -180, 180);
    const [v, w] = (matrixField(fields.get("X"), 2, 2) ?? []) as unknown as [Vector2?, Vector2?];
    change({ ...(kind && { kind }), ...(angle !== undefined && { angle }), ...(v && w && { v, w }) });
  });
  const radians = (angle * Math.PI) / 180;
  const O = kind === "shear" ? SHEAR : ((kind === "rotation" ? rotation : reflection)(radians).toArray() as unknown as Rows2); // oxfmt-ignore
  const [Ov, Ow] = [v, w].map(([x, y]) => {
    const image = multiply(O, [[x], [y]]);
    return [image.at(0, 0), image.at(1, 0)] as const;
  }) as [Vector2, Vector2];
  const before = { v: length(v), w: length(w), angle: signedAngle(v, w) };
  const after = { v: length(Ov), w: length(Ow), angle: signedAngle(Ov, Ow) };
  const kept = [before.v - after.v, before.w - after.w].every((x) => Math.abs(x) < 1e-9);
  const handle = (name: "v" | "w", p: Vector2) =>
    pointHandle({
      plane: pairPlane,
      id: name,
      label: `vector ${name}`,
      p,
      mark: name,
      reach: [2.1, 2.1],
      move: (q) => change({ [name]: q }),
    });
  const told = (which: string, { v, w, angle }: typeof before): string =>
    `${which}: lengths ${num(v)} and ${num(w)}, from the first to the second ${degrees(angle)}.`;
  return (
    <Figure
      id={id}
      island="keptAngles"
      fields={() => ({ map: kind, angle: String(angle), X: formatMatrix([v, w]) })}
      saved={{
        picture: () =>
          besideFigures("Two vectors before and after a map", [
            {
              ...PAIR,
              title: "Before the map",
              description: told("Before", before),
              shapes: pairShapes({ v, w, names: ["v", "w"] }),
            },
            {
              ...PAIR,
              title: "After the map",
              description: told("After", after),
              shapes: pairShapes({ v, w, names: ["Ov", "Ow"], map: O }),
            },
          ]),
      }}
      caption={
        <>
          Lengths <span class="num">{num(before.v)}</span> and <span class="num">{num(before.w)}</span> become{" "}
          <span class="num">{num(after.v)}</span> and <span class="num">{num(after.w)}</span>, the angle{" "}
          <span class="num">{unsigned(before.angle)}</span> becomes <span class="num">{unsigned(after.angle)}</span>:{" "}
          {!kept
            ? "a shear keeps neither."
            : kind === "rotation"
              ? "all kept."
              : "all kept, and only the way round has turned."}
        </>
      }
    >
      <div class="panes">
        <Stage
          id={`${id}-before`}
          {...PAIR}
          title="Before the map"
          description={told("Before", before)}
          shapes={pairShapes({ v, w, names: ["v", "w"] })}
          handles={[handle("v", v), handle("w", w)]}
        />
        <Stage
          id={`${id}-after`}
          {...PAIR}
          title="After the map"
          description={told("After", after)}
          shapes={pairShapes({ v, w, names: ["Ov", "Ow"], map: O })}
        />
      </div>
      <div class="controls">
        <Choice
          id={`${id}-kind`}
          label="O is"
          value={kind}
          options={[
            ["rotation", "a rotation"],
            ["reflection", "a reflection"],
            ["shear", "a shear, not orthogonal"],
          ]}
          onChange={(next) => change({ kind: next })}
        />
        {kind !== "shear" && (
          <Slider
            id={`${id}-angle`}
            label={kind === "rotation" ? "Angle" : "Mirror line at"}
            value={angle}
            min={-180}
            max={180}
            step={1}
            text={`${angle}°`.replace("-", "−")}
            onChange={(next) => change({ angle: next })}
          />
        )}
      </div>
    </Figure>
  );
}

const length = ([x, y]: Vector2): number => norm([[x], [y]]);
const unsigned = (angle: number): string => `${num(Math.abs((angle * 180) / Math.PI))}°`;
