// The singular values of an upper bidiagonal matrix alone, without vectors that would have to follow.
//
// The squares of the entries go through quotient-difference steps (kernels/ref/dqds.ts), which keep the relative accuracy
// of every singular value. Where these lie so far apart that a step could leave the range, implicit QR answers instead.
import type { Workspace } from "../../kernels/workspace.ts";
import { powerOfTwoScale } from "../../matrix/transfer.ts";
import { golubKahan, golubKahanScratch, sortDescending, type Outcome } from "./golubKahan.ts";

const STEPS_PER_VALUE = 30; // about four are needed
const LEAST = 2 ** -240; // of a singular value beside the largest: products of two squares are normal numbers

/** f64 elements that `singularValues` takes. */
export function singularValuesScratch(n: number): number {
  return 4 * n + 7 + golubKahanScratch(n);
}

/**
 * The singular values of the n × n upper bidiagonal with diagonal d and superdiagonal e (f64 offsets) in place of d,
 * descending; e is destroyed.
 *
 * Cost: about 2n² divisions, one after the other.
 */
export function singularValues(ws: Workspace, n: number, d: number, e: number): Outcome {
  if (n === 0) return { converged: true, iterations: 0, residual: 0 };
  const { k64, mem64 } = ws;
  const mark = ws.mark();
  const Z = ws.allocScalars(4 * n + 7);
  mem64[e + n - 1] = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(mem64[d + i]), Math.abs(mem64[e + i]));
  const scale = powerOfTwoScale(largest);
  let singular = false;
  let least = Infinity;
  for (let i = 0; i < n; i++) {
    const [di, ei] = [mem64[d + i] * scale, mem64[e + i] * scale];
    if (di === 0) singular = true;
    else least = Math.min(least, Math.abs(di));
    mem64[Z + 2 * i] = di * di;
    mem64[Z + 2 * i + 1] = ei * ei;
  }
  const iterations = least >= LEAST ? k64.dqds(n, Z, STEPS_PER_VALUE * n) : -1;
  for (let i = 0; i < n; i++) {
    const sigma = Math.sqrt(mem64[Z + 2 * i]);
    mem64[Z + 2 * i] = sigma;
    if (sigma > 0 || !singular) least = Math.min(least, sigma);
  }
  if (iterations < 0 || !(least >= LEAST)) {
    ws.release(mark);
    return golubKahan(ws, n, d, e, null);
  }
  for (let i = 0; i < n; i++) mem64[d + i] = mem64[Z + 2 * i] / scale;
  ws.release(mark);
  sortDescending(ws, n, d, null);
  return { converged: true, iterations, residual: 0 };
}
