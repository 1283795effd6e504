// Implicit zero-shift QR for the singular values of an upper bidiagonal matrix.
//
// Maintained: B₀ = U·B·Vᵀ, B upper bidiagonal, while B tends to a diagonal. Every singular value keeps its relative
// accuracy, however small: a superdiagonal entry is dropped only where that changes no singular value by more than a
// few ε relative, and a shift is used only where it costs none of them.
// Source: Demmel & Kahan, SIAM J. Sci. Stat. Comput. 11 (1990), here "DK"; LAPACK Working Note 3.
import type { Workspace } from "../../kernels/workspace.ts";
import { inCalls } from "../parts/sweeps.ts";

/** Vectors that follow the iteration: the columns of U (rows × n) and of V (rows × n). */
export interface Followers {
  readonly U: number;
  readonly ldu: number;
  readonly rowsU: number;
  readonly V: number;
  readonly ldv: number;
  readonly rowsV: number;
}

const NOBODY: Followers = { U: 0, ldu: 0, rowsU: 0, V: 0, ldv: 0, rowsV: 0 };

/** How an iteration ended. */
export interface Outcome {
  readonly converged: boolean;
  /** Sweeps made. */
  readonly iterations: number;
  /** Largest superdiagonal entry left over the largest entry of B; 0 when converged. */
  readonly residual: number;
}

const SWEEPS_PER_VALUE = 30; // about two are needed; LAPACK allows six times n inner steps a value

/** f64 elements that `golubKahan` takes. */
export function golubKahanScratch(n: number): number {
  return 5 * n + 64;
}

/**
 * The singular values of the n × n upper bidiagonal with diagonal d and superdiagonal e (f64 offsets): d ends up
 * non-negative and descending, e zero; the followers are multiplied by the same rotations and sorted alike.
 *
 * Cost: about 30n² flops for the values, 6n²(rowsU + rowsV) for the vectors.
 */
export function golubKahan(ws: Workspace, n: number, d: number, e: number, follow: Followers | null): Outcome {
  const outcome = diagonalize(ws, n, d, e, follow);
  sortDescending(ws, n, d, follow);
  return outcome;
}

/** As `golubKahan`, in whatever order the values come. */
export function diagonalize(ws: Workspace, n: number, d: number, e: number, follow: Followers | null): Outcome {
  if (n === 0) return { converged: true, iterations: 0, residual: 0 };
  const { k, mem64 } = ws;
  const { U, ldu, rowsU, V, ldv, rowsV } = follow ?? NOBODY;
  const mark = ws.mark();
  const work = ws.allocScalars(5 * n);
  const iterations = inCalls(SWEEPS_PER_VALUE * n, 3 * n * (rowsU + rowsV), (most) =>
    k.implicitQr(n, d, e, U, ldu, rowsU, V, ldv, rowsV, work, most),
  );
  ws.release(mark);
  let largest = 0;
  let left = 0;
  for (let i = 0; i < n; i++) {
    if (mem64[d + i] < 0 || Object.is(mem64[d + i], -0)) {
      mem64[d + i] = -mem64[d + i];
      k.scal(rowsV, -1, V + i * ldv, 1);
    }
    largest = Math.max(largest, mem64[d + i]);
    if (i < n - 1) left = Math.max(left, Math.abs(mem64[e + i]));
  }
  return { converged: left === 0, iterations, residual: left === 0 ? 0 : left / largest };
}

/** d ≥ 0 in descending order, with the columns of the followers. Equal values keep their order. */
export function sortDescending(ws: Workspace, n: number, d: number, follow: Followers | null): void {
  const { k, mem64 } = ws;
  if (!follow) {
    mem64
      .subarray(d, d + n)
      .sort()
      .reverse();
    return;
  }
  // Selection sort: at most n − 1 exchanges of columns.
  for (let i = 0; i < n - 1; i++) {
    let best = i;
    for (let j = i + 1; j < n; j++) if (mem64[d + j] > mem64[d + best]) best = j;
    if (best === i) continue;
    const value = mem64[d + best];
    mem64[d + best] = mem64[d + i];
    mem64[d + i] = value;
    k.swap(follow.rowsU, follow.U + i * follow.ldu, 1, follow.U + best * follow.ldu, 1);
    k.swap(follow.rowsV, follow.V + i * follow.ldv, 1, follow.V + best * follow.ldv, 1);
  }
}
