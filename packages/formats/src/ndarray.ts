import { FormatError, type Place } from "./errors.ts";

/** The array that holds each element type. bool holds 0 and 1; f16 and bf16 hold bit patterns; complex holds re, im pairs. */
export interface Elements {
  bool: Uint8Array<ArrayBuffer>;
  i8: Int8Array<ArrayBuffer>;
  i16: Int16Array<ArrayBuffer>;
  i32: Int32Array<ArrayBuffer>;
  i64: BigInt64Array<ArrayBuffer>;
  u8: Uint8Array<ArrayBuffer>;
  u16: Uint16Array<ArrayBuffer>;
  u32: Uint32Array<ArrayBuffer>;
  u64: BigUint64Array<ArrayBuffer>;
  f16: Uint16Array<ArrayBuffer>;
  bf16: Uint16Array<ArrayBuffer>;
  f32: Float32Array<ArrayBuffer>;
  f64: Float64Array<ArrayBuffer>;
  c64: Float32Array<ArrayBuffer>;
  c128: Float64Array<ArrayBuffer>;
}

/** Element types: bits of one number, except that complex counts both of its parts (c64 is two f32). */
export type DType = keyof Elements;

/**
 * An array of numbers as plain data, the result of every reader.
 *
 * Element (i₀, i₁, …) is `data[i₀·strides[0] + i₁·strides[1] + …]`; strides count elements, and a complex element is two
 * numbers, so its real part is at twice that index. A matrix has two dimensions; npy and JSON can carry any number.
 */
export interface NdArray<D extends DType = DType> {
  readonly data: Elements[D];
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly dtype: D;
  /** Names of the columns, where the file gives them. */
  readonly columns?: readonly string[];
  /** What the reader decided or found and a careful user would want to know, one sentence each. */
  readonly notes: readonly string[];
}

interface Storage {
  readonly array: {
    new (buffer: ArrayBuffer, byteOffset: number, length: number): Elements[DType];
    new (length: number): Elements[DType];
  };
  /** Bytes of one number. */
  readonly wordBytes: number;
  /** Numbers in one element: 2 for complex. */
  readonly words: number;
}

const storage = (array: unknown, wordBytes: number, words = 1): Storage => ({
  array: array as Storage["array"],
  wordBytes,
  words,
});

/** How each element type is stored. */
export const STORAGE: Readonly<Record<DType, Storage>> = {
  bool: storage(Uint8Array, 1),
  i8: storage(Int8Array, 1),
  i16: storage(Int16Array, 2),
  i32: storage(Int32Array, 4),
  i64: storage(BigInt64Array, 8),
  u8: storage(Uint8Array, 1),
  u16: storage(Uint16Array, 2),
  u32: storage(Uint32Array, 4),
  u64: storage(BigUint64Array, 8),
  f16: storage(Uint16Array, 2),
  bf16: storage(Uint16Array, 2),
  f32: storage(Float32Array, 4),
  f64: storage(Float64Array, 8),
  c64: storage(Float32Array, 4, 2),
  c128: storage(Float64Array, 8, 2),
};

/** Bytes of one element. */
export function elementBytes(dtype: DType): number {
  return STORAGE[dtype].wordBytes * STORAGE[dtype].words;
}

/** Product of the sizes, 1 for no dimensions; undefined where it passes 2^53 and would no longer be exact. */
export function elementCount(shape: readonly number[]): number | undefined {
  let nonZero = 1;
  for (const size of shape) if (size !== 0) nonZero *= size;
  if (!Number.isSafeInteger(nonZero)) return undefined;
  return shape.includes(0) ? 0 : nonZero;
}

/** Strides with the last index fastest, the order of C. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  return columnMajorStrides([...shape].reverse()).reverse();
}

/** Strides with the first index fastest, the order of Fortran. */
export function columnMajorStrides(shape: readonly number[]): number[] {
  let stride = 1;
  return shape.map((size) => {
    const own = stride;
    stride *= size;
    return own;
  });
}

/** A matrix of doubles in row-major order. */
export function matrixF64(
  data: Float64Array<ArrayBuffer>,
  shape: readonly number[],
  notes: readonly string[],
  columns?: readonly string[],
): NdArray<"f64"> {
  return { data, shape, strides: rowMajorStrides(shape), dtype: "f64", notes, ...(columns && { columns }) };
}

/** The same array with its elements in row-major order; copies only if they are not. */
export function toRowMajor<D extends DType>(array: NdArray<D>, offset = 0): NdArray<D> {
  const { shape, strides, dtype } = array;
  const { words } = STORAGE[dtype];
  const count = elementCount(shape)!;
  const wanted = rowMajorStrides(shape);
  const inOrder = shape.every((size, d) => size <= 1 || strides[d] === wanted[d]);
  if (inOrder || count === 0)
    return {
      ...array,
      strides: wanted,
      data: array.data.subarray(offset * words, (offset + count) * words) as Elements[D],
    };
  const source = array.data as Float64Array;
  const data = new STORAGE[dtype].array(count * words) as Float64Array;
  const index = shape.map(() => 0);
  let from = offset;
  for (let to = 0; to < count; to++) {
    for (let w = 0; w < words; w++) data[to * words + w] = source[from * words + w]!;
    for (let d = shape.length - 1; d >= 0; d--) {
      from += strides[d]!;
      if (++index[d]! < shape[d]!) break;
      from -= strides[d]! * shape[d]!;
      index[d] = 0;
    }
  }
  return { ...array, strides: wanted, data: data as unknown as Elements[D] };
}

/** Throws where the array holds NaN or ±Infinity, naming the first such element in memory order. */
export function refuseNonFinite(array: NdArray, format: string, place: Place, dataOffset?: number): void {
  const word = firstNonFinite(array);
  if (word < 0) return;
  const { wordBytes, words } = STORAGE[array.dtype];
  const value = array.dtype === "f16" || array.dtype === "bf16" ? "NaN or Infinity" : String(array.data[word]);
  throw new FormatError(
    format,
    {
      ...place,
      element: elementInWords(array, Math.floor(word / words)),
      byteOffset: dataOffset === undefined ? undefined : dataOffset + word * wordBytes,
    },
    `${value}; expected finite numbers (nonFinite: "keep" accepts it)`,
  );
}

function firstNonFinite({ data, dtype }: NdArray): number {
  if (dtype === "f16") return (data as Uint16Array).findIndex((bits) => (bits & 0x7c00) === 0x7c00);
  if (dtype === "bf16") return (data as Uint16Array).findIndex((bits) => (bits & 0x7f80) === 0x7f80);
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return -1;
  for (let k = 0; k < data.length; k++) if (!Number.isFinite(data[k])) return k;
  return -1;
}

function elementInWords({ shape, strides }: NdArray, position: number): string {
  const order = shape.map((_, d) => d).sort((a, b) => strides[b]! - strides[a]! || shape[b]! - shape[a]!);
  const index = shape.map(() => 0);
  let rest = position;
  for (const d of order) {
    if (shape[d]! <= 1) continue;
    index[d] = Math.floor(rest / strides[d]!);
    rest %= strides[d]!;
  }
  return shape.length === 2 ? `row ${index[0]! + 1}, column ${index[1]! + 1}` : `element [${index.join(", ")}]`;
}
