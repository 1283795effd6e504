import { heading, shorten } from "./heading.ts";
import { significant, typeset } from "./numerals.ts";
import type { Figure, Point, Rects, Shape } from "./shape.ts";

/** A matrix to draw: nested rows, or data with a shape and strides in elements (row-major and contiguous by default). */
export type GridInput =
  | readonly (readonly number[])[]
  | {
      readonly data: ArrayLike<number>;
      readonly shape: readonly number[];
      readonly offset?: number;
      readonly rowStride?: number;
      readonly colStride?: number;
      readonly strides?: readonly number[];
    };

/** What the heat map takes besides the matrix. */
export interface HeatMapOptions {
  /** The heading, "Matrix" by default. */
  readonly title?: string;
  /** Names of the columns, drawn where the cells are wide enough. */
  readonly columns?: readonly string[];
  /** Size in CSS pixels of the largest picture, 720 × 540 by default. */
  readonly width?: number;
  readonly height?: number;
}

/** Levels of strength a sign is painted in; finer steps are not told apart. */
const LEVELS = 24;
/** Cells are at least this wide and high in pixels; smaller ones share a cell. */
const FINEST = 3;

interface Grid {
  readonly rows: number;
  readonly cols: number;
  readonly at: (row: number, col: number) => number;
}

/**
 * The entries of a matrix as cells: the stronger the larger in magnitude, positive in ink, negative in plum. Wide
 * cells carry their number. Entries that are not finite stay empty and are crossed. A matrix with more entries than
 * the picture has room for shows, in each cell, the entry of largest magnitude among those that it stands for.
 * Empty shapes are legal.
 */
export function heatMap(matrix: GridInput, options: HeatMapOptions = {}): Figure {
  const { title = "Matrix", columns, width = 720, height = 540 } = options;
  const full = readGrid(matrix);
  const room = { width: width - 92, height: height - 168 };
  const grid = condense(full, Math.floor(room.height / FINEST), Math.floor(room.width / FINEST));
  const { largest, nonFinite } = extent(full);
  const caption = describe(full, grid, largest, nonFinite);
  const head = heading(title, caption, width);
  if (grid.rows === 0 || grid.cols === 0)
    return { width, height: head.height + 12, title, description: caption, shapes: head.shapes };

  const cellWidth = Math.min(room.width / grid.cols, 108);
  const cellHeight = Math.min(room.height / grid.rows, 44, Math.max(cellWidth, FINEST));
  const numbered = cellWidth >= 44 && cellHeight >= 18;
  const place: Place = { left: 64, top: head.height + 26, cellWidth, cellHeight, numbered, faintest: 1 };
  const right = place.left + cellWidth * grid.cols;
  const bottom = place.top + cellHeight * grid.rows;
  const frame: Point[] = [
    [place.left, place.top],
    [right, place.top],
    [right, bottom],
    [place.left, bottom],
  ];
  const shapes: Shape[] = [
    ...head.shapes,
    ...cells(grid, largest, place),
    ...signs(grid, largest, place),
    { kind: "path", points: frame, closed: true, stroke: "grid", width: 1 },
    ...edges(full, grid, place, columns),
    ...(largest > 0 ? legend(largest, place, bottom + 24, width) : []),
  ];
  return { width, height: bottom + 64, title, description: caption, shapes };
}

/**
 * The cells of a heat map alone, filling a box: for pictures that hold several matrices on one scale, on which an
 * entry as large as `largest` is darkest.
 */
export function heatCells(
  matrix: GridInput,
  [left, top, width, height]: readonly [x: number, y: number, width: number, height: number],
  largest: number,
): Shape[] {
  const grid = readGrid(matrix);
  if (grid.rows === 0 || grid.cols === 0) return [];
  const [cellWidth, cellHeight] = [width / grid.cols, height / grid.rows];
  return cells(grid, largest, { left, top, cellWidth, cellHeight, numbered: false, faintest: 0 });
}

type Rect = Rects["rects"][number];

interface Place {
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Cells carry their numbers, and are paler so that these can be read. */
  readonly numbered: boolean;
  /** The level of what is not zero and fainter than the first one: seen in a map of its own, gone where maps are compared. */
  readonly faintest: 0 | 1;
}

