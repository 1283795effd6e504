import type { TextColumn } from "@eckart/formats";
import { Matrix } from "eckart";
import type { Picture } from "../files/picture.ts";
import type { ReadArray, ReadFile } from "../files/protocol.ts";

/** The matrix on the bench, with what is known of its rows and columns. */
export interface MatrixSubject {
  readonly kind: "matrix";
  readonly name: string;
  readonly A: Matrix;
  readonly columns: readonly string[] | undefined;
  readonly texts: readonly TextColumn[];
  /** What the reader of the file found. */
  readonly notes: readonly string[];
  /** The file it came from, which may hold other arrays. */
  readonly file: File | undefined;
  readonly arrays: ReadArray["arrays"];
  readonly entry: string | undefined;
}

/** A picture on the bench. */
export interface PictureSubject {
  readonly kind: "picture";
  readonly name: string;
  readonly picture: Picture | undefined;
  readonly file: File | undefined;
}

export type Subject = MatrixSubject | PictureSubject;

/** A matrix that was typed, pasted or chosen. */
export function typed(rows: readonly (readonly number[])[], name = "A"): MatrixSubject {
  return { ...BARE, kind: "matrix", name, A: Matrix.from(rows) };
}

const BARE = { columns: undefined, texts: [], notes: [], file: undefined, arrays: [], entry: undefined } as const;

/** What a file holds. */
export function subjectOf(read: ReadFile, file: File): Subject {
  if ("picture" in read) return { kind: "picture", name: file.name, picture: read.picture, file };
  const { array, texts, arrays, entry } = read;
  const { data, shape, strides, columns, notes } = array;
  const [rows = 1, cols = 1] = shape;
  const A = Matrix.wrap(data as Float64Array, [rows, cols], {
    strides: shape.length === 2 ? [strides[0]!, strides[1]!] : [strides[0] ?? 1, 1],
  });
  return { kind: "matrix", name: file.name, A, columns, texts, notes, file, arrays, entry };
}

/** Columns of more rows or more columns than these are shown, not edited. */
export const EDITED = { rows: 12, cols: 10 } as const;

/** Whether the entries can be edited one by one. */
export const isEditable = ({ rows, cols }: Matrix): boolean =>
  rows <= EDITED.rows && cols <= EDITED.cols && rows * cols > 0;

/** The matrix with another number of rows or columns: cut off, or with zeros. */
export function resized(A: Matrix, rows: number, cols: number): number[][] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (_, j) => (i < A.rows && j < A.cols ? A.at(i, j) : 0)),
  );
}

/** The matrix as it is typed: rows in lines, entries parted by spaces. */
export const asText = (A: Matrix): string =>
  A.toArray()
    .map((row) => row.join(" "))
    .join("\n");
