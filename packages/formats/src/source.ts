import { FormatError, type Place } from "./errors.ts";
import { CHUNK_BYTES, MAX_TEXT_BYTES } from "./limits.ts";
import { allocateLater } from "./memory.ts";

/** What a range of a source may come as. */
export type Bytes = ArrayBuffer | ArrayBufferView | BlobLike;

/** The part of Blob and File that is used. */
export interface BlobLike {
  readonly size: number;
  readonly name?: string;
  slice(start: number, end: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Bytes that can be read by ranges: a file, an HTTP resource, anything that knows its length. */
export interface Source {
  readonly byteLength: number;
  /** For its extension and for messages. */
  readonly name?: string;
  /** Bytes start … end − 1. */
  slice(start: number, end: number): Bytes | Promise<Bytes>;
}

/** Everything that a reader takes. A string is the text itself, never a path. */
export type SourceLike = string | ArrayBuffer | ArrayBufferView | BlobLike | Source;

/** A source as the readers see it: named, and every range either complete or an error. */
export interface Input {
  readonly name: string | undefined;
  /** Infinity for a pipe, whose end is not known. */
  readonly byteLength: number;
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Of a pipe: how many bytes there are from a place, at most so many. */
  available?(start: number, most: number): Promise<number>;
}

/** How many bytes there are from a place, at most so many. */
export async function bytesFrom(input: Input, start: number, most: number): Promise<number> {
  return input.available?.(start, most) ?? Math.max(0, Math.min(most, input.byteLength - start));
}

/** Opens anything that a reader takes. Bytes handed in by the caller are copied, never aliased. */
export function openInput(source: SourceLike, format: string, name?: string): Input {
  if (typeof source === "string") return ownedInput(new TextEncoder().encode(source), name);
  const byteLength = "size" in source ? source.size : source.byteLength;
  const file = name ?? ("name" in source ? source.name : undefined);
  const slice = ArrayBuffer.isView(source)
    ? (start: number, end: number) => bytesOf(source).slice(start, end)
    : (start: number, end: number) => source.slice(start, end);
  return {
    name: file,
    byteLength,
    async read(start, end) {
      const place: Place = { file, byteOffset: start };
      const bytes = ownBytes(await allocateLater(format, place, end - start, () => bytesOfRange(slice(start, end))));
      if (bytes.length !== end - start)
        throw new FormatError(format, place, `expected ${end - start} bytes from here, got ${bytes.length}`);
      return bytes;
    },
  };
}

/** An input over bytes that the readers made themselves and may hand out without a copy. */
export function ownedInput(bytes: Uint8Array<ArrayBuffer>, name?: string): Input {
  return { name, byteLength: bytes.length, read: async (start, end) => bytes.subarray(start, end) };
}

async function bytesOfRange(range: Bytes | Promise<Bytes>): Promise<ArrayBuffer | ArrayBufferView> {
  const bytes = await range;
  return "arrayBuffer" in bytes ? bytes.arrayBuffer() : bytes;
}

/**
 * The whole input as text without its byte order mark: UTF-8, or UTF-16 where a byte order mark says so; bytes that are not UTF-8 are read as
 * windows-1252, which never changes a number. A NUL character means that this is no text at all.
 */
export async function readText(input: Input, format: string): Promise<string> {
  const place: Place = { file: input.name };
  if (input.byteLength > MAX_TEXT_BYTES)
    throw new FormatError(
      format,
      place,
      `${input.byteLength} bytes of text; the limit is ${MAX_TEXT_BYTES}, npy has none`,
    );
  const bytes = await input.read(0, input.byteLength);
  const text = new TextDecoder(encodingOf(bytes, false)).decode(bytes);
  const nul = text.indexOf("\0");
  if (nul >= 0) throw new FormatError(format, { ...place, byteOffset: bytes.indexOf(0) }, NO_TEXT);
  return text;
}

/**
 * The text of an input piece by piece, as `readText` decodes it. The first piece decides: if it is not UTF-8, all is
 * windows-1252; a byte further on that is not UTF-8 becomes U+FFFD, which is part of no number.
 */
export async function* decodeStream(input: Input, format: string): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for (let start = 0, goesOn = true; goesOn; start += CHUNK_BYTES) {
    const there = await bytesFrom(input, start, CHUNK_BYTES + 1);
    if (there === 0) return;
    goesOn = there > CHUNK_BYTES;
    const bytes = await input.read(start, start + Math.min(there, CHUNK_BYTES));
    decoder ??= new TextDecoder(encodingOf(bytes, goesOn));
    const text = decoder.decode(bytes, { stream: goesOn });
    if (text.includes("\0"))
      throw new FormatError(format, { file: input.name, byteOffset: start + Math.max(0, bytes.indexOf(0)) }, NO_TEXT);
    yield text;
  }
}

const NO_TEXT = "binary data, not text";

/** The encoding of a text, or of its beginning, whose last character may then be cut. */
function encodingOf(bytes: Uint8Array, beginning: boolean): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: beginning });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function ownBytes(bytes: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes);
  const view = bytesOf(bytes);
  return view.buffer instanceof ArrayBuffer ? (view as Uint8Array<ArrayBuffer>) : new Uint8Array(view);
}
