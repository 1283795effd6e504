// What kind of eigenvectors a 2 × 2 or 3 × 3 matrix has, with the lines and planes that they span.
import { OptionError, ShapeError } from "../../errors.ts";
import type { Complex, ComplexMatrix } from "../../matrix/complex.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../../matrix/input.ts";
import { type FloatArray, Matrix } from "../../matrix/matrix.ts";
import { subtract } from "../../matrix/elementwise.ts";
import { multiply } from "../../matrix/product.ts";
import { powerOfTwoScale } from "../../matrix/transfer.ts";
import { checkNumber, checkOptions } from "../../options.ts";
import { svd } from "../svd/svd.ts";
import { type Eig, eig } from "./eig.ts";

/** Options of `eigenStructure`. */
export interface EigenStructureOptions {
  /** Changes of the matrix up to rtol·‖A‖_F count as none. Default 4·n·ε of the dtype. */
  readonly rtol?: number;
}

/** The four classes. */
export type EigenKind = "distinct" | "repeated" | "defective" | "complex";

/** One eigenvalue, or one complex pair, and what it keeps in place. */
export interface EigenSpace {
  /** The eigenvalue; of a pair the one with positive imaginary part. */
  readonly value: Complex;
  /** How often it is a root of the characteristic polynomial; 1 for each of a pair. */
  readonly algebraic: number;
  /** How many independent eigenvectors it has: 1 a line, 2 a plane, 3 all of space. */
  readonly geometric: number;
  /**
   * An orthonormal basis, the columns: of the eigenspace, n × geometric; of the plane in which a complex pair turns
   * vectors, n × 2. The entry of largest magnitude in every column is positive.
   */
  readonly basis: Matrix;
}

/** The eigenvectors of a small matrix, by class. */
export interface EigenStructure {
  /**
   * "distinct": n different real eigenvalues, n lines. "repeated": fewer, with all their eigenvectors, so a plane or all of
   * space is kept. "defective": a repeated eigenvalue lacks eigenvectors, as in a shear. "complex": a pair, as in a
   * rotation, which in the plane keeps no line and in space keeps one.
   */
  readonly kind: EigenKind;
  /** The different eigenvalues, real ones first in ascending order, then a pair. */
  readonly spaces: readonly EigenSpace[];
}

/**
 * The class of a 2 × 2 or 3 × 3 matrix by its eigenvectors, and the lines and planes that it keeps.
 *
 * Eigenvalues count as one where a change of A by rtol·‖A‖_F could make them equal: where they are closer than four
 * times that change times the smaller of their conditions. Their mean μ is then the eigenvalue, and its eigenspace is what A − μI sends
 * to zero, singular values up to rtol·‖A‖_F counting as zero. So a class is the most special one within rounding of A.
 *
 * @param A        the matrix, 2 × 2 or 3 × 3, finite.
 * @param options  rtol: 4·n·ε by default.
 * @throws ShapeError      A is neither 2 × 2 nor 3 × 3.
 * @throws NonFiniteError  A holds NaN or ±Infinity; carries the first row and column.
 * @throws OptionError     an unknown option, or an rtol that is negative or not below 1.
 *
 * Cost: a few thousand flops.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §7.1 and §7.2.2.
 * @example
 * eigenStructure([[1, 1], [0, 1]]).kind; // "defective": a shear keeps one line, (1, 0)
 * eigenStructure([[0, -1], [1, 0]]).kind; // "complex": a quarter turn keeps none
 */
export function eigenStructure(A: MatrixLike, options: EigenStructureOptions = {}): EigenStructure {
  const where = "eigenStructure";
  checkOptions(where, options, ["rtol"]);
  const given = asMatrix(where, A);
  const n = given.rows;
  if (n !== given.cols || n < 2 || n > 3) throw new ShapeError(where, "a 2 × 2 or 3 × 3 matrix", given.shape);
  const { rtol = 4 * n * (given.dtype === "f64" ? 2 ** -52 : 2 ** -23) } = options;
  checkNumber(where, "rtol", rtol, 0);
  if (rtol >= 1) throw new OptionError(where, "rtol", rtol, "a number below 1");

  const scale = powerOfTwoScale(largestFinite(where, given));
  const M = Matrix.from(given, { dtype: "f64" });
  for (let i = 0; i < n * n; i++) M.data[i] *= scale;
  const size = Math.hypot(...M.data);
  const F = eig(M, { balance: false });

  const spaces = clusters(F, rtol * size).map((cluster) => spaceOf(M, F.V, cluster, rtol * size));
  const isComplex = ({ value }: EigenSpace): boolean => value.im > 0;
  spaces.sort((a, b) => Number(isComplex(a)) - Number(isComplex(b)) || a.value.re - b.value.re);
  return {
    kind: spaces.some(isComplex)
      ? "complex"
      : spaces.some(({ algebraic, geometric }) => geometric < algebraic)
        ? "defective"
        : spaces.some(({ algebraic }) => algebraic > 1)
          ? "repeated"
          : "distinct",
    spaces: spaces.map((space) => ({
      ...space,
      value: { re: space.value.re / scale, im: space.value.im / scale },
    })),
  };
}

