import { FormatError, quote } from "../errors.ts";
import { allocate } from "../memory.ts";
import { parseDecimal, parseNonFinite } from "../number.ts";
import { type ReadOptions, checkReadOptions } from "../options.ts";
import type { Input } from "../source.ts";
import { type Banner, parseBanner } from "./banner.ts";
import { eachLine } from "./lines.ts";
import { MIN_COORDINATE_BYTES, MIN_VALUE_BYTES } from "./limits.ts";

/** What the line of sizes declares. */
export interface Sizes {
  readonly rows: number;
  readonly cols: number;
  /** Entries that the file must hold. */
  readonly declared: number;
}

/** Ends the reading with the line that is being read. */
export type Fail = (problem: string) => never;

/** A kind of matrix that entries can be collected in. */
export interface Target<M> {
  /** Bytes of a matrix of these sizes, or a failure where there can be none. */
  bytes(banner: Banner, sizes: Sizes, fail: Fail): number;
  /** What it is called where it is too large. */
  readonly kind: string;
  begin(banner: Banner, sizes: Sizes): Filling<M>;
}

/** A matrix that is being filled in, entry by entry. */
export interface Filling<M> {
  /** Adds to an element; `mirrored` where the file gives the one across the diagonal. */
  add(row: number, col: number, re: number, im: number, mirrored: boolean): void;
  /** The matrix, and how many entries of the file were added to one that was there. */
  finish(): { readonly matrix: M; readonly duplicates: number };
}

/** Reads the entries of a Matrix Market file into the target that its first line calls for. */
export async function readEntries<M extends object>(
  caller: string,
  input: Input,
  options: ReadOptions,
  targetOf: (banner: Banner, fail: Fail) => Target<M>,
): Promise<M & { readonly notes: readonly string[] }> {
  const { nonFinite, maxBytes } = checkReadOptions(caller, options);
  let lineNumber = 0;
  const fail: Fail = (problem) => {
    throw new FormatError("mtx", { file: input.name, line: lineNumber }, problem);
  };
  let kind: { banner: Banner; target: Target<M> } | undefined;
  let entries: Entries<M> | undefined;
  await eachLine(input, "mtx", (line, number, end) => {
    lineNumber = number;
    if (!kind) {
      const banner = parseBanner(line, fail);
      kind = { banner, target: targetOf(banner, fail) };
      return;
    }
    const text = line.trim();
    if (text === "" || text.startsWith("%")) return;
    const words = text.split(/\s+/);
    if (entries) {
      entries.add(words);
      return;
    }
    const { banner, target } = kind;
    const sizes = proveSizes(banner, words, input.byteLength - end, fail);
    const bytes = target.bytes(banner, sizes, fail);
    if (bytes > maxBytes)
      fail(
        `${sizes.rows} × ${sizes.cols} takes ${bytes} bytes as a ${target.kind}; the limit is ${maxBytes} (maxBytes)`,
      );
    const filling = allocate("mtx", { file: input.name }, bytes, () => target.begin(banner, sizes));
    entries = new Entries(filling, banner, sizes, nonFinite, fail);
  });
  if (lineNumber === 0) lineNumber = 1;
  if (!kind) return fail("the file is empty");
  if (!entries) return fail("the file ends before the line of sizes");
  return entries.finish();
}

/** The line of sizes, proved against the bytes that follow it. */
function proveSizes(banner: Banner, words: readonly string[], bytesLeft: number, fail: Fail): Sizes {
  const coordinate = banner.layout === "coordinate";
  if (words.length !== (coordinate ? 3 : 2) || !words.every((word) => /^\d+$/.test(word)))
    fail(
      `expected the numbers of ${coordinate ? "rows, columns and entries" : "rows and columns"}, got ${quote(words.join(" "))}`,
    );
  const [rows, cols, entries = 0] = words.map(Number) as [number, number, number?];
  const declared = coordinate ? entries : storedElements(banner, rows, cols);
  if (![rows, cols, declared].every(Number.isSafeInteger)) fail(`${words.join(" × ")} is beyond 2^53`);
  if (banner.symmetry !== "general" && rows !== cols)
    fail(`a ${banner.symmetry} matrix is square, got ${rows} × ${cols}`);
  // The last line may lack its end.
  const possible = Math.floor((bytesLeft + 1) / (coordinate ? MIN_COORDINATE_BYTES : MIN_VALUE_BYTES));
  if (declared > possible) fail(`${declared} entries declared, the file has room for ${possible}`);
  return { rows, cols, declared };
}

/** Elements that an array file of this kind stores. */
function storedElements({ symmetry }: Banner, rows: number, cols: number): number {
  if (symmetry === "general") return rows * cols;
  return (rows * (symmetry === "skew-symmetric" ? rows - 1 : rows + 1)) / 2;
}

