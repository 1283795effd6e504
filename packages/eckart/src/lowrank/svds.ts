import { OptionError } from "../errors.ts";
import { backend, type BackendName } from "../kernels/load.ts";
import { stage } from "../kernels/progress.ts";
import { withWorkspace } from "../kernels/workspace.ts";
import { fixSigns } from "../linalg/parts/signs.ts";
import { svd, type SvdInfo } from "../linalg/svd/svd.ts";
import { type FloatArray, Matrix, zeroVector } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { store, storeTransposed } from "../matrix/transfer.ts";
import { checkChoice, checkInteger, checkNumber, checkOptions } from "../options.ts";
import { checkSeed } from "../random/draws.ts";
import { Random } from "../random/random.ts";
import { distanceTo, lanczos, lanczosScratch, type Search } from "./lanczos.ts";
import { asOperator, type Operator, type OperatorLike } from "./operator.ts";

/** Which singular values are wanted. */
export type Which = "largest" | "smallest" | { readonly nearest: number };

/** Options of `svds`. */
export interface SvdsOptions {
  /** How many triplets. Default 6; min(m, n) where more is asked. */
  readonly k?: number;
  /** The largest (default), the smallest, or those nearest to a value. */
  readonly which?: Which;
  /**
   * "lanczos"; "full": cut off from the whole decomposition; or "auto" (default): whichever is quicker, and the second
   * where the first does not converge and the matrix can be written down.
   */
  readonly method?: "auto" | "lanczos" | "full";
  /** A triplet has converged where its residual is at most tol·σ₁. Default 16 ε. */
  readonly tol?: number;
  /** Seed of the random directions, from 0 to 2³² − 1. Default 0. */
  readonly seed?: number;
  /** Restarts, at most. Default 300, or 3000 for other values than the largest. */
  readonly maxIterations?: number;
  /** Vectors a side that are kept between restarts, more than k. Default max(2k + 12, 32). */
  readonly basis?: number;
}

/** How a partial decomposition was computed. */
export interface SvdsInfo {
  /** "lanczos", or the method of the whole decomposition that was cut off. */
  readonly method: "lanczos" | SvdInfo["method"];
  /** Which twin of the kernels answered. */
  readonly backend: BackendName;
  /** Whether all triplets that were asked for are there, and checked to be those that were wanted. */
  readonly converged: boolean;
  /** Cycles between restarts, or sweeps of the whole decomposition. */
  readonly iterations: number;
  /** Products with A or Aᵀ, those that measured the residuals included. */
  readonly matvecs: number;
  /** √(‖A·v − σ·u‖² + ‖Aᵀ·u − σ·v‖²) of every triplet, measured, in the units of A. */
  readonly residuals: Float64Array;
}

/** Some singular triplets of A: A·V = U · diag(s), Aᵀ·U = V · diag(s). */
export interface Svds {
  /** m × k. */
  readonly U: Matrix;
  /** k values, descending whichever were wanted; fewer where not all converged. */
  readonly s: FloatArray;
  /** k × n. */
  readonly Vt: Matrix;
  /** n × k, a view of Vt. */
  readonly V: Matrix;
  readonly info: SvdsInfo;
}

/**
 * A few singular values of A with their vectors: the k largest, smallest, or nearest to a value.
 *
 * A is m × n: a dense matrix, a sparse one in compressed rows, or two functions that multiply a vector by A and by Aᵀ.
 * U and V have orthonormal columns; signs are fixed as by `svd`; the same seed gives the same answer. Multiple values
 * come as often as they are wanted and there: what has converged is checked by one more search in its complement, from a
 * direction drawn at random. f32 is computed and answered in f32.
 *
 * The largest converge fast when they decay. The smallest of a sparse or matrix-free matrix, and inner values, take very
 * many products; a sparse matrix of up to 4 million entries, zeros included, is decomposed as a whole instead, and a
 * dense one always. A matrix-free operator that applies the inverse turns the smallest values into the largest.
 *
 * @param options  k, which, method, tol, seed, maxIterations, basis: see `SvdsOptions`.
 * @throws OptionError     an option out of range.
 * @throws ShapeError      a product of the wrong length.
 * @throws NonFiniteError  A, or a product, holds NaN or ±Infinity.
 *
 * Where the limit of iterations was met, what has converged comes back, perhaps fewer than k, and `info.converged` is
 * false: there may be values that were wanted more.
 * Cost: `info.matvecs` products and 4(m + n)·basis flops beside each. Memory: (m + n)·basis elements.
 * Source: Baglama & Reichel, SIAM J. Sci. Comput. 27 (2005); Hernández, Román & Tomás, ETNA 31 (2008); for other values
 * than the largest, harmonic Ritz vectors: Morgan, Linear Algebra Appl. 154 (1991).
 * @example
 * const { s } = svds({ shape: [2, 2], apply: ([x, y]) => [3 * x, y], applyTranspose: ([x, y]) => [3 * x, y] }, { k: 1 }); // s = [3]
 */
