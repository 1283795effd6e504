// QR iteration with many shifts: a chain of small bulges, each with two shifts, goes down the active block together.
//
// Bulges stand three rows apart. The chain moves from window to window: inside, reflectors act on the window alone and
// are gathered in an orthogonal U; then U goes to the rest of H and to Z by matrix products. Before every sweep
// aggressive early deflation looks for eigenvalues that have converged, and gives the shifts.
// Source: Braman, Byers & Mathias, SIAM J. Matrix Anal. Appl. 23 (2002), part I.
import { silently } from "../../kernels/progress.ts";
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { extendByIdentity } from "../parts/identity.ts";
import { tuning } from "../tuning.ts";
import { deflate, type Deflation, deflateScratch } from "./deflation.ts";
import { firstColumn } from "./doubleShift.ts";
import { found, type Hessenberg, negligible, type Outcome, standardiseAt, subdiagonalResidual } from "./schur.ts";
import { turnBeside, turnBesideScratch } from "./window.ts";

const SWEEPS_PER_VALUE = 30; // a fraction of one is needed
const EXCEPTIONAL = 6; // sweeps without a deflation after which odd shifts break a cycle
const NIBBLE = 0.14; // a window that deflates this part of itself is tried again without a sweep

/** Two shifts, s₁ and s₂: both real, or a complex pair. */
interface ShiftPair {
  readonly re1: number;
  readonly im1: number;
  readonly re2: number;
  readonly im2: number;
}

/** Shifts a sweep for an active block of the given order: LAPACK's, found by experiment. */
function shiftCount(order: number): number {
  if (order < 60) return 4;
  if (order < 150) return 10;
  if (order < 590) return Math.max(10, 2 * Math.floor(order / (2 * Math.log2(order))));
  return order < 3000 ? 64 : 128;
}

/** Rows of the window in which deflation is tried; a small block is its own window, and is solved by that. */
function deflationWindow(order: number, idle: number): number {
  if (order <= Math.max(3, tuning.deflationWhole)) return order;
  const growth = idle < 5 ? 1 : 2;
  return Math.min((order - 1) / 3, growth * 1.5 * shiftCount(order)) | 0;
}

/** Rows of the windows through which a chain of so many bulges goes: it moves by its own length in each. */
const chaseWindow = (bulges: number): number => Math.max(12, 6 * bulges);

/** Elements that `multishift` takes for order n. */
export function multishiftScratch(n: number): number {
  const deflation = Math.min(n, Math.max(3, tuning.deflationWhole, 3 * shiftCount(n)));
  const chase = Math.min(n, chaseWindow(shiftCount(n) / 2));
  return Math.max(deflateScratch(n, deflation), matrixSize(chase, chase) + turnBesideScratch(n, chase));
}

/**
 * Brings rows and columns lo … hi of H to real Schur form, as `doubleShift` does.
 *
 * Cost: that of `doubleShift` with fewer sweeps, nearly all of it in matrix products.
 */
export function multishift(ws: Workspace, F: Hessenberg, lo: number, hi: number): Outcome {
  const limit = SWEEPS_PER_VALUE * Math.max(10, hi - lo + 1);
  let iterations = 0;
  let last = hi;
  let idle = 0; // windows since the last deflation
  while (last >= lo && iterations < limit) {
    let first = last;
    while (first > lo && !negligible(ws, F, first, lo, last)) first--;
    if (first > lo) ws.mem[F.H + first + (first - 1) * F.ldh] = 0;
    if (first >= last - 1) {
      if (first < last) standardiseAt(ws, F, first);
      found(F, last, first - 1);
      last = first - 1;
      idle = 0;
      continue;
    }
    iterations++;
    const window = deflationWindow(last - first + 1, idle);
    const deflation = silently(() => deflate(ws, F, first, last, window));
    const { deflated } = deflation;
    found(F, last, last - deflated);
    last -= deflated;
    idle = deflated > 0 ? 0 : idle + 1;
    if (last - first < 2 || deflated > NIBBLE * window) continue;
    const pairs = idle > 0 && idle % EXCEPTIONAL === 0 ? oddShifts(ws, F, first, last) : pairsOf(deflation);
    const most = Math.min(shiftCount(last - first + 1) / 2, Math.max(1, Math.floor((last - first - 1) / 3)));
    sweep(ws, F, first, last, (pairs.length > 0 ? pairs : oddShifts(ws, F, first, last)).slice(-most));
  }
  const converged = last < lo;
  return { converged, iterations, residual: converged ? 0 : subdiagonalResidual(ws, F, lo, last) };
}

