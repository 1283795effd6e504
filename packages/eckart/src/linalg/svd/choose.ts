import { tuning } from "../tuning.ts";

/** Methods of `svd` and `svdvals`. */
export type SvdMethod = "golub-kahan" | "divide-and-conquer" | "jacobi";

/** Every method, the order in which one follows another that failed. */
export const SVD_METHODS: readonly SvdMethod[] = ["divide-and-conquer", "golub-kahan", "jacobi"];

/**
 * The methods to try, the best first, for n columns (n ≤ m).
 *
 * Divide and conquer turns the vectors by matrix products, where QR iteration turns them by rotations: it wins as soon
 * as there is something to divide. Its values err by a few ε·σ₁ at any n, where those of QR iteration walk off slowly
 * (3 against 45 ε·σ₁ at n = 250). A bidiagonal matrix determines its singular values to full relative accuracy, and
 * only QR iteration keeps it, so no other comes first.
 */
export function chooseSvd(n: number, bidiagonal: boolean, method: SvdMethod | "auto"): SvdMethod[] {
  if (bidiagonal) return ["golub-kahan", "jacobi"];
  const first = method !== "auto" ? method : n > tuning.divideLeaf ? "divide-and-conquer" : "golub-kahan";
  return [first, ...SVD_METHODS.filter((other) => other !== first)];
}
