import { ShapeError } from "../errors.ts";
import { norm } from "../linalg/norm/norm.ts";
import { slogdet } from "../linalg/lu/determinant.ts";
import { exponentOf, scaledBy, timesPowerOfTwo } from "../linalg/parts/scaling.ts";
import { svd } from "../linalg/svd/svd.ts";
import { numericalRank } from "../linalg/tolerance.ts";
import { scale as multiple, subtract } from "../matrix/elementwise.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../matrix/input.ts";
import { Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { checkChoice, checkOptions } from "../options.ts";

/** Options of `procrustes`. */
export interface ProcrustesOptions {
  /** Whether A may be stretched by one factor. Default false. */
  readonly scaling?: boolean;
  /** Whether R may be a reflection; false asks for a rotation (Kabsch). Default true. */
  readonly reflection?: boolean;
  /** Whether A may be shifted. Default false. */
  readonly translation?: boolean;
}

/** B ≈ scale · A·R + 1·translationᵀ. */
export interface Procrustes {
  /** n × n, orthogonal. */
  readonly R: Matrix;
  /** The factor; 1 without `scaling`. */
  readonly scale: number;
  /** n numbers added to every row; zeros without `translation`. */
  readonly translation: Float64Array;
  /** ‖scale · A·R + 1·translationᵀ − B‖_F. */
  readonly residual: number;
  /** Whether R turns orientation over, det R = −1. */
  readonly reflected: boolean;
  /** Whether no other R does as well: the points leave no direction free, beyond rounding. */
  readonly unique: boolean;
}

/**
 * The rotation (or reflection) that brings one set of points nearest to another: the orthogonal R, and the factor and
 * shift where they are allowed, with least ‖scale · A·R + 1·translationᵀ − B‖_F.
 *
 * A and B are m × n: m points as rows, in the same order, in n dimensions. From AᵀB = U · diag(s) · Vᵀ (both centred
 * where shifts are allowed), R = U·D·Vᵀ, where D is the identity, or ends in −1 where only that makes R a rotation;
 * scale = Σ dᵢsᵢ / ‖A‖_F², never negative: where only a negative one would help, 0.
 *
 * @param options  scaling, reflection, translation.
 * @throws ShapeError      A and B differ in shape.
 * @throws NonFiniteError  A or B holds NaN or ±Infinity.
 *
 * Cost: 4mn² + 20n³ flops.
 * Source: Schönemann, Psychometrika 31 (1966); Kabsch, Acta Cryst. A 32 (1976); Umeyama, IEEE PAMI 13 (1991).
 * @example
 * procrustes([[1, 0], [0, 1]], [[0, 1], [-1, 0]]).R; // [[0, 1], [-1, 0]], a quarter turn
 */
export function procrustes(A: MatrixLike, B: MatrixLike, options: ProcrustesOptions = {}): Procrustes {
  checkOptions("procrustes", options, ["scaling", "reflection", "translation"]);
  const { scaling = false, reflection = true, translation = false } = options;
  for (const [name, value] of Object.entries({ scaling, reflection, translation })) {
    checkChoice("procrustes", name, value, [true, false]);
  }
  const from = asMatrix("procrustes", A);
  const to = asMatrix("procrustes", B);
  if (from.rows !== to.rows || from.cols !== to.cols) {
    throw new ShapeError("procrustes", `points B of shape ${from.rows} × ${from.cols}, as A`, to.shape);
  }
  const n = from.cols;
  // Powers of two keep the products in range; they are undone at the end.
  const exponents = [from, to].map((M) => exponentOf(largestFinite("procrustes", M)));
  const [a, b] = [from, to].map((M, i) => centred(scaledBy(M, -exponents[i]), translation));

  const { U, s, Vt } = svd(multiply(a.points.T, b.points));
  let R = multiply(U, Vt);
  const turned = n > 0 && slogdet(R).sign < 0;
  if (turned && !reflection) {
    const flipped = Matrix.from(U);
    for (let i = 0; i < n; i++) flipped.data[i * n + n - 1] *= -1;
    R = multiply(flipped, Vt);
  }
  const last = turned && !reflection ? -1 : 1;
  const size = norm(a.points);
  const gain = s.reduce((sum, sigma, i) => sum + (i === n - 1 ? last * sigma : sigma), 0);
  const ratio = 2 ** Math.max(-1074, Math.min(1023, exponents[1] - exponents[0]));
  const factor = scaling ? (size === 0 ? 1 / ratio : Math.max(0, gain / size / size)) : 1 / ratio;
  const moved = multiple(multiply(a.points, R), factor);
  const shifted = multiply([a.mean], R);
  const mean = b.mean.map((x, j) => timesPowerOfTwo(x - factor * shifted.at(0, j), exponents[1]));
  // A rotation alone is pinned down by n − 1 directions; a reflection must not do as well as it.
  const counted = numericalRank(s, n, n);
  const eps = s instanceof Float32Array ? 2 ** -23 : 2 ** -52;
  const free = n - counted > (reflection ? 0 : 1);
  const tie = last < 0 && n > 1 && s[n - 2] - s[n - 1] <= n * eps * s[0];
  return {
    R,
    scale: scaling && size > 0 ? factor * ratio : 1,
    translation: translation ? mean : new Float64Array(n),
    residual: timesPowerOfTwo(norm(subtract(moved, b.points)), exponents[1]),
    reflected: turned && reflection,
    unique: !free && !tie,
  };
}

/** The points around their mean, where they are to be centred. */
function centred(M: Matrix, translation: boolean): { points: Matrix; mean: Float64Array } {
  const mean = new Float64Array(M.cols);
  if (!translation || M.rows === 0) return { points: M, mean };
  const points = Matrix.from(M);
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < M.cols; j++) {
      let sum = 0;
      for (let i = 0; i < M.rows; i++) sum += points.data[i * M.cols + j];
      mean[j] += sum / M.rows;
      for (let i = 0; i < M.rows; i++) points.data[i * M.cols + j] -= sum / M.rows;
    }
  }
  return { points, mean };
}
