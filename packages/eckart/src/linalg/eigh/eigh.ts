// The symmetric eigenproblem: S = Q·T·Qᵀ (Householder), T = Z·diag(w)·Zᵀ (one of two methods), V = Q·Z.
import { ConvergenceError } from "../../errors.ts";
import { backend, type BackendName } from "../../kernels/load.ts";
import { stage, WAITING } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, withWorkspace, type Workspace } from "../../kernels/workspace.ts";
import { type ComplexInput, isComplex } from "../../matrix/complex.ts";
import { asMatrix, type MatrixLike } from "../../matrix/input.ts";
import { type FloatArray, Matrix, zeroVector } from "../../matrix/matrix.ts";
import { load, powerOfTwoScale, store } from "../../matrix/transfer.ts";
import { checkChoice, checkOptions } from "../../options.ts";
import { type ComplexEigh, decomposeHermitian } from "../complex/eigh.ts";
import { extendByIdentity } from "../parts/identity.ts";
import { applyReflectors, type Reflectors, reflectorScratch } from "../parts/reflector.ts";
import { fixSigns } from "../parts/signs.ts";
import { tridiagonalize, tridiagonalizeScratch } from "../parts/tridiagonal.ts";
import { chooseEigh, EIGH_METHODS, type EighMethod } from "./choose.ts";
import { divideAndConquer, divideAndConquerScratch } from "./divideAndConquer.ts";
import { implicitQl, implicitQlScratch, type Outcome } from "./implicitQl.ts";
import { fitsLanes, smallEigh } from "./lanes.ts";
import { eigenvalues } from "./values.ts";
import { eighWork } from "./work.ts";
import { type Symmetric, symmetric } from "../parts/symmetric.ts";
import { eigh2x2, eigh2x2Record, storeEigh2x2 } from "./twoByTwo.ts";

/** Options of `eigh`. */
export interface EighOptions {
  /** "auto" (default), "divide-and-conquer", or "ql" (implicit QL and QR iteration). */
  readonly method?: EighMethod | "auto";
  /** Reads this triangle only, whatever the other one holds. By default both count, and must agree. */
  readonly uplo?: "lower" | "upper";
}

/** Options of `eigvalsh`. */
export interface EigvalshOptions {
  /** As for `eigh`; "divide-and-conquer" means the same as "ql" here, since it differs in the vectors only. */
  readonly method?: EighMethod | "auto";
  /** As for `eigh`. */
  readonly uplo?: "lower" | "upper";
}

/** How a decomposition was computed. */
export interface EighInfo {
  /**
   * The method that answered; another than the one asked for when that failed, "jacobi" for the smallest matrices, and
   * "closed-form" when none was needed.
   */
  readonly method: EighMethod | "jacobi" | "closed-form";
  /** Which twin of the kernels answered: "wasm", or "typescript" where WebAssembly is refused. */
  readonly backend: BackendName;
  readonly converged: true;
  /** Sweeps of the iteration, and merges of divide and conquer; 0 for "jacobi", whose kernel does not count them. */
  readonly iterations: number;
  /** Largest entry left to annihilate, over the largest eigenvalue. */
  readonly residual: number;
}

/** S = V · diag(w) · Vᵀ. */
export interface Eigh {
  /** The n eigenvalues, ascending. */
  readonly w: FloatArray;
  /** Eigenvectors, the columns: n × n, column j belongs to w[j]. */
  readonly V: Matrix;
  readonly info: EighInfo;
}

