// Matrices on their way into a library and out of it.

/** @typedef {import("./types.ts").Dense} Dense @typedef {import("./types.ts").Task} Task */

/** By rows. @param {number} rows @param {number} cols @param {ArrayLike<number>} data @returns {Dense} */
export const byRows = (rows, cols, data) => ({ rows, cols, data });

/** By columns, as LAPACK has them. @param {number} rows @param {number} cols @param {ArrayLike<number>} data @returns {Dense} */
export const byColumns = (rows, cols, data) => ({ rows, cols, data, rowStride: 1, colStride: rows });

/** Row arrays. @param {readonly (readonly number[])[]} rows @returns {Dense} */
export const ofRows = (rows) => byRows(rows.length, rows[0]?.length ?? 0, rows.flat());

/** The transpose, a view. @param {Dense} A @returns {Dense} */
export function transposed({ rows, cols, data, offset = 0, rowStride = cols, colStride = 1 }) {
  return { rows: cols, cols: rows, data, offset, rowStride: colStride, colStride: rowStride };
}

/** The first columns, a view. @param {Dense} A @param {number} count @returns {Dense} */
export function leading({ rows, cols, data, offset = 0, rowStride = cols, colStride = 1 }, count) {
  return { rows, cols: count, data, offset, rowStride, colStride };
}

/**
 * The task's matrix as arrays of rows.
 * @param {Pick<Task, "m" | "n">} shape @param {Float64Array | Float32Array} data
 */
export function toRows({ m, n }, data) {
  return Array.from({ length: m }, (_, i) => Array.from(data.subarray(i * n, (i + 1) * n)));
}

/**
 * A copy by columns of an m × n matrix that is stored by rows.
 * @template {Float64Array | Float32Array} T
 * @param {Pick<Task, "m" | "n">} shape @param {T} data @returns {T}
 */
export function toColumns({ m, n }, data) {
  const copy = /** @type {T} */ (data.slice(0, m * n));
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) copy[j * m + i] = data[i * n + j] ?? NaN;
  return copy;
}

/**
 * Eigenvectors as LAPACK's geev packs them: a complex pair has the real part in one column and the imaginary part in the
 * next.
 * @param {Dense} packed @param {ArrayLike<number>} wi @returns {{ V: Dense, Vi: Dense }}
 */
export function unpackPairs({ rows: n, data, offset = 0, rowStride = n, colStride = 1 }, wi) {
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const second = (wi[j] ?? 0) < 0;
    const real = (wi[j] ?? 0) === 0;
    for (let i = 0; i < n; i++) {
      const at = (/** @type {number} */ col) => data[offset + i * rowStride + col * colStride] ?? NaN;
      re[i * n + j] = at(second ? j - 1 : j);
      if (!real) im[i * n + j] = second ? -at(j) : at(j + 1);
    }
  }
  return { V: byRows(n, n, re), Vi: byRows(n, n, im) };
}
