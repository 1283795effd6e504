export { FormatError, FormatOptionError, type Place } from "./errors.ts";
export { type BlobLike, type Bytes, type Source, type SourceLike } from "./source.ts";
export { type DType, type Elements, type NdArray } from "./ndarray.ts";
export { type FloatArray, type ToFloatOptions, toFloat } from "./toFloat.ts";
export { bfloat16Bits, bfloat16Value, float16Bits, float16Value } from "./float16.ts";
export { type DecimalMark } from "./number.ts";
export { type ReadOptions } from "./options.ts";
export { type StridedArray, type Writable } from "./writable.ts";

export { type NpyOptions, readNpy } from "./npy/read.ts";
export { type NpyWriteOptions, writeNpy } from "./npy/write.ts";
export { type NpzEntry, type NpzOptions, listNpz, readNpz } from "./npz/read.ts";
export { type NpzWriteOptions, writeNpz } from "./npz/write.ts";
export { type CsvOptions, MISSING_WORDS, readCsv } from "./csv/read.ts";
export { type CsvWriteOptions, writeCsv } from "./csv/write.ts";
export { readMatrixMarket } from "./matrixMarket/read.ts";
export { type MatrixMarketWriteOptions, writeMatrixMarket } from "./matrixMarket/write.ts";
export { type JsonDType, readJson } from "./json/read.ts";
export { type JsonWriteOptions, writeJson } from "./json/write.ts";
export { readLiteral } from "./literal/read.ts";

export { type FormatName, FORMAT_NAMES, formatOfName } from "./detect.ts";
export { type ReadMatrixOptions, readMatrix } from "./readMatrix.ts";
export { type WriteMatrixOptions, writeMatrix } from "./writeMatrix.ts";
