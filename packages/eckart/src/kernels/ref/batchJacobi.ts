// Jacobi's methods on many small matrices, one after the other; the WebAssembly twin takes one a lane.
//
//   A·V = X, columns of X orthogonal (Hestenes):   A = U·diag(s)·Vᵀ, s = norms of X, U = X/s
//   Jᵀ·S·J = D, off-diagonal of D zero (Jacobi):   S = V·diag(w)·Vᵀ, w = diagonal of D
//
// Both turn pairs of columns by [x y] ← [x y]·[c −s; s c], |s| ≤ c. For α = ‖x‖² and β = ‖y‖², or the two diagonal
// entries, and γ = xᵀy or the entry beside them, the symmetric one takes, with δ = |α − β|, η = 2|γ|, d = δ + √(δ² + η²)
// and l = √(d² + η²),
//   |s| = η/l,   |τ| = |s|/(1 + c) = η/(l + d),   the sign being that of γ·(α − β):
// nothing cancels, and Rutishauser's form of a rotation, which adds what is small, keeps lengths without bias.
//
// The one-sided one keeps columns over their lengths' common factor, X = Y·√Δ, Δ diagonal, so that a rotation takes two
// products a row of two entries and not four (Anda & Park, SIAM J. Matrix Anal. Appl. 15, 1994). With g = yₚᵀy_q and
//   h = ±2g/(|α − β| + √((α − β)² + 4δₚδ_q·g²)),   a = δ_q·h,   b = δₚ·h,   t² = a·b,
//   yₚ ← yₚ + a·y_q,   y_q ← y_q − b·yₚ,   δ ← δ/(1 + t²) for both,   α ← α + t·γ,   β ← β − t·γ, t·γ = δₚδ_q·g·h.
// The squared norms are formed anew before every sweep. V has columns of length 1 in the end whatever Δ has come to, and
// s are quotients of lengths, so that Δ's rounding errors turn vectors by the angle of a rotation times ε and no more.
//
// A matrix is scaled by a power of two at the door, so that its squares and their products stay in range. One with a
// column of less than 10⁻¹³⁸ of the largest entry in the end (10⁻¹² in f32), zero included, or without convergence, is
// left to others.
//
// A sweep ends the iteration when what its rotations have put back, at most 2n·(largest cosine)·(largest sine, in the
// measure of the cosines), is below the tolerance: convergence is quadratic, and the sweep that would only look is spared
// (Drmač & Veselić, SIAM J. Matrix Anal. Appl. 29, 2008).
import type { Mem } from "../abi.ts";

const SWEEPS = 30; // 3 to 6 are usual

const epsilon = (mem: Mem): number => (mem instanceof Float32Array ? 2 ** -23 : 2 ** -52);

/** The power of two that brings `largest`, at least `floor`, into [2^target, 2^(target+1)); 1 for what is not finite. */
function scaleTo(largest: number, target: number, floor: number): number {
  let exponent = Math.floor(Math.log2(Math.max(floor, largest)));
  if (!Number.isFinite(exponent)) return 1;
  // log₂ of a number just below a power of two rounds up.
  if (2 ** exponent > Math.max(floor, largest)) exponent--;
  return 2 ** (target - exponent);
}

/** x ← x + s·(y − τ·x), y ← y − s·(x + τ·y). */
function turn(mem: Mem, s: number, tau: number, n: number, x: number, y: number): void {
  for (; n > 0; n--, x++, y++) {
    const xi = mem[x];
    const yi = mem[y];
    mem[x] = xi + s * (yi - tau * xi);
    mem[y] = yi - s * (xi + tau * yi);
  }
}

/** x ← x + a·y, y ← y − b·x. */
function combine(mem: Mem, a: number, b: number, n: number, x: number, y: number): void {
  for (; n > 0; n--, x++, y++) {
    const xi = mem[x];
    const yi = mem[y];
    mem[x] = xi + a * yi;
    mem[y] = yi - b * xi;
  }
}