function readGrid(matrix: GridInput): Grid {
  if (!("data" in matrix)) {
    const cols = matrix[0]?.length ?? 0;
    const ragged = matrix.findIndex((row) => row.length !== cols);
    if (ragged >= 0)
      throw new RangeError(`heatMap: expected ${cols} columns in row ${ragged}, got ${matrix[ragged]!.length}`);
    return { rows: matrix.length, cols, at: (i, j) => matrix[i]![j]! };
  }
  const { data, shape, offset = 0, strides } = matrix;
  const [rows = 1, cols = 1] = shape;
  const { rowStride = strides?.[0] ?? cols, colStride = strides?.[1] ?? 1 } = matrix;
  return { rows, cols, at: (i, j) => data[offset + i * rowStride + j * colStride]! };
}

/** A grid of at most maxRows × maxCols cells, each the entry of largest magnitude of its block. */
function condense(grid: Grid, maxRows: number, maxCols: number): Grid {
  const high = Math.max(1, Math.ceil(grid.rows / maxRows));
  const wide = Math.max(1, Math.ceil(grid.cols / maxCols));
  if (high === 1 && wide === 1) return grid;
  const strongest = (I: number, J: number): number => {
    let best = 0;
    for (let i = I * high; i < Math.min((I + 1) * high, grid.rows); i++)
      for (let j = J * wide; j < Math.min((J + 1) * wide, grid.cols); j++) {
        const value = grid.at(i, j);
        if (!Number.isFinite(value)) return value;
        if (Math.abs(value) > Math.abs(best)) best = value;
      }
    return best;
  };
  return { rows: Math.ceil(grid.rows / high), cols: Math.ceil(grid.cols / wide), at: strongest };
}

function extent({ rows, cols, at }: Grid): { largest: number; nonFinite: number } {
  let largest = 0;
  let nonFinite = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) {
      const magnitude = Math.abs(at(i, j));
      if (magnitude < Infinity) largest = Math.max(largest, magnitude);
      else nonFinite++;
    }
  return { largest, nonFinite };
}

function describe(full: Grid, grid: Grid, largest: number, nonFinite: number): string {
  const size = `${full.rows} × ${full.cols}`;
  if (full.rows === 0 || full.cols === 0) return `${size}, no entries.`;
  const magnitude = `largest magnitude ${typeset(significant(largest))}`;
  const crossed = nonFinite > 0 ? `; ${nonFinite} not finite, crossed` : "";
  const block = [Math.ceil(full.rows / grid.rows), Math.ceil(full.cols / grid.cols)].join(" × ");
  const condensed = grid === full ? "" : `; each cell is the strongest of up to ${block} entries`;
  return `${size}, ${magnitude}${crossed}${condensed}.`;
}

/** Runs of equal strength in a row as one rectangle each, on whole pixels so that no seam shows. */
function cells(grid: Grid, largest: number, place: Place): Shape[] {
  const { left, top, cellWidth, cellHeight } = place;
  const levels = new Map<number, Rect[]>();
  const crosses: Shape[] = [];
  const add = (level: number, row: number, from: number, to: number): void => {
    const [x, y] = [Math.round(from * cellWidth), Math.round(row * cellHeight)];
    const [right, below] = [Math.round(to * cellWidth), Math.round((row + 1) * cellHeight)];
    const rect: Rect = [left + x, top + y, right - x, below - y];
    if (Number.isNaN(level)) crosses.push(...cross(rect));
    else if (levels.has(level)) levels.get(level)!.push(rect);
    else if (level !== 0) levels.set(level, [rect]);
  };
  for (let i = 0; i < grid.rows; i++) {
    let start = 0;
    let level = levelOf(grid.at(i, 0), largest, place);
    for (let j = 1; j < grid.cols; j++) {
      const next = levelOf(grid.at(i, j), largest, place);
      if (next === level) continue;
      add(level, i, start, j);
      [start, level] = [j, next];
    }
    add(level, i, start, grid.cols);
  }
  const strengths = [...levels].map(([level, rects]): Shape => ({
    kind: "rects",
    rects,
    fill: level > 0 ? "ink" : "reversed",
    opacity: opacityOf(level, place),
  }));
  return [...strengths, ...crosses];
}

const opacityOf = (level: number, { numbered }: Place): number => ((numbered ? 0.4 : 0.9) * Math.abs(level)) / LEVELS;

