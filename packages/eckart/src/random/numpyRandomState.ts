import { Matrix } from "../matrix/matrix.ts";
import { checkInteger, checkSize } from "../options.ts";
import { bounded, checkRange, checkSeed, normalDraws, shuffled, uniform } from "./draws.ts";
import { MersenneTwister } from "./mersenneTwister.ts";

/** NumPy's legacy `RandomState`: the stream of `np.random.seed(seed)` and what follows. */
export interface NumpyRandomState {
  /** One uniform number in [0, 1), as `np.random.rand()`. */
  rand(): number;
  /** n of them. */
  rand(n: number): Float64Array;
  /** An m × n matrix of them, filled row by row. */
  rand(m: number, n: number): Matrix;
  /** One standard normal number, as `np.random.randn()`. */
  randn(): number;
  /** n of them. */
  randn(n: number): Float64Array;
  /** An m × n matrix of them, filled row by row. */
  randn(m: number, n: number): Matrix;
  /** One whole number from 0 to high − 1, as `np.random.randint(high)`. */
  randint(high: number): number;
  /** One whole number from low to high − 1, as `np.random.randint(low, high)`. */
  randint(low: number, high: number): number;
  /** n of them. */
  randint(low: number, high: number, n: number): Float64Array;
  /** An m × n matrix of them, filled row by row, as `np.random.randint(low, high, (m, n))`. */
  randint(low: number, high: number, m: number, n: number): Matrix;
  /** 0 … n−1 in random order, as `np.random.permutation(n)`. */
  permutation(n: number): Int32Array;
}

/**
 * The random numbers of NumPy's legacy generator, `np.random.seed(seed)` or `np.random.RandomState(seed)`: MT19937,
 * doubles of 53 bits, normals by the polar method.
 *
 * Uniform numbers, whole numbers and permutations are NumPy's to the last bit. Normals may differ from it in the last
 * place, where the C library's logarithm rounds otherwise than `Math.log`.
 *
 * @param seed  a whole number from 0 to 2³² − 1.
 * @throws OptionError  another seed, a negative size or an empty range.
 * @example
 * numpyRandomState(42).randn(2, 2); // [[0.49671415, -0.1382643], [0.64768854, 1.52302986]]
 */
export function numpyRandomState(seed: number): NumpyRandomState {
  checkSeed("numpyRandomState", seed);
  const twister = new MersenneTwister(seed);
  const word = (): number => twister.word();
  const normal = normalDraws(word);
  const fill = (where: string, draw: () => number, m?: number, n?: number): number | Float64Array | Matrix => {
    if (m === undefined) return draw();
    checkInteger(where, "size", m, 0);
    checkInteger(where, "size", n, 0);
    const values = Float64Array.from({ length: m * (n ?? 1) }, draw);
    return n === undefined ? values : Matrix.wrap(values, [m, n]);
  };
  return {
    rand: (m?: number, n?: number) => fill("rand", () => uniform(word), m, n) as never,
    randn: (m?: number, n?: number) => fill("randn", normal, m, n) as never,
    randint: (first: number, second?: number, m?: number, n?: number) => {
      const [low, high] = second === undefined ? [0, first] : [first, second];
      checkRange("randint", low, high);
      return fill("randint", () => low + bounded(word, high - 1 - low), m, n) as never;
    },
    permutation: (n) => {
      checkSize("permutation", "n", n);
      return shuffled(word, n);
    },
  };
}
