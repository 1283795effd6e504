/**
 * Collects ratios by row and column, so that the end of a test file can show what was measured, not only that it
 * passed: `afterAll(() => console.log(measured.table()))`.
 */
export class Measured {
  readonly #title: string;
  readonly #cells = new Map<string, Map<string, number[]>>();

  constructor(title: string) {
    this.#title = title;
  }

  /** Files the ratio under row and column, and returns it. */
  record(row: string, column: string, ratio: number): number {
    const cells = this.#cells.get(row) ?? new Map<string, number[]>();
    this.#cells.set(row, cells);
    const ratios = cells.get(column) ?? [];
    cells.set(column, ratios);
    ratios.push(ratio);
    return ratio;
  }

  /** Largest and median ratio over all rows of a column; 0 where nothing was recorded. */
  summary(column: string): { readonly worst: number; readonly median: number; readonly count: number } {
    return summarise([...this.#cells.values()].flatMap((cells) => cells.get(column) ?? []));
  }

  /** A table in plain text: a line for each row, and in each column the largest ratio and, in brackets, the median. */
  table(): string {
    const columns = [...new Set([...this.#cells.values()].flatMap((cells) => [...cells.keys()]))];
    const show = ({ worst, median, count }: ReturnType<typeof summarise>): string =>
      count ? `${digits(worst)} (${digits(median)})` : "";
    const lines = [
      [this.#title, ...columns],
      ...[...this.#cells].map(([row, cells]) => [
        row,
        ...columns.map((column) => show(summarise(cells.get(column) ?? []))),
      ]),
      ["worst (median) of all", ...columns.map((column) => show(this.summary(column)))],
    ];
    const widths = lines[0].map((_, j) => Math.max(...lines.map((line) => line[j].length)));
    return lines
      .map((line) => line.map((text, j) => (j ? text.padStart(widths[j]) : text.padEnd(widths[0]))).join("  "))
      .join("\n");
  }
}

function summarise(ratios: readonly number[]): { worst: number; median: number; count: number } {
  const sorted = ratios.toSorted((a, b) => a - b);
  return { worst: sorted.at(-1) ?? 0, median: sorted[sorted.length >> 1] ?? 0, count: sorted.length };
}

function digits(x: number): string {
  return x === 0 || (x >= 0.001 && x < 1000) ? x.toFixed(2) : x.toPrecision(2);
}
