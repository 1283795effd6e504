import { Inflate } from "fflate";
import { crc32 } from "../crc32.ts";
import { FormatError, type Place, checkOptionNames, quote } from "../errors.ts";
import { allocate } from "../memory.ts";
import type { DType, NdArray } from "../ndarray.ts";
import { PREFIX_BYTES, headerEnd, parseHeader, type NpyHeader } from "../npy/header.ts";
import { NPY_OPTIONS, type NpyOptions, readNpyInput } from "../npy/read.ts";
import { READ_OPTIONS, type ReadOptions, checkReadOptions } from "../options.ts";
import { type Input, type SourceLike, openInput, ownedInput } from "../source.ts";
import { type ZipEntry, dataStart, readDirectory } from "./directory.ts";
import { INFLATE_STEP_BYTES, MAX_EXPANSION } from "../limits.ts";

/** Which array of an archive is read, and what its file leaves open. */
export interface NpzOptions extends NpyOptions {
  /** Which array to read; needed where the archive holds several. With or without its ".npy". */
  readonly entry?: string;
}

/** Options of NpzOptions by name. */
export const NPZ_OPTIONS: readonly string[] = ["entry", ...NPY_OPTIONS];

/** One array of an archive, known from its header alone. */
export interface NpzEntry {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly compressed: boolean;
  /** Bytes that the array takes in memory, and in the archive. */
  readonly byteLength: number;
  readonly compressedBytes: number;
}

/**
 * The arrays of a NumPy .npz file, in its order, without reading their data.
 *
 * @throws FormatError  a damaged directory, entries that overlap or share a name, or an entry that is no npy array.
 */
export async function listNpz(source: SourceLike, options: ReadOptions & NpyOptions = {}): Promise<NpzEntry[]> {
  checkOptionNames("listNpz", options, [...READ_OPTIONS, ...NPY_OPTIONS]);
  const input = openInput(source, "npz", options.name);
  const entries: NpzEntry[] = [];
  for (const entry of (await readDirectory(input)).values()) {
    const { dtype, shape, dataBytes } = await entryHeader(input, entry, options);
    const { compressed, compressedBytes } = entry;
    entries.push({ name: arrayName(entry.name), dtype, shape, compressed, byteLength: dataBytes, compressedBytes });
  }
  return entries;
}

/**
 * Reads one array of a NumPy .npz file: the one called `entry`, or the only one.
 *
 * Memory is reserved only once the array's own header, the archive's directory and the compressed length agree on a
 * size that is possible and not above `maxBytes`; the output is counted while it is inflated and its checksum proved.
 *
 * @throws FormatError  as {@link listNpz} and readNpy; several entries and none chosen, and the message lists them.
 */
export async function readNpz(source: SourceLike, options: ReadOptions & NpzOptions = {}): Promise<NdArray> {
  checkOptionNames("readNpz", options, [...READ_OPTIONS, ...NPZ_OPTIONS]);
  return readNpzInput(openInput(source, "npz", options.name), options);
}

/** readNpz for an input that is open already. */
export async function readNpzInput(input: Input, options: ReadOptions & NpzOptions): Promise<NdArray> {
  const { maxBytes } = checkReadOptions("readNpz", options);
  const entry = chooseEntry(await readDirectory(input), input, options.entry);
  const name = arrayName(entry.name);
  const place: Place = { file: input.name, entry: name };
  const header = await entryHeader(input, entry, options);
  const total = header.dataOffset + header.dataBytes;
  if (total !== entry.bytes)
    throw new FormatError(
      "npz",
      place,
      `its header asks for ${total} bytes, the archive's directory has ${entry.bytes}`,
    );
  if (entry.compressed && total > Math.max(maxBytes, entry.compressedBytes))
    throw new FormatError("npz", place, `inflates to ${total} bytes; the limit is ${maxBytes} (maxBytes)`);
  const bytes = await unpack(input, entry, total);
  if (crc32(bytes) !== entry.crc)
    throw new FormatError("npz", place, "the checksum does not match, the data are damaged");
  return readNpyInput(ownedInput(bytes, input.name), options, name);
}

function arrayName(entryName: string): string {
  return entryName.replace(/\.npy$/, "");
}

function chooseEntry(entries: Map<string, ZipEntry>, input: Input, wanted: string | undefined): ZipEntry {
  const names = [...entries.keys()].map(arrayName);
  const shown = names.slice(0, 20).map(quote).join(", ") + (names.length > 20 ? ", …" : "");
  if (wanted !== undefined) {
    const entry = entries.get(wanted) ?? entries.get(`${wanted}.npy`);
    if (!entry)
      throw new FormatError("npz", { file: input.name, entry: wanted }, `no such entry; it has ${shown || "none"}`);
    return entry;
  }
  const [only] = entries.values();
  if (!only || entries.size > 1)
    throw new FormatError("npz", { file: input.name }, `${entries.size} entries (${shown}); say which one: entry`);
  return only;
}

/** The npy header of an entry, inflating no more of it than needed. */
async function entryHeader(input: Input, entry: ZipEntry, options: NpyOptions): Promise<NpyHeader> {
  const place: Place = { file: input.name, entry: arrayName(entry.name) };
  const prefix = await unpack(input, entry, Math.min(PREFIX_BYTES, entry.bytes), true);
  const end = headerEnd(prefix, place);
  if (end > entry.bytes) throw new FormatError("npy", { ...place, byteOffset: 8 }, "ends inside its header");
  return parseHeader(await unpack(input, entry, end, true), { bfloat16: options.bfloat16, entry: entry.name }, place);
}

/** The first `wanted` bytes of an entry's content; all of them, and then nothing may follow, unless `partial`. */
async function unpack(
  input: Input,
  entry: ZipEntry,
  wanted: number,
  partial = false,
): Promise<Uint8Array<ArrayBuffer>> {
  const place: Place = { file: input.name, entry: arrayName(entry.name), byteOffset: entry.start };
  const start = await dataStart(input, entry);
  const size = entry.compressed ? entry.compressedBytes * MAX_EXPANSION : entry.compressedBytes;
  if (entry.bytes > size || (!entry.compressed && entry.bytes !== size))
    throw new FormatError(
      "npz",
      place,
      `${entry.compressedBytes} packed bytes cannot hold the ${entry.bytes} promised`,
    );
  if (!entry.compressed) return input.read(start, start + wanted);

  const content = allocate("npz", place, wanted, () => new Uint8Array(wanted));
  let filled = 0;
  const stream = new Inflate((part) => {
    if (!partial && filled + part.length > wanted)
      throw new FormatError("npz", place, `inflates to more than the ${wanted} bytes promised`);
    content.set(part.subarray(0, wanted - filled), filled);
    filled = Math.min(wanted, filled + part.length);
  });
  const stop = start + entry.compressedBytes;
  for (let at = start; at < stop && !(partial && filled === wanted); at += INFLATE_STEP_BYTES) {
    const end = Math.min(at + INFLATE_STEP_BYTES, stop);
    const chunk = await input.read(at, end);
    try {
      stream.push(chunk, end === stop && !partial);
    } catch (cause) {
      if (cause instanceof FormatError) throw cause;
      throw new FormatError("npz", place, `damaged before byte ${end} (${(cause as Error).message})`, { cause });
    }
  }
  if (filled < wanted) throw new FormatError("npz", place, `inflates to ${filled} bytes, ${wanted} were promised`);
  return content;
}
