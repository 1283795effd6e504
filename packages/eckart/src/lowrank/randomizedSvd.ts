// Randomised singular value decomposition: a basis of the range from products with random vectors, then the exact
// decomposition of the matrix projected onto it.
//
//   Q = orth [Y₀ Y₁ … Y_q],  Yᵢ = (AAᵀ)ⁱ·A·Ω;   B = QᵀA = X·diag(s)·Vᵀ;   A ≈ (Q·X)·diag(s)·Vᵀ.
//
// Without `krylov`, Q = orth Y_q. Every block is orthonormalised before the next product, so that powers do not drown
// the small values in rounding, and against those before it: so its product with Aᵀ, which leads on to the next block, is
// a block of Bᵀ as well.
// Source: Halko, Martinsson & Tropp, SIAM Review 53 (2011), here "HMT"; Musco & Musco, NIPS 2015 (block Krylov).
import { OptionError } from "../errors.ts";
import type { BackendName } from "../kernels/load.ts";
import { advance, silently, stage } from "../kernels/progress.ts";
import { leadingDimension, matrixSize, withWorkspace, type Workspace } from "../kernels/workspace.ts";
import { applyReflectors, formOrthogonal, reflectorScratch } from "../linalg/parts/reflector.ts";
import { fixSigns } from "../linalg/parts/signs.ts";
import { qrInPlace, qrReflectors, qrScratch } from "../linalg/qr/householder.ts";
import { svd } from "../linalg/svd/svd.ts";
import type { FloatArray, Matrix } from "../matrix/matrix.ts";
import { load, store, storeTransposed } from "../matrix/transfer.ts";
import { checkChoice, checkInteger, checkNumber, checkOptions } from "../options.ts";
import { checkSeed } from "../random/draws.ts";
import { Random } from "../random/random.ts";
import { asOperator, type Operator, type OperatorLike, type Products } from "./operator.ts";

/** Options of `randomizedSvd`: exactly one of `rank` and `tolerance`. */
export interface RandomizedSvdOptions {
  /** Triplets wanted; min(m, n) where more is asked. */
  readonly rank?: number;
  /** Largest relative error ‖A − A_r‖_F / ‖A‖_F: the smallest rank found that meets it is taken. */
  readonly tolerance?: number;
  /** Random vectors beyond the rank. Default 10; with `krylov`, whose basis is larger as it is, as fill a group of four. */
  readonly oversampling?: number;
  /** q, products with AAᵀ. "auto" (default): 5 with `krylov`, else 7 for a rank below min(m, n)/10 and 4 above. */
  readonly powerIterations?: number | "auto";
  /** Whether the earlier blocks stay in the basis: more memory, far better values for as many products. Default true. */
  readonly krylov?: boolean;
  /** Seed of the random vectors, from 0 to 2³² − 1. Default 0. */
  readonly seed?: number;
}

/** How an approximation was computed and how far it can be trusted. */
export interface RandomizedSvdInfo {
  readonly method: "block-krylov" | "subspace-iteration";
  /** Which twin of the kernels answered. */
  readonly backend: BackendName;
  /** Whether the rank or the tolerance was met. */
  readonly converged: boolean;
  /** q of the last attempt. */
  readonly iterations: number;
  /** Products of A or Aᵀ with one vector. */
  readonly matvecs: number;
  /**
   * What `frobeniusError` is: "exact" to a few ε‖A‖, for a dense matrix; "bound" for a sparse one, from
   * ‖A‖_F² − ‖QᵀA‖_F² with its rounding added, so never below √ε‖A‖_F; "estimate" for a matrix-free one, from six
   * random probes.
   */
  readonly frobenius: "exact" | "bound" | "estimate";
}

/** A low-rank approximation A ≈ U · diag(s) · Vt and its measured error. */
export interface RandomizedSvd {
  /** m × r, orthonormal columns. */
  readonly U: Matrix;
  /** r values, descending, none above its singular value of A. */
  readonly s: FloatArray;
  /** r × n, orthonormal rows. */
  readonly Vt: Matrix;
  /** n × r, a view of Vt. */
  readonly V: Matrix;
  /** r. */
  readonly rank: number;
  /** ‖A − U · diag(s) · Vt‖_F; `info.frobenius` says how it is known. */
  readonly frobeniusError: number;
  /** The same over ‖A‖_F; 0 for the zero matrix. */
  readonly relativeError: number;
  /** ‖A − U · diag(s) · Vt‖₂ is at most this, with a probability of at least 1 − 10⁻⁶ over the seeds. */
  readonly spectralBound: number;
  readonly info: RandomizedSvdInfo;
}

