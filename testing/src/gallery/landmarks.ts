import { dense, galleryMatrix, type Dense, type GalleryMatrix, type Tag } from "../matrixData.ts";
import { PRECISION, type Dtype } from "../precision.ts";
import { Random } from "../random.ts";
import { hadamard } from "./entries.ts";

/**
 * Matrices of fixed size that have broken a decomposition somewhere, or that textbooks keep for being hard. The
 * source of each is beside it.
 */
export function* landmarks(dtype: Dtype = "f64"): Generator<GalleryMatrix> {
  const { huge, epsilon, tiny } = PRECISION[dtype];
  const yielded = (family: string, A: Dense, ...tags: Tag[]): GalleryMatrix => galleryMatrix(family, A, dtype, tags);

  // Rank one with an exact zero: numeric.js answers [0, NaN].
  yield yielded(
    "[[1, 2], [2, 4]]",
    rows([
      [1, 2],
      [2, 4],
    ]),
    "deficient",
  );
  // The worked examples of the lesson.
  yield yielded(
    "[[3, 2, 2], [2, 3, −2]]",
    rows([
      [3, 2, 2],
      [2, 3, -2],
    ]),
  );
  yield yielded(
    "[[3, 0], [4, 5]]",
    rows([
      [3, 0],
      [4, 5],
    ]),
  );
  yield yielded(
    "shear",
    rows([
      [1, 1],
      [0, 1],
    ]),
    "bidiagonal",
  );
  // Every singular value is √8 and every eigenvalue ±√8: mpmath's eigensolver fails on it.
  yield yielded("hadamard", dense(8, 8, hadamard), "repeated");
  // Ten equal blocks, so each of 3, 3, 1, 1 ten times over: Eigen's divide and conquer returns other values.
  yield yielded("repeated blocks", repeatedBlocks(), "repeated");
  // Singular and far from normal: eigenvalues 0, ±1, ±2, ±4 with nearly parallel vectors (Godunov).
  yield yielded("godunov", rows(GODUNOV), "deficient");
  // 1 over the coefficients of the exponential series; from n = 26 on, LAPACK's dgesdd has returned wrong small values.
  yield yielded("exponential companion 20", exponentialCompanion(20));
  yield yielded("exponential companion 30", exponentialCompanion(30));
  // Pairs of eigenvalues that agree to 14 digits without being equal (Wilkinson).
  yield yielded(
    "wilkinson W21+",
    wilkinson(21, 1, () => 1),
    "tridiagonal",
  );
  for (const glue of [1e-4, 1e-8, 1e-15])
    yield yielded(
      `glued wilkinson ${glue}`,
      wilkinson(21, 5, () => glue),
      "tridiagonal",
    );
  // 94 or more indicator columns: ml-matrix does not return.
  const random = new Random(94, "one-hot");
  const category = Array.from({ length: 200 }, () => random.integer(94));
  yield yielded(
    "one-hot 94",
    dense(200, 94, (i, j) => (category[i] === j ? 1 : 0)),
    "deficient",
    "repeated",
  );
  yield yielded(
    "one-hot 94 wide",
    dense(94, 200, (i, j) => (category[j] === i ? 1 : 0)),
    "deficient",
    "repeated",
  );
  // Zeros: jsfeat hangs on 10×8 and returns no orthonormal U for 6×6.
  yield yielded(
    "zeros",
    dense(10, 8, () => 0),
    "deficient",
    "repeated",
  );
  // A zero on the diagonal that must split the bidiagonal; graded ones over 38 decades.
  yield yielded("bidiagonal d₃ = 0", bidiagonal([1, 1, 0, 1, 1], [1, 1, 1, 1]), "bidiagonal", "deficient");
  yield yielded("bidiagonal d₅ = 0", bidiagonal([1, 1, 1, 1, 0], [1, 1, 1, 1]), "bidiagonal", "deficient");
  yield yielded("bidiagonal zero diagonal", bidiagonal([0, 0, 0, 0, 0], [1, 2, 3, 4]), "bidiagonal", "deficient");
  const steps = Array.from({ length: 20 }, (_, i) => 10 ** (-2 * i + 1));
  yield yielded("bidiagonal graded down", bidiagonal(steps, steps.slice(1)), "bidiagonal", "graded");
  yield yielded(
    "bidiagonal graded up",
    bidiagonal(steps.toReversed(), steps.toReversed().slice(1)),
    "bidiagonal",
    "graded",
  );
  // Nearly singular though every entry is about 1: the smallest value falls like 2^−n.
  yield yielded(
    "bidiagonal 1, −2",
    dense(30, 30, (i, j) => (i === j ? 1 : j === i + 1 ? -2 : 0)),
    "bidiagonal",
  );
  // Three by three with a first entry near the largest number (Eigen), and its mirror near the smallest.
  yield yielded(
    "near overflow",
    rows(
      [
        [0.05, 0.02, -0.01],
        [0.01, 0.04, 0.03],
        [-0.02, 0.01, 0.05],
      ].map((r) => r.map((x) => x * huge)),
    ),
    "extreme",
  );
  yield yielded(
    "near underflow",
    rows(
      [
        [5, 2, -1],
        [1, 4, 3],
        [-2, 1, 5],
      ].map((r) => r.map((x) => x * tiny)),
    ),
    "extreme",
  );
  // Largest and smallest number in one matrix.
  yield yielded(
    "full range",
    rows([
      [huge / 4, 0, 1],
      [0, tiny, epsilon],
      [1, epsilon, 0],
    ]),
    "extreme",
    "graded",
  );
  // Jordan block of eigenvalue 0: one zero singular value, all others 1.
  yield yielded(
    "jordan block",
    dense(12, 12, (i, j) => (j === i + 1 ? 1 : 0)),
    "bidiagonal",
    "deficient",
    "repeated",
  );
  yield yielded(
    "permutation",
    dense(9, 9, (i, j) => ((i * 2) % 9 === j ? 1 : 0)),
    "repeated",
  );
}

