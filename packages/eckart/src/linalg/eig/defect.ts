// How far a matrix is from having n independent eigenvectors, told from the vectors of its balanced form.
//
// An eigenvalue with right and left unit vectors x, y moves by about ‖E‖/|yᴴx| when the matrix moves by E. So an
// eigenvalue is known to a disc of radius r = p·‖Â‖_F/|yᴴx|, p the relative accuracy of the computation. Two eigenvalues
// count as one multiple eigenvalue with a single vector where
//   |λᵢ − λⱼ| ≤ 4·min(rᵢ, rⱼ): some Â + E with ‖E‖ ≤ p‖Â‖ has them equal (for order two, the distance is a quarter of
//     the gap times |yᴴx|), and
//   the sine θ of the angle between xᵢ and xⱼ is small while their coupling |λᵢ − λⱼ|/θ exceeds 4p‖Â‖: no such E makes
//     them equal with two vectors.
// Source: Wilkinson, Numer. Math. 19 (1972), for the distance; the rule is a judgement to working precision.
import type { Workspace } from "../../kernels/workspace.ts";

/** Accuracy of computed eigenvalues in units of n·ε‖Â‖. */
const ACCURACY = 4;
/** A larger sine is no sign of one vector that splits, not even in a chain of twenty vectors. */
const PARALLEL = 0.1;

/** The eigenvectors of a matrix in linear memory, column j (and j + 1, the imaginary part) for the eigenvalue j. */
export interface Eigenvectors {
  readonly n: number;
  readonly X: number;
  readonly ldx: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** 1/|yᴴx| by eigenvalue. */
  readonly conditions: Float64Array;
}

/** n less the number of independent eigenvectors, to working precision. `norm` is ‖Â‖_F. Cost: O(n²), n³ if all agree. */
export function defectOf(ws: Workspace, F: Eigenvectors, norm: number): number {
  const { n, re, im, conditions } = F;
  const noise = ACCURACY * n * ws.eps * norm;
  // Components of the relation "the same vector": each has one vector.
  const root = Int32Array.from({ length: n }, (_, i) => i);
  const find = (i: number): number => {
    while (root[i] !== i) i = root[i];
    return i;
  };
  let defect = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const gap = Math.hypot(re[i] - re[j], im[i] - im[j]);
      if (!(gap <= 4 * noise * Math.min(conditions[i], conditions[j]))) continue;
      const [a, b] = [find(i), find(j)];
      if (a === b) continue;
      const sine = sineBetween(ws, F, i, j);
      if (sine > PARALLEL || Math.max(gap, ws.eps * norm) <= 4 * noise * sine) continue;
      root[a] = b;
      defect++;
    }
  }
  return defect;
}

/** The sine of the angle between the complex vectors of eigenvalues i and j: ‖xᵢ − xⱼ·(xⱼᴴxᵢ)‖ for unit vectors. */
function sineBetween(ws: Workspace, { n, X, ldx, im }: Eigenvectors, i: number, j: number): number {
  const { mem } = ws;
  // The second of a pair is the conjugate of the first.
  const part = (e: number): { re: number; im: number; sign: number } =>
    im[e] === 0
      ? { re: X + e * ldx, im: -1, sign: 0 }
      : im[e] > 0
        ? { re: X + e * ldx, im: X + (e + 1) * ldx, sign: 1 }
        : { re: X + (e - 1) * ldx, im: X + e * ldx, sign: -1 };
  const [a, b] = [part(i), part(j)];
  const imaginary = (p: typeof a, r: number): number => (p.sign === 0 ? 0 : p.sign * mem[p.im + r]);
  let [aa, bb, dotRe, dotIm] = [0, 0, 0, 0];
  for (let r = 0; r < n; r++) {
    const [ar, ai, br, bi] = [mem[a.re + r], imaginary(a, r), mem[b.re + r], imaginary(b, r)];
    aa += ar * ar + ai * ai;
    bb += br * br + bi * bi;
    dotRe += br * ar + bi * ai;
    dotIm += br * ai - bi * ar;
  }
  dotRe /= bb;
  dotIm /= bb;
  let rest = 0;
  for (let r = 0; r < n; r++) {
    const [br, bi] = [mem[b.re + r], imaginary(b, r)];
    const u = mem[a.re + r] - (br * dotRe - bi * dotIm);
    const v = imaginary(a, r) - (br * dotIm + bi * dotRe);
    rest += u * u + v * v;
  }
  return Math.sqrt(rest / aa);
}
