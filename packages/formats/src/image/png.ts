import { Unzlib } from "fflate";
import { concatenate } from "../bytes.ts";
import { crc32 } from "../crc32.ts";
import { FormatError, type Place, checkChoice, checkOptionNames } from "../errors.ts";
import { INFLATE_STEP_BYTES } from "../limits.ts";
import { allocate } from "../memory.ts";
import type { NdArray } from "../ndarray.ts";
import { type ReadOptions, READ_OPTIONS, checkReadOptions } from "../options.ts";
import { type Input, type SourceLike, openInput } from "../source.ts";
import type { Writable } from "../writable.ts";
import { type LevelOptions, isSixteenBit, toLevels } from "./levels.ts";
import { IMAGE_OPTIONS, type ImageOptions, type Pixels, checkImageOptions, imageArray } from "./options.ts";

/** First bytes of every PNG file. */
export const PNG_MAGIC: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** How a PNG file is written. */
export interface PngWriteOptions extends LevelOptions {
  /** Bits of a sample. Default: 16 for arrays of u16, else 8. */
  readonly depth?: 8 | 16;
}

/**
 * Reads a PNG picture as numbers from 0 to 255, or to 65535 where it has 16 bits: grey as rows × columns, others as rows
 * × columns × channels (2 grey and alpha, 3 RGB, 4 RGBA). Palettes become RGB or RGBA, 1, 2 and 4 bits become 8.
 *
 * The size that the header states is held against `maxBytes` before anything is decoded, and the packed data are counted
 * while they are unpacked, so that they can be neither more nor less than the header asks for.
 *
 * @throws FormatError  a damaged file; an interlaced one of less than 8 bits; more than `maxBytes`.
 *
 * Source: W3C, Portable Network Graphics, 3rd ed. Decoder: fast-png, loaded at the first call.
 */
export async function readPng(source: SourceLike, options: ReadOptions & ImageOptions = {}): Promise<NdArray> {
  checkOptionNames("readPng", options, [...READ_OPTIONS, ...IMAGE_OPTIONS]);
  return readPngInput(openInput(source, "png", options.name), options);
}

/** readPng for an input that is open already. */
export async function readPngInput(input: Input, options: ReadOptions & ImageOptions): Promise<NdArray> {
  const { maxBytes } = checkReadOptions("readPng", options);
  const { channels } = options;
  const wanted = checkImageOptions("readPng", channels === undefined ? {} : { channels });
  const place: Place = { file: input.name };
  const file = await readChunks(input, place);
  const { header } = file;
  const unpacked =
    header.rows * header.cols * Math.max(header.samples * Math.ceil(header.depth / 8), header.palette ? 4 : 1);
  if (unpacked > maxBytes)
    throw new FormatError(
      "png",
      place,
      `${header.rows} × ${header.cols} pixels take ${unpacked} bytes; the limit is ${maxBytes} (maxBytes)`,
    );
  provePacked(file, place);
  const { convertIndexedToRgb, decode } = await import("fast-png");
  try {
    const image = decode(concatenate(file.kept));
    const samples = header.palette
      ? convertIndexedToRgb(image)
      : header.depth < 8
        ? spread(image.data as Uint8Array, header)
        : (image.data as Pixels["samples"]);
    const notes = header.keyed ? ["one colour is marked as transparent, which is not kept"] : [];
    const { rows, cols } = header;
    return imageArray({ rows, cols, channels: samples.length / (rows * cols), samples, notes }, wanted);
  } catch (cause) {
    throw new FormatError("png", place, (cause as Error).message, { cause });
  }
}

/**
 * A matrix (grey) or rows × columns × channels (2 grey and alpha, 3 RGB, 4 RGBA) as a PNG picture.
 *
 * @param options.range  the numbers for black and white, by default [0, 255] or [0, 65535]; others are clamped.
 * @throws FormatError   another shape, no pixel, or NaN.
 */
export async function writePng(value: Writable, options: PngWriteOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  checkOptionNames("writePng", options, ["depth", "range"]);
  const { depth = isSixteenBit(value) ? 16 : 8 } = options;
  checkChoice("writePng", "depth", depth, [8, 16]);
  const { rows, cols, channels, samples } = toLevels(value, "png", depth, options);
  const { encode } = await import("fast-png");
  return allocate(
    "png",
    {},
    samples.byteLength,
    () => new Uint8Array(encode({ width: cols, height: rows, channels, depth, data: samples }, { zlib: { level: 6 } })),
  );
}

interface Header {
  readonly rows: number;
  readonly cols: number;
  /** Bits of a sample, and samples of a pixel in the file. */
  readonly depth: number;
  readonly samples: number;
  readonly palette: boolean;
  readonly interlaced: boolean;
  /** Transparency is given as one colour. */
  readonly keyed: boolean;
}

interface PngFile {
  readonly header: Header;
  /** Signature and the chunks that make the picture, as they lie in the file; text, profiles and frames are left out. */
  readonly kept: readonly Uint8Array[];
  readonly packed: readonly Uint8Array[];
}

