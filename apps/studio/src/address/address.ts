// The state of a figure in the fragment of an address: #id:v=1&name=value&…
//
// `#hero:v=1&A=2,1;0.5,1.5&t=1.2` opens the figure "hero" with that matrix at that time. The fragment never reaches a
// server. Whoever wrote an address is unknown, so everything read from it is bounded, and only ever numbers, words that
// the figure knows, or text; an address that is not understood as a whole is as good as none.

/** Raised when a field changes its meaning: an older page shows a newer address without its state. */
const VERSION = "1";

/** Addresses longer than this are cut by some programs that pass them on; longer states are packed (pack.ts). */
const MAX_LENGTH = 8192;
const MAX_FIELDS = 32;

const ID = /^[A-Za-z][\w-]{0,63}$/;
const NAME = /^[A-Za-z]\w{0,15}$/;
const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** The part of a fragment in front of its state: `hero` of `#hero:v=1&t=1` and of `#hero`. */
export function addressee(fragment: string): string | undefined {
  const id = fragment.replace(/^#/, "").split(":", 1)[0]!;
  return ID.test(id) ? id : undefined;
}

/**
 * The fields of a fragment that is meant for the figure `id`, without the version.
 *
 * Undefined where it is for another figure, of another version, too long, or malformed in any field.
 */
export function parseFragment(fragment: string, id: string): ReadonlyMap<string, string> | undefined {
  if (fragment.length > MAX_LENGTH || addressee(fragment) !== id) return undefined;
  const colon = fragment.indexOf(":");
  if (colon < 0) return undefined;
  const fields = new Map<string, string>();
  for (const field of fragment.slice(colon + 1).split("&", MAX_FIELDS + 2)) {
    const [, name, value] = /^([^=]*)=(.*)$/s.exec(field) ?? [];
    if (name === undefined || !NAME.test(name) || fields.has(name)) return undefined;
    const text = unescape(value!);
    if (text === undefined) return undefined;
    fields.set(name, text);
  }
  const version = fields.get("v");
  fields.delete("v");
  return version === VERSION && fields.size <= MAX_FIELDS ? fields : undefined;
}

/** The state that the address of this page holds for the figure `id`. Read it after the first render. */
export function readAddress(id: string): ReadonlyMap<string, string> | undefined {
  return parseFragment(location.hash, id);
}

/** A relative address that opens `page` (this one where it is absent) with the figure `id` in a state. */
export function linkTo(id: string, fields: Readonly<Record<string, string>>, page = ""): string {
  const pairs = Object.entries({ v: VERSION, ...fields }).map(([name, value]) => `${name}=${escape(value)}`);
  return `${page}#${id}:${pairs.join("&")}`;
}

/** The same as a whole address, to be sent to somebody. */
export function shareLink(id: string, fields: Readonly<Record<string, string>>, page?: string): string {
  return new URL(linkTo(id, fields, page), location.href).href;
}

/** Commas, semicolons, colons and slashes are legal in a fragment and stay readable. */
function escape(text: string): string {
  return encodeURIComponent(text).replace(/%(2C|3B|3A|2F)/g, decodeURIComponent);
}

function unescape(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // A percent sign that begins no character.
  }
}

/** A decimal number in [lo, hi], or undefined. */
export function parseNumber(text: string | undefined, lo: number, hi: number): number | undefined {
  if (text === undefined || text.length > 32 || !NUMBER.test(text)) return undefined;
  const value = Number(text);
  return value >= lo && value <= hi ? value : undefined;
}

/** One of the words that a figure knows, or undefined. */
export function parseWord<W extends string>(text: string | undefined, words: readonly W[]): W | undefined {
  return words.find((word) => word === text);
}

/** What a matrix of an address may be: 1 … maxRows rows, 1 … maxCols columns, entries in [−maxEntry, maxEntry]. */
export interface MatrixLimits {
  readonly maxRows: number;
  readonly maxCols: number;
  readonly maxEntry: number;
}

/** Rows parted by semicolons, entries by commas: `2,1;0.5,1.5`. Every number comes back as the same double. */
export function formatMatrix(rows: readonly (readonly number[])[]): string {
  return rows.map((row) => row.map(String).join(",")).join(";");
}

/** The matrix that `formatMatrix` wrote, or undefined where it is ragged, out of bounds, or no matrix. */
export function parseMatrix(text: string | undefined, limits: MatrixLimits): number[][] | undefined {
  if (text === undefined || text.length > MAX_LENGTH) return undefined;
  const { maxRows, maxCols, maxEntry } = limits;
  const words = text.split(";", maxRows + 1).map((row) => row.split(",", maxCols + 1));
  const cols = words[0]!.length;
  if (words.length > maxRows || cols > maxCols) return undefined;
  const rows = words.map((row) => row.map((word) => parseNumber(word, -maxEntry, maxEntry)));
  const isMatrix = rows.every((row) => row.length === cols && !row.includes(undefined));
  return isMatrix ? (rows as number[][]) : undefined;
}
