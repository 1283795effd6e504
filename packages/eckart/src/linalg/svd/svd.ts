import { ConvergenceError } from "../../errors.ts";
import { backend, type BackendName } from "../../kernels/load.ts";
import { withWorkspace, type Workspace } from "../../kernels/workspace.ts";
import { type ComplexInput, isComplex } from "../../matrix/complex.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../../matrix/input.ts";
import { type FloatArray, Matrix, zeroVector } from "../../matrix/matrix.ts";
import { store, storeTransposed } from "../../matrix/transfer.ts";
import { checkChoice, checkOptions } from "../../options.ts";
import { type ComplexSvd, type ComplexSvdOptions, complexSvd, complexSvdvals } from "../complex/svd.ts";
import { fixSigns } from "../parts/signs.ts";
import { chooseSvd, SVD_METHODS, type SvdMethod } from "./choose.ts";
import type { Outcome } from "./golubKahan.ts";
import { fitsLanes, smallSvd } from "./lanes.ts";
import { checkOut, NOWHERE, type SvdOut } from "./out.ts";
import { problemScratch, solveProblem, type Problem, type Vectors, type Want } from "./pipeline.ts";
import { bidiagonalShape } from "./structure.ts";
import { svd2x2, svd2x2Record } from "../../kernels/ref/twoByTwo.ts";

/** Options of `svd`. */
export interface SvdOptions {
  /** Whether U is m × m and Vt n × n, completed by orthonormal vectors; thin by default. */
  readonly full?: boolean;
  /**
   * "auto" (default), "divide-and-conquer", "golub-kahan" (implicit zero-shift QR), or "jacobi": slower, keeps the
   * digits of small singular values wherever the entries determine them.
   */
  readonly method?: SvdMethod | "auto";
  /**
   * Places for the results, which are then these objects: matrices contiguous by rows, of the shapes and the dtype of the
   * results. They may share memory with A, which is then overwritten, and not with each other. After an error they hold
   * what they held before.
   */
  readonly out?: SvdOut;
}

/** Options of `svdvals`. */
export interface SvdvalsOptions {
  /** As for `svd`; "divide-and-conquer" and "golub-kahan" mean the same here, since they differ in the vectors only. */
  readonly method?: SvdMethod | "auto";
}

/** How a decomposition was computed. */
export interface SvdInfo {
  /** The method that answered; another than the one asked for when that failed or the matrix is bidiagonal. */
  readonly method: SvdMethod | "closed-form";
  /** Which twin of the kernels answered: "wasm", or "typescript" where WebAssembly is refused. */
  readonly backend: BackendName;
  readonly converged: true;
  /** Sweeps of the iteration; 0 for the small matrices whose kernel does not count them, and for the closed form. */
  readonly iterations: number;
  /** Largest entry left to annihilate over σ₁. */
  readonly residual: number;
}

/** A = U · diag(s) · Vt. */
export interface Svd {
  /** Left singular vectors, the columns: m × k, or m × m when full. */
  readonly U: Matrix;
  /** The k = min(m, n) singular values, descending, none negative. */
  readonly s: FloatArray;
  /** Right singular vectors, the rows: k × n, or n × n when full. */
  readonly Vt: Matrix;
  /** Right singular vectors, the columns: a view of Vt. */
  readonly V: Matrix;
  readonly info: SvdInfo;
}

/**
 * Thin singular value decomposition of a complex matrix, A = U · diag(s) · Vh.
 *
 * A is m × n, finite, and left untouched; k = min(m, n). U is m × k, Vh is k × n, V = Vhᴴ, both unitary to a small
 * multiple of ε; s has k real values, descending, none negative. Empty shapes are legal and give empty factors. Phases
 * are fixed: in every row of Vh the entry of largest magnitude is real and positive. Two parts of 32-bit floats, or
 * "c64", are computed and answered in f32. A complex matrix with imaginary part 0 has the answer of the real one, up to
 * rounding.
 *
 * @param A        the matrix, complex by its structure: a ComplexMatrix, { re, im }, or pairs { data, shape, dtype }
 *   with dtype "c128" or "c64".
 * @param options  full: complete U and Vh to square matrices (default false); method: "auto" (default),
 *   "divide-and-conquer" or "golub-kahan".
 * @throws ShapeError        parts of different shapes.
 * @throws NonFiniteError    A holds NaN or ±Infinity; carries the part, and the first row and column in it.
 * @throws OptionError       an unknown option or method; "jacobi" is for real matrices.
 * @throws ConvergenceError  every method met its iteration limit.
 * @throws MemoryError       the factors do not fit into 4 GiB.
 *
 * Cost: about 24mn² + 20n³ real flops for m ≥ n. Memory beside input and result: about 4 matrices.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §8.6; Dongarra, Sorensen & Hammarling, J. Comput. Appl. Math.
 * 27 (1989); Lehoucq, ACM TOMS 22 (1996).
 * @example
 * const { U, s, Vh } = svd({ re: [[0, 2], [0, 0]], im: [[0, 0], [1, 0]] }); // s = [2, 1]
 */
