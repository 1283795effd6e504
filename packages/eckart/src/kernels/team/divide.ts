// The kernels that a team divides into blocks, in place of their entries in the list. The bits of a result never depend on
// how many threads there are: where a kernel sums over blocks, the blocks and their order are those of the sizes alone, and
// the caller alone makes them as well.
import type { Kernels, ScalarKernels } from "../abi.ts";
import { type Exports, type JobKernel, jobKernel, scalarJobKernel, writeJob } from "./job.ts";
import type { Team } from "./team.ts";

type Divided = Pick<Kernels, JobKernel>;

/** Where a thread may keep partial sums: elements, and how many. */
export interface Room {
  readonly at: number;
  readonly length: number;
}

/** About what a multiply-add of a product takes, and one against memory. A job costs half a microsecond. */
const PRODUCT_MS = 1e-7;
const ENTRY_MS = 2e-7;
const ROOT_MS = 1e-5;
/** Least entries of a pass that is summed by blocks, whatever the number of threads. */
const SUMMED = 1 << 15;
/** Most columns of a product a block: beyond, packing the other operand once more for each costs less than 2 %. */
const WIDEST = 192;
const NARROWEST = 32;
/** Least columns of a block that is summed, and most blocks: each costs a vector of partial sums. */
const SUMMED_COLUMNS = 48;
const MOST_BLOCKS = 8;

const roundUp = (x: number, step: number): number => Math.ceil(x / step) * step;

/** Columns or rows of a block of a product: four blocks a thread, but not narrow ones, and one at least. */
const productBlock = (length: number, threads: number): number =>
  roundUp(Math.min(WIDEST, Math.max(length / (4 * threads), Math.min(NARROWEST, length / threads))), 8);

/** Columns of a block of a pass over n columns, by the sizes alone: a power of two of blocks. */
function summedBlock(m: number, n: number, room: Room): number {
  const most = Math.min(MOST_BLOCKS, n / SUMMED_COLUMNS, room.length / (m + 16));
  if (m * n < SUMMED || most < 2) return n;
  return roundUp(n / 2 ** Math.floor(Math.log2(most)), 4);
}

