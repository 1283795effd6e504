import type { FileMetaData, RowGroup, SchemaElement } from "hyparquet";
import { type BlockOptions, type RowBlock, blockRows, blocksOf } from "../blocks.ts";
import { type TableOptions, TABLE_OPTIONS, checkMissing, chooseColumns } from "../columns.ts";
import { FormatError, type Place, checkOptionNames, quote } from "../errors.ts";
import type { NdArray } from "../ndarray.ts";
import { type ReadOptions, READ_OPTIONS, checkReadOptions } from "../options.ts";
import { type Input, type SourceLike, openInput } from "../source.ts";
import { type ColumnValues, TableRules, joinBlocks, refuseOthers } from "../table.ts";
import { unpackPages } from "./pages.ts";

/** First and last bytes of every Parquet file. */
export const PARQUET_MAGIC: readonly number[] = [0x50, 0x41, 0x52, 0x31];

/**
 * Reads a table from a Parquet file: its numbers, whole numbers, decimals and truth values (0 and 1) as doubles, or as
 * f32 if every column is FLOAT or FLOAT16. Only the columns that are asked for are read. Packed with Snappy, gzip, zstd,
 * Brotli, LZ4 or not at all.
 *
 * @throws FormatError  columns of text, dates, lists or structs, all of them named (see `omit`); a missing value (see
 *                      `missing`); NaN and ±Infinity unless `nonFinite: "keep"`; a damaged or encrypted file; a table
 *                      of more than `maxBytes`, which `readRowBlocks` reads.
 *
 * Cost: one range a column and row group. Decoder: hyparquet, loaded at the first call.
 */
export async function readParquet(
  source: SourceLike,
  options: ReadOptions & TableOptions = {},
): Promise<NdArray<"f64" | "f32">> {
  checkOptionNames("readParquet", options, [...READ_OPTIONS, ...TABLE_OPTIONS]);
  return readParquetInput(openInput(source, "parquet", options.name), options);
}

/** readParquet for an input that is open already. */
export async function readParquetInput(
  input: Input,
  options: ReadOptions & TableOptions,
): Promise<NdArray<"f64" | "f32">> {
  const { maxBytes } = checkReadOptions("readParquet", options);
  const table = await openParquet(input, options);
  const bytes = table.rows * table.columns.length * (table.single ? 4 : 8);
  const place: Place = { file: input.name };
  if (bytes > maxBytes)
    throw new FormatError(
      "parquet",
      place,
      `${table.rows} rows of ${table.columns.length} columns take ${bytes} bytes; the limit is ${maxBytes} (maxBytes)`,
    );
  const groups: NdArray<"f64" | "f32">[] = [];
  for (let k = 0; k < table.groups.length; k++) groups.push(await table.readGroup(k));
  return joinBlocks("parquet", place, groups.length > 0 ? groups : [table.empty()]);
}

/** The rows of a Parquet file block by block; no more than one row group is held, which must not exceed `maxBytes`. */
export async function* parquetBlocks(
  input: Input,
  options: ReadOptions & TableOptions & BlockOptions,
): AsyncGenerator<RowBlock> {
  const { maxBytes } = checkReadOptions("readRowBlocks", options);
  const table = await openParquet(input, options);
  blockRows(table.columns.length, options);
  for (const [k, group] of table.groups.entries()) {
    const bytes = group.rows * table.columns.length * 8;
    if (bytes > maxBytes)
      throw new FormatError(
        "parquet",
        { file: input.name },
        `row group ${k + 1} takes ${bytes} bytes; the limit is ${maxBytes} (maxBytes)`,
      );
    const rows = await table.readGroup(k);
    if (rows.shape[0]! > 0) yield* blocksOf(rows, options, "parquet", input.name);
  }
  if (table.rows === 0) yield table.empty();
}

interface Column {
  readonly name: string;
  readonly element: SchemaElement;
  /** Why it holds no numbers. */
  readonly problem: string | undefined;
}

interface Group {
  readonly rowGroup: RowGroup;
  readonly rows: number;
  readonly firstRow: number;
}

interface ParquetTable {
  readonly columns: readonly Column[];
  readonly groups: readonly Group[];
  readonly rows: number;
  readonly single: boolean;
  readGroup(index: number): Promise<NdArray<"f64" | "f32">>;
  empty(): NdArray<"f64" | "f32">;
}

