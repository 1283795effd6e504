import { HOST_IS_BIG_ENDIAN, swapBytes } from "../byteOrder.ts";
import { checkOptionNames } from "../errors.ts";
import { type DType, type NdArray, STORAGE, toRowMajor } from "../ndarray.ts";
import { type Writable, toNdArray } from "../writable.ts";
import { MAGIC } from "./header.ts";

/** How an npy file is written. */
export interface NpyWriteOptions {
  /** Store the first index fastest, as Fortran and LAPACK do. Default false. */
  readonly fortranOrder?: boolean;
}

const DESCR: Readonly<Record<DType, string>> = {
  bool: "|b1",
  i8: "|i1",
  i16: "<i2",
  i32: "<i4",
  i64: "<i8",
  u8: "|u1",
  u16: "<u2",
  u32: "<u4",
  u64: "<u8",
  f16: "<f2",
  bf16: "|V2",
  f32: "<f4",
  f64: "<f8",
  c64: "<c8",
  c128: "<c16",
};

/** Data begin at a multiple of this, so that a reader can map them. */
const ALIGNMENT = 64;

/** A NumPy .npy file, version 1.0, little-endian. bfloat16 is written as NumPy itself does, as `|V2`. */
export function writeNpy(value: Writable, options: NpyWriteOptions = {}): Uint8Array<ArrayBuffer> {
  checkOptionNames("writeNpy", options, ["fortranOrder"]);
  const { fortranOrder = false } = options;
  const array = toNdArray(value, "writeNpy");
  const { dtype, shape } = array;
  const { data } = toRowMajor(fortranOrder ? reverseAxes(array) : array);

  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dict = `{'descr': '${DESCR[dtype]}', 'fortran_order': ${fortranOrder ? "True" : "False"}, 'shape': (${sizes}), }`;
  const prefixBytes = MAGIC.length + 4;
  const headerBytes = Math.ceil((prefixBytes + dict.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(headerBytes + data.byteLength);
  const header = new TextEncoder().encode(`${dict.padEnd(headerBytes - prefixBytes - 1)}\n`);
  bytes.set(MAGIC);
  bytes[6] = 1;
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  bytes.set(header, prefixBytes);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), headerBytes);
  if (HOST_IS_BIG_ENDIAN) swapBytes(bytes.subarray(headerBytes), STORAGE[dtype].wordBytes);
  return bytes;
}

function reverseAxes(array: NdArray): NdArray {
  return { ...array, shape: array.shape.toReversed(), strides: array.strides.toReversed() };
}
