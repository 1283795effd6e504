import { dense, galleryMatrix, type Dense, type GalleryMatrix, type Tag } from "../matrixData.ts";
import { PRECISION, type Dtype, type Precision } from "../precision.ts";
import { Random } from "../random.ts";
import { hadamard, hilbert, prolate } from "./entries.ts";
import { SPECTRUM_MODES, spectrum, withSingularValues, type SpectrumMode } from "./spectra.ts";

/** One class of matrices that exists in every shape. */
interface Family {
  readonly name: string;
  readonly tags?: readonly Tag[];
  readonly build: (m: number, n: number, random: Random, precision: Precision) => Dense;
}

/**
 * The matrices of every general class with m rows and n columns, for the singular value decomposition, QR, LU and
 * least squares. All entries are finite, and no largest singular value overflows. Seed and class fix every entry.
 */
export function* gallery(m: number, n: number, seed: number, dtype: Dtype = "f64"): Generator<GalleryMatrix> {
  if (m === 0 || n === 0) {
    yield galleryMatrix(
      "empty",
      dense(m, n, () => 0),
      dtype,
      [],
    );
    return;
  }
  for (const { name, tags = [], build } of FAMILIES)
    yield galleryMatrix(name, build(m, n, new Random(seed, name), PRECISION[dtype]), dtype, tags, seed);
}

const prescribed = (["1", "2", "3", "4", "5", "6"] as const).map((key): Family => {
  const mode = Number(key) as SpectrumMode;
  return {
    name: `spectrum ${SPECTRUM_MODES[mode]}`,
    build: (m, n, random, { epsilon }) =>
      withSingularValues(m, n, spectrum(mode, Math.min(m, n), 1 / epsilon, random), random),
  };
});

const simple: Family[] = [
  { name: "zero", tags: ["deficient", "repeated"], build: (m, n) => dense(m, n, () => 0) },
  { name: "identity", tags: ["bidiagonal", "repeated"], build: (m, n) => dense(m, n, (i, j) => (i === j ? 1 : 0)) },
  { name: "random", build: (m, n, random) => dense(m, n, () => random.between(-1, 1)) },
  { name: "gaussian", build: (m, n, random) => dense(m, n, () => random.gaussian()) },
  { name: "integers", build: (m, n, random) => dense(m, n, () => random.integer(19) - 9) },
  { name: "upper triangular", build: (m, n, random) => dense(m, n, (i, j) => (i <= j ? random.gaussian() : 0)) },
  { name: "lower triangular", build: (m, n, random) => dense(m, n, (i, j) => (i >= j ? random.gaussian() : 0)) },
  { name: "toeplitz", build: toeplitz },
  { name: "companion", build: companion },
  {
    name: "orthogonal",
    tags: ["repeated"],
    build: (m, n, random) => withSingularValues(m, n, new Float64Array(Math.min(m, n)).fill(1), random),
  },
  { name: "hadamard signs", tags: ["repeated"], build: (m, n) => dense(m, n, hadamard) },
  { name: "two repeated values", tags: ["repeated"], build: (m, n, random) => repeated(m, n, random) },
  {
    name: "clustered at ε",
    build: (m, n, random, { epsilon }) => withSingularValues(m, n, clusters(Math.min(m, n), epsilon, random), random),
  },
];

