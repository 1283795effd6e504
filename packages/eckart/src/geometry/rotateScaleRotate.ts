import { OptionError, ShapeError } from "../errors.ts";
import { det } from "../linalg/lu/determinant.ts";
import { svd } from "../linalg/svd/svd.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../matrix/input.ts";
import { Matrix } from "../matrix/matrix.ts";
import { powerOfTwoScale } from "../matrix/transfer.ts";
import { checkOptions } from "../options.ts";
import { axisAngle } from "./classify.ts";
import type { Vector3 } from "./motions.ts";

/** A turn of the plane by `angle`, counterclockwise, or of space by `angle` about the unit vector `axis`; radians. */
export interface Turn {
  readonly angle: number;
  readonly axis?: Vector3;
}

/** A map as rotate, scale, rotate: A = U · Σ · Vᵀ, every factor told as a motion. */
export interface RotateScaleRotate {
  /** Vᵀ, the first step: a rotation of the input space, det V = +1. */
  readonly first: Turn;
  /** σ₁ ≥ σ₂ ≥ …, the second step: min(m, n) of them. */
  readonly s: Float64Array;
  /** The third step: the rotation part of U. */
  readonly last: Turn;
  /**
   * Whether U reflects as well: then U = (rotation `last`) · diag(1, …, −1), the last axis turned round before. Only for
   * square A with negative determinant; everywhere else both factors are chosen as rotations.
   */
  readonly reflects: boolean;
  /** m × m, orthogonal. */
  readonly U: Matrix;
  /** n × n, a rotation. */
  readonly V: Matrix;
  /** Whether σ₁ = σ₂ or two other values are equal to rounding, so that other axes would do as well. */
  readonly repeated: boolean;
  /** Whether the smallest value is 0 to rounding, so that its left vector is a free choice. */
  readonly singular: boolean;
}

/** Options of `rotateScaleRotate`. */
export interface RotateScaleRotateOptions {
  /** The answer for a matrix nearby, one frame ago: angles and signs are chosen next to it, so that nothing jumps. */
  readonly previous?: RotateScaleRotate;
}

/**
 * The three steps of a linear map between spaces of two or three dimensions: rotate by Vᵀ, scale by Σ, rotate by U.
 *
 * Signs are chosen so that Vᵀ is a rotation; a reflection is never hidden: `reflects` says that U contains one, which
 * happens for square matrices of negative determinant and only there. For 2 × 2 matrices the factors come from the
 * closed form A = R(φ)·diag(q + r, q − r)·R(θ), which is continuous in the entries; where q = 0 or r = 0 leaves one of the
 * angles free it stays as it was. With `previous`, angles go on beyond ±π, in space about axes that do not turn round.
 *
 * @param A  2 × 2, 2 × 3, 3 × 2 or 3 × 3.
 * @throws ShapeError      another shape.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 *
 * Source: Blinn, IEEE Computer Graphics and Applications 16 (1996), for the closed form.
 * @example
 * rotateScaleRotate([[0, -2], [1, 0]]); // s = [2, 1], one quarter turn in all
 */
export function rotateScaleRotate(A: MatrixLike, options: RotateScaleRotateOptions = {}): RotateScaleRotate {
  checkOptions("rotateScaleRotate", options, ["previous"]);
  const M = Matrix.from(asMatrix("rotateScaleRotate", A), { dtype: "f64" });
  const inRange = (size: number): boolean => size === 2 || size === 3;
  if (!inRange(M.rows) || !inRange(M.cols)) {
    throw new ShapeError("rotateScaleRotate", "a matrix of 2 or 3 rows and 2 or 3 columns", M.shape);
  }
  largestFinite("rotateScaleRotate", M);
  const { previous } = options;
  if (previous && (previous.U.rows !== M.rows || previous.V.rows !== M.cols)) {
    throw new OptionError("rotateScaleRotate", "previous", previous.U.shape.join(" × "), "of the same shape as A");
  }
  return M.rows === 2 && M.cols === 2 ? planar(M, previous) : spatial(M, previous);
}

