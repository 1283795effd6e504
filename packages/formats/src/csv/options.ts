import { type TableOptions, TABLE_OPTIONS } from "../columns.ts";
import type { DecimalMark } from "../number.ts";

/** How a table of text is read; every option has a default. */
export interface CsvOptions extends TableOptions {
  /** Between cells: "auto" (default) finds comma, semicolon, tab, bar or spaces; " " is any run of spaces and tabs. */
  readonly separator?: string;
  /** Before the fraction: "auto" (default), "." or ",". */
  readonly decimal?: "auto" | DecimalMark;
  /** Whether the first line holds names: "auto" (default) takes it as such if no cell of it is a number. */
  readonly header?: "auto" | boolean;
  /** Words for a missing value, in any case. Default: MISSING_WORDS. The empty cell always is one. */
  readonly missingWords?: readonly string[];
  /** Lines that begin with this are skipped. Default "#"; "" reads every line. */
  readonly comment?: string;
}

/** Options of CsvOptions by name. */
export const CSV_OPTIONS: readonly string[] = [
  ...TABLE_OPTIONS,
  "separator",
  "decimal",
  "header",
  "missingWords",
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
