import type { NdArray, TextColumn } from "@eckart/formats";
import type { Picture } from "./picture.ts";

/** An array of an archive, a model or a file: its name and shape, before it is read. */
export interface Listed {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A matrix or a table that was read of a file. */
export interface ReadArray {
  /** Row-major or as it lies in the file. */
  readonly array: NdArray;
  /** The columns of words of a table. */
  readonly texts: readonly TextColumn[];
  /** The arrays that the file holds, and which of them this is; empty where it holds one. */
  readonly arrays: readonly Listed[];
  readonly entry: string | undefined;
}

/** What was read of a file. */
export type ReadFile = ReadArray | { readonly picture: Picture };

/** How a file is read. */
export interface Reading {
  /** Which array of an archive or a model: the first matrix unless told. */
  readonly entry?: string | undefined;
  /** Whether the matrix of a picture's brightness is wanted in place of the picture. */
  readonly brightness?: boolean | undefined;
}

/** An array to be written, row-major. */
export interface Written {
  readonly name: string;
  readonly data: NdArray["data"];
  readonly shape: readonly number[];
}

/** What the thread of files is asked. */
export type Task =
  | { readonly kind: "read"; readonly file: Blob; readonly name: string; readonly reading: Reading }
  | { readonly kind: "png"; readonly array: Written }
  | { readonly kind: "npy"; readonly array: Written }
  | { readonly kind: "npz"; readonly arrays: readonly Written[] };

/** What it answers: what was read, the bytes of a file, or what is wrong with the file. */
export type Answer =
  | { readonly read: ReadFile }
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly fault: string };
