import { dense, galleryMatrix, type Dense, type GalleryMatrix, type Tag } from "../matrixData.ts";
import { PRECISION, type Dtype, type Precision } from "../precision.ts";
import { Random } from "../random.ts";
import { hadamard } from "./entries.ts";

interface Landmark {
  readonly name: string;
  readonly tags?: readonly Tag[];
  readonly build: (precision: Precision) => Dense;
}

/**
 * Matrices of fixed size that have broken a decomposition somewhere, or that textbooks keep for being hard. What each
 * is known for stands beside it in the source.
 */
export function* landmarks(dtype: Dtype = "f64"): Generator<GalleryMatrix> {
  for (const { name, tags = [], build } of LANDMARKS) yield galleryMatrix(name, build(PRECISION[dtype]), dtype, tags);
}

const small: Landmark[] = [
  // Rank one with an exact zero: numeric.js answers [0, NaN].
  { name: "[[1, 2], [2, 4]]", tags: ["deficient"], build: () => rows("1 2; 2 4") },
  { name: "[[3, 2, 2], [2, 3, -2]]", build: () => rows("3 2 2; 2 3 -2") },
  { name: "[[3, 0], [4, 5]]", build: () => rows("3 0; 4 5") },
  { name: "shear", tags: ["bidiagonal"], build: () => rows("1 1; 0 1") },
  // Three by three at both ends of the range.
  {
    name: "3×3 near overflow",
    tags: ["extreme"],
    build: ({ huge }) => scaled(rows("5 2 -1; 1 4 3; -2 1 5"), huge / 100),
  },
  { name: "3×3 near underflow", tags: ["extreme"], build: ({ tiny }) => scaled(rows("5 2 -1; 1 4 3; -2 1 5"), tiny) },
  {
    name: "3×3 of the full range",
    tags: ["extreme", "graded"],
    build: ({ huge, tiny, epsilon }) => rows(`${huge / 4} 0 1; 0 ${tiny} ${epsilon}; 1 ${epsilon} 0`),
  },
  // Singular and far from normal: eigenvalues 0, ±1, ±2, ±4 with nearly parallel vectors (Godunov).
  {
    name: "godunov",
    tags: ["deficient"],
    build: () =>
      rows(`
        289 2064 336 128 80 32 16;
        1152 30 1312 512 288 128 32;
        -29 -2000 756 384 1008 224 48;
        512 128 640 0 640 512 128;
        1053 2256 -504 -384 -756 800 208;
        -287 -16 1712 -128 1968 -30 2032;
        -2176 -287 -1565 -512 -541 -1152 -289`),
  },
];

const repeated: Landmark[] = [
  // Every singular value is √8 and every eigenvalue ±√8: mpmath's eigensolver fails on it.
  { name: "hadamard", tags: ["repeated"], build: () => dense(8, 8, hadamard) },
  // 3, 3, 1, 1 ten times over: Eigen's divide and conquer returns other values and reports success.
  {
    name: "repeated blocks",
    tags: ["repeated"],
    build: () => {
      const block = rows("2 1 0 0; 1 2 0 0; 0 0 3 0; 0 0 0 1").data;
      return dense(40, 40, (i, j) => (i >> 2 === j >> 2 ? block[4 * (i & 3) + (j & 3)] : 0));
    },
  },
  { name: "permutation", tags: ["repeated"], build: () => dense(9, 9, (i, j) => ((2 * i) % 9 === j ? 1 : 0)) },
  // One zero singular value, all others 1; the only eigenvalue is 0 with a single vector.
  {
    name: "jordan block",
    tags: ["bidiagonal", "deficient", "repeated"],
    build: () => dense(12, 12, (i, j) => (j === i + 1 ? 1 : 0)),
  },
  // jsfeat does not return.
  { name: "zeros 10×8", tags: ["deficient", "repeated"], build: () => dense(10, 8, () => 0) },
  // 94 or more indicator columns: ml-matrix does not return.
  { name: "one-hot 200×94", tags: ["deficient", "repeated"], build: () => oneHot() },
  { name: "one-hot 94×200", tags: ["deficient", "repeated"], build: () => transposed(oneHot()) },
  // Pairs of eigenvalues that agree to 14 digits without being equal, and clusters of five such pairs.
  { name: "wilkinson", tags: ["tridiagonal"], build: () => wilkinson(1, 0) },
  ...[1e-4, 1e-8, 1e-15].map((glue): Landmark => ({
    name: `wilkinson glued by ${glue}`,
    tags: ["tridiagonal"],
    build: () => wilkinson(5, glue),
  })),
];

