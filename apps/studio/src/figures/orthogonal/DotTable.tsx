import type { VNode } from "preact";
import { short } from "../../controls/controls.tsx";

export interface DotTableProps {
  /** The matrix whose columns are multiplied with each other. */
  readonly M: readonly (readonly number[])[];
  /** How its columns are called. */
  readonly names: readonly string[];
  /** How the table is called: "OᵀO". */
  readonly title: string;
  /** What the factors are in the matrix that is talked about. */
  readonly kind: "column" | "row";
  /** All the dot products. */
  readonly table: readonly (readonly number[])[];
  readonly picked: readonly [number, number];
  readonly onPick: (i: number, j: number) => void;
}

/** The dot products of the columns of a matrix as a table of buttons; the one that is looked at is written out below it. */
export function DotTable({ M, names, title, kind, table, picked, onPick }: DotTableProps): VNode {
  const [i, j] = picked;
  const terms = M.map((row) => `${factor(row[i]!)}·${factor(row[j]!)}`).join(" + ");
  return (
    <div class="dots">
      <table>
        <caption class="hidden-text">
          Dot products of the {kind}s, {title}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <i>{title}</i>
            </th>
            {names.map((name, k) => (
              <th key={name} scope="col" class={k === j ? "on" : ""}>
                <i>{name}</i>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.map((row, r) => (
            <tr key={names[r]}>
              <th scope="row" class={r === i ? "on" : ""}>
                <i>{names[r]}</i>
              </th>
              {row.map((value, k) => (
                <td key={names[k]}>
                  <button
                    type="button"
                    class="entry num"
                    aria-pressed={r === i && k === j}
                    aria-label={`${names[r]} times ${names[k]}: ${short(value)}`}
                    onClick={() => onPick(r, k)}
                  >
                    {short(value)}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="written" aria-live="polite">
        <i>
          {names[i]} · {names[j]}
        </i>{" "}
        = <span class="num">{terms}</span> = <span class="num">{short(table[i]![j]!)}</span>
      </p>
    </div>
  );
}

/** A factor as it is written in a product: negative numbers in brackets. */
const factor = (x: number): string => (x < 0 ? `(${short(x)})` : short(x));
