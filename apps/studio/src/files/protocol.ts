import type { NdArray, TextColumn } from "@eckart/formats";

/** An array of an archive, a model or a file: its name and shape, before it is read. */
export interface Listed {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What was read of a file. */
export interface ReadFile {
  readonly array: NdArray;
  /** The samples of a picture, and not numbers that stand for themselves. */
  readonly isPicture: boolean;
  /** The columns of words of a table. */
  readonly texts: readonly TextColumn[];
  /** The arrays that the file holds, and which of them this is; empty where it holds one. */
  readonly arrays: readonly Listed[];
  readonly entry: string | undefined;
}

/** An array to be written, row-major. */
export interface Written {
  readonly name: string;
  readonly data: NdArray["data"];
  readonly shape: readonly number[];
}

/** What the thread of files is asked. */
export type Task =
  | { readonly kind: "read"; readonly file: Blob; readonly name: string; readonly entry: string | undefined }
  | { readonly kind: "png"; readonly array: Written }
  | { readonly kind: "npy"; readonly array: Written }
  | { readonly kind: "npz"; readonly arrays: readonly Written[] };

/** What it answers: what was read, the bytes of a file, or what is wrong with the file. */
export type Answer =
  | { readonly read: ReadFile }
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly fault: string };
