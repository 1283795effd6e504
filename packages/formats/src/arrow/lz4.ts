/** First bytes of an LZ4 frame. */
const MAGIC = 0x184d2204;
const STORED = 0x80000000;

/**
 * Unpacks an LZ4 frame to exactly so many bytes; blocks may refer to those before them. Checksums are not compared.
 *
 * @throws Error  with what is wrong. Source: LZ4 Frame Format 1.6.4, LZ4 Block Format.
 */
export function unpackLz4Frame(frame: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 7 || view.getUint32(0, true) !== MAGIC) throw new Error("expected an LZ4 frame");
  const flags = frame[4]!;
  const [contentSize, blockChecksums, dictionary] = [flags & 0x08, flags & 0x10, flags & 0x01];
  if (dictionary) throw new Error("an LZ4 frame with a dictionary");
  const output = new Uint8Array(length);
  let at = 7 + (contentSize ? 8 : 0);
  let filled = 0;
  for (;;) {
    if (at + 4 > frame.length) throw new Error("an LZ4 frame that is cut off");
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) break;
    const end = at + (size % STORED);
    if (end > frame.length) throw new Error("an LZ4 block that is cut off");
    const block = frame.subarray(at, end);
    if (size >= STORED) {
      if (block.length > length - filled) throw new Error("an LZ4 frame that is too long");
      output.set(block, filled);
      filled += block.length;
    } else filled = unpackBlock(block, output, filled);
    at = end + (blockChecksums ? 4 : 0);
  }
  if (filled !== length) throw new Error(`an LZ4 frame of ${filled} bytes, ${length} were promised`);
  return output;
}

/** Unpacks one block behind the bytes that are there; returns where it ends. */
function unpackBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let from = 0;
  let to = start;
  const next = (): number => block[from++] ?? cut();
  const extended = (nibble: number): number => {
    let total = nibble;
    for (let byte = nibble === 15 ? 255 : 0; byte === 255; total += byte) byte = next();
    return total;
  };
  while (from < block.length) {
    const token = next();
    const literals = extended(token >> 4);
    if (from + literals > block.length || to + literals > output.length) cut();
    output.set(block.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    if (from === block.length) break;
    const distance = next() | (next() << 8);
    const matched = 4 + extended(token & 15);
    if (distance === 0 || distance > to || to + matched > output.length) cut();
    // A match may reach into itself, so it goes byte by byte.
    for (let k = 0; k < matched; k++, to++) output[to] = output[to - distance]!;
  }
  return to;
}

function cut(): never {
  throw new Error("an LZ4 block that does not fit");
}