/**
 * Eigenvalues and eigenvectors of a Hermitian matrix, S = V · diag(w) · Vᴴ.
 *
 * S is n × n, complex by its structure, finite, and left untouched; w is real and ascends; V is unitary to a small
 * multiple of ε. Each eigenvalue has an error of a small multiple of ε‖S‖. 0 × 0 gives empty factors. Two parts of
 * 32-bit floats, or "c64", are computed and answered in f32.
 *
 * Parts of mirrored entries that differ from conjugates by up to 100·n·ε·max|sᵢⱼ|, and imaginary parts up to half of
 * that on the diagonal, are taken for rounding, and the mean counts; more is an error. `uplo` says which triangle to
 * read; the diagonal has to be real all the same.
 *
 * Phases are fixed: in every eigenvector the entry of largest magnitude is real and positive.
 *
 * @param S        the matrix: a ComplexMatrix, { re, im }, or pairs { data, shape, dtype } with dtype "c128" or "c64".
 * @param options  method: "auto" by default; uplo: the triangle to read, both by default.
 * @throws ShapeError        S is not square, or its parts are of different shapes.
 * @throws NonFiniteError    S holds NaN or ±Infinity; carries the part, and the first row and column in it.
 * @throws SymmetryError     S is not Hermitian; carries the part and the first entry that shows it.
 * @throws OptionError       an unknown option, method or triangle.
 * @throws ConvergenceError  both methods met their iteration limit.
 * @throws MemoryError       the factors do not fit into 4 GiB.
 *
 * Cost: about 16/3·n³ real flops for the reduction and up to 11·n³ for the vectors. Memory beside input and result: about
 * 7 real matrices.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §8.3 and §8.4; Dongarra, Sorensen & Hammarling, J. Comput.
 * Appl. Math. 27 (1989).
 * @example
 * const { w, V } = eigh({ re: [[2, 0], [0, 2]], im: [[0, -1], [1, 0]] }); // w = [1, 3]
 */
export function eigh(S: ComplexInput, options?: EighOptions): ComplexEigh;
/**
 * Eigenvalues and eigenvectors of a symmetric matrix, S = V · diag(w) · Vᵀ.
 *
 * S is n × n, finite, and left untouched; w ascends; V is orthogonal to a small multiple of ε. Each eigenvalue has an
 * error of a small multiple of ε‖S‖, and the tiny ones of a graded or indefinite matrix no digits beyond that; those of
 * a 2 × 2 matrix are right to a few ε themselves, those of a diagonal matrix exact. 0 × 0 gives empty factors. f32 input
 * is computed and answered in f32.
 *
 * Mirrored entries that differ by up to 100·n·ε·max|sᵢⱼ| are taken for rounding, and their mean counts; a larger
 * difference is an error, unless `uplo` says which triangle to read.
 *
 * Signs are fixed: in every eigenvector the entry of largest magnitude is positive; for n = 2 they are those of LAPACK.
 *
 * @param S        the matrix: a Matrix, an array of rows, or { data, shape }.
 * @param options  method: "auto" by default; uplo: the triangle to read, both by default.
 * @throws ShapeError        S is not square.
 * @throws NonFiniteError    S holds NaN or ±Infinity; carries the first row and column.
 * @throws SymmetryError     S is not symmetric; carries the first entry that shows it.
 * @throws OptionError       an unknown option, method or triangle.
 * @throws ConvergenceError  both methods met their iteration limit.
 * @throws MemoryError       the factors do not fit into 4 GiB.
 *
 * Cost: about 4/3·n³ flops for the reduction and up to 10/3·n³ for the vectors, less where divide and conquer deflates.
 * Memory beside input and result: about 5 matrices.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §8.3 to §8.5; Gu & Eisenstat, SIAM J. Matrix Anal. Appl. 16
 * (1995).
 * @example
 * const { w, V } = eigh([[2, 1], [1, 2]]); // w = [1, 3]
 */
export function eigh(S: MatrixLike, options?: EighOptions): Eigh;
export function eigh(S: MatrixLike | ComplexInput, options: EighOptions = {}): Eigh | ComplexEigh {
  if (isComplex(S)) {
    const { w, V, info } = decomposeHermitian("eigh", S, options, true);
    return { w, V: V!, info };
  }
  const { w, V, info } = decompose("eigh", S, options, true);
  return { w, V: V!, info };
}

/**
 * The eigenvalues of a symmetric matrix alone, ascending.
 *
 * They agree with those of `eigh` to a few ε‖S‖, and take about a third of its time.
 *
 * @throws ShapeError, NonFiniteError, SymmetryError, OptionError, ConvergenceError, MemoryError  as `eigh`.
 *
 * Cost: 4/3·n³ flops. Memory beside the input: about one matrix.
 * @example
 * eigvalsh([[0, 1], [1, 0]]); // [-1, 1]
 */
