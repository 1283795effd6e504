import { dirname, join } from "node:path";
import type { BlockOptions, RowBlock } from "./blocks.ts";
import { type FileSource, openFile, openPipe } from "./file/open.ts";
import { writeFileAtomic } from "./file/writeAtomic.ts";
import { FORMAT_NAMES, formatOfName } from "./detect.ts";
import { FormatOptionError } from "./errors.ts";
import type { NdArray } from "./ndarray.ts";
import type { ReadOptions } from "./options.ts";
import { type ReadMatrixOptions, readMatrix, readRowBlocks, readSparse } from "./readMatrix.ts";
import {
  type Safetensors,
  type SafetensorsOpenOptions,
  openSafetensors,
  readChosenTensor,
} from "./safetensors/read.ts";
import { openSafetensorsShards } from "./safetensors/shards.ts";
import type { CsrArray } from "./sparse.ts";
import type { Writable } from "./writable.ts";
import { type WriteMatrixOptions, writeMatrix } from "./writeMatrix.ts";

export { type FileSource, openFile } from "./file/open.ts";
export { type Content, writeFileAtomic } from "./file/writeAtomic.ts";

/**
 * `readMatrix` for a file of this machine, which is read by ranges. Of a model in several files, the index
 * (`….safetensors.index.json`) stands for all.
 */
export async function readMatrixFile(path: string, options: ReadMatrixOptions = {}): Promise<NdArray> {
  if (isSafetensorsIndex(path) && (options.format ?? "auto") !== "json") return readShardedTensor(path, options);
  const { maxBytes } = options;
  const file = await openFile(path, maxBytes === undefined ? {} : { maxBytes });
  try {
    return await readMatrix(file, { name: path, ...options });
  } finally {
    await file.close();
  }
}

/** `readSparse` for a file of this machine. */
export async function readSparseFile(path: string, options: ReadMatrixOptions = {}): Promise<CsrArray | NdArray> {
  if (isSafetensorsIndex(path)) return readMatrixFile(path, options);
  const { maxBytes } = options;
  const file = await openFile(path, maxBytes === undefined ? {} : { maxBytes });
  try {
    return await readSparse(file, { name: path, ...options });
  } finally {
    await file.close();
  }
}

async function readShardedTensor(path: string, options: ReadMatrixOptions): Promise<NdArray> {
  const { tensor, maxHeaderBytes } = options.safetensors ?? {};
  const { nonFinite } = options;
  const opening = { ...(nonFinite && { nonFinite }), ...(maxHeaderBytes !== undefined && { maxHeaderBytes }) };
  const model = await openSafetensorsFile(path, opening);
  try {
    return await readChosenTensor(model, tensor, path);
  } finally {
    await model.close();
  }
}

function isSafetensorsIndex(path: string): boolean {
  return /\.safetensors\.index\.json$/i.test(path);
}

/**
 * `readRowBlocks` for a file of this machine, which stays open until the last block or the end of the loop; a named pipe
 * is read as it comes.
 */
export async function* readRowBlocksFile(
  path: string,
  options: ReadMatrixOptions & BlockOptions = {},
): AsyncGenerator<RowBlock> {
  const pipe = await openPipe(path);
  if (pipe) {
    yield* readRowBlocks(pipe, { name: path, ...options });
    return;
  }
  const { maxBytes } = options;
  const file = await openFile(path, maxBytes === undefined ? {} : { maxBytes });
  try {
    yield* readRowBlocks(file, { name: path, ...options });
  } finally {
    await file.close();
  }
}

/** A model on this machine, which holds its files open until it is closed. */
export interface SafetensorsFile extends Safetensors {
  close(): Promise<void>;
}

/**
 * `openSafetensors` for a file of this machine, or `openSafetensorsShards` for an index (a name that ends in ".json")
 * and the files beside it.
 */
export async function openSafetensorsFile(
  path: string,
  options: ReadOptions & SafetensorsOpenOptions = {},
): Promise<SafetensorsFile> {
  const files: FileSource[] = [];
  const openNext = async (next: string): Promise<FileSource> => {
    const file = await openFile(next);
    files.push(file);
    return file;
  };
  const close = async (): Promise<void> => {
    await Promise.all(files.map((file) => file.close()));
  };
  try {
    const first = await openNext(path);
    const named = { name: path, ...options };
    const model = path.toLowerCase().endsWith(".json")
      ? await openSafetensorsShards(first, (shard) => openNext(join(dirname(path), shard)), named)
      : await openSafetensors(first, named);
    return { ...model, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** `writeMatrix` to a file of this machine, in the format of its extension unless told, as `writeFileAtomic` writes. */
export async function writeMatrixFile(
  path: string,
  value: Writable,
  options: Partial<WriteMatrixOptions> = {},
): Promise<void> {
  const format = options.format ?? formatOfName(path);
  if (!format)
    throw new FormatOptionError(
      "writeMatrixFile",
      "format",
      path,
      `one of ${FORMAT_NAMES.join(", ")} or the file's extension`,
    );
  await writeFileAtomic(path, await writeMatrix(value, { ...options, format }));
}
