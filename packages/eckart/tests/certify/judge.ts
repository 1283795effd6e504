import type { Measured } from "@eckart/testing";
import {
  type Certificate,
  ComplexMatrix,
  type ComplexMatrixLike,
  type ComplexVector,
  type EigCertificate,
  Matrix,
  type MatrixLike,
  type NormBounds,
  svdvals,
} from "../../src/index.ts";
import { asMatrix } from "../../src/matrix/input.ts";
import {
  compareFrobenius,
  diagonal,
  exact as exactOf,
  type Exact,
  frobenius as frobeniusOf,
  gram,
  minus,
  relative,
  Spectrum,
  symmetricPart,
  times,
  transposed,
} from "./exact.ts";

/** Factors of A, f64 or f32; of a complex one, Vh stands for Vt. */
export interface Factors {
  readonly U: Matrix | ComplexMatrix;
  readonly s: ArrayLike<number>;
  readonly Vt: Matrix | ComplexMatrix;
}

/** The real matrix [Re A, −Im A; Im A, Re A] of a complex one, which has its singular values and eigenvalues twice. */
const exact = (A: Matrix | ComplexMatrix): Exact => {
  if (A instanceof Matrix) return exactOf({ rows: A.rows, cols: A.cols, at: (i, j) => A.at(i, j) });
  const { rows: m, cols: n } = A;
  const at = (i: number, j: number): number => {
    const { re, im } = A.at(i % m, j % n);
    return i < m === j < n ? re : i < m ? 0 - im : im;
  };
  return exactOf({ rows: 2 * m, cols: 2 * n, at });
};

const firstColumns = (A: Matrix | ComplexMatrix, k: number): Matrix | ComplexMatrix =>
  A instanceof Matrix
    ? A.slice(0, A.rows, 0, k)
    : ComplexMatrix.wrap(A.re.slice(0, A.rows, 0, k), A.im.slice(0, A.rows, 0, k));

const adjoint = (A: Matrix | ComplexMatrix): Matrix | ComplexMatrix => (A instanceof Matrix ? A.T : A.H);

/** Half of the columns. */
const half = ({ rows, cols, data, scale }: Exact): Exact => ({
  rows,
  cols: cols / 2,
  data: data.filter((_, k) => k % cols < cols / 2),
  scale,
});

const EPS = 2 ** -52;

/** Bounds over true values where one can be told, so that a table can show how sharp they are. */
export type Sharpness = (bound: string, ratio: number) => void;

export const recorder =
  (measured: Measured, row: string): Sharpness =>
  (bound, ratio) =>
    void measured.record(row, bound, ratio);

/**
 * What is false in a certificate of A ≈ U·diag(s)·Vt, decided in exact arithmetic; `symmetric` where it is one of
 * { w, V }, given as U = V and s = w.
 */
