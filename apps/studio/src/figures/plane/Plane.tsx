import {
  MAPPED_PLANE,
  mappedPlane,
  mappedPlaneShapes,
  type Figure as Picture,
  type Rows2,
  type Vector2,
} from "@eckart/views";
import { multiply } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix } from "../../address/address.ts";
import { MatrixField, num } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { Stage, type Handle } from "../../stage/Stage.tsx";

interface State {
  readonly A: Rows2;
  readonly v: Vector2;
}

/** F1, the plane under a matrix: its columns and a vector are moved by hand. */
export function Plane({ id }: { id: string }): VNode {
  const [{ A, v }, set] = useState<State>({
    A: [
      [2, 1],
      [0.5, 1.5],
    ],
    v: [-1, 2],
  });
  const [[a, b], [c, d]] = A;
  useAddress(id, (fields) => {
    const A = matrixField(fields.get("A"), 2, 2) as unknown as Rows2 | undefined;
    const v = matrixField(fields.get("x"), 1, 2)?.[0] as unknown as Vector2 | undefined;
    set((state) => ({ A: A ?? state.A, v: v ?? state.v }));
  });
  const [[x], [y]] = multiply(A, [[v[0]], [v[1]]]).toArray() as [[number], [number]];
  const title = "The plane under a matrix";
  const description = `The columns of A are (${num(a)}, ${num(c)}) and (${num(b)}, ${num(d)}). v = (${num(v[0])}, ${num(v[1])}) goes to Av = (${num(x)}, ${num(y)}).`;
  const shapes = mappedPlaneShapes({ A, vectors: [v] });
  const point = (
    name: string,
    label: string,
    p: Vector2,
    mark: string,
    to: (p: Vector2) => Partial<State>,
  ): Handle => ({
    id: name,
    label,
    value: `${num(p[0])}, ${num(p[1])}`,
    at: mappedPlane.place(p),
    mark,
    move: (at) => set((state) => ({ ...state, ...to(inside(mappedPlane.at(at))) })),
    nudge: (dx, dy, fine) => {
      const step = fine ? 0.01 : 0.1;
      set((state) => ({ ...state, ...to(inside([p[0] + step * dx, p[1] + step * dy])) }));
    },
  });
  const handles = [
    point("a1", "first column of A", [a, c], "a1", ([p, q]) => ({ A: [[p, b], [q, d]] })), // oxfmt-ignore
    point("a2", "second column of A", [b, d], "a2", ([p, q]) => ({ A: [[a, p], [c, q]] })), // oxfmt-ignore
    point("v", "vector v", v, "v", (p) => ({ v: p })),
  ];
  const picture = (): Picture => ({ ...MAPPED_PLANE, title, description, shapes });
  return (
    <Figure
      id={id}
      island="plane"
      fields={() => ({ A: formatMatrix(A), x: formatMatrix([v]) })}
      live={{ a: num(a), b: num(b), c: num(c), d: num(d), v1: num(v[0]), v2: num(v[1]), x: num(x), y: num(y) }}
      saved={{ picture }}
      caption={
        <>
          <span data-mark="v">v</span> ={" "}
          <span class="num">
            ({num(v[0])}, {num(v[1])})
          </span>{" "}
          goes to <span data-mark="Av">Av</span> ={" "}
          <span class="num">
            ({num(x)}, {num(y)})
          </span>
          . Where (1, 0) and (0, 1) go is written in the columns.
        </>
      }
    >
      <Stage
        id={`${id}-stage`}
        {...MAPPED_PLANE}
        title={title}
        description={description}
        shapes={shapes}
        handles={handles}
        crop
      />
      <div class="controls">
        <MatrixField
          name="A"
          mark="A"
          rows={A}
          onChange={(rows) => set((state) => ({ ...state, A: rows as unknown as Rows2 }))}
        />
        <MatrixField
          name="v"
          mark="v"
          rows={[[v[0]], [v[1]]]}
          onChange={(rows) => set((state) => ({ ...state, v: [rows[0]![0]!, rows[1]![0]!] }))}
        />
      </div>
    </Figure>
  );
}

/** Rounded to hundredths and kept in the picture: what is dragged stays where it can be seized again. */
function inside([x, y]: Vector2): Vector2 {
  const kept = (t: number, limit: number): number => Math.round(Math.min(Math.max(t, -limit), limit) * 100) / 100 + 0;
  return [kept(x, 4.5), kept(y, 3.25)];
}
