// Matrices to and from linear memory, where they are column-major with padded columns.
import type { Workspace } from "../kernels/workspace.ts";
import { Matrix } from "./matrix.ts";

const BLOCK = 32; // entries a side: two blocks of 8 KB stay in the first-level cache while they are transposed

/** Copies A, times `scale`, to column-major memory at `to` with `ld` elements between columns. */
export function load(ws: Workspace, A: Matrix, to: number, ld: number, scale = 1): void {
  const { rows, cols, data, offset, rowStride, colStride } = A;
  const mem = ws.mem;
  if (rowStride === 1) {
    for (let j = 0; j < cols; j++) {
      const from = offset + j * colStride;
      const column = to + j * ld;
      if (scale === 1) mem.set(data.subarray(from, from + rows), column);
      else for (let i = 0; i < rows; i++) mem[column + i] = data[from + i] * scale;
    }
    return;
  }
  for (let i0 = 0; i0 < rows; i0 += BLOCK) {
    const i1 = Math.min(rows, i0 + BLOCK);
    for (let j0 = 0; j0 < cols; j0 += BLOCK) {
      const j1 = Math.min(cols, j0 + BLOCK);
      for (let i = i0; i < i1; i++) {
        for (let j = j0, at = offset + i * rowStride + j0 * colStride; j < j1; j++, at += colStride) {
          mem[to + i + j * ld] = data[at] * scale;
        }
      }
    }
  }
}

/** The rows × cols matrix at `from`, times `scale`, as a contiguous Matrix of its own. */
export function store(ws: Workspace, from: number, ld: number, rows: number, cols: number, scale = 1): Matrix {
  const out = Matrix.zeros(rows, cols, { dtype: ws.dtype });
  const data = out.data;
  const mem = ws.mem;
  for (let i0 = 0; i0 < rows; i0 += BLOCK) {
    const i1 = Math.min(rows, i0 + BLOCK);
    for (let j0 = 0; j0 < cols; j0 += BLOCK) {
      const j1 = Math.min(cols, j0 + BLOCK);
      for (let i = i0; i < i1; i++) {
        for (let j = j0; j < j1; j++) data[i * cols + j] = mem[from + i + j * ld] * scale;
      }
    }
  }
  return out;
}

/** The transpose of the rows × cols matrix at `from` as a contiguous Matrix: its columns become rows as they lie. */
export function storeTransposed(ws: Workspace, from: number, ld: number, rows: number, cols: number): Matrix {
  const out = Matrix.zeros(cols, rows, { dtype: ws.dtype });
  for (let j = 0; j < cols; j++) out.data.set(ws.mem.subarray(from + j * ld, from + j * ld + rows), j * rows);
  return out;
}

/** The power of two that brings `largest` into [1, 2); 1 for zero. Multiplying by it rounds nothing but subnormals. */
export function powerOfTwoScale(largest: number): number {
  if (largest === 0) return 1;
  // 2^(−exponent), kept normal: the extremes are reached to within a few powers, which serves as well.
  const exponent = Math.floor(Math.log2(largest));
  return 2 ** -Math.max(-1020, Math.min(1020, exponent));
}
