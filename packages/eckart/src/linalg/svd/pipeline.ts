// From a matrix to its factors in linear memory: which reductions run, in which order, on which storage.
//
//   dense, m ≫ n:  A = Q·R, then R as below, U ← Q·[U; 0]
//   dense:         A = Q·B·Pᵀ, B = X·diag(s)·Yᵀ, U = Q·[X; 0], V = P·Y
//   bidiagonal:    B = A, rotated to upper form when lower
//   dense, jacobi: A as it is, in the scale that keeps its small columns
import { stage, WAITING } from "../../kernels/progress.ts";
import type { Workspace } from "../../kernels/workspace.ts";
import { leadingDimension, matrixSize } from "../../kernels/workspace.ts";
import { planeRotation } from "../../kernels/ref/bidiagonal.ts";
import { type FloatArray, type Matrix, zeroVector } from "../../matrix/matrix.ts";
import { load, powerOfTwoScale } from "../../matrix/transfer.ts";
import { extendByIdentity } from "../parts/identity.ts";
import { applyReflectors, applyToTop, reflectorScratch, topScratch } from "../parts/reflector.ts";
import { qrInPlace, qrReflectors, qrScratch } from "../qr/householder.ts";
import { tuning } from "../tuning.ts";
import { bidiagonalize, bidiagonalizeScratch } from "./bidiagonalize.ts";
import type { SvdMethod } from "./choose.ts";
import { divideAndConquer, divideAndConquerScratch } from "./divideAndConquer.ts";
import { golubKahan, golubKahanScratch, type Outcome } from "./golubKahan.ts";
import { jacobiScale, jacobiScratch, jacobiSvd } from "./jacobi.ts";
import type { Shape } from "./structure.ts";
import { singularValues, singularValuesScratch } from "./values.ts";
import { svdWork } from "./work.ts";

/** Which vectors are asked for. */
export type Want = "none" | "thin" | "full";

/** One attempt at A, m × n, m ≥ n. */
export interface Problem {
  readonly A: Matrix;
  readonly shape: Shape;
  /** The largest |aᵢⱼ|. */
  readonly largest: number;
  readonly method: SvdMethod;
  readonly want: Want;
}

/** A column-major matrix in linear memory. */
export interface Place {
  readonly at: number;
  readonly ld: number;
  readonly rows: number;
  readonly cols: number;
}

/** The vectors in linear memory: U is m × n, or m × m when full, V is n × n. */
export interface Vectors {
  readonly U: Place;
  readonly V: Place;
}

/** Elements of the dtype and f64 that `solveProblem` takes. */
export function problemScratch(
  m: number,
  n: number,
  method: SvdMethod,
  want: Want,
): { elements: number; scalars: number } {
  const columns = want === "full" ? m : n;
  const vectors = want === "none" ? 0 : matrixSize(m, columns + 1) + matrixSize(n, n);
  const divide = divideAndConquerScratch(method === "divide-and-conquer" && want !== "none" ? n : 0);
  const jacobi = method === "jacobi" ? jacobiScratch(m, n, want === "none" ? 0 : columns) : 0;
  const factored = jacobi > 0 || startsWithQr(m, n) ? matrixSize(n, n) : 0;
  // One after the other: a reduction, the iteration, the way back.
  const passing = Math.max(
    bidiagonalizeScratch(m, n),
    qrScratch(m, n),
    want === "none" ? 0 : reflectorScratch(m, columns),
    want === "thin" && isVeryTall(m, n) ? topScratch(n, n) : 0,
  );
  return {
    elements:
      matrixSize(m, n) + factored + vectors + jacobi + 8 * n + Math.max(passing - divide.scalars, divide.elements),
    scalars: 2 * n + (want === "none" ? singularValuesScratch(n) : golubKahanScratch(n)) + divide.scalars,
  };
}