export function falsehoods(
  A: MatrixLike | ComplexMatrix,
  { U, s, Vt }: Factors,
  claim: Certificate,
  symmetric = false,
  sharpness: Sharpness = () => {},
): string[] {
  const faults: string[] = [];
  const holds = (what: string, truth: boolean): void => void (truth || faults.push(what));
  const M = A instanceof ComplexMatrix ? A : asMatrix("judge", A);
  const parts = M instanceof ComplexMatrix ? 2 : 1;
  const k = s.length;
  const matrix = exact(M);
  const D = diagonal(Array.from({ length: parts * k }, (_, i) => s[i % k]));
  const product = times(times(exact(firstColumns(U, k)), D), transposed(exact(firstColumns(adjoint(Vt), k))));
  const once = (X: Exact): Exact => (parts === 2 ? half(X) : X);

  const within = (what: string, X: Exact, { spectral, frobenius }: Partial<NormBounds>, scale: number): void => {
    const seen = (norm: string, bound: number, truth: number): void => {
      if (truth < 2 ** -1000) return; // so small that the bound is a matter of the smallest number
      if (truth >= (EPS / 1024) * scale) sharpness(`${what} ${norm}`, bound / truth);
      else if (bound < Infinity) sharpness("below ε/1024, in ε", bound / (EPS * scale));
    };
    const truth = frobeniusOf(once(X));
    if (spectral !== undefined) {
      holds(`${what} ≤ ${spectral} in the spectral norm`, new Spectrum(gram(X)).above(spectral, 2) === 0);
      if (truth > 0) seen("spectral", spectral, frobeniusOf(X) * (svdvals(relative(X))[0] ?? 0));
    }
    if (frobenius !== undefined) {
      holds(`${what} ≤ ${frobenius} in the Frobenius norm`, compareFrobenius(once(X), frobenius) <= 0);
      seen("Frobenius", frobenius, truth);
    }
  };
  const R = minus(matrix, product);
  within("residual", R, claim.residual, frobeniusOf(matrix));
  const departure = (Q: Exact): Exact => minus(times(transposed(Q), Q), diagonal(new Float64Array(Q.cols).fill(1)));
  within("departure", departure(exact(U)), { spectral: claim.orthogonalityU }, 1);
  within("departure", departure(exact(adjoint(Vt))), { spectral: claim.orthogonalityV }, 1);

  const spectrum = new Spectrum(symmetric ? symmetricPart(matrix) : gram(matrix));
  const power = symmetric ? 1 : 2;
  const { lower, upper } = claim.values;
  const N = spectrum.order / parts;
  holds("one interval a value", lower.length === N && upper.length === N);
  for (let i = 0; i < N; i++) {
    // Values to either side of value i where they descend, and where they ascend.
    const [larger, smaller] = symmetric ? [N - 1 - i, i] : [i, N - 1 - i];
    holds(`value ${i} ≥ ${lower[i]}`, spectrum.below(lower[i], power) <= parts * smaller);
    holds(`value ${i} ≤ ${upper[i]}`, spectrum.above(upper[i], power) <= parts * larger);
  }
  holds(`rank ≥ ${claim.rank}`, spectrum.rank >= parts * claim.rank);
  // The lower bounds being proved, so is the sum of their squares; among subnormal numbers, where those are rounded more
  // coarsely, no more can be said here than that nothing lies below the best.
  const left = diagonal(k < N && !symmetric ? lower.slice(k) : []);
  const proved = frobeniusOf(matrix) < 2 ** -1000 ? [left, once(R)] : [left];
  const best = claim.unavoidable.frobenius;
  holds(
    `unavoidable.frobenius ${best}`,
    proved.some((X) => compareFrobenius(X, best) >= 0),
  );
  holds("unavoidable.spectral", claim.unavoidable.spectral <= (left.rows ? lower[k] : 0));
  return faults;
}

/** What is false in a certificate of A·V ≈ V·diag(w) but for its radii, decided in exact arithmetic. */
export function eigFalsehoods(
  A: Matrix | ComplexMatrix,
  w: ComplexVector,
  V: ComplexMatrix,
  claim: EigCertificate,
): string[] {
  const faults: string[] = [];
  const holds = (what: string, truth: boolean): void => void (truth || faults.push(what));
  const n = w.length;
  const complex = (X: ComplexMatrixLike): ComplexMatrix => ComplexMatrix.from(X);
  const D = complex({ re: Matrix.diagonal(w.re, [n, n]), im: Matrix.diagonal(w.im, [n, n]) });
  const X = exact(complex(V));
  const R = minus(times(exact(complex(A)), X), times(X, exact(D)));
  holds("residual in the spectral norm", new Spectrum(gram(R)).above(claim.residual.spectral, 2) === 0);
  holds("residual in the Frobenius norm", compareFrobenius(half(R), claim.residual.frobenius) <= 0);
  const column = ({ rows, cols, data, scale }: Exact, j: number): Exact => ({
    rows,
    cols: 1,
    data: data.filter((_, k) => k % cols === j),
    scale,
  });
  claim.backward.forEach((bound, j) => {
    if (bound === Infinity) return;
    const [r, v] = [column(R, j), times(column(X, j), diagonal([bound]))];
    holds(`backward error of pair ${j} ≤ ${bound}`, squaredDifference(v, r) >= 0n);
  });
  return faults;
}

/** ‖X‖² − ‖Y‖², up to a positive factor. */
function squaredDifference(X: Exact, Y: Exact): bigint {
  const scale = Math.max(X.scale, Y.scale);
  const square = ({ data, scale: own }: Exact): bigint =>
    data.reduce((sum, x) => sum + x * x, 0n) << BigInt(2 * (scale - own));
  return square(X) - square(Y);
}
