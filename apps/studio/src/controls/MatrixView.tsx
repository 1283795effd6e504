import type { VNode } from "preact";
import { short } from "./controls.tsx";

export interface MatrixViewProps {
  /** What it is, for readers who hear it: "the product MM⁻¹". */
  readonly label: string;
  readonly rows: readonly (readonly number[])[];
  readonly mark?: string;
  /** How an entry is written, in at most four significant figures unless told. */
  readonly write?: (x: number) => string;
  /** Which entries stand out. */
  readonly lit?: (i: number, j: number) => boolean;
  /** Makes every entry a button. */
  readonly onPick?: (i: number, j: number) => void;
}

/** A matrix between brackets, to be read; its entries may be buttons. */
export function MatrixView({ label, rows, mark, write = short, lit, onPick }: MatrixViewProps): VNode {
  return (
    <div class="matrix-view" role="group" aria-label={label} data-mark={mark}>
      <div class="brackets" style={{ gridTemplateColumns: `repeat(${rows[0]?.length ?? 0}, auto)` }}>
        {rows.flatMap((row, i) =>
          row.map((entry, j) => {
            const on = lit?.(i, j) ?? false;
            const key = `${i} ${j}`;
            const look = on ? "entry num on" : "entry num";
            return onPick ? (
              <button
                key={key}
                type="button"
                class={look}
                aria-pressed={on}
                aria-label={`row ${i + 1}, column ${j + 1}: ${write(entry)}`}
                onClick={() => onPick(i, j)}
              >
                {write(entry)}
              </button>
            ) : (
              <span key={key} class={look}>
                {write(entry)}
              </span>
            );
          }),
        )}
      </div>
    </div>
  );
}
