// What every consumer asks of the library. The matrix is H·diag(30, 29, …, 1)·G with two reflections
// H = I − 2uuᵀ (40 × 40) and G = I − 2vvᵀ (30 × 30), so its singular values are known.

const ROWS = 40;
const COLS = 30;

function unit(length, phase) {
  const v = Array.from({ length }, (_, i) => Math.sin(i + phase));
  const norm = Math.hypot(...v);
  return v.map((x) => x / norm);
}

export function answer({ svd, svdvals, NonFiniteError }) {
  const u = unit(ROWS, 1);
  const v = unit(COLS, 2);
  const spectrum = Array.from({ length: COLS }, (_, k) => COLS - k);
  const A = u.map((_, i) =>
    v.map((__, j) =>
      spectrum.reduce((sum, s, k) => sum + ((i === k) - 2 * u[i] * u[k]) * s * ((k === j) - 2 * v[k] * v[j]), 0),
    ),
  );
  const { U, s, Vt, info } = svd(A);
  let residual = 0;
  for (let i = 0; i < ROWS; i++) {
    for (let j = 0; j < COLS; j++) {
      let sum = 0;
      for (let k = 0; k < COLS; k++) sum += U.at(i, k) * s[k] * Vt.at(k, j);
      residual = Math.max(residual, Math.abs(A[i][j] - sum));
    }
  }
  let refusal = "none";
  try {
    svdvals([[1, NaN]]);
  } catch (error) {
    refusal = error instanceof NonFiniteError ? `row ${error.row}, column ${error.col}` : String(error);
  }
  return {
    backend: info.backend,
    residual,
    error: Math.max(...spectrum.map((sigma, k) => Math.abs(sigma - s[k]))),
    small: Array.from(
      svdvals([
        [3, 2, 2],
        [2, 3, -2],
      ]),
    ),
    refusal,
  };
}
