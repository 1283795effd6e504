import type { GalleryMatrix } from "../matrixData.ts";

/** A matrix as an ndarray-like view: entry (i, j) is data[offset + i·strides[0] + j·strides[1]]. */
export interface StridedView {
  readonly layout: string;
  readonly data: Float64Array | Float32Array;
  readonly shape: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly offset: number;
}

/**
 * The same matrix in memory layouts that a reader must tell apart: row-major, column-major, rows with a gap between
 * them, every second element of both, reversed rows, reversed columns. All that lies in the gaps is NaN, so a read
 * outside the view shows in the answer.
 */
export function layouts({ rows, cols, data }: GalleryMatrix): StridedView[] {
  const view = (layout: string, length: number, rowStride: number, colStride: number, offset: number): StridedView => {
    const target = new (data.constructor as Float64ArrayConstructor)(length).fill(NaN);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < cols; j++) target[offset + i * rowStride + j * colStride] = data[i * cols + j];
    return { layout, data: target, shape: [rows, cols], strides: [rowStride, colStride], offset };
  };
  const wide = cols + 3;
  return [
    view("row-major", rows * cols, cols, 1, 0),
    view("column-major", rows * cols, 1, rows, 0),
    view("padded rows", rows * wide + 5, wide, 1, 5),
    view("every second", 4 * rows * cols + 1, 4 * cols, 2, 1),
    view("rows reversed", rows * cols, -cols, 1, Math.max(0, rows - 1) * cols),
    view("columns reversed", rows * cols, cols, -1, Math.max(0, cols - 1)),
  ];
}
