import { Matrix, multiply } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix, parseWord } from "../../address/address.ts";
import { Choice, MatrixField, short } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { DotTable } from "../orthogonal/DotTable.tsx";

type Rows = readonly (readonly number[])[];
type Lit = "diagonal" | "off";

const THIRD = 1 / 3;
const PRESETS: readonly (readonly [string, Rows])[] = [
  ["orthonormal", [[2 * THIRD, -2 * THIRD, THIRD], [THIRD, 2 * THIRD, 2 * THIRD], [2 * THIRD, THIRD, -2 * THIRD]]], // oxfmt-ignore
  ["orthogonal only", [[2, -4, 1], [1, 4, 2], [2, 2, -2]]], // oxfmt-ignore
  ["of length 1 only", [[1, 0.6, 0], [0, 0.8, 0.6], [0, 0, 0.8]]], // oxfmt-ignore
  ["neither", [[1, 2, 0], [0, 1, 1], [1, 1, 3]]], // oxfmt-ignore
];
const DIAGONAL = [[0, 0], [1, 1], [2, 2]] as const; // oxfmt-ignore
const OFF = [[0, 1], [0, 2], [1, 0], [1, 2], [2, 0], [2, 1]] as const; // oxfmt-ignore
const NAMES = ["q₁", "q₂", "q₃"];

/** The table QᵀQ of a 3 × 3 matrix, with its diagonal or the six entries beside it lit. */
export function Orthonormal3({ id }: { id: string }): VNode {
  const [Q, setQ] = useState<Rows>(PRESETS[0]![1]);
  const [lit, setLit] = useState<Lit>("off");
  const [picked, pick] = useState<readonly [number, number]>([0, 1]);
  useAddress(id, (fields) => {
    const Q = matrixField(fields.get("Q"), 3, 3);
    if (Q) setQ(Q);
    setLit(parseWord<Lit>(fields.get("lit"), ["diagonal", "off"]) ?? "off");
  });
  const M = Matrix.from(Q);
  const table = multiply(M.T, M).toArray();
  return (
    <Figure
      id={id}
      island="orthonormal3"
      fields={() => ({ Q: formatMatrix(Q), lit })}
      caption={lit === "off" ? <OffDiagonal table={table} /> : <Diagonal table={table} />}
    >
      <div class="controls">
        <MatrixField name="Q" mark="Q" rows={Q} onChange={setQ} />
        <div class={`lit-${lit}`}>
          <DotTable
            M={Q}
            names={NAMES}
            title="QᵀQ"
            kind="column"
            table={table}
            picked={picked}
            onPick={(i, j) => pick([i, j])}
          />
        </div>
      </div>
      <div class="controls">
        <Choice
          id={`${id}-lit`}
          label="Light"
          value={lit}
          options={[
            ["diagonal", "the diagonal"],
            ["off", "the rest"],
          ]}
          onChange={(next) => {
            setLit(next);
            pick(next === "off" ? [0, 1] : [0, 0]);
          }}
        />
        <div class="presets" role="group" aria-label="Matrices to try">
          {PRESETS.map(([name, rows]) => (
            <button
              type="button"
              key={name}
              class="quiet"
              aria-pressed={formatMatrix(rows) === formatMatrix(Q)}
              onClick={() => setQ(rows)}
            >
              {name}
            </button>
          ))}
        </div>
      </div>
    </Figure>
  );
}

const NEAR = 1e-9;

function Diagonal({ table }: { table: Rows }): VNode {
  const entries = DIAGONAL.map(([i, j]) => table[i]![j]!);
  const ones = entries.every((x) => Math.abs(x - 1) < NEAR);
  return (
    <>
      The diagonal entries <span class="num">11, 22 and 33</span> are{" "}
      <span class="num">{entries.map(short).join(", ")}</span>:{" "}
      {ones ? "each column has length 1." : "they are the squares of the lengths, and not all of them are 1."}
    </>
  );
}

function OffDiagonal({ table }: { table: Rows }): VNode {
  const zeros = OFF.filter(([i, j]) => Math.abs(table[i]![j]!) < NEAR).length;
  return (
    <>
      Of the entries <span class="num">12, 13, 21, 23, 31 and 32</span> beside the diagonal{" "}
      <span class="num">{zeros === 6 ? "all six" : zeros === 0 ? "none" : `${zeros} of 6`}</span>{" "}
      {zeros === 1 ? "is" : "are"} <span class="num">0</span>:{" "}
      {zeros === 6 ? "any two columns are perpendicular." : "not all pairs of columns are perpendicular."}
    </>
  );
}
