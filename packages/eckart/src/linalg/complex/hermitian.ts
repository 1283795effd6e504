// The door of the Hermitian eigenproblem: what is refused, and which triangle counts.
import { NonFiniteError, type Part, ShapeError, SymmetryError } from "../../errors.ts";
import type { ComplexMatrix } from "../../matrix/complex.ts";
import type { Matrix } from "../../matrix/matrix.ts";

/** A Hermitian matrix as the lower triangles of two real ones give it. */
export interface Hermitian {
  /** The matrix whose lower triangle is that of the real part: it, or its transpose. */
  readonly re: Matrix;
  /** The same of the imaginary part, up to `sign`. */
  readonly im: Matrix;
  /** −1 where the upper triangle counts, whose conjugate the lower one is. */
  readonly sign: 1 | -1;
  /** Whether the mean of both triangles counts: they differ by rounding. */
  readonly average: boolean;
  /** The largest |re sᵢⱼ| and |im sᵢⱼ|. */
  readonly largest: number;
}

/** Differences of mirrored entries up to this times n·ε·max|sᵢⱼ| are rounding, of products AᴴA for example. */
const ASYMMETRY = 100;

/**
 * @throws ShapeError      S is not square.
 * @throws NonFiniteError  an entry that counts is NaN or ±Infinity; the real part is looked at first.
 * @throws SymmetryError   an imaginary part on the diagonal, or mirrored entries that are no conjugates, beyond rounding.
 */
export function hermitian(where: string, S: ComplexMatrix, uplo: "lower" | "upper" | undefined): Hermitian {
  if (S.rows !== S.cols) throw new ShapeError(where, "a square matrix", S.shape);
  const { re, im } = S;
  const largest = Math.max(largestIn(where, re, uplo, "real"), largestIn(where, im, uplo, "imaginary"));
  const tolerance = ASYMMETRY * S.rows * (S.dtype === "f64" ? 2 ** -52 : 2 ** -23) * largest;
  const average = mirror(where, re, im, uplo !== undefined, tolerance);
  if (uplo === "upper") return { re: re.T, im: im.T, sign: -1, average, largest };
  return { re, im, sign: 1, average, largest };
}

const reader =
  ({ data, offset, rowStride, colStride }: Matrix) =>
  (i: number, j: number): number =>
    data[offset + i * rowStride + j * colStride];

function largestIn(where: string, M: Matrix, uplo: "lower" | "upper" | undefined, part: Part): number {
  const at = reader(M);
  let largest = 0;
  for (let i = 0; i < M.rows; i++) {
    const last = uplo === "lower" ? i : M.cols - 1;
    for (let j = uplo === "upper" ? i : 0; j <= last; j++) {
      const entry = Math.abs(at(i, j));
      if (!(entry <= Number.MAX_VALUE)) throw new NonFiniteError(where, i, j, at(i, j), part);
      if (entry > largest) largest = entry;
    }
  }
  return largest;
}

/** Whether mirrored entries differ at all from conjugates; more than rounding is refused. */
function mirror(where: string, re: Matrix, im: Matrix, diagonalOnly: boolean, tolerance: number): boolean {
  const [x, y] = [reader(re), reader(im)];
  let different = false;
  const check = (i: number, j: number, value: number, mirrored: number, sum: number, part: Part): void => {
    if (sum === 0) return;
    different = true;
    if (Math.abs(sum) > tolerance / 2) throw new SymmetryError(where, i, j, value, mirrored, part);
  };
  for (let i = 0; i < re.rows; i++) {
    check(i, i, y(i, i), y(i, i), y(i, i), "imaginary");
    for (let j = i + 1; j < re.rows && !diagonalOnly; j++) {
      // Halved, sums and differences cannot overflow.
      check(i, j, x(i, j), x(j, i), x(i, j) / 2 - x(j, i) / 2, "real");
      check(i, j, y(i, j), y(j, i), y(i, j) / 2 + y(j, i) / 2, "imaginary");
    }
  }
  return different && !diagonalOnly;
}
