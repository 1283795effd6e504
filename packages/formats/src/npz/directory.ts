import { FormatError, type Place, quote } from "../errors.ts";
import type { Input } from "../source.ts";
import { MAX_DIRECTORY_BYTES, MAX_ENTRIES } from "./limits.ts";

/** One file of an archive, as the directory at its end describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly compressed: boolean;
  readonly crc: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  /** Where its local header begins, and the first byte that belongs to something else. */
  readonly start: number;
  readonly limit: number;
}

const END = { signature: 0x06054b50, bytes: 22, maxComment: 0xffff };
const END64 = { signature: 0x06064b50, bytes: 56 };
const LOCATOR64 = { signature: 0x07064b50, bytes: 20 };
const CENTRAL = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const ZIP64_FIELD = 1;
const FULL32 = 0xffffffff;
const FULL16 = 0xffff;
const ENCRYPTED = 1;
const METHODS: ReadonlyMap<number, "stored" | "deflated"> = new Map([
  [0, "stored"],
  [8, "deflated"],
]);

/**
 * The directory of a zip archive, in the order in which it lists the entries.
 *
 * Proved: every size and place lies inside the file, no two entries share a byte or a name, and the methods are stored
 * or deflated. Names are values, never property keys. Source: PKWARE APPNOTE 6.3, §4.3.
 */
export async function readDirectory(input: Input): Promise<Map<string, ZipEntry>> {
  const { place, fail } = failures(input);
  const end = await findEnd(input);
  if (end.count > MAX_ENTRIES) fail(end.offset, `${end.count} entries; the limit is ${MAX_ENTRIES}`);
  if (end.bytes > MAX_DIRECTORY_BYTES)
    fail(end.offset, `directory of ${end.bytes} bytes; the limit is ${MAX_DIRECTORY_BYTES}`);
  if (end.offset + end.bytes > end.before) fail(end.offset, "the directory reaches beyond the end of the archive");

  const bytes = await input.read(end.offset, end.offset + end.bytes);
  const view = viewOf(bytes);
  const found: Omit<ZipEntry, "limit">[] = [];
  let at = 0;
  for (let k = 0; k < end.count; k++) {
    if (at + CENTRAL.bytes > bytes.length || view.getUint32(at, true) !== CENTRAL.signature)
      fail(end.offset + at, `expected entry ${k + 1} of ${end.count} in the directory`);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const next = at + CENTRAL.bytes + nameBytes + extraBytes + commentBytes;
    if (next > bytes.length) fail(end.offset + at, "an entry reaches beyond the directory");
    const nameAt = at + CENTRAL.bytes;
    const name = new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameBytes));
    const method = METHODS.get(view.getUint16(at + 10, true));
    if (!method)
      fail(
        end.offset + at,
        `entry ${quote(name)} is packed with method ${view.getUint16(at + 10, true)}; expected stored or deflated`,
      );
    if (view.getUint16(at + 8, true) & ENCRYPTED) fail(end.offset + at, `entry ${quote(name)} is encrypted`);
    const extra = viewOf(bytes.subarray(nameAt + nameBytes, nameAt + nameBytes + extraBytes));
    const [size, compressedBytes, start] =
      withZip64([view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)], extra) ??
      fail(end.offset + at, `entry ${quote(name)} has no size`);
    found.push({
      name,
      compressed: method === "deflated",
      crc: view.getUint32(at + 16, true),
      compressedBytes,
      bytes: size,
      start,
    });
    at = next;
  }

  const inOrder = [...found].sort((a, b) => a.start - b.start);
  const entries = new Map<string, ZipEntry>();
  const limits = new Map(inOrder.map((entry, k) => [entry, inOrder[k + 1]?.start ?? end.offset]));
  for (const entry of found) {
    const limit = limits.get(entry)!;
    if (entry.start + LOCAL.bytes + entry.compressedBytes > limit)
      throw new FormatError(
        "npz",
        { ...place, entry: entry.name, byteOffset: entry.start },
        "overlaps what follows it in the archive",
      );
    if (entries.has(entry.name))
      throw new FormatError("npz", { ...place, entry: entry.name }, "the archive has two entries of this name");
    entries.set(entry.name, { ...entry, limit });
  }
  return entries;
}

