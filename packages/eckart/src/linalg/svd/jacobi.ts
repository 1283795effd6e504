// One-sided Jacobi after two QR factorisations: every singular value as accurately as the entries determine it.
//
//   Pr·A·Pc = Q₁·[R; 0]     rows sorted by size, columns pivoted: takes the grading D₁·B·D₂ of A into R
//   Rᵀ = Q₂·[Lᵀ; 0]         L is lower triangular and much closer to diagonal form than R
//   L·W = X = Uₓ·diag(s)    rotations W make the columns of L orthogonal
//   A = U·diag(s)·Vᵀ,   U = Prᵀ·Q₁·[Uₓ; 0],   V = Pc·Q₂·W
//
// Maintained by the sweeps: X = L·W with W orthogonal, while the columns of X become orthogonal. Rotations from the
// right change each row of L by its own ε only, so that a row-graded L keeps its small singular values.
// Source: Drmač & Veselić, SIAM J. Matrix Anal. Appl. 29 (2008), parts I and II, here "DV"; row sorting: Cox & Higham, BIT
// 38 (1998); order of the pivots: de Rijk, SIAM J. Sci. Stat. Comput. 10 (1989).
import { advance, stage } from "../../kernels/progress.ts";
import type { DType } from "../../kernels/abi.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { extendByIdentity } from "../parts/identity.ts";
import { applyReflectors, reflectorScratch } from "../parts/reflector.ts";
import { qrInPlace, qrReflectors, qrScratch } from "../qr/householder.ts";
import { pivotedQrInPlace, pivotedQrScratch } from "../qr/pivoted.ts";
import { tuning } from "../tuning.ts";
import type { Outcome } from "./golubKahan.ts";

/** Where the vectors go: U is m × cols, cols from n to m, V is n × n. */
export interface JacobiVectors {
  readonly U: { readonly at: number; readonly ld: number; readonly cols: number };
  readonly V: { readonly at: number; readonly ld: number };
}

const SWEEPS = 30; // 13 are the most seen
const USUAL = 7; // 5 to 9 after the two factorisations

/** Rows whose largest entries span less than this are not sorted: they gain nothing. */
const ROW_RANGE = 2 ** 10;

/**
 * The power of two by which A is to be multiplied before `jacobiSvd`, for its largest |aᵢⱼ|. It leaves room above for
 * sums of squares, and below for columns of 10⁻⁴²⁰ times the largest (10⁻⁶⁰ in f32) that keep all their digits.
 */
export function jacobiScale(dtype: DType, largest: number): number {
  if (largest === 0) return 1;
  const target = dtype === "f64" ? 400 : 100;
  return 2 ** Math.max(-1020, Math.min(1020, target - Math.floor(Math.log2(largest))));
}

/** Elements that `jacobiSvd` takes; `cols` is that of U, 0 for values alone. */
export function jacobiScratch(m: number, n: number, cols: number): number {
  const stages = Math.max(pivotedQrScratch(n), qrScratch(n, n), cols > 0 ? reflectorScratch(m, cols) : 0);
  return 2 * matrixSize(n, n) + 3 * n + 2 + stages;
}

/**
 * The decomposition of A, m × n, m ≥ n, which is destroyed: n singular values to the f64 at s, descending and none
 * negative, and the vectors where they are asked for; columns of U past n complete it. A is scaled by `jacobiScale`.
 *
 * Cost: 4mn² + 4/3·n³ flops for the factorisations, 9n³ a sweep with vectors and
 * 5n³ without, for 5 to 9 sweeps.
 */
