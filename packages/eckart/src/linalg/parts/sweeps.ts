import { advance } from "../../kernels/progress.ts";

const SWEEPS_PER_CALL = 32; // between two calls it can be told how far an iteration is

/** Sweeps in all of a kernel that makes at most so many a call, and fewer once it has converged; at most `limit`. */
export function inCalls(limit: number, flopsPerSweep: number, kernel: (most: number) => number): number {
  let made = 0;
  for (;;) {
    const most = Math.min(SWEEPS_PER_CALL, limit - made);
    const sweeps = kernel(most);
    made += sweeps;
    advance(flopsPerSweep * sweeps);
    if (sweeps < most || made >= limit) return made;
  }
}
