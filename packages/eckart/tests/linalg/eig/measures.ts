// How good eigenvalues and eigenvectors are, in units of n·ε.
import type { ComplexMatrix, ComplexVector } from "../../../src/matrix/complex.ts";
import type { Matrix } from "../../../src/matrix/matrix.ts";

/** The largest |aᵢⱼ| as a power of two, so that products of the scaled matrix neither overflow nor underflow. */
const unitOf = (A: Matrix): number => {
  const largest = A.toArray().flat().reduce((most, x) => Math.max(most, Math.abs(x)), 0); // prettier-ignore
  return largest === 0 ? 1 : 2 ** Math.max(-1022, Math.min(1023, Math.floor(Math.log2(largest))));
};

/** ‖A·V − V·diag(w)‖_F / (‖A‖_F·n·ε), the largest over the columns; they have unit length. */
export function rightRatio(A: Matrix, w: ComplexVector, V: ComplexMatrix): number {
  const n = A.rows;
  const unit = unitOf(A);
  const eps = A.dtype === "f64" ? 2 ** -52 : 2 ** -23;
  const rows = A.toArray().map((row) => row.map((x) => x / unit));
  const norm = Math.hypot(...rows.map((row) => Math.hypot(...row)));
  let worst = 0;
  for (let j = 0; j < n; j++) {
    const [re, im] = [V.re.col(j), V.im.col(j)];
    const [a, b] = [w.re[j] / unit, w.im[j] / unit];
    let sum = 0;
    for (let i = 0; i < n; i++) {
      let x = b * im[i] - a * re[i];
      let y = -a * im[i] - b * re[i];
      for (let k = 0; k < n; k++) {
        x += rows[i][k] * re[k];
        y += rows[i][k] * im[k];
      }
      sum += x * x + y * y;
    }
    if (!(Math.sqrt(sum) <= worst)) worst = Math.sqrt(sum);
  }
  // nothing finer than a subnormal number can be stored
  const least = (A.dtype === "f64" ? 2 ** -1074 : 2 ** -149) / unit;
  return norm === 0 ? worst : worst / (Math.max(norm * eps, least) * n);
}

/** ‖Yᴴ·A − diag(w)·Yᴴ‖, measured as the right residual of Aᵀ with conj(Y). */
export function leftRatio(A: Matrix, w: ComplexVector, Y: ComplexMatrix): number {
  return rightRatio(A.T, w, Y.H.T);
}

/** The largest deviation of a column from length 1, in units of ε. */
export function lengthRatio(V: ComplexMatrix): number {
  const eps = V.dtype === "f64" ? 2 ** -52 : 2 ** -23;
  let worst = 0;
  for (let j = 0; j < V.cols; j++) {
    const length = Math.hypot(...V.re.col(j), ...V.im.col(j));
    worst = Math.max(worst, Math.abs(length - 1) / eps);
  }
  return worst;
}
