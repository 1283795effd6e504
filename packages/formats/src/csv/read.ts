import { FormatError, FormatOptionError, checkChoice, checkOptionNames, quote } from "../errors.ts";
import { GrowableF64 } from "../memory.ts";
import { type NdArray, matrixF64 } from "../ndarray.ts";
import { type DecimalMark, parseDecimal, parseNonFinite } from "../number.ts";
import { READ_OPTIONS, type ReadOptions, checkReadOptions } from "../options.ts";
import { type Input, type SourceLike, openInput, readText } from "../source.ts";
import { type Dialect, JOINED_NUMBERS, eachRecord, findDialect } from "./dialect.ts";

/** How a table of text is read; every option has a default. */
export interface CsvOptions {
  /** Between cells: "auto" (default) finds comma, semicolon, tab, bar or spaces; " " is any run of spaces and tabs. */
  readonly separator?: string;
  /** Before the fraction: "auto" (default), "." or ",". */
  readonly decimal?: "auto" | DecimalMark;
  /** Whether the first line holds names: "auto" (default) takes it as such if no cell of it is a number. */
  readonly header?: "auto" | boolean;
  /** A missing value: "error" (default), "nan", a number to put in its place, or "drop-row". */
  readonly missing?: "error" | "nan" | "drop-row" | number;
  /** Words for a missing value, in any case. Default: MISSING_WORDS. The empty cell always is one. */
  readonly missingWords?: readonly string[];
  /** The columns to read, in this order: names, or numbers from 1 as in the messages. Default: all. */
  readonly columns?: readonly (string | number)[];
  /** Columns to leave out, named likewise. */
  readonly omit?: readonly (string | number)[];
  /** Lines that begin with this are skipped. Default "#"; "" reads every line. */
  readonly comment?: string;
}

/** Options of CsvOptions by name. */
export const CSV_OPTIONS: readonly string[] = [
  "separator",
  "decimal",
  "header",
  "missing",
  "missingWords",
  "columns",
  "omit",
  "comment",
];

/** What spreadsheets, R, pandas and databases write where there is no value. */
export const MISSING_WORDS: readonly string[] = [
  "na",
  "n/a",
  "#n/a",
  "nan",
  "null",
  "none",
  "nil",
  "missing",
  "?",
  "-",
  ".",
];

/**
 * Reads a table of numbers: comma-, semicolon-, tab-, bar- or space-separated text, one row a line, as doubles.
 *
 * Separator, decimal comma and header are found unless told; what was found and is not plain is in `notes`. Each number
 * becomes the nearest double. Only decimal numbers count as such: an empty cell is missing and never 0, 0x1F is text.
 *
 * @throws FormatError  text where a number should be, a missing value (see `missing`), a row of another length, a number
 *                      beyond the doubles or ±inf (see `nonFinite`), with line, column and the column's name.
 * @throws FormatOptionError  a column that the table does not have.
 *
 * Cost: one pass; text of up to 2^29 bytes. Quoting: RFC 4180.
 */
export async function readCsv(source: SourceLike, options: ReadOptions & CsvOptions = {}): Promise<NdArray<"f64">> {
  checkOptionNames("readCsv", options, [...READ_OPTIONS, ...CSV_OPTIONS]);
  return readCsvInput(openInput(source, "csv", options.name), options);
}

