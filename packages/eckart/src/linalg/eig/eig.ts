// The general eigenproblem: Â = D⁻¹PᵀAPD (balancing), Â = Q·H·Qᵀ (Householder), H = Z·T·Zᵀ (QR iteration), T·X = X·Λ
// (substitution), V = P·D·(Q·Z)·X.
import { ConvergenceError, ShapeError } from "../../errors.ts";
import { type BackendName } from "../../kernels/load.ts";
import { advance, stage } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, withWorkspace, type Workspace } from "../../kernels/workspace.ts";
import { ComplexMatrix, ComplexVector } from "../../matrix/complex.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../../matrix/input.ts";
import { type FloatArray, type Matrix, zeroVector } from "../../matrix/matrix.ts";
import { powerOfTwoScale } from "../../matrix/transfer.ts";
import { checkChoice, checkOptions } from "../../options.ts";
import { eigh, eigvalsh } from "../eigh/eigh.ts";
import { extendByIdentity } from "../parts/identity.ts";
import { formOrthogonal, reflectorScratch } from "../parts/reflector.ts";
import { type Balanced, loadBalanced } from "./balance.ts";
import { chooseEig, EIG_METHODS, type EigMethod } from "./choose.ts";
import { defectOf } from "./defect.ts";
import { doubleShift } from "./doubleShift.ts";
import { eigenvalueOrder, finishVectors } from "./finish.ts";
import { hessenbergScratch, reduceToHessenberg } from "./hessenberg.ts";
import { multishift, multishiftScratch } from "./multishift.ts";
import { type Hessenberg, type Outcome, readEigenvalues } from "./schur.ts";
import { eigenvalues2x2, type Pair } from "./standardise.ts";
import { leftVector, rightVector, transformBack, transformBackScratch } from "./vectors.ts";

/** Options of `eig`. */
export interface EigOptions {
  /** Whether left eigenvectors are wanted too. Default false. */
  readonly left?: boolean;
  /** Whether rows and columns are scaled by powers of two to equal norms first, where that does no harm. Default true. */
  readonly balance?: boolean;
  /** "auto" (default), "multishift", or "double-shift". */
  readonly method?: EigMethod | "auto";
}

/** Options of `eigvals`. */
export interface EigvalsOptions {
  /** As for `eig`. */
  readonly balance?: boolean;
  /** As for `eig`. */
  readonly method?: EigMethod | "auto";
}

/** How eigenvalues were computed. */
export interface EigInfo {
  /**
   * The method that answered, another than the one asked for when that failed; "symmetric" where the matrix is symmetric
   * and `eigh` answered, "triangular" where a permutation makes it triangular, "closed-form" for order two.
   */
  readonly method: EigMethod | "symmetric" | "triangular" | "closed-form";
  /** Which twin of the kernels answered: "wasm", or "typescript" where WebAssembly is refused. */
  readonly backend: BackendName;
  readonly converged: true;
  /** Sweeps of the iteration. */
  readonly iterations: number;
  /** Largest entry left to annihilate, over the largest entry; 0 here, where all were. */
  readonly residual: number;
}

/** A · V = V · diag(w). */
export interface Eig {
  /** The n eigenvalues, by ascending real part; a complex pair lies side by side, positive imaginary part first. */
  readonly w: ComplexVector;
  /** Eigenvectors, the columns: n × n, column j belongs to w[j], has length 1 and its largest entry real and positive. */
  readonly V: ComplexMatrix;
  /** Whether every eigenvalue is real; then `w.re` and `V.re` are the answer, and the imaginary parts are exactly 0. */
  readonly isReal: boolean;
  /**
   * The condition of each eigenvalue, 1/|yᴴx| with the unit left and right vectors of the balanced matrix: 1 is perfect,
   * and a change of that matrix by E moves the eigenvalue by about conditions[j]·‖E‖. About 1/ε or above for a defective one.
   */
  readonly conditions: Float64Array;
  /**
   * How many eigenvectors are missing to n independent ones, to working precision; 0 means diagonalisable. Columns of V
   * that belong to a defective eigenvalue agree to rounding.
   */
  readonly defect: number;
  readonly info: EigInfo;
}

