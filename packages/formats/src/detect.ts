import { ARROW_MAGIC, ARROW_STREAM_MAGIC } from "./arrow/messages.ts";
import { GZIP_MAGIC } from "./gzip/read.ts";
import { JPEG_MAGIC } from "./image/jpeg.ts";
import { PNG_MAGIC } from "./image/png.ts";
import { BANNER_WORD } from "./matrixMarket/banner.ts";
import { MAGIC as NPY_MAGIC } from "./npy/header.ts";
import { PARQUET_MAGIC } from "./parquet/read.ts";
import { type Input, bytesFrom } from "./source.ts";

/** Formats of a matrix; tsv is csv with tabs. A literal has no files, `readLiteral` takes its text. */
export type FormatName =
  | "npy"
  | "npz"
  | "csv"
  | "tsv"
  | "mtx"
  | "json"
  | "safetensors"
  | "png"
  | "jpeg"
  | "parquet"
  | "arrow";

/** Every format of a file, by name. */
export const FORMAT_NAMES: readonly FormatName[] = [
  "npy",
  "npz",
  "csv",
  "tsv",
  "mtx",
  "json",
  "safetensors",
  "png",
  "jpeg",
  "parquet",
  "arrow",
];

const EXTENSIONS: ReadonlyMap<string, FormatName> = new Map([
  ["npy", "npy"],
  ["npz", "npz"],
  ["csv", "csv"],
  ["tsv", "tsv"],
  ["tab", "tsv"],
  ["mtx", "mtx"],
  ["mm", "mtx"],
  ["json", "json"],
  ["safetensors", "safetensors"],
  ["png", "png"],
  ["jpg", "jpeg"],
  ["jpeg", "jpeg"],
  ["parquet", "parquet"],
  ["arrow", "arrow"],
  ["arrows", "arrow"],
  ["feather", "arrow"],
]);

/** The format that a file's extension names, ".gz" aside; undefined for one that names none, as ".txt" and ".dat". */
export function formatOfName(name: string): FormatName | undefined {
  const extension = /\.([^./\\]+)$/.exec(name.replace(/\.gz$/i, ""))?.[1];
  return extension === undefined ? undefined : EXTENSIONS.get(extension.toLowerCase());
}

const SNIFFED_BYTES = 512;
const MAGICS: readonly (readonly [magic: readonly number[], format: FormatName])[] = [
  [NPY_MAGIC, "npy"],
  [[0x50, 0x4b, 0x03, 0x04], "npz"],
  [[0x50, 0x4b, 0x05, 0x06], "npz"],
  [PNG_MAGIC, "png"],
  [JPEG_MAGIC, "jpeg"],
  [PARQUET_MAGIC, "parquet"],
  [ARROW_MAGIC, "arrow"],
  [ARROW_STREAM_MAGIC, "arrow"],
];

/** A length that has no more than 4 bytes, and the first sign of the header. */
const SAFETENSORS_HEAD = /^[^]{4}\0{4}\s*\{/;

/** The format that the first bytes show; text that is neither Matrix Market nor JSON is taken for a table. */
export async function formatOfContent(input: Input): Promise<FormatName> {
  const head = await input.read(0, await bytesFrom(input, 0, SNIFFED_BYTES));
  const known = MAGICS.find(([magic]) => beginsWith(head, magic));
  if (known) return known[1];
  if (SAFETENSORS_HEAD.test(String.fromCharCode(...head))) return "safetensors";
  const text = new TextDecoder().decode(head);
  if (text.toLowerCase().startsWith(BANNER_WORD.toLowerCase())) return "mtx";
  return /^\s*[[{]/.test(text) ? "json" : "csv";
}

/** Whether the input is packed with gzip. */
export async function isGzip(input: Input): Promise<boolean> {
  return beginsWith(await input.read(0, await bytesFrom(input, 0, GZIP_MAGIC.length)), GZIP_MAGIC);
}

/** Whether the input is an Arrow stream, not a file. */
export async function isArrowStream(input: Input): Promise<boolean> {
  const length = ARROW_STREAM_MAGIC.length;
  return beginsWith(await input.read(0, await bytesFrom(input, 0, length)), ARROW_STREAM_MAGIC);
}

function beginsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, k) => bytes[k] === byte);
}
