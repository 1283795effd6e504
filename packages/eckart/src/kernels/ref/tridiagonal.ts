// The chase of implicit QR on a symmetric tridiagonal matrix T, in f64: T ← QᵀTQ, where Q = G₀·G₁ ⋯ starts as the QR
// factorisation of T − shift·I would and each further rotation removes the bulge that the last one left.
//
// Between two rotations, with Dₖ and Eₖ the entries in the order of the chase, the pending entries are the diagonal
// entry Dₖ₊₁ − p and, times c and s, the one beside it; the rotation is that of (g, f), g = c·(Dₖ − shift) − …, f the
// bulge. Bound by latency: a rotation waits for the square root and the divisions of the one before.
// Source: Bowdler, Martin, Reinsch & Wilkinson, Numer. Math. 11 (1968); Parlett, The Symmetric Eigenvalue Problem, §8.

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
