import { FormatError, FormatOptionError, type NdArray } from "@eckart/formats";

/** Bytes of the parts: text as UTF-8, numbers as bytes, arrays as they lie in memory. */
export function bytes(...parts: (string | number | ArrayBufferView)[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "number"
        ? [part]
        : typeof part === "string"
          ? [...new TextEncoder().encode(part)]
          : [...new Uint8Array(part.buffer, part.byteOffset, part.byteLength)],
    ),
  );
}

/** Numbers as little-endian bytes. */
export function u16(...values: number[]): Uint8Array {
  return little(values, 2, (view, at, value) => view.setUint16(at, Number(value), true));
}

export function u32(...values: number[]): Uint8Array {
  return little(values, 4, (view, at, value) => view.setUint32(at, Number(value), true));
}

export function u64(...values: (number | bigint)[]): Uint8Array {
  return little(values, 8, (view, at, value) => view.setBigUint64(at, BigInt(value), true));
}

function little(
  values: readonly (number | bigint)[],
  size: number,
  set: (view: DataView, at: number, value: number | bigint) => void,
): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * size));
  values.forEach((value, k) => set(view, k * size, value));
  return new Uint8Array(view.buffer);
}

/** An npy file with this header text and data, whatever they say. */
export function npy(header: string, data: ArrayBufferView = new Uint8Array(0), version = 1): Uint8Array<ArrayBuffer> {
  const length = version === 1 ? u16(header.length) : u32(header.length);
  return bytes(0x93, "NUMPY", version, 0, length, header, data);
}

export interface ZipPart {
  name: string;
  /** Bytes as they lie in the archive, and the method that is claimed for them. */
  packed: Uint8Array;
  method?: number;
  size?: number;
  packedSize?: number;
  crc?: number;
  flags?: number;
  /** Where the directory says that the entry begins; default: where it does. */
  start?: number;
  extra?: Uint8Array;
}

/** A zip archive put together field by field, with any lie in any field. */
export function zip(
  parts: readonly ZipPart[],
  lies: { count?: number; offset?: number; bytes?: number; prefix?: Uint8Array } = {},
): Uint8Array<ArrayBuffer> {
  const local: Uint8Array[] = [bytes(...(lies.prefix ? [lies.prefix] : []))];
  const central: Uint8Array[] = [];
  let at = local[0].length;
  for (const {
    name,
    packed,
    method = 0,
    size = packed.length,
    packedSize = packed.length,
    crc = 0,
    flags = 0,
    start,
    extra,
  } of parts) {
    const nameBytes = new TextEncoder().encode(name);
    const shared = bytes(u16(flags, method, 0, 33), u32(crc, packedSize, size));
    const own = bytes(u32(0x04034b50), u16(20), shared, u16(nameBytes.length, 0), nameBytes, packed);
    central.push(
      bytes(
        u32(0x02014b50),
        u16(20, 20),
        shared,
        u16(nameBytes.length, extra?.length ?? 0, 0, 0, 0),
        u32(0, start ?? at),
        nameBytes,
        extra ?? "",
      ),
    );
    local.push(own);
    at += own.length;
  }
  const directory = bytes(...central);
  const count = lies.count ?? parts.length;
  return bytes(
    ...local,
    directory,
    u32(0x06054b50),
    u16(0, 0, count, count),
    u32(lies.bytes ?? directory.length, lies.offset ?? at),
    u16(0),
  );
}

/** CRC-32 by its definition, bit by bit; the package's own goes by a table. */
export function crcOf(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The error that a promise ends in; anything but the two of this package is a failure of the test. */
export async function errorOf(promise: Promise<unknown>): Promise<FormatError | FormatOptionError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof FormatError || error instanceof FormatOptionError) return error;
    throw error;
  }
  throw new Error("expected an error, got a value");
}

/** Rows of a matrix as plain numbers. */
export function rowsOf({ data, shape, strides }: NdArray): (number | bigint)[][] {
  return Array.from({ length: shape[0] }, (_, i) =>
    Array.from({ length: shape[1] }, (_, j) => data[i * strides[0] + j * strides[1]]),
  );
}
