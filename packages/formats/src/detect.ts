import { GZIP_MAGIC } from "./gzip/read.ts";
import { BANNER_WORD } from "./matrixMarket/banner.ts";
import { MAGIC as NPY_MAGIC } from "./npy/header.ts";
import type { Input } from "./source.ts";

/** Formats of a matrix; tsv is csv with tabs. A literal has no files, `readLiteral` takes its text. */
export type FormatName = "npy" | "npz" | "csv" | "tsv" | "mtx" | "json";

/** Every format of a file, by name. */
export const FORMAT_NAMES: readonly FormatName[] = ["npy", "npz", "csv", "tsv", "mtx", "json"];

const EXTENSIONS: ReadonlyMap<string, FormatName> = new Map([
  ["npy", "npy"],
  ["npz", "npz"],
  ["csv", "csv"],
  ["tsv", "tsv"],
  ["tab", "tsv"],
  ["mtx", "mtx"],
  ["mm", "mtx"],
  ["json", "json"],
]);

/** The format that a file's extension names, ".gz" aside; undefined for one that names none, as ".txt" and ".dat". */
export function formatOfName(name: string): FormatName | undefined {
  const extension = /\.([^./\\]+)$/.exec(name.replace(/\.gz$/i, ""))?.[1];
  return extension === undefined ? undefined : EXTENSIONS.get(extension.toLowerCase());
}

const SNIFFED_BYTES = 512;
const ZIP_MAGICS: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
];

/** The format that the first bytes show; text that is neither Matrix Market nor JSON is taken for a table. */
export async function formatOfContent(input: Input): Promise<FormatName> {
  const head = await input.read(0, Math.min(SNIFFED_BYTES, input.byteLength));
  if (beginsWith(head, NPY_MAGIC)) return "npy";
  if (ZIP_MAGICS.some((magic) => beginsWith(head, magic))) return "npz";
  const text = new TextDecoder().decode(head);
  if (text.toLowerCase().startsWith(BANNER_WORD.toLowerCase())) return "mtx";
  return /^\s*[[{]/.test(text) ? "json" : "csv";
}

/** Whether the input is packed with gzip. */
export async function isGzip(input: Input): Promise<boolean> {
  return beginsWith(await input.read(0, Math.min(GZIP_MAGIC.length, input.byteLength)), GZIP_MAGIC);
}

function beginsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, k) => bytes[k] === byte);
}
