import type * as library from "jpeg-js";
import { FormatError, FormatOptionError, type Place, checkOptionNames } from "../errors.ts";
import { allocate } from "../memory.ts";
import type { NdArray } from "../ndarray.ts";
import { type ReadOptions, READ_OPTIONS, checkReadOptions } from "../options.ts";
import { type Input, type SourceLike, openInput } from "../source.ts";
import type { Writable } from "../writable.ts";
import { type LevelOptions, toLevels } from "./levels.ts";
import { JPEG_WORKING_FACTOR, MAX_SCANS } from "./limits.ts";
import { IMAGE_OPTIONS, type ImageOptions, type Pixels, checkImageOptions, imageArray } from "./options.ts";

/** First bytes of every JPEG file. */
export const JPEG_MAGIC: readonly number[] = [0xff, 0xd8, 0xff];

/** How a JPEG file is written. */
export interface JpegWriteOptions extends LevelOptions {
  /** 1 to 100. Default 90. */
  readonly quality?: number;
}

/**
 * Reads a JPEG picture as numbers from 0 to 255: grey as rows × columns, colour as rows × columns × 3 (RGB; CMYK is
 * converted). Baseline and progressive, 8 bits. A turn that a camera noted (EXIF) is said in the notes, and carried out with
 * `upright`.
 *
 * The size that the header states is held against `maxBytes` before anything is decoded.
 *
 * @throws FormatError  a damaged or cut-off file; 12 bits, lossless or arithmetic coding; more than `maxBytes`.
 *
 * Source: ITU-T T.81. Decoder: jpeg-js, loaded at the first call.
 */
export async function readJpeg(source: SourceLike, options: ReadOptions & ImageOptions = {}): Promise<NdArray> {
  checkOptionNames("readJpeg", options, [...READ_OPTIONS, ...IMAGE_OPTIONS]);
  return readJpegInput(openInput(source, "jpeg", options.name), options);
}

/** readJpeg for an input that is open already. */
export async function readJpegInput(input: Input, options: ReadOptions & ImageOptions): Promise<NdArray> {
  const { maxBytes } = checkReadOptions("readJpeg", options);
  const { channels, upright = false } = options;
  const wanted = checkImageOptions("readJpeg", { upright, ...(channels !== undefined && { channels }) });
  const place: Place = { file: input.name };
  const bytes = await input.read(0, input.byteLength);
  const { rows, cols, components, orientation } = readFrame(bytes, place);
  const unpacked = rows * cols * components;
  if (unpacked > maxBytes)
    throw new FormatError(
      "jpeg",
      place,
      `${rows} × ${cols} pixels take ${unpacked} bytes; the limit is ${maxBytes} (maxBytes)`,
    );
  const { decode } = await loadJpeg();
  let rgb: Uint8Array;
  try {
    rgb = decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      // Blocks beyond a restart interval may be missing; a file that is cut off is an error all the same.
      tolerantDecoding: true,
      maxResolutionInMP: Infinity,
      maxMemoryUsageInMB: Math.max(64, (JPEG_WORKING_FACTOR * unpacked) / 2 ** 20),
    }).data;
  } catch (cause) {
    throw new FormatError("jpeg", place, `damaged (${(cause as Error).message})`, { cause });
  }
  // The decoder hands out three channels, and of grey the first says all.
  const kept = components === 1 ? 1 : 3;
  const samples = new Uint8Array(rows * cols * kept);
  for (let k = 0; k < rows * cols; k++) for (let c = 0; c < kept; c++) samples[kept * k + c] = rgb[3 * k + c]!;
  const done = upright ? "carried out" : "not carried out";
  const notes = orientation === 1 ? [] : [`the camera noted a turn (EXIF orientation ${orientation}), ${done}`];
  const pixels = { rows, cols, channels: kept, samples, notes };
  return imageArray(upright ? turned(pixels, orientation) : pixels, wanted);
}

/**
 * A matrix (grey) or rows × columns × 3 (RGB) as a JPEG picture, baseline, colours at full resolution.
 *
 * @param options.quality  1 to 100, default 90.
 * @param options.range    the numbers for black and white, by default [0, 255]; others are clamped.
 * @throws FormatError     another shape, alpha, no pixel, more than 65535 rows or columns, or NaN.
 */
export async function writeJpeg(value: Writable, options: JpegWriteOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  checkOptionNames("writeJpeg", options, ["quality", "range"]);
  const { quality = 90 } = options;
  if (!(quality >= 1 && quality <= 100)) throw new FormatOptionError("writeJpeg", "quality", quality, "1 to 100");
  const { rows, cols, channels, samples } = toLevels(value, "jpeg", 8, options);
  if (channels !== 1 && channels !== 3)
    throw new FormatError("jpeg", {}, `${channels} channels; this format has no alpha: write 1 or 3 channels, or png`);
  if (rows > MAX_SIDE || cols > MAX_SIDE)
    throw new FormatError("jpeg", {}, `${rows} × ${cols} pixels; the format ends at ${MAX_SIDE}`);
  const { encode } = await loadJpeg();
  return allocate("jpeg", {}, 4 * rows * cols, () => {
    const rgba = new Uint8Array(4 * rows * cols).fill(255);
    for (let k = 0; k < rows * cols; k++)
      for (let c = 0; c < 3; c++) rgba[4 * k + c] = samples[channels === 1 ? k : 3 * k + c]!;
    return withBuffer(() => new Uint8Array(encode({ width: cols, height: rows, data: rgba }, quality).data));
  });
}

const MAX_SIDE = 65_535;

type JpegLibrary = Pick<typeof library, "decode" | "encode">;