const diagonalAndBidiagonal: Family[] = [
  {
    name: "diagonal unsorted signed",
    tags: ["bidiagonal"],
    build: (m, n, random) => diagonal(m, n, () => random.gaussian()),
  },
  {
    name: "diagonal with zeros",
    tags: ["bidiagonal", "deficient"],
    build: (m, n) => diagonal(m, n, (i) => (i % 3 === 1 ? 0 : i + 1)),
  },
  {
    name: "bidiagonal ones",
    tags: ["bidiagonal"],
    build: (m, n) =>
      bidiagonal(
        m,
        n,
        () => 1,
        () => 1,
      ),
  },
  {
    name: "bidiagonal random",
    tags: ["bidiagonal"],
    build: (m, n, random) =>
      bidiagonal(
        m,
        n,
        () => random.gaussian(),
        () => random.gaussian(),
      ),
  },
  { name: "bidiagonal evenly spaced", tags: ["bidiagonal"], build: spacedBidiagonal(4) },
  { name: "bidiagonal geometric", tags: ["bidiagonal"], build: spacedBidiagonal(3) },
  { name: "bidiagonal clustered", tags: ["bidiagonal"], build: spacedBidiagonal(1) },
  { name: "bidiagonal log-uniform", tags: ["bidiagonal"], build: logUniformBidiagonal },
  {
    name: "lower bidiagonal log-uniform",
    build: (m, n, random, precision) => transposed(logUniformBidiagonal(n, m, random, precision)),
  },
  {
    name: "bidiagonal with zeros on the diagonal",
    tags: ["bidiagonal", "deficient"],
    build: (m, n) =>
      bidiagonal(
        m,
        n,
        (i) => (i % 4 === 2 ? 0 : 1 + i),
        () => 1,
      ),
  },
  {
    name: "bidiagonal with splits",
    tags: ["bidiagonal"],
    build: (m, n, random) =>
      bidiagonal(
        m,
        n,
        () => random.gaussian(),
        (i) => (i % 3 === 0 ? 0 : random.gaussian()),
      ),
  },
  {
    name: "bidiagonal near overflow",
    tags: ["bidiagonal", "extreme"],
    build: (m, n, random, { huge }) =>
      scaled(
        bidiagonal(
          m,
          n,
          () => random.between(-1, 1),
          () => random.between(-1, 1),
        ),
        huge / 4,
      ),
  },
  {
    name: "bidiagonal near underflow",
    tags: ["bidiagonal", "extreme"],
    build: (m, n, random, { tiny }) =>
      scaled(
        bidiagonal(
          m,
          n,
          () => random.between(-1, 1),
          () => random.between(-1, 1),
        ),
        tiny * 2 ** 20,
      ),
  },
  {
    name: "tridiagonal",
    build: (m, n, random) => dense(m, n, (i, j) => (Math.abs(i - j) <= 1 ? random.gaussian() : 0)),
  },
];

const deficient: Family[] = [
  { name: "all ones", tags: ["deficient", "repeated"], build: (m, n) => dense(m, n, () => 1) },
  { name: "rank one", tags: ["deficient", "repeated"], build: (m, n, random) => lowRank(m, n, 1, random) },
  {
    name: "half rank",
    tags: ["deficient"],
    build: (m, n, random) => lowRank(m, n, Math.ceil(Math.min(m, n) / 2), random),
  },
  {
    name: "low rank plus noise",
    build: (m, n, random) => {
      const A = lowRank(m, n, Math.ceil(Math.min(m, n) / 4), random);
      return dense(m, n, (i, j) => A.data[i * n + j] + 1e-8 * random.gaussian());
    },
  },
  {
    name: "duplicate columns",
    tags: ["deficient"],
    build: (m, n, random) => pickedColumns(m, n, random, (j) => j >> 1),
  },
  { name: "one-hot rows", tags: ["deficient", "repeated"], build: oneHot },
  {
    name: "single entry",
    tags: ["deficient", "repeated"],
    build: (m, n) => dense(m, n, (i, j) => (i === m - 1 && j === n - 1 ? -7 : 0)),
  },
  {
    name: "zero first column",
    tags: ["deficient"],
    build: (m, n, random) => dense(m, n, (_, j) => (j === 0 ? 0 : random.gaussian())),
  },
  {
    name: "zero last row and column",
    tags: ["deficient"],
    build: (m, n, random) => dense(m, n, (i, j) => (i === m - 1 || j === n - 1 ? 0 : random.gaussian())),
  },
];

