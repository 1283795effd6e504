import { HOST_IS_BIG_ENDIAN, swapBytes } from "../byteOrder.ts";
import { checkOptionNames } from "../errors.ts";
import { type ReadOptions, READ_OPTIONS, checkReadOptions } from "../options.ts";
import { type DType, type NdArray, STORAGE, columnMajorStrides, refuseNonFinite, rowMajorStrides } from "../ndarray.ts";
import { type Input, type SourceLike, openInput } from "../source.ts";
import { type NpyHeader, readHeader } from "./header.ts";

/** What an npy file leaves open. */
export interface NpyOptions {
  /** Read `|V2`, the name that NumPy gives to bfloat16, as bfloat16. Default false: two bytes without a meaning are refused. */
  readonly bfloat16?: boolean;
}

/** Options of NpyOptions by name. */
export const NPY_OPTIONS: readonly string[] = ["bfloat16"];

/**
 * Reads a NumPy .npy file, versions 1.0 to 3.0.
 *
 * The result has the file's own element type and shape; C order comes out with row-major strides, Fortran order with
 * column-major ones, and neither is copied or transposed. Big-endian files are swapped.
 *
 * @throws FormatError  anything but bool, int, uint, float and complex arrays whose length is exactly what the header
 *                      says; NaN and ±Infinity unless `nonFinite: "keep"`.
 *
 * Cost: one read of the header, one of the data, and a pass over floating-point data. Source: NumPy, numpy/lib/format.
 */
export async function readNpy(source: SourceLike, options: ReadOptions & NpyOptions = {}): Promise<NdArray> {
  checkOptionNames("readNpy", options, [...READ_OPTIONS, ...NPY_OPTIONS]);
  return readNpyInput(openInput(source, "npy", options.name), options);
}

/** readNpy for an input that is open already; `entry` is its name inside an archive. */
export async function readNpyInput(input: Input, options: ReadOptions & NpyOptions, entry?: string): Promise<NdArray> {
  const { nonFinite } = checkReadOptions("readNpy", options);
  const header = await readHeader(input, { entry, bfloat16: options.bfloat16 });
  const { dtype, shape, dataOffset, dataBytes } = header;
  const array: NdArray = {
    data: numbersOf(await input.read(dataOffset, dataOffset + dataBytes), header),
    shape,
    strides: header.fortranOrder ? columnMajorStrides(shape) : rowMajorStrides(shape),
    dtype,
    notes: [],
  };
  if (nonFinite === "error") refuseNonFinite(array, "npy", { file: input.name, entry }, dataOffset);
  return array;
}

/** The numbers that fill `bytes`, in the order of this machine; may change the bytes. */
export function numbersOf(
  bytes: Uint8Array<ArrayBuffer>,
  { dtype, bigEndian }: Pick<NpyHeader, "dtype" | "bigEndian">,
): NdArray<DType>["data"] {
  const { array, wordBytes } = STORAGE[dtype];
  const own = bytes.byteOffset % wordBytes === 0 ? bytes : bytes.slice();
  if (wordBytes > 1 && bigEndian !== HOST_IS_BIG_ENDIAN) swapBytes(own, wordBytes);
  if (dtype === "bool") for (let k = 0; k < own.length; k++) own[k] = own[k] ? 1 : 0;
  return new array(own.buffer, own.byteOffset, own.length / wordBytes);
}
