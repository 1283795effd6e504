import type { Measured } from "@eckart/testing";
import { type Certificate, type MatrixLike, type NormBounds, svdvals } from "../../src/index.ts";
import { asMatrix } from "../../src/matrix/input.ts";
import type { Matrix } from "../../src/matrix/matrix.ts";
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

/** Factors of A, f64 or f32. */
export interface Factors {
  readonly U: Matrix;
  readonly s: ArrayLike<number>;
  readonly Vt: Matrix;
}

const exact = (A: Matrix): Exact => exactOf({ rows: A.rows, cols: A.cols, at: (i, j) => A.at(i, j) });

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
  A: MatrixLike,
  { U, s, Vt }: Factors,
  claim: Certificate,
  symmetric = false,
  sharpness: Sharpness = () => {},
): string[] {
  const faults: string[] = [];
  const holds = (what: string, truth: boolean): void => void (truth || faults.push(what));
  const M = asMatrix("judge", A);
  const k = s.length;
  const matrix = exact(M);
  const product = times(times(exact(U.slice(0, U.rows, 0, k)), diagonal(s)), exact(Vt.slice(0, k)));

  const within = (what: string, X: Exact, { spectral, frobenius }: Partial<NormBounds>, scale: number): void => {
    const seen = (norm: string, bound: number, truth: number): void => {
      if (truth < 2 ** -1000) return; // so small that the bound is a matter of the smallest number
      if (truth >= (EPS / 1024) * scale) sharpness(`${what} ${norm}`, bound / truth);
      else if (bound < Infinity) sharpness("below ε/1024, in ε", bound / (EPS * scale));
    };
    const truth = frobeniusOf(X);
    if (spectral !== undefined) {
      holds(`${what} ≤ ${spectral} in the spectral norm`, new Spectrum(gram(X)).above(spectral, 2) === 0);
      if (truth > 0) seen("spectral", spectral, truth * (svdvals(relative(X))[0] ?? 0));
    }
    if (frobenius !== undefined) {
      holds(`${what} ≤ ${frobenius} in the Frobenius norm`, compareFrobenius(X, frobenius) <= 0);
      seen("Frobenius", frobenius, truth);
    }
  };
  const R = minus(matrix, product);
  within("residual", R, claim.residual, frobeniusOf(matrix));
  const departure = (Q: Exact): Exact => minus(times(transposed(Q), Q), diagonal(new Float64Array(Q.cols).fill(1)));
  within("departure", departure(exact(U)), { spectral: claim.orthogonalityU }, 1);
  within("departure", departure(exact(Vt.T)), { spectral: claim.orthogonalityV }, 1);

  const spectrum = new Spectrum(symmetric ? symmetricPart(matrix) : gram(matrix));
  const power = symmetric ? 1 : 2;
  const { lower, upper } = claim.values;
  const N = spectrum.order;
  holds("one interval a value", lower.length === N && upper.length === N);
  for (let i = 0; i < N; i++) {
    // Values to either side of value i where they descend, and where they ascend.
    const [larger, smaller] = symmetric ? [N - 1 - i, i] : [i, N - 1 - i];
    holds(`value ${i} ≥ ${lower[i]}`, spectrum.below(lower[i], power) <= smaller);
    holds(`value ${i} ≤ ${upper[i]}`, spectrum.above(upper[i], power) <= larger);
  }
  holds(`rank ≥ ${claim.rank}`, spectrum.rank >= claim.rank);
  // The lower bounds being proved, so is the sum of their squares; among subnormal numbers, where those are rounded more
  // coarsely, no more can be said here than that nothing lies below the best.
  const left = diagonal(k < N && !symmetric ? lower.slice(k) : []);
  const proved = frobeniusOf(matrix) < 2 ** -1000 ? [left, R] : [left];
  const best = claim.unavoidable.frobenius;
  holds(
    `unavoidable.frobenius ${best}`,
    proved.some((X) => compareFrobenius(X, best) >= 0),
  );
  holds("unavoidable.spectral", claim.unavoidable.spectral <= (left.rows ? lower[k] : 0));
  return faults;
}
