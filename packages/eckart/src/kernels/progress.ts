// How far a computation is. Drivers open stages, and loops say what work they have done; where nobody listens, both cost a
// comparison.
//
// Stages nest. A driver knows the flops of its stages beforehand, and gives each its share of what is left of the stage
// around it: so fractions ascend whatever the estimates are worth, and the end of a stage makes up for them.

import { OptionError } from "../errors.ts";

/** What a computation tells: the part of it that is done, 0 … 1 and ascending, and what is being computed. */
export type Report = (fraction: number, step: string) => void;

/** What a flop of a reduction counts beside one of a matrix product: half of them wait for memory. */
export const WAITING = 2;

let report: Report | null = null;
let step = "";
let done = 0;
/** Where the innermost stage ends. */
let end = 1;
/** What a flop of the innermost stage advances it by. */
let rate = 0;

/**
 * Runs `body`, and tells `report` how far the computations in it are.
 *
 * The fraction ascends from 0 to 1, which is told at the end, and rests on counts of flops: of an iteration it is an
 * estimate. Steps have the names of the algorithms: "qr", "bidiagonalize", "tridiagonalize", "hessenberg", "diagonalize",
 * "back-transform", "schur", "vectors", "jacobi", "lanczos", "range", "project", "measure"; "" before the first one. Of
 * several computations in `body` the first is told.
 *
 * `report` may be called many thousand times a second and must not call the library. What it throws ends the computation
 * and is passed on. Without `withProgress` nothing is measured.
 *
 * @param report  told the fraction and the step.
 * @param body    computes; its result is the result. A promise is not waited for.
 * @example
 * let last = 0;
 * const { s } = withProgress((fraction) => (last = fraction), () => svd([[3, 2, 2], [2, 3, -2]])); // last = 1, s ≈ [5, 3]
 */
export function withProgress<R>(listener: Report, body: () => R): R {
  if (typeof listener !== "function") throw new OptionError("withProgress", "report", listener, "a function");
  if (typeof body !== "function") throw new OptionError("withProgress", "body", body, "a function");
  const outer = { report, step, done, end, rate };
  [report, step, done, end, rate] = [listener, "", 0, 1, 0];
  try {
    const result = body();
    listener(1, step);
    return result;
  } finally {
    ({ report, step, done, end, rate } = outer);
  }
}

/**
 * Runs `body` as a stage: it has `work` flops to do, and `after` it that many are left of the stage around it. Without
 * work nothing of it is told.
 */
export function stage<R>(name: string, work: number, after: number, body: () => R): R {
  if (!report) return body();
  const outer = { end, rate };
  const share = work > 0 ? (end - done) * (work / (work + after)) : 0;
  end = after > 0 ? done + share : share > 0 ? end : done;
  rate = share / (work || 1);
  if (share > 0) report(done, (step = name));
  try {
    return body();
  } finally {
    done = end;
    ({ end, rate } = outer);
  }
}

/** Runs `body`, of which nothing is told. */
export function silently<R>(body: () => R): R {
  return stage("", 0, 1, body);
}

/** So many flops of the innermost stage are done. */
export function advance(work: number): void {
  if (!report || rate === 0) return;
  done = Math.min(end, done + rate * work);
  report(done, step);
}
