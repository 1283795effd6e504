import { checkInteger } from "../../options.ts";
import { parallelism } from "../host.ts";

/** Most threads that are taken unasked: how more of them fare was not measured. */
const UNASKED = 4;
/** Most threads that can be asked for. */
export const MOST_THREADS = 64;

let wanted: number | "auto" = "auto";

/**
 * How many threads large computations may use, the calling one included: 1 where the machine has no more.
 *
 * @example
 * setThreads(1);
 * threads(); // 1
 */
export function threads(): number {
  return wanted === "auto" ? Math.max(1, Math.min(UNASKED, parallelism())) : wanted;
}

/**
 * Sets how many threads large computations may use, on this thread of the program.
 *
 * From orders of about 150 on, matrix products and reductions are shared with helper threads, which are started after a
 * tenth of a second of such work and sleep where there is none. They keep no process alive. Results have the same bits whatever the number
 * is. A computation never waits for a helper to start, and on a busy machine it goes on without. Where threads cannot be
 * had (a page that is not cross-origin isolated, the main thread of any page, a policy that forbids workers), the calling
 * thread computes alone.
 *
 * @param count  1 to 64, the calling thread included; 1 leaves helpers asleep. "auto" (default) is what the machine runs at
 *   a time, 4 at most.
 * @throws OptionError  count is none of these.
 * @example
 * setThreads(1);
 * const { s } = svd([[3, 2, 2], [2, 3, -2]]); // s ≈ [5, 3]
 * setThreads("auto");
 */
export function setThreads(count: number | "auto"): void {
  if (count !== "auto") checkInteger("setThreads", "count", count ?? NaN, 1, MOST_THREADS);
  wanted = count;
}
