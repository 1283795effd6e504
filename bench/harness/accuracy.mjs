// Measures an answer, before its time counts. Nothing here rests on the library that found it.
//
// Norms of errors are not formed but probed: for E = A − U·diag(s)·Vt and x of independent standard normal entries,
// the mean of ‖E·x‖² is ‖E‖_F². Eight probes tell the norm to about 20 %; small matrices are probed with the unit
// vectors, which gives it exactly. Sums are compensated, as if in twice the precision (Ogita, Rump & Oishi, SIAM J. Sci.
// Comput. 26 (2005), Dot2), so that what is measured is the answer and not the measurement.

import { svd } from "eckart";
import { byRows, transposed } from "./dense.mjs";
import { normals } from "./tasks.mjs";

/** @typedef {import("./types.ts").Accuracy} Accuracy @typedef {import("./types.ts").Answer} Answer
 *  @typedef {import("./types.ts").Dense} Dense @typedef {import("./types.ts").Task} Task */

const EXACT_UP_TO = 24;
const PROBES = 8;
const MEMBERS = 64;
const SPLIT = 2 ** 27 + 1;

/** LAPACK's own tests refuse a ratio of this times max(m, n). */
const REFUSED = 50;

/**
 * Residual and loss of orthogonality in units of ε, Frobenius norms relative to ‖A‖: ‖A − U·diag(s)·Vt‖, ‖S − V·diag(w)·Vᵀ‖,
 * ‖A·V − V·diag(w)‖ with unit columns, ‖C − A·B‖ / (‖A‖·‖B‖); of values alone the largest error over σ₁.
 * @param {Task} task @param {Answer} answer @returns {Accuracy}
 */
export function accuracyOf(task, answer) {
  const { operation, m, n, dtype, data } = task;
  const eps = dtype === "f64" ? 2 ** -52 : 2 ** -23;
  const limit = REFUSED * Math.max(m, n);
  const A = byRows(m, n, data);
  const { U, s = [], Vt, V, w = [], C } = answer;
  if (operation === "svdBatch") return worstMember(task, answer);
  if (operation === "svdvals") return { residual: valuesError(task, s) / eps, limit };
  if (operation === "gemm") {
    const B = byRows(n, n, task.B ?? []);
    const error = norm(n, (x) => minus(apply(needed(C), x), apply(A, apply(B, x))));
    return { residual: error / (frobenius(A) * frobenius(B) * eps), limit };
  }
  if (operation === "eig") return { residual: pairsError(A, answer) / (frobenius(A) * eps), limit };
  if (operation === "eigh") {
    const vectors = needed(V);
    const error = norm(n, (x) => minus(apply(A, x), apply(vectors, times(w, apply(transposed(vectors), x)))));
    return { residual: error / (frobenius(A) * eps), orthogonality: skewness(vectors) / eps, limit };
  }
  const [left, right] = [needed(U), needed(Vt)];
  const orthogonality = Math.max(skewness(left), skewness(transposed(right))) / eps;
  if (operation === "svds" || operation === "randomizedSvd") {
    const excess = excessError(task, answer);
    const approximate = operation === "randomizedSvd";
    return { residual: valuesError(task, s) / eps, orthogonality, excess, limit: approximate ? Infinity : limit };
  }
  const error = norm(n, (x) => minus(apply(A, x), apply(left, times(s, apply(right, x)))));
  return { residual: error / (frobenius(A) * eps), orthogonality, limit };
}

/** Whether an answer counts. NaN does not. @param {Accuracy} accuracy */
export function isAccurate({ residual, orthogonality = 0, limit }) {
  return residual <= limit && orthogonality <= (limit === Infinity ? 1e6 : limit);
}

/** @param {Task} task @param {Answer} answer @returns {Accuracy} */
function worstMember(task, { member }) {
  const { count, m, n, data } = task;
  const step = Math.max(1, Math.floor(count / MEMBERS));
  let worst = { residual: 0, orthogonality: 0, limit: REFUSED * Math.max(m, n) };
  for (let t = 0; t < count; t += step) {
    const single = {
      ...task,
      operation: /** @type {const} */ ("svd"),
      count: 1,
      data: data.slice(t * m * n, (t + 1) * m * n),
    };
    const { residual, orthogonality = 0 } = accuracyOf(single, member?.(t) ?? {});
    worst = {
      ...worst,
      residual: largerOf(worst.residual, residual),
      orthogonality: largerOf(worst.orthogonality, orthogonality),
    };
  }
  return worst;
}

/** As Math.max, and NaN is larger than everything. @param {number} a @param {number} b */
const largerOf = (a, b) => (Number.isNaN(b) || b > a ? b : a);

/** @type {WeakMap<Task, ArrayLike<number>>} */
const known = new WeakMap();

/** Singular values of the task's matrix, from a whole decomposition in f64 whatever its dtype. @param {Task} task */
function referenceValues(task) {
  const values = known.get(task) ?? svd({ data: Float64Array.from(task.data), shape: [task.m, task.n] }).s;
  known.set(task, values);
  return values;
}

/** max |sᵢ − σᵢ| / σ₁, the values taken in descending order. @param {Task} task @param {ArrayLike<number>} s */
function valuesError(task, s) {
  const reference = referenceValues(task);
  const sorted = Array.from(s).toSorted((a, b) => b - a);
  const wanted = task.operation === "svdvals" ? reference.length : task.k;
  if (sorted.length !== wanted) return NaN;
  return sorted.reduce((worst, x, i) => largerOf(worst, Math.abs(x - (reference[i] ?? NaN))), 0) / (reference[0] || 1);
}

