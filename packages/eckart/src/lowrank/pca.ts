import { OptionError, ShapeError } from "../errors.ts";
import { svd } from "../linalg/svd/svd.ts";
import { numericalRank } from "../linalg/tolerance.ts";
import { asMatrix, largestFinite, type MatrixLike } from "../matrix/input.ts";
import { type FloatArray, Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";
import { checkChoice, checkOptions } from "../options.ts";
import { chooseRank, rankByEnergy } from "./rankChoice.ts";
import { svds } from "./svds.ts";

/** Options of `PCA`. */
export interface PCAOptions {
  /**
   * How many components to keep: a whole number (min(m, n) where more is asked); a fraction of the variance strictly
   * between 0 and 1, for the fewest that keep it; "gap" or "gavish-donoho", as `chooseRank`. Default all.
   */
  readonly nComponents?: number | "gap" | "gavish-donoho";
  /** Whether the mean of each column is taken away. Default true. */
  readonly center?: boolean;
  /** Whether each column is divided by its standard deviation, √(Σ(x − mean)²/m); constant ones are not. Default false. */
  readonly scale?: boolean;
  /** Whether `transform` gives every component variance 1. Default false. */
  readonly whiten?: boolean;
  /**
   * How `fit` finds the components: "full", cut off from the whole decomposition; "lanczos", as `svds`, for a whole number
   * of components; "auto" (default): "lanczos" where a few are wanted of a large table, to the same accuracy.
   */
  readonly method?: "auto" | "full" | "lanczos";
}

/** The smaller side over the vectors that a search keeps, from where it is the quicker one. */
const SEARCH_FROM = 4;

interface Model {
  readonly components: Matrix;
  readonly singularValues: FloatArray;
  readonly explainedVariance: FloatArray;
  readonly explainedVarianceRatio: FloatArray;
  readonly noiseVariance: number;
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  readonly nSamples: number;
  /** Σ(x − mean)² of each column, or Σx² where nothing is centred. */
  readonly squares: Float64Array;
}

/**
 * Principal component analysis: the orthogonal directions in which a table of m samples (rows) by n features (columns)
 * varies most, X − mean = U · diag(s) · components.
 *
 * The attributes have scikit-learn's names in camel case, and its values. Signs are fixed: in each component the entry
 * of largest magnitude is positive. f32 is computed and answered in f32; means are kept in f64.
 *
 * `partialFit` takes a table by blocks of rows and keeps the components asked for, as scikit-learn's IncrementalPCA: exact
 * as long as all are kept, close where the rest decays. With `scale` the deviations are those of all rows seen so far.
 * `SvdStream` is exact for any block size.
 *
 * @throws OptionError  an unknown option or one out of range.
 *
 * Cost: that of `svd` or `svds` of the table.
 * Source: Pearson 1901; Ross, Lim, Lin & Yang, Int. J. Comput. Vision 77 (2008) for `partialFit`.
 * @example
 * const pca = new PCA({ nComponents: 1 }).fit([[1, 1], [2, 2], [3, 3]]);
 * pca.components; // [[0.7071, 0.7071]]
 * pca.transform([[4, 4]]); // [[2.828]]
 */
export class PCA {
  readonly #options: Required<Omit<PCAOptions, "nComponents">> & Pick<PCAOptions, "nComponents">;
  #model: Model | null = null;

  constructor(options: PCAOptions = {}) {
    checkOptions("PCA", options, ["nComponents", "center", "scale", "whiten", "method"]);
    const { nComponents, center = true, scale = false, whiten = false, method = "auto" } = options;
    if (typeof nComponents === "string") checkChoice("PCA", "nComponents", nComponents, ["gap", "gavish-donoho"]);
    else if (
      nComponents !== undefined &&
      !((nComponents > 0 && nComponents < 1) || (Number.isInteger(nComponents) && nComponents > 0))
    ) {
      throw new OptionError("PCA", "nComponents", nComponents, "a whole number ≥ 1, or a fraction between 0 and 1");
    }
    for (const [name, value] of Object.entries({ center, scale, whiten }))
      checkChoice("PCA", name, value, [true, false]);
    checkChoice("PCA", "method", method, ["auto", "full", "lanczos"]);
    if (method === "lanczos" && !(typeof nComponents === "number" && nComponents >= 1)) {
      throw new OptionError("PCA", "method", method, '"auto" or "full" where no whole number of components is wanted');
    }
    this.#options = { nComponents, center, scale, whiten, method };
  }

  /** The directions, rows of length 1, by descending variance: k × n. */
  get components(): Matrix {
    return this.#fitted().components;
  }

  /** Variance along each component, s²/(m − 1); 0 for a single sample. */
  get explainedVariance(): FloatArray {
    return this.#fitted().explainedVariance;
  }

  /** The same over the variance of the table; zeros where there is none. */
  get explainedVarianceRatio(): FloatArray {
    return this.#fitted().explainedVarianceRatio;
  }

  /** s, the k largest singular values of the centred (and scaled) table. */
  get singularValues(): FloatArray {
    return this.#fitted().singularValues;
  }

  /** The mean of each column; zeros where nothing is centred. */
  get mean(): Float64Array {
    return this.#fitted().mean;
  }

  /** What each column is divided by; ones where nothing is scaled. */
  get deviation(): Float64Array {
    return this.#fitted().deviation;
  }

  /** k, the number of components kept. */
  get nComponents(): number {
    return this.#fitted().components.rows;
  }

  /** Mean variance along the directions that are left out (Tipping & Bishop 1999); 0 where none is. */
  get noiseVariance(): number {
    return this.#fitted().noiseVariance;
  }

  /** m, the number of samples seen. */
  get nSamples(): number {
    return this.#fitted().nSamples;
  }

  /**
   * Finds the components of X, m × n; what was fitted before is forgotten.
   *
   * @throws ShapeError      X has no rows.
   * @throws NonFiniteError  X holds NaN or ±Infinity.
   */
  fit(X: MatrixLike): this {
    const M = table("PCA.fit", X);
    const { mean, squares } = moments(M, this.#options.center);
    const deviation = this.#deviationOf(squares, M.rows);
    const Z = standardised(M, mean, deviation);
    const seen = { mean, deviation, nSamples: M.rows, squares };
    const few = this.#few(M.shape);
    if (few === undefined) {
      const { s, Vt } = svd(Z);
      const total = s.reduce((sum, sigma) => sum + sigma * sigma, 0);
      this.#model = this.#modelOf(s, Vt, this.#count(s, M.shape), total, seen);
      return this;
    }
    // Where the search does not converge, svds cuts off the whole decomposition by itself.
    const { s, Vt } = svds(Z, { k: few });
    const total = totalOf(squares, deviation);
    const model = this.#modelOf(s, Vt, few, total, seen);
    const left = Math.max(0, total - s.reduce((sum, sigma) => sum + sigma * sigma, 0));
    const others = Math.min(M.rows, M.cols) - few;
    this.#model = { ...model, noiseVariance: others === 0 ? 0 : left / Math.max(1, M.rows - 1) / others };
    return this;
  }

  /**
   * Takes in the next rows of a table, b × n: the components become those of all rows seen, as far as the ones kept
   * before know them.
   *
   * @throws OptionError     a number of components that is not a whole one: it is not known before the end.
   * @throws ShapeError      X has no rows, or another number of columns than before.
   * @throws NonFiniteError  X holds NaN or ±Infinity.
   */
  partialFit(X: MatrixLike): this {
    const { center, nComponents } = this.#options;
    if (typeof nComponents === "string" || (nComponents !== undefined && nComponents < 1)) {
      throw new OptionError("PCA.partialFit", "nComponents", nComponents, "a whole number");
    }
    const M = table("PCA.partialFit", X);
    const before = this.#model;
    if (before === null) return this.fit(M);
    const n = before.mean.length;
    if (M.cols !== n) throw new ShapeError("PCA.partialFit", `samples of ${n} features`, M.shape);
    const batch = moments(M, center);
    const [old, fresh] = [before.nSamples, M.rows];
    const nSamples = old + fresh;
    // Ross et al., algorithm 1, in the units of the table: what was kept, the new rows, and one row for the shift between
    // the two means.
    const rows = before.components.rows;
    const stack = Matrix.zeros(rows + fresh + 1, n, { dtype: M.dtype });
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < n; j++)
        stack.data[i * n + j] = before.singularValues[i] * before.components.at(i, j) * before.deviation[j];
    }
    stack.data.set(standardised(M, batch.mean, new Float64Array(n).fill(1)).data, rows * n);
    const weight = Math.sqrt((old / nSamples) * fresh);
    const shift = batch.mean.map((x, j) => before.mean[j] - x);
    stack.data.set(
      shift.map((d) => d * weight),
      (rows + fresh) * n,
    );
    const squares = before.squares.map((q, j) => q + batch.squares[j] + (weight * shift[j]) ** 2);
    const mean = before.mean.map((x, j) => x - (shift[j] * fresh) / nSamples);
    const deviation = this.#deviationOf(squares, nSamples);
    const { s, Vt } = svd(standardised(stack, new Float64Array(n), deviation));
    const count = Math.min(nComponents ?? before.components.rows, s.length);
    this.#model = this.#modelOf(s, Vt, count, totalOf(squares, deviation), { mean, deviation, nSamples, squares });
    return this;
  }

  /**
   * The coordinates of samples along the components, (X − mean)/deviation · componentsᵀ: m × k, divided by the standard
   * deviation along each component with `whiten` (zero where there is none).
   *
   * @throws ShapeError      X has another number of columns.
   * @throws NonFiniteError  X holds NaN or ±Infinity.
   */
  transform(X: MatrixLike): Matrix {
    const { components, mean, deviation } = this.#fitted();
    const M = asMatrix("PCA.transform", X);
    if (M.cols !== mean.length) throw new ShapeError("PCA.transform", `samples of ${mean.length} features`, M.shape);
    largestFinite("PCA.transform", M);
    const Z = multiply(standardised(M, mean, deviation), components.T);
    return this.#options.whiten
      ? scaleColumns(
          Z,
          this.#deviations().map((d) => (d > 0 ? 1 / d : 0)),
        )
      : Z;
  }

  /** `fit` and `transform` of the same table. */
  fitTransform(X: MatrixLike): Matrix {
    return this.fit(X).transform(X);
  }

  /**
   * The samples that have the given coordinates, m × n; those of `transform` come back as near as k components allow.
   *
   * @throws ShapeError      Z has another number of columns than there are components.
   * @throws NonFiniteError  Z holds NaN or ±Infinity.
   */
  inverseTransform(Z: MatrixLike): Matrix {
    const { components, mean, deviation } = this.#fitted();
    const M = asMatrix("PCA.inverseTransform", Z);
    if (M.cols !== components.rows) {
      throw new ShapeError("PCA.inverseTransform", `${components.rows} coordinates a sample`, M.shape);
    }
    largestFinite("PCA.inverseTransform", M);
    const X = multiply(this.#options.whiten ? scaleColumns(Matrix.from(M), this.#deviations()) : M, components);
    for (let i = 0, at = 0; i < X.rows; i++) {
      for (let j = 0; j < X.cols; j++, at++) X.data[at] = X.data[at] * deviation[j] + mean[j];
    }
    return X;
  }

  #fitted(): Model {
    if (this.#model === null) throw new OptionError("PCA", "the model", "one without data", "fitted first");
    return this.#model;
  }

  /** √(Σ(x − mean)²/m) of each column, 1 where nothing is scaled or nothing varies. */
  #deviationOf(squares: Float64Array, m: number): Float64Array {
    return squares.map((q) => (this.#options.scale && q > 0 ? Math.sqrt(q / m) : 1));
  }

  /** How many components a search finds sooner than the whole decomposition; undefined where none. */
  #few([m, n]: [number, number]): number | undefined {
    const { nComponents: k, method } = this.#options;
    if (method === "full" || typeof k !== "number" || k < 1) return undefined;
    if (method === "lanczos") return Math.min(k, m, n);
    return SEARCH_FROM * Math.max(2 * k + 12, 32) <= Math.min(m, n) ? k : undefined;
  }

  #count(s: FloatArray, shape: [number, number]): number {
    const { nComponents } = this.#options;
    if (nComponents === undefined) return s.length;
    if (typeof nComponents === "string") return chooseRank(s, { by: nComponents, shape });
    return nComponents < 1 ? rankByEnergy(s, nComponents) : Math.min(nComponents, s.length);
  }

  /** Standard deviation along each component; 0 where the variance is rounding. */
  #deviations(): Float64Array {
    const { singularValues: s, explainedVariance, nSamples, mean } = this.#fitted();
    const counted = numericalRank(s, nSamples, mean.length);
    return Float64Array.from(explainedVariance, (v, i) => (i < counted ? Math.sqrt(v) : 0));
  }

  #modelOf(
    s: FloatArray,
    Vt: Matrix,
    k: number,
    total: number,
    rest: Pick<Model, "mean" | "deviation" | "nSamples" | "squares">,
  ): Model {
    const freedom = Math.max(1, rest.nSamples - 1);
    const variance = s.map((sigma) => (sigma * sigma) / freedom) as FloatArray;
    const available = Math.min(s.length, rest.nSamples, rest.mean.length);
    const dropped: FloatArray = variance.subarray(k, available);
    return {
      ...rest,
      components: Matrix.from(Vt.slice(0, k)),
      singularValues: s.slice(0, k),
      explainedVariance: variance.slice(0, k),
      explainedVarianceRatio: s.slice(0, k).map((sigma) => (total === 0 ? 0 : (sigma * sigma) / total)),
      noiseVariance: dropped.length === 0 ? 0 : dropped.reduce((sum, v) => sum + v, 0) / dropped.length,
    };
  }
}