export function svd(A: ComplexInput, options?: ComplexSvdOptions): ComplexSvd;
/**
 * Thin singular value decomposition, A = U · diag(s) · Vt.
 *
 * A is m × n, finite, and left untouched; k = min(m, n). U is m × k, Vt is k × n, both orthonormal to a small multiple
 * of ε; s has k values, descending, none negative. Empty shapes are legal and give empty factors. Signs are fixed: in
 * each of the first k rows of Vt the entry of largest magnitude is positive. f32 input is computed and answered in f32.
 *
 * A bidiagonal matrix, nonzero on the diagonal and right above (or right below) it only, is recognised and goes to
 * "golub-kahan" whatever the method: that keeps every digit of its small singular values.
 *
 * @param A        the matrix: a Matrix, an array of rows, or { data, shape }.
 * @param options  full: complete U and Vt to square matrices (default false); method: "auto" by default; out:
 *   { U, s, Vt }, places to write into, which for small matrices saves most of the time of a call.
 * @throws NonFiniteError    A holds NaN or ±Infinity; carries the first row and column.
 * @throws OptionError       an unknown option or method, or a place of another kind or shared with another one.
 * @throws ShapeError        a place of another shape.
 * @throws ConvergenceError  every method met its iteration limit.
 * @throws MemoryError       the factors do not fit into 4 GiB.
 *
 * Cost: about 6mn² + 14n³ flops for m ≥ n. Memory beside input and result: at most about 5 matrices while it works,
 * three of which hold A and the factors.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §8.6; Gu & Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995);
 * Demmel & Kahan, SIAM J. Sci. Stat. Comput. 11 (1990); Drmač & Veselić, SIAM J. Matrix Anal. Appl. 29 (2008).
 * @example
 * const { U, s, Vt } = svd([[3, 2, 2], [2, 3, -2]]); // s ≈ [5, 3]
 */
export function svd(A: MatrixLike, options?: SvdOptions): Svd;
export function svd(A: MatrixLike | ComplexInput, options: SvdOptions = {}): Svd | ComplexSvd {
  if (isComplex(A)) return complexSvd(A, options);
  checkOptions("svd", options, OPTIONS);
  const { full = false, method = "auto", out = NOWHERE } = options;
  if (typeof full !== "boolean") checkChoice<unknown>("svd", "full", full, [true, false]);
  checkChoice("svd", "method", method, METHODS);
  const M = asMatrix("svd", A);
  if (out !== NOWHERE) checkOut("svd", out, M, full);
  const answer = compute("svd", M, method, full ? "full" : "thin", out);
  const { U, Vt } = answer as { U: Matrix; Vt: Matrix };
  return { U, s: answer.s, Vt, V: Vt.T, info: answer.info };
}

/**
 * The singular values of A alone, descending, none negative: min(m, n) of them.
 *
 * They agree with those of `svd` to a few units in the last place of σ₁, and take less than half of its time.
 *
 * @throws NonFiniteError, OptionError, ConvergenceError, MemoryError  as `svd`.
 *
 * Cost: 4n²(m − n/3) flops for m ≥ n, 2n²(m + n) when m is much larger.
 * @example
 * svdvals([[1, 1], [0, 1]]); // the golden ratio and its inverse
 */
export function svdvals(A: MatrixLike, options?: SvdvalsOptions): FloatArray;
/**
 * The singular values of a complex matrix alone, descending, none negative: min(m, n) of them, all real.
 *
 * They agree with those of `svd` to a few units in the last place of σ₁.
 *
 * @throws ShapeError, NonFiniteError, OptionError, ConvergenceError, MemoryError  as `svd` of a complex matrix.
 *
 * Cost: 16n²(m − n/3) real flops for m ≥ n, 8n²(m + n) when m is much larger.
 * @example
 * svdvals({ re: [[3, 0]], im: [[0, 4]] }); // [5]
 */
export function svdvals(A: ComplexInput, options?: Omit<ComplexSvdOptions, "full">): FloatArray;
export function svdvals(A: MatrixLike | ComplexInput, options: SvdvalsOptions = {}): FloatArray {
  if (isComplex(A)) return complexSvdvals(A, options);
  checkOptions("svdvals", options, ["method"]);
  const { method = "auto" } = options;
  checkChoice("svdvals", "method", method, METHODS);
  return compute("svdvals", asMatrix("svdvals", A), method, "none", NOWHERE).s;
}

