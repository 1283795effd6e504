// A⁺ = Vᵣ·diag(1/σᵢ)·Uᵣᵀ over the r singular values that count.
import type { Matrix } from "../../matrix/matrix.ts";
import { multiply } from "../../matrix/product.ts";
import { exponentOf, timesPowerOfTwo } from "../parts/scaling.ts";
import type { Spectrum } from "../subspaces/spectrum.ts";

/**
 * X = Vᵣ·diag(2^shift/σᵢ)·C for C = Uᵣᵀ·B, r × k, which is overwritten: Â⁺·B = X·2^−shift. The power of two belongs to
 * the smallest σ that counts, so no quotient overflows.
 */
export function divideSpectrum({ s, V, r }: Spectrum, C: Matrix): { X: Matrix; shift: number } {
  const shift = r > 0 ? exponentOf(s[r - 1]) : 0;
  for (let i = 0; i < r; i++) {
    const sigma = timesPowerOfTwo(s[i], -shift);
    for (let j = 0; j < C.cols; j++) C.data[i * C.cols + j] /= sigma;
  }
  return { X: multiply(V.slice(0, V.rows, 0, r), C), shift };
}
