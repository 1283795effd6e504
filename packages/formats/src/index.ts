export { FormatError, FormatOptionError, type Place } from "./errors.ts";
export { type BlobLike, type Bytes, type Source, type SourceLike } from "./source.ts";
export { type HttpOptions, type HttpSource, type Signal, httpSource } from "./http/source.ts";
export { type DType, type Elements, type NdArray } from "./ndarray.ts";
export { type FloatArray, type ToFloatOptions, toFloat } from "./toFloat.ts";
export { bfloat16Bits, bfloat16Value, float16Bits, float16Value } from "./float16.ts";
export { type DecimalMark } from "./number.ts";
export { type ReadOptions } from "./options.ts";
export { type NamedArrays, type StridedArray, type Writable } from "./writable.ts";

export { type NpyOptions, readNpy } from "./npy/read.ts";
export { type NpyWriteOptions, writeNpy } from "./npy/write.ts";
export { type NpzEntry, type NpzOptions, listNpz, readNpz } from "./npz/read.ts";
export { type NpzWriteOptions, writeNpz } from "./npz/write.ts";
export { type TableOptions } from "./columns.ts";
export { type CsvOptions, MISSING_WORDS } from "./csv/options.ts";
export { readCsv } from "./csv/read.ts";
export { type MixedTable, readCsvTable, type TextColumn } from "./csv/readTable.ts";
export { type CsvWriteOptions, writeCsv } from "./csv/write.ts";
export { type CsrArray, type CsrWritable } from "./sparse.ts";
export { readMatrixMarket, readMatrixMarketCsr } from "./matrixMarket/read.ts";
export { type MatrixMarketWriteOptions, writeMatrixMarket } from "./matrixMarket/write.ts";
export { type JsonDType, readJson } from "./json/read.ts";
export { type JsonWriteOptions, writeJson } from "./json/write.ts";
export {
  type Safetensors,
  type SafetensorsOpenOptions,
  type SafetensorsOptions,
  openSafetensors,
  readSafetensors,
} from "./safetensors/read.ts";
export { type SafetensorsDType } from "./safetensors/dtypes.ts";
export type { Float8 } from "./float8.ts";
export { SafetensorsError, type SafetensorsReason } from "./safetensors/errors.ts";
export { type TensorInfo } from "./safetensors/header.ts";
export {
  type SafetensorsIndex,
  type ShardedSafetensors,
  openSafetensorsShards,
  readSafetensorsIndex,
} from "./safetensors/shards.ts";
export {
  type SafetensorsWriteOptions,
  type TensorPlan,
  safetensorsParts,
  writeSafetensors,
} from "./safetensors/write.ts";
export { type ImageOptions } from "./image/options.ts";
export { type LevelOptions } from "./image/levels.ts";
export { type PngWriteOptions, readPng, writePng } from "./image/png.ts";
export { type JpegWriteOptions, readJpeg, writeJpeg } from "./image/jpeg.ts";
export { readParquet } from "./parquet/read.ts";
export { type ParquetWriteOptions, writeParquet } from "./parquet/write.ts";
export { readArrow } from "./arrow/read.ts";
export { type ArrowWriteOptions, writeArrow } from "./arrow/write.ts";
export { readLiteral } from "./literal/read.ts";

export { type FormatName, FORMAT_NAMES, formatOfName } from "./detect.ts";
export { type BlockOptions, type RowBlock } from "./blocks.ts";
export { type ReadMatrixOptions, readMatrix, readRowBlocks, readSparse } from "./readMatrix.ts";
export { type WriteMatrixOptions, writeMatrix } from "./writeMatrix.ts";