/** The singular values, descending and in the scale of A, and where the vectors lie. */
export function solveProblem(
  ws: Workspace,
  problem: Problem,
): { outcome: Outcome; values: FloatArray; vectors: Vectors | null } {
  const { A, shape, largest, method, want } = problem;
  const [m, n] = A.shape;
  const d = ws.allocScalars(n);
  const e = ws.allocScalars(n);
  const vectors = want === "none" ? null : allocateVectors(ws, m, n, want);
  const jacobi = method === "jacobi";
  const bidiagonal = shape !== "dense" && !jacobi;
  const scale = jacobi
    ? jacobiScale(A.dtype, largest)
    : bidiagonal
      ? bidiagonalScale(largest)
      : powerOfTwoScale(largest);
  let outcome: Outcome;
  if (bidiagonal) outcome = solveBidiagonalInput(ws, A, shape, scale, d, e, vectors);
  else {
    const lda = leadingDimension(m);
    const at = ws.alloc(lda * n);
    load(ws, A, at, lda, scale);
    outcome = jacobi ? jacobiSvd(ws, m, n, at, lda, d, vectors) : solveDense(ws, m, n, at, lda, method, d, e, vectors);
  }
  const values = zeroVector(n, A.dtype);
  for (let i = 0; i < n; i++) values[i] = ws.mem64[d + i] / scale;
  return { outcome, values, vectors };
}

function allocateVectors(ws: Workspace, m: number, n: number, want: Want): Vectors {
  const cols = want === "full" ? m : n;
  const ldu = leadingDimension(m);
  const ldv = leadingDimension(n);
  // One column more than n: the rotations of a lower bidiagonal matrix need it on the way.
  const U: Place = { at: ws.alloc(ldu * Math.min(m, cols + 1)), ld: ldu, rows: m, cols };
  return { U, V: { at: ws.alloc(ldv * n), ld: ldv, rows: n, cols: n } };
}

function solveDense(
  ws: Workspace,
  m: number,
  n: number,
  A: number,
  lda: number,
  method: SvdMethod,
  d: number,
  e: number,
  vectors: Vectors | null,
): Outcome {
  if (!startsWithQr(m, n)) return solveByBidiagonal(ws, m, n, A, lda, method, d, e, vectors);
  const tau = ws.alloc(n);
  const { reduce, diagonalize, back } = svdWork(n, n, method, vectors ? n : 0);
  const inside = WAITING * reduce + diagonalize + back;
  const beyond = vectors ? 4 * n * vectors.U.cols * (m - n / 2) : 0;
  stage("qr", 2 * n * n * (m - n / 3), inside + beyond, () => qrInPlace(ws, m, n, A, lda, tau));
  const ldr = leadingDimension(n);
  const R = ws.alloc(ldr * n);
  for (let j = 0; j < n; j++) {
    ws.mem.copyWithin(R + j * ldr, A + j * lda, A + j * lda + j + 1);
    ws.mem.fill(0, R + j * ldr + j + 1, R + j * ldr + n);
  }
  const inner = vectors && { U: { ...vectors.U, rows: n, cols: n }, V: vectors.V };
  const outcome = stage("bidiagonalize", inside, beyond, () =>
    solveByBidiagonal(ws, n, n, R, ldr, method, d, e, inner),
  );
  if (vectors && outcome.converged) {
    const { U } = vectors;
    const Q = qrReflectors(m, n, A, lda, tau);
    stage("back-transform", beyond, 0, () => {
      if (U.cols === n && isVeryTall(m, n)) return applyToTop(ws, Q, n, U.at, U.ld);
      extendByIdentity(ws, m, U.cols, U.at, U.ld, n);
      applyReflectors(ws, Q, "left", 0, U.cols, U.at, U.ld);
    });
  }
  return outcome;
}

/** Whether A is so tall that its triangular factor is cheaper to decompose. */
const startsWithQr = (m: number, n: number): boolean => m >= tuning.tallRatio * n && m !== n;

/** Whether A is so tall that the reflectors of its QR factorisation take fewer flops as one block. */
const isVeryTall = (m: number, n: number): boolean => startsWithQr(m, n) && m >= tuning.veryTallRatio * n;

