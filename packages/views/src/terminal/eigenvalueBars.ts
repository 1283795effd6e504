import { column } from "../numerals.ts";
import type { Line } from "./line.ts";

/** What the chart of eigenvalues takes. */
export interface EigenvalueBarsOptions {
  /** The eigenvalues, in the order they are to be shown. */
  readonly w: ArrayLike<number>;
  /** Columns of the terminal, 80 by default. */
  readonly columns?: number;
  /** Block characters (default), or ASCII. */
  readonly unicode?: boolean;
  /** The most values shown, 24 by default; of longer lists the ends. */
  readonly limit?: number;
  /** Significant figures of the largest magnitude, 6 by default. */
  readonly digits?: number;
}

/**
 * Eigenvalues as lines of text, one a value: index, value, and a bar from the zero line, to the right for positive
 * values and to the left for negative ones, in proportion.
 *
 * @throws RangeError where a value is not finite.
 */
export function eigenvalueBars(options: EigenvalueBarsOptions): Line[] {
  const { columns = 80, unicode = true, limit = 24, digits = 6 } = options;
  const w = Array.from(options.w);
  const bad = w.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) throw new RangeError(`eigenvalueBars: expected w[${bad}] finite, got ${w[bad]}`);
  if (w.length === 0) return [[{ text: "no eigenvalues: the matrix is empty", role: "muted" }]];
  const half = Math.max(4, limit) >> 1;
  const shown = w.map((_, i) => i).filter((i) => w.length <= limit || i < half || i >= w.length - half);
  const numbers = column(
    shown.map((i) => w[i]!),
    digits,
  );
  const numberWidth = Math.max(...numbers.map((text) => text.length));
  const indexWidth = String(w.length).length;
  const room = Math.max(8, columns - indexWidth - numberWidth - 5);

  const most = Math.max(0, ...w);
  const least = Math.min(0, ...w);
  const span = most - least || 1;
  const left = Math.round((-least / span) * room);
  const full = unicode ? "█" : "#";
  const axis = unicode ? "│" : "|";
  const bar = (x: number): string => full.repeat(Math.round((Math.abs(x) / span) * room));

  const lines: Line[] = [
    [
      { text: "k".padStart(indexWidth) + "  ", role: "muted" },
      { text: (unicode ? "λ" : "w").padStart(numberWidth), role: "lambda" },
    ],
  ];
  shown.forEach((i, at) => {
    if (at > 0 && shown[at - 1] !== i - 1)
      lines.push([{ text: (unicode ? "⋮" : ":").padStart(indexWidth), role: "muted" }]);
    const x = w[i]!;
    const negative = x < 0 ? bar(x).slice(0, left) : "";
    lines.push([
      { text: `${String(i + 1).padStart(indexWidth)}  `, role: "muted" },
      { text: `${numbers[at]!.padStart(numberWidth)}  `, role: "ink" },
      { text: negative.padStart(left), role: "reversed" },
      { text: axis, role: "grid" },
      { text: x > 0 ? bar(x) : "", role: "lambda" },
    ]);
  });
  return lines;
}
