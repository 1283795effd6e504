// What is certain about a computed decomposition A ≈ U·diag(s)·Vt, whoever computed it.
//
// With α ≥ ‖UᵀU − I‖₂, β ≥ ‖VᵀV − I‖₂ and R = A − U·diag(s)·Vt:
//
// (1) The singular values of U·diag(s)·Vt are those of s times factors between √((1−α)(1−β)) and √((1+α)(1+β))
//     (Ostrowski), and those of A differ from them by at most ‖R‖₂ (Weyl).
// (2) In orthonormal bases that begin with the polar factors Q of U and P of V, A is diag(B, A₂₂) + E, where B has
//     the singular values of U·diag(s)·Vt, ‖A₂₂‖₂ ≤ ‖R‖₂, and ‖E‖₂ ≤ c = √(‖RP‖² + ‖RᵀQ‖²). With exact singular vectors
//     c = 0: that is how a truncation, whose R is large, has sharp bounds nevertheless. In the same bases
//     R = diag(0, A₂₂) + E', ‖E'‖₂ ≤ c.
//
// For a complex matrix read unitary for orthogonal and ᴴ for ᵀ; it is computed with as its stack (matrix/stack.ts).
//
// Sources: Rump, Verified bounds for singular values, in particular for the spectral norm of a matrix and its inverse,
// BIT 51 (2011); Rump & Lange, Fast computation of error bounds for all eigenpairs of a Hermitian and all singular pairs
// of a rectangular matrix with emphasis on eigen- and singular value clusters, J. Comput. Appl. Math. 434 (2023); Horn &
// Johnson, Topics in Matrix Analysis, §3.3, and Matrix Analysis, §4.5 (Ostrowski).
import { OptionError, ShapeError } from "../errors.ts";
import { svd } from "../linalg/svd/svd.ts";
import type { ComplexSvdFactors, SvdFactors } from "../lowrank/reconstruct.ts";
import { ComplexMatrix, type ComplexMatrixLike } from "../matrix/complex.ts";
import { asVector, type VectorLike } from "../matrix/input.ts";
import { type FloatArray, Matrix } from "../matrix/matrix.ts";
import { Stack, stacks } from "../matrix/stack.ts";
import { powerOfTwoScale } from "../matrix/transfer.ts";
import { checkNumber, checkOptions } from "../options.ts";
import type { EigenFactors } from "./accuracy.ts";
import { certifyEig, type EigCertificate } from "./certifyEig.ts";
import { type EigFactors, isEig } from "./eigFactors.ts";
import { type Interval, largest, unscaleDown, unscaleUp } from "./norms.ts";
import { type Enclosed, type NormBounds, normsOf, remainder, unscaled } from "./remainder.ts";
import { isModest, precision, type Scaled, scaledCopy } from "./scaled.ts";
import { addDown, addUp, divUp, hypotUp, mulDown, mulUp, sqrtDown, sqrtUp } from "./rounding.ts";

