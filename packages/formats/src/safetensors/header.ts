import { type Place, quote } from "../errors.ts";
import { JsonScanner } from "../json/scanner.ts";
import { elementCount } from "../ndarray.ts";
import type { Input } from "../source.ts";
import { SAFETENSORS_STORAGE, type SafetensorsDType, isSafetensorsDType } from "./dtypes.ts";
import { SafetensorsError, type SafetensorsReason } from "./errors.ts";

/** One tensor of a file, known from the header alone. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: SafetensorsDType;
  readonly shape: readonly number[];
  /** Where its bytes begin in the file, and how many they are. */
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** What the header of a file says, proved against the file's length. */
export interface SafetensorsHeader {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
}

/** Bytes of the length that a file begins with. */
export const LENGTH_BYTES = 8;
/** Key of the header that holds no tensor. */
export const METADATA_KEY = "__metadata__";

/**
 * Reads the header and proves it as the reference does, in the reference's order: the tensors fill the rest of the file
 * without hole or overlap, and each has exactly the bytes that its shape and element type take. A key given twice, of
 * which the reference keeps the last, is refused. Source: safetensors, safetensors/src/tensor.rs.
 */
export async function readHeader(input: Input, maxHeaderBytes: number): Promise<SafetensorsHeader> {
  const place: Place = { file: input.name };
  const fail = (reason: SafetensorsReason, byteOffset: number, problem: string): never => {
    throw new SafetensorsError(reason, { ...place, byteOffset }, problem);
  };
  const head = await input.read(0, Math.min(LENGTH_BYTES, input.byteLength));
  if (head.length < LENGTH_BYTES) fail("HeaderTooSmall", 0, `${head.length} bytes; the header's length takes 8`);
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
  if (length > maxHeaderBytes)
    fail("HeaderTooLarge", 0, `a header of ${length} bytes; the limit is ${maxHeaderBytes}${otherFormat(head)}`);
  const dataOffset = LENGTH_BYTES + Number(length);
  if (dataOffset > input.byteLength)
    fail(
      "InvalidHeaderLength",
      0,
      `the header ends at byte ${dataOffset}, the file at ${input.byteLength}${otherFormat(head)}`,
    );

  const text = decode(await input.read(LENGTH_BYTES, dataOffset), place);
  const { metadata, tensors } = parseHeader(text, dataOffset, input.name);
  let end = dataOffset;
  for (const tensor of [...tensors.values()].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    const { name, dtype, shape, begin } = tensor;
    const at: Place = { ...place, entry: name };
    if (begin !== end || tensor.end < begin)
      throw new SafetensorsError(
        "InvalidOffset",
        { ...at, byteOffset: begin },
        tensor.end < begin
          ? `ends at byte ${tensor.end}, before it begins`
          : `expected to begin where the tensor before it ends, byte ${end}`,
      );
    end = tensor.end;
    const { bits } = SAFETENSORS_STORAGE[dtype];
    const count = elementCount(shape);
    if (count === undefined || !Number.isSafeInteger(count * bits))
      throw new SafetensorsError("ValidationOverflow", at, `shape (${shape.join(", ")}) has more than 2^53 bits`);
    if ((count * bits) % 8 !== 0)
      throw new SafetensorsError("MisalignedSlice", at, `${count} elements of ${bits} bits do not end with a byte`);
    if (end - begin !== (count * bits) / 8)
      throw new SafetensorsError(
        "TensorInvalidInfo",
        { ...at, byteOffset: begin },
        `${dtype} of shape (${shape.join(", ")}) takes ${(count * bits) / 8} bytes, the header gives it ${end - begin}`,
      );
  }
  if (end !== input.byteLength)
    fail("MetadataIncompleteBuffer", end, `the tensors end here, the file at byte ${input.byteLength}`);
  return {
    metadata,
    tensors: new Map(
      [...tensors].map(([name, { dtype, shape, begin, end: stop }]) => [
        name,
        { name, dtype, shape, byteOffset: begin, byteLength: stop - begin },
      ]),
    ),
  };
}

function decode(bytes: Uint8Array, place: Place): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new SafetensorsError("InvalidHeader", { ...place, byteOffset: LENGTH_BYTES }, "the header is not UTF-8", {
      cause,
    });
  }
}

