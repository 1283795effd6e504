// Singular values of a bidiagonal matrix by differential quotient-difference steps with shifts (dqds), in f64.
//
// A matrix B with diagonal √qᵢ and superdiagonal √eᵢ is kept as the squares q and e, interleaved. One step takes B to B̂
// with B̂ᵀB̂ = BBᵀ − τI, and keeps the relative accuracy of every eigenvalue of BᵀB as long as no dᵢ becomes negative,
// so as long as 0 ≤ τ ≤ λₘᵢₙ. Maintained: the eigenvalues wanted are those of BᵀB + σI, σ the sum of the shifts.
// Source: Fernando & Parlett, Numer. Math. 67 (1994); Parlett & Marques, Linear Algebra Appl. 309 (2000), here "PM",
// for the shifts. Bound by the latency of one division a step.

/** An eᵢ is dropped below this part of its neighbours: no eigenvalue changes by more than rounding does. */
const TOL2 = 2 ** -104;
const EPSILON = 2 ** -52;

// What a step leaves at `found`: the least of all d, of all but the last and of all but the last two; the last three d,
// the last one first; and the least e. Positions from the end, so that they stay right when values leave.
const LEAST = 0;
const LAST = 3;
const LEAST_E = 6;

/**
 * Eigenvalues of BᵀB for the n values q and n − 1 values e at Z (q₀ e₀ q₁ e₁ … and one more place, 4n + 7 f64 in all),
 * each zero or positive: they are left at Z, Z + 2, Z + 4 …, in no order. Returns the number of steps made, or −1 where
 * `limit` of them were not enough.
 */
export function dqds(mem: Float64Array, n: number, Z: number, limit: number): number {
  const found = Z + 4 * n;
  let steps = 0;
  let last = n - 1;
  mem[Z + 2 * last + 1] = 0;
  while (last >= 0) {
    // A block first … last; behind it stands −σ.
    let sigma = -mem[Z + 2 * last + 1];
    let rest = 0;
    let first = last;
    let least = mem[Z + 2 * last];
    let largest = least;
    let largestE = 0;
    while (first > 0 && mem[Z + 2 * first - 1] > 0) {
      first--;
      const q = mem[Z + 2 * first];
      const e = mem[Z + 2 * first + 1];
      least = Math.min(least, q);
      largest = Math.max(largest, q);
      largestE = Math.max(largestE, e);
    }
    let from = Z;
    let to = Z + 2 * n;
    // Whether `to` holds the arrays of the step before, and how many values have left since then.
    let stepped = false;
    let left = 0;
    let fraction = 0.25;
    let looked = false;
    while (last >= first) {
      // Values that have arrived at the end.
      const q = from + 2 * last;
      if (last === first || arrived(mem, q - 2, to - from, stepped, sigma + mem[q])) {
        mem[Z + 2 * last] = mem[q] + rest + sigma;
        last--;
        left++;
        looked = false;
        continue;
      }
      if (last === first + 1 || arrived(mem, q - 4, to - from, stepped, sigma)) {
        solvePair(mem, q - 2);
        mem[Z + 2 * last - 2] = mem[q - 2] + rest + sigma;
        mem[Z + 2 * last] = mem[q] + rest + sigma;
        last -= 2;
        left += 2;
        looked = false;
        continue;
      }
      // A block that has come apart: what is above is kept for later.
      if (stepped && from === Z && !looked && mem[found + LEAST_E] <= TOL2 * Math.max(sigma, largest)) {
        looked = true;
        let split = last - 3;
        while (split >= first && !arrived(mem, Z + 2 * split, to - from, true, sigma)) split--;
        if (split >= first) {
          mem[Z + 2 * split + 1] = -sigma;
          first = split + 1;
        }
      }
      // Small values are found at the end soonest.
      let tau: number;
      if ((!stepped || left > 0) && 1.5 * mem[from + 2 * first] < mem[q]) {
        reverse(mem, from + 2 * first, from + 2 * last);
        stepped = false;
        tau = 0;
      } else if (!stepped) tau = Math.max(0, least - 2 * Math.sqrt(least) * Math.sqrt(largestE));
      else if (left > 2) tau = 0;
      else {
        tau = shift(mem, from, to, first, last, left, found);
        if (tau < 0) {
          tau = fraction * mem[found + LEAST + left];
          fraction += (1 - fraction) / 3;
        } else fraction = 0.25;
      }
      // A shift beyond the least eigenvalue shows in a negative d: the step is made again with a smaller one.
      for (let failures = 0; ; failures++) {
        if (++steps > limit) return -1;
        if (tau < (EPSILON / 2) * sigma) tau = 0;
        step(mem, from, to, first, last, tau, tau === 0 ? EPSILON * sigma : -Infinity, found);
        const d = mem[found + LEAST];
        if (d >= 0 && mem[found + LAST] >= 0) break;
        if (tau === 0) return -1;
        if (failures > 1) tau = 0;
        else if (mem[found + LEAST + 1] > 0) tau = Math.max(0, (tau + d) * (1 - 2 * EPSILON));
        else tau = d < 0 ? tau / 4 : 0;
      }
      // σ + rest ← σ + rest + τ, in twice the precision.
      const more = tau + rest;
      const sum = sigma + more;
      rest = sigma >= more ? more - (sum - sigma) : sigma - (sum - more);
      sigma = sum;
      const other = from;
      from = to;
      to = other;
      stepped = true;
      looked = false;
      left = 0;
    }
  }
  return steps;
}

/** Whether e behind the q at `at` is negligible beside `size`, or what it was before the step beside q. */
function arrived(mem: Float64Array, at: number, other: number, stepped: boolean, size: number): boolean {
  return mem[at + 1] <= TOL2 * size || (stepped && mem[at + other + 1] <= TOL2 * mem[at]);
}