export function eigvalsh(S: MatrixLike, options?: EigvalshOptions): FloatArray;
/**
 * The eigenvalues of a Hermitian matrix alone, ascending, all real.
 *
 * They agree with those of `eigh` to a few ε‖S‖.
 *
 * @throws ShapeError, NonFiniteError, SymmetryError, OptionError, ConvergenceError, MemoryError  as `eigh`.
 *
 * Cost: 16/3·n³ real flops. Memory beside the input: about one matrix.
 * @example
 * eigvalsh({ re: [[0, 0], [0, 0]], im: [[0, -1], [1, 0]] }); // [-1, 1]
 */
export function eigvalsh(S: ComplexInput, options?: EigvalshOptions): FloatArray;
export function eigvalsh(S: MatrixLike | ComplexInput, options: EigvalshOptions = {}): FloatArray {
  if (isComplex(S)) return decomposeHermitian("eigvalsh", S, options, false).w;
  return decompose("eigvalsh", S, options, false).w;
}

const OPTIONS = ["method", "uplo"];
const METHODS = ["auto", ...EIGH_METHODS] as const;
const TRIANGLES = ["lower", "upper", undefined] as const;

interface Answer {
  readonly w: FloatArray;
  readonly V: Matrix | null;
  readonly info: EighInfo;
}

function decompose(where: string, A: MatrixLike, options: EighOptions, vectors: boolean): Answer {
  checkOptions(where, options, OPTIONS);
  const { method = "auto", uplo } = options;
  checkChoice(where, "method", method, METHODS);
  checkChoice(where, "uplo", uplo, TRIANGLES);
  const S = symmetric(where, asMatrix(where, A), uplo);
  if (S.shape === "diagonal") return decomposeDiagonal(S, vectors);
  if (S.S.rows === 2 && method === "auto") return decompose2x2(S, vectors);
  if (method === "auto" && S.shape === "dense" && fitsLanes(S.S.rows, S.S.dtype, vectors)) {
    const answer = smallEigh(S, vectors);
    if (answer) return { w: answer.w, V: answer.V, info: info("jacobi") };
  }

  const failed: Outcome[] = [];
  for (const attempt of chooseEigh(S.S.rows, vectors, vectors ? method : "ql")) {
    const answer = iterate(S, attempt, vectors, failed);
    if (answer) return answer;
  }
  const iterations = failed.reduce((sum, outcome) => sum + outcome.iterations, 0);
  throw new ConvergenceError(where, iterations, Math.min(...failed.map((outcome) => outcome.residual)));
}

const info = (method: EighInfo["method"], iterations = 0, residual = 0): EighInfo => ({
  method,
  backend: backend().name,
  converged: true,
  iterations,
  residual,
});

/** The eigenvalues are the diagonal entries, exactly, the vectors those of the identity. */
function decomposeDiagonal({ S }: Symmetric, vectors: boolean): Answer {
  const n = S.rows;
  const diagonal = Array.from({ length: n }, (_, i) => S.at(i, i));
  const order = diagonal.map((_, i) => i).sort((i, j) => diagonal[i] - diagonal[j] || i - j);
  const V = vectors ? Matrix.zeros(n, n, { dtype: S.dtype }) : null;
  const w = zeroVector(n, S.dtype);
  order.forEach((i, j) => {
    w[j] = diagonal[i];
    if (V) V.data[i * n + j] = 1;
  });
  return { w, V, info: info("closed-form") };
}

function decompose2x2({ S, average }: Symmetric, vectors: boolean): Answer {
  const q = S.at(1, 0);
  const pair = eigh2x2Record();
  eigh2x2(S.at(0, 0), average ? q / 2 + S.at(0, 1) / 2 : q, S.at(1, 1), pair);
  const w = zeroVector(2, S.dtype);
  const V = vectors ? Matrix.zeros(2, 2, { dtype: S.dtype }) : null;
  storeEigh2x2(pair, w, 0, V && V.data);
  return { w, V, info: info("closed-form") };
}

