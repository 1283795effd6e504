import { Gunzip } from "fflate";
import { concatenate } from "../bytes.ts";
import { crc32 } from "../crc32.ts";
import { FormatError, type Place } from "../errors.ts";
import { INFLATE_STEP_BYTES } from "../limits.ts";
import { allocate } from "../memory.ts";
import { type Input, ownedInput } from "../source.ts";

/** First bytes of every gzip file. */
export const GZIP_MAGIC: readonly number[] = [0x1f, 0x8b];
/** Checksum and length that end each member. */
const TRAILER_BYTES = 8;

/**
 * The content of a gzip file of one or more members, held in memory; each member's checksum and length are proved.
 * The output is counted while it is made and stops at `maxBytes`; one step adds at most 16 MiB before that.
 */
export async function gunzip(input: Input, maxBytes: number): Promise<Input> {
  const place: Place = { file: input.name };
  const parts: Uint8Array[] = [];
  const members: { end: number; crc: number; length: number }[] = [];
  let [total, crc, length] = [0, 0, 0];
  const stream = new Gunzip((part) => {
    parts.push(part);
    total += part.length;
    length += part.length;
    crc = crc32(part, crc);
    if (total > maxBytes)
      throw new FormatError("gzip", place, `inflates to more than the limit of ${maxBytes} bytes (maxBytes)`);
  });
  const endMember = (end: number): void => {
    members.push({ end, crc, length });
    [crc, length] = [0, 0];
  };
  stream.onmember = endMember;
  for (let start = 0; start < input.byteLength; start += INFLATE_STEP_BYTES) {
    const end = Math.min(start + INFLATE_STEP_BYTES, input.byteLength);
    const chunk = await input.read(start, end);
    try {
      stream.push(chunk, end === input.byteLength);
    } catch (cause) {
      if (cause instanceof FormatError) throw cause;
      throw new FormatError("gzip", place, `damaged before byte ${end} (${(cause as Error).message})`, { cause });
    }
  }
  endMember(input.byteLength);
  for (const member of members) {
    const trailer = await input.read(Math.max(0, member.end - TRAILER_BYTES), member.end);
    const view = new DataView(trailer.buffer, trailer.byteOffset, trailer.byteLength);
    const proved =
      trailer.length === TRAILER_BYTES &&
      view.getUint32(0, true) === member.crc &&
      view.getUint32(4, true) === member.length % 2 ** 32;
    if (!proved)
      throw new FormatError(
        "gzip",
        { ...place, byteOffset: member.end - TRAILER_BYTES },
        "checksum or length do not match",
      );
  }
  return ownedInput(
    allocate("gzip", place, total, () => concatenate(parts)),
    input.name?.replace(/\.gz$/i, ""),
  );
}