function exchange(mem: Mem, n: number, p: number, q: number): void {
  for (; n > 0; n--, p++, q++) [mem[p], mem[q]] = [mem[q], mem[p]];
}

/** Turns a column and what hangs below it so that the first of its n leading entries is positive; −0 becomes 0. */
function fixSign(mem: Mem, n: number, lead: number, height: number, column: number): void {
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, Math.abs(mem[lead + i]));
  let first = 0;
  while (first < n - 1 && Math.abs(mem[lead + first]) < most * (1 - 2 ** -20)) first++;
  const sign = mem[lead + first] < 0 ? -1 : 1;
  for (let i = 0; i < height; i++) mem[column + i] = sign * mem[column + i] + 0;
}

/** Columns of `height` entries into the order of their keys times `direction`. */
function sortColumns(mem: Mem, n: number, height: number, x: number, keys: number, direction: 1 | -1): void {
  for (let p = 0; p < n - 1; p++) {
    for (let q = p + 1; q < n; q++) {
      if (direction * mem[keys + q] >= direction * mem[keys + p]) continue;
      exchange(mem, 1, keys + p, keys + q);
      exchange(mem, height, x + p * height, x + q * height);
    }
  }
}

/** |s| and |τ| of the rotation. */
function rotation(difference: number, gamma: number): { sine: number; tau: number } {
  const x = Math.abs(difference);
  const y = 2 * Math.abs(gamma);
  const d = x + Math.sqrt(x * x + y * y);
  const length = Math.sqrt(d * d + y * y);
  return { sine: y / length, tau: y / (length + d) };
}

/** Singular value decompositions of `count` matrices, rows × cols each; see the list of kernels. */
export function batchSvd(
  mem: Mem,
  count: number,
  rows: number,
  cols: number,
  A: number,
  U: number,
  s: number,
  Vt: number,
  vectors: 0 | 1,
  work: number,
  left: number,
): number {
  const wide = rows < cols;
  const m = Math.max(rows, cols);
  const n = Math.min(rows, cols);
  const height = vectors ? m + n : m;
  const single = mem instanceof Float32Array;
  const tol = epsilon(mem) * Math.max(2, m >> 1);
  const least = single ? 2 ** -17 : 2 ** -220;
  const norms = work + n * height;
  const deltas = norms + n;
  let leftOver = 0;
  for (let t = 0; t < count; t++) {
    // Entry (i, j) of the tall matrix A or Aᵀ, and of its left vectors, lies at i·rowStride + j·colStride.
    const [rowStride, colStride] = wide ? [1, m] : [n, 1];
    let largest = 0;
    for (let k = 0; k < m * n; k++) largest = Math.max(largest, Math.abs(mem[A + t * m * n + k]));
    const scale = scaleTo(largest, single ? 24 : 240, single ? 2 ** -90 : 2 ** -700);
    for (let j = 0; j < n; j++) {
      const column = work + j * height;
      for (let i = 0; i < m; i++) mem[column + i] = mem[A + t * m * n + i * rowStride + j * colStride] * scale;
      for (let i = m; i < height; i++) mem[column + i] = i - m === j ? 1 : 0;
      mem[deltas + j] = 1;
    }

    let rest = Number.isFinite(largest) ? Infinity : 0;
    for (let sweep = 0; sweep < SWEEPS && rest > tol * tol; sweep++) {
      rest = 4 * n * n * orthogonalize(mem, m, n, height, work, norms, deltas, tol);
    }

    let sound = rest <= tol * tol;
    for (let j = 0; j < n; j++) {
      const column = work + j * height;
      const right = column + m;
      const length = Math.sqrt(square(mem, m, column, column));
      let factor = Math.sqrt(mem[deltas + j]);
      let norm = length * factor;
      if (vectors) {
        // The rounding errors of the square root turn up in s and in V, and cancel.
        const below = square(mem, n, right, right);
        factor = 1 / Math.sqrt(below);
        norm = length / (below * factor);
      }
      if (!(norm >= least && norm <= Number.MAX_VALUE)) sound = false;
      mem[norms + j] = norm / scale;
      if (!vectors) continue;
      for (let i = 0; i < m; i++) mem[column + i] *= 1 / length;
      for (let i = 0; i < n; i++) mem[right + i] *= factor;
      if (wide) fixSign(mem, m, column, height, column);
      else fixSign(mem, n, right, height, column);
    }
    sortColumns(mem, n, height, work, norms, -1);
    for (let j = 0; j < n; j++) {
      const column = work + j * height;
      mem[s + t * n + j] = mem[norms + j];
      if (!vectors) continue;
      const [leftAt, rightAt] = wide ? [Vt + t * m * n, U + t * n * n] : [U + t * m * n, Vt + t * n * n];
      const [down, across] = wide ? [n, 1] : [1, n];
      for (let i = 0; i < m; i++) mem[leftAt + i * rowStride + j * colStride] = mem[column + i];
      for (let i = 0; i < n; i++) mem[rightAt + i * down + j * across] = mem[column + m + i];
    }
    mem[left + t] = sound ? 0 : 1;
    if (!sound) leftOver++;
  }
  return leftOver;
}

