// Implicit zero-shift QR for the singular values of an upper bidiagonal matrix.
//
// Maintained: B₀ = U·B·Vᵀ, B upper bidiagonal, while B tends to a diagonal. Every singular value keeps its relative
// accuracy, however small: a superdiagonal entry is dropped only where that changes no singular value by more than a
// few ε relative, and a shift is used only where it costs none of them.
// Source: Demmel & Kahan, SIAM J. Sci. Stat. Comput. 11 (1990), here "DK"; LAPACK Working Note 3.
import { advance } from "../../kernels/progress.ts";
import type { Workspace } from "../../kernels/workspace.ts";
import { singularValues2x2, svd2x2Record, svd2x2Triangular } from "../../kernels/ref/twoByTwo.ts";

/** Vectors that follow the iteration: the columns of U (rows × n) and of V (rows × n). */
export interface Followers {
  readonly U: number;
  readonly ldu: number;
  readonly rowsU: number;
  readonly V: number;
  readonly ldv: number;
  readonly rowsV: number;
}

/** How an iteration ended. */
export interface Outcome {
  readonly converged: boolean;
  /** Sweeps made. */
  readonly iterations: number;
  /** Largest superdiagonal entry left over the largest entry of B; 0 when converged. */
  readonly residual: number;
}

const SWEEPS_PER_VALUE = 30; // about two are needed; LAPACK allows six times n inner steps a value

/** f64 elements that `golubKahan` takes; it takes as many of the dtype when vectors follow. */
export function golubKahanScratch(n: number): number {
  return 4 * n + 64;
}

/**
 * The singular values of the n × n upper bidiagonal with diagonal d and superdiagonal e (f64 offsets): d ends up
 * non-negative and descending, e zero; the followers are multiplied by the same rotations and sorted alike.
 *
 * Cost: about 30n² flops for the values, 6n²(rowsU + rowsV) for the vectors.
 */
export function golubKahan(ws: Workspace, n: number, d: number, e: number, follow: Followers | null): Outcome {
  const { k, k64, mem, mem64 } = ws;
  if (n === 0) return { converged: true, iterations: 0, residual: 0 };
  const mark = ws.mark();
  const rotations = follow ? ws.allocScalars(4 * n) : 0;
  const [c1, s1, c2, s2] = [0, 1, 2, 3].map((i) => rotations + i * n) as [number, number, number, number];
  // The kernels of the dtype want the rotations in its own precision.
  const narrow = follow && ws.dtype === "f32" ? ws.alloc(4 * n) : 0;
  const pair = svd2x2Record();

  const turnColumns = (A: number, lda: number, rows: number, i: number, c: number, s: number): void =>
    k.rot(rows, A + i * lda, 1, A + (i + 1) * lda, 1, c, s);
  const sweepColumns = (
    A: number,
    lda: number,
    rows: number,
    at: number,
    size: number,
    c: number,
    s: number,
    up: 0 | 1,
  ): void => {
    if (narrow) {
      for (let i = 0; i < size - 1; i++) {
        mem[narrow + i] = mem64[c + i];
        mem[narrow + n + i] = mem64[s + i];
      }
      k.rotSweep(rows, size, A + at * lda, lda, narrow, narrow + n, up);
    } else k.rotSweep(rows, size, A + at * lda, lda, c, s, up);
  };

  const tol = 10 * 2 ** -53;
  // DK (2.4): a lower bound for the smallest singular value; what lies below its tol-th part is zero.
  let smallest = Math.abs(mem64[d]);
  for (let i = 1, mu = smallest; i < n && smallest > 0; i++) {
    mu = Math.abs(mem64[d + i]) * (mu / (mu + Math.abs(mem64[e + i - 1])));
    smallest = Math.min(smallest, mu);
  }
  const threshold = Math.max((tol * smallest) / Math.sqrt(n), n * n * 2 ** -1074);

  const limit = SWEEPS_PER_VALUE * n;
  let iterations = 0;
  let last = n - 1;
  let upward: 0 | 1 = 0;
  let blockFirst = -1;
  let blockLast = -1;
  while (last > 0 && iterations < limit) {
    // The block first … last without a zero on its superdiagonal.
    if (Math.abs(mem64[d + last]) <= threshold) mem64[d + last] = 0;
    let largest = Math.abs(mem64[d + last]);
    let first = last;
    while (first > 0) {
      const off = Math.abs(mem64[e + first - 1]);
      if (off <= threshold) {
        mem64[e + first - 1] = 0;
        break;
      }
      first--;
      if (Math.abs(mem64[d + first]) <= threshold) mem64[d + first] = 0;
      largest = Math.max(largest, Math.abs(mem64[d + first]), off);
    }
    if (first === last) {
      last--;
      continue;
    }
    if (first === last - 1) {
      svd2x2Triangular(mem64[d + first], mem64[e + first], mem64[d + last], pair);
      mem64[d + first] = pair.max;
      mem64[e + first] = 0;
      mem64[d + last] = pair.min;
      if (follow) {
        turnColumns(follow.U, follow.ldu, follow.rowsU, first, pair.cosLeft, pair.sinLeft);
        turnColumns(follow.V, follow.ldv, follow.rowsV, first, pair.cosRight, pair.sinRight);
      }
      last -= 2;
      continue;
    }

    // A new block is chased from its larger end to its smaller one.
    if (first > blockLast || last < blockFirst) {
      upward = Math.abs(mem64[d + first]) >= Math.abs(mem64[d + last]) ? 0 : 1;
    }
    blockFirst = first;
    blockLast = last;

    const sigmaMin = negligible(mem64, d, e, first, last, upward, tol);
    if (sigmaMin < 0) continue;

    const shift = chooseShift(
      mem64,
      d,
      e,
      first,
      last,
      upward,
      n * tol * sigmaMin <= Math.max(2 ** -53, 0.01 * tol) * largest,
    );
    const size = last - first + 1;
    k64.bidiagonalSweep(size, d + first, e + first, upward, shift, c1, s1, c2, s2, follow ? 1 : 0);
    iterations++;
    if (follow) {
      const [cV, sV, cU, sU] = upward ? [c2, s2, c1, s1] : [c1, s1, c2, s2];
      sweepColumns(follow.V, follow.ldv, follow.rowsV, first, size, cV, sV, upward);
      sweepColumns(follow.U, follow.ldu, follow.rowsU, first, size, cU, sU, upward);
      advance(6 * size * (follow.rowsU + follow.rowsV));
    }
  }

  let residual = 0;
  if (last > 0) {
    let largest = 0;
    for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(mem64[d + i]));
    for (let i = 0; i < n - 1; i++) residual = Math.max(residual, Math.abs(mem64[e + i]) / largest);
  }
  ws.release(mark);
  makePositiveAndSort(ws, n, d, follow);
  return { converged: last <= 0, iterations, residual };
}

