// What is zero in a matrix, as far as it decides how its SVD is computed.
import type { Matrix } from "../../matrix/matrix.ts";

/** Which entries beside the main diagonal are not zero: those right above it, those right below it, or others. */
export type Shape = "upper" | "lower" | "dense";

/** "upper" or "lower" bidiagonal ("upper" when diagonal), else "dense"; stops at the first entry that decides. */
export function bidiagonalShape(A: Matrix): Shape {
  const { rows, cols, data, offset, rowStride, colStride } = A;
  let upper = false;
  let lower = false;
  for (let i = 0; i < rows; i++) {
    for (let j = 0, at = offset + i * rowStride; j < cols; j++, at += colStride) {
      if (data[at] === 0 || i === j) continue;
      if (j === i + 1) upper = true;
      else if (i === j + 1) lower = true;
      else return "dense";
      if (upper && lower) return "dense";
    }
  }
  return lower ? "lower" : "upper";
}