/** One step on the block, from one array to the other; d below `floor` count as zero. */
function step(
  mem: Float64Array,
  from: number,
  to: number,
  first: number,
  last: number,
  tau: number,
  floor: number,
  found: number,
): void {
  let d = mem[from + 2 * first] - tau;
  if (d < floor) d = 0;
  let [least, least1, least2] = [d, d, d];
  let [last0, last1, last2] = [d, d, d];
  let leastE = Infinity;
  for (let i = first; i < last; i++) {
    const e = mem[from + 2 * i + 1];
    const next = mem[from + 2 * i + 2];
    const q = d + e;
    let eHat = 0;
    if (q === 0) d = next - tau;
    else {
      eHat = (e * next) / q;
      d = (d * next) / q - tau;
    }
    mem[to + 2 * i] = q;
    mem[to + 2 * i + 1] = eHat;
    if (d < floor) d = 0;
    least2 = least1;
    least1 = least;
    least = d < least ? d : least;
    last2 = last1;
    last1 = last0;
    last0 = d;
    leastE = eHat < leastE ? eHat : leastE;
  }
  mem[to + 2 * last] = d;
  mem[found + LEAST] = least;
  mem[found + LEAST + 1] = least1;
  mem[found + LEAST + 2] = least2;
  mem[found + LAST] = last0;
  mem[found + LAST + 1] = last1;
  mem[found + LAST + 2] = last2;
  mem[found + LEAST_E] = leastE;
}

/**
 * A shift just below the least eigenvalue, from the d of the step before, `left` of whose values have left since; −1
 * where they tell nothing. An upper bound γ = dₚ of the eigenvalue comes with a vector z, zₚ = 1, for which
 * ‖(BᵀB − ρI)z‖ = ρ√α, α = ‖z‖² − 1 and ρ = γ/(1 + α) (PM §6.3): so ρ(1 − √α) is below it, or ρ(1 − ρα/gap).
 */
function shift(
  mem: Float64Array,
  from: number,
  to: number,
  first: number,
  last: number,
  left: number,
  found: number,
): number {
  const least = mem[found + LEAST + left];
  const q = from + 2 * last;
  let place = left;
  while (place < 3 && mem[found + LAST + place] !== least) place++;
  if (place === 3) return -1;
  if (left === 0 && place === 0 && mem[found + LEAST + 1] === mem[found + LAST + 1]) {
    // The last two d are the least ones: the corner of the matrix as seen from its discs, with a gap to the rest.
    const b1 = Math.sqrt(mem[q]) * Math.sqrt(mem[q - 1]);
    const b2 = last - first > 1 ? Math.sqrt(mem[q - 2]) * Math.sqrt(mem[q - 3]) : 0;
    const a = mem[q - 2] + mem[q - 1];
    const outer = 0.75 * mem[found + LEAST + 2] - a;
    const gap = a - least - (outer > b2 ? (b2 / outer) * b2 : b1 + b2);
    if (gap > b1) return Math.max(least - (b1 / gap) * b1, least / 2);
    const low = Math.min(Math.max(0, least - b1), Math.max(0, a - (b1 + b2)));
    return Math.max(low, least / 3);
  }
  // α: upward from p by the ratios e/q of this step, downward by those of the step before.
  let alpha = 0;
  let p = last - (place - left);
  for (let i = place - left, product = 1; i > 0; i--) {
    const at = to + 2 * (last - i);
    product *= mem[at + 1] / mem[at + 2];
    alpha += product;
  }
  for (let product = 1; p > first && alpha < 0.6; p--) {
    const ratio = mem[from + 2 * p - 1] / mem[from + 2 * p - 2];
    if (ratio > 1) return least / 4;
    const before = product;
    product *= ratio;
    alpha += product;
    if (100 * Math.max(product, before) < alpha) break;
  }
  alpha *= 1.05;
  const rho = least / (1 + alpha);
  if (left > 0 && place === left) {
    const gap =
      left === 1
        ? mem[found + LEAST + 2] / 2 - rho
        : last - first > 1
          ? mem[q - 2] + mem[q - 3] - Math.sqrt(mem[q - 4]) * Math.sqrt(mem[q - 3]) - rho
          : 0;
    if (gap > rho * Math.sqrt(alpha)) return Math.max(least / 3, rho * (1 - (1.01 * rho * alpha) / gap));
    return Math.max(least / 3, rho * (1 - 1.01 * Math.sqrt(alpha)));
  }
  return alpha < 0.563 ? rho * (1 - Math.sqrt(alpha)) : least / 4;
}

/** The eigenvalues of the last two rows, the greater one first. */
function solvePair(mem: Float64Array, at: number): void {
  let [q1, q2] = [mem[at], mem[at + 2]];
  const e = mem[at + 1];
  if (q2 > q1) [q1, q2] = [q2, q1];
  const t = (q1 - q2 + e) / 2;
  if (e > q2 * TOL2 && t !== 0) {
    let s = q2 * (e / t);
    s = s <= t ? q2 * (e / (t * (1 + Math.sqrt(1 + s / t)))) : q2 * (e / (t + Math.sqrt(t) * Math.sqrt(t + s)));
    const sum = q1 + (s + e);
    q2 *= q1 / sum;
    q1 = sum;
  }
  mem[at] = q1;
  mem[at + 2] = q2;
}

/** The block read from its other end. */
function reverse(mem: Float64Array, first: number, last: number): void {
  for (let i = first, j = last; i < j; i++, j--) {
    const x = mem[i];
    mem[i] = mem[j];
    mem[j] = x;
  }
}
