import { quote } from "../errors.ts";

const LAYOUTS = ["coordinate", "array"] as const;
const FIELDS = ["real", "double", "integer", "complex", "pattern"] as const;
const SYMMETRIES = ["general", "symmetric", "skew-symmetric", "hermitian"] as const;

/** What the first line of a Matrix Market file declares. */
export interface Banner {
  readonly layout: (typeof LAYOUTS)[number];
  readonly field: (typeof FIELDS)[number];
  readonly symmetry: (typeof SYMMETRIES)[number];
}

/** First word of every Matrix Market file. */
export const BANNER_WORD = "%%MatrixMarket";

/** Parses the first line; words count in any case. */
export function parseBanner(line: string, fail: (problem: string) => never): Banner {
  const [first = "", object, layout, field, symmetry, ...rest] = line.trim().toLowerCase().split(/\s+/);
  if (first !== BANNER_WORD.toLowerCase()) fail(`expected ${BANNER_WORD}, got ${quote(line)}`);
  if (object !== "matrix") fail(`expected the object matrix, got ${quote(object ?? "")}`);
  if (rest.length > 0) fail(`expected five words, got ${quote(rest[0]!)} after them`);
  const banner: Banner = {
    layout: oneOf("layout", LAYOUTS, layout, fail),
    field: oneOf("field", FIELDS, field, fail),
    symmetry: oneOf("symmetry", SYMMETRIES, symmetry, fail),
  };
  const { symmetry: kind } = banner;
  if (banner.field === "pattern" && banner.layout === "array") fail("a pattern has no values for an array");
  if (banner.field === "pattern" && (kind === "skew-symmetric" || kind === "hermitian"))
    fail(`a pattern cannot be ${kind}`);
  if (kind === "hermitian" && banner.field !== "complex") fail(`hermitian needs complex values, got ${banner.field}`);
  return banner;
}

function oneOf<T extends string>(
  what: string,
  choices: readonly T[],
  word: string | undefined,
  fail: (problem: string) => never,
): T {
  return (
    choices.find((choice) => choice === word) ??
    fail(`expected the ${what} ${choices.join(", ")}, got ${quote(word ?? "")}`)
  );
}
