import { FormatError } from "../errors.ts";
import { CHUNK_BYTES } from "../limits.ts";
import type { Input } from "../source.ts";
import { MAX_LINE_BYTES } from "./limits.ts";

/** Calls `onLine` with each line, its number from 1 and the byte after its end, reading a chunk at a time. */
export async function eachLine(
  input: Input,
  format: string,
  onLine: (line: string, number: number, end: number) => void,
): Promise<void> {
  // One character a byte: numbers are ASCII, and comments may be in any encoding.
  const decoder = new TextDecoder("latin1");
  let rest = "";
  let number = 0;
  let end = 0;
  for (let start = 0; start < input.byteLength; start += CHUNK_BYTES) {
    const text = rest + decoder.decode(await input.read(start, Math.min(start + CHUNK_BYTES, input.byteLength)));
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      end += to + 1 - from;
      onLine(text.slice(from, to), ++number, end);
      from = to + 1;
    }
    rest = text.slice(from);
    if (rest.length > MAX_LINE_BYTES)
      throw new FormatError(
        format,
        { file: input.name, line: number + 1 },
        `a line of more than ${MAX_LINE_BYTES} bytes`,
      );
  }
  if (rest !== "") onLine(rest, number + 1, input.byteLength);
}
