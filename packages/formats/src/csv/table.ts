import { checkMissing, chooseColumns, counted } from "../columns.ts";
import { FormatError, FormatOptionError, checkChoice, quote } from "../errors.ts";
import { GrowableF64 } from "../memory.ts";
import { type NdArray, matrixF64 } from "../ndarray.ts";
import { parseDecimal, parseNonFinite } from "../number.ts";
import { type ReadOptions, checkReadOptions } from "../options.ts";
import { type Dialect, JOINED_NUMBERS, eachRecord, findDialect, isHeader } from "./dialect.ts";
import { type CsvOptions, MISSING_WORDS } from "./options.ts";

/** The rows read so far, in the columns that were asked for. */
export class Table {
  readonly #notes: string[] = [];
  readonly #file: string | undefined;
  readonly #dialect: Dialect;
  readonly #comment: string | undefined;
  readonly #missing: ReadonlySet<string>;
  readonly #options: ReadOptions & CsvOptions;
  readonly #values: GrowableF64;
  #names: readonly string[] | undefined;
  /** Cells of each line, set by the first. */
  #width = 0;
  #chosen: readonly number[] | undefined;
  #rows = 0;
  /** Lines of the texts before this one, and the line on which the last row ended. */
  #linesBefore = 0;
  #lastLine = 0;
  #dropped: number[] = [];
  #empty = 0;
  #replaced = 0;

  /** A table in the dialect that `sample`, the beginning of its text, shows where the options do not tell. */
  constructor(sample: string, file: string | undefined, options: ReadOptions & CsvOptions) {
    const { separator = "auto", decimal = "auto", missingWords = MISSING_WORDS, comment = "#" } = options;
    checkReadOptions("readCsv", options);
    checkChoice("readCsv", "decimal", decimal, ["auto", ".", ","]);
    checkChoice("readCsv", "header", options.header ?? "auto", ["auto", true, false]);
    checkMissing("readCsv", options);
    if (separator !== "auto" && (separator.length !== 1 || /["\r\n]/.test(separator)))
      throw new FormatOptionError("readCsv", "separator", separator, '"auto" or one character');
    const told = {
      separator: separator === "auto" ? undefined : separator,
      decimal: decimal === "auto" ? undefined : decimal,
    };
    this.#file = file;
    this.#values = new GrowableF64("csv", { file });
    this.#comment = comment === "" ? undefined : comment;
    this.#missing = new Set(["", ...missingWords.map((word) => word.toLowerCase())]);
    this.#dialect = findDialect(sample, told, this.#comment, this.#missing);
    this.#options = options;
    if (decimal === "auto" && this.#dialect.decimal === ",")
      this.#notes.push("decimal comma found: 1,5 was read as 1.5");
  }

  /** Rows that wait to be taken. */
  get rows(): number {
    return this.#rows;
  }

  /** Columns of a row. */
  get cols(): number {
    return this.#chosen?.length ?? 0;
  }

  /** Adds the rows of a text of whole lines, which is all of the table. */
  addAll(text: string): void {
    const rest = this.addText(text);
    if (rest === "") return;
    const skipped = rest
      .split(LINE_BREAK)
      .findIndex((line) => line !== "" && !(this.#comment && line.startsWith(this.#comment)));
    const place = { file: this.#file, line: this.#linesBefore + skipped + 1 };
    throw new FormatError("csv", place, 'a cell of this row begins with " and no " ends it');
  }

  /** Adds the rows of a text of whole lines; returns its end where a quoted cell began that it does not close. */
  addText(text: string): string {
    const before = this.#linesBefore;
    try {
      eachRecord(text, this.#dialect.separator, this.#comment, (cells, line) => this.#add(cells, before + line));
    } catch (cause) {
      const { code, lines } = cause as { code?: string; lines?: number };
      if (!code?.startsWith("CSV_")) throw cause;
      const place = { file: this.#file, line: before + (lines ?? 1) };
      if (code !== "CSV_QUOTE_NOT_CLOSED") throw new FormatError("csv", place, (cause as Error).message, { cause });
      // The parser knows only that the text ended; the row that did not is the one after the last complete row.
      this.#linesBefore = Math.max(before, this.#lastLine);
      return afterLines(text, this.#linesBefore - before);
    }
    this.#linesBefore += text.match(LINE_BREAKS)?.length ?? 0;
    return "";
  }

  /** The first rows that wait, at most so many, as a matrix; all of them by default. */
  take(limit: number = this.#rows): NdArray<"f64"> {
    const chosen = this.#chosen;
    if (!chosen) throw new FormatError("csv", { file: this.#file }, "no line holds anything");
    const rows = Math.min(limit, this.#rows);
    this.#rows -= rows;
    const names = this.#names;
    return matrixF64(
      this.#values.take(rows * chosen.length),
      [rows, chosen.length],
      this.#allNotes(),
      names && chosen.map((column) => names[column]!),
    );
  }

  #add(cells: readonly string[], line: number): void {
    this.#lastLine = line;
    if (!this.#chosen) {
      this.#width = cells.length;
      const header = this.#isHeader(cells);
      this.#names = header ? cells.map((cell) => cell.trim()) : undefined;
      this.#chosen = chooseColumns("readCsv", cells.length, this.#names, this.#options);
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

  #allNotes(): string[] {
    const notes = [...this.#notes];
    if (this.#empty) notes.push(`${counted(this.#empty, "row")} without any value skipped`);
    if (this.#dropped.length)
      notes.push(`${counted(this.#dropped.length, "row")} with missing values dropped: ${linesInWords(this.#dropped)}`);
    if (this.#replaced)
      notes.push(
        `${counted(this.#replaced, "missing value")} replaced by ${this.#options.missing === "nan" ? "NaN" : this.#options.missing}`,
      );
    return notes;
  }

  #isHeader(cells: readonly string[]): boolean {
    const { header = "auto" } = this.#options;
    if (header !== "auto") return header;
    const names = cells.map((cell) => cell.trim());
    return isHeader(names, this.#dialect.decimal, this.#missing);
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

const LINE_BREAK = /\r\n|\n|\r/;
const LINE_BREAKS: RegExp = new RegExp(LINE_BREAK, "g");

/** The text after so many lines. */
function afterLines(text: string, lines: number): string {
  LINE_BREAKS.lastIndex = 0;
  for (let k = 0; k < lines; k++) if (!LINE_BREAKS.exec(text)) return "";
  return text.slice(LINE_BREAKS.lastIndex);
}

/** The line on which a cell begins, from the one on which its record ends: quoted cells may hold line breaks. */
function lineOf(cells: readonly string[], column: number, lastLine: number): number {
  const breaks = cells.slice(column).join("\0").match(LINE_BREAKS);
  return lastLine - (breaks?.length ?? 0);
}

function linesInWords(lines: readonly number[]): string {
  return `line${lines.length === 1 ? "" : "s"} ${lines.slice(0, 10).join(", ")}${lines.length > 10 ? ", …" : ""}`;
}
