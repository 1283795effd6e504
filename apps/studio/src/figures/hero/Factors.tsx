import { SVD_CHAPTERS } from "@eckart/views";
import type { RotateScaleRotate } from "eckart";
import type { VNode } from "preact";
import { num } from "../../controls/controls.tsx";

interface Props {
  readonly id: string;
  readonly map: RotateScaleRotate;
  readonly time: number;
  readonly onTime: (seconds: number) => void;
}

/** U, Σ and Vᵀ as boxes drawn to scale, a cell a number; their names are buttons that show what each does. */
export function Factors({ id, map, time, onTime }: Props): VNode {
  const [m, n] = [map.U.rows, map.V.rows];
  const [first, scale, last] = SVD_CHAPTERS;
  const current = time <= 0 ? "" : time <= first ? "V" : time <= scale ? "S" : "U";
  const sigma = Array.from({ length: m }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? (map.s[i] ?? 0) : 0)),
  );
  const box = (
    letter: "U" | "S" | "V",
    name: VNode,
    spoken: string,
    rows: readonly (readonly number[])[],
    markOf: (i: number, j: number) => string | undefined,
    at: number,
  ): VNode => (
    <div class={letter === current ? "factor current" : "factor"}>
      <button
        type="button"
        data-mark={letter}
        title={`Show ${spoken}`}
        aria-pressed={letter === current}
        onClick={() => onTime(at)}
      >
        {name}
      </button>
      <div
        class="cells brackets"
        role="img"
        aria-label={`${spoken}, ${rows.length} by ${rows[0]!.length}: ${rows.map((row) => row.map((x) => num(x, 3)).join(", ")).join("; ")}`}
        style={{ gridTemplateColumns: `repeat(${rows[0]!.length}, var(--cell))` }}
        id={`${id}-${letter}`}
      >
        {rows.flatMap((row, i) =>
          row.map((x, j) => (
            <span key={`${i} ${j}`} data-mark={markOf(i, j)} class={markOf(i, j) ? "num" : "num empty"}>
              {entry(x)}
            </span>
          )),
        )}
      </div>
      <span class="size">
        {letter === "S" ? "stretch" : "turn"}, {rows.length} × {rows[0]!.length}
      </span>
    </div>
  );
  const k = map.s.length;
  return (
    <div class={m + 2 * n > 6 ? "factors narrow" : "factors"} role="group" aria-label="The factors of A">
      <span class="equals" aria-hidden="true">
        =
      </span>
      {box("U", <i>U</i>, "U, the second turn", map.U.toArray(), (_, j) => `u${j + 1}`, last)}
      {box(
        "S",
        <span>Σ</span>,
        "Sigma, the stretch",
        sigma,
        (i, j) => (i === j && i < k ? `s${i + 1}` : undefined),
        scale,
      )}
      {box(
        "V",
        <span>
          <i>V</i>ᵀ
        </span>,
        "V transposed, the first turn",
        map.V.T.toArray(),
        (i) => `v${i + 1}`,
        first,
      )}
    </div>
  );
}

/** At most two decimals in a cell, fewer where they are all there is. */
function entry(x: number): string {
  if (Math.abs(x) >= 100) return num(x, 3);
  const rounded = Math.round(x * 100) / 100 + 0;
  return (Math.abs(x - rounded) < 1e-12 ? String(rounded) : x.toFixed(2)).replace("-", "−");
}