/** Eigenvalues that count as one. */
interface Cluster {
  readonly members: readonly number[];
  readonly mean: Complex;
  /** The smallest of their conditions. */
  readonly condition: number;
}

/** The eigenvalues that a change of that size could make equal, by their means; of a pair apart, the first member. */
function clusters({ w, conditions }: Eig, change: number): Cluster[] {
  const found: Cluster[] = Array.from(w, (mean, i) => ({ members: [i], mean, condition: conditions[i] }));
  const near = (a: Cluster, b: Cluster): boolean =>
    Math.hypot(a.mean.re - b.mean.re, a.mean.im - b.mean.im) <= 4 * change * Math.min(a.condition, b.condition);
  for (let i = 1; i < found.length; i++) {
    const j = found.findIndex((other, k) => k < i && near(found[i], other));
    if (j < 0) continue;
    const members = [...found[j].members, ...found[i].members];
    const average = (part: FloatArray): number => members.reduce((sum, k) => sum + part[k], 0) / members.length;
    const condition = Math.min(found[i].condition, found[j].condition);
    found.splice(i, 1);
    found[j] = { members, mean: { re: average(w.re), im: average(w.im) }, condition };
    i = 0; // a mean has moved
  }
  return found.filter(({ members, mean }) => members.length > 1 || mean.im >= 0);
}

function spaceOf(A: Matrix, V: ComplexMatrix, { members, mean }: Cluster, change: number): EigenSpace {
  const n = A.rows;
  const first = members[0];
  const algebraic = members.length;
  if (algebraic === 1 && mean.im > 0) {
    // Re v and Im v span the plane; an orthonormal basis of it.
    const plane = Matrix.zeros(n, 2);
    for (let i = 0; i < n; i++) plane.data.set([V.re.at(i, first), V.im.at(i, first)], 2 * i);
    return { value: mean, algebraic, geometric: 1, basis: readableBasis(svd(plane).U) };
  }
  const value: Complex = { re: mean.re, im: 0 };
  if (algebraic === 1) {
    return { value, algebraic, geometric: 1, basis: readableBasis(V.re.slice(0, n, first, first + 1)) };
  }

  const shifted = Matrix.from(A);
  for (let i = 0; i < n; i++) shifted.data[i * (n + 1)] -= mean.re;
  const { s, V: right } = svd(shifted);
  const zero = Array.from(s).filter((sigma) => sigma <= change).length;
  const geometric = Math.min(algebraic, Math.max(1, zero));
  return { value, algebraic, geometric, basis: readableBasis(right.slice(0, n, n - geometric, n)) };
}

/**
 * An orthonormal basis of the space of the orthonormal columns of B that depends on that space alone: the coordinate axis
 * nearest to it, projected on it, then the nearest to what is left of it, and so on; of equally near axes the first.
 */
function readableBasis(B: Matrix): Matrix {
  const n = B.rows;
  let P = multiply(B, B.T); // the projection on what is left
  const basis = Matrix.zeros(n, B.cols);
  for (let k = 0; k < B.cols; k++) {
    let axis = 0;
    for (let i = 1; i < n; i++) if (P.at(i, i) > P.at(axis, axis) * (1 + 2 ** -20)) axis = i;
    const u = P.col(axis);
    const length = Math.hypot(...u);
    u.forEach((x, i) => (basis.data[i * B.cols + k] = x / length + 0)); // no negative zero
    const column = basis.slice(0, n, k, k + 1);
    P = subtract(P, multiply(column, column.T));
  }
  return basis;
}
