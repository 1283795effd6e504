import type { NdArray } from "../ndarray.ts";
import { checkOptionNames } from "../errors.ts";
import { READ_OPTIONS, type ReadOptions } from "../options.ts";
import { type SourceLike, openInput, readText } from "../source.ts";
import { eachRecord, findDialect, isNumeric, isHeader } from "./dialect.ts";
import { MISSING_WORDS } from "./options.ts";
import { Table } from "./table.ts";

/** A column of words: what the rows of a table are called, or the class that they belong to. */
export interface TextColumn {
  /** Its name; "" where the table has no names. */
  readonly name: string;
  /** One for each row of the numbers. */
  readonly values: readonly string[];
}

/** A table, its numbers and its words apart. */
export interface MixedTable {
  readonly numbers: NdArray<"f64">;
  readonly texts: readonly TextColumn[];
}

/**
 * Reads a table in which some columns hold text: those in which more cells are words than numbers. The others are read
 * as `readCsv` reads them, with what it finds by itself.
 *
 * @throws FormatError  as `readCsv`, for the columns of numbers.
 *
 * Cost: two passes.
 * @example
 * const { numbers, texts } = await readCsvTable("petal,species\n1.4,setosa\n4.7,versicolor\n");
 * texts; // [{ name: "species", values: ["setosa", "versicolor"] }]; numbers: 1.4, 4.7
 */
export async function readCsvTable(source: SourceLike, options: ReadOptions = {}): Promise<MixedTable> {
  checkOptionNames("readCsvTable", options, READ_OPTIONS);
  const input = openInput(source, "csv", options.name);
  const text = await readText(input, "csv");
  const missing = new Set(["", ...MISSING_WORDS]);
  const dialect = findDialect(text, { separator: undefined, decimal: undefined }, "#", missing);

  let names: readonly string[] | undefined;
  const rows: (readonly string[])[] = [];
  const words: number[] = [];
  const isWord = (cell: string): boolean => !isNumeric(cell, dialect.decimal) && !missing.has(cell.toLowerCase());
  const add = (record: readonly string[]): void => {
    const cells = record.map((cell) => cell.trim());
    if (!names && isHeader(cells, dialect.decimal, missing)) {
      names = cells;
      return;
    }
    names ??= [];
    if (cells.length > 1 && cells.every((cell) => cell === "")) return;
    rows.push(cells);
    cells.forEach((cell, j) => (words[j] = (words[j] ?? 0) + (isWord(cell) ? 1 : 0)));
  };
  const width = (): number => names?.length || (rows[0]?.length ?? 0);
  try {
    eachRecord(text, dialect.separator, "#", add);
  } catch {
    // What is malformed is said below, with its line, by the reader of numbers.
  }
  const textual = words.flatMap((count, j) => (2 * count > rows.length ? [j] : []));
  const omit = textual.length < width() ? textual.map((j) => j + 1) : [];
  const table = new Table(text, input.name, { ...options, omit });
  table.addAll(text);
  return {
    numbers: table.take(),
    texts: omit.map((column) => ({
      name: names?.[column - 1] ?? "",
      values: rows.map((cells) => cells[column - 1] ?? ""),
    })),
  };
}