export function jacobiSvd(
  ws: Workspace,
  m: number,
  n: number,
  A: number,
  lda: number,
  s: number,
  vectors: JacobiVectors | null,
): Outcome {
  const { mem, mem64 } = ws;
  const mark = ws.mark();
  const rowOrder = sortRows(ws, m, n, A, lda);
  const tau1 = ws.alloc(n);
  const tau2 = ws.alloc(n);
  const norms = ws.alloc(n);
  const [factors, sweeps] = [2 * n * n * (m - n / 3), USUAL * 9 * n ** 3];
  const back = vectors ? 4 * n * vectors.U.cols * m : 0;
  const colOrder = stage("qr", factors, sweeps + back, () => pivotedQrInPlace(ws, m, n, A, lda, tau1));
  let rank = 0;
  while (rank < n && Math.abs(mem[A + rank * (lda + 1)]) >= ws.tiny) rank++;

  const ldt = leadingDimension(n);
  const T = ws.alloc(ldt * rank);
  transposeUpper(ws, rank, n, A, lda, T, ldt);
  qrInPlace(ws, n, rank, T, ldt, tau2);
  const ldx = vectors ? vectors.U.ld : leadingDimension(rank);
  const X = vectors ? vectors.U.at : ws.alloc(ldx * rank);
  transposeUpper(ws, rank, rank, T, ldt, X, ldx);

  const turned = vectors && { W: vectors.V.at, ldw: vectors.V.ld };
  if (vectors) extendByIdentity(ws, n, n, vectors.V.at, vectors.V.ld);
  const outcome = stage("jacobi", sweeps, back, () =>
    orthogonalize(ws, { n: rank, X, ldx, rows: turned ? rank : 0, W: 0, ldw: 0, ...turned, norms }),
  );
  mem64.fill(0, s, s + n);
  for (let j = 0; j < rank; j++) mem64[s + j] = mem[norms + j];

  if (vectors && outcome.converged) {
    const { U, V } = vectors;
    stage("back-transform", back, 0, () => {
      normalize(ws, rank, X, ldx, norms);
      extendByIdentity(ws, m, U.cols, U.at, U.ld, rank);
      applyReflectors(ws, qrReflectors(m, n, A, lda, tau1), "left", 0, U.cols, U.at, U.ld);
      if (rowOrder) scatterRows(ws, rowOrder, U.cols, U.at, U.ld);
      applyReflectors(ws, qrReflectors(n, rank, T, ldt, tau2), "left", 0, n, V.at, V.ld);
      scatterRows(ws, colOrder, n, V.at, V.ld);
    });
  }
  ws.release(mark);
  return outcome;
}

/** Sorts the rows of A by their largest entries, descending, where those span much: row i becomes what row p[i] was. */
function sortRows(ws: Workspace, m: number, n: number, A: number, lda: number): Int32Array | null {
  const { mem } = ws;
  const sizes = new Float64Array(m);
  for (let j = 0; j < n; j++) {
    for (let i = 0, at = A + j * lda; i < m; i++, at++) sizes[i] = Math.max(sizes[i], Math.abs(mem[at]));
  }
  let largest = 0;
  let smallest = Infinity;
  for (const size of sizes) {
    largest = Math.max(largest, size);
    if (size > 0) smallest = Math.min(smallest, size);
  }
  if (largest <= ROW_RANGE * smallest) return null;
  const p = Int32Array.from({ length: m }, (_, i) => i).sort((i, j) => sizes[j] - sizes[i] || i - j);
  for (let j = 0; j < n; j++) {
    const column = mem.slice(A + j * lda, A + j * lda + m);
    for (let i = 0; i < m; i++) mem[A + j * lda + i] = column[p[i]];
  }
  return p;
}

/** Row p[i] of the matrix becomes what row i was. */
function scatterRows(ws: Workspace, p: Int32Array, cols: number, A: number, lda: number): void {
  const { mem } = ws;
  for (let j = 0; j < cols; j++) {
    const column = mem.slice(A + j * lda, A + j * lda + p.length);
    for (let i = 0; i < p.length; i++) mem[A + j * lda + p[i]] = column[i];
  }
}

/** To, n × m, becomes the transpose of the upper trapezoid of From, m × n. */
function transposeUpper(
  ws: Workspace,
  m: number,
  n: number,
  from: number,
  ldFrom: number,
  to: number,
  ldTo: number,
): void {
  const { mem } = ws;
  for (let i = 0; i < m; i++) {
    const column = to + i * ldTo;
    mem.fill(0, column, column + i);
    for (let j = i; j < n; j++) mem[column + j] = mem[from + i + j * ldFrom];
  }
}

