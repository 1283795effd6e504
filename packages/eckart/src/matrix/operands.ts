// What functions of two operands ask: is the second one a vector, and in which precision do they meet.
import type { DType } from "../kernels/abi.ts";
import type { MatrixLike, NdArrayLike, VectorLike } from "./input.ts";
import { Matrix } from "./matrix.ts";

/** A vector that its type tells from a matrix: numbers in a row, or a shape of one dimension. */
export type VectorOperand = ArrayLike<number> | (NdArrayLike & { readonly shape: readonly [number] });

/** Whether B is taken as a vector: numbers in a row, or a shape of one dimension. An empty array counts as one. */
export function isVector(B: MatrixLike | VectorLike): B is VectorLike {
  if (B instanceof Matrix || typeof B !== "object" || B === null) return false;
  if (ArrayBuffer.isView(B)) return true;
  if (Array.isArray(B)) return B.length === 0 || typeof B[0] === "number";
  return "shape" in B && B.shape?.length === 1;
}

/** f32 where both are, else f64. */
export function commonType(A: Matrix, B: Matrix): DType {
  return A.dtype === "f32" && B.dtype === "f32" ? "f32" : "f64";
}
