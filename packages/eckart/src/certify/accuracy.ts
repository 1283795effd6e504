import { ShapeError } from "../errors.ts";
import { asMatrix, asVector, largestFinite, type MatrixLike, type VectorLike } from "../matrix/input.ts";
import { scale, subtract } from "../matrix/elementwise.ts";
import { norm } from "../linalg/norm/norm.ts";
import { multiply } from "../matrix/product.ts";
import { Matrix } from "../matrix/matrix.ts";
import { powerOfTwoScale } from "../matrix/transfer.ts";
import { reconstruct, type SvdFactors } from "../lowrank/reconstruct.ts";

/** A symmetric matrix as V · diag(w) · Vᵀ. */
export interface EigenFactors {
  readonly w: VectorLike;
  readonly V: MatrixLike;
}

/** How far computed factors are from their matrix and from orthonormality, measured in f64. */
export interface Accuracy {
  /** ‖A − U·diag(s)·Vt‖_F / ‖A‖_F; the norm itself for A = 0. */
  readonly backward: number;
  /** ‖UᵀU − I‖_F. */
  readonly orthogonalityU: number;
  /** ‖VᵀV − I‖_F. */
  readonly orthogonalityV: number;
}

/**
 * Measures the factors of a singular value decomposition (U, s, Vt), or of a spectral decomposition (w, V), against
 * their matrix.
 *
 * The products are computed in f64 and carry its rounding: a value of a few √(mn)·ε means "as good as can be told".
 * Truncated factors are measured as the approximation that they are.
 *
 * @throws ShapeError      the factors do not fit A.
 * @throws NonFiniteError  A or a factor holds NaN or ±Infinity.
 *
 * Cost: 2mnk + 2(m + n)k² flops.
 * @example
 * const A = [[3, 2, 2], [2, 3, -2]];
 * accuracy(A, svd(A)).backward; // about 1e-16
 */
export function accuracy(A: MatrixLike, F: SvdFactors | EigenFactors): Accuracy {
  const M = asMatrix("accuracy", A);
  const largest = largestFinite("accuracy", M);
  const unit = powerOfTwoScale(largest);
  const [U, s, Vt] = "w" in F ? [F.V, F.w, asMatrix("accuracy", F.V).T] : [F.U, F.s, F.Vt];
  const values = asVector("accuracy", s);
  const left = double("accuracy", U);
  const right = double("accuracy", Vt);
  if (left.rows !== M.rows) throw new ShapeError("accuracy", `U with ${M.rows} rows`, left.shape);
  if (right.cols !== M.cols) throw new ShapeError("accuracy", `Vt with ${M.cols} columns`, right.shape);
  const scaledValues = scale(Matrix.from(values, { dtype: "f64" }), unit).data;
  const product = reconstruct({ U: left, s: scaledValues, Vt: right });
  const difference = norm(subtract(scale(double("accuracy", M), unit), product));
  const size = norm(scale(double("accuracy", M), unit));
  return {
    backward: size === 0 ? difference : difference / size,
    orthogonalityU: departure(left),
    orthogonalityV: departure(right.T),
  };
}

function double(where: string, A: MatrixLike): Matrix {
  return Matrix.from(asMatrix(where, A), { dtype: "f64" });
}

/** ‖QᵀQ − I‖_F. */
function departure(Q: Matrix): number {
  return norm(subtract(multiply(Q.T, Q), Matrix.identity(Q.cols)));
}
