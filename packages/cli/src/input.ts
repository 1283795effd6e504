import { createReadStream } from "node:fs";
import { FormatError, readLiteral, readMatrix, toFloat, type NdArray, type ReadMatrixOptions } from "@eckart/formats";
import { readMatrixFile } from "@eckart/formats/node";
import { Matrix } from "eckart";
import type { Options } from "./request.ts";
import { isLiteral, nameOf } from "./word.ts";

/** A matrix of the command line: as it was read, and as the engine takes it. */
export interface Operand {
  /** What to call it: the file's name, "standard input" or "matrix". */
  readonly name: string;
  /** As the file holds it. */
  readonly array: NdArray;
  /** The same in f32 or f64; of one dimension, a column. */
  readonly A: Matrix;
  readonly notes: readonly string[];
}

/** How a command reads where nobody says otherwise: NaN and infinities, and missing values of a table. */
export interface ReadingDefaults {
  readonly nonFinite?: "keep" | "error";
  readonly missing?: Exclude<Options["missing"], undefined>;
}

/** Reads a matrix from a file, from standard input or from the word itself. */
export async function readOperand(word: string, options: Options, defaults: ReadingDefaults = {}): Promise<Operand> {
  const array = await readArray(word, { ...defaults, ...options });
  const name = nameOf(word);
  if (array.shape.length > 2)
    throw new FormatError("matrix", { file: name }, `expected two dimensions, got shape (${array.shape.join(", ")})`);
  const { dtype, complex } = options;
  const { data, strides, notes } = toFloat(array, defined({ dtype, complex }));
  const [rows = 1, cols = 1] = array.shape;
  const [rowStride = 1, colStride = 1] = strides;
  return { name, array, A: Matrix.wrap(data, [rows, cols], { strides: [rowStride, colStride] }), notes };
}

async function readArray(word: string, options: Options & ReadingDefaults): Promise<NdArray> {
  const { nonFinite = "error", from, variable, separator, decimal, header, missing, columns, omit } = options;
  if (isLiteral(word)) return readLiteral(word, { nonFinite });
  const settings: ReadMatrixOptions = {
    nonFinite,
    format: from ?? "auto",
    npz: defined({ entry: variable }),
    csv: defined({ separator, decimal, header, missing, columns, omit }),
    table: defined({ missing, columns, omit }),
    safetensors: defined({ tensor: variable }),
    image: { channels: "grey" },
  };
  if (word !== "-") return readMatrixFile(word, settings);
  return readMatrix(await readStandardInput(), { ...settings, name: nameOf(word) });
}

async function readStandardInput(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of createReadStream("", { fd: 0, autoClose: false })) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** The same options without those that were not given. */
function defined<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
