import { FormatOptionError, checkChoice, quote } from "./errors.ts";

/** What is read of a table; every option has a default. */
export interface TableOptions {
  /** The columns to read, in this order: names, or numbers from 1 as in the messages. Default: all. */
  readonly columns?: readonly (string | number)[];
  /** Columns to leave out, named likewise. */
  readonly omit?: readonly (string | number)[];
  /** A missing value: "error" (default), "nan", a number to put in its place, or "drop-row". */
  readonly missing?: "error" | "nan" | "drop-row" | number;
}

/** Options of TableOptions by name. */
export const TABLE_OPTIONS: readonly string[] = ["columns", "omit", "missing"];

/** Refuses a value of `missing` that makes no sense. */
export function checkMissing(caller: string, { missing = "error" }: TableOptions): void {
  if (typeof missing !== "number") checkChoice(caller, "missing", missing, ["error", "nan", "drop-row"]);
}

/** Indices of the columns to read. */
export function chooseColumns(
  caller: string,
  width: number,
  names: readonly string[] | undefined,
  { columns, omit = [] }: TableOptions,
): readonly number[] {
  const find = (option: string, wanted: string | number): number => {
    const index = typeof wanted === "number" ? wanted - 1 : (names?.indexOf(wanted) ?? -1);
    if (Number.isInteger(index) && index >= 0 && index < width) return index;
    const known = names ? `, or ${names.slice(0, 20).map(quote).join(", ")}` : "";
    throw new FormatOptionError(caller, option, wanted, `a column of the table: 1 to ${width}${known}`);
  };
  const omitted = new Set(omit.map((wanted) => find("omit", wanted)));
  const chosen = columns
    ? columns.map((wanted) => find("columns", wanted))
    : Array.from({ length: width }, (_, column) => column);
  return chosen.filter((column) => !omitted.has(column));
}

/** "1 row", "2 rows". */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