/** A · V = V · diag(w) and Yᴴ · A = diag(w) · Yᴴ. */
export interface EigWithLeft extends Eig {
  /** Left eigenvectors, the columns: n × n, column j belongs to w[j]; length and phase as in V. */
  readonly Y: ComplexMatrix;
}

/**
 * Eigenvalues and eigenvectors of a square matrix, A · V = V · diag(w), with left ones too: Yᴴ · A = diag(w) · Yᴴ.
 *
 * A is real, n × n, finite, and left untouched. Eigenvalues and vectors are exact for a matrix within a small multiple of
 * ε‖A‖ of A; how far that moves an eigenvalue says `conditions`. Those of a triangular matrix, in any order of its rows
 * and columns, are its diagonal entries, exactly. f32 input is computed and answered in f32; 0 × 0 gives empty factors.
 *
 * Eigenvalues ascend by real part, then by magnitude of the imaginary part, as computed; complex ones come in exactly
 * conjugate pairs with exactly conjugate vectors. The entry of largest magnitude in every column of V is real and
 * positive, of entries equal to about six digits (three in f32) the first. A symmetric matrix is answered by `eigh`, with its signs, so
 * that V is orthogonal.
 *
 * A defective matrix is no error: its repeated columns of V agree to rounding, and `defect` counts them.
 *
 * @param A        the matrix: a Matrix, an array of rows, or { data, shape }.
 * @param options  left: also Y, false by default; balance: true by default; method: "auto" by default.
 * @throws ShapeError        A is not square.
 * @throws NonFiniteError    A holds NaN or ±Infinity; carries the first row and column.
 * @throws OptionError       an unknown option or method.
 * @throws ConvergenceError  both methods met their iteration limit.
 * @throws MemoryError       the factors do not fit into 4 GiB.
 *
 * Cost: about 25n³ flops. Memory beside input and result: about 5 matrices.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., §7.4–7.6; Braman, Byers & Mathias, SIAM J. Matrix Anal. Appl.
 * 23 (2002).
 * @example
 * const { w, V, isReal } = eig([[2, 1], [0.5, 1.5]]); // w.re = [1, 2.5], isReal = true
 * eig([[0, -1], [1, 0]]).w.at(0); // { re: 0, im: 1 }
 */
export function eig(A: MatrixLike, options: EigOptions & { readonly left: true }): EigWithLeft;
/**
 * Eigenvalues and eigenvectors of a square matrix, A · V = V · diag(w); the overload with `left: true` says all.
 */
export function eig(A: MatrixLike, options?: EigOptions): Eig;
export function eig(A: MatrixLike, options: EigOptions = {}): Eig | EigWithLeft {
  const where = "eig";
  checkOptions(where, options, ["left", "balance", "method"]);
  const { left = false } = options;
  checkChoice(where, "left", left, [true, false]);
  const S = checkedSquare(where, A, options);
  if (isSymmetric(S.A)) return symmetricAnswer(S.A, left);
  const { w, isReal, vectors, info } = decompose(where, S, options, left ? "both" : "right");
  const { V, Y, conditions, defect } = vectors!;
  return Y ? { w, V, Y, isReal, conditions, defect, info } : { w, V, isReal, conditions, defect, info };
}

/**
 * The eigenvalues of a square matrix alone, in the order of `eig`.
 *
 * They agree with those of `eig` to a few ε‖A‖ times their condition, and take about a third of its time.
 *
 * @throws ShapeError, NonFiniteError, OptionError, ConvergenceError, MemoryError  as `eig`.
 *
 * Cost: about 10n³ flops. Memory beside the input: about 2 matrices.
 * @example
 * eigvals([[3, -2], [4, -1]]).at(0); // { re: 1, im: 2 }
 */
