// Implicit QL and QR iteration for the eigenvalues of a symmetric tridiagonal matrix: the kernel of that name, and the
// closed form for the blocks of two that it leaves.
//
// Maintained: T₀ = V·T·Vᵀ, T tridiagonal, while T tends to a diagonal.
// Source: Parlett, The Symmetric Eigenvalue Problem, §8.
import type { Workspace } from "../../kernels/workspace.ts";
import { inCalls } from "../parts/sweeps.ts";
import { eigh2x2, eigh2x2Record } from "./twoByTwo.ts";

/** A matrix whose columns turn with the iteration: rows × n, column-major. */
export interface Follower {
  readonly V: number;
  readonly ldv: number;
  readonly rows: number;
}

const NOBODY: Follower = { V: 0, ldv: 0, rows: 0 };

/** How an iteration ended. */
export interface Outcome {
  readonly converged: boolean;
  /** Sweeps made. */
  readonly iterations: number;
  /** Largest entry beside the diagonal that is left, over the largest on it; 0 when converged. */
  readonly residual: number;
}

const SWEEPS_PER_VALUE = 30; // about two are needed

/** f64 elements that `implicitQl` takes. */
export function implicitQlScratch(n: number): number {
  return 3 * n;
}

/**
 * The eigenvalues of the n × n symmetric tridiagonal with diagonal d and e beside it (f64 offsets) in place of d, in no
 * order; e is destroyed. The columns of the follower are multiplied by the same rotations.
 *
 * Entries are expected near 1 in magnitude. Cost: about 30n² flops for the values, 6n²·rows for the vectors.
 */
export function implicitQl(ws: Workspace, n: number, d: number, e: number, follow: Follower | null): Outcome {
  const { k, mem64 } = ws;
  const { V, ldv, rows } = follow ?? NOBODY;
  const mark = ws.mark();
  const work = ws.allocScalars(3 * n);
  const iterations = inCalls(SWEEPS_PER_VALUE * n, 3 * n * rows, (most) =>
    k.implicitQl(n, d, e, V, ldv, rows, work, most),
  );
  ws.release(mark);
  const pair = eigh2x2Record();
  let [largest, left] = [0, 0];
  for (let i = 0; i < n; i++) {
    const off = i < n - 1 ? mem64[e + i] : 0;
    if (off !== 0 && (i === 0 || mem64[e + i - 1] === 0) && (i === n - 2 || mem64[e + i + 1] === 0)) {
      eigh2x2(mem64[d + i], off, mem64[d + i + 1], pair);
      mem64[d + i] = pair.large;
      mem64[d + i + 1] = pair.small;
      mem64[e + i] = 0;
      const column = V + i * ldv;
      k.rot(rows, column, 1, column + ldv, 1, pair.cos, pair.sin);
    } else left = Math.max(left, Math.abs(off));
    largest = Math.max(largest, Math.abs(mem64[d + i]));
  }
  return { converged: left === 0, iterations, residual: left === 0 ? 0 : left / largest };
}
