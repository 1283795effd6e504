import { arrowBlocks, readArrowInput } from "./arrow/read.ts";
import { type BlockOptions, type RowBlock, blockRows, blocksOf } from "./blocks.ts";
import { type TableOptions, TABLE_OPTIONS } from "./columns.ts";
import { csvBlocks } from "./csv/blocks.ts";
import { type CsvOptions, CSV_OPTIONS } from "./csv/options.ts";
import { readCsvInput } from "./csv/read.ts";
import { FORMAT_NAMES, type FormatName, formatOfContent, formatOfName, isArrowStream, isGzip } from "./detect.ts";
import { checkChoice, checkOptionNames } from "./errors.ts";
import { gunzip } from "./gzip/read.ts";
import { readJpegInput } from "./image/jpeg.ts";
import { IMAGE_OPTIONS, type ImageOptions } from "./image/options.ts";
import { readPngInput } from "./image/png.ts";
import { readJsonInput } from "./json/read.ts";
import { readMatrixMarketInput, readSparseMatrixMarket } from "./matrixMarket/read.ts";
import type { NdArray } from "./ndarray.ts";
import { npyBlocks } from "./npy/blocks.ts";
import { readHeader } from "./npy/header.ts";
import { NPY_OPTIONS, type NpyOptions, readNpyInput } from "./npy/read.ts";
import { NPZ_OPTIONS, type NpzOptions, readNpzInput } from "./npz/read.ts";
import { READ_OPTIONS, type ReadOptions, checkReadOptions } from "./options.ts";
import { MAX_UNPACKED_BYTES } from "./limits.ts";
import { parquetBlocks, readParquetInput } from "./parquet/read.ts";
import { SAFETENSORS_OPTIONS, type SafetensorsOptions, readSafetensorsInput } from "./safetensors/read.ts";
import { PipeInput } from "./pipe.ts";
import { type Input, type SourceLike, openInput } from "./source.ts";
import type { CsrArray } from "./sparse.ts";

/** Options of `readMatrix`: those of every reader, and those of each format under its name. */
export interface ReadMatrixOptions extends ReadOptions {
  /** Default "auto": by the extension of the name, else by the first bytes. */
  readonly format?: "auto" | FormatName;
  readonly npy?: NpyOptions;
  readonly npz?: NpzOptions;
  readonly csv?: CsvOptions;
  readonly safetensors?: SafetensorsOptions;
  /** png and jpeg. */
  readonly image?: ImageOptions;
  /** parquet and arrow. */
  readonly table?: TableOptions;
}

const FORMAT_OPTIONS: Readonly<Record<keyof FormatOptions, readonly string[]>> = {
  npy: NPY_OPTIONS,
  npz: NPZ_OPTIONS,
  csv: CSV_OPTIONS,
  safetensors: SAFETENSORS_OPTIONS,
  image: IMAGE_OPTIONS,
  table: TABLE_OPTIONS,
};
type FormatOptions = Required<Omit<ReadMatrixOptions, keyof ReadOptions | "format">>;

/**
 * Reads a matrix from bytes, a Blob or File, a source of ranges, or text, in any of the formats; gzip is undone first.
 *
 * The result holds the file's own element type and shape, which npy, npz and JSON do not limit to two dimensions;
 * `toFloat` turns it into what the engine takes. NaN and ±Infinity are errors unless `nonFinite: "keep"`.
 *
 * @param options.format  "auto" (default) or a format's name.
 * @param options.name    the input's name, for its extension and for messages.
 * @throws FormatError        an input that is not what its format says; see each reader.
 * @throws FormatOptionError  an option that does not exist or cannot have this value.
 *
 * @example
 * const { data, shape } = await readMatrix("x,y\n1,2\n3,4\n", { format: "csv" }); // 1 2 3 4, [2, 2]
 */
export async function readMatrix(source: SourceLike, options: ReadMatrixOptions = {}): Promise<NdArray> {
  const { input, format } = await openMatrix("readMatrix", source, options);
  return readOpened(input, format, options);
}

/**
 * Reads a matrix as `readMatrix` does, except that a file of the entries of a sparse one, which is a coordinate Matrix
 * Market file of real numbers, comes in compressed rows: `"indptr" in A` tells.
 *
 * @throws FormatError        an input that is not what its format says; see `readMatrixMarketCsr` and each reader.
 * @throws FormatOptionError  an option that does not exist or cannot have this value.
 */
export async function readSparse(source: SourceLike, options: ReadMatrixOptions = {}): Promise<CsrArray | NdArray> {
  const { input, format } = await openMatrix("readSparse", source, options);
  if (format !== "mtx") return readOpened(input, format, options);
  const { nonFinite, maxBytes } = options;
  return readSparseMatrixMarket(input, {
    ...(nonFinite && { nonFinite }),
    ...(maxBytes !== undefined && { maxBytes }),
  });
}

async function readOpened(input: Input, format: FormatName, options: ReadMatrixOptions): Promise<NdArray> {
  const { npy, npz, csv, safetensors, image, table, ...common } = options;
  switch (format) {
    case "npy":
      return readNpyInput(input, { ...common, ...npy });
    case "npz":
      return readNpzInput(input, { ...common, ...npy, ...npz });
    case "csv":
      return readCsvInput(input, { ...common, ...csv });
    case "tsv":
      return readCsvInput(input, { ...common, separator: "\t", ...csv });
    case "mtx":
      return readMatrixMarketInput(input, common);
    case "json":
      return readJsonInput(input, common);
    case "safetensors":
      return readSafetensorsInput(input, { ...common, ...safetensors });
    case "png":
      return readPngInput(input, { ...common, ...image });
    case "jpeg":
      return readJpegInput(input, { ...common, ...image });
    case "parquet":
      return readParquetInput(input, { ...common, ...table });
    case "arrow":
      return readArrowInput(input, { ...common, ...table });
  }
}