/** Bytes of a footer that ends each file: its length, and the magic. */
const TAIL_BYTES = 8;

async function openParquet(input: Input, options: ReadOptions & TableOptions): Promise<ParquetTable> {
  const { nonFinite, maxBytes } = checkReadOptions("readParquet", options);
  checkMissing("readParquet", options);
  const place: Place = { file: input.name };
  const { parquetMetadata, parquetRead, parquetSchema } = await import("hyparquet");
  const { parquetHeader } = await import("hyparquet/src/column.js");
  const { compressors } = await import("hyparquet-compressors");
  const { decompress: unzstd } = await import("fzstd");
  const unpackers: Readonly<Record<string, ((packed: Uint8Array, length: number) => Uint8Array) | undefined>> = {
    ...compressors,
    // Into an array of the length that was proved, whatever length the frame claims.
    ZSTD: (packed, length) => unzstd(packed, new Uint8Array(length)),
  };

  const footer = await readFooter(input, place);
  const metadata = named(place, () => withoutConversions(parquetMetadata(footer, { geoparquet: false })));
  const root = named(place, () => parquetSchema(metadata));
  const all = root.children.map(({ element, children }): Column => {
    const { name } = element;
    return { name, element, problem: children.length > 0 ? "nested" : problemOf(element) };
  });
  const names = all.map(({ name }) => name);
  const chosen = chooseColumns("readParquet", all.length, names, options).map((column) => all[column]!);
  refuseOthers("parquet", place, chosen);
  const twice = chosen.find(({ name }) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice) throw new FormatError("parquet", place, `two columns have the name ${quote(twice.name)}`);

  const groups: Group[] = [];
  let rows = 0;
  for (const rowGroup of metadata.row_groups) {
    const count = Number(rowGroup.num_rows);
    if (!Number.isSafeInteger(count) || count < 0 || !Number.isSafeInteger(rows + count))
      throw new FormatError("parquet", place, `a row group of ${count} rows`);
    groups.push({ rowGroup, rows: count, firstRow: rows });
    rows += count;
  }
  const single = chosen.length > 0 && chosen.every(({ element }) => isSingle(element));
  const rules = new TableRules("parquet", place, { ...options, nonFinite });

  async function readColumn(column: Column, { rowGroup, rows: groupRows }: Group): Promise<ColumnValues> {
    const { name, element } = column;
    const at: Place = { ...place, entry: name };
    const chunk = rowGroup.columns.find(
      ({ meta_data: meta }) => meta?.path_in_schema.length === 1 && meta.path_in_schema[0] === name,
    );
    const meta = chunk?.meta_data;
    if (!chunk || !meta || chunk.file_path)
      throw new FormatError("parquet", at, "the column is encrypted, missing, or in another file");
    const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
    const end = start + Number(meta.total_compressed_size);
    if (!(Number.isSafeInteger(start) && start >= 0 && start <= end && end <= input.byteLength))
      throw new FormatError("parquet", at, `lies at bytes ${start} to ${end} of ${input.byteLength}`);
    const unpack = meta.codec === "UNCOMPRESSED" ? undefined : unpackers[meta.codec];
    if (!unpack && meta.codec !== "UNCOMPRESSED")
      throw new FormatError("parquet", at, `is packed with ${meta.codec}, which is not known`);
    // The decoder makes views over the buffer, so it must begin with the chunk.
    const bytes = (await input.read(start, end)).slice();
    return named(at, async () => {
      const optional = element.repetition_type !== "REQUIRED";
      const facts = { rows: groupRows, optional, boolean: element.type === "BOOLEAN", maxBytes };
      const pages = unpackPages(bytes, facts, parquetHeader, unpack);
      const unpacked = (packed: Uint8Array): Uint8Array => pages.get(packed.byteOffset)!;
      const parts: Iterable<unknown>[] = [];
      await parquetRead({
        file: {
          byteLength: input.byteLength,
          slice: (from, to) => bytes.buffer.slice(from - start, (to ?? end) - start),
        },
        metadata: { ...metadata, num_rows: rowGroup.num_rows, row_groups: [rowGroup] },
        columns: [name],
        compressors: { [meta.codec]: unpacked },
        utf8: false,
        onChunk: ({ columnData }) => void parts.push(columnData),
      });
      return { name, values: converted(parts, element) };
    });
  }

  return {
    columns: chosen,
    groups,
    rows,
    single,
    async readGroup(index) {
      const group = groups[index]!;
      const columns: ColumnValues[] = [];
      if (group.rows > 0) for (const column of chosen) columns.push(await readColumn(column, group));
      else columns.push(...chosen.map(({ name }) => ({ name, values: [] })));
      return rules.matrix(columns, group.rows, group.firstRow, single);
    },
    empty: () =>
      rules.matrix(
        chosen.map(({ name }) => ({ name, values: [] })),
        0,
        0,
        single,
      ),
  };
}

