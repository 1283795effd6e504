import { det } from "../linalg/lu/determinant.ts";
import { norm } from "../linalg/norm/norm.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../matrix/input.ts";
import { Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { checkNumber, checkOptions } from "../options.ts";
import type { Vector3 } from "./motions.ts";

/** What an orthogonal or nearly orthogonal matrix does. Angles are radians. */
export type Motion =
  /** Leaves every vector where it is. */
  | { readonly kind: "identity" }
  /** In the plane: by `angle` in (−π, π], counterclockwise. */
  | { readonly kind: "rotation"; readonly angle: number }
  /** In space: by `angle` in (0, π] about the unit vector `axis`. */
  | { readonly kind: "rotation"; readonly angle: number; readonly axis: Vector3 }
  /** In the plane: in the line through 0 at `angle` in [0, π) from the x-axis. */
  | { readonly kind: "reflection"; readonly angle: number }
  /** In space: in the plane with unit `normal`. */
  | { readonly kind: "reflection"; readonly normal: Vector3 }
  /** In space: a rotation by `angle` in (0, π) about `axis`, and a reflection in the plane across it. */
  | { readonly kind: "roto-reflection"; readonly angle: number; readonly axis: Vector3 }
  /** In space: v → −v. */
  | { readonly kind: "inversion" }
  /** On the line or beyond space: orthogonal with this determinant. */
  | { readonly kind: "orthogonal"; readonly determinant: 1 | -1 }
  /** Wide, QQᵀ = I: its rows are orthonormal, its columns cannot be. */
  | { readonly kind: "row-orthonormal" }
  /** Tall, QᵀQ = I: its columns are orthonormal, its rows cannot be. */
  | { readonly kind: "column-orthonormal" }
  /** None of these: ‖QᵀQ − I‖_F, or ‖QQᵀ − I‖_F when wide, is `departure`. */
  | { readonly kind: "not-orthogonal"; readonly departure: number };

/** Options of `classify`, `isOrthogonal` and `isSymmetric`. */
export interface ClosenessOptions {
  /** How far from exact still counts. Default 32·max(m, n)·ε of the dtype. */
  readonly tolerance?: number;
}

/**
 * Names the motion that an orthogonal matrix is: identity, rotation (angle, and axis in space), reflection (mirror line
 * or normal), roto-reflection or inversion; row- or column-orthonormal when it is not square; or how far from
 * orthogonal it is.
 *
 * @param options.tolerance  largest ‖QᵀQ − I‖_F that counts as orthogonal, and smallest angle that counts as a turn.
 * @throws NonFiniteError  Q holds NaN or ±Infinity.
 *
 * Cost: 2mn² flops.
 * @example
 * classify([[0, -1], [1, 0]]); // { kind: "rotation", angle: π/2 }
 * classify([[1, 0, 0], [0, 1, 0], [0, 0, -1]]); // { kind: "reflection", normal: [0, 0, 1] }
 */
export function classify(Q: MatrixLike, options: ClosenessOptions = {}): Motion {
  const M = asMatrix("classify", Q);
  const tolerance = closeness("classify", M, options);
  const departure = departureFromOrthonormal(M);
  if (!(departure <= tolerance)) return { kind: "not-orthogonal", departure };
  if (M.rows < M.cols) return { kind: "row-orthonormal" };
  if (M.rows > M.cols) return { kind: "column-orthonormal" };
  if (norm(subtractIdentity(M)) <= tolerance) return { kind: "identity" };
  if (M.rows === 2) return inPlane(M);
  if (M.rows === 3) return inSpace(M, tolerance);
  return { kind: "orthogonal", determinant: determinantSign(M) };
}

/**
 * Whether QᵀQ = QQᵀ = I, for square Q: ‖QᵀQ − I‖_F ≤ tolerance. A matrix that is not square is never orthogonal.
 *
 * @throws NonFiniteError  Q holds NaN or ±Infinity.
 */
export function isOrthogonal(Q: MatrixLike, options: ClosenessOptions = {}): boolean {
  const M = asMatrix("isOrthogonal", Q);
  const tolerance = closeness("isOrthogonal", M, options);
  return M.rows === M.cols && departureFromOrthonormal(M) <= tolerance;
}

/**
 * Whether A = Aᵀ: |aᵢⱼ − aⱼᵢ| ≤ tolerance·max|aᵢⱼ| for all i, j. Exact equality by default: a tolerance of 0.
 *
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 */
export function isSymmetric(A: MatrixLike, options: ClosenessOptions = {}): boolean {
  checkOptions("isSymmetric", options, ["tolerance"]);
  checkNumber("isSymmetric", "tolerance", options.tolerance, 0);
  const M = asMatrix("isSymmetric", A);
  const limit = (options.tolerance ?? 0) * largestFinite("isSymmetric", M);
  if (M.rows !== M.cols) return false;
  for (let i = 0; i < M.rows; i++) {
    for (let j = 0; j < i; j++) if (Math.abs(M.at(i, j) - M.at(j, i)) > limit) return false;
  }
  return true;
}

function closeness(where: string, M: Matrix, options: ClosenessOptions): number {
  checkOptions(where, options, ["tolerance"]);
  checkNumber(where, "tolerance", options.tolerance, 0);
  largestFinite(where, M);
  const eps = M.dtype === "f32" ? 2 ** -23 : 2 ** -52;
  return options.tolerance ?? 32 * Math.max(M.rows, M.cols) * eps;
}

function departureFromOrthonormal(M: Matrix): number {
  const Q = Matrix.from(M, { dtype: "f64" });
  // A product of entries beyond 1e154 overflows; such a matrix is as far from orthogonal as its norm says.
  const size = norm(Q);
  if (size > 1e100) return size;
  return norm(subtractIdentity(Q.rows < Q.cols ? multiply(Q, Q.T) : multiply(Q.T, Q)));
}

function subtractIdentity(M: Matrix): Matrix {
  const difference = Matrix.from(M);
  for (let i = 0; i < M.rows; i++) difference.data[i * (M.cols + 1)] -= 1;
  return difference;
}

function determinantSign(M: Matrix): 1 | -1 {
  return det(M) < 0 ? -1 : 1;
}

function inPlane(Q: Matrix): Motion {
  const [a, b, c, d] = [Q.at(0, 0), Q.at(0, 1), Q.at(1, 0), Q.at(1, 1)];
  if (a * d - b * c > 0) return { kind: "rotation", angle: Math.atan2(c - b, a + d) };
  const angle = Math.atan2(c + b, a - d) / 2;
  return { kind: "reflection", angle: angle < 0 ? angle + Math.PI : angle };
}

function inSpace(Q: Matrix, tolerance: number): Motion {
  if (determinantSign(Q) > 0) return { kind: "rotation", ...axisAngle(Q) };
  // −Q is the rotation by α about the axis u, so Q turns by α + π about u, that is by π − α about −u, and reflects
  // along u.
  const negated = Matrix.from(Q);
  negated.data.forEach((x, i) => (negated.data[i] = -x));
  if (norm(subtractIdentity(negated)) <= tolerance) return { kind: "inversion" };
  const { angle: alpha, axis } = axisAngle(negated);
  const angle = Math.PI - alpha;
  if (angle <= tolerance) return { kind: "reflection", normal: firstPositive(axis) };
  return { kind: "roto-reflection", angle, axis: axis.map((x) => 0 - x) as unknown as Vector3 };
}

/**
 * Angle in [0, π] and unit axis of a rotation of space, through its unit quaternion (w, x, y, z): of the four ways to
 * write it, the one that divides by its largest component (Shepperd, J. Guidance and Control 1, 1978).
 */
export function axisAngle(R: Matrix): { angle: number; axis: Vector3 } {
  const r = (i: number, j: number): number => R.at(i, j);
  const t = r(0, 0) + r(1, 1) + r(2, 2);
  const squares = [1 + t, 1 - t + 2 * r(0, 0), 1 - t + 2 * r(1, 1), 1 - t + 2 * r(2, 2)];
  const rows = [
    [squares[0], r(2, 1) - r(1, 2), r(0, 2) - r(2, 0), r(1, 0) - r(0, 1)],
    [r(2, 1) - r(1, 2), squares[1], r(0, 1) + r(1, 0), r(0, 2) + r(2, 0)],
    [r(0, 2) - r(2, 0), r(0, 1) + r(1, 0), squares[2], r(1, 2) + r(2, 1)],
    [r(1, 0) - r(0, 1), r(0, 2) + r(2, 0), r(1, 2) + r(2, 1), squares[3]],
  ];
  const [w, x, y, z] = rows[squares.indexOf(Math.max(...squares))];
  const length = Math.hypot(x, y, z);
  const angle = 2 * Math.atan2(length, Math.abs(w));
  if (length === 0) return { angle: 0, axis: [0, 0, 1] };
  const sign = w < 0 ? -1 : 1;
  const axis: Vector3 = [(sign * x) / length, (sign * y) / length, (sign * z) / length];
  return { angle, axis: Math.PI - angle < 1e-15 ? firstPositive(axis) : axis };
}

/** v or −v, whichever has its first entry that is not 0 positive: for axes whose direction means nothing. */
function firstPositive(v: Vector3): Vector3 {
  const first = v.find((x) => Math.abs(x) > 1e-12) ?? 0;
  return v.map((x) => (first < 0 ? 0 - x : x + 0)) as unknown as Vector3; // + 0 turns −0 into 0
}