/** Intervals, one for each value: lower[i] ≤ valueᵢ ≤ upper[i]. */
export interface Enclosures {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What is certain about a decomposition of A, in exact arithmetic on the numbers given. */
export interface Certificate {
  /** ‖A − U·diag(s)·Vt‖ is at most this; for a truncation, its error. */
  readonly residual: NormBounds;
  /** ‖A − B‖ is at least this for every B of rank s.length: 0 unless the factors are truncated. */
  readonly unavoidable: NormBounds;
  /** ‖UᴴU − I‖₂ is at most this, over all columns of U. */
  readonly orthogonalityU: number;
  /** ‖VᴴV − I‖₂ is at most this. */
  readonly orthogonalityV: number;
  /**
   * Every one of the min(m, n) singular values of A, descending, also those that a truncation left out; or every
   * eigenvalue of (A + Aᴴ)/2, ascending.
   */
  readonly values: Enclosures;
  /** The rank of A, or of (A + Aᴴ)/2, is at least this. */
  readonly rank: number;
  /**
   * How far the factors are from exact ones, at most: the largest of the two losses of orthogonality and
   * (residual − unavoidable) / ‖A‖₂ in the spectral norm. Below the smallest normal number of the factors' precision,
   * which a result cannot resolve, that number takes the place of ‖A‖₂.
   */
  readonly defect: number;
  /** What `defect` was compared with. */
  readonly tolerance: number;
  /** defect ≤ tolerance. */
  readonly accepted: boolean;
}

/** Options of `certify`. */
export interface CertifyOptions {
  /** The largest `defect` that is accepted: 16·max(m, n)·ε by default, ε that of the factors' precision. */
  readonly tolerance?: number;
}

/**
 * Proves bounds for the eigenvalues and eigenvectors of any square matrix, A·V = V·diag(w).
 *
 * Every bound is rigorous, as for a singular value decomposition. The eigenvalues lie in discs about w, as wide as rounding
 * moves them: `radii`. Nothing is known of them, and every radius is ∞, where V is not proved to be regular: for a
 * defective matrix, one that is as good as defective, and wherever vectors are missing.
 *
 * @param F        { w, V }, complex w: the result of `eig`. Columns of V count whatever their length.
 * @param options  as for the other decompositions.
 * @throws ShapeError      A is not square, or the factors do not fit it.
 * @throws NonFiniteError  A or a factor holds NaN or ±Infinity.
 * @throws MemoryError     the inverse of V does not fit into 4 GiB.
 * @throws OptionError     an unknown option, or a tolerance that is negative or not finite.
 *
 * Cost: about 20n³ flops where everything is real, else 80n³.
 * Source: Horn & Johnson, Matrix Analysis, §6.1 (Gershgorin); Miyajima, Numerical enclosure for each eigenvalue in
 * generalized eigenvalue problem, J. Comput. Appl. Math. 236 (2012).
 * @example
 * const A = [[2, 1], [0.5, 1.5]];
 * certify(A, eig(A)).radii; // about [1e-15, 1e-15] about 1 and 2.5
 */
export function certify(A: ComplexMatrixLike, F: EigFactors, options?: CertifyOptions): EigCertificate;
/**
 * Proves bounds for a singular value decomposition, thin, full or truncated, or for a spectral decomposition, of A.
 *
 * Every bound is rigorous: it holds for the numbers given, in exact arithmetic, and includes the rounding of its own
 * evaluation. Nothing is assumed of the factors; the worse they are, the larger the bounds, up to ∞ where a factor
 * exceeds 2¹⁰⁰, or s exceeds 2¹⁰⁰ times the largest entry of A. f32 factors are certified as the doubles that they are.
 *
 * A is m × n, real or complex, with factors { U, s, Vt } or { U, s, Vh } of s.length ≤ min(m, n) triplets, of which U and
 * Vt may hold more; or n × n with { w, V }, w real. Singular values alone cannot be certified: it is the vectors that prove
 * them.
 *
 * The intervals are as wide as the residual, a few ε·‖A‖ for a result of this library, whatever the value: they say
 * nothing about the digits of values below that.
 *
 * @param options.tolerance  the largest defect to accept.
 * @throws ShapeError      the factors do not fit A.
 * @throws NonFiniteError  A or a factor holds NaN or ±Infinity.
 * @throws ConvergenceError, MemoryError  as `svd`, which a truncation calls for what it left out.
 * @throws OptionError     factors of no kind, an unknown option, or a tolerance that is negative or not finite.
 *
 * Cost: 8mnk + 8(m + n)k² flops for k triplets, four times that where they are complex, and for a truncation that of `svd`
 * and of certifying it.
 * Source: Rump, BIT 51 (2011); Ozaki, Ogita, Oishi & Rump, Numer. Algorithms 59 (2012).
 * @example
 * const A = [[3, 2, 2], [2, 3, -2]];
 * const { accepted, values } = certify(A, svd(A)); // values.lower[0] ≤ 5 ≤ values.upper[0]
 */
export function certify(
  A: ComplexMatrixLike,
  F: SvdFactors | ComplexSvdFactors | EigenFactors,
  options?: CertifyOptions,
): Certificate;
export function certify(
  A: ComplexMatrixLike,
  F: SvdFactors | ComplexSvdFactors | EigenFactors | EigFactors,
  options: CertifyOptions = {},
): Certificate | EigCertificate {
  checkOptions("certify", options, ["tolerance"]);
  checkNumber("certify", "tolerance", options.tolerance, 0);
  if (isEig(F)) return certifyEig(A, F, options.tolerance);
  const { U, s, V, symmetric } = parts(F);
  const [M, left, right] = stacks("certify", [A, U, V]);
  const unit = powerOfTwoScale(largest(M.matrix));
  const scaled = scaledCopy(M, unit);
  const given = factors(M, symmetric ? [left, left] : [left, right.H], asVector("certify", s), symmetric, unit);
  const modest = [given.U, given.V, given.s.stack].every(({ matrix }) => isModest(matrix));
  const proof = modest ? prove(scaled, given) : nothing(scaled.stack, given);
  return conclude(scaled.stack, unit, given, proof, options.tolerance);
}

/** U, s and Vt, or V, w and V. */
function parts(F: SvdFactors | ComplexSvdFactors | EigenFactors): {
  U: ComplexMatrixLike;
  s: VectorLike;
  V: ComplexMatrixLike;
  symmetric: boolean;
} {
  if (typeof F === "object" && F !== null) {
    if ("w" in F && "V" in F) return { U: F.V, s: F.w, V: F.V, symmetric: true };
    if ("s" in F && "U" in F && "Vh" in F) return { U: F.U, s: F.s, V: F.Vh, symmetric: false };
    if ("s" in F && "U" in F && "Vt" in F) return { U: F.U, s: F.s, V: F.Vt, symmetric: false };
  }
  throw new OptionError("certify", "the factors", F, "{ U, s, Vt }, { U, s, Vh } or { w, V }");
}

/** The factors as they count, in f64, values in the unit of the scaled matrix. */
interface Factors {
  /** All columns of U, and of V. */
  readonly U: Stack;
  readonly V: Stack;
  /** Scaled, a column; `exact` unless some fell below the smallest number. */
  readonly s: Scaled;
  readonly symmetric: boolean;
  /** Of the factors. */
  readonly eps: number;
  readonly tiny: number;
}

/** Bounds in the unit of the scaled matrix. */
interface Proof {
  readonly residual: NormBounds;
  readonly orthogonalityU: number;
  readonly orthogonalityV: number;
  readonly values: readonly Interval[];
  /** Lower bounds of the errors of every approximation of the same rank. */
  readonly unavoidable: NormBounds;
}

function factors(A: Stack, [U, V]: readonly [Stack, Stack], s: Matrix, symmetric: boolean, unit: number): Factors {
  const k = s.rows;
  const most = Math.min(A.rows, A.cols);
  if (symmetric && A.rows !== A.cols) throw new ShapeError("certify", "a square matrix for { w, V }", [A.rows, A.cols]);
  if (symmetric ? k !== A.rows : k > most)
    throw new ShapeError("certify", `${symmetric ? "" : "at most "}${most} values`, [k]);
  const left = symmetric ? "V" : "U";
  if (U.rows !== A.rows || U.cols < k || U.cols > A.rows)
    throw new ShapeError("certify", `${left} with ${A.rows} rows and ${k} to ${A.rows} columns`, [U.rows, U.cols]);
  if (V.rows !== A.cols || V.cols < k || V.cols > A.cols)
    throw new ShapeError("certify", `Vt with ${k} to ${A.cols} rows and ${A.cols} columns`, [V.cols, V.rows]);
  largest(s);
  const values = scaledCopy(new Stack(s, false), unit);
  return { U, V, s: values, symmetric, ...precision(U.matrix, s, V.matrix) };
}

/** What is known without looking. */
function nothing({ rows, cols }: Stack, { symmetric }: Factors): Proof {
  const anything = { lower: symmetric ? -Infinity : 0, upper: Infinity };
  return {
    residual: { spectral: Infinity, frobenius: Infinity },
    orthogonalityU: Infinity,
    orthogonalityV: Infinity,
    values: Array.from({ length: Math.min(rows, cols) }, () => anything),
    unavoidable: { spectral: 0, frobenius: 0 },
  };
}

function prove(A: Scaled, F: Factors): Proof {
  const s = F.s.stack.matrix.data;
  const k = s.length;
  const alpha = departure(F.U);
  const beta = F.symmetric ? alpha : departure(F.V);
  const U = F.U.firstColumns(k);
  const V = F.V.firstColumns(k);
  const R = residualOf(A.stack, U, s, V, A.exact && F.s.exact);
  const about = { orthogonalityU: alpha, orthogonalityV: beta };
  if (F.symmetric) {
    const residual = normsOf(R);
    const values = eigenvalues(s, residual.spectral, alpha);
    return { residual, ...about, values, unavoidable: { spectral: 0, frobenius: 0 } };
  }
  const kept = distorted(
    s.map(Math.abs).sort((a: number, b: number) => b - a),
    alpha,
    beta,
  );
  if (k === Math.min(A.stack.rows, A.stack.cols)) {
    const residual = normsOf(R);
    const values = kept.map((sigma) => widened(sigma, residual.spectral));
    return { residual, ...about, values, unavoidable: { spectral: 0, frobenius: 0 } };
  }
  const left = singularValues(R);
  const c = hypotUp(projected(R, V, beta), projected({ ...R, value: R.value.H }, U, alpha));
  const values = truncated(kept, left, c);
  return {
    residual: { spectral: left[0].upper, frobenius: normsOf(R).frobenius },
    ...about,
    values,
    unavoidable: { spectral: values[k].lower, frobenius: rootOfSquares(values.slice(k)) },
  };
}

/** ‖QᴴQ − I‖₂. */
function departure(Q: Stack): number {
  return normsOf(remainder(Stack.identity(Q.cols, Q.isComplex), Q.H.left, null, Q.matrix)).spectral;
}

/** A − U·diag(s)·Vᴴ. */
function residualOf(A: Stack, U: Stack, s: FloatArray, V: Stack, exact: boolean): Enclosed {
  return remainder(A, U.left, A.isComplex ? [...s, ...s] : s, V.H.matrix, exact);
}

/** The singular values of U·diag(s)·Vt, by (1). */
function distorted(s: ArrayLike<number>, alpha: number, beta: number): Interval[] {
  const least = (departure: number): number => Math.max(0, addDown(1, -departure));
  const low = sqrtDown(mulDown(least(alpha), least(beta)));
  const high = sqrtUp(mulUp(addUp(1, alpha), addUp(1, beta)));
  return Array.from(s, (sigma) => ({ lower: mulDown(sigma, low), upper: mulUp(sigma, high) }));
}

/** The interval grown by `radius` on both sides, above 0. */
const widened = ({ lower, upper }: Interval, radius: number): Interval => ({
  lower: Math.max(0, addDown(lower, -radius)),
  upper: addUp(upper, radius),
});

/** The eigenvalues of (A + Aᴴ)/2, whose distance from V·diag(w)·Vᴴ is at most that of A. */
function eigenvalues(w: ArrayLike<number>, rho: number, alpha: number): Interval[] {
  const factor = { lower: Math.max(0, addDown(1, -alpha)), upper: addUp(1, alpha) };
  return Array.from(w)
    .sort((a, b) => a - b)
    .map((lambda) => ({
      lower: addDown(mulDown(lambda, lambda < 0 ? factor.upper : factor.lower), -rho),
      upper: addUp(mulUp(lambda, lambda < 0 ? factor.lower : factor.upper), rho),
    }));
}

/** All singular values of R, proved by a decomposition of their own. */
function singularValues(R: Enclosed): Interval[] {
  const { isComplex: complex, re, im } = R.value;
  const { U, s, V } = complex ? svd(ComplexMatrix.wrap(re, im)) : svd(re);
  const scaled = { stack: new Stack(Matrix.from([s]).T, false), exact: true };
  const [left, right] = [Stack.of(U, complex), Stack.of(V, complex)];
  const { values } = prove(
    { stack: R.value, exact: true },
    { U: left, V: right, s: scaled, symmetric: false, eps: 2 ** -52, tiny: 2 ** -1022 },
  );
  return values.map((sigma) => widened(sigma, R.error));
}

/** ‖R·P‖₂ for the polar factor P of V, ‖VᴴV − I‖₂ ≤ β: ∞ where V may be deficient. */
function projected(R: Enclosed, V: Stack, beta: number): number {
  if (beta >= 1) return Infinity;
  const zero = Stack.zeros(R.value.rows, V.cols, V.isComplex);
  const { spectral } = normsOf(remainder(zero, R.value.left, null, V.matrix));
  const whole = addUp(spectral, mulUp(R.error, sqrtUp(addUp(1, beta))));
  return divUp(whole, sqrtDown(addDown(1, -beta)));
}

/** The singular values of A from those of its two parts, `kept` and R, by (2). */
function truncated(kept: readonly Interval[], left: readonly Interval[], c: number): Interval[] {
  const rho = left[0].upper;
  const least = kept.at(-1)?.lower ?? Infinity;
  return left.map((_, i) => {
    if (i < kept.length) {
      const { lower, upper } = kept[i];
      return {
        lower: Math.max(0, addDown(lower, -Math.min(rho, c))),
        upper: Math.min(addUp(upper, rho), addUp(Math.max(upper, rho), c)),
      };
    }
    const { lower, upper } = left[i - kept.length];
    return { lower: Math.max(0, addDown(Math.min(least, addDown(lower, -c)), -c)), upper };
  });
}

/** √Σ lower², from below. */
function rootOfSquares(values: readonly Interval[]): number {
  return sqrtDown(values.reduceRight((sum, { lower }) => addDown(sum, mulDown(lower, lower)), 0));
}

/** The certificate in the unit of A. */
function conclude(A: Stack, unit: number, F: Factors, proof: Proof, limit: number | undefined): Certificate {
  const { orthogonalityU, orthogonalityV, values } = proof;
  const norm = values.reduce((most, { lower, upper }) => Math.max(most, lower, -upper), largest(A.matrix));
  const excess = addUp(proof.residual.spectral, -proof.unavoidable.spectral);
  const defect = Math.max(divUp(excess, Math.max(norm, F.tiny * unit)), orthogonalityU, orthogonalityV);
  const tolerance = limit ?? 16 * Math.max(A.rows, A.cols) * F.eps;
  return {
    residual: unscaled(proof.residual, unit),
    unavoidable: {
      spectral: Math.max(0, unscaleDown(proof.unavoidable.spectral, unit)),
      frobenius: Math.max(0, unscaleDown(proof.unavoidable.frobenius, unit)),
    },
    orthogonalityU,
    orthogonalityV,
    values: {
      lower: Float64Array.from(values, ({ lower }) => unscaleDown(lower, unit)),
      upper: Float64Array.from(values, ({ upper }) => unscaleUp(upper, unit)),
    },
    rank: values.filter(({ lower, upper }) => lower > 0 || upper < 0).length,
    defect,
    tolerance,
    accepted: defect <= tolerance,
  };
}