export function eigvals(A: MatrixLike, options: EigvalsOptions = {}): ComplexVector {
  const where = "eigvals";
  checkOptions(where, options, ["balance", "method"]);
  const S = checkedSquare(where, A, options);
  if (isSymmetric(S.A)) return realVector(eigvalsh(S.A, { uplo: "lower" }));
  return decompose(where, S, options, "none").w;
}

/** A square matrix, and its largest |aᵢⱼ|. */
interface Square {
  readonly A: Matrix;
  readonly largest: number;
}

function checkedSquare(where: string, A: MatrixLike, options: EigvalsOptions): Square {
  const { balance = true, method = "auto" } = options;
  checkChoice(where, "balance", balance, [true, false]);
  checkChoice(where, "method", method, ["auto", ...EIG_METHODS]);
  const M = asMatrix(where, A);
  if (M.rows !== M.cols) throw new ShapeError(where, "a square matrix", M.shape);
  return { A: M, largest: largestFinite(where, M) };
}

function isSymmetric({ rows, data, offset, rowStride, colStride }: Matrix): boolean {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      if (data[offset + i * rowStride + j * colStride] !== data[offset + j * rowStride + i * colStride]) return false;
    }
  }
  return true;
}

const realVector = (w: FloatArray): ComplexVector =>
  new ComplexVector(w, zeroVector(w.length, w instanceof Float32Array ? "f32" : "f64"));

function symmetricAnswer(A: Matrix, left: boolean): Eig | EigWithLeft {
  const { w, V: real, info } = eigh(A, { uplo: "lower" });
  const V = ComplexMatrix.from(real);
  const { backend, converged, iterations, residual } = info;
  const answer: Eig = {
    w: realVector(w),
    V,
    isReal: true,
    conditions: new Float64Array(w.length).fill(1),
    defect: 0,
    info: { method: "symmetric", backend, converged, iterations, residual },
  };
  return left ? { ...answer, Y: ComplexMatrix.from(V) } : answer;
}

interface Vectors {
  readonly V: ComplexMatrix;
  readonly Y: ComplexMatrix | null;
  readonly conditions: Float64Array;
  readonly defect: number;
}

interface Answer {
  readonly w: ComplexVector;
  readonly isReal: boolean;
  readonly vectors: Vectors | null;
  readonly info: EigInfo;
}

type Wanted = "none" | "right" | "both";

function decompose(where: string, S: Square, { balance = true, method = "auto" }: EigOptions, wanted: Wanted): Answer {
  const failed: Outcome[] = [];
  for (const attempt of chooseEig(S.A.rows, method)) {
    const answer = iterate(S, balance, attempt, wanted, failed);
    if (answer) return answer;
  }
  const iterations = failed.reduce((sum, outcome) => sum + outcome.iterations, 0);
  throw new ConvergenceError(where, iterations, Math.min(...failed.map((outcome) => outcome.residual)));
}

/** Flops of the stages of `iterate`, to leading order. */
function eigWork(
  n: number,
  wanted: Wanted,
): { readonly reduce: number; readonly schur: number; readonly vectors: number } {
  const cube = n ** 3;
  if (wanted === "none") return { reduce: (10 / 3) * cube, schur: 10 * cube, vectors: 0 };
  return { reduce: (14 / 3) * cube, schur: 25 * cube, vectors: (wanted === "both" ? 10 / 3 : 7 / 3) * cube };
}

/** Elements that `iterate` takes. */
function scratch(n: number, wanted: Wanted): number {
  const vectors = wanted === "none" ? 0 : Math.max(matrixSize(n, 2), transformBackScratch(n));
  const matrices = { none: 1, right: 3, both: 4 }[wanted];
  return (
    matrices * matrixSize(n, n) + Math.max(hessenbergScratch(n), reflectorScratch(n, n), multishiftScratch(n), vectors)
  );
}