/** The entries of a file, checked one by one on their way into a matrix. */
class Entries<M extends object> {
  readonly #filling: Filling<M>;
  readonly #banner: Banner;
  readonly #sizes: Sizes;
  readonly #nonFinite: "error" | "keep";
  readonly #fail: Fail;
  /** Words of one value: none for a pattern, two for complex. */
  readonly #valueWords: 0 | 1 | 2;
  #read = 0;
  #rounded = 0;
  /** Next element of an array file, which runs down the columns. */
  #row = 0;
  #col = 0;

  constructor(filling: Filling<M>, banner: Banner, sizes: Sizes, nonFinite: "error" | "keep", fail: Fail) {
    this.#filling = filling;
    this.#banner = banner;
    this.#sizes = sizes;
    this.#nonFinite = nonFinite;
    this.#fail = fail;
    this.#valueWords = banner.field === "pattern" ? 0 : banner.field === "complex" ? 2 : 1;
    this.#nextColumn(0);
  }

  add(words: readonly string[]): void {
    const { rows, cols, declared } = this.#sizes;
    if (this.#read === declared) this.#fail(`expected ${declared} entries, got more`);
    this.#read++;
    if (this.#banner.layout === "array") {
      this.#expectWords(words, 0);
      this.#put(this.#row, this.#col, words, 0);
      if (++this.#row === rows) this.#nextColumn(this.#col + 1);
      return;
    }
    this.#expectWords(words, 2);
    const row = this.#index(words[0]!, rows, "row");
    const col = this.#index(words[1]!, cols, "column");
    this.#put(row, col, words, 2);
  }

  finish(): M & { readonly notes: readonly string[] } {
    const { declared } = this.#sizes;
    if (this.#read < declared) this.#fail(`the file ends after ${this.#read} of ${declared} entries`);
    const { matrix, duplicates } = this.#filling.finish();
    const notes: string[] = [];
    if (duplicates) notes.push(`${duplicates} entries repeat an element and were added to it`);
    if (this.#rounded) notes.push(`${this.#rounded} integers beyond 2^53 were rounded to doubles`);
    return { ...matrix, notes };
  }

  #nextColumn(col: number): void {
    this.#col = col;
    const { symmetry } = this.#banner;
    this.#row = symmetry === "general" ? 0 : symmetry === "skew-symmetric" ? col + 1 : col;
  }

  #expectWords(words: readonly string[], indices: number): void {
    const expected = indices + this.#valueWords;
    if (words.length !== expected)
      this.#fail(`expected ${expected} ${expected === 1 ? "number" : "numbers"}, got ${words.length}`);
  }

  #index(word: string, size: number, what: string): number {
    const index = /^\d+$/.test(word) ? Number(word) : 0;
    if (index < 1 || index > size) this.#fail(`expected a ${what} from 1 to ${size}, got ${quote(word)}`);
    return index - 1;
  }

  #put(row: number, col: number, words: readonly string[], first: number): void {
    const { symmetry } = this.#banner;
    const re = this.#valueWords === 0 ? 1 : this.#number(words[first]!);
    const im = this.#valueWords === 2 ? this.#number(words[first + 1]!) : 0;
    if (symmetry !== "general" && row < col)
      this.#fail(`a ${symmetry} file holds the lower triangle only, got row ${row + 1}, column ${col + 1}`);
    if (row === col && symmetry === "skew-symmetric" && !(re === 0 && im === 0))
      this.#fail("the diagonal of a skew-symmetric matrix is 0");
    if (row === col && symmetry === "hermitian" && im !== 0) this.#fail("the diagonal of a hermitian matrix is real");
    this.#filling.add(row, col, re, im, false);
    if (symmetry === "general" || row === col) return;
    if (symmetry === "skew-symmetric") this.#filling.add(col, row, -re, -im, true);
    else this.#filling.add(col, row, re, symmetry === "hermitian" ? -im : im, true);
  }

  #number(word: string): number {
    const value = parseDecimal(word.replace(/[dD]/, "e")) ?? parseNonFinite(word);
    if (value === undefined) return this.#fail(`expected a number, got ${quote(word)}`);
    if (!Number.isFinite(value) && this.#nonFinite === "error")
      this.#fail(`${quote(word)} is not a finite double (nonFinite: "keep" accepts it)`);
    if (this.#banner.field === "integer") {
      if (!/^[+-]?\d+$/.test(word)) this.#fail(`expected an integer, got ${quote(word)}`);
      if (!Number.isSafeInteger(value)) this.#rounded++;
    }
    return value;
  }
}
