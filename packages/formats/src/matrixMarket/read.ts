import { FormatError, checkOptionNames, quote } from "../errors.ts";
import { allocate } from "../memory.ts";
import { type NdArray, elementCount, rowMajorStrides } from "../ndarray.ts";
import { parseDecimal, parseNonFinite } from "../number.ts";
import { READ_OPTIONS, type ReadOptions, checkReadOptions } from "../options.ts";
import { type Input, type SourceLike, openInput } from "../source.ts";
import { type Banner, parseBanner } from "./banner.ts";
import { eachLine } from "./lines.ts";
import { MIN_COORDINATE_BYTES, MIN_VALUE_BYTES } from "./limits.ts";

/**
 * Reads a Matrix Market file of any kind as a dense matrix: coordinate or array; real, double, integer, complex or
 * pattern; general, symmetric, skew-symmetric or hermitian.
 *
 * Symmetric kinds are filled in from the lower triangle that they store; a pattern's entries are 1. Entries given twice
 * are summed, which a note says. Exponents may be written with D. Complex matrices are c128, all others f64.
 *
 * @throws FormatError  with the line: a malformed line, more or fewer entries than declared, an index outside the
 *                      matrix or above the diagonal of a symmetric kind, a dense size above `maxBytes`, NaN or
 *                      ±Infinity unless `nonFinite: "keep"`.
 *
 * Cost: one pass, rows × cols elements. Source: Boisvert, Pozo & Remington, NISTIR 5935.
 */
export async function readMatrixMarket(
  source: SourceLike,
  options: ReadOptions = {},
): Promise<NdArray<"f64" | "c128">> {
  checkOptionNames("readMatrixMarket", options, READ_OPTIONS);
  return readMatrixMarketInput(openInput(source, "mtx", options.name), options);
}

/** readMatrixMarket for an input that is open already. */
export async function readMatrixMarketInput(input: Input, options: ReadOptions): Promise<NdArray<"f64" | "c128">> {
  const { nonFinite, maxBytes } = checkReadOptions("readMatrixMarket", options);
  let lineNumber = 0;
  const fail = (problem: string): never => {
    throw new FormatError("mtx", { file: input.name, line: lineNumber }, problem);
  };
  let banner: Banner | undefined;
  let matrix: Filling | undefined;
  await eachLine(input, "mtx", (line, number, end) => {
    lineNumber = number;
    if (!banner) {
      banner = parseBanner(line, fail);
      return;
    }
    const text = line.trim();
    if (text === "" || text.startsWith("%")) return;
    const words = text.split(/\s+/);
    if (matrix) matrix.add(words);
    else
      matrix = beginMatrix(banner, words, {
        file: input.name,
        bytesLeft: input.byteLength - end,
        maxBytes,
        nonFinite,
        fail,
      });
  });
  if (lineNumber === 0) lineNumber = 1;
  if (!banner) return fail("the file is empty");
  if (!matrix) return fail("the file ends before the line of sizes");
  return matrix.finish();
}

interface Context {
  readonly file: string | undefined;
  readonly bytesLeft: number;
  readonly maxBytes: number;
  readonly nonFinite: "error" | "keep";
  readonly fail: (problem: string) => never;
}

interface Sizes {
  readonly rows: number;
  readonly cols: number;
  /** Entries that the file must hold. */
  readonly declared: number;
  /** Bytes of the dense matrix. */
  readonly bytes: number;
}

function beginMatrix(banner: Banner, words: readonly string[], context: Context): Filling {
  const sizes = proveSizes(banner, words, context);
  return allocate("mtx", { file: context.file }, sizes.bytes, () => new Filling(banner, sizes, context));
}

/** The line of sizes, proved against the bytes that follow it and the limit of the dense matrix. */
function proveSizes(banner: Banner, words: readonly string[], { bytesLeft, maxBytes, fail }: Context): Sizes {
  const coordinate = banner.layout === "coordinate";
  if (words.length !== (coordinate ? 3 : 2) || !words.every((word) => /^\d+$/.test(word)))
    fail(
      `expected the numbers of ${coordinate ? "rows, columns and entries" : "rows and columns"}, got ${quote(words.join(" "))}`,
    );
  const [rows, cols, entries = 0] = words.map(Number) as [number, number, number?];
  const elements = elementCount([rows, cols]);
  if (![rows, cols, entries].every(Number.isSafeInteger) || elements === undefined)
    return fail(`${words.join(" × ")} is beyond 2^53`);
  if (banner.symmetry !== "general" && rows !== cols)
    fail(`a ${banner.symmetry} matrix is square, got ${rows} × ${cols}`);
  const declared = coordinate ? entries : storedElements(banner, rows, cols);
  // The last line may lack its end.
  const possible = Math.floor((bytesLeft + 1) / (coordinate ? MIN_COORDINATE_BYTES : MIN_VALUE_BYTES));
  if (declared > possible) fail(`${declared} entries declared, the file has room for ${possible}`);
  const bytes = Float64Array.BYTES_PER_ELEMENT * elements * partsOf(banner);
  if (bytes > maxBytes)
    fail(`${rows} × ${cols} takes ${bytes} bytes as a dense matrix; the limit is ${maxBytes} (maxBytes)`);
  return { rows, cols, declared, bytes };
}

/** A dense matrix that is being filled in, entry by entry. */
class Filling {
  readonly #banner: Banner;
  readonly #context: Context;
  readonly #rows: number;
  readonly #cols: number;
  readonly #declared: number;
  #read = 0;
  readonly #data: Float64Array<ArrayBuffer>;
  readonly #valueWords: 0 | 1 | 2;
  /** Marks the elements that a coordinate file has given. */
  readonly #given: Uint8Array;
  #duplicates = 0;
  #rounded = 0;
  /** Next element of an array file, which runs down the columns. */
  #row = 0;
  #col = 0;

