import { heading } from "./heading.ts";
import { percent, significant, typeset } from "./numerals.ts";
import { linearScale, logScale, niceStep, type Scale } from "./scale.ts";
import type { Figure, Point, Shape } from "./shape.ts";
import { rankForEnergy, readSpectrum, spansDecades, type SpectrumData, type SpectrumInput } from "./spectrumData.ts";

/** What the spectrum figure takes besides the values. */
export interface SpectrumOptions extends SpectrumInput {
  /** The heading, "Singular values" by default. */
  readonly title?: string;
  /** The scale of the values: "auto" is logarithmic where they span more than three decades. */
  readonly scale?: "auto" | "linear" | "log";
  /** The shares of the energy whose ranks are marked, [0.9, 0.99] by default. */
  readonly marks?: readonly number[];
  /** Size in CSS pixels, 720 × 500 by default and at least 320 × 320. */
  readonly width?: number;
  readonly height?: number;
}

/** The frame of one panel, and how an index k falls into it. */
interface Panel {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly step: number;
  readonly atIndex: (k: number) => number;
}

/**
 * The spectrum of a matrix: above, the singular values over their index, those that count as zero hollow and the
 * threshold dashed; below, the cumulative energy (σ₁² + … + σₖ²) / Σσ² with the ranks that reach the marked shares.
 *
 * Few values are bars (linear) or dots (logarithmic) with their numbers, many are one line. No values are legal.
 *
 * @throws RangeError where `s` is not finite, negative or not descending.
 * @example
 * const svg = toSvg(spectrum({ s: [5, 3] }));
 */
export function spectrum(options: SpectrumOptions): Figure {
  const { title = "Singular values", scale = "auto", marks = [0.9, 0.99] } = options;
  const width = Math.max(320, options.width ?? 720);
  const height = Math.max(320, options.height ?? 500);
  const data = readSpectrum("spectrum", options);
  const caption = describe(data);
  const head = heading(title, caption, width);
  if (data.s.length === 0) return { width, height: head.height + 12, title, description: caption, shapes: head.shapes };

  const top = head.height + 31;
  const split = top + (height - top - 84) * 0.66;
  const values = panel(data.s.length, width, top, split);
  const energy = panel(data.s.length, width, split + 40, height - 46);
  const log = scale === "log" || (scale === "auto" && spansDecades(data.s));
  const shapes = [
    ...head.shapes,
    ...valuesPanel(data, values, log && data.s[0]! > 0),
    ...energyPanel(data, energy, marks),
    ...indexAxis(data.s.length, energy),
  ];
  return { width, height, title, description: caption, shapes };
}

function describe({ s, rank, threshold, energy, whole }: SpectrumData): string {
  if (s.length === 0) return "An empty matrix has no singular values.";
  const zero = threshold > 0 ? `; values up to ${typeset(significant(threshold, 3))} count as zero` : "";
  const ninety = rankForEnergy(energy, 0.9) || s.length;
  if (!whole) return `${s.length} of the values; together they hold ${percent(energy.at(-1)!, 1)} of the energy.`;
  const kept =
    rank === 0
      ? ""
      : ninety === 1
        ? `; the first holds ${percent(energy[0]!, 1)} of the energy`
        : `; the first ${ninety} hold ${percent(energy[ninety - 1]!, 1)} of the energy`;
  return `Rank ${rank} of ${s.length}${zero}${kept}.`;
}

function panel(n: number, width: number, top: number, bottom: number): Panel {
  const left = 76;
  const right = width - 28;
  const step = Math.min((right - left) / n, 140);
  const start = left + (right - left - step * n) / 2;
  return { left, right, top, bottom, step, atIndex: (k) => start + (k - 0.5) * step };
}