/**
 * DK, criteria 1 and 2: sets one negligible superdiagonal entry of the block to zero and returns −1, or returns a lower
 * bound for the block's smallest singular value.
 */
function negligible(
  mem: Float64Array,
  d: number,
  e: number,
  first: number,
  last: number,
  upward: 0 | 1,
  tol: number,
): number {
  const size = last - first;
  const D = (i: number): number => Math.abs(mem[d + (upward ? last - i : first + i)]);
  const E = (i: number): number => e + (upward ? last - 1 - i : first + i);
  if (Math.abs(mem[E(size - 1)]) <= tol * D(size)) {
    mem[E(size - 1)] = 0;
    return -1;
  }
  let mu = D(0);
  let bound = mu;
  for (let i = 0; i < size; i++) {
    const off = Math.abs(mem[E(i)]);
    if (off <= tol * mu) {
      mem[E(i)] = 0;
      return -1;
    }
    mu = D(i + 1) * (mu / (mu + off));
    bound = Math.min(bound, mu);
  }
  return bound;
}

const corner = { max: 0, min: 0 };

/** The smaller singular value of the 2 × 2 at the end where the chase arrives, or 0 where a shift would cost accuracy. */
function chooseShift(
  mem: Float64Array,
  d: number,
  e: number,
  first: number,
  last: number,
  upward: 0 | 1,
  spoils: boolean,
): number {
  if (spoils) return 0;
  const at = upward ? first : last - 1;
  singularValues2x2(mem[d + at], mem[e + at], mem[d + at + 1], corner);
  const start = Math.abs(mem[d + (upward ? last : first)]);
  if (start > 0 && (corner.min / start) ** 2 < 2 ** -53) return 0;
  return corner.min;
}

/** d ← |d| in descending order, with the columns of the followers. Equal values keep their order. */
export function makePositiveAndSort(ws: Workspace, n: number, d: number, follow: Followers | null): void {
  const { k, mem64 } = ws;
  for (let i = 0; i < n; i++) {
    if (mem64[d + i] < 0 || Object.is(mem64[d + i], -0)) {
      mem64[d + i] = -mem64[d + i];
      if (follow) k.scal(follow.rowsV, -1, follow.V + i * follow.ldv, 1);
    }
  }
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
