import type { DType } from "./ndarray.ts";

// Each alternative fails on its first wrong character, so matching takes linear time on any text.
const DECIMAL_POINT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const DECIMAL_COMMA = /^[+-]?(?:\d+(?:,\d+)?|,\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^[+-]?inf(?:inity)?$/i;
const NOT_A_NUMBER = /^[+-]?nan$/i;

/** The sign that separates the fraction from the integer part. */
export type DecimalMark = "." | ",";

/**
 * The double nearest to a decimal number; undefined for any other text, the empty one and hexadecimal included.
 * A number beyond the range of doubles gives ±Infinity.
 */
export function parseDecimal(text: string, mark: DecimalMark = "."): number | undefined {
  if (mark === ".") return DECIMAL_POINT.test(text) ? Number(text) : undefined;
  return DECIMAL_COMMA.test(text) ? Number(text.replace(",", ".")) : undefined;
}

/** The value of a word for NaN or ±Infinity, in any of the usual spellings; undefined for any other text. */
export function parseNonFinite(text: string): number | undefined {
  if (NOT_A_NUMBER.test(text)) return NaN;
  return INFINITE.test(text) ? (text.startsWith("-") ? -Infinity : Infinity) : undefined;
}

/** Smallest normal float32; from here on its numbers have 6 decimal digits at least. */
const FLOAT32_MIN: number = 2 ** -126;

/** Shortest decimal text that reads back to the same number in its own type; −0 keeps its sign. */
export function formatNumber(value: number | bigint, dtype: DType): string {
  if (typeof value === "bigint") return value.toString();
  // Some readers take "-0" for an integer and lose its sign.
  if (Object.is(value, -0)) return "-0.0";
  if (dtype !== "f32" && dtype !== "c64") return String(value);
  for (let digits = Math.abs(value) < FLOAT32_MIN ? 1 : 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number.isFinite(value) ? Number(value.toPrecision(9)) : value);
}
