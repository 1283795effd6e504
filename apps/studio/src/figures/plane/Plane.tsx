import { MAPPED_PLANE, mappedPlane, mappedPlaneFilm, type Rows2, type Vector2 } from "@eckart/views";
import { multiply } from "eckart";
import type { VNode } from "preact";
import { useMemo, useState } from "preact/hooks";
import { formatMatrix, parseNumber } from "../../address/address.ts";
import { Choice, MatrixField, short } from "../../controls/controls.tsx";
import { MatrixView } from "../../controls/MatrixView.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { matrixField, useAddress } from "../../figure/useAddress.ts";
import { pointHandle } from "../../stage/handles.ts";
import { Player } from "../../stage/Player.tsx";
import type { Handle } from "../../stage/Stage.tsx";

interface State {
  readonly A: Rows2;
  readonly v: Vector2;
  /** The columns of X. */
  readonly X: readonly Vector2[];
  readonly many: boolean;
}

const TITLE = "The plane under a matrix";
const REACH: Vector2 = [4.3, 3.1];

/** F1, the plane under a matrix: its columns, and one vector or several, are moved by hand. M1 is the same picture on its way. */
export function Plane({ id }: { id: string }): VNode {
  const [state, set] = useState<State>({
    A: [
      [2, 1],
      [0.5, 1.5],
    ],
    v: [-1, 2],
    X: [
      [1, 0],
      [0, 1],
      [-1, 2],
    ],
    many: false,
  });
  const { A, v, X, many } = state;
  const [[a, b], [c, d]] = A;
  const film = useMemo(() => {
    const images = X.map((x) => point(multiply(A, column(x)).toArray()));
    const description = many
        ? `The columns of X, ${points(X)}, go to the columns of AX, ${points(images)}.`
        : `The columns of A are ${points([[a, c], [b, d]])}. v = ${points([v])} goes to Av = ${points([point(multiply(A, column(v)).toArray())])}.`; // oxfmt-ignore
    return mappedPlaneFilm({ A, vectors: many ? X : [v], columns: !many }, TITLE, description);
  }, [A, v, X, many]);
  const { duration } = film;
  const [time, setTime] = useState(duration);
  /** What is changed by hand is seen where the map has arrived. */
  const change = (to: Partial<State>): void => {
    set((old) => ({ ...old, ...to }));
    setTime(duration);
  };
  useAddress(id, (fields) => {
    const A = matrixField(fields.get("A"), 2, 2) as unknown as Rows2 | undefined;
    const v = matrixField(fields.get("x"), 1, 2)?.[0] as unknown as Vector2 | undefined;
    const X = matrixField(fields.get("X"), 3, 2) as unknown as Vector2[] | undefined;
    set((old) => ({ A: A ?? old.A, v: v ?? old.v, X: X ?? old.X, many: X !== undefined }));
    setTime(parseNumber(fields.get("t"), 0, duration) ?? duration);
  });

  const handle = (name: string, label: string, p: Vector2, mark: string, to: (p: Vector2) => Partial<State>): Handle =>
    pointHandle({ plane: mappedPlane, id: name, label, p, mark, reach: REACH, move: (q) => change(to(q)) });
  const handles = many
    ? X.map((x, i) =>
        handle(`x${i + 1}`, `column ${i + 1} of X`, x, "v", (p) => ({ X: X.map((old, k) => (k === i ? p : old)) })),
      )
    : [
        ...(time === duration
          ? [
              handle("a1", "first column of A", [a, c], "a1", ([p, q]) => ({ A: [[p, b], [q, d]] })), // oxfmt-ignore
              handle("a2", "second column of A", [b, d], "a2", ([p, q]) => ({ A: [[a, p], [c, q]] })), // oxfmt-ignore
            ]
          : []),
        handle("v", "vector v", v, "v", (p) => ({ v: p })),
      ];
  const rowsOfX = [X.map(([x]) => x), X.map(([, y]) => y)];
  const AX = multiply(A, rowsOfX).toArray();
  const [[x], [y]] = multiply(A, column(v)).toArray() as [[number], [number]];
  return (
    <Figure
      id={id}
      island="plane"
      fields={() => ({
        A: formatMatrix(A),
        ...(many ? { X: formatMatrix(X) } : { x: formatMatrix([v]) }),
        ...(time < duration && { t: time.toFixed(2) }),
      })}
      live={{
        ...{ a: short(a), b: short(b), c: short(c), d: short(d) },
        ...{ v1: short(v[0]), v2: short(v[1]), x: short(x), y: short(y) },
      }}
      saved={{
        picture: () => ({ ...MAPPED_PLANE, title: TITLE, description: film.description, shapes: film.at(time) }),
        film: () => film,
      }}
      caption={
        many ? (
          <>
            One product moves all columns of <span data-mark="v">X</span> at once, to{" "}
            <span class="num">
              {points([
                [AX[0]![0]!, AX[1]![0]!],
                [AX[0]![1]!, AX[1]![1]!],
                [AX[0]![2]!, AX[1]![2]!],
              ])}
            </span>
            : the columns of <span data-mark="Av">AX</span>.
          </>
        ) : (
          <>
            <span data-mark="v">v</span> = <span class="num">{points([v])}</span> goes to <span data-mark="Av">Av</span>{" "}
            = <span class="num">{points([[x, y]])}</span>, and the columns of A are where{" "}
            <span class="num">(1, 0)</span> and <span class="num">(0, 1)</span> go.
          </>
        )
      }
    >
      <Player id={`${id}-stage`} film={film} time={time} onTime={setTime} handles={handles} crop />
      <div class="controls">
        <MatrixField name="A" mark="A" rows={A} onChange={(rows) => change({ A: rows as unknown as Rows2 })} />
        {many ? (
          <>
            <MatrixField
              name="X"
              mark="v"
              rows={rowsOfX}
              onChange={([xs, ys]) => change({ X: xs!.map((x, i): Vector2 => [x, ys![i]!]) })}
            />
            <div class="equation">
              <span class="matrix-name">AX =</span>
              <MatrixView label="the product AX" rows={AX} mark="Av" />
            </div>
          </>
        ) : (
          <MatrixField
            name="v"
            mark="v"
            rows={column(v)}
            onChange={(rows) => change({ v: [rows[0]![0]!, rows[1]![0]!] })}
          />
        )}
        <Choice
          id={`${id}-many`}
          label="Show"
          value={many ? "many" : "one"}
          options={[
            ["one", "one vector"],
            ["many", "many vectors"],
          ]}
          onChange={(mode) => change({ many: mode === "many" })}
        />
      </div>
    </Figure>
  );
}

const column = ([x, y]: Vector2): number[][] => [[x], [y]];
const point = (rows: number[][]): Vector2 => [rows[0]![0]!, rows[1]![0]!];
const points = (vectors: readonly Vector2[]): string =>
  vectors.map(([x, y]) => `(${short(x)}, ${short(y)})`).join(", ");