/** The answer of one method; null where it did not converge, which is added to `failed`. */
function iterate(S: Square, scaling: boolean, method: EigMethod, wanted: Wanted, failed: Outcome[]): Answer | null {
  const { A } = S;
  const n = A.rows;
  const ld = leadingDimension(n);
  return withWorkspace(A.dtype, scratch(n, wanted), 0, (ws) => {
    const H = ws.alloc(ld * n);
    const B = loadBalanced(ws, A, S.largest, scaling, H, ld);
    const Z = wanted === "none" ? 0 : ws.alloc(ld * n);
    const work = eigWork(n, wanted);
    stage("hessenberg", work.reduce, work.schur + work.vectors, () =>
      reduce(ws, n, B, H, ld, wanted === "none" ? null : Z),
    );
    const F: Hessenberg = { n, H, ldh: ld, whole: wanted !== "none", Z, ldz: ld, rows: wanted === "none" ? 0 : n };
    const pair = B.hi === B.lo + 1 ? pairAt(ws, H + B.lo * (ld + 1), ld) : null;
    const outcome = stage("schur", work.schur, work.vectors, () =>
      (method === "multishift" ? multishift : doubleShift)(ws, F, B.lo, B.hi),
    );
    if (!outcome.converged) {
      failed.push(outcome);
      return null;
    }
    const [re, im] = [new Float64Array(n), new Float64Array(n)];
    readEigenvalues(ws, F, B.lo, B.hi, re, im);
    if (pair) refinePair(pair, B.lo, ws.eps, re, im);
    // Beyond the block of the iteration the diagonal of A itself tells.
    const unit = (x: number): number => x / B.shrink / B.scale;
    const real = re.map((x, i) => (i < B.lo || i > B.hi ? A.at(B.p[i], B.p[i]) : unit(x)));
    const order = eigenvalueOrder(real, im);
    const [wRe, wIm] = [zeroVector(n, A.dtype), zeroVector(n, A.dtype)];
    order.forEach((e, j) => {
      wRe[j] = real[e];
      wIm[j] = unit(im[e]) + 0; // no negative zero where it underflows
    });
    const block = B.hi - B.lo + 1;
    return {
      w: new ComplexVector(wRe, wIm),
      isReal: im.every((x) => x === 0),
      vectors:
        wanted === "none"
          ? null
          : stage("vectors", work.vectors, 0, () => eigenvectors(ws, F, B, order, wanted === "both")),
      info: {
        method: block < 2 ? "triangular" : block === 2 ? "closed-form" : method,
        backend: ws.backend,
        converged: true,
        iterations: outcome.iterations,
        residual: 0,
      },
    };
  });
}

/** The eigenvalues of the 2 × 2 block at `corner`. */
function pairAt({ mem }: Workspace, corner: number, ld: number): Pair {
  const entries = [mem[corner], mem[corner + ld], mem[corner + 1], mem[corner + ld + 1]];
  const scale = powerOfTwoScale(Math.max(...entries.map(Math.abs)));
  const [a, b, c, d] = entries.map((x) => x * scale) as [number, number, number, number];
  const { re, other, im } = eigenvalues2x2(a, b, c, d);
  return { re: re / scale, other: other / scale, im: im / scale };
}

/**
 * The digits of the closed form in place of those of the rotated block, where they differ by rounding of its entries, near
 * 1 or below: further apart, with a nearly defective block, only the latter go with the vectors.
 */
