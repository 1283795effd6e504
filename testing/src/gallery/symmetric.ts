import { dense, galleryMatrix, type Dense, type GalleryMatrix, type Tag } from "../matrixData.ts";
import { PRECISION, type Dtype, type Precision } from "../precision.ts";
import { Random } from "../random.ts";
import { hadamard, hilbert, prolate } from "./entries.ts";
import { SPECTRUM_MODES, spectrum, withEigenvalues, type SpectrumMode } from "./spectra.ts";

interface Family {
  readonly name: string;
  readonly tags?: readonly Tag[];
  readonly build: (n: number, random: Random, precision: Precision) => Dense;
}

/**
 * The matrices of every symmetric class of order n, exactly symmetric, for the symmetric eigenvalue problem. Those
 * that carry the tag "definite" have a Cholesky factor in their element type.
 */
export function* symmetricGallery(n: number, seed: number, dtype: Dtype = "f64"): Generator<GalleryMatrix> {
  if (n === 0) {
    yield galleryMatrix(
      "empty",
      dense(0, 0, () => 0),
      dtype,
      [],
    );
    return;
  }
  for (const { name, tags = [], build } of FAMILIES)
    yield galleryMatrix(name, build(n, new Random(seed, name), PRECISION[dtype]), dtype, tags, seed);
}

/** The matrices of `symmetricGallery` that are safely positive definite. */
export function* positiveDefiniteGallery(n: number, seed: number, dtype: Dtype = "f64"): Generator<GalleryMatrix> {
  for (const A of symmetricGallery(n, seed, dtype)) if (n === 0 || A.tags.includes("definite")) yield A;
}

const modes = (["1", "2", "3", "4", "5", "6"] as const).map((key) => Number(key) as SpectrumMode);

const prescribed: Family[] = modes.flatMap((mode): Family[] => [
  {
    name: `definite ${SPECTRUM_MODES[mode]}`,
    tags: ["definite"],
    build: (n, random, { epsilon }) => {
      const least = 100 * n * epsilon;
      return withEigenvalues(
        spectrum(mode, n, 1 / least, random).map((x) => Math.max(x, least)),
        random,
      );
    },
  },
  {
    name: `indefinite ${SPECTRUM_MODES[mode]}`,
    tags: ["indefinite"],
    build: (n, random, { epsilon }) =>
      withEigenvalues(
        spectrum(mode, n, 1 / epsilon, random).map((x) => x * random.sign()),
        random,
      ),
  },
]);

const simple: Family[] = [
  { name: "zero", tags: ["tridiagonal", "repeated"], build: (n) => dense(n, n, () => 0) },
  {
    name: "identity",
    tags: ["tridiagonal", "repeated", "definite"],
    build: (n) => dense(n, n, (i, j) => (i === j ? 1 : 0)),
  },
  {
    name: "diagonal unsorted signed",
    tags: ["tridiagonal"],
    build: (n, random) =>
      tridiagonal(
        n,
        () => random.gaussian(),
        () => 0,
      ),
  },
  { name: "gaussian", build: (n, random) => symmetric(n, () => random.gaussian()) },
  { name: "integers", build: (n, random) => symmetric(n, () => random.integer(19) - 9) },
  { name: "zero diagonal", build: (n, random) => symmetric(n, (i, j) => (i === j ? 0 : random.gaussian())) },
  { name: "arrow", build: (n, random) => symmetric(n, (i, j) => (j === 0 ? random.gaussian() : i === j ? i : 0)) },
  {
    name: "arrow to the end",
    build: (n, random) => symmetric(n, (i, j) => (i === n - 1 ? random.gaussian() : i === j ? i : 0)),
  },
  {
    name: "path",
    tags: ["tridiagonal"],
    build: (n) =>
      tridiagonal(
        n,
        () => 0,
        () => 1,
      ),
  },
  { name: "cycle", tags: ["repeated"], build: (n) => symmetric(n, (i, j) => (i - j === 1 || i - j === n - 1 ? 1 : 0)) },
  { name: "complete graph", tags: ["repeated"], build: (n) => symmetric(n, (i, j) => (i === j ? 0 : 1)) },
  { name: "all ones", tags: ["repeated", "deficient"], build: (n) => symmetric(n, () => 1) },
  { name: "rank two indefinite", tags: ["deficient", "repeated"], build: rankTwo },
  { name: "signs", tags: ["repeated"], build: (n) => symmetric(n, hadamard) },
  { name: "saddle point", tags: ["indefinite", "repeated"], build: saddlePoint },
  {
    name: "reflector",
    tags: ["repeated", "indefinite"],
    build: (n, random) => withEigenvalues(new Float64Array(n).fill(1).fill(-1, 0, 1), random),
  },
  {
    name: "clustered at ε",
    build: (n, random, { epsilon }) =>
      withEigenvalues(
        Float64Array.from({ length: n }, () => 1 + random.integer(4) * epsilon),
        random,
      ),
  },
];