function planar(M: Matrix, previous: RotateScaleRotate | undefined): RotateScaleRotate {
  // A power of two keeps the sums away from both ends of the range.
  const unit = powerOfTwoScale(largestFinite("rotateScaleRotate", M));
  const [a, b, c, d] = M.data.map((x) => x * unit);
  // A = q·R(φ + θ) + r·F((φ − θ)/2): the part that turns and the part that mirrors.
  const q = Math.hypot(a / 2 + d / 2, c / 2 - b / 2);
  const r = Math.hypot(a / 2 - d / 2, c / 2 + b / 2);
  const negligible = 4 * 2 ** -52 * Math.max(q, r);
  // φ + θ and φ − θ, each free where its part vanishes.
  const before = previous && { sum: previous.last.angle + previous.first.angle, difference: previous.last.angle - previous.first.angle }; // oxfmt-ignore
  const sum = q > negligible ? near(Math.atan2(c - b, a + d), before?.sum, 2 * Math.PI) : (before?.sum ?? 0);
  const difference =
    r > negligible ? near(Math.atan2(c + b, a - d), before?.difference, 2 * Math.PI) : (before?.difference ?? 0);
  const theta = (sum - difference) / 2;
  const phi = (sum + difference) / 2;
  const reflects = q < r - negligible;
  const sign = reflects ? -1 : 1;
  const smaller = Math.abs(q - r) <= negligible ? 0 : Math.abs(q - r);
  const s = Float64Array.of((q + r) / unit, smaller / unit);
  const [cp, sp, ct, st] = [Math.cos(phi), Math.sin(phi), Math.cos(theta), Math.sin(theta)];
  return {
    first: { angle: theta },
    s,
    last: { angle: phi },
    reflects,
    U: Matrix.wrap(Float64Array.of(cp, -sign * sp, sp, sign * cp), [2, 2]),
    V: Matrix.wrap(Float64Array.of(ct, st, -st, ct), [2, 2]),
    repeated: Math.min(q, r) <= negligible,
    singular: smaller === 0,
  };
}

/** The value that differs from `angle` by a multiple of `period` and lies nearest to `before`. */
function near(angle: number, before: number | undefined, period: number): number {
  return before === undefined ? angle : angle + period * Math.round((before - angle) / period);
}

function spatial(M: Matrix, previous: RotateScaleRotate | undefined): RotateScaleRotate {
  const [m, n] = M.shape;
  const F = svd(M, { full: true });
  const s = Float64Array.from(F.s);
  const k = s.length;
  const U = Matrix.from(F.U);
  const V = Matrix.from(F.V);
  const tiny = Math.max(m, n) * 2 ** -52 * s[0];
  const singular = s[k - 1] <= tiny;
  if (previous) {
    for (let j = 0; j < n; j++) {
      const aligned = columnDot(V, previous.V, j);
      if (aligned < 0) flip(V, j, j < k ? U : null);
    }
  }
  // det V = +1: a vector that nothing pairs with may be turned alone, else the pair of the smallest value turns.
  if (det(V) < 0) flip(V, n - 1, n - 1 < k ? U : null);
  const free = m > k || singular;
  if (free && det(U) < 0) flip(U, m - 1, null);
  // A wide matrix has no free left vector: its last pair turns, and with it the free right vector.
  if (m < n && det(U) < 0) {
    flip(U, k - 1, V);
    flip(V, n - 1, null);
  }
  const reflects = det(U) < 0;
  const turned = Matrix.from(U);
  if (reflects) flip(turned, m - 1, null);
  return {
    first: turnOf(Matrix.from(V.T), previous?.first),
    s,
    last: turnOf(turned, previous?.last),
    reflects,
    U,
    V,
    repeated: s.some((sigma, i) => i > 0 && s[i - 1] - sigma <= tiny),
    singular,
  };
}

function columnDot(A: Matrix, B: Matrix, j: number): number {
  let sum = 0;
  for (let i = 0; i < A.rows; i++) sum += A.at(i, j) * B.at(i, j);
  return sum;
}

/** Column j of A changes its sign, and with it column j of its mate. */
function flip(A: Matrix, j: number, mate: Matrix | null): void {
  for (const M of mate ? [A, mate] : [A]) {
    for (let i = 0; i < M.rows; i++) M.data[i * M.cols + j] *= -1;
  }
}

/** Angle and axis of a rotation; of the ways to write it, the one next to a turn one frame ago. */
function turnOf(R: Matrix, before: Turn | undefined): Turn {
  if (R.rows === 2) {
    return { angle: near(Math.atan2(R.at(1, 0) - R.at(0, 1), R.at(0, 0) + R.at(1, 1)), before?.angle, 2 * Math.PI) };
  }
  const { angle, axis } = axisAngle(R);
  if (!before?.axis) return { angle, axis };
  const [x, y, z] = before.axis;
  // Where nothing turns any axis would do: that of the frame before.
  if (angle < 1e-9) return { angle: near(0, before.angle, 2 * Math.PI), axis: before.axis };
  const opposite = axis[0] * x + axis[1] * y + axis[2] * z < 0;
  const signed = near(opposite ? -angle : angle, before.angle, 2 * Math.PI);
  return { angle: signed, axis: opposite ? [-axis[0], -axis[1], -axis[2]] : axis };
}
