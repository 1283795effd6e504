import { OptionError } from "./errors.ts";

/** Refuses options that a function does not know, so that a typing error never passes in silence. */
export function checkOptions(where: string, options: object, known: readonly string[]): void {
  if (typeof options !== "object" || options === null) throw new OptionError(where, "options", options, "an object");
  // Small matrices are quicker than the list of keys that Object.keys makes.
  for (const name in options) {
    if (!known.includes(name) && Object.hasOwn(options, name))
      throw new OptionError(where, "the option name", name, `one of ${known.join(", ")}`);
  }
}

/** Refuses a value that is not among the allowed ones. */
export function checkChoice<T>(where: string, option: string, value: T, allowed: readonly T[]): void {
  if (!allowed.includes(value))
    throw new OptionError(where, option, value, `one of ${allowed.map((v) => JSON.stringify(v)).join(", ")}`);
}

/** Refuses a number that is not finite or lies below `least`; undefined passes. */
export function checkNumber(where: string, option: string, value: number | undefined, least: number): void {
  if (value === undefined) return;
  if (typeof value !== "number" || !(value >= least) || value === Infinity) {
    throw new OptionError(where, option, value, `a finite number ≥ ${least}`);
  }
}

/** Refuses anything but a whole number from `least` to `most`; undefined passes. */
export function checkInteger(
  where: string,
  option: string,
  value: number | undefined,
  least: number,
  most: number = 2 ** 53,
): void {
  if (value === undefined) return;
  if (!Number.isInteger(value) || value < least || value > most) {
    const range = most === 2 ** 53 ? `≥ ${least}` : `from ${least} to ${most}`;
    throw new OptionError(where, option, value, `a whole number ${range}`);
  }
}

/** Refuses a number of rows or columns that is none: it cannot be left out. */
export function checkSize(where: string, option: string, value: number): void {
  checkInteger(where, option, value ?? NaN, 0);
}

/** Refuses what is no list, where the shape of an array is expected. */
export function checkShape(where: string, shape: unknown): void {
  if (typeof shape !== "object" || shape === null || !("length" in shape))
    throw new OptionError(where, "shape", shape, "an array of whole numbers");
}

/** Refuses what is no array of floats, where it is not to be copied. */
export function checkFloats(where: string, option: string, data: unknown): void {
  if (!(data instanceof Float64Array || data instanceof Float32Array))
    throw new OptionError(where, option, data, "a Float64Array or a Float32Array");
}

/** Refuses what is no object, where factors are expected. */
export function checkFactors(where: string, F: unknown, allowed: string): void {
  if (typeof F !== "object" || F === null) throw new OptionError(where, "the factors", F, allowed);
}