const tridiagonals: Family[] = [
  {
    name: "second difference",
    tags: ["tridiagonal", "definite"],
    build: (n) =>
      tridiagonal(
        n,
        () => 2,
        () => -1,
      ),
  },
  {
    name: "clement",
    tags: ["tridiagonal"],
    build: (n) =>
      tridiagonal(
        n,
        () => 0,
        (i) => Math.sqrt((i + 1) * (n - 1 - i)),
      ),
  },
  {
    name: "wilkinson",
    tags: ["tridiagonal"],
    build: (n) =>
      tridiagonal(
        n,
        (i) => Math.abs(i - (n - 1) / 2),
        () => 1,
      ),
  },
  {
    name: "legendre",
    tags: ["tridiagonal"],
    build: (n) =>
      tridiagonal(
        n,
        () => 0,
        (i) => (i + 1) / Math.sqrt((2 * i + 1) * (2 * i + 3)),
      ),
  },
  {
    name: "hermite",
    tags: ["tridiagonal"],
    build: (n) =>
      tridiagonal(
        n,
        () => 0,
        (i) => Math.sqrt(i + 1),
      ),
  },
  {
    name: "laguerre",
    tags: ["tridiagonal"],
    build: (n) =>
      tridiagonal(
        n,
        (i) => 2 * i + 1,
        (i) => i + 1,
      ),
  },
  {
    name: "tridiagonal random",
    tags: ["tridiagonal"],
    build: (n, random) =>
      tridiagonal(
        n,
        () => random.gaussian(),
        () => random.gaussian(),
      ),
  },
  {
    name: "tridiagonal with splits",
    tags: ["tridiagonal"],
    build: (n, random) =>
      tridiagonal(
        n,
        () => random.gaussian(),
        (i) => (i % 3 === 0 ? 0 : random.gaussian()),
      ),
  },
  {
    name: "tridiagonal geometric",
    tags: ["tridiagonal"],
    build: (n, random, { epsilon }) => {
      const d = spectrum(3, n, 1 / epsilon, random);
      return tridiagonal(
        n,
        (i) => d[i],
        (i) => d[i] / 2,
      );
    },
  },
  {
    name: "tridiagonal log-uniform",
    tags: ["tridiagonal"],
    build: (n, random, { epsilon }) => {
      const entry = (): number =>
        random.sign() * random.powerOfTwoBetween(2 * Math.log2(epsilon), -2 * Math.log2(epsilon));
      return tridiagonal(n, entry, entry);
    },
  },
  { name: "glued wilkinson", tags: ["tridiagonal"], build: gluedWilkinson(1e-4) },
  {
    name: "glued wilkinson at ε",
    tags: ["tridiagonal"],
    build: (n, random, precision) => gluedWilkinson(precision.epsilon)(n, random, precision),
  },
];

