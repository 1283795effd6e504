import { FormatError, FormatOptionError } from "./errors.ts";
import { type NdArray, STORAGE, rowMajorStrides, toRowMajor } from "./ndarray.ts";
import { toFloat } from "./toFloat.ts";

/** Rows of a matrix that follow each other, row-major, as an algorithm takes them that sees one block at a time. */
export type RowBlock = NdArray<"f64" | "f32">;

/** How a table is cut into blocks. */
export interface BlockOptions {
  /** Rows of a block, at most; a block may have fewer, and only the first of an empty table has none. Default: 8 MiB of numbers. */
  readonly rows?: number;
}

const BLOCK_NUMBERS: number = 2 ** 20;

/** Rows that a block of so many columns gets. */
export function blockRows(cols: number, { rows }: BlockOptions): number {
  if (rows !== undefined && !(Number.isSafeInteger(rows) && rows > 0))
    throw new FormatOptionError("readRowBlocks", "rows", rows, "a whole number above 0");
  return rows ?? Math.max(1, Math.floor(BLOCK_NUMBERS / Math.max(1, cols)));
}

/** Rows and columns of an array that can be cut into blocks: a vector is one column. */
export function rowsAndCols(shape: readonly number[], format: string, file: string | undefined): [number, number] {
  if (shape.length === 0 || shape.length > 2)
    throw new FormatError(format, { file }, `${shape.length} dimensions; blocks of rows need a matrix`);
  return [shape[0]!, shape[1] ?? 1];
}

/** The blocks of a matrix that is in memory already. */
export function* blocksOf(
  array: NdArray,
  options: BlockOptions,
  format: string,
  file: string | undefined,
): Generator<RowBlock> {
  const [rows, cols] = rowsAndCols(array.shape, format, file);
  const height = blockRows(cols, options);
  const { data, dtype, notes, columns } = toRowMajor(array);
  const { words } = STORAGE[dtype];
  for (let first = 0; first < Math.max(1, rows); first += height) {
    const count = Math.min(height, rows - first);
    const part = data.subarray(first * cols * words, (first + count) * cols * words);
    const shape = [count, cols];
    yield toFloat({ data: part, shape, strides: rowMajorStrides(shape), dtype, notes, ...(columns && { columns }) });
  }
}
