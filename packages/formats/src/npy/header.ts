import { FormatError, type Place, quote } from "../errors.ts";
import { MAX_DIMENSIONS } from "../limits.ts";
import { type DType, elementBytes, elementCount } from "../ndarray.ts";
import { type Input, bytesFrom } from "../source.ts";
import { MAX_HEADER_BYTES } from "./limits.ts";

/** First bytes of every npy file: 0x93, then NUMPY. */
export const MAGIC: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Magic, version and the longer form of the header length. */
export const PREFIX_BYTES = 12;

/** What the header of an npy file promises. */
export interface NpyHeader {
  readonly dtype: DType;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the elements begin, and how many bytes they take. */
  readonly dataOffset: number;
  readonly dataBytes: number;
}

/** What a header alone does not say: the entry of an archive that it stands in, and what `|V2` means. */
export interface HeaderOptions {
  readonly entry?: string | undefined;
  readonly bfloat16?: boolean | undefined;
}

/**
 * Reads and proves a header against the input's length, which of a pipe is not known; nothing is allocated but the
 * header itself.
 */
export async function readHeader(input: Input, options: HeaderOptions): Promise<NpyHeader> {
  const place: Place = { file: input.name, entry: options.entry };
  const prefix = await input.read(0, await bytesFrom(input, 0, PREFIX_BYTES));
  const end = headerEnd(prefix, place);
  if ((await bytesFrom(input, 0, end)) < end)
    throw new FormatError(
      "npy",
      { ...place, byteOffset: 8 },
      `the header ends at byte ${end}, the file at ${await bytesFrom(input, 0, end)}`,
    );
  const header = parseHeader(await input.read(0, end), options, place);
  const found = input.byteLength - header.dataOffset;
  if (found !== header.dataBytes && found !== Infinity)
    throw new FormatError(
      "npy",
      { ...place, byteOffset: header.dataOffset },
      `${header.dtype} of shape (${header.shape.join(", ")}) takes ${header.dataBytes} bytes, the file has ${found}`,
    );
  return header;
}

/** Where the header ends, from the first bytes of a file. */
export function headerEnd(prefix: Uint8Array, place: Place): number {
  if (prefix.length < 10 || MAGIC.some((byte, k) => prefix[k] !== byte))
    throw new FormatError("npy", { ...place, byteOffset: 0 }, "does not begin with \\x93NUMPY");
  const version = prefix[6]!;
  if (version < 1 || version > 3 || prefix[7] !== 0)
    throw new FormatError(
      "npy",
      { ...place, byteOffset: 6 },
      `version ${version}.${prefix[7]}; expected 1.0, 2.0 or 3.0`,
    );
  if (version > 1 && prefix.length < PREFIX_BYTES)
    throw new FormatError("npy", { ...place, byteOffset: 8 }, "ends inside the header length");
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER_BYTES)
    throw new FormatError(
      "npy",
      { ...place, byteOffset: 8 },
      `header of ${length} bytes; the limit is ${MAX_HEADER_BYTES}`,
    );
  return length + (version === 1 ? 10 : 12);
}

/** Parses the header that fills `bytes` from the magic to its end. */
export function parseHeader(bytes: Uint8Array, options: HeaderOptions, place: Place): NpyHeader {
  const version = bytes[6]!;
  const start = version === 1 ? 10 : 12;
  const text = new TextDecoder(version === 3 ? "utf-8" : "latin1").decode(bytes.subarray(start));
  const fail = (position: number, problem: string): never => {
    throw new FormatError("npy", { ...place, byteOffset: start + position }, problem);
  };
  const { descr, fortranOrder, shape } = parseDict(text, fail);
  const { dtype, bigEndian } = parseDescr(descr.text, options.bfloat16 ?? false, (problem) =>
    fail(descr.position, problem),
  );
  const count = elementCount(shape) ?? fail(0, `shape (${shape.join(", ")}) has more than 2^53 elements`);
  return { dtype, bigEndian, fortranOrder, shape, dataOffset: bytes.length, dataBytes: count * elementBytes(dtype) };
}

interface Dict {
  descr: { text: string; position: number };
  fortranOrder: boolean;
  shape: number[];
}

/**
 * The Python dict literal of a header: exactly the keys descr, fortran_order and shape, in any order.
 * Read token by token and never evaluated.
 */
