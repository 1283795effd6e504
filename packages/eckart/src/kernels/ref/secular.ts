// The secular equation of divide and conquer, f(λ) = 1/ρ + Σ zᵢ²/(pᵢ − λ) = 0, for poles pᵢ = dᵢ or, squared, pᵢ = dᵢ².
//
// Everything is measured from the pole p_K nearest to the root, at the distance t: differences of poles are accurate
// relatively, and so is every pᵢ − λ, which loses at most a bit. Bound by divisions: about 2n a root.
//
// Sources: R.-C. Li, Solving secular equations stably and efficiently, LAPACK Working Note 89 (1993): the rational
// interpolations; M. Gu and S. Eisenstat, SIAM J. Matrix Anal. Appl. 15 (1994) and 16 (1995): when to stop, and the
// weights that make the computed roots exact.

import type { Mem } from "../abi.ts";

const EPSILON = 2 ** -53;

/** Of these the last two thirds bisect every other time: more than a bracket of doubles can take. */
const ITERATIONS = 160;

/** pᵢ − p_k. */
function poleDifference(di: number, dk: number, squared: 0 | 1): number {
  return squared ? (di - dk) * (di + dk) : di - dk;
}

/**
 * The zero of the model c − s/t + S/(g − t), poles of weights s at 0 and S at g: the one between the poles or, for
 * g < 0, the one above both.
 */
function modelRoot(c: number, s: number, S: number, g: number): number {
  const a = c * g + s + S;
  const b = s * g;
  const r = (g > 0 ? 1 : -1) * Math.sqrt(Math.max(0, a * a - 4 * b * c));
  return a * r > 0 ? (2 * b) / (a + r) : (a - r) / (2 * c);
}

/**
 * Sums over the poles i = from … to−1 at the distances Δᵢ − τ: `sum` of zᵢ²/(Δᵢ − τ), `slope` of zᵢ²/(Δᵢ − τ)², `partial` of
 * the magnitudes of the partial sums, which bounds the rounding of `sum`. Even and odd places are summed apart, as two
 * lanes do; ascending, or descending where `down`: what is nearest to the root comes last. Two poles of a lane share a
 * division, 1/x = y/(xy) and 1/y = x/(xy), and are added to each other first. All terms have the same sign.
 */
const sums = { sum: 0, slope: 0, partial: 0 };

function sumPoles(
  mem: Float64Array,
  delta: number,
  z: number,
  from: number,
  to: number,
  tau: number,
  down: boolean,
): typeof sums {
  const sum = [0, 0];
  const slope = [0, 0];
  const partial = [0, 0];
  const pair = down ? -2 : 2;
  let left = to - from;
  for (let i = down ? to - 2 : from; left > 3; left -= 4, i += 2 * pair) {
    for (const lane of [0, 1]) {
      const x = mem[delta + i + lane] - tau;
      const y = mem[delta + i + pair + lane] - tau;
      const r = 1 / (x * y);
      const near = mem[z + i + lane] * mem[z + i + lane] * (r * y);
      const next = mem[z + i + pair + lane] * mem[z + i + pair + lane] * (r * x);
      sum[lane] += near + next;
      partial[lane] += sum[lane];
      slope[lane] += near * (r * y) + next * (r * x);
    }
  }
  sums.sum = sum[0] + sum[1];
  sums.slope = slope[0] + slope[1];
  sums.partial = Math.abs(sums.sum + (partial[0] + partial[1]));
  for (; left > 0; left--) {
    const i = down ? from + left - 1 : to - left;
    const r = 1 / (mem[delta + i] - tau);
    const term = mem[z + i] * mem[z + i] * r;
    sums.sum += term;
    sums.slope += term * r;
    sums.partial += Math.abs(sums.sum);
  }
  return sums;
}

