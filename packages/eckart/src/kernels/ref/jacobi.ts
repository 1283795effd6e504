// One-sided Jacobi: rotations that make columns orthogonal in pairs. Bound by memory: a pair is read once for its product
// and once more when it is turned.
//
// With a = ‖xₚ‖, b = ‖x_q‖ and γ = xₚᵀx_q/(ab), the rotation [xₚ x_q] ← [xₚ x_q]·[c −s; s c] makes them orthogonal for
// s/c = t = sign(θ)/(|θ| + √(1 + θ²)), θ = (a/b − b/a)/(2γ), and the norms become a·√(1 + tγ·b/a) and b·√(1 − tγ·a/b).
// The quotients keep all that in range and accurate, however far a and b lie apart (Drmač, SIAM J. Sci. Comput. 18, 1997).
// A rotation adds to its columns what is small when the angle is: with rounded c and s instead, c² + s² is off by a bias
// that hundreds of rotations add up to some 20 ε in the lengths of the columns.
import type { Mem } from "../abi.ts";
import { dot, iamax } from "./vector.ts";

/** normsⱼ ← ‖Xⱼ‖₂. */
export function jacobiNorms(mem: Mem, m: number, n: number, X: number, ldx: number, norms: number): void {
  for (; n > 0; n--, X += ldx, norms++) mem[norms] = columnNorm(mem, m, X);
}

/** ‖x‖₂, of f32 entries too a sum in f64. */
function columnNorm(mem: Mem, n: number, x: number): number {
  const sum = dot(mem, n, x, 1, x, 1);
  if (mem instanceof Float32Array || (sum > 1e-270 && sum < 1e300)) return Math.sqrt(sum);
  const index = iamax(mem, n, x, 1);
  const largest = index < 0 ? 0 : Math.abs(mem[x + index]);
  if (largest === 0) return 0;
  let scaled = 0;
  for (; n > 0; n--, x++) scaled += (mem[x] / largest) ** 2;
  return largest * Math.sqrt(scaled);
}

/** (a·x)ᵀ(b·y): for columns whose plain product would underflow. */
function scaledProduct(mem: Mem, n: number, x: number, y: number, a: number, b: number): number {
  let sum = 0;
  for (; n > 0; n--, x++, y++) sum += mem[x] * a * (mem[y] * b);
  return sum;
}

/** x ← x + s·(y − τ·x), y ← y − s·(x + τ·y): the rotation with s, τ = s/(1 + c) (Rutishauser). */
function turn(mem: Mem, n: number, x: number, y: number, s: number, tau: number): void {
  for (; n > 0; n--, x++, y++) {
    const xi = mem[x];
    const yi = mem[y];
    mem[x] = xi + s * (yi - tau * xi);
    mem[y] = yi - s * (xi + tau * yi);
  }
}

/** One pass over the pairs of columns (i, j) of X, i = p … p+np−1, j = q … q+nq−1. */
export function jacobiTile(
  mem: Mem,
  m: number,
  np: number,
  nq: number,
  p: number,
  q: number,
  X: number,
  ldx: number,
  rows: number,
  V: number,
  ldv: number,
  norms: number,
  tol: number,
  worst: number,
): void {
  const single = mem instanceof Float32Array;
  const tiny = single ? 2 ** -126 : 2 ** -1022;
  const lost = single ? 2 ** -11.5 : 2 ** -26; // √ε
  for (let i = p; i < p + np; i++) {
    const xi = X + i * ldx;
    for (let j = q; j < q + nq; j++) {
      const a = mem[norms + i];
      const b = mem[norms + j];
      const small = Math.min(a, b);
      if (!(small >= tiny && small >= 2 ** -1000 * Math.max(a, b))) continue;
      const xj = X + j * ldx;
      const plain = single || a * b > 1e-270;
      const cosine = plain ? dot(mem, m, xi, 1, xj, 1) / (a * b) : scaledProduct(mem, m, xi, xj, 1 / a, 1 / b);
      mem[worst] = Math.max(mem[worst], Math.abs(cosine));
      if (!(Math.abs(cosine) > tol)) continue;
      const theta = (a / b - b / a) / (2 * cosine);
      const sign = theta < 0 || Object.is(theta, -0) ? -1 : 1;
      const t = Math.abs(theta) > 2 ** 27 ? 0.5 / theta : sign / (Math.abs(theta) + Math.sqrt(1 + theta * theta));
      const c = 1 / Math.sqrt(1 + t * t);
      mem[worst + 1] = Math.max(mem[worst + 1], Math.abs(t));
      turn(mem, m, xi, xj, c * t, (c * t) / (1 + c));
      turn(mem, rows, V + i * ldv, V + j * ldv, c * t, (c * t) / (1 + c));
      // A norm that has lost half of its digits is formed anew.
      const keepA = 1 + t * cosine * (b / a);
      const keepB = 1 - t * cosine * (a / b);
      mem[norms + i] = keepA > lost ? a * Math.sqrt(keepA) : columnNorm(mem, m, xi);
      mem[norms + j] = keepB > lost ? b * Math.sqrt(keepB) : columnNorm(mem, m, xj);
    }
  }
}