/**
 * Reads a matrix as `readMatrix` does, but a block of rows at a time, so that a table larger than memory can be read.
 *
 * npy, csv, tsv, parquet and arrow are read in parts: by ranges, by lines, by row groups (each held whole) and by record
 * batches. The other formats, and what gzip has packed, are read whole and cut. Every block is f32 or f64, row-major,
 * and carries the notes made up to it; an empty table is one block without rows.
 *
 * The source may be a pipe too, anything that yields bytes piece by piece: csv, tsv, npy in C order and Arrow streams are
 * then read as they come, a block or two held at a time; the rest is held whole.
 *
 * @param options.rows  rows of a block, at most. Default: as many as hold 2^20 numbers.
 * @throws FormatError  as the reader of the format, when the block is reached that is wrong.
 *
 * @example
 * const shapes = [];
 * const table = "x,y\n1,2\n3,4\n5,6\n";
 * for await (const { shape } of readRowBlocks(table, { format: "csv", rows: 2 })) shapes.push(shape);
 * shapes; // [[2, 2], [1, 2]]
 */
export async function* readRowBlocks(
  source: SourceLike | AsyncIterable<Uint8Array>,
  options: ReadMatrixOptions & BlockOptions = {},
): AsyncGenerator<RowBlock> {
  const { rows, ...reading } = options;
  const blocks: BlockOptions = rows === undefined ? {} : { rows };
  blockRows(1, blocks);
  if (typeof source !== "object" || !(Symbol.asyncIterator in source)) {
    yield* cutOpened(await openMatrix("readRowBlocks", source, reading), reading, blocks);
    return;
  }
  const pipe = new PipeInput(source, reading.name);
  try {
    yield* cutOpened(await openPipe(pipe, reading), reading, blocks);
  } finally {
    await pipe.close();
  }
}

/** A pipe whose format is read from front to back, or all that comes of any other. */
async function openPipe(pipe: PipeInput, options: ReadMatrixOptions): Promise<Opened> {
  const { format = "auto", name, npy } = options;
  const whole = async (): Promise<Opened> => openMatrix("readRowBlocks", await pipe.rest(), options);
  checkMatrixOptions("readRowBlocks", options);
  if (await isGzip(pipe)) return whole();
  const found = format === "auto" ? ((name && formatOfName(name)) ?? (await formatOfContent(pipe))) : format;
  const forwards =
    found === "csv" ||
    found === "tsv" ||
    (found === "npy" && !(await readHeader(pipe, { bfloat16: npy?.bfloat16 })).fortranOrder) ||
    (found === "arrow" && (await isArrowStream(pipe)));
  return forwards ? { input: pipe, format: found } : whole();
}

/** The blocks of an input that is open. */
async function* cutOpened(
  { input, format }: Opened,
  reading: ReadMatrixOptions,
  blocks: BlockOptions,
): AsyncGenerator<RowBlock> {
  const { npy, csv, table, nonFinite, maxBytes } = reading;
  const common = { ...(nonFinite && { nonFinite }), ...(maxBytes !== undefined && { maxBytes }), ...blocks };
  if (format === "npy") yield* npyBlocks(input, { ...common, ...npy });
  else if (format === "csv") yield* csvBlocks(input, { ...common, ...csv });
  else if (format === "tsv") yield* csvBlocks(input, { ...common, separator: "\t", ...csv });
  else if (format === "parquet") yield* parquetBlocks(input, { ...common, ...table });
  else if (format === "arrow") yield* arrowBlocks(input, { ...common, ...table });
  else yield* blocksOf(await readOpened(input, format, reading), blocks, format, input.name);
}

interface Opened {
  readonly input: Input;
  readonly format: FormatName;
}

/** The input, unpacked if it was packed with gzip, and its format; every option is checked. */
async function openMatrix(caller: string, source: SourceLike, options: ReadMatrixOptions): Promise<Opened> {
  checkMatrixOptions(caller, options);
  const { format = "auto", maxBytes = MAX_UNPACKED_BYTES } = options;
  const given = openInput(source, format === "auto" ? "matrix" : format, options.name);
  const input = (await isGzip(given)) ? await gunzip(given, maxBytes) : given;
  if (format !== "auto") return { input, format };
  const named = input.name === undefined ? undefined : formatOfName(input.name);
  return { input, format: named ?? (await formatOfContent(input)) };
}

function checkMatrixOptions(caller: string, options: ReadMatrixOptions): void {
  checkOptionNames(caller, options, [...READ_OPTIONS, "format", ...Object.keys(FORMAT_OPTIONS)]);
  const { format = "auto" } = options;
  checkChoice(caller, "format", format, ["auto", ...FORMAT_NAMES]);
  for (const [name, known] of Object.entries(FORMAT_OPTIONS))
    checkOptionNames(`${caller} ${name}`, options[name as keyof FormatOptions] ?? {}, known);
  checkReadOptions(caller, options);
}
