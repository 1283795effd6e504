import type { SvdMethod } from "./choose.ts";

/** Flops of the stages of a decomposition by way of a bidiagonal matrix, to leading order. */
export interface SvdWork {
  readonly reduce: number;
  readonly diagonalize: number;
  readonly back: number;
}

/** For A of m × n, m ≥ n, where U is m × cols; cols is 0 for values alone. */
export function svdWork(m: number, n: number, method: SvdMethod, cols: number): SvdWork {
  const divide = method === "divide-and-conquer";
  const reduce = 4 * n * n * (m - n / 3);
  if (cols === 0) return { reduce, diagonalize: 15 * n * n, back: 0 };
  return {
    reduce,
    diagonalize: (divide ? 8 / 3 : 12) * n ** 3,
    back: 4 * n * cols * (m - n / 2) + 2 * n ** 3,
  };
}
