// Inverses of many small matrices, one after the other; the WebAssembly twin takes one a lane.
//
//   Â = R·A·C (powers of two),  P·Â = L·U,  X̂ = U⁻¹·(L⁻¹·P),  A⁻¹ = C·X̂·R
//
// Gaussian elimination with partial pivoting, carried out on [Â | I], then substitution backward. Maintained after step
// k: the rows stay a regular combination of [Â | I], and columns 0 … k of the left half are upper triangular. Each
// column of X̂ has a small residual, |Âx̂ − e| ≤ c·n·ε·|L||U||x̂| (Higham, Accuracy and Stability, 2nd ed., §14.3). A matrix
// whose largest row or column entries span more than 2^±300 (2^±30 in f32), whose entries grow beyond 16, or with
// κ₁(Â) ≥ 1/(2ε) is left to others.
import type { Mem } from "../abi.ts";

/** Xₜ = Aₜ⁻¹ for matrices t = 0 … count−1 of order n; see the list of kernels. */
export function batchInverse(
  mem: Mem,
  count: number,
  n: number,
  A: number,
  X: number,
  work: number,
  left: number,
): number {
  const single = mem instanceof Float32Array;
  const limit = single ? 2 ** 30 : 2 ** 300;
  const eps = single ? 2 ** -23 : 2 ** -52;
  const width = 2 * n;
  const rowScales = work + n * width;
  const colScales = rowScales + n;
  let leftOver = 0;
  for (let t = 0; t < count; t++, A += n * n, X += n * n) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        mem[work + i * width + j] = mem[A + i * n + j];
        mem[work + i * width + n + j] = i === j ? 1 : 0;
      }
    }
    let sound = true;
    for (let i = 0; i < n; i++) {
      const scale = scaleOf(mem, n, work + i * width, 1, limit);
      mem[rowScales + i] = scale;
      for (let j = 0; j < n; j++) mem[work + i * width + j] *= scale;
      sound &&= scale > 0;
    }
    let norm = 0;
    for (let j = 0; j < n; j++) {
      const scale = scaleOf(mem, n, work + j, width, limit);
      mem[colScales + j] = scale;
      sound &&= scale > 0;
      let sum = 0;
      for (let i = 0; i < n; i++) sum += Math.abs((mem[work + i * width + j] *= scale));
      norm = Math.max(norm, sum);
    }
    sound &&= eliminate(mem, n, work) <= 16;
    sound &&= norm * substitute(mem, n, work) < 0.5 / eps;
    mem[left + t] = sound ? 0 : 1;
    if (!sound) leftOver++;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        mem[X + i * n + j] = mem[work + i * width + n + j] * mem[colScales + i] * mem[rowScales + j];
      }
    }
  }
  return leftOver;
}

/** The power of two that brings the largest |xᵢ| into [1, 2); 0 where it is not within the limits. */
function scaleOf(mem: Mem, n: number, x: number, dx: number, limit: number): number {
  let most = 0;
  for (; n > 0; n--, x += dx) most = Math.max(most, Math.abs(mem[x]));
  if (!(most >= 1 / limit && most <= limit)) return 0;
  let exponent = Math.floor(Math.log2(most));
  // log₂ of a number just below a power of two rounds up.
  if (2 ** exponent > most) exponent--;
  return 2 ** -exponent;
}

/** Â → U with reciprocal pivots on its diagonal, I → L⁻¹·P; returns the largest |uᵢⱼ|. */
function eliminate(mem: Mem, n: number, work: number): number {
  const width = 2 * n;
  let growth = 0;
  for (let k = 0; k < n; k++) {
    const pk = work + k * (width + 1);
    const length = width - k;
    for (let r = k + 1; r < n; r++) {
      const pr = pk + (r - k) * width;
      if (Math.abs(mem[pr]) <= Math.abs(mem[pk])) continue;
      for (let j = 0; j < length; j++) [mem[pk + j], mem[pr + j]] = [mem[pr + j], mem[pk + j]];
    }
    for (let j = 0; j < n - k; j++) growth = Math.max(growth, Math.abs(mem[pk + j]));
    const inverse = (mem[pk] = 1 / mem[pk]);
    for (let r = k + 1; r < n; r++) {
      const pr = pk + (r - k) * width;
      const factor = mem[pr] * inverse;
      for (let j = 1; j < length; j++) mem[pr + j] -= factor * mem[pk + j];
    }
  }
  return growth;
}

/** The right half ← U⁻¹·(right half); returns its 1-norm. */
function substitute(mem: Mem, n: number, work: number): number {
  const width = 2 * n;
  let norm = 0;
  for (let j = n; j < width; j++) {
    let sum = 0;
    for (let k = n - 1; k >= 0; k--) {
      let value = mem[work + k * width + j];
      for (let i = k + 1; i < n; i++) value -= mem[work + k * width + i] * mem[work + i * width + j];
      mem[work + k * width + j] = value * mem[work + k * (width + 1)];
      sum += Math.abs(mem[work + k * width + j]);
    }
    norm = Math.max(norm, sum);
  }
  return norm;
}
