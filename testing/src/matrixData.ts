import type { Dtype } from "./precision.ts";

/**
 * A matrix as plain data: entry (i, j) is data[offset + i·rowStride + j·colStride]. Offset and strides count elements
 * and default to the row-major contiguous layout.
 */
export interface MatrixData {
  readonly rows: number;
  readonly cols: number;
  readonly data: ArrayLike<number>;
  readonly offset?: number;
  readonly rowStride?: number;
  readonly colStride?: number;
}

/** A matrix of the gallery: row-major and contiguous; `shape` makes it an ndarray-like value too. */
export interface GalleryMatrix {
  /** Class, shape, element type and seed: enough to build it again. */
  readonly name: string;
  /** The class alone, for tables. */
  readonly family: string;
  readonly rows: number;
  readonly cols: number;
  readonly shape: readonly [number, number];
  readonly data: Float64Array | Float32Array;
  readonly dtype: Dtype;
  readonly tags: readonly Tag[];
}

/**
 * What a test may want to know of a matrix.
 * - bidiagonal: upper bidiagonal, so its entries determine every singular value to full relative accuracy;
 * - tridiagonal: symmetric tridiagonal;
 * - graded: rows or columns of very different size; scaled to unit rows or columns it is well conditioned;
 * - deficient: rank below min(m, n) exactly or to rounding;
 * - subnormal: holds subnormal numbers; extreme: near the limits of the element type;
 * - repeated: at least one multiple singular value or eigenvalue;
 * - definite: symmetric and positive definite, safely so in its element type; indefinite: both signs of eigenvalues.
 */
export type Tag =
  | "bidiagonal"
  | "tridiagonal"
  | "graded"
  | "deficient"
  | "subnormal"
  | "extreme"
  | "repeated"
  | "definite"
  | "indefinite";

/** A row-major matrix of doubles under construction. */
export interface Dense {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** The m × n matrix with entries entry(i, j). */
export function dense(rows: number, cols: number, entry: (i: number, j: number) => number): Dense {
  const data = new Float64Array(rows * cols);
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < cols; j++) data[k++] = entry(i, j);
  return { rows, cols, data };
}

/** Rounds to the element type and attaches name and tags. */
export function galleryMatrix(
  family: string,
  { rows, cols, data }: Dense,
  dtype: Dtype,
  tags: readonly Tag[],
  seed?: number,
): GalleryMatrix {
  return {
    name: `${family} ${rows}×${cols} ${dtype}${seed === undefined ? "" : ` seed ${seed}`}`,
    family,
    rows,
    cols,
    shape: [rows, cols],
    data: dtype === "f32" ? Float32Array.from(data) : data,
    dtype,
    tags,
  };
}
