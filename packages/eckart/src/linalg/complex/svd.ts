// The SVD of a complex matrix: A = Q·B·Pᴴ with B real (Householder), B = X·diag(s)·Yᵀ by the real methods, U = Q·X,
// V = P·Y. Where m ≫ n a QR factorisation comes first.
import { ConvergenceError } from "../../errors.ts";
import { stage, WAITING } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, withWorkspace, type Workspace } from "../../kernels/workspace.ts";
import { asComplexMatrix, type ComplexInput, ComplexMatrix } from "../../matrix/complex.ts";
import { largestFinite } from "../../matrix/input.ts";
import { type FloatArray, type Matrix, zeroVector } from "../../matrix/matrix.ts";
import { load, powerOfTwoScale, store, storeTransposed } from "../../matrix/transfer.ts";
import { checkChoice, checkOptions } from "../../options.ts";
import { extendByIdentity } from "../parts/identity.ts";
import { chooseSvd, SVD_METHODS, type SvdMethod } from "../svd/choose.ts";
import { divideAndConquer, divideAndConquerScratch } from "../svd/divideAndConquer.ts";
import { golubKahan, golubKahanScratch, type Outcome } from "../svd/golubKahan.ts";
import type { Want } from "../svd/pipeline.ts";
import type { SvdInfo, SvdOptions, SvdvalsOptions } from "../svd/svd.ts";
import { singularValues, singularValuesScratch } from "../svd/values.ts";
import { svdWork } from "../svd/work.ts";
import { tuning } from "../tuning.ts";
import { bidiagonalize, bidiagonalizeScratch } from "./bidiagonalize.ts";
import { qrInPlace, qrReflectors, qrScratch } from "./householder.ts";
import { allocSplit, shifted, type Split } from "./panel.ts";
import { fixPhases } from "./phases.ts";
import { applyReflectors, reflectorScratch } from "./reflector.ts";

/** Methods of `svd` and `svdvals` for a complex matrix: those that go on from a real bidiagonal one. */
export type ComplexSvdMethod = Exclude<SvdMethod, "jacobi">;

/** Options of `svd` for a complex matrix. */
export interface ComplexSvdOptions {
  /** Whether U is m × m and Vh n × n, completed by orthonormal vectors; thin by default. */
  readonly full?: boolean;
  /** "auto" (default), "divide-and-conquer", or "golub-kahan" (implicit zero-shift QR). */
  readonly method?: ComplexSvdMethod | "auto";
}

/** A = U · diag(s) · Vh for a complex matrix. */
export interface ComplexSvd {
  /** Left singular vectors, the columns: m × k, or m × m when full. */
  readonly U: ComplexMatrix;
  /** The k = min(m, n) singular values, real, descending, none negative. */
  readonly s: FloatArray;
  /** Right singular vectors, conjugated, the rows: k × n, or n × n when full. */
  readonly Vh: ComplexMatrix;
  /** Right singular vectors, the columns: the conjugate transpose of Vh. */
  readonly V: ComplexMatrix;
  readonly info: SvdInfo;
}

/** The methods there are: one-sided Jacobi is for real matrices. */
const METHODS: readonly SvdMethod[] = SVD_METHODS.filter((method) => method !== "jacobi");

/** `svd` of a complex matrix. */
export function complexSvd(input: ComplexInput, options: SvdOptions): ComplexSvd {
  checkOptions("svd", options, ["full", "method"]);
  const { full = false, method = "auto" } = options;
  checkChoice("svd", "full", full, [true, false]);
  checkChoice("svd", "method", method, ["auto", ...METHODS]);
  const { U, s, Vh, info } = compute("svd", asComplexMatrix("svd", input), method, full ? "full" : "thin");
  return { U: U!, s, Vh: Vh!, V: Vh!.H, info };
}

/** `svdvals` of a complex matrix. */
export function complexSvdvals(input: ComplexInput, options: SvdvalsOptions): FloatArray {
  checkOptions("svdvals", options, ["method"]);
  const { method = "auto" } = options;
  checkChoice("svdvals", "method", method, ["auto", ...METHODS]);
  return compute("svdvals", asComplexMatrix("svdvals", input), method, "none").s;
}

interface Answer {
  readonly U: ComplexMatrix | null;
  readonly s: FloatArray;
  readonly Vh: ComplexMatrix | null;
  readonly info: SvdInfo;
}

