import { leadingDimension, matrixSize, withWorkspace } from "../kernels/workspace.ts";
import type { DType } from "../kernels/abi.ts";
import { qrInPlace, qrScratch } from "../linalg/qr/householder.ts";
import { workingScale } from "../linalg/parts/scaling.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { load, store } from "../matrix/transfer.ts";

/**
 * R of the QR factorisation of matrices one under another, all with n columns: RᵀR is the sum of their Gram matrices,
 * which are never formed. min(m, n) × n for m rows in all; `largest` is the largest |entry|.
 *
 * Source: tall-skinny QR, Demmel, Grigori, Hoemmen & Langou, SIAM J. Sci. Comput. 34 (2012).
 */
export function triangularFactor(parts: readonly Matrix[], n: number, dtype: DType, largest: number): Matrix {
  const m = parts.reduce((rows, part) => rows + part.rows, 0);
  const k = Math.min(m, n);
  const scale = workingScale(dtype, largest);
  return withWorkspace(dtype, matrixSize(m, n) + k + qrScratch(m, n), 0, (ws) => {
    const ld = leadingDimension(m);
    const at = ws.alloc(ld * n);
    let row = 0;
    for (const part of parts) {
      load(ws, part, at + row, ld, scale);
      row += part.rows;
    }
    qrInPlace(ws, m, n, at, ld, ws.alloc(k));
    for (let j = 0; j < k; j++) ws.mem.fill(0, at + j * ld + j + 1, at + j * ld + k);
    return store(ws, at, ld, k, n, 1 / scale);
  });
}