const PROBES = 6; // the bound fails with probability 10^−PROBES
const POWER = 2; // products with E·Eᵀ: the bound is (8·√n)^(1/5) ‖E‖₂ or so at most, 3‖E‖₂ for n = 1000

/**
 * An approximation of low rank from products with random vectors, A ≈ U · diag(s) · Vt, with its error measured
 * afterwards.
 *
 * A is m × n: dense, sparse in compressed rows, or matrix-free. The approximation is nearly the best of its rank (in
 * expectation within a factor 1 + O(log n / q²) of the best spectral norm with `krylov`), and the values are close where
 * they decay; for every digit of every triplet use `svds`. The measured error is that of this very answer: it does not
 * rest on the theory. The same seed gives the same answer.
 *
 * @param options  rank or tolerance; oversampling, powerIterations, krylov, seed.
 * @throws OptionError     none or both of rank and tolerance, or an option out of range.
 * @throws NonFiniteError  A, or a product, holds NaN or ±Infinity.
 * @throws ShapeError      a product of the wrong length.
 *
 * With a tolerance the rank is doubled until the error meets it; `info.converged` is false where no rank did.
 * Cost: 2q + 2 products with rank + oversampling vectors each, 5 with six vectors and, for dense A, one with the factors to
 * measure the error.
 * Source: Halko, Martinsson & Tropp, SIAM Review 53 (2011); Musco & Musco, NIPS 2015.
 * @example
 * const { rank, relativeError } = randomizedSvd([[3, 2, 2], [2, 3, -2]], { rank: 1 }); // rank 1, relativeError ≈ 0.514
 */
export function randomizedSvd(A: OperatorLike, options: RandomizedSvdOptions): RandomizedSvd {
  const known = ["rank", "tolerance", "oversampling", "powerIterations", "krylov", "seed"];
  checkOptions("randomizedSvd", options, known);
  const { rank, tolerance, oversampling, powerIterations = "auto", krylov = true, seed = 0 } = options;
  checkInteger("randomizedSvd", "rank", rank, 0);
  checkNumber("randomizedSvd", "tolerance", tolerance, 0);
  checkInteger("randomizedSvd", "oversampling", oversampling, 0);
  if (powerIterations !== "auto") checkInteger("randomizedSvd", "powerIterations", powerIterations, 0, 1000);
  checkSeed("randomizedSvd", seed);
  checkChoice("randomizedSvd", "krylov", krylov, [true, false]);
  const told = [rank, tolerance].filter((value) => value !== undefined).length;
  if (told !== 1) throw new OptionError("randomizedSvd", "exactly one of rank and tolerance", told, "told");
  const random = new Random(seed);
  const operator = asOperator("randomizedSvd", A);
  const n = operator.cols;

  let width = Math.min(rank ?? 16, n);
  for (;;) {
    const q = powerIterations !== "auto" ? powerIterations : krylov ? 5 : width < n / 10 ? 7 : 4;
    const more = oversampling ?? (krylov ? -width & 3 : 10);
    // Where the blocks together would have more than n columns, one of n finds all there is.
    const whole = krylov && (q + 1) * (width + more) > n;
    const vectors = whole ? n : Math.min(n, width + more);
    const blocks = krylov && !whole ? q + 1 : 1;
    const plan = { q: krylov ? blocks - 1 : q, blocks, vectors, krylov, random };
    // Another attempt would take about twice the time.
    const again = rank === undefined && width < n ? 1 : 0;
    const found = stage("range", 1, again, () =>
      approximate(operator, plan, rank === undefined ? { tolerance } : { rank: width }),
    );
    const converged = rank !== undefined || found.relativeError <= (tolerance as number);
    if (converged || width === n) return { ...found, info: { ...found.info, converged } };
    width = Math.min(n, 2 * width);
  }
}

interface Plan {
  readonly q: number;
  /** Blocks kept of the q + 1: all with Krylov, else the last. */
  readonly blocks: number;
  /** Columns of Ω. */
  readonly vectors: number;
  readonly krylov: boolean;
  readonly random: Random;
}