const SAMPLES: ReadonlyMap<number, { samples: number; depths: readonly number[] }> = new Map([
  [0, { samples: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { samples: 3, depths: [8, 16] }],
  [3, { samples: 1, depths: [1, 2, 4, 8] }],
  [4, { samples: 2, depths: [8, 16] }],
  [6, { samples: 4, depths: [8, 16] }],
]);

/** Length, name and checksum of a chunk. */
const FRAME_BYTES = 12;

/** Walks over the chunks, proves their lengths and checksums, and keeps those that make the picture. */
async function readChunks(input: Input, place: Place): Promise<PngFile> {
  const bytes = await input.read(0, input.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (byteOffset: number, problem: string): never => {
    throw new FormatError("png", { ...place, byteOffset }, problem);
  };
  if (PNG_MAGIC.some((byte, k) => bytes[k] !== byte)) fail(0, "does not begin with the signature of PNG");
  const kept: Uint8Array[] = [bytes.subarray(0, PNG_MAGIC.length)];
  const packed: Uint8Array[] = [];
  let header: Header | undefined;
  for (let at = PNG_MAGIC.length; ;) {
    if (at + FRAME_BYTES > bytes.length) fail(at, "the file ends before its last chunk");
    const length = view.getUint32(at);
    const end = at + FRAME_BYTES + length;
    if (end > bytes.length) fail(at, `a chunk of ${length} bytes reaches beyond the end of the file`);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
      fail(at, `the checksum of a chunk does not match, the data are damaged`);
    const content = bytes.subarray(at + 8, end - 4);
    if (!header !== (type === "IHDR")) fail(at, "expected one header, as the first chunk");
    if (!header) header = parseHeader(content, (problem) => fail(at, problem));
    else if (type === "tRNS" && !header.palette) header = { ...header, keyed: true };
    if (type === "IDAT") packed.push(content);
    const transparency = type === "tRNS" && header.palette;
    if (["IHDR", "IDAT", "IEND"].includes(type) || (type === "PLTE" && header.palette) || transparency)
      kept.push(bytes.subarray(at, end));
    if (type === "IEND") return { header, kept, packed };
    at = end;
  }
}

function parseHeader(content: Uint8Array, fail: (problem: string) => never): Header {
  if (content.length !== 13) fail(`a header of ${content.length} bytes; expected 13`);
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [cols, rows] = [view.getUint32(0), view.getUint32(4)];
  const [depth, color, compression, filter, interlace] = content.subarray(8) as unknown as number[];
  const known = SAMPLES.get(color!);
  if (!known?.depths.includes(depth!)) return fail(`colour type ${color} with ${depth} bits a sample is none of PNG's`);
  if (rows === 0 || cols === 0) fail(`${rows} × ${cols} pixels`);
  if (compression !== 0 || filter !== 0 || interlace! > 1) fail("a way of packing that PNG does not know");
  const interlaced = interlace === 1;
  if (interlaced && depth! < 8) fail(`interlaced with ${depth} bits a sample, which is not decoded`);
  return { rows, cols, depth: depth!, samples: known.samples, palette: color === 3, interlaced, keyed: false };
}

/** Counts what the packed data unpack to, a step at a time; it must be what the header asks for. */
function provePacked({ header, packed }: PngFile, place: Place): void {
  const wanted = filteredBytes(header);
  let total = 0;
  const check = (): void => {
    if (total > wanted) throw new FormatError("png", place, `unpacks to more than the ${wanted} bytes of the picture`);
  };
  const stream = new Unzlib((part) => {
    total += part.length;
    check();
  });
  try {
    for (const part of packed)
      for (let at = 0; at < part.length; at += INFLATE_STEP_BYTES)
        stream.push(part.subarray(at, at + INFLATE_STEP_BYTES));
    stream.push(new Uint8Array(), true);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError("png", place, `damaged data (${(cause as Error).message})`, { cause });
  }
  if (total < wanted) throw new FormatError("png", place, `unpacks to ${total} of the ${wanted} bytes of the picture`);
}

/** First column and row, and distance of columns and rows, of each pass of an interlaced picture. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Bytes of all rows with the filter's byte before each. */
function filteredBytes({ rows, cols, depth, samples, interlaced }: Header): number {
  const bytes = (height: number, width: number): number =>
    height > 0 && width > 0 ? height * (1 + Math.ceil((width * samples * depth) / 8)) : 0;
  if (!interlaced) return bytes(rows, cols);
  return ADAM7.reduce((sum, [x, y, dx, dy]) => sum + bytes(Math.ceil((rows - y) / dy), Math.ceil((cols - x) / dx)), 0);
}

/** Samples of 1, 2 or 4 bits as bytes from 0 to 255; each row begins with a byte. */
function spread(data: Uint8Array, { rows, cols, depth }: Header): Uint8Array<ArrayBuffer> {
  const rowBytes = Math.ceil((cols * depth) / 8);
  const top = 2 ** depth - 1;
  const samples = new Uint8Array(rows * cols);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) {
      const byte = data[i * rowBytes + Math.floor((j * depth) / 8)]!;
      samples[i * cols + j] = ((byte >> (8 - depth - ((j * depth) % 8))) & top) * (255 / top);
    }
  return samples;
}