function solveByBidiagonal(
  ws: Workspace,
  m: number,
  n: number,
  A: number,
  lda: number,
  method: SvdMethod,
  d: number,
  e: number,
  vectors: Vectors | null,
): Outcome {
  const { reduce, diagonalize, back } = svdWork(m, n, method, vectors?.U.cols ?? 0);
  const { Q, P } = stage("bidiagonalize", WAITING * reduce, diagonalize + back, () =>
    bidiagonalize(ws, m, n, A, lda, d, e),
  );
  if (!vectors) {
    return stage("diagonalize", diagonalize, 0, () => singularValues(ws, n, d, e));
  }
  const { U, V } = vectors;
  const outcome = stage("diagonalize", diagonalize, back, () => solveBidiagonal(ws, n, d, e, method, U, V));
  if (outcome.converged) {
    stage("back-transform", back, 0, () => {
      extendByIdentity(ws, m, U.cols, U.at, U.ld, n);
      applyReflectors(ws, Q, "left", 0, U.cols, U.at, U.ld);
      applyReflectors(ws, P, "left", 0, n, V.at + 1, V.ld);
    });
  }
  return outcome;
}

/** B = X·diag(s)·Yᵀ for the n × n upper bidiagonal (d, e): X and Y over the first n rows and columns of U and V. */
function solveBidiagonal(
  ws: Workspace,
  n: number,
  d: number,
  e: number,
  method: SvdMethod,
  U: Place,
  V: Place,
): Outcome {
  if (method === "divide-and-conquer") {
    return divideAndConquer(ws, n, d, e, { U: U.at, ldu: U.ld, V: V.at, ldv: V.ld });
  }
  extendByIdentity(ws, n, n, U.at, U.ld);
  extendByIdentity(ws, n, n, V.at, V.ld);
  return golubKahan(ws, n, d, e, { U: U.at, ldu: U.ld, rowsU: n, V: V.at, ldv: V.ld, rowsV: n });
}

/** Small entries of a bidiagonal matrix count, so that only one at the edge of the range is multiplied. */
function bidiagonalScale(largest: number): number {
  return largest > 2 ** 900 ? 2 ** -60 : Math.max(1, powerOfTwoScale(largest));
}

/** A bidiagonal matrix keeps its entries: no reduction comes before the iteration. */
function solveBidiagonalInput(
  ws: Workspace,
  A: Matrix,
  shape: Shape,
  scale: number,
  d: number,
  e: number,
  vectors: Vectors | null,
): Outcome {
  const [m, n] = A.shape;
  const { k, mem64 } = ws;
  const lower = shape === "lower";
  // A lower bidiagonal has an entry below its last column when there is a row for it.
  const size = lower ? Math.min(m, n + 1) : n;
  if (vectors) {
    const { U, V } = vectors;
    extendByIdentity(ws, m, Math.max(U.cols, size), U.at, U.ld);
    extendByIdentity(ws, n, n, V.at, V.ld);
  }
  for (let i = 0; i < n; i++) {
    mem64[d + i] = A.at(i, i) * scale;
    const [row, col] = lower ? [i + 1, i] : [i, i + 1];
    mem64[e + i] = row < m && col < n ? A.at(row, col) * scale : 0;
  }
  if (lower) {
    // Rotations of neighbouring rows make it upper; they multiply only, so every entry keeps its relative accuracy.
    for (let i = 0; i + 1 < size; i++) {
      const [c, s, r] = planeRotation(mem64[d + i], mem64[e + i]);
      mem64[d + i] = r;
      mem64[e + i] = 0;
      if (i + 1 < n) {
        mem64[e + i] = s * mem64[d + i + 1];
        mem64[d + i + 1] *= c;
      }
      if (vectors) k.rot(size, vectors.U.at + i * vectors.U.ld, 1, vectors.U.at + (i + 1) * vectors.U.ld, 1, c, s);
    }
  }
  if (!vectors) return singularValues(ws, n, d, e);
  const { U, V } = vectors;
  return golubKahan(ws, n, d, e, { U: U.at, ldu: U.ld, rowsU: size, V: V.at, ldv: V.ld, rowsV: n });
}