/** The metadata with their length and the magic behind them, as the library takes them. */
async function readFooter(input: Input, place: Place): Promise<ArrayBuffer> {
  const end = input.byteLength;
  const tail = await input.read(Math.max(0, end - TAIL_BYTES), end);
  if (tail.length < TAIL_BYTES || PARQUET_MAGIC.some((byte, k) => tail[k + 4] !== byte))
    throw new FormatError("parquet", place, "does not end with PAR1; the file is cut off, encrypted, or no Parquet");
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  const start = end - TAIL_BYTES - length;
  if (start < PARQUET_MAGIC.length)
    throw new FormatError(
      "parquet",
      { ...place, byteOffset: end - TAIL_BYTES },
      `metadata of ${length} bytes; the file has ${end}`,
    );
  return (await input.read(start, end)).slice().buffer;
}

/** The metadata without what would make the library convert decimals, which it multiplies by an inexact 0.1, 0.01 … */
function withoutConversions(metadata: FileMetaData): FileMetaData {
  return {
    ...metadata,
    schema: metadata.schema.map((element) =>
      isDecimal(element) ? { ...element, converted_type: undefined, logical_type: DECIMAL } : element,
    ),
  };
}

const DECIMAL = { type: "DECIMAL", precision: 0, scale: 0 } as const;

function isDecimal({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return converted === "DECIMAL" || logical?.type === "DECIMAL";
}

function isSingle({ type, logical_type: logical }: SchemaElement): boolean {
  return type === "FLOAT" || logical?.type === "FLOAT16";
}

const OTHERS: Readonly<Record<string, string>> = {
  DATE: "dates",
  TIME: "times",
  TIMESTAMP: "dates",
  TIME_MILLIS: "times",
  TIME_MICROS: "times",
  TIMESTAMP_MILLIS: "dates",
  TIMESTAMP_MICROS: "dates",
  INTERVAL: "time spans",
};

/** Why a column holds no numbers; undefined where it does. */
function problemOf(element: SchemaElement): string | undefined {
  const { type, repetition_type: repetition, converted_type: converted, logical_type: logical } = element;
  if (repetition === "REPEATED" || type === undefined) return "a list";
  const other = OTHERS[logical?.type ?? ""] ?? OTHERS[converted ?? ""];
  if (other) return other;
  if (type === "INT96") return "dates";
  if (isDecimal(element) || logical?.type === "FLOAT16") return undefined;
  if (type === "BYTE_ARRAY" || type === "FIXED_LEN_BYTE_ARRAY") return "text or bytes";
  return undefined;
}

/** The values of all parts; decimals divided by their power of ten, which is the nearest double up to 2^53. */
function* converted(parts: readonly Iterable<unknown>[], element: SchemaElement): Generator<unknown> {
  const decimal = isDecimal(element);
  const unit = 10 ** (element.scale ?? 0);
  for (const part of parts)
    for (const value of part) {
      if (!decimal || value === null || value === undefined) yield value;
      else yield Number(value instanceof Uint8Array ? bigEndianInteger(value) : (value as number | bigint)) / unit;
    }
}

/** A whole number of any length in two's complement, most significant byte first. */
function bigEndianInteger(bytes: Uint8Array): bigint {
  const unsigned = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return BigInt.asIntN(8 * bytes.length, unsigned);
}

/** Runs a step of the library; its error becomes one that names file and column. */
function named<T>(place: Place, step: () => T): T {
  const wrap = (cause: unknown): unknown =>
    cause instanceof FormatError
      ? cause
      : new FormatError("parquet", place, `damaged (${(cause as Error).message})`, { cause });
  try {
    const result = step();
    if (result instanceof Promise)
      return result.catch((cause: unknown) => {
        throw wrap(cause);
      }) as T;
    return result;
  } catch (cause) {
    throw wrap(cause);
  }
}
