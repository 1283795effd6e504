// Aggressive early deflation: eigenvalues that have converged although no subdiagonal entry shows it.
//
// With T = VᵀWV the Schur form of a window W at the end of the active block, and s the entry left of it, H is similar to
//
//   [ ×    ×   ×]
//   [ s·v  T   ×],   v the first row of V as a column ("the spike"):
//
// an eigenvalue at the end of T whose entry of the spike is negligible has converged. One that has not is moved up, and
// the next is tried. What remains goes back to Hessenberg form, and its eigenvalues are the shifts of the next sweep.
// Source: Braman, Byers & Mathias, SIAM J. Matrix Anal. Appl. 23 (2002), part II.
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { extendByIdentity } from "../parts/identity.ts";
import { applyReflectors, reflectorScratch } from "../parts/reflector.ts";
import { doubleShift } from "./doubleShift.ts";
import { hessenbergScratch, reduceToHessenberg } from "./hessenberg.ts";
import { type Hessenberg, readEigenvalues } from "./schur.ts";
import { moveBlockUp } from "./swap.ts";
import { turnBeside, turnBesideScratch } from "./window.ts";

/** Elements that `deflate` takes for windows of the given order. */
export const deflateScratch = (n: number, order: number): number =>
  2 * matrixSize(order, order) +
  2 * order +
  Math.max(hessenbergScratch(order) + reflectorScratch(order, order), turnBesideScratch(n, order));

/** What a window told. */
export interface Deflation {
  /** Eigenvalues found: so many rows at the end of the block are in Schur form. */
  readonly deflated: number;
  /** The eigenvalues of the rest of the window, pairs with the positive imaginary part first. */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const NOTHING: Deflation = { deflated: 0, re: new Float64Array(0), im: new Float64Array(0) };

/** Looks for eigenvalues in the last `order` rows of the active block first … last. */
export function deflate(ws: Workspace, F: Hessenberg, first: number, last: number, order: number): Deflation {
  const { mem } = ws;
  const { H, ldh } = F;
  const at = last - order + 1;
  const beside = H + at + (at - 1) * ldh;
  const s = at === first ? 0 : mem[beside];

  const mark = ws.mark();
  const ldt = leadingDimension(order);
  const T = ws.alloc(ldt * order);
  const V = ws.alloc(ldt * order);
  extendByIdentity(ws, order, order, V, ldt);
  for (let j = 0; j < order; j++) {
    mem.fill(0, T + j * ldt, T + j * ldt + order);
    const column = H + at + (at + j) * ldh;
    mem.copyWithin(T + j * ldt, column, column + Math.min(order, j + 2));
  }
  const W: Hessenberg = { n: order, H: T, ldh: ldt, whole: true, Z: V, ldz: ldt, rows: order };
  if (!doubleShift(ws, W, 0, order - 1).converged) {
    ws.release(mark);
    return NOTHING;
  }

  const kept = s === 0 ? 0 : countUnconverged(ws, W, s, F.n);
  const [re, im] = [new Float64Array(kept), new Float64Array(kept)];
  readEigenvalues(ws, W, 0, kept - 1, re, im);
  if (kept < order) {
    if (kept > 1) restoreHessenberg(ws, W, kept);
    if (at > first) mem[beside] = kept === 0 ? 0 : s * mem[V];
    for (let j = 0; j < order; j++) {
      mem.copyWithin(H + at + (at + j) * ldh, T + j * ldt, T + j * ldt + order);
    }
    turnBeside(ws, F, at, order, V, ldt, first, last);
  }
  ws.release(mark);
  return { deflated: order - kept, re, im };
}

/** Orders T so that the eigenvalues that have converged stand at its end; returns how many have not. */
function countUnconverged(ws: Workspace, W: Hessenberg, s: number, n: number): number {
  const { mem } = ws;
  const { n: order, H: T, ldh, Z: V } = W;
  const least = (ws.tiny * n) / ws.eps;
  const spike = (i: number): number => Math.abs(s * mem[V + i * ldh]);
  let unconverged = 0; // blocks at the front that were tried
  let end = order;
  while (unconverged < end) {
    const corner = T + (end - 1) * (ldh + 1);
    const isPair = end > 1 && mem[corner - ldh] !== 0;
    const size =
      Math.abs(mem[corner]) +
      (isPair ? Math.sqrt(Math.abs(mem[corner - ldh])) * Math.sqrt(Math.abs(mem[corner - 1])) : 0);
    const tip = isPair ? Math.max(spike(end - 1), spike(end - 2)) : spike(end - 1);
    if (tip <= Math.max(least, ws.eps * (size || Math.abs(s)))) {
      end -= isPair ? 2 : 1;
    } else {
      moveBlockUp(ws, W, end - 1, unconverged);
      unconverged += isPair ? 2 : 1;
    }
  }
  return end;
}

/** A reflector folds the spike of the first `kept` rows into its first entry; then they return to Hessenberg form. */
function restoreHessenberg(ws: Workspace, { n: order, H: T, ldh, Z: V }: Hessenberg, kept: number): void {
  const { k, mem } = ws;
  const mark = ws.mark();
  const v = ws.alloc(order);
  const product = ws.alloc(order);
  for (let i = 0; i < kept; i++) mem[v + i] = mem[V + i * ldh];
  const tau = k.reflector(kept, v);
  mem[v] = 1;
  mem.fill(0, product, product + order);
  k.gemvT(kept, order, 1, T, ldh, v, product, 1);
  k.ger(kept, order, -tau, v, product, 1, T, ldh);
  for (const [A, rows] of [
    [T, kept],
    [V, order],
  ] as const) {
    mem.fill(0, product, product + rows);
    k.gemv(rows, kept, 1, A, ldh, v, 1, product);
    k.ger(rows, kept, -tau, product, v, 1, A, ldh);
  }
  const Q = reduceToHessenberg(ws, order, 0, kept - 1, T, ldh);
  applyReflectors(ws, Q, "right", 0, order, V + ldh, ldh);
  for (let j = 0; j < kept - 2; j++) mem.fill(0, T + j * ldh + j + 2, T + j * ldh + kept);
  ws.release(mark);
}
