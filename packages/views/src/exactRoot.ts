import { typeset } from "./numerals.ts";

/** What the entries of a matrix are multiplied by until they are whole. */
const DENOMINATORS = [1, 2, 4, 5, 10, 20, 50, 100];

/**
 * A singular value in exact form, as `√45`, `√13/2` or `2.5`, where it is the square root of a fraction: the entries of
 * A, read as decimals of at most two places, make a Gram matrix of whole numbers, and the square is proved to be one of
 * its eigenvalues. Undefined where it is none, or where A has other entries or more than three columns and rows.
 */
export function exactRoot(A: readonly (readonly number[])[], sigma: number): string | undefined {
  const isWhole = (x: number): boolean => Math.abs(x - Math.round(x)) < 1e-9 && Math.abs(x) < 1e7;
  const denominator = DENOMINATORS.find((d) => A.every((row) => row.every((x) => isWhole(d * x))));
  if (denominator === undefined) return undefined;
  const whole = A.map((row) => row.map((x) => BigInt(Math.round(denominator * x))));
  const vectors = whole.length < whole[0]!.length ? whole : whole[0]!.map((_, j) => whole.map((row) => row[j]!));
  const square = Math.round((denominator * sigma) ** 2);
  if (vectors.length > 3 || !Number.isSafeInteger(square)) return undefined;
  const shifted = vectors.map((a, i) =>
    vectors.map((b, j) => a.reduce((sum, x, k) => sum + x * b[k]!, i === j ? -BigInt(square) : 0n)),
  );
  if (determinant(shifted) !== 0n) return undefined;
  const root = Math.sqrt(square);
  if (Number.isInteger(root)) return typeset(String(Number((root / denominator).toFixed(6))));
  let [radicand, below] = [square, denominator];
  for (const p of [2, 2, 5, 5]) {
    if (below % p === 0 && radicand % (p * p) === 0) [radicand, below] = [radicand / (p * p), below / p];
  }
  return below === 1 ? `√${radicand}` : `√${radicand}/${below}`;
}

/** By the first row; up to 3 × 3. */
function determinant(rows: readonly (readonly bigint[])[]): bigint {
  const [first, ...others] = rows;
  if (!first) return 1n;
  return first.reduce((sum, x, j) => {
    const minor = determinant(others.map((row) => row.filter((_, k) => k !== j)));
    return sum + (j % 2 === 0 ? x : -x) * minor;
  }, 0n);
}