interface Entry {
  readonly name: string;
  readonly dtype: SafetensorsDType;
  readonly shape: readonly number[];
  /** Bytes of the file. */
  readonly begin: number;
  readonly end: number;
}

/** JSON whose every error is one of the header, with its byte in the file. */
class HeaderScanner extends JsonScanner {
  readonly #header: string;

  constructor(header: string, file: string | undefined) {
    super(header, file);
    this.#header = header;
  }

  override fail(problem: string, position: number = this.position, reason?: SafetensorsReason): never {
    const before = new TextEncoder().encode(this.#header.slice(0, position)).length;
    throw new SafetensorsError(
      reason ?? "InvalidHeaderDeserialization",
      { file: this.file, byteOffset: LENGTH_BYTES + before },
      problem,
    );
  }

  /** A list of sizes or offsets, which a double holds exactly. */
  naturals(reason: SafetensorsReason): number[] {
    const values: number[] = [];
    this.list(() => {
      const at = this.position;
      const value = this.natural();
      if (!Number.isSafeInteger(value)) this.fail("a number beyond 2^53", at, reason);
      values.push(value);
    });
    return values;
  }
}

function parseHeader(
  text: string,
  dataOffset: number,
  file: string | undefined,
): { metadata: Map<string, string>; tensors: Map<string, Entry> } {
  const scanner = new HeaderScanner(text, file);
  const metadata = new Map<string, string>();
  const tensors = new Map<string, Entry>();
  scanner.object((name, at) => {
    // JSON can escape half of a pair, which no UTF-8 text holds.
    if (/\p{Surrogate}/u.test(name)) scanner.fail(`the key ${quote(name)} is no Unicode text`, at);
    if (name !== METADATA_KEY) tensors.set(name, parseTensor(scanner, name, dataOffset));
    else if (!scanner.takeNull()) scanner.object((key) => metadata.set(key, scanner.string()));
  });
  scanner.end();
  return { metadata, tensors };
}

function parseTensor(scanner: HeaderScanner, name: string, dataOffset: number): Entry {
  const start = scanner.position;
  let dtype: SafetensorsDType | undefined;
  let shape: readonly number[] | undefined;
  let offsets: readonly number[] | undefined;
  scanner.object((key) => {
    const at = scanner.position;
    if (key === "dtype") {
      const text = scanner.string();
      dtype = isSafetensorsDType(text)
        ? text
        : scanner.fail(`tensor ${quote(name)}: dtype ${quote(text)} is not one of the format`, at);
    } else if (key === "shape") {
      shape = scanner.naturals("ValidationOverflow");
    } else if (key === "data_offsets") {
      offsets = scanner.naturals("InvalidOffset");
      if (offsets.length !== 2) scanner.fail(`tensor ${quote(name)}: expected data_offsets to be [begin, end]`, at);
    } else {
      scanner.skip();
    }
  });
  if (dtype === undefined || !shape || !offsets)
    return scanner.fail(`tensor ${quote(name)}: expected dtype, shape and data_offsets`, start);
  const [begin, end] = offsets as [number, number];
  return { name, dtype, shape, begin: dataOffset + begin, end: dataOffset + end };
}

const OTHERS: readonly (readonly [beginning: string, name: string])[] = [
  ["PK\u0003\u0004", "a zip archive, as PyTorch writes for .bin, .pt and .ckpt"],
  ["\u0080\u0002", "a Python pickle, as old PyTorch files are"],
  ["GGUF", "a GGUF file"],
  ["version ", "a pointer of git-lfs, not the file itself"],
  ["<!DOCTYP", "a page of a web site"],
  ["<!doctyp", "a page of a web site"],
  ["<html", "a page of a web site"],
  ["\u001f\u008b", "packed with gzip"],
  ["{", "JSON; an index is opened with its shards"],
];

/** What a file is that begins like this, for the message. */
function otherFormat(head: Uint8Array): string {
  const text = String.fromCharCode(...head.subarray(0, LENGTH_BYTES));
  const found = OTHERS.find(([beginning]) => text.startsWith(beginning));
  return found ? `; it looks like ${found[1]}` : "";
}