/** The eigenvalues of a window as pairs, the nearest to the end last; a real one that is left alone counts twice. */
function pairsOf({ re, im }: Deflation): ShiftPair[] {
  const pairs: ShiftPair[] = [];
  let waiting = -1;
  for (let i = re.length - 1; i >= 0; i--) {
    if (im[i] < 0) continue;
    if (im[i] > 0) pairs.push({ re1: re[i], im1: im[i], re2: re[i], im2: -im[i] });
    else if (waiting < 0) waiting = i;
    else {
      pairs.push({ re1: re[waiting], im1: 0, re2: re[i], im2: 0 });
      waiting = -1;
    }
  }
  if (waiting >= 0 && pairs.length === 0) pairs.push({ re1: re[waiting], im1: 0, re2: re[waiting], im2: 0 });
  return pairs.reverse();
}

/** Shifts of the size of the subdiagonal entries, away from every eigenvalue of a symmetric pattern. */
function oddShifts(ws: Workspace, { H, ldh }: Hessenberg, first: number, last: number): ShiftPair[] {
  const at = (i: number, j: number): number => ws.mem[H + i + j * ldh];
  const pairs: ShiftPair[] = [];
  for (let i = last; i >= first + 2; i -= 2) {
    const size = Math.abs(at(i, i - 1)) + Math.abs(at(i - 1, i - 2));
    const re = 0.75 * size + at(i, i);
    const im = 0.66 * size;
    pairs.push({ re1: re, im1: im, re2: re, im2: -im });
  }
  return pairs.reverse();
}

/** One chain of bulges over rows first … last. */
function sweep(ws: Workspace, F: Hessenberg, first: number, last: number, pairs: readonly ShiftPair[]): void {
  const { k } = ws;
  const { H, ldh } = F;
  const mark = ws.mark();
  const most = Math.min(last - first + 1, chaseWindow(pairs.length));
  const ldu = leadingDimension(most);
  const U = ws.alloc(ldu * most);
  // The row of the next reflector of each bulge, the foremost first; −1 before it enters, `last` when it has left.
  const rows = pairs.map(() => -1);
  const rear = pairs.length - 1;
  for (let step = 0; rows[rear] < last && step <= last - first; step++) {
    const at = rows[rear] < 0 ? first : rows[rear];
    const order = Math.min(most, last - at + 1);
    const end = at + order - 1;
    const origin = H + at * (ldh + 1);
    extendByIdentity(ws, order, order, U, ldu);
    let room = end === last ? last : end - 2; // how far the foremost may go: a reflector fills in three rows ahead
    pairs.forEach((pair, b) => {
      const from = rows[b];
      if (from === last) return;
      const [x, y, z] = from < 0 ? openingVector(ws, F, first, pair) : [0, 0, 0];
      const start = from < 0 ? 1 : 0;
      k.francisChase(
        origin,
        ldh,
        Math.max(from, first) - at,
        room - at,
        last - at,
        0,
        order,
        start,
        x,
        y,
        z,
        U,
        ldu,
        order,
      );
      rows[b] = room;
      room = room === last ? last : room - 3;
    });
    turnBeside(ws, F, at, order, U, ldu, first, last);
  }
  ws.release(mark);
}

/** The first column of (H − s₁)(H − s₂), H the block that begins at row `first`. */
function openingVector(
  ws: Workspace,
  { H, ldh }: Hessenberg,
  first: number,
  { re1, im1, re2, im2 }: ShiftPair,
): [x: number, y: number, z: number] {
  const at = (i: number, j: number): number => ws.mem[H + first + i + (first + j) * ldh];
  return firstColumn(at(0, 0), at(0, 1), at(1, 0), at(1, 1), at(2, 1), re1, im1, re2, im2);
}
