import { OptionError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/abi.ts";
import { advance, silently, stage } from "../kernels/progress.ts";
import { qr } from "../linalg/qr/qr.ts";
import { lstsq } from "../linalg/lstsq/lstsq.ts";
import { svd } from "../linalg/svd/svd.ts";
import { numericalRank } from "../linalg/tolerance.ts";
import { norm } from "../linalg/norm/norm.ts";
import { add, subtract } from "../matrix/elementwise.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../matrix/input.ts";
import { type FloatArray, Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { checkChoice, checkInteger, checkOptions, checkSize } from "../options.ts";
import { checkSeed } from "../random/draws.ts";
import { Random } from "../random/random.ts";
import { reconstruct } from "./reconstruct.ts";
import { triangularFactor } from "./triangularFactor.ts";

/** Options of `SvdStream`. */
export interface SvdStreamOptions {
  /** "exact" (default): values and right vectors to rounding; "single-pass": a sketch of fixed rank, U included. */
  readonly mode?: "exact" | "single-pass";
  /** Triplets in the answer. Default all in exact mode; must be told in single-pass mode. */
  readonly rank?: number;
  /** Seed of the sketch, from 0 to 2³² − 1. Default 0. Streams that will be merged share it. */
  readonly seed?: number;
  /** Precision of the answer, and of the computation in exact mode. Default "f64". */
  readonly dtype?: DType;
  /** Number of the first row pushed, in the whole table. Default 0. Single-pass streams merge if their rows differ. */
  readonly firstRow?: number;
}

/** The decomposition of what a stream has seen. */
export interface StreamSvd {
  /** m × r in single-pass mode, rows in the order of their numbers; null in exact mode, see `transformBlock`. */
  readonly U: Matrix | null;
  /** r values, descending. */
  readonly s: FloatArray;
  /** r × n. */
  readonly Vt: Matrix;
  /** n × r, a view of Vt. */
  readonly V: Matrix;
  /** m: rows seen. */
  readonly rows: number;
  /** ‖A − U · diag(s) · Vt‖_F: exact in exact mode, an unbiased estimate of its square from ten probes otherwise. */
  readonly frobeniusError: number;
  /**
   * The same over ‖A‖_F. The values and vectors of a sketch whose error comes near 1 say little of A: zeros would be as
   * close. Then the values decay too slowly for single-pass mode, and exact mode or a larger rank serves.
   */
  readonly relativeError: number;
}

/** A stream as plain data: numbers, strings and arrays, for JSON, a database, or another process. */
export interface SvdStreamState {
  readonly type: "eckart/svd-stream";
  readonly version: 1;
  readonly mode: "exact" | "single-pass";
  readonly cols: number;
  readonly rank: number | null;
  readonly seed: number;
  readonly dtype: DType;
  readonly rows: number;
  readonly nextRow: number;
  /** Exact: R, row after row. Single-pass: the co-range sketch Ψ·A. */
  readonly sketch: readonly number[];
  /** Single-pass: the range sketch A·Ω of every run of rows. */
  readonly segments: readonly { readonly firstRow: number; readonly data: readonly number[] }[];
}

const TYPE = "eckart/svd-stream";
const PROBES = 10; // rows of Ψ that measure the error and take no part in the answer
const CHUNK = 4096; // rows factored at a time, so that a block of any height needs bounded memory

/** Consecutive rows of A·Ω. */
interface Segment {
  readonly firstRow: number;
  readonly Y: Matrix;
}

/**
 * Singular value decomposition of a table that comes by blocks of rows and need not fit into memory.
 *
 * A is m × n, n known and m not. In exact mode the triangular factor R of all rows is kept, n × n: each block is put
 * under it and factored again, so A = Q·R and R = X · diag(s) · Vt give s and V as from the whole table, to rounding and
 * whatever the blocks. A second pass over the blocks gives the rows of U (`transformBlock`).
 *
 * In single-pass mode two sketches are kept, A·Ω with 2r + 1 columns and Ψ·A with 4r + 3 rows: from Q = orth(A·Ω) and
 * X, the least-squares solution of (Ψ·Q)·X = Ψ·A, A ≈ Q·X, with U included and its error estimated. The error is
 * a moderate multiple of the best one of rank r; where the values decay slowly, exact mode serves better.
 *
 * Streams of parts of a table merge, in any order. Their state is plain data.
 *
 * @throws OptionError  an option out of range, or no rank in single-pass mode.
 *
 * Cost a row: 3n² flops in exact mode, about 12rn otherwise. Memory: n² elements and a buffer of as many; otherwise
 * (2r + 1)·m + (4r + 13)·n.
 * Source: Demmel, Grigori, Hoemmen & Langou, SIAM J. Sci. Comput. 34 (2012); Tropp, Yurtsever, Udell & Cevher, SIAM J.
 * Matrix Anal. Appl. 38 (2017).
 * @example
 * const stream = new SvdStream(2);
 * stream.push([[3, 0]]).push([[4, 5]]);
 * stream.svd().s; // ≈ [6.708, 2.236]
 */
export class SvdStream {
  /** n. */
  readonly cols: number;
  readonly mode: "exact" | "single-pass";
  readonly dtype: DType;
  readonly seed: number;
  /** Triplets in the answer; null for all. */
  readonly rank: number | null;
  #rows = 0;
  #nextRow: number;
  /** R, or Ψ·A with the rows of the probes at its end. */
  #sketch: Matrix;
  /** Exact: rows that R does not hold yet. */
  #waiting: Matrix[] = [];
  #segments: Segment[] = [];
  #largest = 0;
  #answer: StreamSvd | null = null;
  readonly #Omega: Matrix | null;

  constructor(cols: number, options: SvdStreamOptions = {}) {
    checkSize("SvdStream", "cols", cols);
    checkOptions("SvdStream", options, ["mode", "rank", "seed", "dtype", "firstRow"]);
    const { mode = "exact", rank, seed = 0, dtype = "f64", firstRow = 0 } = options;
    checkChoice("SvdStream", "mode", mode, ["exact", "single-pass"]);
    checkInteger("SvdStream", "rank", rank, 0);
    checkSeed("SvdStream", seed);
    checkChoice("SvdStream", "dtype", dtype, ["f64", "f32"]);
    checkInteger("SvdStream", "firstRow", firstRow, 0);
    if (mode === "single-pass" && rank === undefined) {
      throw new OptionError("SvdStream", "rank", rank, "told in single-pass mode");
    }
    this.cols = cols;
    this.mode = mode;
    this.dtype = dtype;
    this.seed = seed;
    this.rank = rank ?? null;
    this.#nextRow = firstRow;
    const [k, l] = sketchSizes(rank ?? 0, cols);
    this.#Omega = mode === "exact" ? null : new Random(seed).normalMatrix(cols, k);
    this.#sketch = mode === "exact" ? Matrix.zeros(0, cols, { dtype }) : Matrix.zeros(l + PROBES, cols);
  }

  /** m: rows seen. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Takes in the next rows, b × n, which are copied.
   *
   * @throws ShapeError      another number of columns.
   * @throws NonFiniteError  an entry is NaN or ±Infinity; the stream is as before.
   */
  push(block: MatrixLike): this {
    const B = this.#block("SvdStream.push", block);
    const largest = largestFinite("SvdStream.push", B);
    if (B.rows === 0) return this;
    this.#answer = null;
    if (this.#Omega) {
      const Psi = testMatrix(this.seed, this.#nextRow, B.rows, this.#sketch.rows);
      this.#sketch = add(this.#sketch, multiply(Psi, B));
      this.#segments.push({ firstRow: this.#nextRow, Y: multiply(B, this.#Omega) });
    } else {
      this.#largest = Math.max(this.#largest, largest);
      stage("qr", B.rows, 0, () => {
        for (let row = 0; row < B.rows; row += CHUNK) {
          this.#waiting.push(Matrix.from(B.slice(row, Math.min(row + CHUNK, B.rows)), { dtype: this.dtype }));
          silently(() => this.#fold(Math.max(2 * this.cols, 64)));
          advance(CHUNK);
        }
      });
    }
    this.#rows += B.rows;
    this.#nextRow += B.rows;
    return this;
  }

  /**
   * Takes in everything that another stream has seen, which stays as it is: the answer is that of both parts together.
   *
   * @throws OptionError  the other stream differs in columns, mode, dtype or, in single-pass mode, rank or seed; or both
   *                      have seen a row of the same number there.
   */
  merge(other: SvdStream): this {
    if (!(other instanceof SvdStream) || other === this) {
      throw new OptionError("SvdStream.merge", "the other stream", other, "another SvdStream");
    }
    const shared =
      this.mode === "exact"
        ? (["cols", "mode", "dtype"] as const)
        : (["cols", "mode", "dtype", "rank", "seed"] as const);
    for (const name of shared) checkChoice("SvdStream.merge", name, other[name], [this[name]]);
    if (this.#Omega) {
      const segments = [...this.#segments, ...other.#segments].sort((a, b) => a.firstRow - b.firstRow);
      segments.forEach(({ firstRow }, i) => {
        const end = i === 0 ? 0 : segments[i - 1].firstRow + segments[i - 1].Y.rows;
        if (firstRow < end) {
          throw new OptionError("SvdStream.merge", "firstRow", firstRow, `${end} or more: the row is there already`);
        }
      });
      this.#segments = segments;
      this.#sketch = add(this.#sketch, other.#sketch);
    } else {
      this.#waiting.push(other.#sketch, ...other.#waiting);
      this.#largest = Math.max(this.#largest, other.#largest);
      this.#fold(Math.max(2 * this.cols, 64));
    }
    this.#answer = null;
    this.#rows += other.#rows;
    this.#nextRow = Math.max(this.#nextRow, other.#nextRow);
    return this;
  }

  /** The decomposition of all rows so far; more may follow. */
  svd(): StreamSvd {
    return (this.#answer ??= this.#Omega ? this.#fromSketches() : this.#fromTriangle());
  }

  /**
   * The rows of U that belong to rows of A, block · V · diag(1/s): b × r, on a second pass or for new rows.
   *
   * Columns of values that are zero to working precision, σ ≤ max(m, n)·ε·σ₁, are zero: U is not determined there. The
   * columns of U over all blocks are orthonormal to about ε·σ₁/σ.
   *
   * @throws ShapeError      another number of columns.
   * @throws NonFiniteError  an entry is NaN or ±Infinity.
   */
  transformBlock(block: MatrixLike): Matrix {
    const B = this.#block("SvdStream.transformBlock", block);
    largestFinite("SvdStream.transformBlock", B);
    const { s, V } = this.svd();
    const U = multiply(Matrix.from(B, { dtype: this.dtype }), V);
    const counted = numericalRank(s, this.#rows, this.cols);
    for (let i = 0, at = 0; i < U.rows; i++) {
      for (let j = 0; j < U.cols; j++, at++) U.data[at] = j < counted ? U.data[at] / s[j] : 0;
    }
    return U;
  }

  /** Everything the stream knows, as plain data. */
  toState(): SvdStreamState {
    if (!this.#Omega) this.#fold(1);
    return {
      type: TYPE,
      version: 1,
      mode: this.mode,
      cols: this.cols,
      rank: this.rank,
      seed: this.seed,
      dtype: this.dtype,
      rows: this.#rows,
      nextRow: this.#nextRow,
      sketch: Array.from(this.#sketch.data),
      segments: this.#segments.map(({ firstRow, Y }) => ({ firstRow, data: Array.from(Y.data) })),
    };
  }

  /**
   * The stream whose state this is.
   *
   * @throws OptionError  data that is not the state of a stream.
   */
  static fromState(state: SvdStreamState): SvdStream {
    const where = "SvdStream.fromState";
    if (state?.type !== TYPE || state.version !== 1) {
      throw new OptionError(where, "the state", state?.type, `"${TYPE}" of version 1`);
    }
    const { mode, cols, rank, seed, dtype, rows, nextRow } = state;
    const stream = new SvdStream(cols, { mode, rank: rank ?? undefined, seed, dtype });
    checkInteger(where, "rows", rows, 0);
    checkInteger(where, "nextRow", nextRow, 0);
    stream.#rows = rows;
    stream.#nextRow = nextRow;
    const height = mode === "exact" ? Math.min(rows, cols) : stream.#sketch.rows;
    stream.#sketch = stored(where, "sketch", state.sketch, height, cols, dtype, mode);
    stream.#largest = largestFinite(where, stream.#sketch);
    if (stream.#Omega) {
      const width = stream.#Omega.cols;
      stream.#segments = state.segments.map(({ firstRow, data }) => {
        checkInteger(where, "firstRow", firstRow, 0);
        const count = width === 0 ? 0 : data.length / width;
        return { firstRow, Y: stored(where, "segments", data, count, width, dtype, mode) };
      });
    }
    return stream;
  }

  /** The block as a matrix of n columns. An array without rows has no width of its own. */
  #block(where: string, block: MatrixLike): Matrix {
    const B = asMatrix(where, block);
    if (B.rows === 0) return Matrix.zeros(0, this.cols, { dtype: this.dtype });
    if (B.cols !== this.cols) throw new ShapeError(where, `a block with ${this.cols} columns`, B.shape);
    return B;
  }

  /** R takes in the rows that wait, once there are `least` of them. */
  #fold(least: number): void {
    const waiting = this.#waiting.reduce((rows, part) => rows + part.rows, 0);
    if (waiting < least) return;
    const parts = [this.#sketch, ...this.#waiting];
    this.#sketch = triangularFactor(parts, this.cols, this.dtype, this.#largest);
    this.#largest = Math.max(this.#largest, largestFinite("SvdStream", this.#sketch));
    this.#waiting = [];
  }

  #fromTriangle(): StreamSvd {
    this.#fold(1);
    const { s, Vt } = svd(this.#sketch);
    const r = Math.min(this.rank ?? s.length, s.length);
    const rows = Matrix.from(Vt.slice(0, r));
    const frobeniusError = norm(Matrix.wrap(s.slice(r), [1, s.length - r]));
    const relativeError = relative(frobeniusError, norm(Matrix.wrap(s, [1, s.length])));
    return { U: null, s: s.slice(0, r), Vt: rows, V: rows.T, rows: this.#rows, frobeniusError, relativeError };
  }

  #fromSketches(): StreamSvd {
    const { rank, dtype } = this;
    const m = this.#rows;
    const Y = stacked(
      this.#segments.map((segment) => segment.Y),
      (this.#Omega as Matrix).cols,
    );
    const l = this.#sketch.rows - PROBES;
    const { Q } = stage("qr", 1, 1, () => qr(Y));
    // Ψ·Q, run of rows by run of rows.
    let PsiQ = Matrix.zeros(l + PROBES, Q.cols);
    let row = 0;
    for (const segment of this.#segments) {
      const height = segment.Y.rows;
      const Psi = testMatrix(this.seed, segment.firstRow, height, l + PROBES);
      PsiQ = add(PsiQ, multiply(Psi, Q.slice(row, row + height)));
      row += height;
    }
    const X = lstsq(PsiQ.slice(0, l), this.#sketch.slice(0, l)).x;
    const { U, s, Vt } = svd(X);
    const r = Math.min(rank as number, s.length);
    const right = Matrix.from(Vt.slice(0, r), { dtype });
    const values = Matrix.from(Matrix.wrap(s.slice(0, r), [1, r]), { dtype }).data;
    const seen = reconstruct({
      U: multiply(PsiQ.slice(l), U.slice(0, U.rows, 0, r)),
      s: s.slice(0, r),
      Vt: Vt.slice(0, r),
    });
    // Ψ·A by the rows that took no part: what the probes see of A, and what is left of it.
    const probed = this.#sketch.slice(l);
    const left = norm(subtract(probed, seen));
    return {
      U: Matrix.from(multiply(Q, U.slice(0, U.rows, 0, r)), { dtype }),
      s: values,
      Vt: right,
      V: right.T,
      rows: m,
      frobeniusError: left / Math.sqrt(PROBES),
      relativeError: relative(left, norm(probed)),
    };
  }
}

const relative = (error: number, size: number): number => (size === 0 ? 0 : error / size);

/** Columns of A·Ω and rows of Ψ·A for rank r and n columns (Tropp et al., 4.6 with real numbers). */
function sketchSizes(r: number, n: number): [number, number] {
  const k = Math.min(n, 2 * r + 1);
  return [k, 2 * k + 1];
}

/** Ψ for the given rows of A, `height` × count: column i depends on the seed and the number of its row alone. */
function testMatrix(seed: number, firstRow: number, count: number, height: number): Matrix {
  const Psi = Matrix.zeros(height, count);
  for (let i = 0; i < count; i++) {
    const random = new Random(mixed(seed, firstRow + i));
    for (let j = 0; j < height; j++) Psi.data[j * count + i] = random.normal();
  }
  return Psi;
}

/** A seed for row i of a stream with the given seed: two rounds of the finaliser of MurmurHash3. */
function mixed(seed: number, i: number): number {
  let h = seed ^ 0x5bd1e995;
  for (const word of [i % 2 ** 32, Math.floor(i / 2 ** 32)]) {
    h = Math.imul(h ^ (word | 0), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return h >>> 0;
}

/** Matrices of n columns one under another. */
function stacked(parts: readonly Matrix[], n: number): Matrix {
  const A = Matrix.zeros(
    parts.reduce((rows, part) => rows + part.rows, 0),
    n,
  );
  let at = 0;
  for (const part of parts) {
    A.data.set(part.data, at);
    at += part.data.length;
  }
  return A;
}

function stored(
  where: string,
  name: string,
  data: readonly number[],
  rows: number,
  cols: number,
  dtype: DType,
  mode: "exact" | "single-pass",
): Matrix {
  if (!Array.isArray(data) || !Number.isInteger(rows) || data.length !== rows * cols) {
    throw new OptionError(where, name, data?.length, `${rows} × ${cols} numbers`);
  }
  if (!data.every((x) => typeof x === "number")) throw new OptionError(where, name, data, "numbers");
  const M = Matrix.wrap(Float64Array.from(data), [rows, cols]);
  largestFinite(where, M);
  return mode === "exact" ? Matrix.from(M, { dtype }) : M;
}
