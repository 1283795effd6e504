// The eigenvalues of a symmetric tridiagonal matrix alone: the iteration without square roots (kernels/ref/rootFreeQl.ts),
// and implicit QL where it meets its limit.
import type { Workspace } from "../../kernels/workspace.ts";
import { implicitQl, type Outcome } from "./implicitQl.ts";

const SWEEPS_PER_VALUE = 30; // about two are needed

/**
 * The eigenvalues of the n × n symmetric tridiagonal with diagonal d and e beside it (f64 offsets) in place of d, in no
 * order; e is destroyed. It takes as much scratch as `implicitQl`.
 *
 * Entries are expected near 1 in magnitude. Cost: about n² divisions, one after the other.
 */
export function eigenvalues(ws: Workspace, n: number, d: number, e: number): Outcome {
  const { k64, mem64 } = ws;
  const mark = ws.mark();
  const w = ws.allocScalars(n);
  const squares = ws.allocScalars(n);
  mem64.copyWithin(w, d, d + n);
  for (let i = 0; i < n - 1; i++) mem64[squares + i] = mem64[e + i] ** 2;
  const iterations = k64.rootFreeQl(n, w, squares, SWEEPS_PER_VALUE * n);
  if (iterations >= 0) mem64.copyWithin(d, w, w + n);
  ws.release(mark);
  return iterations >= 0 ? { converged: true, iterations, residual: 0 } : implicitQl(ws, n, d, e, null);
}