/** One attempt: the rank, or the least one whose error meets the tolerance. */
function approximate(A: Operator, plan: Plan, wanted: { rank?: number; tolerance?: number }): RandomizedSvd {
  const { rows: m, cols: n, scale, transposed } = A;
  const width = plan.blocks * plan.vectors;
  const elements =
    A.elements +
    3 * matrixSize(m, width) +
    4 * matrixSize(n, width) +
    2 * matrixSize(width, width) +
    matrixSize(n, ROWS) +
    PROBES * (leadingDimension(n) + leadingDimension(m) + leadingDimension(width)) +
    2 * width +
    Math.max(qrScratch(m, width), reflectorScratch(m, width));
  return withWorkspace(A.dtype, elements, 0, (ws) => {
    const products = A.open(ws);
    const norm = A.frobenius?.() ?? null;
    const ldm = leadingDimension(m);
    const ldn = leadingDimension(n);
    const { flops } = A;
    const range = (2 * plan.q + 2) * plan.vectors * flops + 4 * (m * width + plan.q * (m + n) * plan.vectors) * width;
    const decompose = 8 * n * width ** 2;
    const measure = (A.kind === "dense" ? plan.vectors : 2 * PROBES) * flops;
    const Q = ws.alloc(ldm * width);
    const Bt = ws.alloc(ldn * width);
    stage("range", range, decompose + measure, () => rangeBasis(ws, A, products, plan, Q, Bt));

    // What lies outside of Q. For a dense matrix and a given rank, the error of the answer is measured instead.
    const direct = A.kind === "dense" && wanted.rank !== undefined;
    const leftOut = direct
      ? 0
      : stage("measure", measure, decompose, () => errorOutside(ws, A, products, plan.random, norm, width, Q, Bt));

    // Bᵀ = P·R, R = W·diag(s)·Xᵀ, V = P·W.
    const tau = ws.alloc(width);
    const rest = direct ? measure : 0;
    const {
      U: W,
      s,
      V: X,
    } = stage("project", decompose, rest, () => {
      qrInPlace(ws, n, width, Bt, ldn, tau);
      const R = store(ws, Bt, ldn, width, width);
      for (let i = 0; i < width; i++) R.data.fill(0, i * width, i * width + i);
      return ws.outside(() => silently(() => svd(R)));
    });

    // The error of every rank: what lies outside Q, and the values that are dropped; the two parts are orthogonal.
    const tails = new Float64Array(s.length + 1);
    tails[s.length] = leftOut;
    for (let i = s.length - 1; i >= 0; i--) tails[i] = Math.hypot(tails[i + 1], s[i]);
    const total = norm ?? tails[0];
    let r = Math.min(wanted.rank ?? 0, s.length);
    if (wanted.tolerance !== undefined) while (r < s.length && tails[r] > wanted.tolerance * total) r++;

    const [ldx, U, V] = [leadingDimension(width), ws.alloc(ldm * r), ws.alloc(ldn * r)];
    const x = ws.alloc(ldx * r);
    load(ws, X.slice(0, width, 0, r), x, ldx);
    ws.k.gemm(0, 0, m, r, width, 1, Q, ldm, x, ldx, 0, U, ldm);
    ws.mem.fill(0, V, V + ldn * r);
    load(ws, W.slice(0, width, 0, r), V, ldn);
    silently(() => applyReflectors(ws, qrReflectors(n, width, Bt, ldn, tau), "left", 0, r, V, ldn));
    const bound = spectralBound(ws, A, products, plan.random, U, s, V, r);
    const error = direct
      ? stage("measure", measure, 0, () =>
          errorOutside(ws, A, products, plan.random, norm, r, U, times(ws, n, r, V, s, Bt)),
        )
      : tails[r];
    const [left, right] = [
      { at: U, ld: ldm, rows: m },
      { at: V, ld: ldn, rows: n },
    ];
    const [lead, mate] = transposed ? [left, right] : [right, left];
    fixSigns(ws, r, lead, mate);
    const Vt = storeTransposed(ws, lead.at, lead.ld, lead.rows, r);
    const values = s.slice(0, r);
    for (let i = 0; i < r; i++) values[i] /= scale;
    return {
      U: store(ws, mate.at, mate.ld, mate.rows, r),
      s: values,
      Vt,
      V: Vt.T,
      rank: r,
      frobeniusError: error / scale,
      relativeError: total === 0 ? 0 : Math.min(1, error / total),
      spectralBound: Math.min(bound, A.kind === "matrix-free" ? Infinity : error) / scale,
      info: {
        method: plan.krylov ? "block-krylov" : "subspace-iteration",
        backend: ws.backend,
        converged: true,
        iterations: plan.q,
        matvecs: A.count.products,
        frobenius: A.kind === "dense" ? "exact" : A.kind === "sparse" ? "bound" : "estimate",
      },
    };
  });
}

/** X·diag(s), X of n × r, at `to`, which is returned; both have the leading dimension of n rows. */
function times(ws: Workspace, n: number, r: number, X: number, s: FloatArray, to: number): number {
  const ld = leadingDimension(n);
  ws.mem.copyWithin(to, X, X + ld * r);
  for (let j = 0; j < r; j++) ws.k.scal(n, s[j], to + j * ld, 1);
  return to;
}

