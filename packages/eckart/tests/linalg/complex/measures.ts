import { eigenResidual, orthogonality, residual, type MatrixData } from "@eckart/testing";
import type { ComplexMatrix, FloatArray } from "eckart";

/**
 * The real matrix [re −im; im re] of twice the size, whose products, norms and singular values are those of A (each
 * twice), so that the compensated measures of real factors serve.
 */
function embedded(A: ComplexMatrix, rows: number = A.rows, cols: number = A.cols): MatrixData {
  const length = 4 * rows * cols;
  const data = A.dtype === "f32" ? new Float32Array(length) : new Float64Array(length);
  const [below, right] = [2 * rows * cols, cols];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) {
      const { re, im } = A.at(i, j);
      const at = 2 * i * cols + j;
      data[at] = data[at + below + right] = re;
      data[at + below] = im;
      data[at + right] = -im;
    }
  return { rows: 2 * rows, cols: 2 * cols, data };
}

function twice(values: FloatArray): FloatArray {
  const both =
    values instanceof Float32Array ? new Float32Array(2 * values.length) : new Float64Array(2 * values.length);
  both.set(values);
  both.set(values, values.length);
  return both;
}

/** ‖A − U·diag(s)·Vh‖ / (‖A‖·max(m, n)·ε), in the norm of the embedding. */
export function complexResidual(A: ComplexMatrix, U: ComplexMatrix, s: FloatArray, Vh: ComplexMatrix): number {
  return 2 * residual(embedded(A), embedded(U, A.rows, s.length), twice(s), embedded(Vh, s.length, A.cols));
}

/** ‖S − V·diag(w)·Vᴴ‖ / (‖S‖·n·ε). */
export function hermitianResidual(S: ComplexMatrix, w: FloatArray, V: ComplexMatrix): number {
  return 2 * eigenResidual(embedded(S), twice(w), embedded(V));
}

/** ‖I − QᴴQ‖ / (m·ε), or ‖I − QQᴴ‖ / (n·ε) for a wide matrix. */
export function unitarity(Q: ComplexMatrix): number {
  return 2 * orthogonality(embedded(Q));
}

/** How far the entry of largest magnitude of each vector is from real and positive: 0 where the rule of phases holds. */
export function phaseFaults(vectors: ComplexMatrix, count: number): number {
  let faults = 0;
  for (let j = 0; j < count; j++) {
    const column = Array.from({ length: vectors.rows }, (_, i) => vectors.at(i, j));
    const largest = Math.max(...column.map(({ re, im }) => Math.hypot(re, im)));
    if (!column.some(({ re, im }) => im === 0 && re >= largest * (1 - 1e-6))) faults++;
  }
  return faults;
}
