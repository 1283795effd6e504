import { tuning } from "../tuning.ts";

/** Methods of `eigh` and `eigvalsh`. */
export type EighMethod = "divide-and-conquer" | "ql";

/** Every method, in the order in which one follows another that failed. */
export const EIGH_METHODS: readonly EighMethod[] = ["divide-and-conquer", "ql"];

/**
 * The methods to try, the best first, for order n.
 *
 * Divide and conquer turns the vectors by matrix products, where QL iteration turns them by rotations: it wins as soon
 * as there is something to divide. Without vectors QL iteration does a small part of its work.
 */
export function chooseEigh(n: number, vectors: boolean, method: EighMethod | "auto"): EighMethod[] {
  const first = method === "auto" ? (vectors && n > tuning.divideLeaf ? "divide-and-conquer" : "ql") : method;
  return [first, ...EIGH_METHODS.filter((other) => other !== first)];
}
