// Golub–Kahan–Lanczos bidiagonalisation with full reorthogonalisation and thick restart.
//
// Maintained for a tall A (m ≥ n), with j columns built:
//   A·V = U·B,   Aᵀ·U = V·Bᵀ + β·v·eⱼᵀ,   UᵀU = I,   VᵀV = I,   v ⟂ V,
// where v is the next column of V, and B, j × j, is upper triangular: bidiagonal as it grows, diagonal with one full
// column after a restart. Its entries are what the orthogonalisation measures, so the first equation holds to rounding
// whatever happened before. From B = X·diag(θ)·Yᵀ come the Ritz triplets (U·xᵢ, θᵢ, V·yᵢ), each with residual
// ‖Aᵀ(U·xᵢ) − θᵢ(V·yᵢ)‖ = β·|X(j, i)|. A restart keeps the most wanted of them and goes on from v; where other values
// than the largest are wanted it keeps harmonic Ritz vectors instead (harmonic.ts), and B their triangular block.
// Source: Golub & Kahan, SIAM J. Numer. Anal. 2 (1965); Baglama & Reichel, SIAM J. Sci. Comput. 27 (2005), here "BR";
// Hernández, Román & Tomás, Electron. Trans. Numer. Anal. 31 (2008).
import { advance, silently } from "../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../kernels/workspace.ts";
import { svd } from "../linalg/svd/svd.ts";
import type { Place } from "../linalg/svd/pipeline.ts";
import { qr } from "../linalg/qr/qr.ts";
import { type FloatArray, Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { load } from "../matrix/transfer.ts";
import type { Random } from "../random/random.ts";
import { harmonicSpace } from "./harmonic.ts";
import type { Operator, Products } from "./operator.ts";

/** What is looked for, and how hard. */
export interface Search {
  /** Triplets wanted, 1 ≤ k ≤ n. */
  readonly k: number;
  /** Columns of V before a restart, k < basis ≤ n, or k = basis = n. */
  readonly basis: number;
  /** The value, in the scale of the operator, that those nearest to it are wanted of; null for the largest. */
  readonly target: number | null;
  /** A triplet has converged where its residual is at most tol·‖A‖₂, the norm as far as it was seen. */
  readonly tol: number;
  /** Cycles between restarts, at most. */
  readonly maxIterations: number;
  readonly random: Random;
}

/** Triplets that have converged, the largest first, in the scale of the operator. */
export interface Triplets {
  readonly s: number[];
  readonly U: Place;
  readonly V: Place;
  /** √(‖A·v − σ·u‖² + ‖Aᵀ·u − σ·v‖²), measured, of each. */
  readonly residuals: number[];
  readonly iterations: number;
  /** Whether these are k, checked to be the most wanted ones, with residuals that bear it out. */
  readonly complete: boolean;
}

/** Elements that `lanczos` takes. */
export function lanczosScratch(m: number, n: number, basis: number): number {
  const size = basis + MEASURED;
  return matrixSize(m, size) + matrixSize(n, size) + matrixSize(basis + 1, basis + 1) + PANEL * (basis + 24);
}

const STEPS = 6; // columns between two looks at the residuals: 12 products beside a decomposition of B
const CHANCE = 1e-4; // that a value was missed, where a search in the complement saw nothing of it
const SEARCH = 3; // most columns of that search, in bases
const MEASURED = 8; // triplets at least whose residuals are measured by one read of a dense A

const PANEL = 256; // rows turned at a time in a restart: a panel of them and its image stay in the second-level cache

interface State {
  readonly ws: Workspace;
  readonly m: number;
  readonly n: number;
  readonly products: Products;
  readonly random: Random;
  readonly U: number;
  readonly ldu: number;
  readonly V: number;
  readonly ldv: number;
  /** B in the leading part of basis × basis. */
  readonly B: Matrix;
  /** Place for one column of coefficients, and for X or Y. */
  readonly work: number;
  /** The largest length that a product with a unit vector had: ‖A‖₂ as far as it was seen. */
  norm: number;
}

/** How far a singular value is from being wanted: the k of least distance are. */
export function distanceTo(target: number | null): (sigma: number) => number {
  return target === null ? (sigma) => -sigma : (sigma) => Math.abs(sigma - target);
}

/** The wanted singular triplets of a tall operator. */
export function lanczos(ws: Workspace, A: Operator, search: Search): Triplets {
  const { k, basis, target, tol, maxIterations, random } = search;
  const distance = distanceTo(target);
  const [m, n] = [A.rows, A.cols];
  const products = A.open(ws);
  const [ldu, ldv] = [leadingDimension(m), leadingDimension(n)];
  const S: State = {
    ws,
    m,
    n,
    products,
    random,
    U: ws.alloc(ldu * (basis + MEASURED)),
    ldu,
    V: ws.alloc(ldv * (basis + MEASURED)),
    ldv,
    B: Matrix.zeros(basis, basis),
    work: ws.alloc(matrixSize(basis + 1, basis + 1)),
    norm: 0,
  };
  drawDirection(S, n, 0, S.V, ldv);

  let kept = 0;
  let size = 0; // columns built
  let iterations = 1;
  let known = 0; // how far the wanted triplets are known, 0 … 1
  let checkpoint = NaN; // Σ distance of the wanted when a fresh direction was last drawn
  for (;;) {
    const from = size;
    size = target === null && basis < n ? Math.min(basis, Math.max(k, from) + STEPS) : basis;
    const beta = expand(S, from, size);
    const { U: X, s, V: Y } = ws.outside(() => silently(() => svd(S.B.slice(0, size, 0, size))));
    S.norm = Math.max(S.norm, s[0]);
    const limit = tol * S.norm;
    const ritz = Array.from(s, (theta, i): Ritz => ({ i, theta, residual: beta * Math.abs(X.at(size - 1, i)) }));
    ritz.sort((a, b) => distance(a.theta) - distance(b.theta) || a.i - b.i);
    const digits = digitsKnown(ritz.slice(0, k), S.norm, Math.max(tol, ws.eps));
    advance(Math.max(0, digits - known));
    known = Math.max(known, digits);
    const found = ritz.filter(({ residual }) => residual <= limit);
    const wanted = found.slice(0, k).sort((a, b) => b.theta - a.theta);
    const arrived = ritz.slice(0, k).every(({ residual }) => residual <= limit);
    if (basis === n) return collect(S, wanted, tol, iterations, true, X, Y);

    // A Krylov space sees one vector of each multiple value. So what has arrived is checked from a direction drawn at
    // random. It leads on, as long as this is decided by a few columns; else, and where something was missed, until the
    // best value in the complement is known well enough to be less wanted.
    const sum = wanted.reduce((total, { theta }) => total + distance(theta), 0);
    const next = ritz[k];
    const separate = 10 * next.residual <= distance(next.theta) - distance(ritz[k - 1].theta) || next.residual <= limit;
    const unchanged = Math.abs(sum - checkpoint) <= k * limit;
    const complete = arrived && separate && unchanged;
    const full = size === basis;
    if (complete || (full && iterations >= maxIterations)) return collect(S, wanted, tol, iterations, complete, X, Y);
    const fresh = arrived && (Number.isNaN(checkpoint) || (separate && !unchanged));
    if (!fresh && !full) continue;

    iterations++;
    kept = k + Math.floor((basis - k) / 3);
    if (fresh) {
      const first = target === null && Number.isNaN(checkpoint);
      checkpoint = sum;
      const close = first ? neighbours(ritz, k, kept) : [];
      keepRitz(S, 0, X, Y, [...wanted, ...close]);
      if (first && nothingBeyond(S, k + close.length, wanted[k - 1].theta - lengthOf(close))) {
        const places = wanted.map((triplet, i): Ritz => ({ ...triplet, i }));
        return collect(S, places, tol, iterations, true, Matrix.identity(k), Matrix.identity(k));
      }
      // What is wanted alone, and another direction.
      kept = k;
      setBlock(S, 0, Matrix.diagonal(wanted.map(({ theta }) => theta)));
      drawDirection(S, n, k, S.V, ldv);
    } else if (target === null) keepRitz(S, 0, X, Y, ritz.slice(0, kept));
    else restartHarmonic(S, X, s, Y, beta, target, kept);
    size = kept;
  }
}

interface Ritz {
  /** Column of X and Y. */
  readonly i: number;
  readonly theta: number;
  readonly residual: number;
}

/**
 * The Ritz triplets after the first k, up to `most` in all, that are known so well that values above σₖ are in the
 * complement of these too: together their residuals, which couple them to it, are a tenth of their distance from σₖ.
 */
function neighbours(ritz: readonly Ritz[], k: number, most: number): Ritz[] {
  const close: Ritz[] = [];
  for (const triplet of ritz.slice(k, most)) {
    close.push(triplet);
    if (10 * lengthOf(close) > ritz[k - 1].theta - ritz[k].theta) return close.slice(0, -1);
  }
  return close;
}

/** The length of the vector of their residuals. */
const lengthOf = (ritz: readonly Ritz[]): number => Math.hypot(...ritz.map(({ residual }) => residual));

/**
 * Whether the complement of the first `kept` columns has no value of `least` or more: columns from a direction drawn at
 * random are built behind them, of a basis of their own, until the largest Ritz value θ is known well enough to be less, or
 * one that is there could be missed by a chance of CHANCE at most: that chance is below
 * 1.65·√n·exp(−(2j − 1)·√(1 − θ²/least²)) where there are j columns.
 * false as soon as there is such a value, or too many columns would be needed.
 * Source: Kuczyński & Woźniakowski, SIAM J. Matrix Anal. Appl. 13 (1992), Theorem 4.1, for AᵀA.
 */
function nothingBeyond(S: State, kept: number, least: number): boolean {
  const { n, B } = S;
  const basis = B.cols;
  drawDirection(S, n, kept, S.V, S.ldv);
  for (let size = kept, built = 0, needed = STEPS; ;) {
    const to = Math.min(basis, size + Math.min(STEPS, Math.ceil(needed - built)));
    const beta = expand(S, size, to);
    built += to - size;
    size = to;
    const { U: X, s, V: Y } = S.ws.outside(() => silently(() => svd(B.slice(kept, size, kept, size))));
    needed = 0.5 + Math.log((1.65 * Math.sqrt(n)) / CHANCE) / (2 * Math.sqrt(1 - (s[0] / least) ** 2));
    const residual = beta * Math.abs(X.at(X.rows - 1, 0));
    if (built >= needed || 10 * residual <= least - s[0]) return true;
    if (!(needed <= SEARCH * basis)) return false;
    if (size < basis) continue;
    size = kept + ((basis - kept) >> 1);
    const keep = Array.from({ length: size - kept }, (_, i): Ritz => ({ i, theta: s[i], residual: 0 }));
    keepRitz(S, kept, X, Y, keep);
  }
}

/** The part of their digits that the Ritz values are known to, on average; each is known where its residual is tol·norm. */
function digitsKnown(ritz: readonly Ritz[], norm: number, tol: number): number {
  const parts = ritz.map(({ residual }) => Math.log(Math.max(tol, Math.min(1, residual / norm))) / Math.log(tol));
  return parts.reduce((sum, part) => sum + (part || 0), 0) / parts.length;
}

/** Columns from … to−1 of U, from+1 … to of V, and those of B; returns β. */
function expand(S: State, from: number, to: number): number {
  const { ws, m, n, products, U, ldu, V, ldv, B } = S;
  let beta = 0;
  for (let j = from; j < to; j++) {
    const [u, v] = [U + j * ldu, V + j * ldv];
    const next = v + ldv;
    if (products.both) products.both(v, u, next);
    else products.times(1, v, ldv, u, ldu);
    const size = ws.k.nrm2(m, u, 1);
    S.norm = Math.max(S.norm, size);
    const alpha = orthonormalise(S, m, j, U, ldu, S.norm);
    for (let i = 0; i < j; i++) B.data[i * B.cols + j] = ws.mem[S.work + i];
    B.data[j * (B.cols + 1)] = alpha;
    if (j === n - 1) return 0;
    // Aᵀ of what was taken from A·v lies in the span of V, so Aᵀ(A·v)/α is Aᵀu but for that; rounding grows by size/α.
    if (products.both && size < 8 * alpha) ws.k.scal(n, 1 / alpha, next, 1);
    else {
      products.transposedTimes(1, u, ldu, next, ldv);
      S.norm = Math.max(S.norm, ws.k.nrm2(n, next, 1));
    }
    beta = orthonormalise(S, n, j + 1, V, ldv, S.norm);
  }
  return beta;
}

/**
 * Column j of Q ← its part orthogonal to the columns before, normalised; their coefficients go to `work`. Returns the
 * length of that part; 0 where rounding is all that was left, a few ε of `size`, and a random direction takes its place.
 */
function orthonormalise(S: State, rows: number, j: number, Q: number, ldq: number, size: number): number {
  const { ws } = S;
  const x = Q + j * ldq;
  ws.mem.fill(0, S.work, S.work + j);
  let length = ws.k.nrm2(rows, x, 1);
  // Two passes are enough unless the second one takes much away, which leaves nothing that can be trusted.
  for (let pass = 0; pass < 4 && length > 4 * ws.eps * size; pass++) {
    project(S, rows, j, Q, ldq);
    const left = ws.k.nrm2(rows, x, 1);
    if (pass > 0 && left > length / 2) {
      ws.k.scal(rows, 1 / left, x, 1);
      return left;
    }
    length = left;
  }
  drawDirection(S, rows, j, Q, ldq);
  return 0;
}

/** x ← x − Q·(Qᵀ·x) for column j of Q and the columns before it; the coefficients add up in `work`. */
function project(S: State, rows: number, j: number, Q: number, ldq: number): void {
  const { ws, work } = S;
  const x = Q + j * ldq;
  const h = work + leadingDimension(j);
  ws.mem.fill(0, h, h + j);
  ws.k.gemvT(rows, j, 1, Q, ldq, x, h, 1);
  ws.k.gemv(rows, j, -1, Q, ldq, h, 1, x);
  ws.k.axpy(j, 1, h, 1, work, 1);
}

/** Column j of Q ← a random unit vector orthogonal to the columns before it; j < rows. */
function drawDirection(S: State, rows: number, j: number, Q: number, ldq: number): void {
  const { ws, random, work } = S;
  const x = Q + j * ldq;
  const mark = ws.mem.slice(work, work + j);
  for (let i = 0; i < rows; i++) ws.mem[x + i] = random.normal();
  for (let pass = 0; pass < 4; pass++) {
    if (pass > 0) project(S, rows, j, Q, ldq);
    ws.k.scal(rows, 1 / ws.k.nrm2(rows, x, 1), x, 1);
  }
  ws.mem.set(mark, work);
}

/** A restart of the columns from `from` on, from the Ritz triplets named. */
function keepRitz(S: State, from: number, X: Matrix, Y: Matrix, keep: readonly Ritz[]): void {
  restart(S, from, columns(X, keep), columns(Y, keep), Matrix.diagonal(keep.map(({ theta }) => theta)));
}

/**
 * U ← U·X, V ← V·Y, p × kept, and B ← XᵀB·Y, which is given, for the columns from `from` on; v goes behind them (BR,
 * 3.7).
 */
function restart(S: State, from: number, X: Matrix, Y: Matrix, block: Matrix): void {
  const { ws, m, n, U, ldu, V, ldv } = S;
  turn(S, m, U + from * ldu, ldu, X);
  turn(S, n, V + from * ldv, ldv, Y);
  const v = V + (from + X.rows) * ldv;
  ws.mem.copyWithin(V + (from + X.cols) * ldv, v, v + n);
  setBlock(S, from, block);
}

/** B becomes zero, but for this upper triangle in the columns from `from` on. */
function setBlock({ B }: State, from: number, block: Matrix): void {
  B.data.fill(0);
  for (let i = 0; i < block.rows; i++) {
    for (let j = i; j < block.cols; j++) B.data[(from + i) * B.cols + from + j] = block.at(i, j);
  }
}

/** A restart from harmonic Ritz vectors, and from the direction that all their residuals have. */
function restartHarmonic(
  S: State,
  X: Matrix,
  s: FloatArray,
  Y: Matrix,
  beta: number,
  target: number,
  kept: number,
): void {
  const { ws, n, V, ldv, B, work } = S;
  const p = B.cols;
  const harmonic = (): { left: Matrix; right: Matrix; block: Matrix; residual: FloatArray } => {
    const space = harmonicSpace(s, Y.row(p - 1), beta, B.at(p - 1, p - 1), target, kept);
    // B·(Y·G) = X·diag(s)·G = (X·Q)·R.
    const { Q, R } = qr(multiply(Matrix.diagonal(s), space.vectors));
    return {
      left: multiply(X, Q),
      right: multiply(Y, space.vectors),
      block: R,
      residual: multiply(Y, space.residual),
    };
  };
  const { left, right, block, residual } = ws.outside(() => silently(harmonic));
  ws.mem.set(residual, work);
  ws.k.gemv(n, p, 1, V, ldv, work, 1, V + p * ldv);
  restart(S, 0, left, right, block);
  orthonormalise(S, n, kept, V, ldv, ws.k.nrm2(n, V + kept * ldv, 1));
}

/** The columns of Z that belong to the kept triplets. */
function columns(Z: Matrix, keep: readonly Ritz[]): Matrix {
  const K = Matrix.zeros(Z.rows, keep.length);
  keep.forEach(({ i }, j) => {
    for (let p = 0; p < Z.rows; p++) K.data[p * keep.length + j] = Z.at(p, i);
  });
  return K;
}

/** The leading columns of Q ← Q·Z, a panel of rows at a time. */
function turn(S: State, rows: number, Q: number, ldq: number, Z: Matrix): void {
  const { ws, work } = S;
  const ldz = leadingDimension(Z.rows);
  load(ws, Z, work, ldz);
  const mark = ws.mark();
  const ldp = leadingDimension(PANEL);
  const panel = ws.alloc(ldp * Z.cols);
  for (let top = 0; top < rows; top += PANEL) {
    const height = Math.min(PANEL, rows - top);
    ws.k.gemm(0, 0, height, Z.cols, Z.rows, 1, Q + top, ldq, work, ldz, 0, panel, ldp);
    for (let j = 0; j < Z.cols; j++) {
      ws.mem.copyWithin(Q + j * ldq + top, panel + j * ldp, panel + j * ldp + height);
    }
  }
  ws.release(mark);
}

/** The wanted triplets with their residuals, measured. */
function collect(
  S: State,
  wanted: readonly Ritz[],
  tol: number,
  iterations: number,
  complete: boolean,
  X: Matrix,
  Y: Matrix,
): Triplets {
  const { ws, m, n, products, U, ldu, V, ldv } = S;
  const size = X.rows;
  const count = wanted.length;
  turn(S, m, U, ldu, columns(X, wanted));
  turn(S, n, V, ldv, columns(Y, wanted));
  const left = U + size * ldu; // the columns behind those in use are free now
  const right = V + size * ldv;
  const free = S.B.cols + MEASURED - size;
  const residuals: number[] = [];
  for (let first = 0; first < count; first += free) {
    const several = Math.min(free, count - first);
    products.times(several, V + first * ldv, ldv, left, ldu);
    products.transposedTimes(several, U + first * ldu, ldu, right, ldv);
    for (let i = first; i < first + several; i++) {
      const [x, y] = [left + (i - first) * ldu, right + (i - first) * ldv];
      ws.k.axpy(m, -wanted[i].theta, U + i * ldu, 1, x, 1);
      ws.k.axpy(n, -wanted[i].theta, V + i * ldv, 1, y, 1);
      residuals.push(Math.hypot(ws.k.nrm2(m, x, 1), ws.k.nrm2(n, y, 1)));
    }
  }
  // Estimates ended the search; what was measured has the last word.
  const honest = 100 * (tol + Math.sqrt(m) * ws.eps) * S.norm;
  return {
    s: wanted.map(({ theta }) => theta),
    U: { at: U, ld: ldu, rows: m, cols: count },
    V: { at: V, ld: ldv, rows: n, cols: count },
    residuals,
    iterations,
    complete: complete && residuals.every((residual) => residual <= honest),
  };
}
