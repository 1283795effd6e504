import type * as library from "apache-arrow";
import { FormatError } from "../errors.ts";
import { MAX_UNPACKED_BYTES } from "../limits.ts";
import { unpackLz4Frame } from "./lz4.ts";

/** The library that decodes and encodes Arrow; it is an optional companion, for it is larger than all the rest. */
export type ArrowLibrary = typeof library;

/** Bytes that LZ4 can make of one. */
const LZ4_EXPANSION = 255;

/** Loads the library and teaches it to unpack, which it leaves to its users; a codec that it has already is kept. */
export async function loadArrow(): Promise<ArrowLibrary> {
  let arrow: ArrowLibrary;
  try {
    arrow = await import("apache-arrow");
  } catch (cause) {
    throw new FormatError("arrow", {}, "needs the package apache-arrow; install it: npm install apache-arrow", {
      cause,
    });
  }
  const { compressionRegistry, CompressionType } = arrow;
  const { decompress: unzstd } = await import("fzstd");
  if (!compressionRegistry.get(CompressionType.LZ4_FRAME))
    compressionRegistry.set(CompressionType.LZ4_FRAME, {
      decode: (packed) => unpackLz4Frame(packed, unpackedLength(packed, LZ4_EXPANSION)),
    });
  if (!compressionRegistry.get(CompressionType.ZSTD))
    compressionRegistry.set(CompressionType.ZSTD, {
      decode: (packed) => unzstd(packed, new Uint8Array(unpackedLength(packed, Infinity))),
    });
  return arrow;
}

/** The length that stands before the packed bytes of each buffer, in the 8 bytes that the library cuts off. */
function unpackedLength(packed: Uint8Array, expansion: number): number {
  const length = Number(new DataView(packed.buffer, packed.byteOffset - 8, 8).getBigInt64(0, true));
  if (!(length >= 0 && length <= Math.min(MAX_UNPACKED_BYTES, packed.length * expansion)))
    throw new Error(`${packed.length} packed bytes cannot hold the ${length} promised`);
  return length;
}
