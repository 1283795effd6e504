import { MAX_DIMENSIONS } from "./limits.ts";

/**
 * The shape of nested lists while they are read: each level must always have the same length, and numbers stand at the
 * innermost level alone.
 */
export class NestedShape {
  readonly #lengths: number[] = [];
  /** Level at which numbers stand, once the first was met. */
  #leafLevel: number | undefined;
  readonly #open: number[] = [];
  readonly #fail: (problem: string) => never;

  constructor(fail: (problem: string) => never) {
    this.#fail = fail;
  }

  open(): void {
    this.#countItem();
    if (this.#leafLevel !== undefined && this.#open.length >= this.#leafLevel)
      this.#fail("expected a number, got a list");
    if (this.#open.length === MAX_DIMENSIONS) this.#fail(`more than ${MAX_DIMENSIONS} dimensions`);
    this.#open.push(0);
  }

  number(): void {
    this.#countItem();
    const level = this.#open.length;
    if (this.#lengths.length > level || (this.#leafLevel ?? level) !== level)
      this.#fail("expected a list, got a number");
    this.#leafLevel = level;
  }

  close(): void {
    const length = this.#open.pop()!;
    const level = this.#open.length;
    const expected = this.#lengths[level];
    if (expected !== undefined && expected !== length)
      this.#fail(
        `expected ${expected} ${expected === 1 ? "item" : "items"} in this list as in the first, got ${length}`,
      );
    this.#lengths[level] = length;
  }

  /** Lists that are open. */
  get depth(): number {
    return this.#open.length;
  }

  finish(): number[] {
    return this.#lengths;
  }

  #countItem(): void {
    const level = this.#open.length - 1;
    if (level >= 0) this.#open[level]!++;
  }
}