/** The answer of one method; null where it did not converge, which is added to `failed`. */
function iterate(S: Symmetric, method: EighMethod, vectors: boolean, failed: Outcome[]): Answer | null {
  const n = S.S.rows;
  const ld = leadingDimension(n);
  const divide = method === "divide-and-conquer";
  const size = scratch(n, S.shape === "dense", divide, vectors);
  return withWorkspace(S.S.dtype, size.elements, size.scalars, (ws) => {
    const scale = powerOfTwoScale(S.largest);
    const d = ws.allocScalars(n);
    const e = ws.allocScalars(n);
    const work = eighWork(n, vectors, divide);
    const Q =
      S.shape === "dense"
        ? stage("tridiagonalize", WAITING * work.reduce, work.diagonalize + work.back, () => reduce(ws, S, scale, d, e))
        : loadTridiagonal(ws, S.S, scale, d, e);
    const V = divide || vectors ? ws.alloc(ld * n) : 0;
    const outcome = stage("diagonalize", work.diagonalize, work.back, () => {
      if (divide) return divideAndConquer(ws, n, d, e, V, ld);
      if (!vectors) return eigenvalues(ws, n, d, e);
      extendByIdentity(ws, n, n, V, ld);
      return implicitQl(ws, n, d, e, { V, ldv: ld, rows: n });
    });
    if (!outcome.converged) {
      failed.push(outcome);
      return null;
    }
    if (vectors && Q) stage("back-transform", work.back, 0, () => applyReflectors(ws, Q, "left", 0, n, V + 1, ld));
    sortAscending(ws, n, d, vectors ? V : null, ld);
    if (vectors && n > 2) fixSigns(ws, n, { at: V, ld, rows: n }, null);
    const w = zeroVector(n, S.S.dtype);
    for (let i = 0; i < n; i++) w[i] = ws.mem64[d + i] / scale;
    return {
      w,
      V: vectors ? store(ws, V, ld, n, n) : null,
      info: info(method, outcome.iterations, outcome.residual),
    };
  });
}

/** Elements of the dtype and f64 that `iterate` takes. */
function scratch(n: number, dense: boolean, divide: boolean, vectors: boolean): { elements: number; scalars: number } {
  const solver = divide ? divideAndConquerScratch(n) : { elements: 0, scalars: implicitQlScratch(n) };
  const reduction = dense ? Math.max(tridiagonalizeScratch(n), reflectorScratch(n, n)) : 0;
  const matrices = (dense ? 1 : 0) + (divide || vectors ? 1 : 0);
  return {
    elements: matrices * matrixSize(n, n) + Math.max(reduction, solver.elements) + n,
    scalars: 2 * n + solver.scalars,
  };
}

/** T of S = Q·T·Qᵀ at d and e; returns Q. */
function reduce(ws: Workspace, { S, average }: Symmetric, scale: number, d: number, e: number): Reflectors {
  const { mem } = ws;
  const n = S.rows;
  const ld = leadingDimension(n);
  const A = ws.alloc(ld * n);
  load(ws, S, A, ld, scale);
  if (average) {
    for (let j = 0; j < n; j++) {
      for (let i = j + 1; i < n; i++) mem[A + i + j * ld] = (mem[A + i + j * ld] + mem[A + j + i * ld]) / 2;
    }
  }
  return tridiagonalize(ws, n, A, ld, d, e);
}

/** T = S at d and e, where S is tridiagonal already. */
function loadTridiagonal(ws: Workspace, S: Matrix, scale: number, d: number, e: number): null {
  for (let i = 0; i < S.rows; i++) ws.mem64[d + i] = S.at(i, i) * scale;
  for (let i = 0; i < S.rows - 1; i++) ws.mem64[e + i] = S.at(i + 1, i) * scale;
  return null;
}

/** Brings the n values at d into ascending order, and the columns of V with them. */
function sortAscending({ mem64, k, k64 }: Workspace, n: number, d: number, V: number | null, ld: number): void {
  for (let j = 0; j < n - 1; j++) {
    let least = j;
    for (let i = j + 1; i < n; i++) if (mem64[d + i] < mem64[d + least]) least = i;
    if (least === j) continue;
    k64.swap(1, d + j, 1, d + least, 1);
    if (V !== null) k.swap(n, V + j * ld, 1, V + least * ld, 1);
  }
}
