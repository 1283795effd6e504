import { type CsvWriteOptions, writeCsv } from "./csv/write.ts";
import { FORMAT_NAMES, type FormatName } from "./detect.ts";
import { checkChoice, checkOptionNames } from "./errors.ts";
import { type JsonWriteOptions, writeJson } from "./json/write.ts";
import { type MatrixMarketWriteOptions, writeMatrixMarket } from "./matrixMarket/write.ts";
import { type NpyWriteOptions, writeNpy } from "./npy/write.ts";
import { type NpzWriteOptions, writeNpz } from "./npz/write.ts";
import type { Writable } from "./writable.ts";

/** Options of `writeMatrix`: the format, and its own options under its name. */
export interface WriteMatrixOptions {
  readonly format: FormatName;
  readonly npy?: NpyWriteOptions;
  readonly npz?: NpzWriteOptions;
  readonly csv?: CsvWriteOptions;
  readonly mtx?: MatrixMarketWriteOptions;
  readonly json?: JsonWriteOptions;
}

/** Name of the only array in an archive that writeMatrix makes; NumPy's own for arrays without one. */
const ONLY_ENTRY = "arr_0";

/**
 * The bytes of a file that holds the matrix in the given format. An npz holds it as `arr_0`; `writeNpz` takes several.
 *
 * @throws FormatError        a value that the format cannot carry; see each writer.
 * @throws FormatOptionError  an option that does not exist or cannot have this value.
 */
export function writeMatrix(value: Writable, options: WriteMatrixOptions): Uint8Array<ArrayBuffer> {
  checkOptionNames("writeMatrix", options, ["format", "npy", "npz", "csv", "mtx", "json"]);
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
  }
}
