// The door of the symmetric eigenproblem: what is refused, and what the zeros of the matrix make easy.
import { NonFiniteError, ShapeError, SymmetryError } from "../../errors.ts";
import { largestFinite } from "../../matrix/input.ts";
import type { Matrix } from "../../matrix/matrix.ts";

/** A symmetric matrix as its lower triangle gives it. */
export interface Symmetric {
  /** The matrix whose lower triangle counts: S, or its transpose. */
  readonly S: Matrix;
  /** Whether the mean of both triangles counts: they differ by rounding. */
  readonly average: boolean;
  /** The largest |sᵢⱼ|. */
  readonly largest: number;
  /** What the zeros leave. */
  readonly shape: "diagonal" | "tridiagonal" | "dense";
}

/** Differences of mirrored entries up to this times n·ε·max|sᵢⱼ| are rounding, of products AᵀA for example. */
const ASYMMETRY = 100;

/**
 * @throws ShapeError      S is not square.
 * @throws NonFiniteError  an entry that counts is NaN or ±Infinity.
 * @throws SymmetryError   both triangles count, and they differ by more than rounding.
 */
export function symmetric(where: string, S: Matrix, uplo: "lower" | "upper" | undefined): Symmetric {
  if (S.rows !== S.cols) throw new ShapeError(where, "a square matrix", S.shape);
  if (uplo !== undefined) {
    const largest = largestInTriangle(where, S, uplo);
    const lower = uplo === "lower" ? S : S.T;
    return { S: lower, average: false, largest, shape: shapeOf(lower) };
  }
  const largest = largestFinite(where, S);
  const average = differs(where, S, largest);
  return { S, average, largest, shape: average ? "dense" : shapeOf(S) };
}

function largestInTriangle(where: string, { rows, data, offset, rowStride, colStride }: Matrix, uplo: string): number {
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    const [from, to] = uplo === "lower" ? [0, i + 1] : [i, rows];
    for (let j = from, at = offset + i * rowStride + from * colStride; j < to; j++, at += colStride) {
      const entry = Math.abs(data[at]);
      if (!(entry <= Number.MAX_VALUE)) throw new NonFiniteError(where, i, j, data[at]);
      if (entry > largest) largest = entry;
    }
  }
  return largest;
}

/** Whether mirrored entries differ at all; more than rounding is refused. */
function differs(where: string, S: Matrix, largest: number): boolean {
  const { rows, data, offset, rowStride, colStride } = S;
  const tolerance = ASYMMETRY * rows * (S.dtype === "f64" ? 2 ** -52 : 2 ** -23) * largest;
  let different = false;
  for (let i = 0; i < rows; i++) {
    let row = offset + i * rowStride + (i + 1) * colStride;
    let column = offset + (i + 1) * rowStride + i * colStride;
    for (let j = i + 1; j < rows; j++, row += colStride, column += rowStride) {
      if (data[row] === data[column]) continue;
      different = true;
      // Halved, the difference cannot overflow.
      if (Math.abs(data[row] / 2 - data[column] / 2) > tolerance / 2) {
        throw new SymmetryError(where, i, j, data[row], data[column]);
      }
    }
  }
  return different;
}

/** What the zeros below the subdiagonal leave; stops at the first other entry. */
function shapeOf({ rows, data, offset, rowStride, colStride }: Matrix): Symmetric["shape"] {
  let beside = false;
  for (let i = 1; i < rows; i++) {
    for (let j = 0, at = offset + i * rowStride; j < i; j++, at += colStride) {
      if (data[at] === 0) continue;
      if (j < i - 1) return "dense";
      beside = true;
    }
  }
  return beside ? "tridiagonal" : "diagonal";
}
