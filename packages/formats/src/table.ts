import { type TableOptions, counted } from "./columns.ts";
import { FormatError, type Place, quote } from "./errors.ts";
import { allocate } from "./memory.ts";
import { type NdArray, rowMajorStrides } from "./ndarray.ts";
import { toFloat } from "./toFloat.ts";
import { type Writable, matrixRows, toNdArray } from "./writable.ts";

/** One column of some rows of a table, as a library hands it out: numbers, bigints, booleans, null where there is none. */
export interface ColumnValues {
  readonly name: string;
  readonly values: Iterable<unknown>;
}

/** How the values of a table become numbers, and what was met on the way. */
export class TableRules {
  readonly #format: string;
  readonly #place: Place;
  readonly #missing: TableOptions["missing"];
  readonly #nonFinite: "error" | "keep";
  #dropped = 0;
  #replaced = 0;
  #rounded = 0;

  constructor(format: string, place: Place, options: TableOptions & { readonly nonFinite: "error" | "keep" }) {
    this.#format = format;
    this.#place = place;
    this.#missing = options.missing ?? "error";
    this.#nonFinite = options.nonFinite;
  }

  /**
   * Rows `firstRow` and on as a matrix in row-major order, f32 if every column is; whole numbers beyond 2^53 are rounded
   * and counted.
   *
   * @throws FormatError  a missing value (see `missing`), NaN or ±Infinity (see `nonFinite`), another kind of value, or a
   *                      column of another length, with row and column.
   */
  matrix(columns: readonly ColumnValues[], rows: number, firstRow: number, single: boolean): NdArray<"f64" | "f32"> {
    const cols = columns.length;
    const data = allocate(this.#format, this.#place, rows * cols * (single ? 4 : 8), () =>
      single ? new Float32Array(rows * cols) : new Float64Array(rows * cols),
    );
    const dropped = new Set<number>();
    for (const [j, { name, values }] of columns.entries()) {
      let i = 0;
      for (const value of values) {
        if (i === rows) throw this.#error(firstRow + i, j, name, `expected ${rows} values in this part, got more`);
        const number = this.#number(value, firstRow + i, j, name);
        if (number === undefined) dropped.add(i);
        else data[i * cols + j] = number;
        i++;
      }
      if (i < rows) throw this.#error(firstRow + i, j, name, `expected ${rows} values in this part, got ${i}`);
    }
    this.#dropped += dropped.size;
    const kept = dropped.size === 0 ? data : withoutRows(data, rows, cols, dropped);
    const shape = [rows - dropped.size, cols];
    const dtype = single ? "f32" : "f64";
    const names = columns.map(({ name }) => name);
    return { data: kept, shape, strides: rowMajorStrides(shape), dtype, columns: names, notes: this.notes() };
  }

  /** What was found so far. */
  notes(): string[] {
    const notes: string[] = [];
    if (this.#dropped) notes.push(`${counted(this.#dropped, "row")} with missing values dropped`);
    if (this.#replaced)
      notes.push(
        `${counted(this.#replaced, "missing value")} replaced by ${this.#missing === "nan" ? "NaN" : this.#missing}`,
      );
    if (this.#rounded) notes.push(`${counted(this.#rounded, "whole number")} beyond 2^53 rounded to a double`);
    return notes;
  }

  /** The number of a value; undefined where its row is to be dropped. */
  #number(value: unknown, row: number, column: number, name: string): number | undefined {
    if (typeof value === "number") {
      if (!Number.isFinite(value) && this.#nonFinite === "error")
        throw this.#error(row, column, name, `${value}; expected finite numbers (nonFinite: "keep" accepts it)`);
      return value;
    }
    if (typeof value === "boolean") return value ? 1 : 0;
    if (typeof value === "bigint") {
      const number = Number(value);
      if (BigInt(number) !== value) this.#rounded++;
      return number;
    }
    if (value === null || value === undefined) {
      if (this.#missing === "error") throw this.#error(row, column, name, "the value is missing");
      if (this.#missing === "drop-row") return undefined;
      this.#replaced++;
      return this.#missing === "nan" ? NaN : this.#missing;
    }
    throw this.#error(row, column, name, `expected a number, got ${quote(Object.prototype.toString.call(value))}`);
  }

  #error(row: number, column: number, columnName: string, problem: string): FormatError {
    const element = `row ${row + 1}, column ${column + 1}`;
    return new FormatError(this.#format, { ...this.#place, element, columnName }, problem);
  }
}

/** The columns that were asked for, each of which must be numbers; the error names all that are not. */
export function refuseOthers(
  format: string,
  place: Place,
  chosen: readonly { readonly name: string; readonly problem: string | undefined }[],
): void {
  const others = chosen.filter(({ problem }) => problem !== undefined);
  if (others.length === 0) return;
  const words = others.slice(0, 20).map(({ name, problem }) => `${quote(name)} (${problem})`);
  throw new FormatError(
    format,
    place,
    `${counted(others.length, "column")} without numbers: ${words.join(", ")}${others.length > 20 ? ", …" : ""}; leave out with omit, or choose with columns`,
  );
}

/** One or more blocks as one matrix; their rows are not known in advance where some are dropped. */
export function joinBlocks(
  format: string,
  place: Place,
  blocks: readonly NdArray<"f64" | "f32">[],
): NdArray<"f64" | "f32"> {
  const last = blocks.at(-1)!;
  if (blocks.length === 1) return last;
  const total = blocks.reduce((sum, { data }) => sum + data.length, 0);
  const rows = blocks.reduce((sum, { shape }) => sum + shape[0]!, 0);
  const data = allocate(format, place, total * last.data.BYTES_PER_ELEMENT, () =>
    last.dtype === "f32" ? new Float32Array(total) : new Float64Array(total),
  );
  let at = 0;
  for (const block of blocks) {
    data.set(block.data, at);
    at += block.data.length;
  }
  return { ...last, data, shape: [rows, last.shape[1]!] };
}

function withoutRows<T extends Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  data: T,
  rows: number,
  cols: number,
  dropped: ReadonlySet<number>,
): T {
  let to = 0;
  for (let i = 0; i < rows; i++) {
    if (dropped.has(i)) continue;
    data.copyWithin(to, i * cols, (i + 1) * cols);
    to += cols;
  }
  return data.slice(0, to) as T;
}

/** The columns of a matrix, each in an array of its own with a name of its own, as table formats store them. */
export function namedColumns(
  format: string,
  value: Writable,
  given: readonly string[] | undefined,
): { name: string; data: Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer> }[] {
  const array = toNdArray(value, format);
  const { rows, cols } = matrixRows(array, format);
  const { data, exact } = toFloat(array);
  if (!exact) throw new FormatError(format, {}, "whole numbers beyond 2^53, which no double holds; npy does");
  const names = given ?? array.columns ?? Array.from({ length: cols }, (_, j) => `c${j + 1}`);
  if (names.length !== cols)
    throw new FormatError(format, {}, `expected ${cols} names of columns, got ${names.length}`);
  const twice = names.find((name, j) => names.indexOf(name) !== j);
  if (twice !== undefined) throw new FormatError(format, {}, `two columns have the name ${quote(twice)}`);
  return names.map((name, j) => {
    const column = data instanceof Float32Array ? new Float32Array(rows) : new Float64Array(rows);
    for (let i = 0; i < rows; i++) column[i] = data[i * cols + j]!;
    return { name, data: column };
  });
}