/** readCsv for an input that is open already. */
export async function readCsvInput(input: Input, options: ReadOptions & CsvOptions): Promise<NdArray<"f64">> {
  const { separator = "auto", decimal = "auto", missingWords = MISSING_WORDS, comment = "#" } = options;
  checkReadOptions("readCsv", options);
  checkChoice("readCsv", "decimal", decimal, ["auto", ".", ","]);
  checkChoice("readCsv", "header", options.header ?? "auto", ["auto", true, false]);
  if (typeof options.missing !== "number")
    checkChoice("readCsv", "missing", options.missing ?? "error", ["error", "nan", "drop-row"]);
  if (separator !== "auto" && (separator.length !== 1 || /["\r\n]/.test(separator)))
    throw new FormatOptionError("readCsv", "separator", separator, '"auto" or one character');

  const text = await readText(input, "csv");
  const missing = new Set(["", ...missingWords.map((word) => word.toLowerCase())]);
  const told = {
    separator: separator === "auto" ? undefined : separator,
    decimal: decimal === "auto" ? undefined : decimal,
  };
  const commentMark = comment === "" ? undefined : comment;
  const dialect = findDialect(text, told, commentMark, missing);
  const table = new Table(input.name, dialect, missing, options);
  if (decimal === "auto" && dialect.decimal === ",") table.notes.push("decimal comma found: 1,5 was read as 1.5");
  try {
    eachRecord(text, dialect.separator, commentMark, (cells, line) => table.add(cells, line));
  } catch (cause) {
    throw table.named(cause, text, commentMark);
  }
  return table.finish();
}

/** The rows read so far, in the columns that were asked for. */
class Table {
  readonly notes: string[] = [];
  readonly #file: string | undefined;
  readonly #dialect: Dialect;
  readonly #missing: ReadonlySet<string>;
  readonly #options: ReadOptions & CsvOptions;
  readonly #values: GrowableF64;
  #names: readonly string[] | undefined;
  /** Cells of each line, set by the first. */
  #width = 0;
  #chosen: readonly number[] | undefined;
  #rows = 0;
  /** Line on which the last row ended. */
  #lastLine = 0;
  #dropped: number[] = [];
  #empty = 0;
  #replaced = 0;

  constructor(
    file: string | undefined,
    dialect: Dialect,
    missing: ReadonlySet<string>,
    options: ReadOptions & CsvOptions,
  ) {
    this.#file = file;
    this.#values = new GrowableF64("csv", { file });
    this.#dialect = dialect;
    this.#missing = missing;
    this.#options = options;
  }

  add(cells: readonly string[], line: number): void {
    this.#lastLine = line;
    if (!this.#chosen) {
      this.#width = cells.length;
      const header = this.#isHeader(cells);
      this.#names = header ? cells.map((cell) => cell.trim()) : undefined;
      this.#chosen = chooseColumns(cells.length, this.#names, this.#options);
      if (header) return;
    }
    if (cells.length > 1 && cells.every((cell) => cell.trim() === "")) {
      this.#empty++;
      return;
    }
    if (cells.length !== this.#width)
      throw new FormatError(
        "csv",
        { file: this.#file, line: lineOf(cells, 0, line) },
        `expected ${this.#width} columns, got ${cells.length}`,
      );
    const before = this.#values.length;
    for (const column of this.#chosen) {
      const value = this.#number(cells, column, line);
      if (value === undefined) {
        this.#values.length = before;
        this.#dropped.push(line);
        return;
      }
      this.#values.push(value);
    }
    this.#rows++;
  }

  finish(): NdArray<"f64"> {
    const { notes } = this;
    if (!this.#chosen) throw new FormatError("csv", { file: this.#file }, "no line holds anything");
    if (this.#empty) notes.push(`${counted(this.#empty, "row")} without any value skipped`);
    if (this.#dropped.length)
      notes.push(`${counted(this.#dropped.length, "row")} with missing values dropped: ${linesInWords(this.#dropped)}`);
    if (this.#replaced)
      notes.push(
        `${counted(this.#replaced, "missing value")} replaced by ${this.#options.missing === "nan" ? "NaN" : this.#options.missing}`,
      );
    const chosen = this.#chosen;
    const names = this.#names;
    return matrixF64(
      this.#values.finish(),
      [this.#rows, chosen.length],
      notes,
      names && chosen.map((column) => names[column]!),
    );
  }

  /** The parser's own errors, with their place; all others as they are. */
  named(cause: unknown, text: string, comment: string | undefined): unknown {
    const { code, lines } = cause as { code?: string; lines?: number };
    if (!code?.startsWith("CSV_")) return cause;
    if (code !== "CSV_QUOTE_NOT_CLOSED")
      return new FormatError("csv", { file: this.#file, line: lines }, (cause as Error).message, { cause });
    // The parser knows only that the text ended; the row that did not is the one after the last complete row.
    const rest = text.split(/\r\n|\n|\r/).slice(this.#lastLine);
    const skipped = rest.findIndex((line) => line !== "" && !(comment && line.startsWith(comment)));
    const place = { file: this.#file, line: this.#lastLine + skipped + 1 };
    return new FormatError("csv", place, 'a cell of this row begins with " and no " ends it', { cause });
  }

  #isHeader(cells: readonly string[]): boolean {
    const { header = "auto" } = this.#options;
    if (header !== "auto") return header;
    const names = cells.map((cell) => cell.trim());
    return !names.some((name) => this.#isNumber(name)) && names.some((name) => !this.#missing.has(name.toLowerCase()));
  }

  #isNumber(text: string): boolean {
    const number = parseDecimal(text, this.#dialect.decimal) ?? parseNonFinite(text);
    return number !== undefined || JOINED_NUMBERS.test(text);
  }

  /** The number in a cell; undefined where its row is to be dropped. */
  #number(cells: readonly string[], column: number, line: number): number | undefined {
    const cell = cells[column]!.trim();
    const value = parseDecimal(cell, this.#dialect.decimal);
    if (value !== undefined && Number.isFinite(value)) return value;
    const fail = (problem: string): never => {
      const columnName = this.#names?.[column];
      throw new FormatError(
        "csv",
        { file: this.#file, line: lineOf(cells, column, line), column: column + 1, columnName },
        problem,
      );
    };
    const { missing = "error", nonFinite } = this.#options;
    if (value === undefined && this.#missing.has(cell.toLowerCase())) {
      if (missing === "error")
        return fail(cell === "" ? "the value is missing" : `expected a number, got ${quote(cell)}`);
      if (missing === "drop-row") return undefined;
      this.#replaced++;
      return missing === "nan" ? NaN : missing;
    }
    const infinite = value ?? parseNonFinite(cell);
    if (infinite === undefined) return fail(`expected a number, got ${quote(cell)}${this.#hint(cell)}`);
    if (nonFinite === "keep") return infinite;
    return fail(`${quote(cell)} is not a finite double (nonFinite: "keep" accepts it)`);
  }

  #hint(cell: string): string {
    const other = this.#dialect.decimal === "." ? "," : ".";
    if (this.#dialect.separator !== other && parseDecimal(cell, other) !== undefined)
      return `; is the decimal sign "${other}"?`;
    if (this.#rows === 0 && !this.#names && !JOINED_NUMBERS.test(cell))
      return "; if this line holds names, say header: true";
    return "";
  }
}

/** Indices of the columns to read. */
function chooseColumns(
  width: number,
  names: readonly string[] | undefined,
  { columns, omit = [] }: CsvOptions,
): readonly number[] {
  const find = (option: string, wanted: string | number): number => {
    const index = typeof wanted === "number" ? wanted - 1 : (names?.indexOf(wanted) ?? -1);
    if (Number.isInteger(index) && index >= 0 && index < width) return index;
    const known = names ? `, or ${names.slice(0, 20).map(quote).join(", ")}` : "";
    throw new FormatOptionError("readCsv", option, wanted, `a column of the table: 1 to ${width}${known}`);
  };
  const omitted = new Set(omit.map((wanted) => find("omit", wanted)));
  const chosen = columns
    ? columns.map((wanted) => find("columns", wanted))
    : Array.from({ length: width }, (_, column) => column);
  return chosen.filter((column) => !omitted.has(column));
}

/** The line on which a cell begins, from the one on which its record ends: quoted cells may hold line breaks. */
function lineOf(cells: readonly string[], column: number, lastLine: number): number {
  const breaks = cells
    .slice(column)
    .join("\0")
    .match(/\r\n|\n|\r/g);
  return lastLine - (breaks?.length ?? 0);
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

function linesInWords(lines: readonly number[]): string {
  return `line${lines.length === 1 ? "" : "s"} ${lines.slice(0, 10).join(", ")}${lines.length > 10 ? ", …" : ""}`;
}