/**
 * ‖A − U·diag(s)·Vt‖_F over the least that any matrix of rank k can have, less 1.
 * @param {Task} task @param {Answer} answer
 */
function excessError(task, { U, s = [], Vt }) {
  const { m, n, k, data } = task;
  const [left, right] = [needed(U), needed(Vt)];
  let square = 0;
  for (let i = 0; i < m; i++) {
    const row = Float64Array.from(data.subarray(i * n, (i + 1) * n));
    for (let t = 0; t < k; t++) {
      const factor = at(left, i, t) * (s[t] ?? NaN);
      for (let j = 0; j < n; j++) row[j] = (row[j] ?? NaN) - factor * at(right, t, j);
    }
    square += row.reduce((sum, x) => sum + x * x, 0);
  }
  const least = Array.from(referenceValues(task))
    .slice(k)
    .reduce((sum, x) => sum + x * x, 0);
  return Math.sqrt(square / least) - 1;
}

/** ‖A·V − V·diag(w)‖_F for unit columns, from columns spread over all. @param {Dense} A @param {Answer} answer */
function pairsError(A, { w = [], wi = [], V, Vi }) {
  const n = A.rows;
  const taken = n <= EXACT_UP_TO ? n : PROBES;
  let square = 0;
  for (let t = 0; t < taken; t++) {
    const j = Math.floor((t * n) / taken);
    const re = Float64Array.from({ length: n }, (_, i) => at(needed(V), i, j));
    const im = Float64Array.from({ length: n }, (_, i) => (Vi ? at(Vi, i, j) : 0));
    const [a, b] = [w[j] ?? NaN, wi[j] ?? 0];
    const realPart = minus(
      apply(A, re),
      re.map((x, i) => a * x - b * (im[i] ?? NaN)),
    );
    const imagPart = minus(
      apply(A, im),
      im.map((x, i) => a * x + b * (re[i] ?? NaN)),
    );
    square += (sumOfSquares(realPart) + sumOfSquares(imagPart)) / (sumOfSquares(re) + sumOfSquares(im));
  }
  return Math.sqrt((square * n) / taken);
}

/** ‖QᵀQ − I‖_F. @param {Dense} Q */
function skewness(Q) {
  return norm(Q.cols, (x) => minus(apply(transposed(Q), apply(Q, x)), x));
}

/** ‖E‖_F of the map x ↦ E·x. @param {number} n @param {(x: Float64Array) => Float64Array} E */
function norm(n, E) {
  const exact = n <= EXACT_UP_TO;
  const normal = normals(n);
  let square = 0;
  for (let t = 0; t < (exact ? n : PROBES); t++) {
    square += sumOfSquares(E(new Float64Array(n).map((_, i) => (exact ? Number(i === t) : normal()))));
  }
  return Math.sqrt(exact ? square : square / PROBES);
}

/** @param {Dense} A */
function frobenius({ data }) {
  return Math.sqrt(sumOfSquares(data));
}

/** @param {ArrayLike<number>} x */
function sumOfSquares(x) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] ?? NaN) ** 2;
  return sum;
}

/** A·x, each entry as if summed in twice the precision. @param {Dense} A @param {Float64Array} x */
function apply({ rows, cols, data, offset = 0, rowStride = cols, colStride = 1 }, x) {
  const entries = data instanceof Float64Array ? data : Float64Array.from(data);
  const high = new Float64Array(rows);
  const low = new Float64Array(rows);
  // Along the direction in which the matrix lies in memory.
  const byColumn = rowStride < colStride;
  for (let p = 0; p < (byColumn ? cols : rows); p++) {
    for (let q = 0; q < (byColumn ? rows : cols); q++) {
      const i = byColumn ? q : p;
      const j = byColumn ? p : q;
      const a = entries[offset + i * rowStride + j * colStride] ?? NaN;
      const b = x[j] ?? NaN;
      const product = a * b;
      const before = high[i] ?? NaN;
      const sum = before + product;
      const part = sum - before;
      high[i] = sum;
      low[i] = (low[i] ?? NaN) + (before - (sum - part)) + (product - part) + productError(a, b, product);
    }
  }
  return high.map((value, i) => value + (low[i] ?? NaN));
}

/** a·b − product, exactly (Veltkamp and Dekker). @param {number} a @param {number} b @param {number} product */
function productError(a, b, product) {
  const ca = SPLIT * a;
  const cb = SPLIT * b;
  const ah = ca - (ca - a);
  const bh = cb - (cb - b);
  const al = a - ah;
  const bl = b - bh;
  return al * bl - (product - ah * bh - al * bh - ah * bl);
}

/** @param {Dense} A @param {number} i @param {number} j */
function at({ cols, data, offset = 0, rowStride = cols, colStride = 1 }, i, j) {
  return data[offset + i * rowStride + j * colStride] ?? NaN;
}

/** @param {Float64Array} a @param {Float64Array} b */
function minus(a, b) {
  return a.map((x, i) => x - (b[i] ?? NaN));
}

/** @param {ArrayLike<number>} s @param {Float64Array} x */
function times(s, x) {
  return x.map((value, i) => value * (s[i] ?? NaN));
}

/** @param {Dense | undefined} factor */
function needed(factor) {
  if (!factor) throw new Error("the answer lacks a factor");
  return factor;
}
