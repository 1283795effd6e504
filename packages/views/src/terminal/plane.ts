import type { Point, Role } from "../shape.ts";
import type { Line, Span } from "./line.ts";

/** A chain of points in the plane, y up, or an arrow from the origin with a label beside its tip. */
export type Mark =
  | { readonly kind: "curve"; readonly points: readonly Point[]; readonly role: Role }
  | { readonly kind: "arrow"; readonly tip: Point; readonly label?: string; readonly role: Role };

/** What the plane takes besides its marks. */
export interface PlaneOptions {
  /** The picture shows |x|, |y| ≤ extent; what lies outside is cut off. */
  readonly extent: number;
  /** Lines of text, 15 by default; the picture is twice as many columns wide, so that it is square. */
  readonly height?: number;
  /** Braille dots (default), eight to a character, or one ASCII character a cell. */
  readonly unicode?: boolean;
}

/** Bits of the dots of a braille character, U+2800 + bits, by row and column. */
const BRAILLE = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

interface Cell {
  text: string;
  dots: number;
  role: Role;
}

/** The plane around the origin as lines of text: the axes, then the marks, each over those before it. */
export function plane(marks: readonly Mark[], { extent, height = 15, unicode = true }: PlaneOptions): Line[] {
  const columns = 2 * height;
  const cells = Array.from({ length: height * columns }, (): Cell => ({ text: " ", dots: 0, role: "grid" }));
  const [across, down] = unicode ? [2, 4] : [1, 1];
  const column = ([x]: Point): number => ((x / extent + 1) / 2) * (columns * across - 1);
  const row = ([, y]: Point): number => ((1 - y / extent) / 2) * (height * down - 1);

  const dot = (px: number, py: number, role: Role, text: string): void => {
    const [x, y] = [Math.round(px), Math.round(py)];
    if (x < 0 || y < 0 || x >= columns * across || y >= height * down) return;
    const cell = cells[Math.floor(y / down) * columns + Math.floor(x / across)]!;
    cell.role = role;
    if (unicode) cell.dots |= BRAILLE[y % 4]![(x % 2) as 0 | 1];
    else cell.text = text;
  };
  const segment = (from: Point, to: Point, role: Role, text: string): void => {
    const [x, y] = [column(from), row(from)];
    const [dx, dy] = [column(to) - x, row(to) - y];
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))));
    for (let i = 0; i <= steps; i++) dot(x + (dx * i) / steps, y + (dy * i) / steps, role, text);
  };

  for (let i = 0; i < columns * across; i += across) dot(i, row([0, 0]), "grid", "-");
  for (let i = 0; i < height * down; i += unicode ? 2 : 1) dot(column([0, 0]), i, "grid", "|");
  for (const mark of marks) {
    if (mark.kind === "curve") {
      const text = mark.role === "muted" ? "." : "o";
      mark.points.forEach((point, i) => segment(mark.points[Math.max(0, i - 1)]!, point, mark.role, text));
    } else {
      segment([0, 0], mark.tip, mark.role, "*");
    }
  }
  for (const mark of marks) if (mark.kind === "arrow" && mark.label) write(mark.tip, mark.label, mark.role);

  /** Writes a label just beyond a tip, on the side that points away from the origin, inside the picture. */
  function write(tip: Point, label: string, role: Role): void {
    const x = Math.floor(column(tip) / across) + (tip[0] < 0 ? -label.length - 1 : 2);
    const y = Math.floor(row(tip) / down) - (tip[1] > 0 ? 1 : 0);
    const start = Math.min(Math.max(x, 0), columns - label.length);
    const line = Math.min(Math.max(y, 0), height - 1);
    [...label].forEach((text, i) => Object.assign(cells[line * columns + start + i]!, { text, dots: 0, role }));
  }

  return Array.from({ length: height }, (_, i) => joinCells(cells.slice(i * columns, (i + 1) * columns)));
}

function joinCells(cells: readonly Cell[]): Line {
  const spans: Span[] = [];
  for (const { text, dots, role } of cells) {
    const character = dots ? String.fromCodePoint(0x2800 + dots) : text;
    const last = spans.at(-1);
    if (last && (last.role === role || character === " "))
      spans[spans.length - 1] = { ...last, text: last.text + character };
    else spans.push({ text: character, role });
  }
  return spans;
}

/** Two blocks of lines side by side, the left one padded to `width` columns. */
export function beside(left: readonly Line[], right: readonly Line[], width: number): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const line = left[i] ?? [];
    const used = line.reduce((sum, { text }) => sum + [...text].length, 0);
    return [...line, { text: " ".repeat(Math.max(0, width - used)), role: "page" }, ...(right[i] ?? [])];
  });
}

/** The image of the unit circle under a matrix of two rows and two columns: an ellipse, or a segment. */
export function imageOfCircle([[a, b], [c, d]]: readonly [Point, Point], points = 120): Point[] {
  return Array.from({ length: points + 1 }, (_, i): Point => {
    const [x, y] = [Math.cos((2 * Math.PI * i) / points), Math.sin((2 * Math.PI * i) / points)];
    return [a * x + b * y, c * x + d * y];
  });
}