function parseDict(text: string, fail: (position: number, problem: string) => never): Dict {
  let position = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (!match) return undefined;
    position = pattern.lastIndex;
    return match[1] ?? match[2] ?? match[0];
  };
  const expect = (pattern: RegExp, what: string): string =>
    take(pattern) ??
    fail(position, `expected ${what}, got ${quote(text.slice(position, position + 12).trim() || "the end")}`);

  let descr: Dict["descr"] | undefined;
  let fortranOrder: boolean | undefined;
  let shape: number[] | undefined;
  expect(/\s*\{/y, "{");
  while (take(/\s*\}/y) === undefined) {
    const keyAt = position;
    const key = expect(STRING, "a key in quotes");
    expect(/\s*:/y, ":");
    take(/\s+/y);
    if (key === "descr" && !descr) {
      if (text[position] === "[" || text[position] === "(")
        fail(position, "a structured dtype (named fields) is no matrix; save one field of it");
      descr = { position, text: expect(STRING, "a dtype in quotes") };
    } else if (key === "fortran_order" && fortranOrder === undefined) {
      fortranOrder = expect(/True|False/y, "True or False") === "True";
    } else if (key === "shape" && !shape) {
      shape = parseShape();
    } else {
      fail(keyAt, `key ${quote(key)}; expected descr, fortran_order and shape, each once`);
    }
    if (take(/\s*,/y) === undefined && !/\s*\}/y.test(text.slice(position))) fail(position, "expected , or }");
  }
  expect(/\s*$/y, "nothing but spaces after }");
  if (!descr || fortranOrder === undefined || !shape)
    return fail(0, "expected the keys descr, fortran_order and shape");
  return { descr, fortranOrder, shape };

  function parseShape(): number[] {
    const sizes: number[] = [];
    expect(/\(/y, "( of the shape");
    while (take(/\s*\)/y) === undefined) {
      const at = position;
      const size = Number(expect(/\s*(\d+)L?/y, "a size"));
      if (!Number.isSafeInteger(size)) fail(at, "a size beyond 2^53");
      sizes.push(size);
      if (sizes.length > MAX_DIMENSIONS) fail(at, `more than ${MAX_DIMENSIONS} dimensions`);
      // (5) is a number in Python, not a tuple: one size needs its comma.
      if (take(/\s*,/y) === undefined && (sizes.length === 1 || text.slice(position).trimStart()[0] !== ")"))
        fail(position, "expected , or )");
    }
    return sizes;
  }
}

const STRING = /\s*(?:'([^'\\]*)'|"([^"\\]*)")/y;

const DTYPES: ReadonlyMap<string, DType> = new Map([
  ["?", "bool"],
  ["b1", "bool"],
  ["i1", "i8"],
  ["i2", "i16"],
  ["i4", "i32"],
  ["i8", "i64"],
  ["u1", "u8"],
  ["u2", "u16"],
  ["u4", "u32"],
  ["u8", "u64"],
  ["f2", "f16"],
  ["f4", "f32"],
  ["f8", "f64"],
  ["c8", "c64"],
  ["c16", "c128"],
]);

function parseDescr(
  descr: string,
  bfloat16: boolean,
  fail: (problem: string) => never,
): { dtype: DType; bigEndian: boolean } {
  const [, order = "", code = ""] = /^([<>=|]?)(.*)$/s.exec(descr)!;
  const bigEndian = order === ">";
  const dtype = DTYPES.get(code);
  if (dtype) return { dtype, bigEndian };
  if (code === "V2") {
    if (bfloat16) return { dtype: "bf16", bigEndian };
    return fail(`dtype ${quote(descr)} is 2 bytes without a meaning; if they are bfloat16, say bfloat16: true`);
  }
  if (code.startsWith("O"))
    return fail("an object array is pickled Python, which is never read; save it with a numeric dtype");
  const kind = KINDS.get(code[0] ?? "");
  return fail(
    `dtype ${quote(descr)}${kind ? ` (${kind})` : ""}; expected bool, int, uint, float or complex of up to 16 bytes`,
  );
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ["S", "byte strings"],
  ["U", "text"],
  ["M", "dates"],
  ["m", "time spans"],
  ["V", "raw bytes"],
  ["f", "extended precision"],
  ["c", "extended precision"],
]);
