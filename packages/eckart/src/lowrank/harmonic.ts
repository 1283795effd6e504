// Harmonic Ritz vectors of AᵀA from a Golub–Kahan–Lanczos basis, for values that lie inside the spectrum or at its lower
// end, where plain Ritz values come and go between restarts.
//
// From AᵀA·V = V·T + γ·v·eₚᵀ, T = BᵀB, γ = β·b_pp, the harmonic pairs for the shift τ solve
//   ((T − τ)² + γ²·eₚeₚᵀ)·g = (θ − τ)·(T − τ)·g,
// and all their residuals are multiples of v − γ·V·f, (T − τ)·f = eₚ, so a restart from V·[g₁ … g_k] and that vector
// stays a Krylov space. In the basis Y of right singular vectors of B, T is diagonal.
// Source: Morgan, Linear Algebra Appl. 154 (1991); Baglama & Reichel, SIAM J. Sci. Comput. 27 (2005).
import { eigh } from "../linalg/eigh/eigh.ts";
import { qr } from "../linalg/qr/qr.ts";
import { svd } from "../linalg/svd/svd.ts";
import { Matrix } from "../matrix/matrix.ts";
import { multiply } from "../matrix/product.ts";

/** A subspace to restart from, in the basis of right singular vectors of B. */
export interface HarmonicSpace {
  /** Orthonormal, p × count. */
  readonly vectors: Matrix;
  /** −γ·f: with v it makes the common direction of the residuals. */
  readonly residual: Float64Array;
}

/**
 * The `count` harmonic Ritz vectors nearest to σ² = τ. s are the singular values of B, `last` the last row of Y and
 * `corner` the last entry of B.
 */
export function harmonicSpace(
  s: ArrayLike<number>,
  last: ArrayLike<number>,
  beta: number,
  corner: number,
  sigma: number,
  count: number,
): HarmonicSpace {
  const p = s.length;
  // In units in which nothing that is squared can overflow.
  const unit = Math.max(s[0], sigma) || 1;
  const gamma = (beta / unit) * (corner / unit);
  // D = T − τ, kept away from zero, where it has no inverse.
  const D = Float64Array.from({ length: p }, (_, i) => {
    const d = (s[i] / unit - sigma / unit) * (s[i] / unit + sigma / unit);
    return Math.abs(d) > 2 ** -52 ? d : 2 ** -52;
  });
  // M = D² + γ²·y·yᵀ = NᵀN with N = [D; γ·yᵀ] = P·Σ·Wᵀ; then μ = 1/(θ − τ) are the eigenvalues of Σ⁻¹WᵀDWΣ⁻¹.
  const N = Matrix.zeros(p + 1, p);
  for (let i = 0; i < p; i++) {
    N.data[i * p + i] = D[i];
    N.data[p * p + i] = gamma * last[i];
  }
  const { s: Sigma, V: W } = svd(N);
  const scaled = Matrix.from(W);
  for (let at = 0; at < scaled.data.length; at++) scaled.data[at] /= Sigma[at % p];
  const weighted = Matrix.from(scaled);
  for (let at = 0; at < weighted.data.length; at++) weighted.data[at] *= D[Math.floor(at / p)];
  const C = multiply(scaled.T, weighted);
  for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) C.data[i * p + j] = C.data[j * p + i];
  const { w, V: Z } = eigh(C);
  const order = Array.from(w, (_, i) => i).sort((a, b) => Math.abs(w[b]) - Math.abs(w[a]));
  const chosen = Matrix.zeros(p, count);
  for (let j = 0; j < count; j++) for (let i = 0; i < p; i++) chosen.data[i * count + j] = Z.at(i, order[j]);
  return {
    vectors: qr(multiply(scaled, chosen)).Q,
    residual: D.map((d, i) => (-gamma * last[i]) / d),
  };
}