const positive: Family[] = [
  { name: "min(i, j)", tags: ["definite"], build: (n) => symmetric(n, (i, j) => Math.min(i, j) + 1) },
  {
    name: "lehmer",
    tags: ["definite"],
    build: (n) => symmetric(n, (i, j) => (Math.min(i, j) + 1) / (Math.max(i, j) + 1)),
  },
  { name: "kac–murdock–szegő", tags: ["definite"], build: (n) => symmetric(n, (i, j) => 0.5 ** Math.abs(i - j)) },
  { name: "hilbert", build: (n) => symmetric(n, hilbert) },
  { name: "prolate", build: (n) => symmetric(n, prolate) },
  {
    name: "diagonally dominant",
    tags: ["definite"],
    build: (n, random) => symmetric(n, (i, j) => (i === j ? n + 1 : random.between(-1, 1))),
  },
  { name: "graded", tags: ["definite", "graded"], build: graded },
];

const extreme: Family[] = [
  {
    name: "gaussian near overflow",
    tags: ["extreme"],
    build: (n, random, { huge }) => symmetric(n, () => Math.min(huge / 20, huge / (4 * n)) * random.between(-1, 1)),
  },
  {
    name: "gaussian near underflow",
    tags: ["extreme"],
    build: (n, random, { tiny }) => symmetric(n, () => tiny * random.gaussian()),
  },
  {
    name: "subnormal",
    tags: ["subnormal", "extreme"],
    build: (n, random, { tiny }) => symmetric(n, () => (tiny / 64) * random.between(-1, 1)),
  },
  {
    name: "subnormals among ordinary",
    tags: ["subnormal"],
    build: (n, random, { tiny }) =>
      symmetric(n, () => (random.bits() & 1 ? random.gaussian() : (tiny / 8) * random.between(-1, 1))),
  },
  {
    name: "tridiagonal near underflow",
    tags: ["tridiagonal", "extreme"],
    build: (n, random, { tiny }) =>
      tridiagonal(
        n,
        () => tiny * 2 ** 20 * random.between(-1, 1),
        () => tiny * 2 ** 20 * random.between(-1, 1),
      ),
  },
];

const FAMILIES: readonly Family[] = [...simple, ...prescribed, ...tridiagonals, ...positive, ...extreme];

/** The symmetric matrix with entries lower(i, j) for i ≥ j. */
function symmetric(n: number, lower: (i: number, j: number) => number): Dense {
  const S = dense(n, n, (i, j) => (i >= j ? lower(i, j) : 0));
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) S.data[j * n + i] = S.data[i * n + j];
  return S;
}

function tridiagonal(n: number, d: (i: number) => number, e: (i: number) => number): Dense {
  return symmetric(n, (i, j) => (i === j ? d(i) : i === j + 1 ? e(j) : 0));
}

/** Wilkinson matrices W of order 21 along the diagonal, neighbours joined by `glue`: clusters of nearly equal values. */
function gluedWilkinson(glue: number): Family["build"] {
  return (n) =>
    tridiagonal(
      n,
      (i) => Math.abs((i % 21) - 10),
      (i) => (i % 21 === 20 ? glue : 1),
    );
}

/** uvᵀ + vuᵀ: one positive, one negative and n − 2 zero eigenvalues. */
function rankTwo(n: number, random: Random): Dense {
  const [u, v] = [0, 1].map(() => Float64Array.from({ length: n }, () => random.gaussian()));
  return symmetric(n, (i, j) => u[i] * v[j] + v[i] * u[j]);
}

/** [0 B; Bᵀ 0]: eigenvalues ±σᵢ(B), and zeros where B is not square. */
function saddlePoint(n: number, random: Random): Dense {
  const half = n >> 1;
  return symmetric(n, (i, j) => (i >= half && j < half ? random.gaussian() : 0));
}

/** D·M·D with M strongly diagonally dominant and D from 1 down to 10^∓60 (f64) or 10^∓12 (f32). */
function graded(n: number, random: Random, { huge }: Precision): Dense {
  const decades = huge > 1e100 ? 60 : 12;
  const d = Float64Array.from({ length: n }, (_, i) => 10 ** (-decades * (n > 1 ? i / (n - 1) : 0)));
  return symmetric(n, (i, j) => d[i] * d[j] * (i === j ? 1 : random.between(-0.5, 0.5) / n));
}
