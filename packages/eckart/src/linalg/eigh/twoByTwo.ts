// The symmetric eigenproblem of order two in closed form, on plain numbers, without allocation.
//
//   [ c s] [p q] [c −s]   [large   0  ]
//   [−s c]·[q r]·[s  c] = [  0   small],   |large| ≥ |small|.
//
// large = (p + r ± √((p − r)² + 4q²))/2 with the sign of p + r adds magnitudes, so it cannot cancel; the other value
// follows from the determinant, whose products are exact: both have a relative error of a few ε.
// Signs are those of LAPACK's dlaev2, which NumPy shows.
import { sumOfProducts } from "../../kernels/ref/errorFree.ts";
import type { FloatArray } from "../../matrix/matrix.ts";

/** Eigenvalues of a symmetric 2 × 2 matrix, |large| ≥ |small|, with the vectors (cos, sin) and (−sin, cos). */
export interface Eigh2x2 {
  large: number;
  small: number;
  cos: number;
  sin: number;
}

/** A record for `eigh2x2` to write into. */
export const eigh2x2Record = (): Eigh2x2 => ({ large: 0, small: 0, cos: 1, sin: 0 });

/** The decomposition of [p q; q r], finite and not all zero. */
export function eigh2x2(p: number, q: number, r: number, out: Eigh2x2): void {
  // The largest entry near 2⁴⁰⁰: no product that matters underflows then.
  const largest = Math.max(Math.abs(p), Math.abs(q), Math.abs(r));
  const scale = 2 ** Math.min(1000, 400 - Math.floor(Math.log2(largest)));
  p *= scale;
  q *= scale;
  r *= scale;
  const sum = p + r;
  const difference = p - r;
  const twice = 2 * q;
  const most = Math.max(Math.abs(difference), Math.abs(twice));
  const least = Math.min(Math.abs(difference), Math.abs(twice));
  const root = most === 0 ? 0 : most * Math.sqrt(1 + (least / most) ** 2);
  const large = (sum < 0 ? sum - root : sum + root) / 2;
  out.large = large / scale;
  out.small = sumOfProducts(p, r, -q, q) / large / scale;

  // (−2q, lean) is the vector of (sum ∓ root)/2, the sign being the opposite of that of p − r; where this value is
  // `small`, a quarter turn makes it the vector of `large`.
  const lean = difference < 0 ? difference - root : difference + root;
  let cos = 1;
  let sin = 0;
  if (Math.abs(lean) > Math.abs(twice)) {
    const t = -twice / lean;
    sin = 1 / Math.sqrt(1 + t * t);
    cos = t * sin;
  } else if (twice !== 0) {
    const t = -lean / twice;
    cos = 1 / Math.sqrt(1 + t * t);
    sin = t * cos;
  }
  const turn = sum < 0 === difference < 0;
  out.cos = turn ? -sin : cos;
  out.sin = turn ? cos : sin;
}

/** Values ascending to w, vectors as the rows of a 2 × 2 matrix to V, from those places on. */
export function storeEigh2x2(
  { large, small, cos, sin }: Eigh2x2,
  w: FloatArray,
  at: number,
  V: FloatArray | null,
): void {
  const rising = large > small;
  w[at] = rising ? small : large;
  w[at + 1] = rising ? large : small;
  if (!V) return;
  V[2 * at] = rising ? -sin : cos;
  V[2 * at + 1] = rising ? cos : -sin;
  V[2 * at + 2] = rising ? cos : sin;
  V[2 * at + 3] = rising ? sin : cos;
}
