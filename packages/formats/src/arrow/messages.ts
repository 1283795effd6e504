import { concatenate } from "../bytes.ts";
import { FormatError, type Place } from "../errors.ts";
import { type Input, bytesFrom } from "../source.ts";
import { type Batch, Metadata, readFooter } from "./metadata.ts";

/** First bytes of an Arrow file (Feather), and of an Arrow stream. */
export const ARROW_MAGIC: readonly number[] = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31];
export const ARROW_STREAM_MAGIC: readonly number[] = [0xff, 0xff, 0xff, 0xff];

/** At the beginning of a file: the magic and padding. */
const HEAD_BYTES = 8;
/** At the end of a file: the length of the footer, and the magic. */
const TAIL_BYTES = 10;

/**
 * The messages of an Arrow file or stream as a stream, each of them proved: its metadata lie inside of what is there, and
 * what is unpacked or made of it has at most `maxBytes`. One message is held at a time.
 */
export async function* provedMessages(input: Input, maxBytes: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const place: Place = { file: input.name };
  const metadata = new Metadata();
  const footer = await footerOf(input, place);
  if (footer) {
    metadata.next(footer.schema);
    yield framed(footer.schema);
  }
  // Blocks of a file that overlap would make it longer than it is.
  let total = 0;
  let at = 0;
  for (let k = 0; footer ? k < footer.starts.length : (await bytesFrom(input, at, 1)) > 0; k++) {
    if (footer) at = footer.starts[k]!;
    const message = await readMessage(input, at, metadata, maxBytes, place);
    if (!message) return;
    total += message.end - at;
    if (total > input.byteLength) throw new Error("messages that overlap");
    at = message.end;
    yield framed(message.head);
    yield message.body;
  }
}

/** The metadata of a message as they stand in a stream: a mark, their length, and they themselves. */
function framed(head: Uint8Array): Uint8Array<ArrayBuffer> {
  const mark = new Uint8Array(8).fill(0xff, 0, 4);
  viewOf(mark).setInt32(4, head.length, true);
  return concatenate([mark, head]);
}

/** What the footer of a file says; undefined for a stream. */
async function footerOf(input: Input, place: Place): Promise<ReturnType<typeof readFooter> | undefined> {
  const head = await input.read(0, await bytesFrom(input, 0, HEAD_BYTES));
  if (String.fromCharCode(...head.subarray(0, 4)) === "FEA1")
    throw new FormatError("arrow", place, "Feather version 1, which is no Arrow file; write version 2");
  if (ARROW_MAGIC.some((byte, k) => head[k] !== byte)) {
    if (ARROW_STREAM_MAGIC.some((byte, k) => head[k] !== byte))
      throw new FormatError("arrow", { ...place, byteOffset: 0 }, "does not begin as an Arrow file or stream");
    return undefined;
  }
  const end = input.byteLength;
  const tail = await input.read(Math.max(0, end - TAIL_BYTES), end);
  const length = tail.length < TAIL_BYTES ? -1 : viewOf(tail).getInt32(0, true);
  if (ARROW_MAGIC.some((byte, k) => tail[k + 4] !== byte) || length < 0 || length > end - HEAD_BYTES - TAIL_BYTES)
    throw new FormatError("arrow", place, "does not end with a footer and ARROW1; the file is cut off");
  return readFooter(await input.read(end - TAIL_BYTES - length, end - TAIL_BYTES));
}

/** The message that begins at a place, and where it ends; undefined for the end of a stream. */
async function readMessage(
  input: Input,
  at: number,
  metadata: Metadata,
  maxBytes: number,
  place: Place,
): Promise<{ head: Uint8Array<ArrayBuffer>; body: Uint8Array<ArrayBuffer>; end: number } | undefined> {
  const read = async (start: number, length: number): Promise<Uint8Array<ArrayBuffer>> => {
    if (!(start >= 0 && length >= 0 && start + length <= input.byteLength))
      throw new Error(`${length} bytes from byte ${start} reach beyond the end, byte ${input.byteLength}`);
    return input.read(start, start + length);
  };
  // Since version 0.15 the length follows a mark of four bytes.
  const first = viewOf(await read(at, 4)).getInt32(0, true);
  const start = at + (first === -1 ? 8 : 4);
  const length = first === -1 ? viewOf(await read(at + 4, 4)).getInt32(0, true) : first;
  if (length === 0) return undefined;
  const head = await read(start, length);
  const { bodyLength, batch } = metadata.next(head);
  const body = await read(start + length, bodyLength);
  if (batch) proveBatch(batch, body, maxBytes, place);
  return { head, body, end: start + length + bodyLength };
}

/** Proves that neither the rows of a batch nor what its buffers unpack to are more than the limit. */
function proveBatch({ rows, buffers, compressed }: Batch, body: Uint8Array, maxBytes: number, place: Place): void {
  if (rows * 8 > maxBytes)
    throw new FormatError("arrow", place, `a batch of ${rows} rows; the limit is ${maxBytes} bytes (maxBytes)`);
  if (!compressed) return;
  let unpacked = 0;
  for (const [offset, length] of buffers) {
    if (length === 0) continue;
    if (length < 8) throw new Error(`a packed buffer of ${length} bytes`);
    // The length stands before the packed bytes; −1 where they are not packed.
    unpacked += Math.max(0, Number(viewOf(body).getBigInt64(offset, true)));
  }
  if (unpacked > maxBytes)
    throw new FormatError("arrow", place, `a batch unpacks to ${unpacked} bytes; the limit is ${maxBytes} (maxBytes)`);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
