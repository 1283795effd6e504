import { accuracy, eigh, isSymmetric, Matrix } from "eckart";
import { typeset } from "@eckart/views";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatMatrix, parseMatrix } from "../../address/address.ts";
import { Choice, MatrixField, num } from "../../controls/controls.tsx";
import { Figure } from "../../figure/Figure.tsx";
import { useAddress } from "../../figure/useAddress.ts";

const PRESETS = {
  "one negative": [
    [1, 2],
    [2, 1],
  ],
  "none negative": [
    [4, 2],
    [2, 3],
  ],
  "three rows": [
    [1, 7, 3],
    [7, 4, 5],
    [3, 5, 6],
  ],
} as const;

type Preset = keyof typeof PRESETS;

/** Both decompositions of one symmetric matrix: what the SVD does with the signs of the eigenvalues. */
export function Compare({ id }: { id: string }): VNode {
  const [S, set] = useState<readonly (readonly number[])[]>(PRESETS["one negative"]);
  useAddress(id, (fields) => {
    const rows = parseMatrix(fields.get("S"), { maxRows: 3, maxCols: 3, maxEntry: 100 });
    if (rows && rows.length === rows[0]!.length && rows.length > 1 && isSymmetric(rows)) set(rows);
  });
  const n = S.length;
  const { w, V: Q } = eigh(S);
  const order = [...w.keys()].sort((i, j) => Math.abs(w[j]!) - Math.abs(w[i]!));
  const vector = (k: number, sign = 1): number[] => Array.from({ length: n }, (_, i) => sign * Q.at(i, k));
  const sign = (k: number): number => (w[k]! < 0 ? -1 : 1);
  const s = Float64Array.from(order, (k) => Math.abs(w[k]!));
  const U = Matrix.from(order.map((k) => vector(k, sign(k)))).T;
  const Vt = Matrix.from(order.map((k) => vector(k)));
  const gap = accuracy(S, { U, s, Vt }).backward;
  /** The twin of a changed entry follows. */
  const mirror = (rows: number[][]): void =>
    set(rows.map((row, i) => row.map((x, j) => (x === S[i]![j] ? rows[j]![i]! : x))));
  const preset = (Object.keys(PRESETS) as Preset[]).find((name) => formatMatrix(PRESETS[name]) === formatMatrix(S));
  const negative = order.filter((k) => w[k]! < 0).length;
  return (
    <Figure
      id={id}
      island="compare"
      fields={() => ({ S: formatMatrix(S) })}
      caption={
        <>
          {negative === 0
            ? "No eigenvalue is negative: here the two decompositions are one."
            : `${negative === 1 ? "One eigenvalue is" : `${negative} eigenvalues are`} negative, and the sign has gone into U.`}{" "}
          UΣVᵀ from the eigenvectors is S again, up to <span class="num">{gap === 0 ? "0" : num(gap, 2)}</span> of its
          norm.
        </>
      }
    >
      <div class="controls">
        <Choice
          id={`${id}-preset`}
          label="Eigenvalues"
          value={preset}
          options={(Object.keys(PRESETS) as Preset[]).map((name) => [name, name] as const)}
          onChange={(name) => set(PRESETS[name])}
        />
        <MatrixField name="S" rows={S} onChange={mirror} />
      </div>
      <div class="scroll">
        <table class="compare">
          <caption class="hidden-text">Eigenvalues and singular values of S side by side</caption>
          <thead>
            <tr>
              <th scope="col">i</th>
              <th scope="col" class="lambda">
                λ
              </th>
              <th scope="col" class="lambda">
                q
              </th>
              <th scope="col" class="sigma">
                σ = |λ|
              </th>
              <th scope="col" class="v">
                v = q
              </th>
              <th scope="col">sign</th>
              <th scope="col" class="u">
                u = ±q
              </th>
            </tr>
          </thead>
          <tbody>
            {order.map((k, i) => (
              <tr key={k}>
                <th scope="row">{String(i + 1)}</th>
                <td>{num(w[k]!, 5)}</td>
                <td>{listed(vector(k))}</td>
                <td>{num(s[i]!, 5)}</td>
                <td>{listed(vector(k))}</td>
                <td class={w[k]! < 0 ? "reversed" : undefined}>{w[k]! < 0 ? "−" : "+"}</td>
                <td class={w[k]! < 0 ? "reversed" : undefined}>{listed(vector(k, sign(k)))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Figure>
  );
}

const listed = (v: readonly number[]): string => `(${v.map((x) => typeset((x + 0).toFixed(3))).join(", ")})`;
