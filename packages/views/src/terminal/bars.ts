import { column, percent, significant } from "../numerals.ts";
import type { Span, Line } from "./line.ts";
import { readSpectrum, spansDecades, type SpectrumData, type SpectrumInput } from "../spectrumData.ts";

/** What the bar chart takes besides the values. */
export interface SpectrumBarsOptions extends SpectrumInput {
  /** The scale of the bars: "auto" is logarithmic where the values that count span more than three decades. */
  readonly scale?: "auto" | "linear" | "log";
  /** Columns of the terminal, 80 by default; lines are never longer. */
  readonly columns?: number;
  /** Block characters in eighths of a cell (default), or ASCII. */
  readonly unicode?: boolean;
  /** The most values shown, 24 by default; of longer spectra the ends and the edge of the rank. */
  readonly limit?: number;
  /** Significant figures of the largest value, 6 by default. */
  readonly digits?: number;
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * The spectrum as lines of text, one a value: index, value, a bar, and the energy kept up to there. Bars are
 * proportional to the values, or to their logarithms (said in the heading) where those that count span more than
 * three decades. A value that counts as zero has no bar.
 *
 * @throws RangeError where `s` is not finite, negative or not descending.
 */
export function spectrumBars(options: SpectrumBarsOptions): Line[] {
  const { columns = 80, unicode = true, limit = 24, digits = 6, scale = "auto" } = options;
  const data = readSpectrum("spectrumBars", options);
  if (data.s.length === 0) return [[{ text: "no singular values: the matrix is empty", role: "muted" }]];
  const rows = choose(data, limit);
  const shown = rows.filter((k) => k !== null);
  const numbers = new Map(numerals(data, shown, digits).map((text, i) => [shown[i]!, text]));
  const indexWidth = String(shown.at(-1)).length;
  const numberWidth = Math.max(...[...numbers.values()].map((text) => text.length));
  const fixed = indexWidth + 2 + numberWidth + 2;
  const withEnergy = columns - fixed >= 24;
  const room = Math.max(4, columns - fixed - (withEnergy ? 10 : 0));
  const log = data.rank > 0 && (scale === "log" || (scale === "auto" && spansDecades(data.s.slice(0, data.rank))));
  const length = barLength(data, log, room);

  const heading: Span[] = [
    { text: "k".padStart(indexWidth) + "  ", role: "muted" },
    { text: (unicode ? "σ" : "s").padStart(numberWidth) + "  ", role: "sigma" },
    { text: (log ? "log scale" : "").slice(0, room).padEnd(withEnergy ? room : 0), role: "muted" },
    ...(withEnergy ? [{ text: "energy".padStart(10), role: "muted" } as const] : []),
  ];
  const body = rows.map((k): Line => {
    if (k === null) return [{ text: `${(unicode ? "⋮" : ":").padStart(indexWidth)}`, role: "muted" }];
    const counts = k <= data.rank;
    const bar = counts ? drawBar(length(data.s[k - 1]!), unicode) : "";
    return [
      { text: `${String(k).padStart(indexWidth)}  `, role: "muted" },
      { text: `${numbers.get(k)!.padStart(numberWidth)}  `, role: counts ? "ink" : "muted" },
      { text: bar, role: "sigma" },
      ...(withEnergy
        ? [
            {
              text: percent(data.energy[k - 1]!).padStart(room - bar.length + 10),
              role: counts ? "ink" : "muted",
            } as const,
          ]
        : []),
    ];
  });
  return [heading, ...body];
}

/** The indices to show, null for a gap: everything, or both ends and the two values at the edge of the rank. */
function choose({ s, rank }: SpectrumData, limit: number): (number | null)[] {
  const n = s.length;
  if (n <= Math.max(limit, 8)) return s.map((_, i) => i + 1);
  const head = Math.max(limit, 8) - 6;
  const wanted = new Set<number>();
  for (let k = 1; k <= head; k++) wanted.add(k);
  for (const k of [rank, rank + 1, n - 1, n]) if (k >= 1 && k <= n) wanted.add(k);
  const rows: (number | null)[] = [];
  let last = 0;
  for (const k of [...wanted].sort((a, b) => a - b)) {
    if (k > last + 1) rows.push(k === last + 2 ? k - 1 : null);
    rows.push(k);
    last = k;
  }
  return rows;
}

/** Values that count are set as one column; the others, which would print as zeros there, in scientific form. */
function numerals({ s, rank }: SpectrumData, shown: readonly number[], digits: number): string[] {
  const counting = column(
    shown.filter((k) => k <= rank).map((k) => s[k - 1]!),
    digits,
  );
  const others = shown.filter((k) => k > rank).map((k) => significant(s[k - 1]!, 2));
  return [...counting, ...others];
}

/** The length of a bar in cells. On the logarithmic scale a bar starts a tenth of the room below the smallest value. */
function barLength({ s, rank }: SpectrumData, log: boolean, room: number): (value: number) => number {
  const largest = s[0]!;
  if (!log) return (value) => (value / largest) * room;
  const span = Math.log(largest / s[rank - 1]!) / 0.9 || 1;
  return (value) => (1 - Math.log(largest / value) / span) * room;
}

/** A bar in eighths of a cell, or whole cells in ASCII; something is always seen of a value that counts. */
function drawBar(cells: number, unicode: boolean): string {
  if (!unicode) return "#".repeat(Math.round(cells)) || ".";
  const eighths = Math.max(1, Math.round(cells * 8));
  return "█".repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}
