// Francis' implicit QR iteration with double shifts: the small blocks of the eigenproblem.
//
// A sweep with the shifts s₁, s₂ (both real, or a pair) is the QR iteration for (H − s₁)(H − s₂) in real arithmetic: the
// first column of this polynomial gives the first reflector, and chasing the bulge gives the rest.
// Source: Francis, Comput. J. 4 (1961); Golub & Van Loan, Matrix Computations, 4th ed., §7.5.
import type { Workspace } from "../../kernels/workspace.ts";
import {
  found,
  type Hessenberg,
  negligible,
  type Outcome,
  reach,
  standardiseAt,
  subdiagonalResidual,
} from "./schur.ts";

const SWEEPS_PER_VALUE = 30; // two or three are needed
const EXCEPTIONAL = 10; // sweeps without a deflation after which a pair of odd shifts breaks a cycle

/** The 2 × 2 matrix whose eigenvalues are the shifts. */
interface Corner {
  a: number;
  b: number;
  c: number;
  d: number;
}

/**
 * Brings rows and columns lo … hi of H to real Schur form. Where `whole`, all of H is the Schur form of what it was.
 *
 * Entries are expected near 1 in magnitude. Cost: about 10·m³ flops for m = hi − lo + 1 and the eigenvalues alone, 25·m³
 * with the Schur form and Z.
 */
export function doubleShift(ws: Workspace, F: Hessenberg, lo: number, hi: number): Outcome {
  const { mem } = ws;
  const { H, ldh } = F;
  const limit = SWEEPS_PER_VALUE * Math.max(10, hi - lo + 1);
  let iterations = 0;
  let last = hi;
  let since = 0; // sweeps since the last deflation
  while (last > lo && iterations < limit) {
    // The block first … last without a negligible subdiagonal entry.
    let first = last;
    while (first > lo && !negligible(ws, F, first, lo, last)) first--;
    if (first > lo) mem[H + first + (first - 1) * ldh] = 0;
    if (first >= last - 1) {
      if (first < last) standardiseAt(ws, F, first);
      found(F, last, first - 1);
      last = first - 1;
      since = 0;
      continue;
    }
    sweep(ws, F, first, last, shifts(ws, F, first, last, since));
    since++;
    iterations++;
  }
  return { converged: last <= lo, iterations, residual: last <= lo ? 0 : subdiagonalResidual(ws, F, lo, last) };
}

/** The trailing 2 × 2, or after every tenth sweep in vain a matrix of the size of the entries beside it. */
function shifts(ws: Workspace, { H, ldh }: Hessenberg, first: number, last: number, since: number): Corner {
  const { mem } = ws;
  const at = (i: number, j: number): number => mem[H + i + j * ldh];
  if (since === 0 || since % EXCEPTIONAL !== 0) {
    return { a: at(last - 1, last - 1), b: at(last - 1, last), c: at(last, last - 1), d: at(last, last) };
  }
  // At the bottom and at the top in turn.
  const bottom = since % (2 * EXCEPTIONAL) !== 0;
  const size = bottom
    ? Math.abs(at(last, last - 1)) + Math.abs(at(last - 1, last - 2))
    : Math.abs(at(first + 1, first)) + Math.abs(at(first + 2, first + 1));
  const centre = 0.75 * size + (bottom ? at(last, last) : at(first, first));
  return { a: centre, b: -0.4375 * size, c: size, d: centre };
}

/** One sweep over rows first … last, at least three. */
function sweep(ws: Workspace, F: Hessenberg, first: number, last: number, corner: Corner): void {
  const { k, mem } = ws;
  const { H, ldh, Z, ldz, rows } = F;
  const [re1, im1, re2, im2] = pair(corner);
  const at = (i: number, j: number): number => mem[H + i + j * ldh];
  // The bulge may start at row m where two subdiagonal entries in a row are small: the entry (m, m − 1) then stays as it
  // is but for rounding.
  let m = last - 2;
  let [x, y, z] = [0, 0, 0];
  // As no entry exceeds 2n, it starts between no three subdiagonal entries whose product exceeds this: nearly none is left
  // to look at. In a window, whose matrix may be larger, a start that is passed over costs a few reflectors.
  const most = 1000 * F.n ** 3 * ws.eps;
  for (; m >= first; m--) {
    if (m > first && Math.abs(at(m, m - 1) * at(m + 1, m) * at(m + 2, m + 1)) > most) continue;
    [x, y, z] = firstColumn(
      at(m, m),
      at(m, m + 1),
      at(m + 1, m),
      at(m + 1, m + 1),
      at(m + 2, m + 1),
      re1,
      im1,
      re2,
      im2,
    );
    if (m === first) break;
    const beside = Math.abs(at(m, m - 1)) * (Math.abs(y) + Math.abs(z));
    const size = Math.abs(at(m - 1, m - 1)) + Math.abs(at(m, m)) + Math.abs(at(m + 1, m + 1));
    if (beside <= ws.eps * Math.abs(x) * size) break;
  }
  const { top, columns } = reach(F, first, last);
  k.francisChase(H, ldh, m, last, last, top, columns, m > first ? 2 : 1, x, y, z, Z, ldz, rows);
}

/** The eigenvalues of the corner; of two real ones the one nearer to d counts twice. */
function pair({ a, b, c, d }: Corner): [re1: number, im1: number, re2: number, im2: number] {
  const size = Math.abs(a) + Math.abs(b) + Math.abs(c) + Math.abs(d);
  if (size === 0) return [0, 0, 0, 0];
  const mean = (a / size + d / size) / 2;
  const determinant = (a / size - mean) * (d / size - mean) - (b / size) * (c / size);
  const root = Math.sqrt(Math.abs(determinant));
  if (determinant >= 0) return [mean * size, root * size, mean * size, -root * size];
  const nearer = Math.abs(mean + root - d / size) < Math.abs(mean - root - d / size) ? mean + root : mean - root;
  return [nearer * size, 0, nearer * size, 0];
}

/** A multiple of the first column of (H − s₁)(H − s₂), whose magnitudes add up to 1; its three entries. */
export function firstColumn(
  h00: number,
  h01: number,
  h10: number,
  h11: number,
  h21: number,
  re1: number,
  im1: number,
  re2: number,
  im2: number,
): [x: number, y: number, z: number] {
  const size = Math.abs(h00 - re2) + Math.abs(im2) + Math.abs(h10);
  if (size === 0) return [0, 0, 0];
  const below = h10 / size;
  const x = below * h01 + (h00 - re1) * ((h00 - re2) / size) - im1 * (im2 / size);
  const y = below * (h00 + h11 - re1 - re2);
  const z = below * h21;
  const sum = Math.abs(x) + Math.abs(y) + Math.abs(z);
  return sum === 0 ? [0, 0, 0] : [x / sum, y / sum, z / sum];
}
