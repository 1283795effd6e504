// What is certain about computed eigenvalues and eigenvectors of any square matrix, A·V ≈ V·D, whoever computed them.
//
// With R = A·V − V·D, any X and E = X·V − I of ‖E‖_∞ < 1, V and X are regular, V⁻¹ = (I + E)⁻¹·X, and
//
//     V⁻¹·A·V = D + G,   G = V⁻¹·R = X·R − E·(I + E)⁻¹·X·R.                                                       (1)
//
// So Σⱼ|gᵢⱼ| is at most ρᵢ = rᵢ + eᵢ·maxₖ rₖ / (1 − maxₖ eₖ) with the row sums rᵢ of |X·R| and eᵢ of |E|, and as many
// eigenvalues lie in a connected union of discs about wᵢ of radius ρᵢ as there are discs (Gershgorin). (2)
//
// Sources: Horn & Johnson, Matrix Analysis, §6.1; Miyajima, J. Comput. Appl. Math. 236 (2012).
import { SingularError } from "../errors.ts";
import { inv } from "../linalg/solve/inv.ts";
import type { ComplexMatrixLike } from "../matrix/complex.ts";
import { subtract } from "../matrix/elementwise.ts";
import { type FloatArray, Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { Stack } from "../matrix/stack.ts";
import { powerOfTwoScale } from "../matrix/transfer.ts";
import { type EigFactors, eigProduct, eigStacks } from "./eigFactors.ts";
import { absoluteRowSums, frobenius, type Interval, largest, unscaleUp } from "./norms.ts";
import { type Enclosed, type NormBounds, normsOf, remainder, unscaled } from "./remainder.ts";
import { addDown, addUp, divUp, gamma, hypotUp, mulDown, mulUp, SMALLEST, sqrtDown, sqrtUp } from "./rounding.ts";
import { isModest, precision, scaledCopy } from "./scaled.ts";

/** What is certain about eigenvalues and eigenvectors of A, in exact arithmetic on the numbers given. */
export interface EigCertificate {
  /** ‖A·V − V·diag(w)‖ is at most this. */
  readonly residual: NormBounds;
  /**
   * w[j] and column j of V are an eigenvalue and an eigenvector of A + E with ‖E‖₂ ≤ backward[j]; ∞ for a column of zeros.
   */
  readonly backward: Float64Array;
  /**
   * The n eigenvalues of A, each as often as its multiplicity, can be numbered so that |λᵢ − wᵢ| ≤ radii[i]. All are ∞
   * where V is not proved to be regular.
   */
  readonly radii: Float64Array;
  /** ‖V‖_∞·‖V⁻¹‖_∞ is at most this; ∞ where V is not proved to be regular. */
  readonly condition: number;
  /**
   * How far a pair is from an exact one, at most: the largest of `backward` over ‖A‖₂, as for the other certificates; ∞
   * where V is not proved to be regular, since then eigenvalues may be missing.
   */
  readonly defect: number;
  /** What `defect` was compared with. */
  readonly tolerance: number;
  /** defect ≤ tolerance. */
  readonly accepted: boolean;
}

/** `certify` of eigenvalues and eigenvectors. */
export function certifyEig(A: ComplexMatrixLike, F: EigFactors, limit: number | undefined): EigCertificate {
  const [M, values, V] = eigStacks("certify", A, F);
  const n = M.rows;
  const unit = powerOfTwoScale(largest(M.matrix));
  const { stack: S, exact: isWhole } = scaledCopy(M, unit);
  const { stack: w, exact } = scaledCopy(values, unit);
  const { eps, tiny } = precision(values.matrix, V.matrix);
  const modest = [w, V].every(({ matrix }) => isModest(matrix));
  const R = modest ? residualOf(S, w, V, isWhole && exact) : undefined;
  const X = R && inverse(V);
  const discs = R && X && enclose(R, X, V);

  const residual = R ? normsOf(R) : { spectral: Infinity, frobenius: Infinity };
  const backward = Array.from({ length: n }, (_, j) => (R ? backwardError(R, V, j) : Infinity));
  const radii = discs ? numbered(w, discs.radii) : backward.map(() => Infinity);
  // Not more than ‖A‖₂, and above 0.
  const norm = Math.max(largest(S.matrix), frobenius(S.matrix).lower / Math.sqrt(n + 1), tiny * unit);
  const defect = discs ? backward.reduce((most, error) => Math.max(most, divUp(error, norm)), 0) : Infinity;
  const tolerance = limit ?? 16 * n * eps;
  return {
    residual: unscaled(residual, unit),
    backward: Float64Array.from(backward, (error) => unscaleUp(error, unit)),
    // The last is what w lost where it was scaled.
    radii: Float64Array.from(radii, (radius) => unscaleUp(addUp(radius, exact ? 0 : 2 * SMALLEST), unit)),
    condition: discs?.condition ?? Infinity,
    defect,
    tolerance,
    accepted: defect <= tolerance,
  };
}

/** A·V − V·D. */
function residualOf(A: Stack, w: Stack, V: Stack, exact: boolean): Enclosed {
  const [X, Y] = eigProduct(A, w, V);
  return remainder(Stack.zeros(A.rows, A.cols, A.isComplex), X, null, Y, exact);
}

/** ‖A·v − v·w‖₂ / ‖v‖₂ of column j, which is the norm of the least E of (A + E)·v = v·w. */
function backwardError({ value, error }: Enclosed, V: Stack, j: number): number {
  const column = ({ matrix }: Stack): Matrix => matrix.slice(0, matrix.rows, j, j + 1);
  const length = frobenius(column(V)).lower;
  return length === 0 ? Infinity : divUp(addUp(frobenius(column(value)).upper, error), length);
}

/** About V⁻¹; none where V is singular, or as good as that. */
function inverse(V: Stack): Stack | undefined {
  try {
    const whole = inv(Matrix.from(V.left, { dtype: "f64" }));
    return isModest(whole) ? new Stack(whole.slice(0, whole.rows, 0, V.cols), V.isComplex) : undefined;
  } catch (error) {
    if (error instanceof SingularError) return undefined;
    throw error;
  }
}

/** The radii ρ, and the condition of V, by (1), whatever X is; none where ‖E‖_∞ < 1 is not certain. */
export function enclose(R: Enclosed, X: Stack, V: Stack): { radii: number[]; condition: number } | undefined {
  const n = V.cols;
  const { left } = X;
  const [sumsX, sumsV, sumsR] = [left, V.matrix, R.value.matrix].map(absoluteRowSums);
  const size = mulUp(most(absoluteRowSums(V.left)), most(sumsX));
  // Each of the two parts of a row of the computed X·Y lacks γ times that of |X|·|Y| (Higham), and what underflows.
  const rounding = (sumsY: readonly number[]): number[] => {
    const underflow = mulUp(mulUp(16 * (n + 1) ** 2, SMALLEST), mulUp(addUp(1, most(sumsX)), addUp(1, most(sumsY))));
    return weightedRowSums(left, sumsY).map((sum) => addUp(mulUp(2 * gamma(left.cols), sum), underflow));
  };
  const [roundingV, roundingR] = [rounding(sumsV), rounding(sumsR)];
  const product = (Y: Matrix): Matrix => multiply(left, Y);
  // Of the n roundings that a row sum allows for, one is that of the difference.
  const E = subtract(product(V.matrix), Stack.identity(n, V.isComplex).matrix);
  const e = magnitudeRowSums(E, V).map((sum, i) => addUp(sum, roundingV[i]));
  const error = mulUp(sqrtUp(n), R.error);
  const r = magnitudeRowSums(product(R.value.matrix), V).map((sum, i) =>
    addUp(addUp(sum, roundingR[i]), mulUp(sumsX[i], error)),
  );
  const rest = addDown(1, -most(e));
  if (!(rest > 0)) return undefined;
  const share = divUp(most(r), rest);
  return { radii: r.map((sum, i) => addUp(sum, mulUp(e[i], share))), condition: divUp(size, rest) };
}

/** Σⱼ|xᵢⱼ|·yⱼ for every i, or numbers right above them. */
function weightedRowSums(X: Matrix, y: readonly number[]): number[] {
  const weighted = Matrix.from(X);
  weighted.data.forEach((_: number, at: number) => (weighted.data[at] *= y[at % X.cols]));
  // Of the n roundings that a row sum allows for, one is that of the products, which may lose η each.
  return absoluteRowSums(weighted).map((sum) => addUp(sum, mulUp(X.cols, SMALLEST)));
}

const most = (values: readonly number[]): number => values.reduce((x, y) => Math.max(x, y), 0);

/** Σⱼ|xᵢⱼ| of a matrix whose stack is of the kind of V, or numbers right above. */
function magnitudeRowSums(matrix: Matrix, { isComplex }: Stack): number[] {
  if (!isComplex) return absoluteRowSums(matrix);
  const { re, im, rows, cols } = new Stack(matrix, true);
  const magnitudes = Matrix.zeros(rows, cols);
  for (let i = 0, to = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) magnitudes.data[to++] = hypotUp(Math.abs(re.at(i, j)), Math.abs(im.at(i, j)));
  return absoluteRowSums(magnitudes);
}

/** Radii about w that reach every eigenvalue of the same union of discs, by (2): of a disc alone, its own. */
function numbered(w: Stack, radii: readonly number[]): number[] {
  const [re, im] = [w.re.col(0), w.im.col(0)];
  const part = (x: FloatArray, i: number, j: number): Interval => {
    const [above, below] = x[i] > x[j] ? [x[i], x[j]] : [x[j], x[i]];
    return { lower: addDown(above, -below), upper: addUp(above, -below) };
  };
  const distance = (i: number, j: number): Interval => {
    const [x, y] = [part(re, i, j), part(im, i, j)];
    const squares = addDown(mulDown(x.lower, x.lower), mulDown(y.lower, y.lower));
    return { lower: Math.max(x.lower, y.lower, sqrtDown(squares)), upper: hypotUp(x.upper, y.upper) };
  };
  const reach = radii.slice();
  const left = new Set(radii.keys());
  for (const start of left) {
    const union = [start];
    left.delete(start);
    for (const i of union)
      for (const j of left)
        if (!(distance(i, j).lower > addUp(radii[i], radii[j]))) {
          union.push(j);
          left.delete(j);
        }
    for (const i of union) reach[i] = most(union.map((j) => addUp(distance(i, j).upper, radii[j])));
  }
  return reach;
}
