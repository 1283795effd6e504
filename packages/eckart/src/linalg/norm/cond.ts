import { OptionError, ShapeError, SingularError } from "../../errors.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../../matrix/input.ts";
import { scale } from "../../matrix/elementwise.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import { powerOfTwoScale } from "../../matrix/transfer.ts";
import { inverse } from "../solve/inv.ts";
import { svdvals } from "../svd/svd.ts";
import { norm } from "./norm.ts";

/**
 * Condition number: by how much, relatively, the answer of a system may change where the input changes. In the 2-norm
 * κ = σ₁/σₙ, for a matrix of any shape; in the norms 1, Infinity and "fro" κ = ‖A‖·‖A⁻¹‖, for a square one.
 *
 * About log₁₀ κ digits are lost in solving with A. Infinity for a singular matrix; once κ·ε > 1 the number itself says
 * no more than that. An empty matrix has condition 0.
 *
 * @param kind  2 (default), 1, Infinity or "fro".
 * @throws ShapeError      A is not square, and `kind` is not 2.
 * @throws NonFiniteError  A holds NaN or ±Infinity.
 * @throws OptionError     no such norm.
 *
 * Cost: that of `svdvals`, or of `inv`.
 * @example
 * cond([[1, 0], [0, 0.01]]); // 100
 */
export function cond(A: MatrixLike, kind: number | "fro" = 2): number {
  const a = asMatrix("cond", A);
  const largest = largestFinite("cond", a);
  if (![2, 1, Infinity, "fro"].includes(kind)) throw new OptionError("cond", "kind", kind, '2, 1, Infinity or "fro"');
  if (kind !== 2 && a.rows !== a.cols) throw new ShapeError("cond", "a square matrix", a.shape);
  if (a.rows === 0 || a.cols === 0) return 0;
  if (largest === 0) return Infinity;
  if (kind !== 2) return throughInverse(scale(a, powerOfTwoScale(largest)), kind);
  const s = svdvals(a);
  return s[0] / s[s.length - 1];
}

function throughInverse(A: Matrix, kind: number | "fro"): number {
  try {
    const inverted = inverse("cond", A, "any condition");
    return inverted.data.every(Number.isFinite) ? norm(A, kind) * norm(inverted, kind) : Infinity;
  } catch (error) {
    if (error instanceof SingularError) return Infinity;
    throw error;
  }
}
