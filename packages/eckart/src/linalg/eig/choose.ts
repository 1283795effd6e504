import { tuning } from "../tuning.ts";

/** Methods of `eig` and `eigvals`. */
export type EigMethod = "multishift" | "double-shift";

/** Every method, in the order in which one follows another that failed. */
export const EIG_METHODS: readonly EigMethod[] = ["multishift", "double-shift"];

/**
 * The methods to try, the best first, for order n: many shifts turn rows and columns by matrix products and find
 * eigenvalues early, which pays as soon as a chain of bulges has room.
 */
export function chooseEig(n: number, method: EigMethod | "auto"): EigMethod[] {
  const first = method === "auto" ? (n > tuning.doubleShift ? "multishift" : "double-shift") : method;
  return [first, ...EIG_METHODS.filter((other) => other !== first)];
}