/** Σ of squares of the standardised table. */
function totalOf(squares: Float64Array, deviation: Float64Array): number {
  return squares.reduce((sum, q, j) => sum + q / deviation[j] ** 2, 0);
}

/** X as a matrix of finite numbers with at least one row. */
function table(where: string, X: MatrixLike): Matrix {
  const M = asMatrix(where, X);
  if (M.rows === 0) throw new ShapeError(where, "at least one sample", M.shape);
  largestFinite(where, M);
  return M;
}

/** Mean of each column and sum of squares around it, by two passes. */
function moments(M: Matrix, center: boolean): { mean: Float64Array; squares: Float64Array } {
  const mean = new Float64Array(M.cols);
  const squares = new Float64Array(M.cols);
  for (let j = 0; j < M.cols; j++) {
    const x = M.col(j);
    if (center) {
      // The second sum takes out what the first one rounded.
      const about = x.reduce((sum, xi) => sum + xi / M.rows, 0);
      mean[j] = about + x.reduce((sum, xi) => sum + (xi - about) / M.rows, 0);
    }
    squares[j] = x.reduce((sum, xi) => sum + (xi - mean[j]) ** 2, 0);
  }
  return { mean, squares };
}

/** (M − mean)/deviation, column by column. */
function standardised(M: Matrix, mean: Float64Array, deviation: Float64Array): Matrix {
  const X = Matrix.from(M);
  for (let i = 0, at = 0; i < X.rows; i++) {
    for (let j = 0; j < X.cols; j++, at++) X.data[at] = (X.data[at] - mean[j]) / deviation[j];
  }
  return X;
}

function scaleColumns(M: Matrix, factors: Float64Array): Matrix {
  for (let i = 0, at = 0; i < M.rows; i++) for (let j = 0; j < M.cols; j++, at++) M.data[at] *= factors[j];
  return M;
}
