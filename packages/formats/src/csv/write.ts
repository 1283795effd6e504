import { TextWriter } from "../bytes.ts";
import { FormatError, FormatOptionError, checkChoice, checkOptionNames } from "../errors.ts";
import { type DecimalMark, formatNumber } from "../number.ts";
import { type Writable, matrixRows, toNdArray } from "../writable.ts";

/** How a table is written; every option has a default. */
export interface CsvWriteOptions {
  /** Between cells. Default ",", or ";" with a decimal comma. */
  readonly separator?: string;
  /** Before the fraction. Default ".". */
  readonly decimal?: DecimalMark;
  /** Names for the first line. Default: the array's own `columns`; false writes none. */
  readonly header?: readonly string[] | false;
}

/**
 * A table of numbers as text, one row a line, each number the shortest that reads back to the same value.
 *
 * A name that a spreadsheet would run as a formula (it begins with = + − @, tab or carriage return) gets a leading '.
 *
 * @throws FormatError  more than two dimensions, or complex numbers.
 */
export function writeCsv(value: Writable, options: CsvWriteOptions = {}): Uint8Array<ArrayBuffer> {
  checkOptionNames("writeCsv", options, ["separator", "decimal", "header"]);
  const { decimal = "." } = options;
  checkChoice("writeCsv", "decimal", decimal, [".", ","]);
  const { separator = decimal === "," ? ";" : "," } = options;
  if (separator.length !== 1 || /["\r\n\d.+\-eE]/.test(separator) || separator === decimal)
    throw new FormatOptionError("writeCsv", "separator", separator, "one character that no number holds");
  const array = toNdArray(value, "csv");
  const header = options.header ?? array.columns ?? false;
  const { cols, rows, number } = matrixRows(array, "csv");
  if (header && header.length !== cols)
    throw new FormatError("csv", {}, `expected ${cols} names of columns, got ${header.length}`);

  const text = new TextWriter();
  if (header) text.write(`${header.map((name) => quoted(withoutFormula(name), separator)).join(separator)}\n`);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) {
      const point = formatNumber(number(i, j), array.dtype);
      text.write(decimal === "," ? point.replace(".", ",") : point);
      text.write(j + 1 < cols ? separator : "\n");
    }
  return text.finish();
}

function withoutFormula(name: string): string {
  return /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
}

function quoted(name: string, separator: string): string {
  const plain = !name.includes(separator) && !/["\r\n]/.test(name) && name === name.trim() && name !== "";
  return plain ? name : `"${name.replaceAll('"', '""')}"`;
}