/** ‖X‖_F. */
function lengthOf(ws: Workspace, rows: number, cols: number, X: number, ldx: number): number {
  let length = 0;
  for (let j = 0; j < cols; j++) length = Math.hypot(length, ws.k.nrm2(rows, X + j * ldx, 1));
  return length;
}

/** Q, m × blocks·vectors: an orthonormal basis of the Krylov blocks, or of the last of them; and Bᵀ = AᵀQ. */
function rangeBasis(
  ws: Workspace,
  { rows: m, cols: n, flops }: Operator,
  products: Products,
  plan: Plan,
  Q: number,
  Bt: number,
): void {
  const { q, blocks, vectors: l, random } = plan;
  const [ldm, ldn] = [leadingDimension(m), leadingDimension(n)];
  const mark = ws.mark();
  const W = ws.alloc(ldn * l);
  for (let j = 0; j < l; j++) for (let i = 0; i < n; i++) ws.mem[W + j * ldn + i] = random.normal();
  for (let i = 0; i <= q; i++) {
    const before = blocks > 1 ? i * l : 0;
    const [Y, Z] = [Q + before * ldm, Bt + before * ldn];
    products.times(l, W, ldn, Y, ldm);
    advance(l * flops);
    extendBasis(ws, m, before, l, Q, ldm, random);
    products.transposedTimes(l, Y, ldm, Z, ldn);
    advance(l * flops);
    if (i === q) break;
    ws.mem.copyWithin(W, Z, Z + ldn * l);
    orthonormalise(ws, n, l, W, ldn);
  }
  ws.release(mark);
}

/**
 * The `cols` columns of Q from `before` on ← an orthonormal basis of what they add to those before, rows ≥ before + cols.
 * Random directions take the place of columns that add nothing.
 */
function extendBasis(
  ws: Workspace,
  rows: number,
  before: number,
  cols: number,
  Q: number,
  ldq: number,
  random: Random,
): void {
  const { k } = ws;
  const Y = Q + before * ldq;
  const mark = ws.mark();
  const ldh = leadingDimension(before);
  const H = ws.alloc(ldh * cols);
  // Two passes are enough unless the second one takes so much away that the columns are orthonormal no more.
  for (let pass = 0; pass < 5; pass++) {
    let taken = 0;
    if (before > 0) {
      const lengths = Float64Array.from({ length: cols }, (_, j) => k.nrm2(rows, Y + j * ldq, 1));
      k.gemm(1, 0, before, cols, rows, 1, Q, ldq, Y, ldq, 0, H, ldh);
      k.gemm(0, 0, rows, cols, before, -1, Q, ldq, H, ldh, 1, Y, ldq);
      for (let j = 0; j < cols; j++) {
        taken = Math.max(taken, k.nrm2(before, H + j * ldh, 1));
        if (k.nrm2(rows, Y + j * ldq, 1) > 8 * ws.eps * lengths[j]) continue;
        for (let i = 0; i < rows; i++) ws.mem[Y + j * ldq + i] = random.normal();
        taken = Infinity;
      }
    }
    if (pass > 0 && taken ** 2 < ws.eps) break;
    orthonormalise(ws, rows, cols, Y, ldq);
    if (before === 0) break;
  }
  ws.release(mark);
}

/** X ← an orthonormal basis of its columns, rows ≥ cols; columns that depend on others become arbitrary ones. */
function orthonormalise(ws: Workspace, rows: number, cols: number, X: number, ldx: number): void {
  const mark = ws.mark();
  const tau = ws.alloc(cols);
  const copy = ws.alloc(ldx * cols);
  qrInPlace(ws, rows, cols, X, ldx, tau);
  ws.mem.copyWithin(copy, X, X + ldx * cols);
  formOrthogonal(ws, qrReflectors(rows, cols, copy, ldx, tau), cols, X, ldx);
  ws.release(mark);
}

const ROWS = 64; // of a dense A that are compared with Q·B at a time

