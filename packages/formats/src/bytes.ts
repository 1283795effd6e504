/** The parts one after another. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const BLOCK_CHARACTERS: number = 2 ** 16;

/** Text that is encoded block by block, for it may be longer than a string can be. */
export class TextWriter {
  readonly #blocks: Uint8Array[] = [];
  #pending = "";

  write(text: string): void {
    this.#pending += text;
    if (this.#pending.length >= BLOCK_CHARACTERS) this.#flush();
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.#flush();
    return concatenate(this.#blocks);
  }

  #flush(): void {
    this.#blocks.push(new TextEncoder().encode(this.#pending));
    this.#pending = "";
  }
}