function valuesPanel(data: SpectrumData, frame: Panel, log: boolean): Shape[] {
  const { s, threshold, rank } = data;
  const positive = s.filter((x) => x > 0);
  const smallest = Math.min(positive.at(-1) ?? 1, threshold > 0 && s[0]! > 0 ? Math.min(threshold, s[0]!) : Infinity);
  const scale = log ? logScale(smallest, s[0]!, frame.bottom, frame.top) : linearScale(s[0]!, frame.bottom, frame.top);
  const y = (value: number): number => (log && value <= 0 ? frame.bottom : scale.at(value));
  const shapes: Shape[] = [...valueAxis(scale, frame, "σ")];

  const line = y(threshold);
  if (threshold > 0 && frame.bottom - line > 3 && line > frame.top) {
    shapes.push(
      {
        kind: "path",
        points: [
          [frame.left, line],
          [frame.right, line],
        ],
        stroke: "muted",
        width: 1,
        dash: [5, 4],
      },
      {
        kind: "text",
        // Where the values are far from the line: below the first of them on a logarithmic scale, else behind the last.
        x: log ? frame.left + 8 : frame.right,
        anchor: log ? "start" : "end",
        y: line - 7,
        size: 12,
        fill: "muted",
        text: `rank ${rank}: σ > ${typeset(significant(threshold, 3))}`,
      },
    );
  }

  const points: Point[] = s.map((value, i) => [frame.atIndex(i + 1), y(value)]);
  if (frame.step < 6) {
    shapes.push(
      ...[points.slice(0, rank), points.slice(Math.max(0, rank - 1))].flatMap((part, i): Shape[] =>
        part.length > 1
          ? [{ kind: "path", points: thin(part), stroke: i === 0 ? "sigma" : "muted", width: i === 0 ? 2 : 1.5 }]
          : [],
      ),
    );
    return shapes;
  }
  const half = Math.min(frame.step * 0.31, 20);
  points.forEach(([x, top], i) => {
    const counts = i < rank;
    const paint = counts ? ({ fill: "sigma" } as const) : ({ fill: "page", stroke: "muted", width: 1.25 } as const);
    if (log) {
      shapes.push({ kind: "circle", cx: x, cy: top, r: Math.min(5, half), ...paint });
    } else if (counts) {
      shapes.push({ kind: "rects", rects: [[x - half, top, 2 * half, frame.bottom - top]], ...paint });
    } else {
      shapes.push({ kind: "circle", cx: x, cy: top, r: Math.min(3, half), ...paint });
    }
    if (frame.step >= 48) {
      const text = typeset(significant(s[i]!));
      shapes.push({ kind: "text", x, y: top - 10, anchor: "middle", size: 12, fill: counts ? "ink" : "muted", text });
    }
  });
  return shapes;
}

function energyPanel({ energy }: SpectrumData, frame: Panel, marks: readonly number[]): Shape[] {
  const y = (share: number): number => frame.bottom - share * (frame.bottom - frame.top);
  const axis: Scale = { at: y, ticks: [0, 0.5, 1].map((share) => ({ position: y(share), label: `${share * 100} %` })) };
  const points: Point[] = energy.map((share, i) => [frame.atIndex(i + 1), y(share)]);
  const start: Point = [frame.atIndex(0.5), frame.bottom];
  const shapes: Shape[] = [...valueAxis(axis, frame, "energy")];
  shapes.push({ kind: "path", points: thin([start, ...points]), stroke: "ink", width: 1.5 });
  if (frame.step >= 6)
    shapes.push(...points.map(([cx, cy]): Shape => ({ kind: "circle", cx, cy, r: 2.5, fill: "ink" })));

  const ranks = new Map(
    marks.filter((share) => share > 0 && share <= 1).map((share) => [rankForEnergy(energy, share), share]),
  );
  ranks.delete(0);
  for (const k of ranks.keys()) {
    const [cx, cy] = points[k - 1]!;
    shapes.push(
      {
        kind: "path",
        points: [
          [cx, frame.bottom],
          [cx, cy],
        ],
        stroke: "sigma",
        width: 1,
        dash: [2, 3],
      },
      { kind: "circle", cx, cy, r: 4, fill: "sigma" },
    );
  }
  const text = [...ranks].map(([k, share]) => `${Number((share * 100).toPrecision(6))} % at k = ${k}`).join(" · ");
  shapes.push({ kind: "text", x: frame.right, y: frame.top - 12, anchor: "end", size: 12, fill: "muted", text });
  return shapes;
}

function valueAxis({ ticks }: Scale, { left, right, top }: Panel, name: string): Shape[] {
  return [
    ...ticks.flatMap(({ position, label }): Shape[] => [
      {
        kind: "path",
        points: [
          [left, position],
          [right, position],
        ],
        stroke: "grid",
        width: 1,
      },
      { kind: "text", x: left - 10, y: position + 4, anchor: "end", size: 12, fill: "muted", text: label },
    ]),
    { kind: "text", x: left, y: top - 12, size: 13, italic: true, fill: "ink", text: name },
  ];
}

function indexAxis(n: number, { atIndex, bottom, right }: Panel): Shape[] {
  const every = Math.max(1, niceStep(n, 12));
  const indices = new Set([1]);
  for (let k = every; k <= n; k += every) indices.add(k);
  return [
    ...[...indices].map((k): Shape => ({
      kind: "text",
      x: atIndex(k),
      y: bottom + 18,
      anchor: "middle",
      size: 12,
      fill: "muted",
      text: String(k),
    })),
    { kind: "text", x: right, y: bottom + 36, anchor: "end", size: 13, italic: true, fill: "ink", text: "index k" },
  ];
}

/** At most some 1500 points of a monotone chain, evenly taken, its ends kept: more than the figure has pixels. */
function thin(points: readonly Point[]): readonly Point[] {
  const every = Math.ceil(points.length / 1500);
  return every === 1 ? points : points.filter((_, i) => i % every === 0 || i === points.length - 1);
}
