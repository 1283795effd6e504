import {
  direction,
  EIGEN_FRAME,
  eigenFramePlane,
  eigenFrameShapes,
  imageReach,
  type EigenLine,
  type Figure as Picture,
  type Rows2,
  type Vector2,
} from "@eckart/views";
import { multiply } from "eckart";
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { formatMatrix } from "../../address/address.ts";
import { MatrixField, num, Slider, Toggle } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { Stage, type Handle } from "../../stage/Stage.tsx";
import { eigenAnswer, spectral, SYMMETRIC_PRESETS } from "./answers.ts";
import { SymmetricField, SymmetricPresets } from "./SymmetricField.tsx";

interface State {
  readonly A: Rows2;
  /** Whether the second mirrored entry follows the first. */
  readonly symmetric: boolean;
  /** Degrees of the first of the two directions that are chosen where every line is kept. */
  readonly chosen: number;
  readonly reach: number;
}

const START = SYMMETRIC_PRESETS[0]![1];

/** F6: the eigen-lines of a symmetric matrix stand at right angles, and those of others do not. */
export function RightAngles({ id }: { id: string }): VNode {
  const [state, set] = useState<State>({
    A: START,
    symmetric: true,
    chosen: 30,
    reach: imageReach(START),
  });
  const { A, symmetric, chosen, reach } = state;
  const [[a, b], [c, d]] = A;
  const take = (A: Rows2): void =>
    set((state) => ({ ...state, A, symmetric: A[0][1] === A[1][0], reach: imageReach(A) }));
  useAddress(id, (fields) => {
    const A = matrixField(fields.get("A"), 2, 2) as unknown as Rows2 | undefined;
    if (A) take(A);
  });
  const answer = useMemo(() => eigenAnswer(A), [A]);
  const lines = framed(A, answer.every, answer.lines, chosen);
  const [q1, q2] = lines.map(({ along }) => along) as [Vector2 | undefined, Vector2 | undefined];
  const product = q1 && q2 ? multiply([q1], [[q2[0]], [q2[1]]]).at(0, 0) : undefined;
  const square = product !== undefined && Math.abs(product) < 1e-12;
  const every = answer.every !== undefined;

  const plane = eigenFramePlane(reach);
  const shapes = eigenFrameShapes({ A, lines, chosen: every, square, reach });
  const title = "The eigenvectors of a symmetric matrix";
  const description = `S has the columns (${num(a)}, ${num(c)}) and (${num(b)}, ${num(d)}) and keeps ${answer.verdict}. ${product === undefined ? "" : `q₁ · q₂ = ${num(product, 3)}.`}`;
  const inside = ([x, y]: Vector2): Vector2 => {
    const kept = (t: number, limit: number): number => Math.round(Math.min(Math.max(t, -limit), limit) * 20) / 20 + 0;
    return [kept(x, 0.93 * reach), kept(y, 0.93 * reach)];
  };
  const column = (name: string, label: string, p: Vector2, to: (p: Vector2) => Rows2): Handle => ({
    id: name,
    label,
    value: `${num(p[0])}, ${num(p[1])}`,
    at: plane.place(p),
    mark: "symmetric",
    move: (at) => set((state) => ({ ...state, A: to(inside(plane.at(at))) })),
    nudge: (dx, dy, fine) => {
      const step = fine ? 0.05 : 0.25;
      set((state) => ({ ...state, A: to(inside([p[0] + step * dx, p[1] + step * dy])) }));
    },
    drop: () => set((state) => ({ ...state, reach: imageReach(state.A) })),
  });
  const handles = [
    column("s1", "first column of S", [a, c], ([p, q]) => [[p, symmetric ? q : b], [q, d]]), // oxfmt-ignore
    column("s2", "second column of S", [b, d], ([p, q]) => [[a, p], [symmetric ? p : c, q]]), // oxfmt-ignore
  ];
  return (
    <Figure
      id={id}
      island="rightAngles"
      fields={() => ({ A: formatMatrix(A) })}
      live={{
        dot: product === undefined ? "–" : num(product, 3),
        q11: q1 ? num(q1[0]) : "–",
        q12: q1 ? num(q1[1]) : "–",
        q21: q2 ? num(q2[0]) : "–",
        q22: q2 ? num(q2[1]) : "–",
      }}
      saved={{ picture: (): Picture => ({ ...EIGEN_FRAME, title, description, shapes }) }}
      caption={
        <Caption product={product} square={square} every={answer.every} values={answer.values} kind={answer.verdict} />
      }
    >
      <Stage
        id={`${id}-stage`}
        {...EIGEN_FRAME}
        title={title}
        description={description}
        shapes={shapes}
        handles={handles}
        crop
      />
      {every && (
        <Slider
          id={`${id}-chosen`}
          label="direction of q₁, a free choice"
          value={chosen}
          min={0}
          max={180}
          step={1}
          text={`${chosen}°`}
          mark="l1"
          onChange={(chosen) => set((state) => ({ ...state, chosen }))}
        />
      )}
      <div class="controls">
        {symmetric ? (
          <SymmetricField S={A} onChange={take} />
        ) : (
          <>
            <MatrixField
              name="S"
              mark="symmetric"
              rows={A}
              onChange={(rows) =>
                set((state) => {
                  const A = rows as unknown as Rows2;
                  return { ...state, A, reach: imageReach(A) };
                })
              }
            />
            <SymmetricPresets S={A} onChange={take} />
          </>
        )}
        <Toggle
          label="keep S symmetric"
          value={symmetric}
          onChange={
            (symmetric) =>
            set((state) => ({ ...state, symmetric, A: symmetric ? [[a, b], [b, d]] : state.A })) // oxfmt-ignore
          }
        />
      </div>
    </Figure>
  );
}

/** The directions that are drawn: those of Q for a symmetric matrix, chosen ones where every line is kept. */
function framed(
  A: Rows2,
  every: number | undefined,
  lines: readonly EigenLine[],
  chosen: number,
): readonly EigenLine[] {
  if (every !== undefined) {
    const angle = (chosen * Math.PI) / 180;
    return [angle, angle + Math.PI / 2].map((at, i) => ({ along: direction(at), value: every, index: i + 1 }));
  }
  if (A[0][1] !== A[1][0]) return lines;
  const { Q, values } = spectral(A);
  return values.map((value, i) => ({ along: [Q[0][i]!, Q[1][i]!], value, index: i + 1 }));
}

interface CaptionProps {
  readonly product: number | undefined;
  readonly square: boolean;
  readonly every: number | undefined;
  readonly values: string;
  readonly kind: string;
}

function Caption({ product, square, every, values, kind }: CaptionProps): VNode {
  if (product === undefined) {
    return (
      <>
        Without symmetry right angles are not to be counted on: this matrix keeps <strong>{kind}</strong>, with the
        eigenvalues <span class="num">{values}</span>.
      </>
    );
  }
  const dot = (
    <>
      <span data-mark="l1">q₁</span> · <span data-mark="l2">q₂</span> = <span class="num dot">{num(product, 3)}</span>
    </>
  );
  if (every !== undefined) {
    return (
      <>
        S multiplies everything by <span class="num">{num(every)}</span>, so any two directions at right angles may be
        q₁ and q₂; for these {dot}.
      </>
    );
  }
  return square ? (
    <>
      {dot}: the two lines stand at right angles, with the eigenvalues <span class="num">{values}</span>.
    </>
  ) : (
    <>
      {dot}: the mirrored entries differ, and the two lines no longer stand at right angles; the eigenvalues are{" "}
      <span class="num">{values}</span>.
    </>
  );
}