function compute(where: string, A: ComplexMatrix, method: SvdMethod | "auto", want: Want): Answer {
  const largest = Math.max(largestFinite(where, A.re, "real"), largestFinite(where, A.im, "imaginary"));
  const n = Math.min(A.rows, A.cols);
  const failures: Outcome[] = [];
  for (const attempt of chooseSvd(n, false, method).filter((name) => METHODS.includes(name))) {
    const { elements, scalars } = scratch(Math.max(A.rows, A.cols), n, attempt, want);
    const answer = withWorkspace(A.dtype, elements, scalars, (ws) => solve(ws, A, largest, attempt, want, failures));
    if (answer) return answer;
  }
  const iterations = failures.reduce((sum, failure) => sum + failure.iterations, 0);
  throw new ConvergenceError(where, iterations, Math.min(...failures.map((failure) => failure.residual)));
}

/** Elements of the dtype and f64 that `solve` takes for m ≥ n. */
function scratch(m: number, n: number, method: SvdMethod, want: Want): { elements: number; scalars: number } {
  const columns = want === "full" ? m : n;
  const vectors = want === "none" ? 0 : 2 * (matrixSize(m, columns) + matrixSize(n, n)) + reflectorScratch(m, columns);
  const divide = divideAndConquerScratch(method === "divide-and-conquer" && want !== "none" ? n : 0);
  const factors = 2 * (matrixSize(m, n) + matrixSize(n, n)) + 2 * n;
  return {
    elements: factors + vectors + Math.max(bidiagonalizeScratch(m, n), qrScratch(m, n)) + divide.elements + 4 * n,
    scalars: 2 * n + (want === "none" ? singularValuesScratch(n) : golubKahanScratch(n)) + divide.scalars,
  };
}

/** A matrix with its size. */
interface Place extends Split {
  readonly rows: number;
  readonly cols: number;
}

/** U is m × n, or m × m when full; V is n × n. */
interface Vectors {
  readonly U: Place;
  readonly V: Place;
}

/** The answer of one method; null where it did not converge, which is added to `failures`. */
function solve(
  ws: Workspace,
  A: ComplexMatrix,
  largest: number,
  method: SvdMethod,
  want: Want,
  failures: Outcome[],
): Answer | null {
  // The algorithms take m ≥ n; A and Aᴴ share their decomposition, U and V exchanged.
  const wide = A.rows < A.cols;
  const [m, n] = wide ? [A.cols, A.rows] : [A.rows, A.cols];
  const d = ws.allocScalars(n);
  const e = ws.allocScalars(n);
  const vectors = want === "none" ? null : { U: allocPlace(ws, m, want === "full" ? m : n), V: allocPlace(ws, n, n) };
  const scale = powerOfTwoScale(largest);
  const M = allocSplit(ws, leadingDimension(m), n);
  load(ws, wide ? A.re.T : A.re, M.re, M.ld, scale);
  load(ws, wide ? A.im.T : A.im, M.im, M.ld, wide ? -scale : scale);

  const outcome = solveDense(ws, m, n, M, method, d, e, vectors);
  if (!outcome.converged) {
    failures.push(outcome);
    return null;
  }
  const s = zeroVector(n, A.dtype);
  for (let i = 0; i < n; i++) s[i] = ws.mem64[d + i] / scale;
  const { iterations, residual } = outcome;
  const info = {
    method,
    backend: ws.backend,
    converged: true,
    iterations,
    residual,
  } as const;
  return { s, ...collect(ws, vectors, n, wide), info };
}

function allocPlace(ws: Workspace, rows: number, cols: number): Place {
  return { ...allocSplit(ws, leadingDimension(rows), cols), rows, cols };
}