/** The state of the sweeps: X is n × n, W has n columns of `rows` elements, which may be none. */
interface Columns {
  readonly n: number;
  readonly X: number;
  readonly ldx: number;
  readonly rows: number;
  readonly W: number;
  readonly ldw: number;
  /** ‖Xⱼ‖ for every column. */
  readonly norms: number;
}

/** Turns the columns of X until they are orthogonal and descending; the norms end as their lengths. */
function orthogonalize(ws: Workspace, S: Columns): Outcome {
  const { k, mem } = ws;
  const { n, X, ldx, norms } = S;
  const tol = Math.max(2, Math.sqrt(n) / 2) * ws.eps;
  const worst = ws.alloc(2);
  let sweeps = 0;
  let converged = n < 2;
  while (!converged && sweeps < SWEEPS) {
    sweeps++;
    mem.fill(0, worst, worst + 2);
    sweep(ws, S, tol, worst);
    const cosine = mem[worst];
    const tangent = mem[worst + 1];
    // Convergence is quadratic: what rotations this small have left behind is below the tolerance (DV II, §5).
    converged = cosine <= tol || (cosine <= Math.sqrt(n) * tol && n * cosine * tangent <= tol);
  }
  k.jacobiNorms(n, n, X, ldx, norms);
  for (let p = 0; p < n; p++) bringLargest(ws, S, p);
  return { converged, iterations: sweeps, residual: converged ? 0 : mem[worst] };
}

/** One rotation for every pair of columns, block by block so that the columns of a tile stay in the cache. */
function sweep(ws: Workspace, S: Columns, tol: number, worst: number): void {
  const { k } = ws;
  const { n, X, ldx, rows, W, ldw, norms } = S;
  const block = tuning.jacobiBlock;
  k.jacobiNorms(n, n, X, ldx, norms);
  for (let i0 = 0; i0 < n; i0 += block) {
    const i1 = Math.min(n, i0 + block);
    for (let p = i0; p < i1; p++) {
      bringLargest(ws, S, p);
      k.jacobiTile(n, 1, i1 - p - 1, p, p + 1, X, ldx, rows, W, ldw, norms, tol, worst);
    }
    for (let j0 = i1; j0 < n; j0 += block) {
      k.jacobiTile(n, i1 - i0, Math.min(block, n - j0), i0, j0, X, ldx, rows, W, ldw, norms, tol, worst);
    }
    advance(18 * n * (i1 - i0) * (n - i0));
  }
}

/** Exchanges column p with the longest of those from p on. */
function bringLargest(ws: Workspace, S: Columns, p: number): void {
  const { k } = ws;
  const { n, X, ldx, rows, W, ldw, norms } = S;
  const q = p + k.iamax(n - p, norms + p, 1);
  if (q === p) return;
  k.swap(n, X + p * ldx, 1, X + q * ldx, 1);
  k.swap(rows, W + p * ldw, 1, W + q * ldw, 1);
  k.swap(1, norms + p, 1, norms + q, 1);
}

/** Columns of X over their norms; those that have none are completed by an orthonormal basis of what the others leave. */
function normalize(ws: Workspace, n: number, X: number, ldx: number, norms: number): void {
  const { k, mem } = ws;
  let sound = 0;
  while (sound < n && mem[norms + sound] >= ws.tiny) {
    k.scal(n, 1 / mem[norms + sound], X + sound * ldx, 1);
    sound++;
  }
  if (sound === n) return;
  const mark = ws.mark();
  const ldg = leadingDimension(n);
  const G = ws.alloc(ldg * sound);
  const tau = ws.alloc(sound);
  for (let j = 0; j < n; j++) {
    const column = X + j * ldx;
    if (j < sound) mem.copyWithin(G + j * ldg, column, column + n);
    else mem.fill(0, column, column + n);
    if (j >= sound) mem[column + j] = 1;
  }
  qrInPlace(ws, n, sound, G, ldg, tau);
  applyReflectors(ws, qrReflectors(n, sound, G, ldg, tau), "left", 0, n - sound, X + sound * ldx, ldx);
  ws.release(mark);
}