function square(mem: Mem, n: number, x: number, y: number): number {
  let sum = 0;
  for (; n > 0; n--, x++, y++) sum += mem[x] * mem[y];
  return sum;
}

/** One sweep over all pairs of columns; returns (largest cosine · largest sine)² of its rotations. */
function orthogonalize(
  mem: Mem,
  m: number,
  n: number,
  height: number,
  x: number,
  norms: number,
  deltas: number,
  tol: number,
): number {
  let worstCosine = 0;
  let worstEffect = 0;
  for (let j = 0; j < n; j++) mem[norms + j] = mem[deltas + j] * square(mem, m, x + j * height, x + j * height);
  // Rounds of disjoint pairs, as of a tournament: p + q ≡ sum modulo their odd number, and who would meet himself meets the
  // last column, or nobody.
  const rounds = (n - 1) | 1;
  for (let sum = 0; sum < rounds; sum++) {
    for (let p = 0; p < n - 1; p++) {
      let q = p > sum ? sum - p + rounds : sum - p;
      if (q === p) q = rounds;
      if (q < p || q >= n) continue;
      const gamma = square(mem, m, x + p * height, x + q * height);
      const alpha = mem[norms + p];
      const beta = mem[norms + q];
      const product = mem[deltas + p] * mem[deltas + q] * gamma;
      const cosine = (product * gamma) / (alpha * beta);
      if (!(cosine > tol * tol)) continue;
      const difference = alpha - beta;
      const root = Math.sqrt(difference * difference + 4 * (product * gamma));
      const h = ((difference < 0 ? -2 : 2) * gamma) / (Math.abs(difference) + root);
      const a = mem[deltas + q] * h;
      const b = mem[deltas + p] * h;
      combine(mem, a, b, height, x + p * height, x + q * height);
      const kept = 1 / (1 + a * b);
      mem[norms + p] += product * h;
      mem[norms + q] -= product * h;
      mem[deltas + p] *= kept;
      mem[deltas + q] *= kept;
      const longer = Math.max(alpha, beta);
      worstCosine = Math.max(worstCosine, cosine);
      worstEffect = Math.max(worstEffect, (a * b * kept * longer) / Math.min(alpha, beta));
    }
  }
  return worstCosine * worstEffect;
}

