import { EIGENVALUE_LINE, eigenvalueLine, typeset } from "@eckart/views";
import { eigvalsh, isSymmetric } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix } from "../../address/address.ts";
import { NumberField, num } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { Stage } from "../../stage/Stage.tsx";

const TITLE = "The eigenvalues of a symmetric matrix";

/** A symmetric matrix of three rows in which every entry takes its mirrored twin along, and its eigenvalues. */
export function Symmetric({ id }: { id: string }): VNode {
  const [S, set] = useState<number[][]>([
    [1, 7, 3],
    [7, 4, 5],
    [3, 5, 6],
  ]);
  /** The entry that is touched lights up with its twin. */
  const [touched, touch] = useState<readonly [number, number] | undefined>(undefined);
  useAddress(id, (fields) => {
    const rows = matrixField(fields.get("S"), 3, 3);
    if (rows && isSymmetric(rows)) set(rows);
  });
  const change = (i: number, j: number, value: number): void =>
    set(S.map((row, k) => row.map((x, l) => ((k === i && l === j) || (k === j && l === i) ? value : x))));
  const values = [...eigvalsh(S)].reverse();
  const text = values.map((value) => (Math.abs(value) < 1e4 ? typeset(value.toFixed(3)) : num(value, 5)));
  const description = `The eigenvalues are ${text.join(", ")}.`;
  const shapes = eigenvalueLine(values);
  const isTouched = (i: number, j: number): boolean =>
    touched !== undefined && ((touched[0] === i && touched[1] === j) || (touched[0] === j && touched[1] === i));
  return (
    <Figure
      id={id}
      island="symmetric"
      fields={() => ({ S: formatMatrix(S) })}
      live={{ l1: text[0]!, l2: text[1]!, l3: text[2]! }}
      saved={{ picture: () => ({ ...EIGENVALUE_LINE, title: TITLE, description, shapes }) }}
      caption={
        <>
          Its three eigenvalues are real, as those of every symmetric matrix are: <span data-mark="l1">λ₁</span> ={" "}
          <span class="num">{text[0]}</span>, <span data-mark="l2">λ₂</span> = <span class="num">{text[1]}</span>,{" "}
          <span data-mark="l3">λ₃</span> = <span class="num">{text[2]}</span>.
        </>
      }
    >
      <div class="panes symmetric">
        <div class="mirrored" role="group" aria-label="symmetric matrix S">
          <span class="matrix-name" aria-hidden="true">
            S =
          </span>
          <div class="brackets">
            <svg class="diagonal" viewBox="0 0 3 3" preserveAspectRatio="none" aria-hidden="true">
              <path class="s-muted" d="M0 0L3 3" />
            </svg>
            {S.flatMap((row, i) =>
              row.map((entry, j) => (
                <span
                  key={`${i} ${j}`}
                  class={`cell${i === j ? " own" : ""}${isTouched(i, j) ? " on" : ""}`}
                  onPointerEnter={() => touch([i, j])}
                  onPointerLeave={() => touch(undefined)}
                  onFocusIn={() => touch([i, j])}
                  onFocusOut={() => touch(undefined)}
                >
                  <NumberField
                    label={`S, row ${i + 1}, column ${j + 1}${i === j ? "" : `, and row ${j + 1}, column ${i + 1}`}`}
                    value={entry}
                    step={1}
                    limit={1000}
                    onChange={(value) => change(i, j, value)}
                  />
                </span>
              )),
            )}
          </div>
        </div>
        <Stage id={`${id}-line`} {...EIGENVALUE_LINE} title={TITLE} description={description} shapes={shapes} />
      </div>
    </Figure>
  );
}