function solveDense(
  ws: Workspace,
  m: number,
  n: number,
  A: Split,
  method: SvdMethod,
  d: number,
  e: number,
  vectors: Vectors | null,
): Outcome {
  if (m < tuning.tallRatio * n || m === n) return solveByBidiagonal(ws, m, n, A, method, d, e, vectors);
  const tau = ws.alloc(2 * n);
  const { reduce, diagonalize, back } = svdWork(n, n, method, vectors ? n : 0);
  const inside = 4 * (WAITING * reduce + back) + diagonalize;
  const beyond = vectors ? 16 * n * vectors.U.cols * (m - n / 2) : 0;
  stage("qr", 8 * n * n * (m - n / 3), inside + beyond, () => qrInPlace(ws, m, n, A, tau));
  const R = allocSplit(ws, leadingDimension(n), n);
  for (const part of ["re", "im"] as const) {
    for (let j = 0; j < n; j++) {
      const [from, to] = [A[part] + j * A.ld, R[part] + j * R.ld];
      ws.mem.copyWithin(to, from, from + j + 1);
      ws.mem.fill(0, to + j + 1, to + n);
    }
  }
  const inner = vectors && { U: { ...vectors.U, rows: n, cols: n }, V: vectors.V };
  const outcome = stage("bidiagonalize", inside, beyond, () => solveByBidiagonal(ws, n, n, R, method, d, e, inner));
  if (vectors && outcome.converged) {
    const { U } = vectors;
    extend(ws, U, n);
    stage("back-transform", beyond, 0, () => applyReflectors(ws, qrReflectors(m, n, A, tau), 0, U.cols, U));
  }
  return outcome;
}

function solveByBidiagonal(
  ws: Workspace,
  m: number,
  n: number,
  A: Split,
  method: SvdMethod,
  d: number,
  e: number,
  vectors: Vectors | null,
): Outcome {
  const { reduce, diagonalize, back } = svdWork(m, n, method, vectors?.U.cols ?? 0);
  const { Q, P } = stage("bidiagonalize", 4 * WAITING * reduce, diagonalize + 4 * back, () =>
    bidiagonalize(ws, m, n, A, d, e),
  );
  const outcome = stage("diagonalize", diagonalize, 4 * back, () => solveReal(ws, n, d, e, method, vectors));
  if (vectors && outcome.converged) {
    const { U, V } = vectors;
    for (const { im, ld, rows } of [U, V]) for (let j = 0; j < n; j++) ws.mem.fill(0, im + j * ld, im + j * ld + rows);
    extend(ws, U, n);
    stage("back-transform", 4 * back, 0, () => {
      applyReflectors(ws, Q, 0, U.cols, U);
      applyReflectors(ws, P, 0, n, shifted(V, 1));
    });
  }
  return outcome;
}

/** B = X·diag(s)·Yᵀ for the n × n upper bidiagonal (d, e): X and Y over the real parts of U and V. */
function solveReal(
  ws: Workspace,
  n: number,
  d: number,
  e: number,
  method: SvdMethod,
  vectors: Vectors | null,
): Outcome {
  if (!vectors) return singularValues(ws, n, d, e);
  const place = { U: vectors.U.re, ldu: vectors.U.ld, V: vectors.V.re, ldv: vectors.V.ld };
  if (method === "divide-and-conquer") return divideAndConquer(ws, n, d, e, place);
  extendByIdentity(ws, n, n, place.U, place.ldu);
  extendByIdentity(ws, n, n, place.V, place.ldv);
  return golubKahan(ws, n, d, e, { ...place, rowsU: n, rowsV: n });
}

/** U becomes [X 0; 0 I], where X is its leading n × n block. */
function extend(ws: Workspace, U: Place, n: number): void {
  extendByIdentity(ws, U.rows, U.cols, U.re, U.ld, n);
  const { im, ld, rows, cols } = U;
  for (let j = 0; j < cols; j++) ws.mem.fill(0, im + j * ld + (j < n ? n : 0), im + j * ld + rows);
}

/** U and Vh in memory of their own, in the caller's orientation, phases fixed. */
function collect(ws: Workspace, vectors: Vectors | null, k: number, wide: boolean): Pick<Answer, "U" | "Vh"> {
  if (!vectors) return { U: null, Vh: null };
  const [left, right] = wide ? [vectors.V, vectors.U] : [vectors.U, vectors.V];
  fixPhases(ws, k, right, left);
  const part = (at: number): Matrix => store(ws, at, left.ld, left.rows, left.cols);
  const conjugate = storeTransposed(ws, right.im, right.ld, right.rows, right.cols);
  for (let i = 0; i < conjugate.data.length; i++) conjugate.data[i] = 0 - conjugate.data[i];
  return {
    U: ComplexMatrix.wrap(part(left.re), part(left.im)),
    Vh: ComplexMatrix.wrap(storeTransposed(ws, right.re, right.ld, right.rows, right.cols), conjugate),
  };
}
