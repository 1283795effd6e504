import { isSeenOpen, SHADOW, seen, seenAt, shadowPlane, shadowShapes, typeset } from "@eckart/views";
import { classify, Matrix, multiply, norm, qr, Random, rank, scale, subtract, type Vector3 } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix } from "../../address/address.ts";
import { MatrixField, num, short } from "../../controls/controls.tsx";
import { MatrixView } from "../../controls/MatrixView.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { Stage } from "../../stage/Stage.tsx";

const TITLE = "Two orthonormal columns in space";

/** (2, 1, 2)/3 and (−2, 2, 1)/3. */
const FIRST = scale(
  [
    [2, -2],
    [1, 2],
    [2, 1],
  ],
  1 / 3,
).toArray();

/** A tall matrix with orthonormal columns: QᵀQ = I₂, while QQᵀ projects space onto the plane of the columns. */
export function Tall({ id }: { id: string }): VNode {
  const [{ Q, b }, set] = useState<{ Q: number[][]; b: Vector3 }>({ Q: FIRST, b: [-1, -0.7, 0.2] });
  const [drawn, setDrawn] = useState(1);
  useAddress(id, (fields) => {
    const Q = matrixField(fields.get("Q"), 3, 2);
    const b = matrixField(fields.get("b"), 1, 3)?.[0] as unknown as Vector3 | undefined;
    const tall = Q && classify(Q, { tolerance: 1e-9 }).kind === "column-orthonormal";
    set((old) => ({ Q: tall ? Q : old.Q, b: b ?? old.b }));
  });
  const Qt = Matrix.from(Q).T;
  const [small, large] = [multiply(Qt, Q), multiply(Q, Qt)];
  const shadow = vector(multiply(large, column(b)));
  const [q1, q2] = columnsOf(Q);
  const lost = norm(subtract(column(b), column(shadow)));
  const description = `The columns (${q1.map((x) => short(x)).join(", ")}) and (${q2.map((x) => short(x)).join(", ")}) span a plane; QQᵀ sends b = (${b.map((x) => short(x)).join(", ")}) to (${shadow.map((x) => short(x)).join(", ")}) in it.`;
  const shapes = shadowShapes({ q1, q2, b, shadow });
  const move = (to: Vector3): void => {
    const kept = to.map((x) => Math.round(Math.min(Math.max(x, -1.6), 1.6) * 100) / 100 + 0);
    set({ Q, b: kept as unknown as Vector3 });
  };
  return (
    <Figure
      id={id}
      island="tall"
      fields={() => ({ Q: formatMatrix(Q), b: formatMatrix([b]) })}
      saved={{ picture: () => ({ ...SHADOW, title: TITLE, description, shapes }) }}
      caption={
        <>
          QᵀQ is the identity of the plane, but QQᵀ has rank <span class="num">{rank(large)}</span>: it sends{" "}
          <span data-mark="b">b</span> to its shadow <span data-mark="QQb">QQᵀb</span> on the plane of the columns,{" "}
          <span class="num">{num(lost)}</span> away.
        </>
      }
    >
      <div class="panes">
        <Stage
          id={`${id}-stage`}
          {...SHADOW}
          title={TITLE}
          description={description}
          shapes={shapes}
          handles={[
            {
              id: "b",
              label: "vector b",
              value: b.map((x) => short(x)).join(", "),
              at: shadowPlane.place(seen(b)),
              mark: "b",
              move: (at) => move(seenAt(b, shadowPlane.at(at))),
              nudge: (dx, dy, fine) => {
                const step = fine ? 0.02 : 0.1;
                const [x, y] = seen(b);
                move(seenAt(b, [x + step * dx, y + step * dy]));
              },
            },
          ]}
        />
        <div class="beside">
          <div class="equation">
            <span class="matrix-name">QᵀQ =</span>
            <MatrixView label="Q transposed times Q" rows={small.toArray()} />
          </div>
          <div class="equation">
            <span class="matrix-name">QQᵀ =</span>
            <MatrixView label="Q times Q transposed" rows={large.toArray()} mark="QQb" write={thousandths} />
          </div>
          <MatrixField
            name="b"
            mark="b"
            rows={column(b)}
            onChange={(rows) => move(rows.flat() as unknown as Vector3)}
          />
          <button
            type="button"
            onClick={() => {
              const next = drawnFrom(drawn);
              set({ Q: next.Q, b });
              setDrawn(next.seed + 1);
            }}
          >
            Another Q
          </button>
        </div>
      </div>
    </Figure>
  );
}

/** The first of the random planes from a seed on that shows one of its sides. */
function drawnFrom(seed: number): { Q: number[][]; seed: number } {
  const Q = qr(new Random(seed).normalMatrix(3, 2)).Q.toArray();
  const [q1, q2] = columnsOf(Q);
  return isSeenOpen(q1, q2) ? { Q, seed } : drawnFrom(seed + 1);
}

const columnsOf = (Q: number[][]): [Vector3, Vector3] =>
  [0, 1].map((j) => Q.map((row) => row[j]!) as unknown as Vector3) as [Vector3, Vector3];
const thousandths = (x: number): string => typeset(x.toFixed(3));
const column = (v: Vector3): number[][] => v.map((x) => [x]);
const vector = (A: Matrix): Vector3 => [A.at(0, 0), A.at(1, 0), A.at(2, 0)];
