import { ShapeError } from "../errors.ts";
import { norm } from "../linalg/norm/norm.ts";
import { type ComplexSvdFactors, productOf, type SvdFactors } from "../lowrank/reconstruct.ts";
import type { ComplexMatrixLike } from "../matrix/complex.ts";
import { subtract } from "../matrix/elementwise.ts";
import { asVector, largestFinite, type VectorLike } from "../matrix/input.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { Stack, stacks } from "../matrix/stack.ts";
import { powerOfTwoScale } from "../matrix/transfer.ts";
import { checkFactors } from "../options.ts";
import { type EigFactors, eigProduct, eigStacks, isEig } from "./eigFactors.ts";
import { scaledCopy } from "./scaled.ts";

/** A symmetric or Hermitian matrix as V · diag(w) · Vᴴ, w real. */
export interface EigenFactors {
  readonly w: VectorLike;
  readonly V: ComplexMatrixLike;
}

/** How far computed factors are from their matrix and from orthonormality, measured in f64. */
export interface Accuracy {
  /** ‖A − U·diag(s)·Vt‖_F / ‖A‖_F; the norm itself for A = 0. */
  readonly backward: number;
  /** ‖UᴴU − I‖_F. */
  readonly orthogonalityU: number;
  /** ‖VᴴV − I‖_F. */
  readonly orthogonalityV: number;
}

/** How far computed eigenvalues and eigenvectors are from those of their matrix, measured in f64. */
export interface EigAccuracy {
  /** ‖A·V − V·diag(w)‖_F / ‖A‖_F; the norm itself for A = 0. */
  readonly backward: number;
}

/**
 * Measures the eigenvalues and eigenvectors that `eig` gives, of length 1, against their matrix.
 *
 * @throws ShapeError      A is not square, or the factors do not fit it.
 * @throws NonFiniteError  A or a factor holds NaN or ±Infinity.
 *
 * Cost: 4n³ flops where everything is real, else 16n³.
 * @example
 * const A = [[0, -1], [1, 0]];
 * accuracy(A, eig(A)).backward; // about 1e-16
 */
export function accuracy(A: ComplexMatrixLike, F: EigFactors): EigAccuracy;
/**
 * Measures the factors of a singular value decomposition (U, s, Vt or Vh), or of a spectral decomposition (w, V), against
 * their matrix, real or complex.
 *
 * The products are computed in f64 and carry its rounding: a value of a few √(mn)·ε means "as good as can be told".
 * Truncated factors are measured as the approximation that they are.
 *
 * @throws ShapeError      the factors do not fit A.
 * @throws NonFiniteError  A or a factor holds NaN or ±Infinity.
 *
 * Cost: 2mnk + 2(m + n)k² flops, four times that where something is complex.
 * @example
 * const A = [[3, 2, 2], [2, 3, -2]];
 * accuracy(A, svd(A)).backward; // about 1e-16
 */
export function accuracy(A: ComplexMatrixLike, F: SvdFactors | ComplexSvdFactors | EigenFactors): Accuracy;
export function accuracy(
  A: ComplexMatrixLike,
  F: SvdFactors | ComplexSvdFactors | EigenFactors | EigFactors,
): Accuracy | EigAccuracy {
  checkFactors("accuracy", F, "{ U, s, Vt } or { w, V }");
  if (isEig(F)) {
    const [M, w, V] = eigStacks("accuracy", A, F);
    const unit = unitOf(M);
    const scaled = double(M, unit);
    const difference = multiply(...eigProduct(scaled, double(w, unit), double(V, 1)));
    return { backward: relative(difference, scaled) };
  }
  const [left, values, right] = "w" in F ? [F.V, F.w, F.V] : [F.U, F.s, "Vh" in F ? F.Vh : F.Vt];
  const [M, U, X] = stacks("accuracy", [A, left, right]);
  const Vh = "w" in F ? U.H : X;
  if (U.rows !== M.rows) throw new ShapeError("accuracy", `U with ${M.rows} rows`, [U.rows, U.cols]);
  if (Vh.cols !== M.cols) throw new ShapeError("accuracy", `Vt with ${M.cols} columns`, [Vh.rows, Vh.cols]);
  const unit = unitOf(M);
  const scaled = double(M, unit);
  const s = double(new Stack(asVector("accuracy", values), false), unit).matrix;
  const product = productOf("accuracy", double(U, 1), s, double(Vh, 1));
  return {
    backward: relative(subtract(scaled.matrix, product.matrix), scaled),
    orthogonalityU: departure(U),
    orthogonalityV: departure(Vh.H),
  };
}

const unitOf = ({ matrix }: Stack): number => powerOfTwoScale(largestFinite("accuracy", matrix));

/** unit·X in f64. */
const double = (X: Stack, unit: number): Stack => scaledCopy(X, unit).stack;

/** ‖difference‖_F / ‖A‖_F, or the first norm where A = 0. */
function relative(difference: Matrix, A: Stack): number {
  return norm(difference) / (norm(A.matrix) || 1);
}

/** ‖QᴴQ − I‖_F. */
function departure(Q: Stack): number {
  const { left } = double(Q, 1).H;
  return norm(subtract(multiply(left, double(Q, 1).matrix), Stack.identity(Q.cols, Q.isComplex).matrix));
}