/** ‖A − Q·QᵀA‖_F, given ‖A‖_F where there are entries: measured, bounded or estimated, as `info.frobenius` says. */
function errorOutside(
  ws: Workspace,
  A: Operator,
  products: Products,
  random: Random,
  norm: number | null,
  width: number,
  Q: number,
  Bt: number,
): number {
  const { rows: m, cols: n } = A;
  const [ldm, ldn] = [leadingDimension(m), leadingDimension(n)];
  const mark = ws.mark();
  let error = 0;
  if (norm !== null) {
    const inside = Math.min(1, lengthOf(ws, n, width, Bt, ldn) / (norm || 1));
    const square = (1 - inside) * (1 + inside); // over ‖A‖_F²
    if (products.columns === null) {
      // The difference of the squares is known to within a few roundings of sums over m terms.
      error = norm * Math.sqrt(square + 8 * Math.sqrt(m) * ws.eps);
    } else if (square >= 1 / 64) {
      error = norm * Math.sqrt(square);
    } else {
      // So little is left that the difference has lost digits: Aᵀ − BᵀQᵀ, some columns at a time.
      const { at, ld } = products.columns;
      const E = ws.alloc(ld * ROWS);
      for (let i = 0; i < m; i += ROWS) {
        const count = Math.min(ROWS, m - i);
        ws.mem.copyWithin(E, at + i * ld, at + (i + count) * ld);
        ws.k.gemm(0, 1, n, count, width, -1, Bt, ldn, Q + i, ldm, 1, E, ld);
        advance(2 * n * count * width);
        error = Math.hypot(error, lengthOf(ws, n, count, E, ld));
      }
    }
  } else {
    const [x, y, h] = [ws.alloc(n), ws.alloc(m), ws.alloc(width)];
    for (let probe = 0; probe < PROBES; probe++) {
      for (let i = 0; i < n; i++) ws.mem[x + i] = random.normal();
      products.times(1, x, ldn, y, ldm);
      ws.mem.fill(0, h, h + width);
      ws.k.gemvT(m, width, 1, Q, ldm, y, h, 1);
      ws.k.gemv(m, width, -1, Q, ldm, h, 1, y);
      error = Math.hypot(error, ws.k.nrm2(m, y, 1) / Math.sqrt(PROBES));
    }
  }
  ws.release(mark);
  return error;
}

/**
 * A bound on ‖E‖₂, E = A − U·diag(s)·Vᵀ. For any matrix M and Gaussian ω, ‖M‖₂ ≤ 10·√(2/π)·max ‖M·ωᵢ‖ but with
 * probability 10^−PROBES (HMT, Lemma 4.1); taken for M = (E·Eᵀ)^POWER·E, whose norm is ‖E‖₂^(2·POWER+1), the factor that
 * it is too large by shrinks to its root.
 */
function spectralBound(
  ws: Workspace,
  { rows: m, cols: n }: Operator,
  products: Products,
  random: Random,
  U: number,
  s: FloatArray,
  V: number,
  r: number,
): number {
  const [ldm, ldn, ldr] = [leadingDimension(m), leadingDimension(n), leadingDimension(r)];
  const mark = ws.mark();
  const [x, y, h] = [ws.alloc(ldn * PROBES), ws.alloc(ldm * PROBES), ws.alloc(ldr * PROBES)];
  const logs = new Float64Array(PROBES); // log₂ of the length that each probe has grown to; itself it is kept at 1
  const normalise = (rows: number, X: number, ldx: number): void => {
    for (let j = 0; j < PROBES; j++) {
      const length = ws.k.nrm2(rows, X + j * ldx, 1);
      logs[j] += Math.log2(length);
      if (length > 0) ws.k.scal(rows, 1 / length, X + j * ldx, 1);
    }
  };
  const damp = (): void => {
    for (let j = 0; j < PROBES; j++) for (let i = 0; i < r; i++) ws.mem[h + j * ldr + i] *= s[i];
  };
  for (let j = 0; j < PROBES; j++) for (let i = 0; i < n; i++) ws.mem[x + j * ldn + i] = random.normal();
  for (let power = 0; ; power++) {
    products.times(PROBES, x, ldn, y, ldm);
    ws.k.gemm(1, 0, r, PROBES, n, 1, V, ldn, x, ldn, 0, h, ldr);
    damp();
    ws.k.gemm(0, 0, m, PROBES, r, -1, U, ldm, h, ldr, 1, y, ldm);
    normalise(m, y, ldm);
    if (power === POWER) break;
    products.transposedTimes(PROBES, y, ldm, x, ldn);
    ws.k.gemm(1, 0, r, PROBES, m, 1, U, ldm, y, ldm, 0, h, ldr);
    damp();
    ws.k.gemm(0, 0, n, PROBES, r, -1, V, ldn, h, ldr, 1, x, ldn);
    normalise(n, x, ldn);
  }
  ws.release(mark);
  return 2 ** ((Math.log2(10 * Math.sqrt(2 / Math.PI)) + Math.max(...logs)) / (2 * POWER + 1));
}
