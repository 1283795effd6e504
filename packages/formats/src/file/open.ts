import { createReadStream } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { FormatError } from "../errors.ts";
import { CHUNK_BYTES, MAX_UNPACKED_BYTES } from "../limits.ts";
import type { Source } from "../source.ts";
import { concatenate } from "../bytes.ts";

/** A file that is read by ranges; close it when done. */
export interface FileSource extends Source {
  readonly name: string;
  slice(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** A pipe as it comes, where a path leads to one, as in `eckart stream <(zcat table.csv.gz)`; undefined elsewhere. */
export async function openPipe(path: string): Promise<AsyncIterable<Uint8Array> | undefined> {
  const info = await named(path, () => stat(path));
  return info.isFIFO() ? createReadStream(path, { highWaterMark: CHUNK_BYTES }) : undefined;
}

/** Bytes that one read call may ask for. */
const READ_BYTES: number = 2 ** 30;
const PIPE_READ_BYTES: number = 2 ** 16;

/**
 * Opens a file for the readers. A pipe or a device, which has no length, is read to its end and held, up to `maxBytes`.
 *
 * @throws FormatError  a file that does not exist or cannot be read; `cause` is the system's error.
 */
export async function openFile(path: string, options: { readonly maxBytes?: number } = {}): Promise<FileSource> {
  const { maxBytes = MAX_UNPACKED_BYTES } = options;
  const file = await named(path, () => open(path, "r"));
  try {
    const info = await file.stat();
    if (info.isDirectory()) throw new FormatError("file", { file: path }, "is a folder");
    const close = (): Promise<void> => file.close();
    if (info.isFile() && info.size > 0)
      return {
        name: path,
        byteLength: info.size,
        slice: (start, end) => named(path, () => readRange(file, start, end)),
        close,
      };
    const bytes = await named(path, () => readToEnd(file, path, maxBytes));
    return { name: path, byteLength: bytes.length, slice: async (start, end) => bytes.slice(start, end), close };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readRange(file: FileHandle, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(end - start);
  let filled = 0;
  while (filled < bytes.length) {
    const wanted = Math.min(bytes.length - filled, READ_BYTES);
    const { bytesRead } = await file.read(bytes, filled, wanted, start + filled);
    if (bytesRead === 0) return bytes.subarray(0, filled);
    filled += bytesRead;
  }
  return bytes;
}

/** Reads a pipe or device, or one of those files of the system that claim to be empty. */
async function readToEnd(file: FileHandle, path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read(new Uint8Array(PIPE_READ_BYTES), 0, PIPE_READ_BYTES, null);
    if (bytesRead === 0) return concatenate(parts);
    total += bytesRead;
    if (total > maxBytes)
      throw new FormatError("file", { file: path }, `more than the limit of ${maxBytes} bytes (maxBytes)`);
    parts.push(buffer.subarray(0, bytesRead));
  }
}

const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "no such file"],
  ["EACCES", "may not be read"],
  ["EISDIR", "is a folder"],
]);

/** Runs a step on a file; the system's error becomes one that names it. */
async function named<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === undefined || cause instanceof FormatError || cause instanceof RangeError) throw cause;
    throw new FormatError("file", { file: path }, PROBLEMS.get(code) ?? message, { cause });
  }
}