const illConditioned: Family[] = [
  { name: "hilbert", build: (m, n) => dense(m, n, hilbert) },
  { name: "vandermonde", build: (m, n) => dense(m, n, (i, j) => (m > 1 ? (2 * i) / (m - 1) - 1 : 0.5) ** j) },
  { name: "kahan", build: kahan },
  {
    name: "läuchli",
    build: (m, n, _, { epsilon }) => dense(m, n, (i, j) => (i === 0 ? 1 : i === j + 1 ? Math.sqrt(epsilon) : 0)),
  },
  { name: "prolate", build: (m, n) => dense(m, n, prolate) },
  { name: "graded rows", tags: ["graded"], build: graded(1, 0) },
  { name: "graded rows ascending", tags: ["graded"], build: graded(-1, 0) },
  { name: "graded columns", tags: ["graded"], build: graded(0, 1) },
  { name: "graded columns ascending", tags: ["graded"], build: graded(0, -1) },
  { name: "graded rows and columns", tags: ["graded"], build: graded(0.5, 0.5) },
  { name: "graded rows against columns", tags: ["graded"], build: graded(0.5, -0.5) },
];

const extreme: Family[] = [
  {
    name: "evenly spaced near underflow",
    tags: ["extreme"],
    build: (m, n, random, { epsilon, tiny }) =>
      scaled(withSingularValues(m, n, spectrum(4, Math.min(m, n), 1 / epsilon, random), random), tiny / epsilon),
  },
  {
    name: "evenly spaced near overflow",
    tags: ["extreme"],
    build: (m, n, random, { epsilon, huge }) =>
      scaled(withSingularValues(m, n, spectrum(4, Math.min(m, n), 1 / epsilon, random), random), huge * epsilon),
  },
  {
    name: "gaussian near underflow",
    tags: ["extreme"],
    build: (m, n, random, { tiny }) => dense(m, n, () => tiny * random.gaussian()),
  },
  {
    name: "entries near overflow",
    tags: ["extreme"],
    build: (m, n, random, { huge }) =>
      scaled(
        dense(m, n, () => random.between(-1, 1)),
        largestSafe(m, n, huge),
      ),
  },
  {
    name: "all entries near overflow",
    tags: ["extreme", "deficient", "repeated"],
    build: (m, n, _, { huge }) => dense(m, n, () => (huge / Math.sqrt(m * n)) * 0.5),
  },
  {
    name: "subnormal",
    tags: ["subnormal", "extreme"],
    build: (m, n, random, { tiny }) => dense(m, n, () => (tiny / 64) * random.between(-1, 1)),
  },
  {
    name: "few smallest subnormals",
    tags: ["subnormal", "extreme"],
    build: (m, n, random, { least }) => dense(m, n, () => least * (random.integer(7) - 3)),
  },
  {
    name: "subnormals among ordinary",
    tags: ["subnormal"],
    build: (m, n, random, { tiny }) =>
      dense(m, n, () => (random.bits() & 1 ? random.gaussian() : (tiny / 8) * random.between(-1, 1))),
  },
  {
    name: "huge among tiny",
    tags: ["extreme"],
    build: (m, n, random, { huge, tiny }) =>
      dense(m, n, () => random.between(-1, 1) * (random.bits() & 1 ? largestSafe(m, n, huge) : tiny)),
  },
];

const FAMILIES: readonly Family[] = [
  ...simple,
  ...prescribed,
  ...diagonalAndBidiagonal,
  ...deficient,
  ...illConditioned,
  ...extreme,
];

/** A factor for entries in [−1, 1] that keeps the Frobenius norm below a quarter of the largest number, at most a twentieth. */
function largestSafe(m: number, n: number, huge: number): number {
  return Math.min(huge / 20, huge / (4 * Math.sqrt(m * n)));
}

function scaled(A: Dense, factor: number): Dense {
  return { ...A, data: A.data.map((x) => x * factor) };
}

function transposed(A: Dense): Dense {
  return dense(A.cols, A.rows, (i, j) => A.data[j * A.cols + i]);
}

function diagonal(m: number, n: number, d: (i: number) => number): Dense {
  return bidiagonal(m, n, d, () => 0);
}

function bidiagonal(m: number, n: number, d: (i: number) => number, e: (i: number) => number): Dense {
  return dense(m, n, (i, j) => (i === j ? d(i) : j === i + 1 ? e(i) : 0));
}

