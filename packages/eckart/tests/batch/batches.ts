import { gallery, symmetricGallery, type GalleryMatrix, type MatrixData } from "@eckart/testing";
import type { Batch } from "../../src/batch/batch.ts";
import type { DType } from "../../src/kernels/abi.ts";
import type { FloatArray } from "../../src/matrix/matrix.ts";

/** Numbers of matrices around the sizes of groups; the gallery has more of them. */
export const COUNTS = [0, 1, 2, 3, 4, 5, 7, 8, 9, 50];

/** Many matrices of one shape, and where each came from. */
export interface NamedBatch {
  readonly data: FloatArray;
  readonly shape: readonly [number, number, number];
  readonly names: readonly string[];
}

export function stack(matrices: readonly GalleryMatrix[]): NamedBatch {
  const [{ rows, cols, dtype }] = matrices;
  const data = floats(dtype, matrices.length * rows * cols);
  matrices.forEach((matrix, t) => data.set(matrix.data, t * rows * cols));
  return { data, shape: [matrices.length, rows, cols], names: matrices.map(({ name }) => name) };
}

/** Every class of the gallery, under several seeds. */
export function galleryBatch(m: number, n: number, dtype: DType, seeds = 8): NamedBatch {
  return stack(Array.from({ length: seeds }, (_, seed) => [...gallery(m, n, seed, dtype)]).flat());
}

export function symmetricBatch(n: number, dtype: DType, seeds = 8): NamedBatch {
  return stack(Array.from({ length: seeds }, (_, seed) => [...symmetricGallery(n, seed, dtype)]).flat());
}

export function floats(dtype: DType, length: number): FloatArray {
  return dtype === "f64" ? new Float64Array(length) : new Float32Array(length);
}

/** Element t of a batch of matrices, or of vectors as one row. */
export function part({ data, shape }: Pick<Batch, "data" | "shape">, t: number): MatrixData & { data: FloatArray } {
  const [rows, cols] = shape.length === 3 ? [shape[1], shape[2]] : [1, shape[1]];
  return { rows, cols, data: data.subarray(t * rows * cols, (t + 1) * rows * cols) };
}

/** The batch whose element t is element order[t]. */
export function permuted({ data, shape }: Pick<Batch, "data" | "shape">, order: readonly number[]): FloatArray {
  const size = shape.slice(1).reduce((product, length) => product * length, 1);
  const result = floats(data instanceof Float32Array ? "f32" : "f64", data.length);
  order.forEach((from, to) => result.set(data.subarray(from * size, (from + 1) * size), to * size));
  return result;
}

/**
 * Whether the entry of largest magnitude is positive; of entries that are equal to about six digits, the first. Where
 * two differ by just that much, either will do.
 */
export function leadsPositively(vector: ArrayLike<number>): boolean {
  const sizes = Array.from(vector, Math.abs);
  const most = Math.max(...sizes);
  return [0.75, 1, 1.25].some((width) => vector[sizes.findIndex((x) => x >= most * (1 - width * 2 ** -20))] > 0);
}

export const column = ({ rows, cols, data }: MatrixData, j: number): number[] =>
  Array.from({ length: rows }, (_, i) => data[i * cols + j]);
