import { FormatError, quote } from "../errors.ts";
import { MAX_DEPTH } from "./limits.ts";

/**
 * Reads JSON (RFC 8259) token by token, so that numbers go straight into an array and every error has its line and column.
 * NaN, Infinity and -Infinity count as numbers, for Python writes them.
 */
export class JsonScanner {
  readonly #text: string;
  readonly file: string | undefined;
  #at = 0;

  constructor(text: string, file: string | undefined) {
    this.#text = text;
    this.file = file;
  }

  /** Fails at the token that comes next, or at `position`. */
  fail(problem: string, position: number = this.#at): never {
    const before = this.#text.slice(0, position).split(/\r\n|\n|\r/);
    const place = { file: this.file, line: before.length, column: before.at(-1)!.length + 1 };
    throw new FormatError("json", place, problem);
  }

  get position(): number {
    this.#skipSpace();
    return this.#at;
  }

  /** The next character that is no space; "" at the end. */
  peek(): string {
    this.#skipSpace();
    return this.#text[this.#at] ?? "";
  }

  /** Takes the character if it comes next. */
  take(char: string): boolean {
    if (this.peek() !== char) return false;
    this.#at++;
    return true;
  }

  expect(char: string, alternatives = ""): void {
    if (!this.take(char)) this.fail(`expected ${char}${alternatives}, got ${this.#here()}`);
  }

  number(): number {
    this.#skipSpace();
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (!match) return this.fail(`expected a number, got ${this.#here()}`);
    this.#at = NUMBER.lastIndex;
    return Number(match[0]);
  }

  /** A whole number of digits alone, as a size is written. */
  natural(): number {
    this.#skipSpace();
    NATURAL.lastIndex = this.#at;
    const match = NATURAL.exec(this.#text);
    if (!match) return this.fail(`expected a whole number, got ${this.#here()}`);
    this.#at = NATURAL.lastIndex;
    return Number(match[0]);
  }

  /** Takes the word null if it comes next. */
  takeNull(): boolean {
    this.#skipSpace();
    return this.#takeWord("null");
  }

  string(): string {
    if (this.peek() !== '"') this.fail(`expected a string, got ${this.#here()}`);
    const start = this.#at;
    let end = this.#text.indexOf('"', start + 1);
    while (end >= 0 && isEscaped(this.#text, end)) end = this.#text.indexOf('"', end + 1);
    if (end < 0) return this.fail("a string that does not end");
    this.#at = end + 1;
    try {
      return JSON.parse(this.#text.slice(start, end + 1)) as string;
    } catch {
      return this.fail("a string with a character or an escape that JSON does not know", start);
    }
  }

  /** Calls `onItem` at the beginning of each item of a list. */
  list(onItem: () => void): void {
    this.expect("[");
    if (this.take("]")) return;
    do onItem();
    while (this.take(","));
    this.expect("]", " or ,");
  }

  /**
   * Calls `onMember` at each value of an object, with its key and where that stands; a key given twice is an error, for
   * one of the values would be lost.
   */
  object(onMember: (key: string, at: number) => void): void {
    const seen = new Set<string>();
    this.expect("{");
    if (this.take("}")) return;
    do {
      const at = this.position;
      const key = this.string();
      if (seen.has(key)) this.fail(`the key ${quote(key)} twice`, at);
      seen.add(key);
      this.expect(":");
      onMember(key, at);
    } while (this.take(","));
    this.expect("}", " or ,");
  }

  /** Skips a value of any kind. */
  skip(depth = 0): void {
    if (depth > MAX_DEPTH) this.fail(`nested more than ${MAX_DEPTH} deep`);
    const next = this.peek();
    if (next === "[") this.list(() => this.skip(depth + 1));
    else if (next === "{") this.object(() => this.skip(depth + 1));
    else if (next === '"') this.string();
    else if (!["true", "false", "null"].some((word) => this.#takeWord(word))) this.number();
  }

  end(): void {
    if (this.peek() !== "") this.fail(`expected the end, got ${this.#here()}`);
  }

  #takeWord(word: string): boolean {
    const found = this.#text.startsWith(word, this.#at);
    if (found) this.#at += word.length;
    return found;
  }

  #skipSpace(): void {
    let code = this.#text.charCodeAt(this.#at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = this.#text.charCodeAt(++this.#at);
  }

  /** What comes next, for a message. */
  #here(): string {
    const rest = this.#text.slice(this.#at, this.#at + 64);
    const token = /^(?:"[^"]*"|[\w.+-]+|.)/s.exec(rest)?.[0];
    return token === undefined ? "the end" : quote(token);
  }
}

// A number that runs on into letters is none: "0x1F", "1.2.3", "007".
const NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)(?![\w.])|NaN(?![\w.])/y;
const NATURAL = /(?:0|[1-9]\d*)(?![\w.])/y;

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
}
