// The real Schur form of a Hessenberg matrix: what its methods have in common.
//
// Maintained by every step: H₀ = Q·H·Qᵀ, H upper Hessenberg, and Z = Z₀·Q, while H tends to upper triangular form but for
// standardised 2 × 2 blocks, each a complex pair (Golub & Van Loan, 4th ed., §7.4–7.5).
import { advance } from "../../kernels/progress.ts";
import type { Workspace } from "../../kernels/workspace.ts";
import { standardBlock, standardise } from "./standardise.ts";

/** A Hessenberg matrix on its way to Schur form, n × n at H. */
export interface Hessenberg {
  readonly n: number;
  readonly H: number;
  readonly ldh: number;
  /** Whether all of H is wanted; else only the diagonal blocks are kept right, enough for the eigenvalues. */
  readonly whole: boolean;
  /** Columns that turn with the iteration: `rows` × n, where rows may be 0. */
  readonly Z: number;
  readonly ldz: number;
  readonly rows: number;
}

/** How an iteration ended. */
export interface Outcome {
  readonly converged: boolean;
  /** Sweeps made. */
  readonly iterations: number;
  /** Largest subdiagonal entry left outside 2 × 2 blocks, over the largest entry; 0 when converged. */
  readonly residual: number;
}

/** Says what the eigenvalues of the rows after `left`, up to `last`, took: about 25n·m² flops with vectors, else 10·m³. */
export function found({ n, whole }: Hessenberg, last: number, left: number): void {
  const [before, after] = [last + 1, left + 1];
  advance(whole ? 25 * n * (before ** 2 - after ** 2) : 10 * (before ** 3 - after ** 3));
}

/** Rows above and columns right of rows first … last that follow a change of these. */
export function reach(F: Hessenberg, first: number, last: number): { top: number; columns: number } {
  return F.whole ? { top: 0, columns: F.n } : { top: first, columns: last + 1 };
}

/**
 * Whether the subdiagonal entry (i, i − 1) may be dropped: it is negligible beside its neighbours on the diagonal, and
 * dropping it moves no eigenvalue by more than rounding does even where the block of the four is graded.
 * Source: Ahues & Tisseur, LAPACK Working Note 122 (1997). first ≤ i − 1 and last ≥ i bound the active block.
 */
export function negligible(ws: Workspace, { H, ldh, n }: Hessenberg, i: number, first: number, last: number): boolean {
  const { mem, eps } = ws;
  const before = H + (i - 1) * (ldh + 1);
  const here = before + ldh + 1;
  const least = (ws.tiny * n) / eps;
  const below = Math.abs(mem[before + 1]);
  if (below <= least) return true;
  const [p, q] = [mem[before], mem[here]];
  let size = Math.abs(p) + Math.abs(q);
  if (size === 0) {
    if (i - 2 >= first) size += Math.abs(mem[before - ldh]);
    if (i + 1 <= last) size += Math.abs(mem[here + 1]);
  }
  if (below > eps * size) return false;
  const above = Math.abs(mem[here - 1]);
  const [more, less] = [Math.max(below, above), Math.min(below, above)];
  const [far, near] = [Math.max(Math.abs(q), Math.abs(p - q)), Math.min(Math.abs(q), Math.abs(p - q))];
  const sum = far + more;
  return less * (more / sum) <= Math.max(least, eps * (near * (far / sum)));
}

const block = standardBlock();

/** Brings rows and columns i, i + 1 to standard form; the rest of H and Z turn with them. */
export function standardiseAt(ws: Workspace, F: Hessenberg, i: number): void {
  const { k, mem } = ws;
  const { H, ldh, Z, ldz, rows } = F;
  const corner = H + i * (ldh + 1);
  standardise(mem[corner], mem[corner + ldh], mem[corner + 1], mem[corner + ldh + 1], block);
  const { top, columns } = reach(F, i, i + 1);
  const { cos, sin } = block;
  k.rot(columns - i - 2, corner + 2 * ldh, ldh, corner + 2 * ldh + 1, ldh, cos, sin);
  k.rot(i - top, H + top + i * ldh, 1, H + top + (i + 1) * ldh, 1, cos, sin);
  k.rot(rows, Z + i * ldz, 1, Z + (i + 1) * ldz, 1, cos, sin);
  mem[corner] = block.a;
  mem[corner + ldh] = block.b;
  mem[corner + 1] = block.c;
  mem[corner + ldh + 1] = block.d;
}

/** Writes the eigenvalues of rows first … last of a Schur form to re and im; a pair has its positive part first. */
export function readEigenvalues(
  ws: Workspace,
  { H, ldh, n }: Hessenberg,
  first: number,
  last: number,
  re: Float64Array,
  im: Float64Array,
): void {
  const { mem } = ws;
  for (let i = first; i <= last; i++) {
    const corner = H + i * (ldh + 1);
    re[i] = mem[corner];
    im[i] = 0;
    if (i === n - 1 || i === last || mem[corner + 1] === 0) continue;
    re[i + 1] = re[i];
    im[i] = Math.sqrt(Math.abs(mem[corner + 1])) * Math.sqrt(Math.abs(mem[corner + ldh]));
    im[i + 1] = -im[i];
    i++;
  }
}

/** The largest subdiagonal entry of the rows lo … last that were not reduced, over the largest entry there. */
export function subdiagonalResidual(ws: Workspace, { H, ldh }: Hessenberg, lo: number, last: number): number {
  let below = 0;
  let largest = 0;
  for (let j = lo; j <= last; j++) {
    for (let i = lo; i <= Math.min(last, j + 1); i++) largest = Math.max(largest, Math.abs(ws.mem[H + i + j * ldh]));
    if (j < last) below = Math.max(below, Math.abs(ws.mem[H + j + 1 + j * ldh]));
  }
  return below / largest;
}
