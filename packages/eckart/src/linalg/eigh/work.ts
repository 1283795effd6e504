/** Flops of the stages of a symmetric eigenproblem of order n, to leading order. */
export function eighWork(
  n: number,
  vectors: boolean,
  divide: boolean,
): { readonly reduce: number; readonly diagonalize: number; readonly back: number } {
  const reduce = (4 / 3) * n ** 3;
  if (!vectors) return { reduce, diagonalize: 30 * n * n, back: 0 };
  return { reduce, diagonalize: (divide ? 4 / 3 : 6) * n ** 3, back: 2 * n ** 3 };
}
