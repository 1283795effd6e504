import { FormatError } from "./errors.ts";
import { bfloat16Value, float16Value } from "./float16.ts";
import {
  type DType,
  type Elements,
  type NdArray,
  STORAGE,
  elementCount,
  rowMajorStrides,
  toRowMajor,
} from "./ndarray.ts";

/** Numbers in memory, as any library may hold them; `dtype` says which where the array alone does not. */
export interface StridedArray {
  readonly data: Elements[DType] | readonly number[];
  readonly shape: readonly number[];
  readonly strides?: readonly number[];
  readonly rowStride?: number;
  readonly colStride?: number;
  readonly offset?: number;
  readonly dtype?: DType;
  readonly columns?: readonly string[];
}

/** Everything that a writer takes: numbers, rows of numbers, a reader's result, a strided array, a matrix of the engine. */
export type Writable = Elements[DType] | readonly number[] | readonly ArrayLike<number>[] | StridedArray;

/** Arrays by name, in order. */
export type NamedArrays = Readonly<Record<string, Writable>> | Iterable<readonly [name: string, value: Writable]>;

/** Names and arrays in the order given. */
export function namedEntries(arrays: NamedArrays): Iterable<readonly [name: string, value: Writable]> {
  return Symbol.iterator in arrays ? (arrays as Iterable<readonly [string, Writable]>) : Object.entries(arrays);
}

/** The value as a row-major array, proved to lie inside its data. Numbers without a shape are one dimension. */
export function toNdArray(value: Writable, caller: string): NdArray {
  if (ArrayBuffer.isView(value)) return fromStrided({ data: value, shape: [value.length] }, caller);
  if (typeof value !== "object" || value === null || !("shape" in value || Array.isArray(value)))
    throw new FormatError(caller, {}, "what is to be written is no array of numbers");
  if ("shape" in value) return fromStrided(value, caller);
  if (value.length > 0 && value.every((entry) => typeof entry === "number"))
    return fromStrided({ data: value, shape: [value.length] }, caller);
  return fromRows(value as readonly ArrayLike<number>[], caller);
}

function fromRows(lines: readonly ArrayLike<number>[], caller: string): NdArray {
  const rows = lines.length;
  const cols = lines[0]?.length ?? 0;
  const data = new Float64Array(rows * cols);
  lines.forEach((row, i) => {
    if (row?.length !== cols)
      throw new FormatError(caller, { element: `row ${i + 1}` }, `expected ${cols} numbers, got ${row?.length ?? row}`);
    for (let j = 0; j < cols; j++) data[i * cols + j] = row[j]!;
  });
  return { data, shape: [rows, cols], strides: [cols, 1], dtype: "f64", notes: [] };
}

function fromStrided(value: StridedArray, caller: string): NdArray {
  const { shape, offset = 0, columns } = value;
  const data = ArrayBuffer.isView(value.data) ? value.data : new Float64Array(value.data);
  const dtype = value.dtype ?? naturalDType(data);
  const { array, words } = STORAGE[dtype];
  const fail = (problem: string): never => {
    throw new FormatError(caller, {}, problem);
  };
  if (!(data instanceof array)) fail(`dtype ${dtype} is held in ${array.name}, got ${data.constructor.name}`);
  const strides = value.strides ?? matrixStrides(value) ?? rowMajorStrides(shape);
  const count = elementCount(shape);
  if (
    count === undefined ||
    shape.some((size) => !Number.isSafeInteger(size) || size < 0) ||
    strides.length !== shape.length
  )
    return fail(`shape (${shape.join(", ")}) and strides (${strides.join(", ")}) do not describe an array`);
  let [first, last] = [offset, offset];
  shape.forEach((size, d) => {
    const reach = (size - 1) * strides[d]!;
    if (reach < 0) first += reach;
    else last += reach;
  });
  if (count > 0 && !(first >= 0 && (last + 1) * words <= data.length))
    fail(`shape (${shape.join(", ")}) reaches elements ${first} to ${last}, the data has ${data.length / words}`);
  return toRowMajor({ data, shape, strides, dtype, notes: [], ...(columns && { columns }) }, offset);
}

function matrixStrides({ rowStride, colStride }: StridedArray): readonly number[] | undefined {
  return rowStride === undefined || colStride === undefined ? undefined : [rowStride, colStride];
}

function naturalDType(data: Elements[DType]): DType {
  const found = NATURAL.find((dtype) => data instanceof STORAGE[dtype].array);
  if (!found)
    throw new FormatError("array", {}, `data in ${(data as object).constructor.name} have no known element type`);
  return found;
}

const NATURAL: readonly DType[] = ["f64", "f32", "u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64"];

/** A view of at most two dimensions by row and column; a vector is one column. Complex numbers are refused. */
export function matrixRows(
  array: NdArray,
  format: string,
): { rows: number; cols: number; number: (i: number, j: number) => number | bigint } {
  const { shape, dtype } = array;
  if (shape.length > 2) throw new FormatError(format, {}, `${shape.length} dimensions; this format holds matrices`);
  if (dtype === "c64" || dtype === "c128") throw new FormatError(format, {}, "complex numbers; this format has none");
  const [rows = 1, cols = 1] = shape;
  const widen = dtype === "f16" ? float16Value : dtype === "bf16" ? bfloat16Value : undefined;
  const data = array.data;
  return {
    rows,
    cols,
    number: widen ? (i, j) => widen(data[i * cols + j] as number) : (i, j) => data[i * cols + j]!,
  };
}
