import type { PageHeader } from "hyparquet/src/types.js";

// The decoder believes the counts that a page states: it makes arrays and runs of that length before it meets the end of
// the data. Here each is held against the rows of the group and the bytes of the page before the decoder sees them.

/** What the pages of one column chunk must agree with. */
export interface ChunkFacts {
  /** Rows of the group; a column of numbers has one value a row. */
  readonly rows: number;
  /** Whether a value may be missing, which puts runs of levels before the values. */
  readonly optional: boolean;
  readonly boolean: boolean;
  /** Bytes that one page may unpack to. */
  readonly maxBytes: number;
}

/** Reads a page's header at the reader's offset and moves the offset behind it. */
type ReadHeader = (reader: { view: DataView<ArrayBuffer>; offset: number }) => PageHeader;
/** Unpacks the bytes of a page to so many. */
type Unpack = (packed: Uint8Array, length: number) => Uint8Array;

/**
 * Proves the pages of a column chunk and unpacks each, once. Returns them by the place of their packed bytes, where the
 * decoder will ask for them.
 *
 * @throws Error  with what is wrong.
 */
export function unpackPages(
  chunk: Uint8Array<ArrayBuffer>,
  facts: ChunkFacts,
  readHeader: ReadHeader,
  unpack: Unpack | undefined,
): Map<number, Uint8Array> {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const reader = { view, offset: 0 };
  const pages = new Map<number, Uint8Array>();
  let values = 0;
  while (values < facts.rows) {
    if (reader.offset >= chunk.length - 1) throw new Error(`${values} of ${facts.rows} values`);
    const header = readHeader(reader);
    const { compressed_page_size: packedBytes, uncompressed_page_size: bytes } = header;
    const start = reader.offset;
    natural(packedBytes, chunk.length - start, "bytes in the file");
    natural(bytes, facts.maxBytes, "bytes unpacked");
    const v2 = header.data_page_header_v2;
    // The second version packs the values alone, behind the levels.
    const levels = v2 ? levelBytes(header, packedBytes) : 0;
    const packed = chunk.subarray(start + levels, start + packedBytes);
    let page: Uint8Array = packed;
    if (unpack && v2?.is_compressed !== false) {
      page = unpack(packed, bytes - levels);
      if (page.length !== bytes - levels)
        throw new Error(`a page unpacks to ${page.length} of ${bytes - levels} bytes`);
      pages.set(packed.byteOffset, page);
    }
    if (header.dictionary_page_header) {
      natural(header.dictionary_page_header.num_values, 8 * page.length, "values in a dictionary");
    } else if (header.data_page_header) {
      const { num_values: count, encoding } = header.data_page_header;
      values += natural(count, facts.rows - values, "values");
      let at = 0;
      let present = count;
      if (facts.optional) {
        const end = prefixed(page, 0);
        present = proveRuns(page.subarray(4, end), 1, count);
        at = end;
      }
      proveValues(page.subarray(at), encoding, present, facts.boolean);
    } else if (v2) {
      const { num_values: count, num_nulls: nulls, encoding } = v2;
      values += natural(count, facts.rows - values, "values");
      if (facts.optional) {
        const found = proveRuns(chunk.subarray(start, start + levels), 1, count);
        if (found !== count - nulls) throw new Error(`${count - nulls} values, and levels for ${found}`);
      } else if (nulls !== 0) throw new Error("missing values in a column that has none");
      proveValues(page, encoding, count - nulls, facts.boolean);
    }
    reader.offset = start + packedBytes;
  }
  return pages;
}

function levelBytes({ data_page_header_v2: page }: PageHeader, packedBytes: number): number {
  const { repetition_levels_byte_length: repetitions, definition_levels_byte_length: definitions } = page!;
  if (repetitions !== 0) throw new Error("levels of repetition in a column of single values");
  return natural(definitions, packedBytes, "bytes of levels");
}

function proveValues(page: Uint8Array, encoding: string, count: number, boolean: boolean): void {
  if (count === 0) return;
  if (encoding === "RLE" && boolean) proveRuns(page.subarray(4, prefixed(page, 0)), 1, count);
  else if (encoding === "RLE_DICTIONARY" || encoding === "PLAIN_DICTIONARY") {
    const width = natural(page[0] ?? -1, 32, "bits of a dictionary's index");
    if (width > 0) proveRuns(page.subarray(1), width, count);
  } else if (encoding === "DELTA_BINARY_PACKED") {
    const header = { bytes: page, at: 0 };
    const block = varint(header);
    const miniblocks = varint(header);
    if (miniblocks === 0 || miniblocks > block || miniblocks > MAX_MINIBLOCKS || block % miniblocks !== 0)
      throw new Error(`blocks of ${block} values in ${miniblocks} parts`);
  } else if (encoding === "RLE") throw new Error("runs of values that are no truth values");
}

/** Parts of a block of differences; writers use 4. */
const MAX_MINIBLOCKS = 512;
/** A run of packed values may be filled up to this many beyond the last. */
const PADDING = 512;

/** Walks over runs of values (RLE and bit-packed) that must be `count`; returns how many of them are odd, so 1 of 1 bit. */
function proveRuns(bytes: Uint8Array, width: number, count: number): number {
  const reader = { bytes, at: 0 };
  let seen = 0;
  let odd = 0;
  while (seen < count) {
    const header = varint(reader);
    if (header & 1) {
      const run = (header >>> 1) * 8;
      natural(run, count - seen + PADDING, "values in a run");
      const end = reader.at + (run / 8) * width;
      if (width === 1)
        for (let k = 0; k < Math.min(run, count - seen); k++) odd += (bytes[reader.at + (k >> 3)]! >> (k & 7)) & 1;
      reader.at = natural(end, bytes.length + PADDING, "bytes of a run");
      seen += run;
    } else {
      const run = natural(header >>> 1, count - seen, "values in a run");
      odd += run * (bytes[reader.at]! & 1);
      reader.at = natural(reader.at + Math.ceil(width / 8), bytes.length, "bytes of a run");
      seen += run;
    }
  }
  return odd;
}

/** The end of bytes that a length of 4 bytes goes before. */
function prefixed(page: Uint8Array, at: number): number {
  if (at + 4 > page.length) throw new Error("a page that is cut off");
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  return natural(at + 4 + view.getUint32(at, true), page.length, "bytes of levels");
}

function varint(reader: { readonly bytes: Uint8Array; at: number }): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = reader.bytes[reader.at++];
    if (byte === undefined) throw new Error("a page that is cut off");
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return natural(value, 0x7fffffff, "values in a run");
  }
  throw new Error("a number of more than 32 bits");
}

function natural(value: number, limit: number, what: string): number {
  if (Number.isSafeInteger(value) && value >= 0 && value <= limit) return value;
  throw new Error(`${value} ${what}, at most ${limit} are possible`);
}