const OPTIONS = ["full", "method", "out"];
const METHODS = ["auto", ...SVD_METHODS] as const;

interface Answer {
  readonly U: Matrix | null;
  readonly s: FloatArray;
  readonly Vt: Matrix | null;
  readonly info: SvdInfo;
}

function compute(where: string, A: Matrix, method: SvdMethod | "auto", want: Want, out: SvdOut): Answer {
  const largest = largestFinite(where, A);
  if (A.rows === 2 && A.cols === 2 && method === "auto") return closedForm(A, want, out);
  // The algorithms take m ≥ n; A and Aᵀ share their decomposition, U and V exchanged.
  const wide = A.rows < A.cols;
  const tall = wide ? A.T : A;
  const shape = bidiagonalShape(tall);
  if (method === "auto" && shape === "dense" && fitsLanes(tall.rows, tall.cols, A.dtype, want)) {
    const answer = smallSvd(A, want, out);
    if (answer) {
      const { U, s, Vt, backend } = answer;
      return { U, s, Vt, info: { method: "jacobi", backend, converged: true, iterations: 0, residual: 0 } };
    }
  }
  const failures: Outcome[] = [];
  for (const attempt of chooseSvd(tall.cols, shape !== "dense", method)) {
    const problem: Problem = { A: tall, shape, largest, method: attempt, want };
    const { elements, scalars } = problemScratch(tall.rows, tall.cols, attempt, want);
    const answer = withWorkspace(A.dtype, elements, scalars, (ws) => {
      const { outcome, values, vectors } = solveProblem(ws, problem);
      if (!outcome.converged) {
        failures.push(outcome);
        return null;
      }
      const { iterations, residual } = outcome;
      const info: SvdInfo = { method: attempt, backend: ws.backend, converged: true, iterations, residual };
      return { ...collect(ws, vectors, values, wide, out), info };
    });
    if (answer) return answer;
  }
  const iterations = failures.reduce((sum, failure) => sum + failure.iterations, 0);
  throw new ConvergenceError(where, iterations, Math.min(...failures.map((failure) => failure.residual)));
}

/** U, s and Vt in memory of their own or the caller's, in the caller's orientation, signs fixed. */
function collect(
  ws: Workspace,
  vectors: Vectors | null,
  values: FloatArray,
  wide: boolean,
  out: SvdOut,
): Omit<Answer, "info"> {
  const s = out.s ?? values;
  if (out.s) out.s.set(values);
  if (!vectors) return { U: null, s, Vt: null };
  const { U, V } = vectors;
  const [left, right] = wide ? [V, U] : [U, V];
  fixSigns(ws, Math.min(U.cols, V.cols), right, left);
  return {
    U: store(ws, left.at, left.ld, left.rows, left.cols, 1, out.U),
    s,
    Vt: storeTransposed(ws, right.at, right.ld, right.rows, right.cols, out.Vt),
  };
}

const pair = svd2x2Record();

function closedForm(A: Matrix, want: Want, out: SvdOut): Answer {
  const { data, offset, rowStride, colStride, dtype } = A;
  const below = offset + rowStride;
  svd2x2(data[offset], data[offset + colStride], data[below], data[below + colStride], pair);
  const { max, min, cosLeft, sinLeft, cosRight, sinRight } = pair;
  const s = out.s ?? zeroVector(2, dtype);
  s[0] = Math.abs(max);
  s[1] = Math.abs(min);
  const info: SvdInfo = { method: "closed-form", backend: backend().name, converged: true, iterations: 0, residual: 0 };
  if (want === "none") return { U: null, s, Vt: null, info };
  const U = out.U ?? Matrix.zeros(2, 2, { dtype });
  const Vt = out.Vt ?? Matrix.zeros(2, 2, { dtype });
  const first = leading(cosRight, sinRight);
  const second = leading(-sinRight, cosRight);
  setRows(Vt, first * cosRight, first * sinRight, -second * sinRight, second * cosRight);
  const left = max < 0 ? -first : first;
  const right = min < 0 ? -second : second;
  setRows(U, left * cosLeft, -right * sinLeft, left * sinLeft, right * cosLeft);
  return { U, s, Vt, info };
}

/** The entries of a 2 × 2 matrix, contiguous by rows. */
function setRows({ data, offset }: Matrix, a: number, b: number, c: number, d: number): void {
  data[offset] = a;
  data[offset + 1] = b;
  data[offset + 2] = c;
  data[offset + 3] = d;
}

/** The sign of the entry that `fixSigns` makes positive. */
function leading(x: number, y: number): number {
  return Math.abs(x) >= Math.abs(y) * (1 - 2 ** -20) ? Math.sign(x) : Math.sign(y);
}
