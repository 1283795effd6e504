// The reduction of a small symmetric matrix to a tridiagonal T, and implicit QL and QR iteration on that, in f64.
//
// A sweep of the iteration runs from the larger end of a block to its smaller one (upward: QL, downward: QR), so that
// graded matrices keep the digits of their small eigenvalues. Its shift is Wilkinson's, the eigenvalue of the 2 × 2 at the
// arriving end that is next to its last entry, with which convergence is global and nearly always cubic. The chase: T ← QᵀTQ, where Q = G₀·G₁ ⋯ starts as the QR factorisation of T − shift·I would and each further rotation
// removes the bulge that the last one left. Between two rotations, with Dₖ and Eₖ the entries in the order of the chase,
// the pending entries are the diagonal entry Dₖ₊₁ − p and, times c and s, the one beside it; the rotation is that of
// (g, f), g = c·(Dₖ − shift) − …, f the bulge. Bound by latency: a rotation waits for the square root and the divisions
// of the one before.
// Source: Bowdler, Martin, Reinsch & Wilkinson, Numer. Math. 11 (1968); Parlett, The Symmetric Eigenvalue Problem, §8.
import type { Mem } from "../abi.ts";
import { reflector } from "./reflector.ts";
import { rotationsFor, rotSweep } from "./rotation.ts";
import { axpy, dot } from "./vector.ts";

/**
 * Maintained: QᵀAQ = T on the rows and columns already reduced, and A − v·wᵀ − w·vᵀ on the rest, with the v and w of the
 * step before: that is subtracted while the next pass reads A. Both triangles are kept, so that all columns are alike.
 */
export function tridiagonalize(mem: Mem, n: number, A: number, lda: number, tau: number, work: number): void {
  mem.fill(0, work, work + 2 * n + 2);
  for (let j = 0; j < n; j++) for (let i = j + 1; i < n; i++) mem[A + j + i * lda] = mem[A + i + j * lda];
  let [w, next] = [work, work + n + 1];
  let v = w; // the reflector before; its own first entry, 1, stands where T has beta
  let beta = 0;
  for (let c = 0; c < n; c++) {
    const update = (j: number, first: number): void => {
      const column = A + j * lda + first;
      const [vj, wj] = [mem[v + j], mem[w + j]];
      axpy(mem, n - first, -wj, v + first, 1, column, 1);
      axpy(mem, n - first, -vj, w + first, 1, column, 1);
    };
    update(c, c);
    mem[v + c] = beta;
    const below = c + 1;
    if (below === n) break;
    const x = A + c * lda + below;
    const t = reflector(mem, n - below, x);
    mem[tau + c] = t;
    beta = mem[x];
    mem[x] = 1;
    for (let j = below; j < n; j++) {
      update(j, below);
      mem[next + j] = t * dot(mem, n - below, A + j * lda + below, 1, x, 1);
    }
    axpy(mem, n - below, (-t / 2) * dot(mem, n - below, next + below, 1, x, 1), x, 1, next + below, 1);
    v = A + c * lda;
    [w, next] = [next, w];
  }
}

/** One sweep: see the list of kernels. */
export function tridiagonalSweep(
  mem: Float64Array,
  n: number,
  d: number,
  e: number,
  upward: 0 | 1,
  shift: number,
  cosines: number,
  sines: number,
  keep: 0 | 1,
): void {
  const step = upward ? -1 : 1;
  let D = upward ? d + n - 1 : d;
  let E = upward ? e + n - 2 : e;
  let at = upward ? n - 2 : 0;
  let c = 1;
  let s = 1;
  let p = 0;
  let g = mem[D] - shift;
  for (let i = 0; i < n - 1; i++, D += step, E += step, at += step) {
    const f = s * mem[E];
    const b = c * mem[E];
    let r = Math.sqrt(g * g + f * f);
    if (r > 1e-140) {
      c = g / r;
      s = f / r;
    } else {
      // The squares may have underflowed.
      const largest = Math.max(Math.abs(g), Math.abs(f));
      c = largest > 0 ? g / largest : 1;
      s = largest > 0 ? f / largest : 0;
      const length = Math.sqrt(c * c + s * s);
      c /= length;
      s /= length;
      r = length * largest;
    }
    if (i > 0) mem[E - step] = r;
    g = mem[D] - p;
    const q = (mem[D + step] - g) * s + 2 * c * b;
    p = s * q;
    mem[D] = g + p;
    g = c * q - b;
    if (keep) {
      mem[cosines + at] = c;
      mem[sines + at] = upward ? -s : s;
    }
  }
  mem[D] -= p;
  mem[E - step] = g;
}

const EPSILON = 2 ** -53;
const TINY = 2 ** -1022;

/** The eigenvalue of [p q; q r] next to r. */
function wilkinsonShift(p: number, q: number, r: number): number {
  const g = (p - r) / (2 * q);
  const root = Math.sqrt(1 + g * g);
  return r - q / (g < 0 ? g - root : g + root);
}

/** The iteration: see the list of kernels. */
export function implicitQl(
  mem: Mem,
  n: number,
  d: number,
  e: number,
  V: number,
  ldv: number,
  rows: number,
  work: number,
  limit: number,
): number {
  const scalars = mem instanceof Float64Array ? mem : new Float64Array(mem.buffer);
  /** Whether dropping e_i changes no eigenvalue by more than rounding does. */
  const negligible = (i: number): boolean => {
    const [above, off, below] = [scalars[d + i], scalars[e + i], scalars[d + i + 1]].map(Math.abs);
    return off * off <= EPSILON * above * (EPSILON * below) + TINY;
  };
  let sweeps = 0;
  let last = n - 1;
  let upward: 0 | 1 = 0;
  let [blockFirst, blockLast] = [n, n];
  while (last > 0 && sweeps < limit) {
    // The block first … last without a zero beside its diagonal.
    let first = last;
    while (first > 0 && !negligible(first - 1)) first--;
    if (first > 0) scalars[e + first - 1] = 0;
    if (first >= last - 1) {
      last = first - 1;
      continue;
    }
    // A new block is chased from its larger end to its smaller one, and keeps that direction.
    if (first > blockLast || last < blockFirst) {
      upward = Math.abs(scalars[d + last]) < Math.abs(scalars[d + first]) ? 0 : 1;
    }
    [blockFirst, blockLast] = [first, last];
    const shift = upward
      ? wilkinsonShift(scalars[d + first + 1], scalars[e + first], scalars[d + first])
      : wilkinsonShift(scalars[d + last - 1], scalars[e + last - 1], scalars[d + last]);
    const size = last - first + 1;
    tridiagonalSweep(scalars, size, d + first, e + first, upward, shift, work, work + n, rows > 0 ? 1 : 0);
    sweeps++;
    const [c, s] = rotationsFor(mem, scalars, size - 1, work, work + n, work + 2 * n);
    rotSweep(mem, rows, size, V + first * ldv, ldv, c, s, upward);
  }
  return sweeps;
}
