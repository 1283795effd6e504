import { checkOptionNames } from "../errors.ts";
import type { NdArray } from "../ndarray.ts";
import { READ_OPTIONS, type ReadOptions } from "../options.ts";
import { type Input, type SourceLike, openInput, readText } from "../source.ts";
import { CSV_OPTIONS, type CsvOptions } from "./options.ts";
import { Table } from "./table.ts";

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
  const text = await readText(input, "csv");
  const table = new Table(text, input.name, options);
  table.addAll(text);
  return table.take();
}
