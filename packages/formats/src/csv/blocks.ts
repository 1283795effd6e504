import { type BlockOptions, type RowBlock, blockRows } from "../blocks.ts";
import { FormatError } from "../errors.ts";
import { MAX_TEXT_BYTES } from "../limits.ts";
import type { ReadOptions } from "../options.ts";
import { type Input, decodeStream } from "../source.ts";
import type { CsvOptions } from "./options.ts";
import { Table } from "./table.ts";

/**
 * The rows of a table of text block by block, for tables longer than a string or than memory. Separator and header are
 * found in its first 256 KiB.
 */
export async function* csvBlocks(
  input: Input,
  options: ReadOptions & CsvOptions & BlockOptions,
): AsyncGenerator<RowBlock> {
  let table: Table | undefined;
  let taken = false;
  // What was decoded and not yet read: a line that goes on, or a quoted cell that does.
  let pending = "";
  // A cell that does not close is tried again only when there is twice as much of it.
  let wanted = 0;
  for await (const text of decodeStream(input, "csv")) {
    pending += text;
    const end = pending.lastIndexOf("\n") + 1;
    if (pending.length < wanted || end === 0) continue;
    if (pending.length > MAX_TEXT_BYTES)
      throw new FormatError("csv", { file: input.name }, `a row of more than ${MAX_TEXT_BYTES} characters`);
    table ??= new Table(pending, input.name, options);
    pending = table.addText(pending.slice(0, end)) + pending.slice(end);
    wanted = 2 * pending.length;
    const height = blockRows(table.cols, options);
    for (; table.rows >= height; taken = true) yield table.take(height);
  }
  table ??= new Table(pending, input.name, options);
  table.addAll(pending);
  const height = blockRows(table.cols, options);
  for (; table.rows > 0 || !taken; taken = true) yield table.take(height);
}