const GODUNOV: readonly (readonly number[])[] = [
  [289, 2064, 336, 128, 80, 32, 16],
  [1152, 30, 1312, 512, 288, 128, 32],
  [-29, -2000, 756, 384, 1008, 224, 48],
  [512, 128, 640, 0, 640, 512, 128],
  [1053, 2256, -504, -384, -756, 800, 208],
  [-287, -16, 1712, -128, 1968, -30, 2032],
  [-2176, -287, -1565, -512, -541, -1152, -289],
];

function rows(entries: readonly (readonly number[])[]): Dense {
  return dense(entries.length, entries[0].length, (i, j) => entries[i][j]);
}

function bidiagonal(d: readonly number[], e: readonly number[]): Dense {
  return dense(d.length, d.length, (i, j) => (i === j ? d[i] : j === i + 1 ? e[i] : 0));
}

function repeatedBlocks(): Dense {
  const block = [
    [2, 1, 0, 0],
    [1, 2, 0, 0],
    [0, 0, 3, 0],
    [0, 0, 0, 1],
  ];
  return dense(40, 40, (i, j) => (i >> 2 === j >> 2 ? block[i & 3][j & 3] : 0));
}

/** First row −n!/(n−1)!, …, −n!/0!, ones below the diagonal: the monic polynomial n!·Σ xᵏ/k!. */
function exponentialCompanion(n: number): Dense {
  const first: number[] = [];
  for (let j = 0, product = 1; j < n; j++) first.push(-(product *= n - j));
  return dense(n, n, (i, j) => (i === 0 ? first[j] : i === j + 1 ? 1 : 0));
}

/** `copies` Wilkinson matrices W⁺ of the given order along the diagonal, neighbours joined by glue(). */
function wilkinson(order: number, copies: number, glue: () => number): Dense {
  const n = order * copies;
  const off = (i: number): number => (i % order === order - 1 ? glue() : 1);
  return dense(n, n, (i, j) => {
    if (i === j) return Math.abs((i % order) - (order - 1) / 2);
    return Math.abs(i - j) === 1 ? off(Math.min(i, j)) : 0;
  });
}