/** Spectral decompositions of `count` symmetric matrices of order n; see the list of kernels. */
export function batchEigh(
  mem: Mem,
  count: number,
  n: number,
  S: number,
  w: number,
  V: number,
  vectors: 0 | 1,
  work: number,
  left: number,
): number {
  const height = vectors ? 2 * n : n;
  const single = mem instanceof Float32Array;
  const eps = epsilon(mem);
  const keys = work + n * height;
  let leftOver = 0;
  for (let t = 0; t < count; t++, S += n * n, w += n, V += n * n) {
    let diagonal = 0;
    let beside = 0;
    let asymmetry = 0;
    for (let i = 0; i < n; i++) {
      diagonal = Math.max(diagonal, Math.abs(mem[S + i * n + i]));
      for (let j = 0; j < i; j++) {
        beside = Math.max(beside, Math.abs(mem[S + i * n + j]), Math.abs(mem[S + j * n + i]));
        asymmetry = Math.max(asymmetry, Math.abs(mem[S + i * n + j] - mem[S + j * n + i]));
      }
    }
    const largest = Math.max(diagonal, beside);
    let sound = largest <= Number.MAX_VALUE && asymmetry <= 64 * n * eps * largest;
    // A diagonal matrix keeps its numbers as they are.
    const scale = beside === 0 ? 1 : scaleTo(largest, single ? 40 : 0, single ? 2 ** -80 : 2 ** -1000);
    for (let j = 0; j < n; j++) {
      const column = work + j * height;
      for (let i = 0; i < n; i++) mem[column + i] = 0.5 * (mem[S + i * n + j] * scale + mem[S + j * n + i] * scale);
      if (beside === 0) mem[column + j] = mem[S + j * n + j];
      for (let i = n; i < height; i++) mem[column + i] = i - n === j ? 1 : 0;
    }

    const tol = (eps / 16) * (largest * scale);
    let rest = sound && beside > 0 ? Infinity : 0;
    for (let sweep = 0; sweep < SWEEPS && rest > tol; sweep++) rest = 2 * n * annihilate(mem, n, height, work, tol);
    sound &&= rest <= tol;

    for (let j = 0; j < n; j++) mem[keys + j] = mem[work + j * height + j] / scale;
    sortColumns(mem, n, height, work, keys, 1);
    for (let j = 0; j < n; j++) {
      mem[w + j] = mem[keys + j];
      if (!vectors) continue;
      const column = work + j * height + n;
      fixSign(mem, n, column, n, column);
      for (let i = 0; i < n; i++) mem[V + i * n + j] = mem[column + i];
    }
    mem[left + t] = sound ? 0 : 1;
    if (!sound) leftOver++;
  }
  return leftOver;
}

/** One sweep over all entries above the diagonal; returns largest entry · largest sine of its rotations. */
function annihilate(mem: Mem, n: number, height: number, x: number, tol: number): number {
  let worstEntry = 0;
  let worstSine = 0;
  for (let p = 0; p < n - 1; p++) {
    for (let q = p + 1; q < n; q++) {
      const xp = x + p * height;
      const xq = x + q * height;
      const gamma = mem[xq + p];
      if (!(Math.abs(gamma) > tol)) continue;
      const alpha = mem[xp + p];
      const beta = mem[xq + q];
      const { sine, tau } = rotation(alpha - beta, gamma);
      const sign = gamma < 0 !== alpha < beta ? -1 : 1;
      const shift = ((sign * sine) / (1 - sine * tau)) * gamma;
      mem[xp + p] = alpha + shift;
      mem[xq + q] = beta - shift;
      mem[xq + p] = mem[xp + q] = 0;
      for (let r = 0; r < n; r++) {
        if (r === p || r === q) continue;
        turn(mem, sign * sine, sign * tau, 1, xp + r, xq + r);
        mem[x + r * height + p] = mem[xp + r];
        mem[x + r * height + q] = mem[xq + r];
      }
      turn(mem, sign * sine, sign * tau, height - n, xp + n, xq + n);
      worstEntry = Math.max(worstEntry, Math.abs(gamma));
      worstSine = Math.max(worstSine, sine);
    }
  }
  return worstEntry * worstSine;
}