async function loadJpeg(): Promise<JpegLibrary> {
  // A CommonJS module: its functions are found beside the default export, or in it, as the loader likes.
  const loaded = (await import("jpeg-js")) as JpegLibrary & { default?: JpegLibrary };
  return loaded.default ?? loaded;
}

/** jpeg-js hands its result out through Buffer.from, which a page does not have; it is lent one for the call. */
function withBuffer<T>(step: () => T): T {
  const host = globalThis as { Buffer?: unknown };
  if (host.Buffer !== undefined) return step();
  host.Buffer = Uint8Array;
  try {
    return step();
  } finally {
    delete host.Buffer;
  }
}

interface Frame {
  readonly rows: number;
  readonly cols: number;
  /** 1 grey, 3 colour, 4 CMYK. */
  readonly components: number;
  /** 1 to 8, as EXIF counts them; 1 is upright. */
  readonly orientation: number;
}

const MARKER = { SOI: 0xd8, EOI: 0xd9, SOS: 0xda, APP1: 0xe1, SOF0: 0xc0, SOF1: 0xc1, SOF2: 0xc2 };
/** Frames, of which three kinds are decoded; between them stand DHT, JPG and DAC, which are none. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers without a length: TEM and restarts. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= MARKER.SOI);

/** Walks over the markers to the end and reads the frame; the numbers of scans and frames are bounded. */
function readFrame(bytes: Uint8Array, place: Place): Frame {
  const fail = (byteOffset: number, problem: string): never => {
    throw new FormatError("jpeg", { ...place, byteOffset }, problem);
  };
  const u16 = (at: number): number =>
    at + 1 < bytes.length ? (bytes[at]! << 8) | bytes[at + 1]! : fail(bytes.length, "the file ends inside a marker");
  if (JPEG_MAGIC.some((byte, k) => bytes[k] !== byte)) fail(0, "does not begin with the signature of JPEG");
  let frame: Frame | undefined;
  let orientation = 1;
  let scans = 0;
  for (let at = 2; at < bytes.length;) {
    // Between segments stand the packed data of a scan, in which 0xff is always followed by 0.
    if (bytes[at] !== 0xff || bytes[at + 1] === 0 || bytes[at + 1] === 0xff) {
      at++;
      continue;
    }
    const marker = u16(at) & 0xff;
    if (marker === MARKER.EOI) break;
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    const length = u16(at + 2);
    const content = bytes.subarray(at + 4, at + 2 + length);
    if (isFrame(marker)) {
      if (frame) fail(at, "a second frame");
      frame = parseFrame(content, marker, (problem) => fail(at, problem));
    }
    if (marker === MARKER.APP1) orientation = exifOrientation(content) ?? orientation;
    if (marker === MARKER.SOS && ++scans > MAX_SCANS) fail(at, `more than ${MAX_SCANS} scans`);
    at += 2 + Math.max(length, 2);
  }
  if (!frame) return fail(bytes.length, "the file ends before a frame, which holds the size");
  return { ...frame, orientation };
}

function parseFrame(content: Uint8Array, marker: number, fail: (problem: string) => never): Frame {
  if (marker !== MARKER.SOF0 && marker !== MARKER.SOF1 && marker !== MARKER.SOF2)
    fail("lossless or arithmetic coding, which is not decoded");
  if (content.length < 6) fail("a frame that is cut off");
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [precision, rows, cols, components] = [content[0]!, view.getUint16(1), view.getUint16(3), content[5]!];
  if (precision !== 8) fail(`${precision} bits a sample; 8 are decoded`);
  if (rows === 0 || cols === 0) fail(`${rows} × ${cols} pixels`);
  if (![1, 3, 4].includes(components)) fail(`${components} components; expected 1, 3 or 4`);
  for (let k = 0; k < components; k++) {
    const sampling = content[7 + 3 * k] ?? 0;
    const [across, down] = [sampling >> 4, sampling & 15];
    if (across < 1 || across > 4 || down < 1 || down > 4) fail("sampling factors other than 1 to 4");
  }
  return { rows, cols, components, orientation: 1 };
}

/** The picture as it is meant to be seen, from the way the camera held it. */
function turned({ rows, cols, channels, samples, notes }: Pixels, orientation: number): Pixels {
  if (orientation === 1) return { rows, cols, channels, samples, notes };
  const swapped = orientation >= 5;
  const [fromBelow, fromRight] = [[3, 4, 6, 7].includes(orientation), [2, 3, 7, 8].includes(orientation)];
  const [high, wide] = swapped ? [cols, rows] : [rows, cols];
  const upright = new Uint8Array(samples.length);
  let at = 0;
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) {
      const [a, b] = swapped ? [x, y] : [y, x];
      const from = ((fromBelow ? rows - 1 - a : a) * cols + (fromRight ? cols - 1 - b : b)) * channels;
      for (let c = 0; c < channels; c++) upright[at++] = samples[from + c]!;
    }
  return { rows: high, cols: wide, channels, samples: upright, notes };
}

const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0] as const;
const ORIENTATION_TAG = 0x0112;

/** The orientation that a camera noted; undefined if this segment is none of EXIF's or does not say. */
function exifOrientation(content: Uint8Array): number | undefined {
  if (EXIF.some((byte, k) => content[k] !== byte)) return undefined;
  const view = new DataView(content.buffer, content.byteOffset + EXIF.length, content.length - EXIF.length);
  const little = view.byteLength >= 8 && view.getUint16(0) === 0x4949;
  const start = view.byteLength >= 8 ? view.getUint32(4, little) : Infinity;
  if (start + 2 > view.byteLength) return undefined;
  const count = view.getUint16(start, little);
  for (let k = 0, at = start + 2; k < count && at + 12 <= view.byteLength; k++, at += 12) {
    const value = view.getUint16(at + 8, little);
    if (view.getUint16(at, little) === ORIENTATION_TAG) return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}
