import { heatCells, type GridInput } from "../heatMap.ts";
import { significant, typeset } from "../numerals.ts";
import type { Point, Role, Shape } from "../shape.ts";

/** The size of the picture of one matrix, in figure units. */
export const TILE: { readonly width: number; readonly height: number } = { width: 300, height: 300 };

/** A matrix as cells in a frame of its own shape; an entry as large as `largest` is darkest. */
export function tileShapes(matrix: GridInput, rows: number, cols: number, largest: number): Shape[] {
  const cell = Math.min((TILE.width - 8) / cols, (TILE.height - 8) / rows);
  const [width, height] = [cell * cols, cell * rows];
  const [left, top] = [(TILE.width - width) / 2, (TILE.height - height) / 2];
  return [...heatCells(matrix, [left, top, width, height], largest), frame(left, top, width, height, "muted")];
}

function frame(x: number, y: number, width: number, height: number, stroke: Role, mark?: string): Shape {
  const points: Point[] = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
  return { kind: "path", points, closed: true, stroke, width: 1.2, ...(mark === undefined ? {} : { mark }) };
}

/** The size of the picture of factors beside their product, in figure units. */
export const FACTORS: { readonly width: number; readonly height: number } = { width: 480, height: 270 };

/** A d × k update and the factors d × r and r × k in its place. */
export interface FactorsInput {
  readonly d: number;
  readonly k: number;
  readonly r: number;
}

/** ΔW, B and A as boxes to scale: what is stored is the area. */
export function factorsShapes({ d, k, r }: FactorsInput): Shape[] {
  const unit = 150 / Math.max(d, k);
  const [high, wide, thin] = [d * unit, k * unit, r * unit];
  const middle = 135;
  const box = (x: number, width: number, height: number, role: Role, name: string, size: string): Shape[] => [
    {
      kind: "rects",
      rects: [[x, middle - height / 2, width, height]],
      fill: role,
      opacity: 0.16,
      mark: name,
    },
    frame(x, middle - height / 2, width, height, role, name),
    text(x + width / 2, middle - height / 2 - 12, name, 20, role, name),
    text(x + width / 2, middle + height / 2 + 24, size, 17, "muted", name),
  ];
  const gap = 40;
  const total = wide + gap + thin + gap + wide;
  const left = (FACTORS.width - total) / 2;
  const [second, third] = [left + wide + gap, left + wide + gap + thin + gap];
  return [
    ...box(left, wide, high, "ink", "ΔW", `${d} × ${k}`),
    text(second - gap / 2, middle + 7, "=", 22, "ink"),
    ...box(second, thin, high, "u", "B", `${d} × ${r}`),
    text(third - gap / 2, middle + 7, "·", 22, "ink"),
    ...box(third, wide, thin, "v", "A", `${r} × ${k}`),
  ];
}

function text(x: number, y: number, words: string, size: number, fill: Role, mark?: string): Shape {
  return {
    kind: "text",
    x,
    y,
    anchor: "middle",
    size,
    italic: size === 20,
    fill,
    text: words,
    ...(mark === undefined ? {} : { mark }),
  };
}

/** A spectrum among others: its name and how it is drawn. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
  readonly role: Role;
  readonly dash?: readonly number[];
}

/** The size of the picture of several spectra, in figure units. */
export const SPECTRA: { readonly width: number; readonly height: number } = { width: 720, height: 380 };

const PLOT = { left: 64, right: 700, top: 48, bottom: 324 } as const;

/**
 * Several spectra in one plot, each divided by its largest value, over the index; a line marks rank r. `values`
 * descend and are not negative; a spectrum of zeros is left out.
 */
export function spectraShapes(series: readonly Series[], r: number): Shape[] {
  const count = Math.max(2, ...series.map(({ values }) => values.length));
  const x = (i: number): number => PLOT.left + ((PLOT.right - PLOT.left) * (i - 1)) / (count - 1);
  const y = (share: number): number => PLOT.bottom - (PLOT.bottom - PLOT.top) * share;
  const drawn = series.filter(({ values }) => (values[0] ?? 0) > 0);
  const ticks = [1, ...[1, 2, 3, 4].map((quarter) => Math.round((count * quarter) / 4))];
  const label = (px: number, py: number, words: string, anchor: "middle" | "end"): Shape => ({
    kind: "text",
    x: px,
    y: py,
    anchor,
    size: 15,
    fill: "muted",
    text: words,
  });
  return [
    ...[0, 0.5, 1].flatMap((share): Shape[] => [
      {
        kind: "path",
        points: [
          [PLOT.left, y(share)],
          [PLOT.right, y(share)],
        ],
        stroke: "grid",
        width: 1,
      },
      label(PLOT.left - 10, y(share) + 5, typeset(significant(share)), "end"),
    ]),
    ...ticks.map((i) => label(x(i), PLOT.bottom + 22, String(i), "middle")),
    label((PLOT.left + PLOT.right) / 2, PLOT.bottom + 46, "i", "middle"),
    { kind: "text", x: PLOT.left - 10, y: PLOT.top - 24, anchor: "end", size: 15, fill: "muted", text: "σᵢ/σ₁" },
    ...(r >= 1 && r <= count
      ? ([
          {
            kind: "path",
            points: [
              [x(r), PLOT.top],
              [x(r), PLOT.bottom],
            ],
            stroke: "muted",
            width: 1,
            dash: [3, 4],
          },
        ] satisfies Shape[])
      : []),
    ...drawn.flatMap(({ name, values, role, dash }, k): Shape[] => {
      const points = values.map((value, i): Point => [x(i + 1), y(value / values[0]!)]);
      const [left, top] = [PLOT.right - 250, PLOT.top + 12 + 24 * k];
      const line: Pick<Shape, "stroke" | "width"> = { stroke: role, width: 2.2 };
      return [
        { kind: "path", points, ...line, ...(dash ? { dash } : {}), mark: name },
        {
          kind: "path",
          points: [
            [left, top],
            [left + 34, top],
          ],
          ...line,
          ...(dash ? { dash } : {}),
          mark: name,
        },
        { kind: "text", x: left + 44, y: top + 5, size: 15, fill: "ink", text: name, mark: name },
      ];
    }),
  ];
}