function refinePair(pair: Pair, at: number, eps: number, re: Float64Array, im: Float64Array): void {
  const swapped = Math.abs(re[at] - pair.other) < Math.abs(re[at] - pair.re);
  const [first, second] = swapped ? [pair.other, pair.re] : [pair.re, pair.other];
  const change = Math.max(Math.abs(re[at] - first), Math.abs(re[at + 1] - second), Math.abs(im[at] - pair.im));
  if (pair.im > 0 !== im[at] > 0 || change > 8 * eps * Math.hypot(first, second, pair.im)) return;
  re[at] = first;
  re[at + 1] = second;
  im[at] = pair.im;
  im[at + 1] = 0 - pair.im;
}

/** H = QᵀÂQ at H, and Q at Z. */
function reduce(ws: Workspace, n: number, { lo, hi }: Balanced, H: number, ld: number, Z: number | null): void {
  const { mem } = ws;
  const mark = ws.mark();
  const Q = reduceToHessenberg(ws, n, lo, hi, H, ld);
  if (Z !== null) {
    extendByIdentity(ws, n, n, Z, ld);
    formOrthogonal(ws, Q, Q.order, Z + (lo + 1) * (ld + 1), ld);
  }
  for (let j = 0; j < n - 2; j++) mem.fill(0, H + j * ld + j + 2, H + j * ld + n);
  ws.release(mark);
}

/** V, and Y where `left`, of A from the Schur form of Â. */
function eigenvectors(ws: Workspace, F: Hessenberg, B: Balanced, order: readonly number[], left: boolean): Vectors {
  const { k, mem } = ws;
  const { n, H, ldh, Z, ldz } = F;
  const [re, im] = [new Float64Array(n), new Float64Array(n)];
  readEigenvalues(ws, F, 0, n - 1, re, im);
  const schur = { n, T: H, ldt: ldh, re, im };
  const X = ws.alloc(ldh * n);
  const Y = left ? ws.alloc(ldh * n) : 0;
  const mark = ws.mark();
  const spare = left ? 0 : ws.alloc(ldh * 2);
  const conditions = new Float64Array(n);
  for (let e = 0; e < n; e++) {
    if (im[e] < 0) {
      conditions[e] = conditions[e - 1];
      continue;
    }
    const complex = im[e] > 0;
    const x = X + e * ldh;
    const y = left ? Y + e * ldh : spare;
    advance((complex ? 4 : 2) * (e ** 2 + (n - e) ** 2));
    rightVector(ws, schur, e, { re: x, im: x + ldh });
    leftVector(ws, schur, e, { re: y, im: y + ldh });
    const length = (v: number): number => Math.hypot(k.nrm2(n, v, 1), complex ? k.nrm2(n, v + ldh, 1) : 0);
    conditions[e] = (length(x) / overlap(mem, e, x, y, ldh, complex)) * length(y);
  }
  let square = 0;
  for (let j = 0; j < n; j++) square += k.nrm2(n, H + j * ldh, 1) ** 2;
  const defect = defectOf(ws, { n, X, ldx: ldh, re, im, conditions }, Math.sqrt(square));
  ws.release(mark);

  const finish = (vectors: number, upper: boolean): ComplexMatrix => {
    transformBack(ws, n, Z, ldz, vectors, ldh, upper);
    return finishVectors(mem, ws.dtype, vectors, ldh, im, order, B, upper ? 1 : -1);
  };
  return {
    V: finish(X, true),
    Y: left ? finish(Y, false) : null,
    conditions: Float64Array.from(order, (e) => conditions[e]),
    defect,
  };
}

/** |yᴴx| for the vectors of the eigenvalue at row e: only this row, or the two of a pair, are shared. */
function overlap(mem: FloatArray, e: number, x: number, y: number, ld: number, complex: boolean): number {
  if (!complex) return Math.abs(mem[x + e] * mem[y + e]);
  let [re, im] = [0, 0];
  for (let i = e; i < e + 2; i++) {
    re += mem[y + i] * mem[x + i] + mem[y + ld + i] * mem[x + ld + i];
    im += mem[y + i] * mem[x + ld + i] - mem[y + ld + i] * mem[x + i];
  }
  return Math.hypot(re, im);
}