export function svds(A: OperatorLike, options: SvdsOptions = {}): Svds {
  checkOptions("svds", options, ["k", "which", "method", "tol", "seed", "maxIterations", "basis"]);
  const { k = 6, which = "largest", method = "auto", tol, seed = 0 } = options;
  const { maxIterations = which === "largest" ? 300 : 3000, basis } = options;
  checkInteger("svds", "k", k, 0);
  if (typeof which !== "object" || which === null) {
    if (which !== "largest" && which !== "smallest") {
      throw new OptionError("svds", "which", which, '"largest", "smallest" or { nearest: a number }');
    }
  } else {
    checkOptions("svds", which, ["nearest"]);
    checkNumber("svds", "which.nearest", which.nearest ?? NaN, 0);
  }
  checkChoice("svds", "method", method, ["auto", "lanczos", "full"]);
  checkNumber("svds", "tol", tol, 0);
  checkSeed("svds", seed);
  checkInteger("svds", "maxIterations", maxIterations, 1);
  checkInteger("svds", "basis", basis, k + 1);
  const operator = asOperator("svds", A);
  const n = operator.cols;
  const count = Math.min(k, n);
  const size = Math.min(n, basis ?? Math.max(2 * k + 12, 32));
  const { entries } = operator;
  const target = which === "largest" ? null : which === "smallest" ? 0 : which.nearest;
  if (method === "full" && !entries) {
    throw new OptionError("svds", "method", method, '"auto" or "lanczos" for a matrix without entries');
  }
  if (entries && (method === "full" || (method === "auto" && fullIsQuicker(operator, which, size)))) {
    return cutOff(entries(), count, distanceTo(target));
  }
  if (count === 0) return empty(operator);

  const scaled = target === null ? null : Math.min(target * operator.scale, Number.MAX_VALUE);
  const eps = operator.dtype === "f64" ? 2 ** -52 : 2 ** -23;
  const random = new Random(seed);
  const found = search(operator, {
    k: count,
    basis: size,
    target: scaled,
    tol: tol ?? 16 * eps,
    maxIterations,
    random,
  });
  const other = !found.info.converged && method === "auto" && entries && affordable(operator);
  return other ? cutOff(entries(), count, distanceTo(target)) : found;
}

/** What the Lanczos iteration finds, in the caller's orientation and units. */
function search(A: Operator, task: Search): Svds {
  const elements = A.elements + lanczosScratch(A.rows, A.cols, task.basis);
  return withWorkspace(A.dtype, elements, 0, (ws) => {
    const found = stage("lanczos", 1, 0, () => lanczos(ws, A, task));
    const [left, right] = A.transposed ? [found.V, found.U] : [found.U, found.V];
    fixSigns(ws, found.s.length, right, left);
    const Vt = storeTransposed(ws, right.at, right.ld, right.rows, right.cols);
    const s = zeroVector(found.s.length, ws.dtype);
    s.set(found.s.map((sigma) => sigma / A.scale));
    return {
      U: store(ws, left.at, left.ld, left.rows, left.cols),
      s,
      Vt,
      V: Vt.T,
      info: {
        method: "lanczos",
        backend: ws.backend,
        converged: found.complete,
        iterations: found.iterations,
        matvecs: A.count.products,
        residuals: Float64Array.from(found.residuals, (r) => r / A.scale),
      },
    };
  });
}

/** Sparse matrices up to this many entries, zeros included, are written out for a whole decomposition. */
const WRITTEN_OUT = 2 ** 22;

function affordable({ kind, rows, cols }: Operator): boolean {
  return kind === "dense" || rows * cols <= WRITTEN_OUT;
}

/** Whether the whole decomposition answers sooner than a search with a basis of the given size. */
function fullIsQuicker(A: Operator, which: Which, basis: number): boolean {
  return which === "largest" ? A.kind === "dense" && 3 * basis >= A.cols : affordable(A);
}

/** The wanted triplets out of all of them. */
function cutOff(A: Matrix, count: number, distance: (sigma: number) => number): Svds {
  const { U, s, Vt, info } = svd(A);
  const wanted = Array.from(s, (sigma, i) => ({ i, far: distance(sigma) }))
    .sort((a, b) => a.far - b.far || a.i - b.i)
    .slice(0, count)
    .map(({ i }) => i)
    .sort((a, b) => a - b);
  const options = { dtype: A.dtype };
  const left = Matrix.zeros(A.rows, count, options);
  const right = Matrix.zeros(count, A.cols, options);
  wanted.forEach((from, to) => {
    for (let i = 0; i < A.rows; i++) left.data[i * count + to] = U.at(i, from);
    right.data.set(Vt.row(from), to * A.cols);
  });
  const values = s.slice(0, count);
  values.set(wanted.map((i) => s[i]));
  const residuals = tripletResiduals(A, left, values, right);
  const { method, backend: twin, iterations } = info;
  const matvecs = 2 * count;
  return {
    U: left,
    s: values,
    Vt: right,
    V: right.T,
    info: { method, backend: twin, converged: true, iterations, matvecs, residuals },
  };
}

/** √(‖A·vᵢ − σᵢ·uᵢ‖² + ‖Aᵀ·uᵢ − σᵢ·vᵢ‖²). */
function tripletResiduals(A: Matrix, U: Matrix, s: FloatArray, Vt: Matrix): Float64Array {
  const AV = multiply(A, Vt.T);
  const AtU = multiply(A.T, U);
  return Float64Array.from(s, (sigma, j) => {
    const left = Float64Array.from({ length: A.rows }, (_, i) => AV.at(i, j) - sigma * U.at(i, j));
    const right = Float64Array.from({ length: A.cols }, (_, i) => AtU.at(i, j) - sigma * Vt.at(j, i));
    return Math.hypot(length(left), length(right));
  });
}

/** ‖x‖₂, without overflow on the way. */
function length(x: Float64Array): number {
  return x.reduce((root, xi) => Math.hypot(root, xi), 0);
}

function empty({ rows, cols, transposed, dtype }: Operator): Svds {
  const [m, n] = transposed ? [cols, rows] : [rows, cols];
  const Vt = Matrix.zeros(0, n, { dtype });
  const info = {
    method: "lanczos",
    converged: true,
    iterations: 0,
    matvecs: 0,
    residuals: new Float64Array(0),
  } as const;
  return {
    U: Matrix.zeros(m, 0, { dtype }),
    s: zeroVector(0, dtype),
    Vt,
    V: Vt.T,
    info: { ...info, backend: backend().name },
  };
}