/** Diagonal of the given mode with condition 1/ε, superdiagonal half of it. */
function spacedBidiagonal(mode: SpectrumMode): Family["build"] {
  return (m, n, random, { epsilon }) => {
    const d = spectrum(mode, Math.min(m, n), 1 / epsilon, random);
    return bidiagonal(
      m,
      n,
      (i) => d[i],
      (i) => d[i] / 2,
    );
  };
}

/** Every entry log-uniform on [ε², ε⁻²], as LAPACK's dchkbd type 16. */
function logUniformBidiagonal(m: number, n: number, random: Random, { epsilon }: Precision): Dense {
  const limit = -2 * Math.log2(epsilon);
  const entry = (): number => random.sign() * random.powerOfTwoBetween(-limit, limit);
  return bidiagonal(m, n, entry, entry);
}

/** Rows and columns scaled geometrically from 10^g to 10^−g, g = 200 (f64) or 30 (f32) times the given shares. */
function graded(rowShare: number, colShare: number): Family["build"] {
  return (m, n, random, { huge }) => {
    const decades = huge > 1e100 ? 200 : 30;
    const place = (i: number, count: number): number => (count > 1 ? 1 - (2 * i) / (count - 1) : 0);
    return dense(m, n, (i, j) => {
      const exponent = rowShare * place(i, m) + colShare * place(j, n);
      return random.sign() * random.between(0.25, 1) * 10 ** (decades * exponent);
    });
  };
}

function toeplitz(m: number, n: number, random: Random): Dense {
  const band = Float64Array.from({ length: m + n }, () => random.gaussian());
  return dense(m, n, (i, j) => band[n + i - j]);
}

/** Companion matrix of the truncated exponential series scaled to xⁿ: first row −n!/(n−1−j)!, cut at 30 factors. */
function companion(m: number, n: number): Dense {
  const first = new Float64Array(n);
  for (let j = 0, product = 1; j < n; j++) first[j] = -(product *= j < 30 ? Math.min(n, 30) - j : 1);
  return dense(m, n, (i, j) => (i === 0 ? first[j] : i === j + 1 ? 1 : 0));
}

/** Upper triangular, κ grows exponentially with size though no pivot is tiny: diagonal sⁱ, above it −c·sⁱ, c² + s² = 1. */
function kahan(m: number, n: number): Dense {
  const [c, s] = [Math.cos(1.2), Math.sin(1.2)];
  return dense(m, n, (i, j) => (i > j ? 0 : s ** i * (i === j ? 1 : -c)));
}

function lowRank(m: number, n: number, rank: number, random: Random): Dense {
  const left = dense(m, rank, () => random.gaussian());
  const right = dense(rank, n, () => random.gaussian());
  return dense(m, n, (i, j) => {
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += left.data[i * rank + k] * right.data[k * n + j];
    return sum;
  });
}

function pickedColumns(m: number, n: number, random: Random, pick: (j: number) => number): Dense {
  const source = dense(m, n, () => random.gaussian());
  return dense(m, n, (i, j) => source.data[i * n + pick(j)]);
}

/** A single one in each row, at a random column: the indicator matrix of a categorical table. */
function oneHot(m: number, n: number, random: Random): Dense {
  const hot = Array.from({ length: m }, () => random.integer(n));
  return dense(m, n, (i, j) => (hot[i] === j ? 1 : 0));
}

/** Singular values 3, …, 3, 1, …, 1. */
function repeated(m: number, n: number, random: Random): Dense {
  const k = Math.min(m, n);
  return withSingularValues(
    m,
    n,
    Float64Array.from({ length: k }, (_, i) => (2 * i < k ? 3 : 1)),
    random,
  );
}

/** Half of the values within a few ε of 1, the others within a few ε² of ε. */
function clusters(k: number, epsilon: number, random: Random): Float64Array {
  return Float64Array.from({ length: k }, (_, i) => (2 * i < k ? 1 : epsilon) * (1 + random.integer(5) * epsilon));
}
