import { type CsvOptions, CSV_OPTIONS, readCsvInput } from "./csv/read.ts";
import { FORMAT_NAMES, type FormatName, formatOfContent, formatOfName, isGzip } from "./detect.ts";
import { checkChoice, checkOptionNames } from "./errors.ts";
import { gunzip } from "./gzip/read.ts";
import { readJsonInput } from "./json/read.ts";
import { readMatrixMarketInput } from "./matrixMarket/read.ts";
import type { NdArray } from "./ndarray.ts";
import { NPY_OPTIONS, type NpyOptions, readNpyInput } from "./npy/read.ts";
import { NPZ_OPTIONS, type NpzOptions, readNpzInput } from "./npz/read.ts";
import { READ_OPTIONS, type ReadOptions, checkReadOptions } from "./options.ts";
import { type Input, type SourceLike, openInput } from "./source.ts";

/** Options of `readMatrix`: those of every reader, and those of each format under its name. */
export interface ReadMatrixOptions extends ReadOptions {
  /** Default "auto": by the extension of the name, else by the first bytes. */
  readonly format?: "auto" | FormatName;
  readonly npy?: NpyOptions;
  readonly npz?: NpzOptions;
  readonly csv?: CsvOptions;
}

const READ_MATRIX_OPTIONS: readonly string[] = [...READ_OPTIONS, "format", "npy", "npz", "csv"];

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
  checkOptionNames("readMatrix", options, READ_MATRIX_OPTIONS);
  const { format = "auto", npy = {}, npz = {}, csv = {} } = options;
  checkChoice("readMatrix", "format", format, ["auto", ...FORMAT_NAMES]);
  checkOptionNames("readMatrix npy", npy, NPY_OPTIONS);
  checkOptionNames("readMatrix npz", npz, NPZ_OPTIONS);
  checkOptionNames("readMatrix csv", csv, CSV_OPTIONS);
  const { maxBytes } = checkReadOptions("readMatrix", options);
  const given = openInput(source, format === "auto" ? "matrix" : format, options.name);
  const input = (await isGzip(given)) ? await gunzip(given, maxBytes) : given;
  const common: ReadOptions = options;
  return READERS[await chooseFormat(format, input)](input, { ...common, npy, npz, csv });
}

async function chooseFormat(format: "auto" | FormatName, input: Input): Promise<FormatName> {
  if (format !== "auto") return format;
  return (input.name === undefined ? undefined : formatOfName(input.name)) ?? (await formatOfContent(input));
}

type Reader = (
  input: Input,
  options: ReadOptions & Required<Pick<ReadMatrixOptions, "npy" | "npz" | "csv">>,
) => Promise<NdArray>;

const READERS: Readonly<Record<FormatName, Reader>> = {
  npy: (input, options) => readNpyInput(input, { ...options, ...options.npy }),
  npz: (input, options) => readNpzInput(input, { ...options, ...options.npy, ...options.npz }),
  csv: (input, options) => readCsvInput(input, { ...options, ...options.csv }),
  tsv: (input, options) => readCsvInput(input, { ...options, separator: "\t", ...options.csv }),
  mtx: readMatrixMarketInput,
  json: readJsonInput,
};