/** Where the packed bytes of an entry begin; its own header must agree with the directory. */
export async function dataStart(input: Input, entry: ZipEntry): Promise<number> {
  const header = await input.read(entry.start, entry.start + LOCAL.bytes);
  const view = viewOf(header);
  const start = entry.start + LOCAL.bytes + view.getUint16(26, true) + view.getUint16(28, true);
  const { place } = failures(input);
  if (view.getUint32(0, true) !== LOCAL.signature)
    throw new FormatError(
      "npz",
      { ...place, entry: entry.name, byteOffset: entry.start },
      "expected the header of this entry",
    );
  if (start + entry.compressedBytes > entry.limit)
    throw new FormatError(
      "npz",
      { ...place, entry: entry.name, byteOffset: entry.start },
      "overlaps what follows it in the archive",
    );
  return start;
}

interface End {
  readonly count: number;
  readonly bytes: number;
  readonly offset: number;
  /** Where the end record begins, which the directory may not pass. */
  readonly before: number;
}

async function findEnd(input: Input): Promise<End> {
  const { fail } = failures(input);
  const tailStart = Math.max(0, input.byteLength - END.bytes - END.maxComment);
  const tail = await input.read(tailStart, input.byteLength);
  const view = viewOf(tail);
  let at = tail.length - END.bytes;
  while (
    at >= 0 &&
    !(view.getUint32(at, true) === END.signature && at + END.bytes + view.getUint16(at + 20, true) === tail.length)
  )
    at--;
  if (at < 0) fail(tailStart, "no zip directory at the end; the file is cut off or no npz");
  const before = tailStart + at;
  const [count, bytes, offset] = [
    view.getUint16(at + 10, true),
    view.getUint32(at + 12, true),
    view.getUint32(at + 16, true),
  ];
  if (count !== FULL16 && bytes !== FULL32 && offset !== FULL32) return { count, bytes, offset, before };

  if (before < LOCATOR64.bytes) return { count, bytes, offset, before };
  const locator = viewOf(await input.read(before - LOCATOR64.bytes, before));
  if (locator.getUint32(0, true) !== LOCATOR64.signature) return { count, bytes, offset, before };
  const end64 = Number(locator.getBigUint64(8, true));
  if (end64 + END64.bytes > before) fail(before - LOCATOR64.bytes, "the zip64 end record lies outside the file");
  const record = viewOf(await input.read(end64, end64 + END64.bytes));
  if (record.getUint32(0, true) !== END64.signature) fail(end64, "expected the zip64 end record");
  return {
    count: Number(record.getBigUint64(32, true)),
    bytes: Number(record.getBigUint64(40, true)),
    offset: Number(record.getBigUint64(48, true)),
    before: end64,
  };
}

/** Replaces the fields that are full by those of the zip64 extra field, which holds only these, in this order. */
function withZip64(fields: [number, number, number], extra: DataView): [number, number, number] | undefined {
  if (!fields.includes(FULL32)) return fields;
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== ZIP64_FIELD) continue;
    let value = at + 4;
    const end = Math.min(value + extra.getUint16(at + 2, true), extra.byteLength);
    const wide = fields.map((field) => {
      if (field !== FULL32) return field;
      value += 8;
      return value <= end ? Number(extra.getBigUint64(value - 8, true)) : NaN;
    });
    return wide.every(Number.isSafeInteger) ? (wide as [number, number, number]) : undefined;
  }
  return undefined;
}

function failures(input: Input): { place: Place; fail: (byteOffset: number, problem: string) => never } {
  const place: Place = { file: input.name };
  return {
    place,
    fail(byteOffset, problem) {
      throw new FormatError("npz", { ...place, byteOffset }, problem);
    },
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