/** Root j of the secular equation: see the list of kernels. */
export function secularRoot(
  mem: Float64Array,
  n: number,
  j: number,
  d: number,
  z: number,
  rho: number,
  squared: 0 | 1,
  delta: number,
  root: number,
): number {
  const last = j === n - 1;
  const constant = 1 / rho;
  let K = j;
  for (let i = 0; i < n; i++) mem[delta + i] = poleDifference(mem[d + i], mem[d + j], squared);

  // The sign of f halfway to the next pole tells the nearer one; the last root lies above its pole by at most ρ‖z‖².
  let middle = 0;
  if (last) {
    for (let i = 0; i < n; i++) middle += mem[z + i] * mem[z + i];
    middle *= rho / 2;
  } else middle = mem[delta + j + 1] / 2;
  let far = last ? j - 1 : j + 1;
  const below = sumPoles(mem, delta, z, 0, last ? j - 1 : j, middle, false).sum;
  const above = sumPoles(mem, delta, z, j + 2, n, middle, true).sum;
  const rest = constant + below + above;
  if (!last) {
    const f = rest + (mem[z + far] * mem[z + far] - mem[z + j] * mem[z + j]) / middle;
    if (f < 0) {
      K = j + 1;
      far = j;
      for (let i = 0; i < n; i++) mem[delta + i] = poleDifference(mem[d + i], mem[d + K], squared);
    }
  }
  const side = K === j ? 1 : -1;
  const weight = mem[z + K] * mem[z + K];

  let t = rho * weight;
  let status = n === 1 ? 0 : 1;
  if (n > 1) {
    const g = side * mem[delta + far];
    const farWeight = mem[z + far] * mem[z + far];
    // Bounds of t: the terms on the other side are largest halfway.
    const opposite = last ? constant : (side > 0 ? constant + above : -below) + farWeight / Math.abs(middle);
    let low = (0.5 * weight) / opposite;
    let high = last ? 4 * middle : middle;
    t = modelRoot(side * rest, weight, farWeight, g);
    let before = Infinity;
    let merge = false;
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      const bisect = iteration > 50 && iteration % 2 === 0;
      if (bisect || !(t > low && t < high)) {
        t = high > 4 * low ? Math.sqrt(low) * Math.sqrt(high) : 0.5 * (low + high);
        if (!(t > low && t < high)) {
          status = 0; // neighbouring numbers: no better one exists
          t = high;
          break;
        }
      }
      const tau = side * t;
      // Terms below and above the root, with a bound of their rounding. The nearest comes last, its slope is kept apart.
      const near = weight / t;
      const own = -side * near;
      const lower = sumPoles(mem, delta, z, 0, side > 0 ? j : j + 1, tau, false);
      const psi = side > 0 ? lower.sum + own : lower.sum;
      const psiSlope = lower.slope;
      let error = lower.partial + Math.abs(psi);
      const upper = sumPoles(mem, delta, z, side > 0 ? j + 1 : j + 2, n, tau, true);
      const phi = side > 0 ? upper.sum : upper.sum + own;
      const phiSlope = upper.slope;
      error += upper.partial + Math.abs(phi);
      const f = constant + phi + psi;
      error += constant + 8 * (phi - psi) + near + t * (psiSlope + phiSlope);
      const found = Math.abs(f) <= EPSILON * error;
      if (side * f < 0) low = t;
      else high = t;
      // Interpolate by two poles: the weight of p_K is kept and the other pole stands for all the rest, or, after a
      // step that gained less than a digit, each pole stands for its own side.
      if (!last && Math.abs(f) > 0.1 * before) merge = !merge;
      before = Math.abs(f);
      const nearSlope = side > 0 ? psiSlope : phiSlope;
      const ownSide = merge ? nearSlope : 0;
      const other = (g - t) * (psiSlope + phiSlope - ownSide);
      const here = t;
      t = modelRoot(side * f + near + t * ownSide - other, weight + t * t * ownSide, (g - t) * other, g);
      // The step from a root that is good enough is free, and takes what the bound of rounding left.
      if (found) {
        if (!(t > low && t < high)) t = here;
        status = 0;
        break;
      }
    }
  }

  const tau = side * t;
  for (let i = 0; i < n; i++) mem[delta + i] -= tau;
  const pole = mem[d + K];
  mem[root] = pole + (squared ? tau / (pole + Math.sqrt(pole * pole + tau)) : tau);
  mem[root + 1] = tau;
  mem[root + 2] = K;
  return status;
}

/** The roots one after the other. */
export function secularRoots(
  mem: Float64Array,
  n: number,
  d: number,
  z: number,
  rho: number,
  squared: 0 | 1,
  Delta: number,
  ldDelta: number,
  roots: number,
): number {
  let failures = 0;
  for (let j = 0; j < n; j++) {
    failures += secularRoot(mem, n, j, d, z, rho, squared, Delta + j * ldDelta, roots + 3 * j);
  }
  return failures;
}

/** The weights for which the computed roots are exact: see the list of kernels. Bound by n²/2 divisions, one for two columns. */
export function secularWeights(
  mem: Float64Array,
  n: number,
  d: number,
  z: number,
  Delta: number,
  ldDelta: number,
  squared: 0 | 1,
  zhat: number,
): void {
  const lastColumn = Delta + (n - 1) * ldDelta;
  /** pᵢ less the pole that goes with it and root j. */
  const difference = (i: number, j: number): number =>
    poleDifference(mem[d + i], mem[d + (i > j ? j : j + 1)], squared);
  const odd = (n - 1) % 2;
  for (let i = 0; i < n; i++) mem[zhat + i] = -mem[lastColumn + i] * (odd ? mem[Delta + i] / difference(i, 0) : 1);
  for (let j = odd; j < n - 1; j += 2) {
    const column = Delta + j * ldDelta;
    for (let i = 0; i < n; i++) {
      const ratio = (mem[column + i] * mem[column + ldDelta + i]) / (difference(i, j) * difference(i, j + 1));
      mem[zhat + i] *= ratio;
    }
  }
  for (let i = 0; i < n; i++) {
    const magnitude = Math.sqrt(Math.abs(mem[zhat + i]));
    mem[zhat + i] = mem[z + i] < 0 ? -magnitude : magnitude;
  }
}

/** The vectors of a solved secular equation, in place: see the list of kernels. Bound by n² divisions. */
export function secularVectors(
  mem: Mem,
  n: number,
  left: 0 | 1,
  w: number,
  X: number,
  ldx: number,
  rows: number,
  inverses: number,
): void {
  const scalars = new Float64Array(mem.buffer);
  const start = (X * 8) / mem.BYTES_PER_ELEMENT;
  const v = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const result = start + j * ldx;
    for (let i = 0; i < n; i++) {
      v[i] = left ? scalars[w + i] * mem[result + scalars[rows + i]] : scalars[w + i] / scalars[X + i + j * ldx];
    }
    if (left) v[0] = -scalars[inverses + j];
    const scale = 1 / Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));
    if (!left) scalars[inverses + j] = scale;
    for (let i = 0; i < n; i++) mem[result + scalars[rows + i]] = v[i] * scale;
  }
}