const bidiagonalAndGraded: Landmark[] = [
  // From order 26 on, LAPACK's divide and conquer has returned small values wrong by many orders of magnitude.
  { name: "exponential companion 20", build: () => companion(20) },
  { name: "exponential companion 30", build: () => companion(30) },
  ...[[2], [4], [0, 1, 2, 3, 4]].map((zeros): Landmark => ({
    name: `bidiagonal zero at ${zeros.join()}`,
    tags: ["bidiagonal", "deficient"],
    build: () =>
      bidiagonal(
        5,
        (i) => (zeros.includes(i) ? 0 : 1),
        (i) => i + 1,
      ),
  })),
  {
    name: "bidiagonal graded down",
    tags: ["bidiagonal", "graded"],
    build: () =>
      bidiagonal(
        19,
        (i) => 10 ** (1 - 2 * i),
        (i) => 10 ** (-1 - 2 * i),
      ),
  },
  {
    name: "bidiagonal graded up",
    tags: ["bidiagonal", "graded"],
    build: () =>
      bidiagonal(
        19,
        (i) => 10 ** (2 * i - 35),
        (i) => 10 ** (2 * i - 33),
      ),
  },
  // Every entry of order 1, and yet the smallest singular value is 2⁻³⁰.
  {
    name: "bidiagonal 1, -2",
    tags: ["bidiagonal"],
    build: () =>
      bidiagonal(
        30,
        () => 1,
        () => -2,
      ),
  },
];

const LANDMARKS: readonly Landmark[] = [...small, ...repeated, ...bidiagonalAndGraded];

/** "1 2; 3 4" */
function rows(text: string): Dense {
  const entries = text.split(";").map((row) => row.trim().split(/\s+/).map(Number));
  return dense(entries.length, entries[0].length, (i, j) => entries[i][j]);
}

function scaled(A: Dense, factor: number): Dense {
  return { ...A, data: A.data.map((x) => x * factor) };
}

function transposed(A: Dense): Dense {
  return dense(A.cols, A.rows, (i, j) => A.data[j * A.cols + i]);
}

function bidiagonal(n: number, d: (i: number) => number, e: (i: number) => number): Dense {
  return dense(n, n, (i, j) => (i === j ? d(i) : j === i + 1 ? e(i) : 0));
}

function oneHot(): Dense {
  const random = new Random(94, "one-hot");
  const hot = Array.from({ length: 200 }, () => random.integer(94));
  return dense(200, 94, (i, j) => (hot[i] === j ? 1 : 0));
}

/** First row −n!/(n−1)!, …, −n!/0!, ones below the diagonal: the monic polynomial n!·Σ xᵏ/k!. */
function companion(n: number): Dense {
  const first: number[] = [];
  for (let j = 0, product = 1; j < n; j++) first.push(-(product *= n - j));
  return dense(n, n, (i, j) => (i === 0 ? first[j] : i === j + 1 ? 1 : 0));
}

/** `copies` Wilkinson matrices W⁺ of order 21 along the diagonal, neighbours joined by `glue`. */
function wilkinson(copies: number, glue: number): Dense {
  const join = (i: number): number => (i % 21 === 20 ? glue : 1);
  return dense(21 * copies, 21 * copies, (i, j) => {
    if (i === j) return Math.abs((i % 21) - 10);
    return Math.abs(i - j) === 1 ? join(Math.min(i, j)) : 0;
  });
}
