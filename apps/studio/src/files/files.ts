import type { Picture } from "./picture.ts";
import type { Answer, ReadFile, Reading, Task, Written } from "./protocol.ts";

/** A file that is not what it should be: a sentence that names the file, the place and the cause. */
class FileError extends Error {
  override readonly name = "FileError";
}

/** Files above this are refused before a byte of them is read. */
const MAX_FILE_BYTES = 2 ** 30;

/**
 * Reads a matrix, a table or a picture in a thread of its own, in any format of `@eckart/formats`, found by its name and its
 * first bytes.
 *
 * @throws FileError  what is wrong with it.
 */
export async function readFile(file: File, signal: AbortSignal, reading: Reading = {}): Promise<ReadFile> {
  if (file.size > MAX_FILE_BYTES) throw new FileError(`${file.name}: larger than 1 GiB; the command eckart reads it.`);
  const answer = await ask({ kind: "read", file, name: file.name, reading }, signal);
  return (answer as { read: ReadFile }).read;
}

/**
 * Reads a PNG or JPEG picture.
 *
 * @throws FileError  it is none, or what is wrong with it.
 */
export async function readPicture(file: File, signal: AbortSignal): Promise<Picture> {
  const read = await readFile(file, signal);
  if (!("picture" in read)) throw new FileError(`${file.name}: expected a PNG or JPEG picture`);
  return read.picture;
}

/** The samples of a picture, rows × columns or rows × columns × channels, as a PNG file. */
export const pngOf = (array: Written, signal: AbortSignal): Promise<Blob> =>
  fileOf({ kind: "png", array }, "image/png", signal);

/** An array as NumPy's npy. */
export const npyOf = (array: Written, signal: AbortSignal): Promise<Blob> =>
  fileOf({ kind: "npy", array }, "application/octet-stream", signal);

/** Arrays by name as NumPy's npz. */
export const npzOf = (arrays: readonly Written[], signal: AbortSignal): Promise<Blob> =>
  fileOf({ kind: "npz", arrays }, "application/zip", signal);

async function fileOf(task: Task, type: string, signal: AbortSignal): Promise<Blob> {
  const answer = await ask(task, signal);
  return new Blob([(answer as { bytes: Uint8Array<ArrayBuffer> }).bytes], { type });
}

/** One task, one thread: it ends with its answer, or when it is given up. */
function ask(task: Task, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const thread = new Worker(new URL("./thread.ts", import.meta.url), { type: "module", name: "files" });
    const end = (settle: () => void): void => {
      signal.removeEventListener("abort", abort);
      thread.terminate();
      settle();
    };
    const abort = (): void => end(() => reject(signal.reason));
    signal.addEventListener("abort", abort);
    thread.onmessage = ({ data }: MessageEvent<Answer>) =>
      end(() => ("fault" in data ? reject(new FileError(data.fault)) : resolve(data)));
    thread.onerror = (event) => {
      event.preventDefault();
      end(() => reject(new FileError("What reads files did not load: is the network there?")));
    };
    thread.postMessage(task);
  });
}

/** Saves a file on the reader's device. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