/** The entries of the list that are divided, over the exports of an instance with `room` of its own. */
export function divided(exports: Exports, dtype: "F64" | "F32", team: Team, room: Room): Divided {
  const { job } = team;
  const pick = <K extends JobKernel>(name: K): Kernels[K] => exports[name + dtype];
  const id = (name: JobKernel): number => jobKernel(name, dtype);
  const [gemm, gemv, gemvT, symv, bidiagonalPass] = [
    pick("gemm"),
    pick("gemv"),
    pick("gemvT"),
    pick("symv"),
    pick("bidiagonalPass"),
  ];
  const axpy = exports[`axpy${dtype}`];

  /** Zeroes the partial sums, a column of m rows for each block. */
  const clear = (m: number, ld: number, blocks: number): void =>
    gemm(0, 0, m, blocks, 0, 0, 0, 0, 0, 0, 0, room.at, ld);
  /** y ← y + the partial sums, in the order of the blocks. */
  const gather = (m: number, ld: number, blocks: number, y: number): void => {
    for (let b = 0; b < blocks; b++) axpy(m, 1, room.at + b * ld, 1, y, 1);
  };

  return {
    // By the longer side of C. An entry of C is the same sum wherever the block that it is in begins.
    gemm(transA, transB, m, n, k, alpha, A, lda, B, ldb, beta, C, ldc) {
      const ms = m * n * k * PRODUCT_MS;
      const threads = team.threadsFor(ms);
      if (threads === 1) {
        gemm(transA, transB, m, n, k, alpha, A, lda, B, ldb, beta, C, ldc);
        return;
      }
      const columns = n >= m;
      const length = columns ? n : m;
      const block = productBlock(length, threads);
      writeJob(
        job,
        length,
        block,
        id("gemm"),
        columns ? 3 : 2,
        [transA, transB, m, n, k, alpha, A, lda, B, ldb, beta, C, ldc],
        columns
          ? [0, 0, 0, 0, 0, 0, 0, 0, block * (transB ? 1 : ldb), 0, 0, block * ldc, 0]
          : [0, 0, 0, 0, 0, 0, block * (transA ? lda : 1), 0, 0, 0, 0, block, 0],
      );
      team.run(ms);
    },
    // By rows: each is the same sum in every block.
    gemv(m, n, alpha, A, lda, x, dx, y) {
      const ms = m * n * ENTRY_MS;
      const threads = team.threadsFor(ms);
      if (threads === 1) {
        gemv(m, n, alpha, A, lda, x, dx, y);
        return;
      }
      const block = roundUp(m / threads, 8);
      writeJob(job, m, block, id("gemv"), 0, [m, n, alpha, A, lda, x, dx, y], [0, 0, 0, block, 0, 0, 0, block]);
      team.run(ms);
    },
    // By columns, four and four as the kernel takes them.
    gemvT(m, n, alpha, A, lda, x, y, dy) {
      const ms = m * n * ENTRY_MS;
      const threads = team.threadsFor(ms);
      if (threads === 1) {
        gemvT(m, n, alpha, A, lda, x, y, dy);
        return;
      }
      const block = roundUp(n / threads, 4);
      writeJob(
        job,
        n,
        block,
        id("gemvT"),
        1,
        [m, n, alpha, A, lda, x, y, dy],
        [0, 0, 0, block * lda, 0, 0, block * dy, 0],
      );
      team.run(ms);
    },
    // By columns, each block with its own y, whose sum is taken in the end.
    symv(n, columns, alpha, A, lda, x, y) {
      const block = summedBlock(n, columns, room);
      if (block >= columns) {
        symv(n, columns, alpha, A, lda, x, y);
        return;
      }
      const ld = roundUp(n, 8) + 8;
      const blocks = Math.ceil(columns / block);
      clear(n, ld, blocks);
      const ms = n * columns * ENTRY_MS;
      if (team.threadsFor(ms) === 1) {
        for (let j = 0, part = room.at; j < columns; j += block, part += block + ld) {
          symv(n - j, Math.min(block, columns - j), alpha, A + j * (lda + 1), lda, x + j, part);
        }
      } else {
        writeJob(
          job,
          columns,
          block,
          id("symv"),
          1,
          [n, columns, alpha, A, lda, x, room.at],
          [-block, 0, 0, block * (lda + 1), 0, block, block + ld],
        );
        team.run(ms, false);
      }
      gather(n, ld, blocks, y);
    },
    // By columns, each block with its own z.
    bidiagonalPass(m, n, A, lda, u, tau, correction, row, drow, y, w, z) {
      const block = summedBlock(m, n, room);
      if (block >= n) {
        bidiagonalPass(m, n, A, lda, u, tau, correction, row, drow, y, w, z);
        return;
      }
      const ld = roundUp(m, 8) + 8;
      const blocks = Math.ceil(n / block);
      clear(m, ld, blocks);
      const ms = 2 * m * n * ENTRY_MS;
      if (team.threadsFor(ms) === 1) {
        for (let j = 0, part = room.at; j < n; j += block, part += ld) {
          const width = Math.min(block, n - j);
          bidiagonalPass(m, width, A + j * lda, lda, u, tau, correction + j, row + j * drow, drow, y + j, w + j, part);
        }
      } else {
        writeJob(
          job,
          n,
          block,
          id("bidiagonalPass"),
          1,
          [m, n, A, lda, u, tau, correction, row, drow, y, w, room.at],
          [0, 0, block * lda, 0, 0, 0, block, block * drow, 0, block, block, ld],
        );
        team.run(ms);
      }
      gather(m, ld, blocks, z);
    },
  };
}

/** Least roots of a secular equation that are divided. */
const ROOTS = 96;

/** The scalar kernel that is divided, root by root. */
export function dividedScalars(exports: Exports, team: Team): Pick<ScalarKernels, "secularRoots"> {
  const { job } = team;
  const { secularRoot } = exports;
  return {
    secularRoots(n, d, z, rho, squared, Delta, ldDelta, roots) {
      const ms = n * n * ROOT_MS;
      if (n < ROOTS || team.threadsFor(ms) === 1) {
        let failures = 0;
        for (let j = 0; j < n; j++)
          failures += secularRoot(n, j, d, z, rho, squared, Delta + j * ldDelta, roots + 3 * j);
        return failures;
      }
      writeJob(
        job,
        n,
        1,
        scalarJobKernel("secularRoot"),
        -1,
        [n, 0, d, z, rho, squared, Delta, roots],
        [0, 1, 0, 0, 0, 0, ldDelta, 3],
      );
      return team.run(ms, false);
    },
  };
}
