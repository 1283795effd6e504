import { COLUMNS, columnsPlane, columnsShapes, type Rows2, type Vector2 } from "@eckart/views";
import { classify, det, inv, Matrix, multiply, norm, rank, subtract } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix, parseWord } from "../../address/address.ts";
import { Choice, MatrixField, num, short } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { pointHandle } from "../../stage/handles.ts";
import { Stage } from "../../stage/Stage.tsx";
import { DotTable } from "./DotTable.tsx";

/** What is drawn and tabulated: O, Oᵀ in its place, or Oᵀ after O. */
type View = "O" | "Ot" | "OtO";

interface State {
  readonly O: Rows2;
  readonly view: View;
  readonly picked: readonly [number, number];
}

const TITLE = "The columns of a matrix and their dot products";
const [COS, SIN] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
const PRESETS: Readonly<Record<string, Rows2>> = {
  rotation: [
    [COS, -SIN],
    [SIN, COS],
  ],
  reflection: [
    [COS, SIN],
    [SIN, -COS],
  ],
  neither: [
    [1.2, 0.4],
    [0.3, 0.9],
  ],
};

/** The table of dot products OᵀO with the two columns of the entry that is looked at, the signed area, and what Oᵀ does. */
export function DotProducts({ id }: { id: string }): VNode {
  const [{ O, view, picked }, set] = useState<State>({ O: PRESETS.rotation!, view: "O", picked: [0, 1] });
  const change = (to: Partial<State>): void => set((old) => ({ ...old, ...to }));
  useAddress(id, (fields) => {
    const O = matrixField(fields.get("O"), 2, 2) as unknown as Rows2 | undefined;
    const view = parseWord(fields.get("show"), ["O", "Ot", "OtO"]);
    change({ ...(O && { O }), ...(view && { view }) });
  });
  const [[a, b], [c, d]] = O;
  const Ot = Matrix.from(O).T;
  const shown = { O: Matrix.from(O), Ot, OtO: multiply(Ot, O) }[view];
  const table = view === "Ot" ? multiply(O, Ot) : multiply(Ot, O);
  const names: readonly [string, string] = { O: ["o₁", "o₂"], Ot: ["r₁", "r₂"], OtO: ["Oᵀo₁", "Oᵀo₂"] }[view] as [
    string,
    string,
  ];
  const M = shown.toArray() as unknown as Rows2;
  const shapes = columnsShapes({ M, names, picked });
  const area = det(O);
  const motion = classify(O, { tolerance: 1e-9 });
  const verdict =
    motion.kind === "rotation" && "angle" in motion && !("axis" in motion)
      ? `O is a rotation by ${short(toDegrees(motion.angle))}°`
      : motion.kind === "identity"
        ? "O is the identity, a rotation by 0°"
        : motion.kind === "reflection" && "angle" in motion
          ? `O is a reflection in the line at ${short(toDegrees(motion.angle))}°`
          : "O is not orthogonal";
  const apart = rank(O) === 2 ? norm(subtract(inv(O), Ot), "max") : undefined;
  const description = `${verdict}; its columns are (${short(a)}, ${short(c)}) and (${short(b)}, ${short(d)}), the determinant is ${short(area)}.`;
  const handle = (k: 0 | 1, p: Vector2, other: Vector2) =>
    pointHandle({
      plane: columnsPlane,
      id: `o${k + 1}`,
      label: k === 0 ? "first column of O" : "second column of O",
      p,
      mark: `o${k + 1}`,
      reach: [1.5, 1.4],
      move: ([x, y]) => change({ O: k === 0 ? [[x, b], [y, d]] : [[a, x], [c, y]] }), // oxfmt-ignore
      caught: (q) => caught(q, other),
    });
  const handles = view === "O" ? [handle(0, [a, c], [b, d]), handle(1, [b, d], [a, c])] : [];
  const preset = Object.keys(PRESETS).find((name) => formatMatrix(PRESETS[name]!) === formatMatrix(O));
  return (
    <Figure
      id={id}
      island="dotProducts"
      fields={() => ({ O: formatMatrix(O), show: view })}
      live={{ a: short(a), b: short(b), c: short(c), d: short(d), det: short(area) }}
      saved={{ picture: () => ({ ...COLUMNS, title: TITLE, description, shapes }) }}
      caption={
        <>
          {verdict}, its signed area ad − bc is <span class="num">{short(area)}</span>
          {view === "OtO" ? (
            apart === undefined ? (
              <>, and it has no inverse for Oᵀ to be.</>
            ) : (
              <>
                , and Oᵀ differs from O⁻¹ by at most <span class="num apart">{num(apart)}</span>:{" "}
                {apart < 1e-12 ? "the F is back where it began." : "the F does not return."}
              </>
            )
          ) : (
            "."
          )}
        </>
      }
    >
      <div class="panes">
        <Stage
          id={`${id}-stage`}
          {...COLUMNS}
          title={TITLE}
          description={description}
          shapes={shapes}
          handles={handles}
        />
        <div class="beside">
          <DotTable
            M={view === "Ot" ? Ot.toArray() : O}
            names={view === "Ot" ? ["r₁", "r₂"] : ["o₁", "o₂"]}
            title={view === "Ot" ? "OOᵀ" : "OᵀO"}
            kind={view === "Ot" ? "row" : "column"}
            table={table.toArray()}
            picked={picked}
            onPick={(i, j) => change({ picked: [i, j] })}
          />
          <MatrixField name="O" rows={O} onChange={(rows) => change({ O: rows as unknown as Rows2 })} />
        </div>
      </div>
      <div class="controls">
        <Choice
          id={`${id}-preset`}
          label="O is"
          value={preset}
          options={[
            ["rotation", "a rotation"],
            ["reflection", "a reflection"],
            ["neither", "neither"],
          ]}
          onChange={(name) => change({ O: PRESETS[name]! })}
        />
        <Choice
          id={`${id}-view`}
          label="Show"
          value={view}
          options={[
            ["O", "O"],
            ["Ot", "Oᵀ instead"],
            ["OtO", "Oᵀ after O"],
          ]}
          onChange={(next) => change({ view: next })}
        />
      </div>
    </Figure>
  );
}

const toDegrees = (radians: number): number => Number(((radians * 180) / Math.PI).toFixed(1));

/** A dragged column catches on the unit circle, and there on the two directions across the other column. */
function caught(p: Vector2, [x, y]: Vector2): Vector2 {
  const length = Math.hypot(...p);
  if (Math.abs(length - 1) > 0.07) return p;
  const [ux, uy] = [p[0] / length, p[1] / length];
  const other = Math.hypot(x, y);
  if (other === 0 || Math.abs(ux * x + uy * y) > 0.07 * other) return [ux, uy];
  const side = Math.sign(x * uy - y * ux);
  return [(-side * y) / other, (side * x) / other];
}
