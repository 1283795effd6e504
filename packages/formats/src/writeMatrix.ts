import { type ArrowWriteOptions, writeArrow } from "./arrow/write.ts";
import { type CsvWriteOptions, writeCsv } from "./csv/write.ts";
import { FORMAT_NAMES, type FormatName } from "./detect.ts";
import { checkChoice, checkOptionNames } from "./errors.ts";
import { type JpegWriteOptions, writeJpeg } from "./image/jpeg.ts";
import { type PngWriteOptions, writePng } from "./image/png.ts";
import { type JsonWriteOptions, writeJson } from "./json/write.ts";
import { type MatrixMarketWriteOptions, writeMatrixMarket } from "./matrixMarket/write.ts";
import { type NpyWriteOptions, writeNpy } from "./npy/write.ts";
import { type NpzWriteOptions, writeNpz } from "./npz/write.ts";
import { type ParquetWriteOptions, writeParquet } from "./parquet/write.ts";
import { type SafetensorsWriteOptions, writeSafetensors } from "./safetensors/write.ts";
import type { Writable } from "./writable.ts";

/** Options of `writeMatrix`: the format, and its own options under its name. */
export interface WriteMatrixOptions {
  readonly format: FormatName;
  readonly npy?: NpyWriteOptions;
  readonly npz?: NpzWriteOptions;
  readonly csv?: CsvWriteOptions;
  readonly mtx?: MatrixMarketWriteOptions;
  readonly json?: JsonWriteOptions;
  readonly safetensors?: SafetensorsWriteOptions;
  readonly png?: PngWriteOptions;
  readonly jpeg?: JpegWriteOptions;
  readonly parquet?: ParquetWriteOptions;
  readonly arrow?: ArrowWriteOptions;
}

/** Name of the only array in an archive that writeMatrix makes; NumPy's own for arrays without one. */
const ONLY_ENTRY = "arr_0";
/** Name of the only tensor. */
const ONLY_TENSOR = "matrix";

/**
 * The bytes of a file that holds the matrix in the given format. An npz holds it as `arr_0`, a safetensors file as
 * `matrix`; `writeNpz` and `writeSafetensors` take several.
 *
 * @throws FormatError        a value that the format cannot carry; see each writer.
 * @throws FormatOptionError  an option that does not exist or cannot have this value.
 */
export async function writeMatrix(value: Writable, options: WriteMatrixOptions): Promise<Uint8Array<ArrayBuffer>> {
  checkOptionNames("writeMatrix", options, ["format", ...FORMAT_NAMES.filter((name) => name !== "tsv")]);
  checkChoice("writeMatrix", "format", options.format, FORMAT_NAMES);
  switch (options.format) {
    case "npy":
      return writeNpy(value, options.npy);
    case "npz":
      return writeNpz([[ONLY_ENTRY, value]], options.npz);
    case "csv":
      return writeCsv(value, options.csv);
    case "tsv":
      return writeCsv(value, { separator: "\t", ...options.csv });
    case "mtx":
      return writeMatrixMarket(value, options.mtx);
    case "json":
      return writeJson(value, options.json);
    case "safetensors":
      return writeSafetensors([[ONLY_TENSOR, value]], options.safetensors);
    case "png":
      return writePng(value, options.png);
    case "jpeg":
      return writeJpeg(value, options.jpeg);
    case "parquet":
      return writeParquet(value, options.parquet);
    case "arrow":
      return writeArrow(value, options.arrow);
  }
}
