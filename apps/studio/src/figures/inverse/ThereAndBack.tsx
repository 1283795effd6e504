import { MAPPED_PLANE, mappedPlane, thereAndBack, type Rows2, type Vector2 } from "@eckart/views";
import { det, inv, multiply, norm, nullSpace, orth, rank } from "eckart";
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { formatMatrix, parseNumber } from "../../address/address.ts";
import { Choice, MatrixField, short } from "../../controls/controls.tsx";
import { MatrixView } from "../../controls/MatrixView.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { pointHandle } from "../../stage/handles.ts";
import { Player } from "../../stage/Player.tsx";

interface State {
  readonly M: Rows2;
  readonly x: Vector2;
}

const TITLE = "There and back";
const PRESETS: Readonly<Record<string, Rows2>> = {
  example: [
    [1, 1],
    [1, 2],
  ],
  near: [
    [1, 1.9],
    [0.5, 1],
  ],
  singular: [
    [1, 2],
    [0.5, 1],
  ],
};

/** M2: M and then its inverse. Where the columns lie on one line there is no way back, and the picture shows why. */
export function ThereAndBack({ id }: { id: string }): VNode {
  const [{ M, x }, set] = useState<State>({ M: PRESETS.example!, x: [-1, 1.5] });
  const [[a, b], [c, d]] = M;
  const way = useMemo(() => wayBack(M), [M]);
  const { N, rankOfM, line, lost } = way;
  const film = useMemo(
    () =>
      thereAndBack(
        { M, x, ...(N && { inverse: N }), ...(line && { columnLine: line }), ...(lost && { lost }) },
        TITLE,
        N
          ? `The columns of M are (${short(a)}, ${short(c)}) and (${short(b)}, ${short(d)}); M⁻¹ takes them back to (1, 0) and (0, 1).`
          : `M has rank ${rankOfM}: its columns (${short(a)}, ${short(c)}) and (${short(b)}, ${short(d)}) lie on one line, and nothing leads back.`,
      ),
    [M, x],
  );
  const there = film.chapters[0]!.end;
  const [time, setTime] = useState(there);
  const change = (to: Partial<State>): void => {
    set((old) => ({ ...old, ...to }));
    setTime(there);
  };
  useAddress(id, (fields) => {
    const M = matrixField(fields.get("A"), 2, 2) as unknown as Rows2 | undefined;
    const x = matrixField(fields.get("x"), 1, 2)?.[0] as unknown as Vector2 | undefined;
    set((old) => ({ M: M ?? old.M, x: x ?? old.x }));
    setTime(parseNumber(fields.get("t"), 0, 10) ?? there);
  });
  const now = Math.min(time, film.duration);
  const handle = (name: string, label: string, p: Vector2, to: (p: Vector2) => Partial<State>, other?: Vector2) =>
    pointHandle({
      plane: mappedPlane,
      id: name,
      label,
      p,
      mark: name,
      reach: [4.3, 3.1],
      move: (q) => change(to(q)),
      ...(other && { caught: (q: Vector2) => onLine(q, other) }),
    });
  const handles = [
    ...(now === there
      ? [
          handle("m1", "first column of M", [a, c], ([p, q]) => ({ M: [[p, b], [q, d]] }), [b, d]), // oxfmt-ignore
          handle("m2", "second column of M", [b, d], ([p, q]) => ({ M: [[a, p], [c, q]] }), [a, c]), // oxfmt-ignore
        ]
      : []),
    handle("x", "vector x", x, (p) => ({ x: p })),
  ];
  const preset = Object.keys(PRESETS).find((name) => formatMatrix(PRESETS[name]!) === formatMatrix(M));
  return (
    <Figure
      id={id}
      island="thereAndBack"
      fields={() => ({ A: formatMatrix(M), x: formatMatrix([x]), t: now.toFixed(2) })}
      live={{ a: short(a), b: short(b), c: short(c), d: short(d), det: short(det(M)) }}
      saved={{
        picture: () => ({ ...MAPPED_PLANE, title: TITLE, description: film.description, shapes: film.at(now) }),
        film: () => film,
      }}
      caption={
        N ? (
          <>
            M multiplies areas by <span class="num">{short(Math.abs(det(M)))}</span>, so M⁻¹ divides them by it: a
            return exists as long as that is not <span class="num">0</span>.
          </>
        ) : (
          <>
            M has rank <span class="num">{rankOfM}</span>: all of the plane lands on{" "}
            {rankOfM === 1 ? "the line of its columns" : "one point"}
            {", x and x′ on the same place, and no matrix can send one point back to two."}
          </>
        )
      }
    >
      <Player id={`${id}-stage`} film={film} time={now} onTime={setTime} handles={handles} crop />
      <div class="controls">
        <MatrixField name="M" mark="M" rows={M} onChange={(rows) => change({ M: rows as unknown as Rows2 })} />
        <Choice
          id={`${id}-preset`}
          label="Columns"
          value={preset}
          options={[
            ["example", "the example"],
            ["near", "nearly on one line"],
            ["singular", "on one line"],
          ]}
          onChange={(name) => change({ M: PRESETS[name]! })}
        />
      </div>
      <div class="products" aria-live="polite">
        {N ? (
          <>
            <Product left={["M", M]} right={["M⁻¹", N]} />
            <Product left={["M⁻¹", N]} right={["M", M]} />
          </>
        ) : (
          <p class="verdict">
            There is no M⁻¹. Rank <span class="num">{rankOfM}</span> where <span class="num">2</span> is needed
            {lost && (
              <>
                ; <span class="num">{`(${short(lost[0])}, ${short(lost[1])})`}</span> goes to{" "}
                <span class="num">(0, 0)</span>
              </>
            )}
            .
          </p>
        )}
      </div>
    </Figure>
  );
}

function Product({ left, right }: Record<"left" | "right", readonly [name: string, rows: Rows2]>): VNode {
  const name = left[0] + right[0];
  return (
    <div class="product">
      <p class="product-name">
        <i>{name}</i>
      </p>
      <div class="equation">
        <MatrixView label={left[0]} rows={left[1]} mark={left[0]} />
        <MatrixView label={right[0]} rows={right[1]} mark={right[0]} />
        <div class="equation">
          <span class="sign">=</span>
          <MatrixView label={`the product ${name}`} rows={multiply(left[1], right[1]).toArray()} mark="I" />
        </div>
      </div>
    </div>
  );
}

interface WayBack {
  readonly N?: Rows2;
  readonly rankOfM: number;
  readonly line?: Vector2;
  readonly lost?: Vector2;
}

/** The inverse of M, or, where the rank says that there is none, the line of its columns and a direction that it loses. */
function wayBack(M: Rows2): WayBack {
  const rankOfM = rank(M);
  if (rankOfM === 2) return { N: inv(M).toArray() as unknown as Rows2, rankOfM };
  if (rankOfM === 0) return { rankOfM, lost: [1, 0] };
  const vector = (A: ReturnType<typeof orth>): Vector2 => {
    const largest = norm(A, "max");
    return [A.at(0, 0) / largest, A.at(1, 0) / largest];
  };
  return { rankOfM, line: vector(orth(M)), lost: vector(nullSpace(M)) };
}

/** Near the line through another column a dragged one catches on it. */
function onLine(p: Vector2, [x, y]: Vector2): Vector2 {
  const length = Math.hypot(x, y);
  if (length < 0.3 || Math.abs(p[0] * y - p[1] * x) > 0.09 * length) return p;
  const along = Math.round(((p[0] * x + p[1] * y) / (length * length)) * 20) / 20;
  return along === 0 ? p : [along * x, along * y];
}
