// Implicit QL and QR iteration for the eigenvalues of a symmetric tridiagonal matrix.
//
// Maintained: T₀ = V·T·Vᵀ, T tridiagonal, while T tends to a diagonal. A sweep runs from the larger end of a block to
// its smaller one (upward: QL, downward: QR), so that graded matrices keep the digits of their small eigenvalues.
// Source: Parlett, The Symmetric Eigenvalue Problem, §8; the shift is Wilkinson's, the eigenvalue of the 2 × 2 at the
// arriving end that is next to its last entry, with which convergence is global and nearly always cubic.
import { advance } from "../../kernels/progress.ts";
import type { Workspace } from "../../kernels/workspace.ts";
import { eigh2x2, eigh2x2Record } from "./twoByTwo.ts";

/** A matrix whose columns turn with the iteration: rows × n, column-major. */
export interface Follower {
  readonly V: number;
  readonly ldv: number;
  readonly rows: number;
}

/** How an iteration ended. */
export interface Outcome {
  readonly converged: boolean;
  /** Sweeps made. */
  readonly iterations: number;
  /** Largest entry beside the diagonal that is left, over the largest on it; 0 when converged. */
  readonly residual: number;
}

const SWEEPS_PER_VALUE = 30; // fewer than two are needed
const EPSILON = 2 ** -53;
const TINY = 2 ** -1022;

/** f64 elements that `implicitQl` takes; it takes as many of the dtype beside them. */
export function implicitQlScratch(n: number): number {
  return 2 * n;
}

/**
 * The eigenvalues of the n × n symmetric tridiagonal with diagonal d and e beside it (f64 offsets) in place of d, in no
 * order; e is destroyed. The columns of the follower are multiplied by the same rotations.
 *
 * Entries are expected near 1 in magnitude. Cost: about 30n² flops for the values, 6n²·rows for the vectors.
 */
export function implicitQl(ws: Workspace, n: number, d: number, e: number, follow: Follower | null): Outcome {
  const { k, k64, mem64 } = ws;
  const mark = ws.mark();
  const cosines = follow ? ws.allocScalars(2 * n) : 0;
  const sines = cosines + n;
  const turn = follow ? sweepTurner(ws, n, cosines, sines, follow) : null;
  const pair = eigh2x2Record();

  let iterations = 0;
  let last = n - 1;
  let blockFirst = n;
  let blockLast = n;
  let upward: 0 | 1 = 0;
  const limit = SWEEPS_PER_VALUE * n;
  while (last > 0 && iterations < limit) {
    // The block first … last without a zero beside its diagonal.
    let first = last;
    while (first > 0 && !negligible(mem64, d, e, first - 1)) first--;
    if (first > 0) mem64[e + first - 1] = 0;
    if (first === last) {
      last--;
      continue;
    }
    if (first === last - 1) {
      eigh2x2(mem64[d + first], mem64[e + first], mem64[d + last], pair);
      mem64[d + first] = pair.large;
      mem64[d + last] = pair.small;
      mem64[e + first] = 0;
      if (follow) {
        const column = follow.V + first * follow.ldv;
        k.rot(follow.rows, column, 1, column + follow.ldv, 1, pair.cos, pair.sin);
      }
      last -= 2;
      continue;
    }
    // A new block is chased from its larger end to its smaller one, and keeps that direction.
    if (first > blockLast || last < blockFirst) {
      upward = Math.abs(mem64[d + last]) < Math.abs(mem64[d + first]) ? 0 : 1;
    }
    blockFirst = first;
    blockLast = last;
    const shift = upward
      ? wilkinsonShift(mem64[d + first + 1], mem64[e + first], mem64[d + first])
      : wilkinsonShift(mem64[d + last - 1], mem64[e + last - 1], mem64[d + last]);
    const size = last - first + 1;
    k64.tridiagonalSweep(size, d + first, e + first, upward, shift, cosines, sines, follow ? 1 : 0);
    turn?.(first, size, upward);
    if (follow) advance(6 * size * follow.rows);
    iterations++;
  }
  ws.release(mark);
  return { converged: last <= 0, iterations, residual: last <= 0 ? 0 : largestRatio(mem64, n, d, e) };
}

/** Whether dropping e_i changes no eigenvalue by more than rounding does. */
function negligible(mem: Float64Array, d: number, e: number, i: number): boolean {
  const off = Math.abs(mem[e + i]);
  const [above, below] = [Math.abs(mem[d + i]), Math.abs(mem[d + i + 1])];
  return off * off <= EPSILON * above * (EPSILON * below) + TINY;
}

/** The eigenvalue of [p q; q r] next to r. */
function wilkinsonShift(p: number, q: number, r: number): number {
  const g = (p - r) / (2 * q);
  const root = Math.sqrt(1 + g * g);
  return r - q / (g < 0 ? g - root : g + root);
}

/** Applies the rotations of a sweep to the columns from `first` on, in the precision of the kernels that do it. */
function sweepTurner(
  ws: Workspace,
  n: number,
  cosines: number,
  sines: number,
  { V, ldv, rows }: Follower,
): (first: number, size: number, backward: 0 | 1) => void {
  const { k, mem, mem64 } = ws;
  if (ws.dtype === "f64") {
    return (first, size, backward) => k.rotSweep(rows, size, V + first * ldv, ldv, cosines, sines, backward);
  }
  const narrow = ws.alloc(2 * n);
  return (first, size, backward) => {
    for (let i = 0; i < size - 1; i++) {
      mem[narrow + i] = mem64[cosines + i];
      mem[narrow + n + i] = mem64[sines + i];
    }
    k.rotSweep(rows, size, V + first * ldv, ldv, narrow, narrow + n, backward);
  };
}

function largestRatio(mem: Float64Array, n: number, d: number, e: number): number {
  let largest = 0;
  let left = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(mem[d + i]));
  for (let i = 0; i < n - 1; i++) left = Math.max(left, Math.abs(mem[e + i]));
  return left / largest;
}
