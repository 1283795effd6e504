import { eigvalsh, leftGram, multiply, norm, rank, rightGram, svdvals, type Matrix } from "eckart";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix, parseMatrix } from "../../address/address.ts";
import { Choice, MatrixField, num, short } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { useAddress } from "../../figure/useAddress.ts";

const PRESETS = {
  tall: [
    [3, 0],
    [4, 5],
    [0, 2],
  ],
  wide: [
    [3, 2, 2],
    [2, 3, -2],
  ],
  invertible: [
    [3, 0],
    [4, 5],
  ],
  singular: [
    [1, 2],
    [2, 4],
  ],
  symmetric: [
    [1, 2],
    [2, 1],
  ],
} as const;

type Preset = keyof typeof PRESETS;

/** A cell of AAᵀ, the dot product of two rows of A, or of AᵀA, of two columns. */
interface Cell {
  readonly of: "left" | "right";
  readonly i: number;
  readonly j: number;
}

/** F7, the two Gram matrices beside A: every cell is a dot product, and both have the same eigenvalues but for zeros. */
export function Gram({ id }: { id: string }): VNode {
  const [A, set] = useState<readonly (readonly number[])[]>(PRESETS.tall);
  const [x, setX] = useState<readonly number[]>([1, -1]);
  const [touched, touch] = useState<Cell | undefined>(undefined);
  const [m, n] = [A.length, A[0]!.length];
  const take = (rows: readonly (readonly number[])[]): void => {
    set(rows);
    touch(undefined);
    setX((old) => Array.from(rows[0]!, (_, i) => old[i] ?? 1));
  };
  useAddress(id, (fields) => {
    const rows = parseMatrix(fields.get("A"), { maxRows: 3, maxCols: 3, maxEntry: 100 });
    if (rows && rows.length >= 2 && rows[0]!.length >= 2) take(rows);
  });
  const [left, right] = [leftGram(A), rightGram(A)];
  const spectra = [left, right].map((S) => eigvalsh(S).reverse());
  const s = svdvals(A);
  const r = rank(A);
  const value = (all: Float64Array | Float32Array, i: number): string =>
    i >= all.length ? "" : i >= r ? "0" : num(all[i]!, 6);
  const Ax = multiply(
    A,
    x.map((one) => [one]),
  );
  const inner = multiply(multiply([[...x]], right), x.map((one) => [one])).at(0, 0); // oxfmt-ignore
  const lit = (i: number, j: number): boolean =>
    touched !== undefined &&
    (touched.of === "left" ? i === touched.i || i === touched.j : j === touched.i || j === touched.j);
  const preset = (Object.keys(PRESETS) as Preset[]).find((name) => formatMatrix(PRESETS[name]) === formatMatrix(A));
  return (
    <Figure
      id={id}
      island="gram"
      span="page"
      fields={() => ({ A: formatMatrix(A) })}
      live={{ m: String(m), n: String(n), inner: num(inner) }}
      caption={
        <>
          {touched ? (
            <Product cell={touched} A={A} gram={touched.of === "left" ? left : right} />
          ) : (
            <>Touch a cell of a Gram matrix to see the two rows or columns that it multiplies.</>
          )}{" "}
          The rank of A is <span class="num">{String(r)}</span>, and so many eigenvalues of either are not zero.
        </>
      }
    >
      <div class="controls">
        <Choice
          id={`${id}-preset`}
          label="A is"
          value={preset}
          options={(Object.keys(PRESETS) as Preset[]).map((name) => [name, name] as const)}
          onChange={(name) => take(PRESETS[name])}
        />
      </div>
      <div class="grams">
        <div class="gram-input">
          <MatrixField name="A" mark="A" rows={A} onChange={set} lit={lit} />
          <p class="shape">{`${m} × ${n}`}</p>
        </div>
        <GramTable name="AAᵀ" of="left" gram={left} role="u" touched={touched} touch={touch} />
        <GramTable name="AᵀA" of="right" gram={right} role="v" touched={touched} touch={touch} />
      </div>
      <div class="scroll">
        <table class="spectra">
          <caption class="hidden-text">Eigenvalues of both Gram matrices and squares of the singular values</caption>
          <thead>
            <tr>
              <th scope="col">i</th>
              <th scope="col" class="u">
                λ of AAᵀ
              </th>
              <th scope="col" class="v">
                λ of AᵀA
              </th>
              <th scope="col" class="sigma">
                σ²
              </th>
              <th scope="col" class="sigma">
                σ
              </th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: Math.max(m, n) }, (_, i) => (
              <tr key={i}>
                <th scope="row">{String(i + 1)}</th>
                <td>{value(spectra[0]!, i)}</td>
                <td>{value(spectra[1]!, i)}</td>
                <td>{i < s.length ? (i < r ? num(s[i]! ** 2, 6) : "0") : ""}</td>
                <td>{i < s.length ? (i < r ? num(s[i]!, 6) : "0") : ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="controls">
        <MatrixField name="x" rows={x.map((one) => [one])} onChange={(rows) => setX(rows.map(([one]) => one!))} />
        <p class="num never-negative">
          xᵀAᵀAx = <span>{num(inner)}</span> = ‖Ax‖² = <span>{num(norm(Ax))}</span>²
        </p>
      </div>
    </Figure>
  );
}

interface GramTableProps {
  readonly name: string;
  readonly of: Cell["of"];
  readonly gram: Matrix;
  readonly role: "u" | "v";
  readonly touched: Cell | undefined;
  readonly touch: (cell: Cell | undefined) => void;
}

function GramTable({ name, of, gram, role, touched, touch }: GramTableProps): VNode {
  const what = of === "left" ? "row" : "column";
  return (
    <div class="gram" role="group" aria-label={`${name}, ${gram.rows} × ${gram.cols}`}>
      <div class="matrix-field">
        <span class={`matrix-name ${role}`} aria-hidden="true">
          {name} =
        </span>
        <div class="brackets" style={{ gridTemplateColumns: `repeat(${gram.cols}, auto)` }}>
          {gram.toArray().flatMap((row, i) =>
            row.map((entry, j) => {
              const isTouched = touched?.of === of && touched.i === i && touched.j === j;
              return (
                <button
                  key={`${i} ${j}`}
                  type="button"
                  class={isTouched ? "gram-cell on" : "gram-cell"}
                  aria-pressed={isTouched}
                  aria-label={`${name}, row ${i + 1}, column ${j + 1}: ${short(entry)}, ${what} ${i + 1} times ${what} ${j + 1} of A`}
                  onPointerEnter={() => touch({ of, i, j })}
                  onFocus={() => touch({ of, i, j })}
                  onClick={() => touch({ of, i, j })}
                >
                  {short(entry)}
                </button>
              );
            }),
          )}
        </div>
      </div>
      <p class="shape">{`${gram.rows} × ${gram.cols}`}</p>
    </div>
  );
}

/** A dot product written out. */
function Product({
  cell: { of, i, j },
  A,
  gram,
}: {
  cell: Cell;
  A: readonly (readonly number[])[];
  gram: Matrix;
}): VNode {
  const vector = (k: number): readonly number[] => (of === "left" ? A[k]! : A.map((row) => row[k]!));
  const bracketed = (value: number): string => (value < 0 ? `(${short(value)})` : short(value));
  const terms = vector(i).map((a, k) => `${bracketed(a)}·${bracketed(vector(j)[k]!)}`);
  const what = of === "left" ? "Row" : "Column";
  return (
    <>
      {`${what} ${i + 1} · ${what.toLowerCase()} ${j + 1} = `}
      <span class="num">{`${terms.join(" + ")} = ${short(gram.at(i, j))}`}</span>.
    </>
  );
}
