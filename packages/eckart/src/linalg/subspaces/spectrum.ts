// What rank, pinv, lstsq, nullSpace and orth share: the decomposition of A, raised from near underflow, so that they
// agree on the rank where the singular values of A itself would be rounded to a few subnormal numbers.
import type { Matrix } from "../../matrix/matrix.ts";
import { largestFinite } from "../../matrix/input.ts";
import { scaledBy, workingScale } from "../parts/scaling.ts";
import { svd, svdvals, type Svd } from "../svd/svd.ts";
import { numericalRank, type Tolerance } from "../tolerance.ts";

/** The decomposition of Â = A·2^exponent. */
export interface Spectrum extends Svd {
  readonly scaled: Matrix;
  readonly exponent: number;
  /** How many singular values count. */
  readonly r: number;
}

/** Decomposes A and applies the rule for zero, errors in the name of `where`. */
export function spectrumOf(where: string, A: Matrix, tolerance: Tolerance, full = false): Spectrum {
  const { scaled, exponent } = workingCopy(where, A);
  const F = svd(scaled, { full });
  return { ...F, scaled, exponent, r: numericalRank(F.s, A.rows, A.cols, tolerance, 2 ** exponent) };
}

/** The numerical rank of A. */
export function rankOf(where: string, A: Matrix, tolerance: Tolerance): number {
  const { scaled, exponent } = workingCopy(where, A);
  return numericalRank(svdvals(scaled), A.rows, A.cols, tolerance, 2 ** exponent);
}

/** A itself, or raised from near underflow; large entries need no such care. */
function workingCopy(where: string, A: Matrix): Pick<Spectrum, "scaled" | "exponent"> {
  const exponent = Math.max(0, Math.log2(workingScale(A.dtype, largestFinite(where, A))));
  return { scaled: scaledBy(A, exponent), exponent };
}
