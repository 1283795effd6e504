import { LENGTHS, lengthsPlane, lengthsShapes, type Figure as Picture, type Vector2 } from "@eckart/views";
import { multiply, norm } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix } from "../../address/address.ts";
import { MatrixField, short, Toggle } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { Stage, type Handle } from "../../stage/Stage.tsx";

interface State {
  readonly a: Vector2;
  readonly b: Vector2;
  readonly normalised: boolean;
}

/** The length of a vector as the root of its dot product with itself, and what divides it to 1. */
export function Lengths({ id }: { id: string }): VNode {
  const [{ a, b, normalised }, set] = useState<State>({ a: [4, 3], b: [-1.5, 2], normalised: false });
  useAddress(id, (fields) => {
    const a = matrixField(fields.get("a"), 1, 2)?.[0] as Vector2 | undefined;
    const b = matrixField(fields.get("b"), 1, 2)?.[0] as Vector2 | undefined;
    set((state) => ({ a: a ?? state.a, b: b ?? state.b, normalised: fields.get("unit") === "1" }));
  });
  const lengths = [norm([a]), norm([b])] as const;
  const over = (p: Vector2, length: number): Vector2 => (length > 0 ? [p[0] / length, p[1] / length] : p);
  const [p, q] = normalised ? [over(a, lengths[0]), over(b, lengths[1])] : [a, b];
  const rows = [p, q];
  const table = multiply(rows, [[p[0], q[0]], [p[1], q[1]]]); // oxfmt-ignore
  const across = multiply([a], [[b[0]], [b[1]]]).at(0, 0);
  const square = across === 0 && lengths[0] > 0 && lengths[1] > 0;
  const shapes = lengthsShapes({ a, b, lengths, square, normalised });
  const title = "The length of a vector";
  const description = `a = (${short(a[0])}, ${short(a[1])}) has length ${short(lengths[0])}, b = (${short(b[0])}, ${short(b[1])}) has length ${short(lengths[1])}, and a · b = ${short(across)}.`;
  const tip = (name: "a" | "b", at: Vector2): Handle => ({
    id: name,
    label: `vector ${name}`,
    value: `${short(at[0])}, ${short(at[1])}`,
    at: lengthsPlane.place(at),
    mark: name === "a" ? "v1" : "v2",
    move: (to) => set((state) => ({ ...state, [name]: inside(lengthsPlane.at(to)) })),
    nudge: (dx, dy, fine) => {
      const step = fine ? 0.25 : 0.5;
      set((state) => ({ ...state, [name]: inside([at[0] + step * dx, at[1] + step * dy]) }));
    },
  });
  return (
    <Figure
      id={id}
      island="lengths"
      span="text"
      fields={() => ({ a: formatMatrix([a]), b: formatMatrix([b]), ...(normalised && { unit: "1" }) })}
      live={{
        a1: short(a[0]),
        a2: short(a[1]),
        aa: short(lengths[0] ** 2),
        length: short(lengths[0]),
        d11: short(table.at(0, 0)),
        d12: short(table.at(0, 1)),
        d21: short(table.at(1, 0)),
        d22: short(table.at(1, 1)),
      }}
      saved={{ picture: (): Picture => ({ ...LENGTHS, title, description, shapes }) }}
      caption={
        <>
          <span data-mark="v1">a</span> = <span class="num">{`(${short(a[0])}, ${short(a[1])})`}</span> has a · a ={" "}
          <span class="num">{short(multiply([a], [[a[0]], [a[1]]]).at(0, 0))}</span> and so the length{" "}
          <span class="num">{short(lengths[0])}</span>; a · b = <span class="num">{short(across)}</span>:{" "}
          {square ? (
            normalised ? (
              <>
                divided by their lengths the two are <strong>orthonormal</strong>.
              </>
            ) : (
              <>
                the two are <strong>orthogonal</strong>
                {lengths[0] === 1 && lengths[1] === 1 ? " and have length 1." : ", and not of length 1."}
              </>
            )
          ) : (
            <>the two are not orthogonal, whatever their lengths.</>
          )}
        </>
      }
    >
      <Stage
        id={`${id}-stage`}
        {...LENGTHS}
        title={title}
        description={description}
        shapes={shapes}
        handles={[tip("a", a), tip("b", b)]}
      />
      <div class="controls">
        <MatrixField
          name="a"
          mark="v1"
          rows={[[a[0]], [a[1]]]}
          onChange={([x, y]) => set((state) => ({ ...state, a: [x![0]!, y![0]!] }))}
        />
        <MatrixField
          name="b"
          mark="v2"
          rows={[[b[0]], [b[1]]]}
          onChange={([x, y]) => set((state) => ({ ...state, b: [x![0]!, y![0]!] }))}
        />
        <Toggle
          label="divide both by their lengths"
          value={normalised}
          onChange={(normalised) => set((state) => ({ ...state, normalised }))}
        />
      </div>
    </Figure>
  );
}

/** On quarters, so that right angles can be hit, and within the picture. */
function inside([x, y]: Vector2): Vector2 {
  const kept = (t: number, low: number, high: number): number =>
    Math.round(Math.min(Math.max(t, low), high) * 4) / 4 + 0;
  return [kept(x, -2.25, 4.25), kept(y, -0.75, 4.25)];
}
