import type { DataType, RecordBatch } from "apache-arrow";
import { type BlockOptions, type RowBlock, blockRows, blocksOf } from "../blocks.ts";
import { type TableOptions, TABLE_OPTIONS, checkMissing, chooseColumns } from "../columns.ts";
import { FormatError, type Place, checkOptionNames } from "../errors.ts";
import type { NdArray } from "../ndarray.ts";
import { type ReadOptions, READ_OPTIONS, checkReadOptions } from "../options.ts";
import { type Input, type SourceLike, openInput } from "../source.ts";
import { TableRules, joinBlocks, refuseOthers } from "../table.ts";
import { type ArrowLibrary, loadArrow } from "./load.ts";
import { provedMessages } from "./messages.ts";

/**
 * Reads a table from an Arrow file (Feather, version 2) or stream: its numbers, whole numbers, decimals and truth values
 * (0 and 1) as doubles, or as f32 if every column is of 16 or 32 bits. Buffers may be packed with LZ4 or zstd.
 *
 * The package apache-arrow decodes it and has to be installed. What the file says of its own parts is proved first.
 *
 * @throws FormatError  columns of text, dates, lists or structs, all of them named (see `omit`); a missing value (see
 *                      `missing`); NaN and ±Infinity unless `nonFinite: "keep"`; a damaged file; a table of more than
 *                      `maxBytes`, which `readRowBlocks` reads.
 */
export async function readArrow(
  source: SourceLike,
  options: ReadOptions & TableOptions = {},
): Promise<NdArray<"f64" | "f32">> {
  checkOptionNames("readArrow", options, [...READ_OPTIONS, ...TABLE_OPTIONS]);
  return readArrowInput(openInput(source, "arrow", options.name), options);
}

/** readArrow for an input that is open already. */
export async function readArrowInput(
  input: Input,
  options: ReadOptions & TableOptions,
): Promise<NdArray<"f64" | "f32">> {
  const { maxBytes } = checkReadOptions("readArrow", options);
  const place: Place = { file: input.name };
  const blocks: NdArray<"f64" | "f32">[] = [];
  let total = 0;
  for await (const block of batches(input, options)) {
    blocks.push(block);
    total += block.data.byteLength;
    if (total > maxBytes)
      throw new FormatError("arrow", place, `the table takes more than the limit of ${maxBytes} bytes (maxBytes)`);
  }
  return joinBlocks("arrow", place, blocks);
}

/** The rows of an Arrow table block by block; no more than one record batch is held. */
export async function* arrowBlocks(
  input: Input,
  options: ReadOptions & TableOptions & BlockOptions,
): AsyncGenerator<RowBlock> {
  for await (const batch of batches(input, options)) {
    blockRows(batch.shape[1]!, options);
    yield* blocksOf(batch, options, "arrow", input.name);
  }
}

/** The record batches as matrices; at least one, which is empty if the table is. */
async function* batches(input: Input, options: ReadOptions & TableOptions): AsyncGenerator<NdArray<"f64" | "f32">> {
  const { nonFinite, maxBytes } = checkReadOptions("readArrow", options);
  checkMissing("readArrow", options);
  const place: Place = { file: input.name };
  const arrow = await loadArrow();
  const fail = (cause: unknown): never => {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError("arrow", place, `damaged (${(cause as Error).message})`, { cause });
  };
  const reader = await arrow.RecordBatchReader.from(provedMessages(input, maxBytes)).catch(fail);
  await reader.open().catch(fail);
  const fields = reader.schema?.fields ?? fail(new Error("no schema"));
  // A field need not have a name.
  const names = fields.map(({ name }) => name ?? "");
  const chosen = chooseColumns("readArrow", fields.length, names, options);
  const types = fields.map(({ type }) => type as DataType);
  refuseOthers(
    "arrow",
    place,
    chosen.map((j) => ({ name: names[j]!, problem: problemOf(arrow, types[j]!) })),
  );
  const single = chosen.length > 0 && chosen.every((j) => isSingle(arrow, types[j]!));
  const rules = new TableRules("arrow", place, { ...options, nonFinite });
  let firstRow = 0;
  let met = false;
  for (;;) {
    const step = await reader.next().catch(fail);
    if (step.done) break;
    const batch = step.value;
    const bytes = batch.numRows * chosen.length * 8;
    if (!(bytes >= 0 && bytes <= maxBytes))
      throw new FormatError(
        "arrow",
        place,
        `a batch of ${batch.numRows} rows; the limit is ${maxBytes} bytes (maxBytes)`,
      );
    const columns = chosen.map((j) => ({ name: names[j]!, values: valuesOf(arrow, batch, j, types[j]!, fail) }));
    const block = rules.matrix(columns, batch.numRows, firstRow, single);
    firstRow += batch.numRows;
    if (block.shape[0] === 0) continue;
    met = true;
    yield block;
  }
  if (!met)
    yield rules.matrix(
      chosen.map((j) => ({ name: names[j]!, values: [] })),
      0,
      0,
      single,
    );
}

function isSingle({ DataType, Precision }: ArrowLibrary, type: DataType): boolean {
  return DataType.isFloat(type) && type.precision !== Precision.DOUBLE;
}

/** Why a column holds no numbers; undefined where it does. */
function problemOf(arrow: ArrowLibrary, type: DataType): string | undefined {
  const { DataType } = arrow;
  if (DataType.isDictionary(type)) return problemOf(arrow, type.dictionary as DataType);
  const numeric =
    DataType.isInt(type) ||
    DataType.isFloat(type) ||
    DataType.isBool(type) ||
    DataType.isDecimal(type) ||
    DataType.isNull(type);
  return numeric ? undefined : `${type as { toString(): string }}`;
}

/** The values of a column of a batch, as what `TableRules` takes. */
function* valuesOf(
  { DataType }: ArrowLibrary,
  batch: RecordBatch,
  column: number,
  type: DataType,
  fail: (cause: unknown) => never,
): Generator<unknown> {
  try {
    const vector = batch.getChildAt(column) ?? fail(new Error(`no column ${column + 1}`));
    const unit = DataType.isDecimal(type) ? 10 ** type.scale : undefined;
    for (let i = 0; i < batch.numRows; i++) {
      const value = vector.get(i) as unknown;
      if (value === undefined) fail(new Error(`column ${column + 1} ends after ${i} of ${batch.numRows} values`));
      yield unit !== undefined && value !== null ? Number(integerOf(value as Uint32Array)) / unit : value;
    }
  } catch (cause) {
    fail(cause);
  }
}

/** A whole number from its words of 32 bits in two's complement, least significant first. */
function integerOf(words: Uint32Array): bigint {
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  return BigInt.asIntN(32 * words.length, unsigned);
}
