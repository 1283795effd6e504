import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { concatenate } from "../bytes.ts";
import { FormatError, checkOptionNames } from "../errors.ts";
import { writeNpy } from "../npy/write.ts";
import { type NamedArrays, namedEntries } from "../writable.ts";

/** How an archive is written. */
export interface NpzWriteOptions {
  /** Deflate the arrays. Default true; false stores them, which is faster and lets readers map them. */
  readonly compress?: boolean;
}

// The archive is a function of its arrays alone: every entry carries the first date that zip knows.
const FIRST_DATE: Date = new Date(1980, 0, 1);
const ZIP32_BYTES = 0xffffffff;

/** A NumPy .npz file of named arrays, `{ U, s, Vt }` or pairs, in the order given. Archives of 4 GiB or more are refused. */
export function writeNpz(arrays: NamedArrays, options: NpzWriteOptions = {}): Uint8Array<ArrayBuffer> {
  checkOptionNames("writeNpz", options, ["compress"]);
  const { compress = true } = options;
  const parts: Uint8Array[] = [];
  let total = 0;
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
    total += part.length;
  });
  const names = new Set<string>();
  for (const [name, value] of namedEntries(arrays)) {
    if (names.has(name)) throw new FormatError("npz", { entry: name }, "two arrays of this name");
    names.add(name);
    const bytes = writeNpy(value);
    const entry = compress ? new ZipDeflate(`${name}.npy`) : new ZipPassThrough(`${name}.npy`);
    entry.mtime = FIRST_DATE;
    zip.add(entry);
    entry.push(bytes, true);
    if (bytes.length >= ZIP32_BYTES || total >= ZIP32_BYTES)
      throw new FormatError("npz", { entry: name }, "an archive of 4 GiB or more; write npy instead");
  }
  zip.end();
  return concatenate(parts);
}
