import { FormatError, checkOptionNames, quote } from "../errors.ts";
import { type NdArray, matrixF64 } from "../ndarray.ts";
import { parseDecimal, parseNonFinite } from "../number.ts";
import { READ_OPTIONS, type ReadOptions, checkReadOptions } from "../options.ts";
import { NestedShape } from "../shape.ts";
import { MAX_LITERAL_CHARACTERS } from "./limits.ts";

/**
 * Reads a matrix as a person types it: `3 2 2; 2 3 -2` or `[1, 2; 3, 4]` (MATLAB), `[[1, 2], [3, 4]]` (JSON, NumPy),
 * `[[1. 2.] [3. 4.]]` (as NumPy prints), or one row a line. Numbers are separated by spaces or a comma.
 *
 * The result always is a matrix; one row without brackets, or in one pair of them, is 1 × n.
 *
 * @throws FormatError  with line and column of the first character that does not fit.
 */
export function readLiteral(text: string, options: ReadOptions = {}): NdArray<"f64"> {
  checkOptionNames("readLiteral", options, READ_OPTIONS);
  const { name, nonFinite } = checkReadOptions("readLiteral", options);
  if (text.length > MAX_LITERAL_CHARACTERS)
    throw new FormatError(
      "literal",
      { file: name },
      `${text.length} characters; the limit is ${MAX_LITERAL_CHARACTERS}`,
    );
  const tokens = new Tokens(text, name, nonFinite);
  const nested = /^\s*[[(]\s*[[(]/.test(text);
  return nested ? nestedRows(tokens) : flatRows(tokens);
}

type Token =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "[" | "]" | "," | ";" | "line" | "end" };

class Tokens {
  readonly #text: string;
  readonly #file: string | undefined;
  readonly #nonFinite: "error" | "keep";
  #start = 0;
  #end = 0;

  constructor(text: string, file: string | undefined, nonFinite: "error" | "keep") {
    // The minus sign of typeset text; the same length, so that positions hold.
    this.#text = text.replaceAll("\u2212", "-");
    this.#file = file;
    this.#nonFinite = nonFinite;
  }

  /** The next token; brackets of either kind count as square ones. */
  next(): Token {
    SPACE.lastIndex = this.#end;
    SPACE.exec(this.#text);
    this.#start = this.#end = SPACE.lastIndex;
    const char = this.#text[this.#start];
    if (char === undefined) return { kind: "end" };
    const kind = MARKS.get(char);
    if (kind) {
      this.#end++;
      return { kind };
    }
    WORD.lastIndex = this.#start;
    const word = WORD.exec(this.#text)![0];
    this.#end += word.length;
    const value = parseDecimal(word) ?? parseNonFinite(word);
    if (value === undefined) return this.fail(`expected a number, got ${quote(word)}`);
    if (!Number.isFinite(value) && this.#nonFinite === "error") this.fail(`${quote(word)} is not a finite double`);
    return { kind: "number", value };
  }

  /** Fails at the token read last. */
  fail(problem: string): never {
    const lines = this.#text.slice(0, this.#start).split("\n");
    throw new FormatError(
      "literal",
      { file: this.#file, line: lines.length, column: lines.at(-1)!.length + 1 },
      problem,
    );
  }

  /** The token read last, for a message. */
  get here(): string {
    return quote(this.#text.slice(this.#start, this.#end)).replace('""', "the end");
  }
}

const SPACE = /[^\S\n]*/y;
const WORD = /[^\s[\](),;]+/y;
const MARKS: ReadonlyMap<string, "[" | "]" | "," | ";" | "line"> = new Map([
  ["[", "["],
  ["(", "["],
  ["]", "]"],
  [")", "]"],
  [",", ","],
  [";", ";"],
  ["\n", "line"],
]);

/** Rows that end at a semicolon or a line, in one pair of brackets or none. */
function flatRows(tokens: Tokens): NdArray<"f64"> {
  const values: number[] = [];
  let cols: number | undefined;
  let rows = 0;
  let row = 0;
  const endRow = (): void => {
    if (row === 0) return;
    if (cols !== undefined && row !== cols)
      tokens.fail(`expected ${cols} numbers in row ${rows + 1} as in the first, got ${row}`);
    cols = row;
    rows++;
    row = 0;
  };
  let token = tokens.next();
  while (token.kind === "line") token = tokens.next();
  const bracketed = token.kind === "[";
  if (bracketed) token = tokens.next();
  let afterComma = false;
  for (; token.kind !== "end" && token.kind !== "]"; token = tokens.next()) {
    if (token.kind === "number") {
      values.push(token.value);
      row++;
    } else if (token.kind === "," && row > 0 && !afterComma) {
      afterComma = true;
      continue;
    } else if ((token.kind === ";" && row > 0 && !afterComma) || token.kind === "line") {
      if (!afterComma) endRow();
      continue;
    } else {
      tokens.fail(`expected a number, got ${tokens.here}`);
    }
    afterComma = false;
  }
  if (afterComma) tokens.fail(`expected a number, got ${tokens.here}`);
  endRow();
  if (bracketed !== (token.kind === "]")) tokens.fail(bracketed ? "expected ] before the end" : "no [ before this ]");
  if (bracketed) expectEnd(tokens);
  else if (rows === 0) tokens.fail("expected numbers, got none");
  return matrixF64(Float64Array.from(values), [rows, cols ?? 0], []);
}

/** Rows in brackets of their own, inside one more pair. */
function nestedRows(tokens: Tokens): NdArray<"f64"> {
  const values: number[] = [];
  const shape = new NestedShape((problem) => tokens.fail(problem));
  // A comma stands between two items; whether one is needed is the writer's taste.
  let [afterItem, afterComma] = [false, false];
  do {
    const token = tokens.next();
    if (token.kind === "line") continue;
    if (token.kind === "," && afterItem) {
      [afterItem, afterComma] = [false, true];
      continue;
    }
    if (token.kind === "[") {
      if (shape.depth === 2) tokens.fail("a third level of brackets; a matrix has two");
      shape.open();
      afterItem = false;
    } else if (token.kind === "]" && !afterComma) {
      shape.close();
      afterItem = true;
    } else if (token.kind === "number") {
      shape.number();
      values.push(token.value);
      afterItem = true;
    } else {
      tokens.fail(`expected a number or a bracket, got ${tokens.here}`);
    }
    afterComma = false;
  } while (shape.depth > 0);
  expectEnd(tokens);
  const [rows = 0, cols = 0] = shape.finish();
  return matrixF64(Float64Array.from(values), [rows, cols], []);
}

function expectEnd(tokens: Tokens): void {
  let token = tokens.next();
  while (token.kind === "line" || token.kind === ";") token = tokens.next();
  if (token.kind !== "end") tokens.fail(`expected the end, got ${tokens.here}`);
}
