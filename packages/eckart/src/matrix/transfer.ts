// Matrices to and from linear memory, where they are column-major with padded columns. What lies by rows is transposed on
// the way, a block at a time in the staging place of the workspace.
import type { Mem } from "../kernels/abi.ts";
import { copy } from "../kernels/moves.ts";
import { STAGING, type Workspace } from "../kernels/workspace.ts";
import { Matrix } from "./matrix.ts";

const FEW = 64; // entries up to which calls of kernels cost more than they save
const WIDTH = 256; // entries of a row in a block, and so at least 16 rows

/** Copies A, times `scale`, to column-major memory at `to` with `ld` elements between columns. */
export function load(ws: Workspace, A: Matrix, to: number, ld: number, scale = 1): void {
  const { rows, cols, data, offset, rowStride, colStride } = A;
  const { k, mem, staging } = ws;
  if (rowStride === 1 && ld === rows && colStride === rows) {
    mem.set(data.subarray(offset, offset + rows * cols), to);
    multiply(ws, rows * cols, scale, to);
  } else if (rowStride === 1 && rows * cols > FEW) {
    for (let j = 0; j < cols; j++) {
      const from = offset + j * colStride;
      mem.set(data.subarray(from, from + rows), to + j * ld);
      multiply(ws, rows, scale, to + j * ld);
    }
  } else if (colStride === 1 && rows * cols > FEW) {
    blocks(rows, cols, (i, height, j, width) => {
      const from = offset + i * rowStride + j;
      if (width === rowStride) mem.set(data.subarray(from, from + height * width), staging);
      else {
        for (let r = 0; r < height; r++) {
          mem.set(data.subarray(from + r * rowStride, from + r * rowStride + width), staging + r * width);
        }
      }
      multiply(ws, height * width, scale, staging);
      k.transpose(width, height, staging, width, to + i + j * ld, ld);
    });
  } else {
    for (let j = 0; j < cols; j++) {
      for (let i = 0, at = offset + j * colStride; i < rows; i++, at += rowStride) {
        mem[to + i + j * ld] = data[at] * scale;
      }
    }
  }
}

/** The rows × cols matrix at `from`, times `scale`, to `out`, contiguous by rows; by default a Matrix of its own. */
export function store(
  ws: Workspace,
  from: number,
  ld: number,
  rows: number,
  cols: number,
  scale = 1,
  out: Matrix = Matrix.zeros(rows, cols, { dtype: ws.dtype }),
): Matrix {
  const { data, offset } = out;
  const { k, mem, staging } = ws;
  if (rows * cols <= FEW) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) data[offset + i * cols + j] = mem[from + i + j * ld] * scale;
    }
    return out;
  }
  blocks(rows, cols, (i, height, j, width) => {
    k.transpose(height, width, from + i + j * ld, ld, staging, width);
    multiply(ws, height * width, scale, staging);
    if (width === cols) data.set(mem.subarray(staging, staging + height * width), offset + i * cols);
    else {
      for (let r = 0; r < height; r++) {
        data.set(mem.subarray(staging + r * width, staging + (r + 1) * width), offset + (i + r) * cols + j);
      }
    }
  });
  return out;
}

/** The transpose of the rows × cols matrix at `from`, as `store`: its columns become rows as they lie. */
export function storeTransposed(
  ws: Workspace,
  from: number,
  ld: number,
  rows: number,
  cols: number,
  out: Matrix = Matrix.zeros(cols, rows, { dtype: ws.dtype }),
): Matrix {
  const { data, offset } = out;
  if (ld === rows) data.set(ws.mem.subarray(from, from + rows * cols), offset);
  else for (let j = 0; j < cols; j++) data.set(ws.mem.subarray(from + j * ld, from + j * ld + rows), offset + j * rows);
  return out;
}

/** Multiplies `count` elements by a power of two, which may lie outside the range of the dtype. */
function multiply({ k, mem, dtype }: Workspace, count: number, scale: number, at: number): void {
  if (scale === 1) return;
  if (dtype === "f64" || (scale < 2 ** 127 && scale > 2 ** -126)) k.scal(count, scale, at, 1);
  else for (let i = at; i < at + count; i++) mem[i] *= scale;
}

/** The blocks of a rows × cols matrix that fit into the staging place: first row, height, first column, width. */
function blocks(
  rows: number,
  cols: number,
  visit: (i: number, height: number, j: number, width: number) => void,
): void {
  const width = Math.min(cols, WIDTH);
  const height = Math.floor(STAGING / width);
  for (let i = 0; i < rows; i += height) {
    for (let j = 0; j < cols; j += width) visit(i, Math.min(height, rows - i), j, Math.min(width, cols - j));
  }
}

/** The power of two that brings `largest` into [1, 2); 1 for zero. Multiplying by it rounds nothing but subnormals. */
export function powerOfTwoScale(largest: number): number {
  if (largest === 0) return 1;
  // 2^(−exponent), kept normal: the extremes are reached to within a few powers, which serves as well.
  const exponent = Math.floor(Math.log2(largest));
  return 2 ** -Math.max(-1020, Math.min(1020, exponent));
}

/** M, contiguous, with the numbers that lie by rows from there on as its entries. */
export function filled(M: Matrix, mem: Mem, from: number): Matrix {
  copy(mem, from, M.rows * M.cols, M.data, M.offset);
  return M;
}
