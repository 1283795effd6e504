import { FormatError, FormatOptionError, checkOptionNames, quote } from "../errors.ts";
import { type NdArray, refuseNonFinite, rowMajorStrides } from "../ndarray.ts";
import { numbersOf } from "../npy/read.ts";
import { type ReadOptions, READ_OPTIONS, checkReadOptions } from "../options.ts";
import { type Input, type SourceLike, openInput } from "../source.ts";
import { SAFETENSORS_STORAGE } from "./dtypes.ts";
import { SafetensorsError } from "./errors.ts";
import { type TensorInfo, readHeader } from "./header.ts";
import { MAX_HEADER_BYTES } from "./limits.ts";

/** How a safetensors file is opened. */
export interface SafetensorsOpenOptions {
  /** Bytes that the header may have. Default 100 000 000, the reference's limit. */
  readonly maxHeaderBytes?: number;
}

/** Which tensor of a file is read. */
export interface SafetensorsOptions extends SafetensorsOpenOptions {
  /** Name of the tensor; needed where the file holds several. */
  readonly tensor?: string;
}

/** Options of SafetensorsOptions by name. */
export const SAFETENSORS_OPTIONS: readonly string[] = ["tensor", "maxHeaderBytes"];

/** A file, or a model in several, of which only the header was read: its tensors by name, each read when asked for. */
export interface Safetensors {
  /** What the file says about itself, `{"format": "pt"}` for example. */
  readonly metadata: ReadonlyMap<string, string>;
  /** The tensors in the header's order. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /**
   * Reads one tensor, and no other byte of the file.
   *
   * F16 and BF16 keep their bit patterns (`toFloat` widens them); the 8-bit floats come as the f32 that they stand for.
   *
   * @throws SafetensorsError  TensorNotFound.
   * @throws FormatError       F4 and F6, which are not decoded; NaN and ±Infinity unless `nonFinite: "keep"`.
   */
  read(name: string): Promise<NdArray>;
}

/**
 * Opens a safetensors file by its header; a tensor is read when `read` asks for it.
 *
 * @throws SafetensorsError  with the reference implementation's name for what is wrong, and the byte: see `reason`.
 *
 * Cost: the header; one range a tensor. Source: safetensors, format specification and safetensors/src/tensor.rs.
 * @example
 * const file = writeSafetensors([["layers.0.weight", { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] }]]);
 * const model = await openSafetensors(file);
 * [...model.tensors.values()].map(({ name, dtype, shape }) => [name, dtype, shape]); // [["layers.0.weight", "F32", [2, 2]]]
 * const { data } = await model.read("layers.0.weight"); // the numbers, read only now
 */
export async function openSafetensors(
  source: SourceLike,
  options: ReadOptions & SafetensorsOpenOptions = {},
): Promise<Safetensors> {
  checkOptionNames("openSafetensors", options, [...READ_OPTIONS, "maxHeaderBytes"]);
  return openSafetensorsInput(openInput(source, "safetensors", options.name), options);
}

async function openSafetensorsInput(input: Input, options: ReadOptions & SafetensorsOpenOptions): Promise<Safetensors> {
  const { nonFinite } = checkReadOptions("openSafetensors", options);
  const { maxHeaderBytes = MAX_HEADER_BYTES } = options;
  if (!(maxHeaderBytes >= 0))
    throw new FormatOptionError("openSafetensors", "maxHeaderBytes", maxHeaderBytes, "a number of bytes");
  const { metadata, tensors } = await readHeader(input, maxHeaderBytes);
  return {
    metadata,
    tensors,
    async read(name) {
      const tensor = tensors.get(name);
      if (!tensor)
        throw new SafetensorsError(
          "TensorNotFound",
          { file: input.name, entry: name },
          `no such tensor; it has ${namesOf(tensors)}`,
        );
      return readTensor(input, tensor, nonFinite);
    },
  };
}

/**
 * Reads one tensor of a safetensors file: the one called `tensor`, or the only one.
 *
 * @throws SafetensorsError  as {@link openSafetensors}; several tensors and none chosen, and the message lists them.
 */
export async function readSafetensors(
  source: SourceLike,
  options: ReadOptions & SafetensorsOptions = {},
): Promise<NdArray> {
  checkOptionNames("readSafetensors", options, [...READ_OPTIONS, ...SAFETENSORS_OPTIONS]);
  return readSafetensorsInput(openInput(source, "safetensors", options.name), options);
}

/** readSafetensors for an input that is open already. */
export async function readSafetensorsInput(input: Input, options: ReadOptions & SafetensorsOptions): Promise<NdArray> {
  return readChosenTensor(await openSafetensorsInput(input, options), options.tensor, input.name);
}

/** The tensor of this name, or the only one. */
export async function readChosenTensor(
  model: Safetensors,
  wanted: string | undefined,
  file: string | undefined,
): Promise<NdArray> {
  if (wanted !== undefined) return model.read(wanted);
  const [only] = model.tensors.keys();
  if (only === undefined || model.tensors.size > 1)
    throw new SafetensorsError(
      "TensorNotFound",
      { file },
      `${model.tensors.size} tensors (${namesOf(model.tensors)}); say which one: tensor`,
    );
  return model.read(only);
}

async function readTensor(input: Input, tensor: TensorInfo, nonFinite: "error" | "keep"): Promise<NdArray> {
  const { name, shape, byteOffset, byteLength } = tensor;
  const { dtype, values } = SAFETENSORS_STORAGE[tensor.dtype];
  const place = { file: input.name, entry: name };
  if (!dtype)
    throw new FormatError("safetensors", place, `${tensor.dtype}: elements of less than a byte are not decoded`);
  const bytes = await input.read(byteOffset, byteOffset + byteLength);
  const data = values
    ? Float32Array.from(bytes, (bits) => values[bits]!)
    : numbersOf(bytes, { dtype, bigEndian: false });
  const notes = values ? [`${tensor.dtype} was decoded to f32; a scale, if there is one, is a tensor of its own`] : [];
  const array: NdArray = { data, shape, strides: rowMajorStrides(shape), dtype, notes };
  if (nonFinite === "error") refuseNonFinite(array, "safetensors", place, values ? undefined : byteOffset);
  return array;
}

function namesOf(tensors: ReadonlyMap<string, TensorInfo>): string {
  const names = [...tensors.keys()];
  return names.slice(0, 20).map(quote).join(", ") + (names.length > 20 ? ", …" : "") || "none";
}
