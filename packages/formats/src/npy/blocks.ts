import { type BlockOptions, type RowBlock, blockRows, rowsAndCols } from "../blocks.ts";
import { concatenate } from "../bytes.ts";
import { FormatError } from "../errors.ts";
import {
  type NdArray,
  columnMajorStrides,
  elementBytes,
  refuseNonFinite,
  rowMajorStrides,
  toRowMajor,
} from "../ndarray.ts";
import { type ReadOptions, checkReadOptions } from "../options.ts";
import { type Input, bytesFrom } from "../source.ts";
import { toFloat } from "../toFloat.ts";
import { readHeader } from "./header.ts";
import { type NpyOptions, numbersOf } from "./read.ts";

/**
 * The rows of an npy file block by block: one range a block in C order, one a block and column in Fortran order, which a
 * pipe cannot have.
 */
export async function* npyBlocks(
  input: Input,
  options: ReadOptions & NpyOptions & BlockOptions,
): AsyncGenerator<RowBlock> {
  const { nonFinite } = checkReadOptions("readRowBlocks", options);
  const header = await readHeader(input, { bfloat16: options.bfloat16 });
  const { dtype, dataOffset, fortranOrder } = header;
  const [rows, cols] = rowsAndCols(header.shape, "npy", input.name);
  const height = blockRows(cols, options);
  const bytes = elementBytes(dtype);
  const range = (first: number, count: number): Promise<Uint8Array<ArrayBuffer>> =>
    input.read(dataOffset + first * bytes, dataOffset + (first + count) * bytes);
  for (let first = 0; first < Math.max(1, rows); first += height) {
    const count = Math.min(height, rows - first);
    const shape = [count, cols];
    const parts: Uint8Array<ArrayBuffer>[] = [];
    if (fortranOrder) for (let j = 0; j < cols; j++) parts.push(await range(j * rows + first, count));
    else parts.push(await range(first * cols, count * cols));
    const own = parts.length === 1 ? parts[0]! : concatenate(parts);
    const array: NdArray = {
      data: numbersOf(own, header),
      shape,
      strides: fortranOrder ? columnMajorStrides(shape) : rowMajorStrides(shape),
      dtype,
      notes: [],
    };
    const place = { file: input.name, entry: `rows ${first + 1} to ${first + count}` };
    if (nonFinite === "error") refuseNonFinite(array, "npy", place);
    yield toFloat(toRowMajor(array));
  }
  const end = dataOffset + header.dataBytes;
  if ((await bytesFrom(input, end, 1)) > 0)
    throw new FormatError("npy", { file: input.name, byteOffset: end }, "more bytes than the shape takes");
}
