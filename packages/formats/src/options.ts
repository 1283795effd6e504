import { checkChoice, FormatOptionError } from "./errors.ts";
import { MAX_UNPACKED_BYTES } from "./limits.ts";

/** Options of every reader. */
export interface ReadOptions {
  /** Name of the input in messages; a File brings its own. */
  readonly name?: string;
  /** NaN and ±Infinity: "error" (default) names the first one, "keep" lets them through. */
  readonly nonFinite?: "error" | "keep";
  /** Bytes that packed or sparse input may grow to. Default 2^30. */
  readonly maxBytes?: number;
}

/** Options of ReadOptions by name. */
export const READ_OPTIONS: readonly string[] = ["name", "nonFinite", "maxBytes"];

/** The options of every reader with their defaults, or an error for a value that makes no sense. */
export function checkReadOptions(
  caller: string,
  options: ReadOptions,
): { name: string | undefined; nonFinite: "error" | "keep"; maxBytes: number } {
  const { name, nonFinite = "error", maxBytes = MAX_UNPACKED_BYTES } = options;
  checkChoice(caller, "nonFinite", nonFinite, ["error", "keep"]);
  if (!(maxBytes >= 0)) throw new FormatOptionError(caller, "maxBytes", maxBytes, "a number of bytes");
  return { name, nonFinite, maxBytes };
}
