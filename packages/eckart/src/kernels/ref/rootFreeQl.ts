// Eigenvalues of a symmetric tridiagonal matrix by QL and QR iteration without square roots, in f64.
//
// The iteration of Pal, Walker and Kahan works on the squares of the entries beside the diagonal. Of the quantities in
// Parlett, The Symmetric Eigenvalue Problem, §8.15, a step needs γ = u/r and p = γ²/c with c = p/r: here p = u²/(r·p), so
// that only one division waits for another. A sweep runs from the larger end of a block to its smaller one.

const TOL2 = 2 ** -106;
const TINY = 2 ** -1022;
const SMALL = 2 ** -480; // r·p is a normal number above

/**
 * The eigenvalues of the n × n tridiagonal with diagonal d and the squares E of the entries beside it, near 1 in magnitude,
 * in place of d, in no order; E is destroyed. Returns the number of sweeps, or −1 where `limit` of them were not enough.
 */
export function rootFreeQl(mem: Float64Array, n: number, d: number, E: number, limit: number): number {
  let sweeps = 0;
  let last = n - 1;
  let blockFirst = n;
  let blockLast = n;
  let upward = false;
  while (last > 0) {
    // The block first … last without a zero beside its diagonal.
    let first = last;
    while (first > 0) {
      const between = Math.abs(mem[d + first - 1]) * Math.abs(mem[d + first]);
      if (!(mem[E + first - 1] > TOL2 * between + TINY)) break;
      first--;
    }
    if (first === last) {
      last--;
      continue;
    }
    if (first === last - 1) {
      solvePair(mem, d + first, mem[E + first]);
      last -= 2;
      continue;
    }
    if (++sweeps > limit) return -1;
    if (first > blockLast || last < blockFirst) upward = Math.abs(mem[d + last]) >= Math.abs(mem[d + first]);
    blockFirst = first;
    blockLast = last;
    const size = last - first + 1;
    if (upward) sweep(mem, size, d + last, E + last - 1, -1);
    else sweep(mem, size, d + first, E + first, 1);
  }
  return sweeps;
}

/** One sweep over `size` entries from D on, in the direction of `step`; the last one of E tends to zero. */
function sweep(mem: Float64Array, size: number, D: number, E: number, step: 1 | -1): void {
  // The shift is Wilkinson's, the eigenvalue of the 2 × 2 at the arriving end next to its last entry.
  const end = D + (size - 1) * step;
  const root = Math.sqrt(mem[E + (size - 2) * step]);
  const g = (mem[end - step] - mem[end]) / (2 * root);
  const h = Math.sqrt(1 + g * g);
  const sigma = mem[end] - root / (g < 0 ? g - h : g + h);

  let gamma = mem[D] - sigma;
  let p = gamma * gamma;
  let c = 1;
  let s = 0;
  for (let i = 1; i < size; i++, D += step, E += step) {
    const e = mem[E];
    const r = p + e;
    if (i > 1) mem[E - step] = s * r;
    const alpha = mem[D + step];
    const u = p * (alpha - sigma) - e * gamma;
    const next = u / r;
    mem[D] = gamma + (alpha - next);
    const before = c;
    c = p / r;
    s = e / r;
    if (p > SMALL) p = (u * u) / (r * p);
    else p = c > TINY ? (next * next) / c : before * e;
    gamma = next;
  }
  mem[E - step] = s * p;
  mem[D] = sigma + gamma;
}

/** The eigenvalues of [a b; b c] for b², to a few ε of the larger one. */
function solvePair(mem: Float64Array, D: number, b2: number): void {
  const [a, c] = [mem[D], mem[D + 1]];
  const sum = a + c;
  const root = Math.sqrt((a - c) * (a - c) + 4 * b2);
  const large = sum < 0 ? (sum - root) / 2 : (sum + root) / 2;
  const [most, least] = Math.abs(a) > Math.abs(c) ? [a, c] : [c, a];
  mem[D] = large;
  mem[D + 1] = sum === 0 ? -large : (most / large) * least - b2 / large;
}
