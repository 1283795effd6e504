import { FormatError, type Place } from "./errors.ts";

/**
 * A sparse m × n matrix by compressed rows (CSR), as plain data: row i holds `data[p]` in column `indices[p]` for
 * p = indptr[i] … indptr[i+1] − 1. Columns ascend within a row, and no place is given twice.
 */
export interface CsrArray {
  /** [m, n]. */
  readonly shape: readonly [rows: number, cols: number];
  /** m + 1 places, from 0: where each row begins. */
  readonly indptr: Int32Array<ArrayBuffer>;
  /** Column of each entry, from 0. */
  readonly indices: Int32Array<ArrayBuffer>;
  /** Value of each entry. */
  readonly data: Float64Array<ArrayBuffer>;
  readonly dtype: "f64";
  /** What the reader decided or found and a careful user would want to know, one sentence each. */
  readonly notes: readonly string[];
}

/** Compressed rows as any library may hold them, the engine's `CsrMatrix` included. */
export interface CsrWritable {
  readonly shape: readonly number[];
  readonly indptr: ArrayLike<number>;
  readonly indices: ArrayLike<number>;
  readonly data: ArrayLike<number>;
}

/** Whether a value is written in compressed rows. */
export function isCsr<T extends object>(value: T): value is T & CsrWritable {
  return "indptr" in value && "indices" in value && "data" in value && "shape" in value;
}

/** Refuses compressed rows that describe no matrix. */
export function checkCsr({ shape, indptr, indices, data }: CsrWritable, format: string): void {
  const fail = (problem: string, place: Place = {}): never => {
    throw new FormatError(format, place, problem);
  };
  const [rows, cols] = shape as [number, number];
  if (shape.length !== 2 || !shape.every((size) => Number.isSafeInteger(size) && size >= 0))
    fail(`shape (${shape.join(", ")}) is that of no matrix`);
  if (indptr.length !== rows + 1) fail(`expected indptr of ${rows + 1} places, got ${indptr.length}`);
  if (indptr[0] !== 0) fail(`expected indptr to begin with 0, got ${indptr[0]}`);
  for (let i = 0; i < rows; i++)
    if (!(Number.isSafeInteger(indptr[i + 1]) && indptr[i + 1]! >= indptr[i]!))
      fail(`expected indptr[${i + 1}] to be a whole number from ${indptr[i]} on, got ${indptr[i + 1]}`);
  for (const [name, { length }] of Object.entries({ indices, data }))
    if (length !== indptr[rows]) fail(`expected ${name} of ${indptr[rows]} entries, got ${length}`);
  for (let p = 0; p < indices.length; p++)
    if (!(Number.isSafeInteger(indices[p]) && indices[p]! >= 0 && indices[p]! < cols))
      fail(`expected indices[${p}] to be a column from 0 to ${cols - 1}, got ${indices[p]}`);
}