  constructor(banner: Banner, { rows, cols, declared }: Sizes, context: Context) {
    this.#banner = banner;
    this.#context = context;
    this.#rows = rows;
    this.#cols = cols;
    this.#declared = declared;
    this.#valueWords = valueWords(banner);
    this.#data = new Float64Array(rows * cols * partsOf(banner));
    this.#given = new Uint8Array(banner.layout === "coordinate" ? rows * cols : 0);
    this.#nextColumn(0);
  }

  add(words: readonly string[]): void {
    const { fail } = this.#context;
    if (this.#read === this.#declared) fail(`expected ${this.#declared} entries, got more`);
    this.#read++;
    if (this.#banner.layout === "array") {
      this.#expectWords(words, 0);
      this.#put(this.#row, this.#col, words, 0);
      if (++this.#row === this.#rows) this.#nextColumn(this.#col + 1);
      return;
    }
    this.#expectWords(words, 2);
    const row = this.#index(words[0]!, this.#rows, "row");
    const col = this.#index(words[1]!, this.#cols, "column");
    this.#put(row, col, words, 2);
  }

  finish(): NdArray<"f64" | "c128"> {
    const { fail } = this.#context;
    if (this.#read < this.#declared) fail(`the file ends after ${this.#read} of ${this.#declared} entries`);
    const notes: string[] = [];
    if (this.#duplicates) notes.push(`${this.#duplicates} entries repeat an element and were added to it`);
    if (this.#rounded) notes.push(`${this.#rounded} integers beyond 2^53 were rounded to doubles`);
    const shape = [this.#rows, this.#cols];
    return {
      data: this.#data,
      shape,
      strides: rowMajorStrides(shape),
      dtype: this.#valueWords === 2 ? "c128" : "f64",
      notes,
    };
  }

  #nextColumn(col: number): void {
    this.#col = col;
    const { symmetry } = this.#banner;
    this.#row = symmetry === "general" ? 0 : symmetry === "skew-symmetric" ? col + 1 : col;
  }

  #expectWords(words: readonly string[], indices: number): void {
    const expected = indices + this.#valueWords;
    if (words.length !== expected)
      this.#context.fail(`expected ${expected} ${expected === 1 ? "number" : "numbers"}, got ${words.length}`);
  }

  #index(word: string, size: number, what: string): number {
    const index = /^\d+$/.test(word) ? Number(word) : 0;
    if (index < 1 || index > size) this.#context.fail(`expected a ${what} from 1 to ${size}, got ${quote(word)}`);
    return index - 1;
  }

  #put(row: number, col: number, words: readonly string[], first: number): void {
    const { fail } = this.#context;
    const { symmetry } = this.#banner;
    const re = this.#valueWords === 0 ? 1 : this.#number(words[first]!);
    const im = this.#valueWords === 2 ? this.#number(words[first + 1]!) : 0;
    if (symmetry !== "general" && row < col)
      fail(`a ${symmetry} file holds the lower triangle only, got row ${row + 1}, column ${col + 1}`);
    if (row === col && symmetry === "skew-symmetric" && !(re === 0 && im === 0))
      fail("the diagonal of a skew-symmetric matrix is 0");
    if (row === col && symmetry === "hermitian" && im !== 0) fail("the diagonal of a hermitian matrix is real");
    this.#accumulate(row, col, re, im);
    if (symmetry === "general" || row === col) return;
    if (symmetry === "skew-symmetric") this.#accumulate(col, row, -re, -im);
    else this.#accumulate(col, row, re, symmetry === "hermitian" ? -im : im);
  }

  #accumulate(row: number, col: number, re: number, im: number): void {
    const element = row * this.#cols + col;
    const repeated = this.#given[element] === 1;
    if (repeated && (this.#banner.symmetry === "general" || row >= col)) this.#duplicates++;
    if (this.#given.length > 0) this.#given[element] = 1;
    const at = this.#valueWords === 2 ? 2 * element : element;
    this.#data[at] = repeated ? this.#data[at]! + re : re;
    if (this.#valueWords === 2) this.#data[at + 1] = repeated ? this.#data[at + 1]! + im : im;
  }

  #number(word: string): number {
    const { fail, nonFinite } = this.#context;
    const value = parseDecimal(word.replace(/[dD]/, "e")) ?? parseNonFinite(word);
    if (value === undefined) return fail(`expected a number, got ${quote(word)}`);
    if (!Number.isFinite(value) && nonFinite === "error")
      fail(`${quote(word)} is not a finite double (nonFinite: "keep" accepts it)`);
    if (this.#banner.field === "integer") {
      if (!/^[+-]?\d+$/.test(word)) fail(`expected an integer, got ${quote(word)}`);
      if (!Number.isSafeInteger(value)) this.#rounded++;
    }
    return value;
  }
}

/** Words of one value in the file: none for a pattern, two for complex. */
function valueWords({ field }: Banner): 0 | 1 | 2 {
  return field === "pattern" ? 0 : field === "complex" ? 2 : 1;
}

/** Numbers of one element in memory. */
function partsOf({ field }: Banner): 1 | 2 {
  return field === "complex" ? 2 : 1;
}

/** Elements that an array file of this kind stores. */
function storedElements({ symmetry }: Banner, rows: number, cols: number): number {
  if (symmetry === "general") return rows * cols;
  return (rows * (symmetry === "skew-symmetric" ? rows - 1 : rows + 1)) / 2;
}