function cross([x, y, width, height]: Rect): Shape[] {
  const right = x + width;
  const bottom = y + height;
  return [
    {
      kind: "path",
      points: [
        [x, y],
        [right, bottom],
      ],
      stroke: "ink",
      width: 1,
    },
    {
      kind: "path",
      points: [
        [x, bottom],
        [right, y],
      ],
      stroke: "ink",
      width: 1,
    },
  ];
}

/** Signed strength from −LEVELS to LEVELS, 0 only for zero itself; NaN for what is not finite. */
function levelOf(value: number, largest: number, { faintest }: Pick<Place, "faintest">): number {
  if (!Number.isFinite(value)) return NaN;
  const level = Math.min(LEVELS, Math.round((Math.abs(value) / largest) * LEVELS));
  return value === 0 || largest === 0 ? 0 : Math.sign(value) * Math.max(faintest, level);
}

/** The numbers of wide cells, or a minus in the negative cells of medium size, so that no sign rests on colour alone. */
function signs(grid: Grid, largest: number, place: Place): Shape[] {
  const { left, top, cellWidth, cellHeight, numbered } = place;
  if (cellWidth < 12 || cellHeight < 8) return [];
  const shapes: Shape[] = [];
  for (let i = 0; i < grid.rows; i++)
    for (let j = 0; j < grid.cols; j++) {
      const value = grid.at(i, j);
      const level = levelOf(value, largest, place);
      if (Number.isNaN(level) || (!numbered && level >= 0)) continue;
      const x = left + (j + 0.5) * cellWidth;
      const y = top + (i + 0.5) * cellHeight;
      if (numbered) {
        const text = typeset(significant(value, 3));
        const size = Math.min(12, (1.7 * cellWidth) / text.length);
        shapes.push({ kind: "text", x, y: y + 4, anchor: "middle", size, fill: "ink", text });
      } else {
        const fill = opacityOf(level, place) > 0.5 ? "page" : "ink";
        shapes.push({ kind: "rects", rects: [[x - 3, y - 0.5, 6, 1]], fill });
      }
    }
  return shapes;
}

/** First and last index beside the rows and above the columns, or the names of the columns where they fit. */
function edges(full: Grid, grid: Grid, place: Place, columns: readonly string[] | undefined): Shape[] {
  const { left, top, cellWidth, cellHeight } = place;
  const label = (x: number, y: number, text: string, anchor: "middle" | "end"): Shape => {
    return { kind: "text", x, y, anchor, size: 12, fill: "muted", text };
  };
  const above = (j: number): number => left + (j + 0.5) * cellWidth;
  const beside = (i: number): number => top + (i + 0.5) * cellHeight + 4;
  const shapes = [label(left - 8, Math.max(beside(0), top + 10), "1", "end")];
  if (full.rows > 1) shapes.push(label(left - 8, beside(grid.rows - 1), String(full.rows), "end"));
  if (columns && grid.cols === full.cols && cellWidth >= 44) {
    const fit = Math.max(3, Math.floor(cellWidth / 7));
    columns
      .slice(0, full.cols)
      .forEach((name, j) => shapes.push(label(above(j), top - 8, shorten(name, fit), "middle")));
  } else {
    shapes.push(label(above(0), top - 8, "1", "middle"));
    if (full.cols > 1) shapes.push(label(above(grid.cols - 1), top - 8, String(full.cols), "middle"));
  }
  return shapes;
}

/** A strip from −largest to largest in the strengths of the cells. */
function legend(largest: number, place: Place, top: number, width: number): Shape[] {
  const { left } = place;
  const step = Math.min(4, Math.floor((width - left) / (2 * LEVELS + 1)));
  const strip = Array.from({ length: 2 * LEVELS + 1 }, (_, i): Shape => {
    const level = i - LEVELS;
    const fill = level < 0 ? "reversed" : "ink";
    return { kind: "rects", rects: [[left + i * step, top, step, 10]], fill, opacity: opacityOf(level, place) };
  });
  const right = left + step * (2 * LEVELS + 1);
  const label = (x: number, anchor: "start" | "middle" | "end", text: string): Shape => {
    return { kind: "text", x, y: top + 25, anchor, size: 12, fill: "muted", text: typeset(text) };
  };
  const bound = significant(largest, 3);
  return [
    ...strip,
    label(left, "start", `-${bound}`),
    label((left + right) / 2, "middle", "0"),
    label(right, "end", bound),
  ];
}
