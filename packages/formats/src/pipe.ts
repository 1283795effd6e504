import { concatenate } from "./bytes.ts";
import { FormatError, FormatOptionError } from "./errors.ts";
import type { Input } from "./source.ts";

/**
 * Bytes that come piece by piece and end one does not know when, as an input that is read from front to back: what lies
 * before the last range that was read is forgotten.
 */
export class PipeInput implements Input {
  readonly name: string | undefined;
  readonly byteLength: number = Infinity;
  readonly #pieces: AsyncIterator<Uint8Array>;
  #ended = false;
  /** What is held, and where it begins. */
  #held: Uint8Array[] = [];
  #start = 0;
  #length = 0;

  constructor(pieces: AsyncIterable<Uint8Array>, name?: string) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.name = name;
  }

  /** Bytes that there are from `start` on, at most `most`; waits until it is known. */
  async available(start: number, most: number): Promise<number> {
    while (!this.#ended && this.#start + this.#length < start + most) {
      const step = await this.#pieces.next();
      if (step.done) this.#ended = true;
      else if (!ArrayBuffer.isView(step.value))
        throw new FormatOptionError("readRowBlocks", "a piece of the pipe", typeof step.value, "a Uint8Array");
      else {
        this.#held.push(step.value);
        this.#length += step.value.length;
      }
    }
    return Math.max(0, Math.min(most, this.#start + this.#length - start));
  }

  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    this.#forget(start);
    const found = await this.available(start, end - start);
    if (found !== end - start)
      throw new FormatError(
        "pipe",
        { file: this.name, byteOffset: start },
        `expected ${end - start} bytes from here, got ${found}`,
      );
    // One piece for several ranges, and several pieces for one range, are joined once.
    const parts: Uint8Array[] = [];
    let at = this.#start;
    for (const piece of this.#held) {
      if (at >= end) break;
      parts.push(piece.subarray(Math.max(0, start - at), end - at));
      at += piece.length;
    }
    return concatenate(parts);
  }

  /** All that is held or still comes. */
  async rest(): Promise<Uint8Array<ArrayBuffer>> {
    await this.available(this.#start, Infinity);
    return concatenate(this.#held);
  }

  /** Asks for no more. */
  async close(): Promise<void> {
    if (!this.#ended) await this.#pieces.return?.();
    this.#ended = true;
  }

  #forget(before: number): void {
    for (let [first] = this.#held; first && this.#start + first.length <= before; [first] = this.#held) {
      this.#held.shift();
      this.#start += first.length;
      this.#length -= first.length;
    }
  }
}
