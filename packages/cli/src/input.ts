import { read } from "node:fs";
import { setTimeout } from "node:timers/promises";
import {
  FormatError,
  readLiteral,
  readMatrix,
  readSparse,
  toFloat,
  type CsrArray,
  type FloatArray,
  type NdArray,
  type ReadMatrixOptions,
} from "@eckart/formats";
import { readMatrixFile, readSparseFile } from "@eckart/formats/node";
import { ComplexMatrix, CsrMatrix, Matrix } from "eckart";
import type { Options } from "./request.ts";
import { isLiteral, nameOf } from "./word.ts";

/** A matrix of the command line: as it was read, and as the engine takes it. */
export interface Operand {
  /** What to call it: the file's name, "standard input" or "matrix". */
  readonly name: string;
  /** Shape and element type, as the file holds them. */
  readonly shape: readonly number[];
  readonly dtype: string;
  /** As the file holds it. */
  readonly array: NdArray;
  /**
   * The same in f32 or f64, or complex, parts of f32 or f64; of one dimension, a column; of a picture, its first channel.
   */
  readonly A: Matrix | ComplexMatrix;
  /** The same where the file holds a sparse matrix and the command takes one; reading `array` or `A` writes its zeros out. */
  readonly sparse?: CsrMatrix;
  readonly notes: readonly string[];
}

/** How a command reads where nobody says otherwise: NaN and infinities, missing values of a table, pictures. */
export interface ReadingDefaults {
  readonly nonFinite?: "keep" | "error";
  readonly missing?: Exclude<Options["missing"], undefined>;
  /** What is read of a picture: its brightness (default), or all channels, which make three dimensions. */
  readonly channels?: "grey" | "all";
  /** Whether a sparse matrix stays one. */
  readonly sparse?: boolean;
}

/** Reads a matrix from a file, from standard input or from the word itself. */
export async function readOperand(word: string, options: Options, defaults: ReadingDefaults = {}): Promise<Operand> {
  const array = await readArray(word, { ...defaults, ...options });
  const name = options.variable === undefined ? nameOf(word) : `${nameOf(word)}:${options.variable}`;
  if ("indptr" in array) return sparseOperand(name, array, options);
  const isPicture = defaults.channels === "all" && array.shape.length === 3 && array.shape[2]! <= 4;
  if (array.shape.length > 2 && !isPicture)
    throw new FormatError("matrix", { file: name }, `expected two dimensions, got shape (${array.shape.join(", ")})`);
  const { dtype, complex } = options;
  if (PARTS_OF[array.dtype] && complex === undefined && !isPicture) {
    const part = (which: "real" | "imaginary"): Matrix =>
      asMatrix(toFloat(array, { complex: which, dtype: dtype ?? PARTS_OF[array.dtype]! }));
    const A = ComplexMatrix.wrap(part("real"), part("imaginary"));
    return { name, shape: array.shape, dtype: array.dtype, array, A, notes: array.notes };
  }
  const real = toFloat(array, defined({ dtype, complex }));
  return { name, shape: array.shape, dtype: array.dtype, array, A: asMatrix(real), notes: real.notes };
}

/** Precision of the parts of complex numbers. */
const PARTS_OF: Readonly<Record<string, "f32" | "f64">> = { c64: "f32", c128: "f64" };

function asMatrix({ data, shape: [rows = 1, cols = 1], strides: [rowStride = 1, colStride = 1] }: FloatArray): Matrix {
  return Matrix.wrap(data, [rows, cols], { strides: [rowStride, colStride] });
}

function sparseOperand(name: string, { notes, ...entries }: CsrArray, { dtype }: Options): Operand {
  const { shape, indptr, indices } = entries;
  const data = dtype === "f32" ? Float32Array.from(entries.data) : entries.data;
  // The reader has checked them; `csr` would refuse NaN and infinities, which some commands keep.
  const sparse = new CsrMatrix(...shape, indptr, indices, data);
  return {
    name,
    shape,
    dtype: entries.dtype,
    get array(): NdArray {
      const exact = new CsrMatrix(...shape, indptr, indices, entries.data).toDense();
      return { data: exact.data as Float64Array<ArrayBuffer>, shape, strides: [shape[1], 1], dtype: "f64", notes };
    },
    get A(): Matrix {
      return sparse.toDense();
    },
    sparse,
    notes,
  };
}

async function readArray(word: string, options: Options & ReadingDefaults): Promise<NdArray | CsrArray> {
  if (isLiteral(word)) return readLiteral(word, { nonFinite: options.nonFinite ?? "error" });
  const settings = readerOptions(options);
  if (word !== "-") return options.sparse ? readSparseFile(word, settings) : readMatrixFile(word, settings);
  const read = options.sparse ? readSparse : readMatrix;
  return read(await readStandardInput(), { ...settings, name: nameOf(word) });
}

/** The options of the command line as the readers take them. */
export function readerOptions(options: Options & ReadingDefaults): ReadMatrixOptions {
  const { nonFinite = "error", from, variable, channels = "grey" } = options;
  const { separator, decimal, header, missing, columns, omit } = options;
  return {
    nonFinite,
    format: from ?? "auto",
    npz: defined({ entry: variable }),
    csv: defined({ separator, decimal, header, missing, columns, omit }),
    table: defined({ missing, columns, omit }),
    safetensors: defined({ tensor: variable }),
    image: { channels },
  };
}

/** Standard input to its end. */
async function readStandardInput(): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of standardInput()) parts.push(part);
  return Buffer.concat(parts);
}

/** Standard input as it comes. */
export async function* standardInput(): AsyncGenerator<Uint8Array> {
  for (;;) {
    const bytes = new Uint8Array(PIPE_BYTES);
    const count = await readStandard(bytes).catch((error: NodeJS.ErrnoException) => {
      // A pipe that another process has told not to wait, and that has nothing yet.
      if (error.code === "EAGAIN") return undefined;
      // The end, on Windows.
      if (error.code === "EOF") return 0;
      throw error;
    });
    if (count === 0) return;
    if (count === undefined) await setTimeout(WAIT_MS);
    else yield bytes.subarray(0, count);
  }
}

/** Bytes that are asked of standard input at a time. */
const PIPE_BYTES = 2 ** 16;
const WAIT_MS = 5;

function readStandard(bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) =>
    read(0, bytes, 0, bytes.length, null, (error, count) => (error ? reject(error) : resolve(count))),
  );
}

/** The same options without those that were not given. */
function defined<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
