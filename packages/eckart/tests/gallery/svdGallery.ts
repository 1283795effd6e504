import {
  absoluteRatio,
  type Measured,
  order,
  orthogonality,
  residual,
  sturmRatio,
  type GalleryMatrix,
} from "@eckart/testing";
import { expect } from "vitest";
import { svd, svdvals, type SvdOptions } from "../../src/index.ts";
import type { Matrix } from "../../src/matrix/matrix.ts";

/** Every way to ask for a method. */
export const METHODS = ["auto", "golub-kahan", "divide-and-conquer", "jacobi"] as const;

/**
 * What no decomposition may exceed. LAPACK's own tests fail at 50; over the same gallery the worst of NumPy (dgesdd) is
 * 8.3 backward and 2.8 in orthogonality. The values of one path against those of another are in units of ε·σ₁, the
 * Sturm count in units of n·ε of each value.
 */
export const MOST = { back: 10, orth: 10, svdvals: 50, sturm: 4 };

/** What the median over the gallery may not exceed: a higher one would be a fault even where no single one is wrong. */
export const TYPICAL = { back: 2, orth: 3.5 };

/** Notes what does not hold. */
export type Fault = (what: string) => void;

/** Runs a check that notes its faults, one of them what it throws, under the name of its case. */
export function collectFaults(name: string, faults: string[], check: (fault: Fault) => void): void {
  const fault: Fault = (what) => void faults.push(`${name}: ${what}`);
  try {
    check(fault);
  } catch (error) {
    fault(String(error));
  }
}

/** Decomposes A in one way and appends whatever does not hold to `faults`, with the ratio that was measured. */
export function checkSvd(A: GalleryMatrix, options: SvdOptions, measured: Measured, faults: string[]): void {
  const { method = "auto", full = false } = options;
  collectFaults(`${A.name}, ${method}${full ? ", full" : ""}`, faults, (fault) => check(A, options, measured, fault));
}

function check(
  A: GalleryMatrix,
  { method = "auto", full = false }: SvdOptions,
  measured: Measured,
  fault: Fault,
): void {
  const claim = (what: string, holds: boolean): void => void (holds || fault(what));
  const limit = (what: keyof typeof MOST, ratio: number): void => {
    measured.record(A.family, what, ratio);
    if (!(ratio <= MOST[what])) fault(`${what} ${ratio}`);
  };

  const [m, n] = A.shape;
  const k = Math.min(m, n);
  const before = A.data.slice();
  const { U, s, Vt, V, info } = svd(A, { method, full });
  const values = svdvals(A, { method });

  claim("the input is unchanged", sameBits(A.data, before));
  claim("shape of U", U.rows === m && U.cols === (full ? m : k));
  claim("shape of Vt", Vt.rows === (full ? n : k) && Vt.cols === n);
  claim("V is a view of Vt", V.data === Vt.data && V.rows === n);
  claim(
    "element type",
    [U.data, s, Vt.data, values].every((data) => data.constructor === A.data.constructor),
  );
  claim("order of s", s.length === k && order(s) === 0);
  claim("order of svdvals", values.length === k && order(values) === 0);
  const expected = onOneSide(A) ? "golub-kahan" : method;
  claim(`method ${info.method}`, method === "auto" || k === 0 || info.method === expected);
  claim("signs", fixedSigns(Vt, k));
  limit("back", residual(A, U, s, Vt));
  limit("orth", Math.max(orthogonality(U), orthogonality(Vt)));
  limit("svdvals", absoluteRatio(values, s));
  if (A.tags.includes("bidiagonal")) limit("sturm", bidiagonalRatio(A, s));
}

/** Fails with the first faults, and how many there are. */
export function expectNone(faults: readonly string[]): void {
  expect(faults.slice(0, 20), `${faults.length} faults`).toEqual([]);
}

/** Whether two arrays hold the same bits, but for the sign of zero. */
export function sameBits(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return a.length === b.length;
}

/** In each of the first k rows the entry of largest magnitude is positive; among nearly equal ones, one of them. */
function fixedSigns(Vt: Matrix, k: number): boolean {
  for (let i = 0; i < k; i++) {
    const row = Array.from({ length: Vt.cols }, (_, j) => Vt.at(i, j));
    if (Math.max(...row) < Math.max(...row.map(Math.abs)) * (1 - 1e-4)) return false;
  }
  return true;
}

/** Whether all that is not zero lies on the diagonal and right above it, or on the diagonal and right below. */
function onOneSide({ cols, data }: GalleryMatrix): boolean {
  const nowhereElse = (side: number): boolean =>
    data.every((x, at) => x === 0 || [0, side].includes((at % cols) - Math.floor(at / cols)));
  return nowhereElse(1) || nowhereElse(-1);
}

function bidiagonalRatio({ rows, cols, data }: GalleryMatrix, s: ArrayLike<number>): number {
  const d = Array.from({ length: Math.min(rows, cols) }, (_, i) => data[i * cols + i]);
  const e = Array.from({ length: Math.min(rows, cols - 1) }, (_, i) => data[i * cols + i + 1]);
  return sturmRatio(d, e, s);
}
