import type { MatrixData } from "../src/matrixData.ts";

/** A row-major matrix in a Float64Array or Float32Array. */
export interface Plain extends MatrixData {
  readonly data: Float64Array;
}

/**
 * Thin singular value decomposition by plain one-sided Jacobi (Hestenes), m ≥ n, entries of ordinary size: short
 * enough to be checked by reading, so that the measures have something to measure.
 */
export function jacobiSvd({ rows: m, cols: n, data }: Plain): { U: Plain; s: Float64Array; Vt: Plain } {
  const columns = Array.from({ length: n }, (_, j) => Float64Array.from({ length: m }, (_, i) => data[i * n + j]));
  const V = Array.from({ length: n }, (_, j) => Float64Array.from({ length: n }, (_, i) => (i === j ? 1 : 0)));
  for (let sweep = 0, rotated = true; rotated && sweep < 40; sweep++) {
    rotated = false;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const [a, b, c] = [dot(columns[p], columns[p]), dot(columns[q], columns[q]), dot(columns[p], columns[q])];
        if (Math.abs(c) <= 2 ** -53 * Math.sqrt(a * b)) continue;
        rotated = true;
        const zeta = (b - a) / (2 * c);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        rotate(columns[p], columns[q], t);
        rotate(V[p], V[q], t);
      }
  }
  const norms = columns.map((column) => Math.sqrt(dot(column, column)));
  const order = norms.map((_, j) => j).toSorted((i, j) => norms[j] - norms[i]);
  return {
    U: {
      rows: m,
      cols: n,
      data: Float64Array.from(
        { length: m * n },
        (_, k) => columns[order[k % n]][Math.floor(k / n)] / norms[order[k % n]],
      ),
    },
    s: Float64Array.from(order, (j) => norms[j]),
    Vt: { rows: n, cols: n, data: Float64Array.from({ length: n * n }, (_, k) => V[order[Math.floor(k / n)]][k % n]) },
  };
}

function dot(x: Float64Array, y: Float64Array): number {
  return x.reduce((sum, xi, i) => sum + xi * y[i], 0);
}

function rotate(x: Float64Array, y: Float64Array, t: number): void {
  const c = 1 / Math.hypot(1, t);
  for (let i = 0; i < x.length; i++) [x[i], y[i]] = [c * (x[i] - t * y[i]), c * (y[i] + t * x[i])];
}
