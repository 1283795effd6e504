/** Where in an input a problem lies. Lines, columns, rows count from 1, bytes from 0. */
export interface Place {
  readonly file?: string | undefined;
  readonly entry?: string | undefined;
  readonly byteOffset?: number | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** Name of the column, as the file's header gives it. */
  readonly columnName?: string | undefined;
  /** Place inside the array, for values that have no line of their own. */
  readonly element?: string | undefined;
}

/**
 * An input that is not what its format says, or a value that a format cannot carry.
 *
 * The message names the file, the place and the cause, in this order:
 * `points.csv: line 3, column 2 ("height"): expected a number, got "n/a"`.
 * The same facts are properties; the ones that do not apply are undefined.
 */
export class FormatError extends Error {
  override readonly name: string = "FormatError";
  readonly code = "FORMAT";
  readonly format: string;
  readonly file: string | undefined;
  readonly entry: string | undefined;
  readonly byteOffset: number | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly columnName: string | undefined;

  constructor(format: string, place: Place, problem: string, options?: ErrorOptions) {
    super([placeInWords(format, place), problem].join(": "), options);
    this.format = format;
    this.file = place.file;
    this.entry = place.entry;
    this.byteOffset = place.byteOffset;
    this.line = place.line;
    this.column = place.column;
    this.columnName = place.columnName;
  }
}

/** A call with an option that does not exist or a value that it cannot take. */
export class FormatOptionError extends RangeError {
  override readonly name: string = "FormatOptionError";
  readonly code = "FORMAT_OPTION";
  readonly option: string;
  readonly value: unknown;
  readonly allowed: string;

  constructor(caller: string, option: string, value: unknown, allowed: string) {
    super(`${caller}: expected ${option} to be ${allowed}, got ${quote(String(value))}`);
    this.option = option;
    this.value = value;
    this.allowed = allowed;
  }
}

/** Refuses option names that the caller does not know, so that a misspelt option is not silently ignored. */
export function checkOptionNames(caller: string, options: object, known: readonly string[]): void {
  for (const option of Object.keys(options))
    if (!known.includes(option))
      throw new FormatOptionError(caller, "the option name", option, `one of ${known.join(", ")}`);
}

/** Refuses a value outside a fixed list. */
export function checkChoice(caller: string, option: string, value: unknown, allowed: readonly unknown[]): void {
  if (!allowed.includes(value))
    throw new FormatOptionError(caller, option, value, allowed.map((choice) => JSON.stringify(choice)).join(" or "));
}

const QUOTE_LIMIT = 40;
// Controls and direction marks would let the text of a file rewrite the reader's terminal.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text of the input as it may stand in a message: shortened, in quotes, nothing unprintable. */
export function quote(text: string): string {
  const shown = text.length > QUOTE_LIMIT ? `${text.slice(0, QUOTE_LIMIT)}…` : text;
  return `"${printable(shown.replace(/["\\]/g, "\\$&"))}"`;
}

function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function placeInWords(format: string, place: Place): string {
  const near: string[] = [];
  if (place.line !== undefined) near.push(`line ${place.line}`);
  if (place.column !== undefined) near.push(`column ${place.column}`);
  if (place.element !== undefined) near.push(place.element);
  if (place.line === undefined && place.byteOffset !== undefined) near.push(`byte ${place.byteOffset}`);
  const words = [printable(place.file ?? `${format} input`)];
  if (place.entry !== undefined) words.push(`entry ${quote(place.entry)}`);
  if (near.length > 0) words.push(near.join(", ") + (place.columnName ? ` (${quote(place.columnName)})` : ""));
  return words.join(": ");
}
