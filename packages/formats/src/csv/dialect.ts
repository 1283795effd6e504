import { parse } from "#csv-parse";
import { type DecimalMark, parseDecimal, parseNonFinite } from "../number.ts";
import { SAMPLE_CHARACTERS, SAMPLE_RECORDS } from "./limits.ts";

/** Separator of cells (" " means any run of spaces and tabs) and sign before the fraction. */
export interface Dialect {
  readonly separator: string;
  readonly decimal: DecimalMark;
}

const SEPARATORS: readonly string[] = ["\t", ";", "|", ",", " "];
/** Numbers with a separator between them, which are a line that was not taken apart and never a name. */
export const JOINED_NUMBERS: RegExp = /^[+-]?[\d.]+(?:[eE][+-]?\d+)?(?:[\s,;|]+[+-]?[\d.]+(?:[eE][+-]?\d+)?)+$/;

const DECIMALS: readonly DecimalMark[] = [".", ","];

/**
 * Calls `onRecord` with the cells of each record, untrimmed, and the line on which the record ends, blank lines and comments left out.
 * Quoting after RFC 4180; a quote inside an unquoted cell is an ordinary character.
 */
export function eachRecord(
  text: string,
  separator: string,
  comment: string | undefined,
  onRecord: (cells: string[], line: number) => void,
  limit?: number,
): void {
  const spaces = separator === " ";
  // The parser counts a line break of two characters twice inside quotes.
  let countedTwice = 0;
  parse(text, {
    delimiter: spaces ? [" ", "\t"] : separator,
    // Named, for the parser would take the first line's ending for that of all lines and join those that end otherwise.
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    ...(comment === undefined ? {} : { comment, comment_no_infix: true }),
    ...(limit === undefined ? {} : { to: limit }),
    on_record(cells: string[], { lines }: { lines: number }) {
      const kept = spaces ? cells.filter((cell) => cell !== "") : cells;
      for (const cell of cells) if (cell.includes("\r\n")) countedTwice += cell.split("\r\n").length - 1;
      if (kept.length > 0) onRecord(kept, lines - countedTwice);
      return null;
    },
  });
}

/**
 * The dialect in which most cells of the first lines are numbers and most lines have one length; among equals the one
 * with more columns, then the separator less likely to be part of a text or a number, then the decimal point.
 */
export function findDialect(
  text: string,
  told: { readonly separator: string | undefined; readonly decimal: DecimalMark | undefined },
  comment: string | undefined,
  missing: ReadonlySet<string>,
): Dialect {
  const separators = told.separator === undefined ? SEPARATORS : [told.separator];
  const decimals = told.decimal === undefined ? DECIMALS : [told.decimal];
  const sample = firstLines(text);
  let best: Dialect & Score = {
    separator: told.separator ?? ",",
    decimal: told.decimal ?? ".",
    fit: 0,
    columns: 0,
  };
  for (const separator of separators) {
    const records = sampleRecords(sample, separator, comment);
    for (const decimal of decimals) {
      if (separator === decimal) continue;
      const score = scoreOf(records, decimal, missing);
      // One column of "1,5" may as well be two of integers: that comma must be told.
      if (decimal === "," && told.decimal === undefined && score.columns < 2) continue;
      if (score.fit > best.fit || (score.fit === best.fit && score.columns > best.columns))
        best = { separator, decimal, ...score };
    }
  }
  return best;
}

interface Score {
  /** Share of cells that are numbers, times the share of lines that have the commonest length. */
  readonly fit: number;
  readonly columns: number;
}

function scoreOf(records: readonly string[][], decimal: DecimalMark, missing: ReadonlySet<string>): Score {
  const lengths = new Map<number, number>();
  for (const cells of records) lengths.set(cells.length, (lengths.get(cells.length) ?? 0) + 1);
  const [columns, lines] = [...lengths].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
  // The first line may hold names.
  const named = records.length > 1 && !records[0]!.some((cell) => JOINED_NUMBERS.test(cell));
  const cells = (named ? records.slice(1) : records).flat();
  const numbers = cells.filter(
    (cell) =>
      parseDecimal(cell, decimal) !== undefined ||
      parseNonFinite(cell) !== undefined ||
      missing.has(cell.toLowerCase()),
  );
  return { fit: cells.length === 0 ? 0 : (numbers.length / cells.length) * (lines / records.length), columns };
}

function sampleRecords(sample: string, separator: string, comment: string | undefined): string[][] {
  const records: string[][] = [];
  try {
    eachRecord(sample, separator, comment, (cells) => records.push(cells.map((cell) => cell.trim())), SAMPLE_RECORDS);
  } catch {
    // A quote that the sample's end leaves open: the records before it are enough, and the reader will judge the whole.
  }
  return records;
}

function firstLines(text: string): string {
  if (text.length <= SAMPLE_CHARACTERS) return text;
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const end = Math.max(sample.lastIndexOf("\n"), sample.lastIndexOf("\r"));
  return end > 0 ? sample.slice(0, end) : sample;
}

/** Whether a cell is a number, infinite ones and lines of numbers that were not taken apart included. */
export function isNumeric(cell: string, decimal: DecimalMark): boolean {
  const number = parseDecimal(cell, decimal) ?? parseNonFinite(cell);
  return number !== undefined || JOINED_NUMBERS.test(cell);
}

/** Whether the cells of the first line are names: none of them is a number, and not all are missing. */
export function isHeader(cells: readonly string[], decimal: DecimalMark, missing: ReadonlySet<string>): boolean {
  return !cells.some((cell) => isNumeric(cell, decimal)) && cells.some((cell) => !missing.has(cell.toLowerCase()));
}
