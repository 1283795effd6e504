/** Rows and columns. */
export type Shape = readonly [rows: number, cols: number];

/** Block sizes and cut-offs at which a blocked implementation may change its path. */
export const BLOCK_SIZES: readonly number[] = [8, 16, 24, 25, 32, 48, 64, 96, 128];

/** Orders 0, 1, 2, 3, 5 and b − 1, b, b + 1 for every block size b, ascending. */
export function orders(blocks: readonly number[] = BLOCK_SIZES): number[] {
  return [...new Set([0, 1, 2, 3, 5, ...blocks.flatMap((b) => [b - 1, b, b + 1])])].toSorted((a, b) => a - b);
}

/**
 * Shapes on which to test a decomposition: empty ones, single rows and columns, small ones, squares around every block
 * size, one step off square around it, wide, tall (where QR goes first) and very tall.
 */
export function shapes(blocks: readonly number[] = BLOCK_SIZES): Shape[] {
  const largest = Math.max(...blocks);
  const all: Shape[] = [
    ...orders(blocks).map((n): Shape => [n, n]),
    ...([
      [0, 3],
      [3, 0],
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 1],
      [1, 7],
      [7, 1],
      [2, 3],
      [3, 2],
      [4, 5],
      [10, 8],
      [8, 10],
    ] as const),
    ...blocks.flatMap((b): Shape[] => [
      [b + 1, b],
      [b, b + 1],
      [2 * b, b - 1],
      [b + 1, 2 * b + 3],
    ]),
    [3 * largest, 1],
    [1, 3 * largest],
    [3 * largest, 5],
    [5, 3 * largest],
    [3 * largest, 20],
    [20, 3 * largest],
  ];
  return [...new Map(all.map((shape) => [shape.join("×"), shape])).values()];
}

/** `shapes` around the default block sizes. */
export const SHAPES: readonly Shape[] = shapes();
