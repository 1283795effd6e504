// Blocked Householder QR of a complex matrix, m ≥ n.
//
// Maintained: A = H₀·H₁ ⋯ H_{n−1}·R, with a real diagonal in R. Column j of A holds Rⱼ down to the diagonal and vⱼ, its
// leading 1 left out, below. A panel of columns is factored by halves (Elmroth & Gustavson, IBM J. Res. Develop. 44,
// 2000); then its reflectors pass over the columns to its right as one block.
import type { Workspace } from "../../kernels/workspace.ts";
import { tuning } from "../tuning.ts";
import { addTimesConjugate, allocSplit, clear, scaleBy, shifted, type Split } from "./panel.ts";
import { applyReflectors, makeReflector, reflectorScratch, type Reflectors } from "./reflector.ts";

const LEAF = 8; // columns factored one by one: a block of fewer reflectors costs more to set up than it saves

/** The reflectors that `qrInPlace` leaves in A, m × n. */
export function qrReflectors(m: number, n: number, A: Split, tau: number): Reflectors {
  return { order: m, count: n, A, byRows: false, tau };
}

/** Elements that `qrInPlace` takes. */
export function qrScratch(m: number, n: number): number {
  return reflectorScratch(m, n) + 2 * LEAF;
}

/**
 * A ← QR factors of A, m × n, m ≥ n: R on and above the diagonal, reflectors below it (`qrReflectors`), their n complex
 * scalars at `tau`. The entries are expected near 1 in magnitude. Cost: 8n²(m − n/3) flops.
 */
export function qrInPlace(ws: Workspace, m: number, n: number, A: Split, tau: number): void {
  const nb = tuning.reflectorBlock;
  for (let j = 0; j < n; j += nb) {
    const width = Math.min(nb, n - j);
    const corner = shifted(A, j * (A.ld + 1));
    factorPanel(ws, m - j, width, corner, tau + 2 * j);
    applyPanel(ws, m - j, width, n - j - width, corner, tau + 2 * j);
  }
}

/** C ← Hₙ₋₁ᴴ ⋯ H₀ᴴ·C for the m × n panel of reflectors at A and the columns C right beside it. */
function applyPanel(ws: Workspace, m: number, n: number, columns: number, A: Split, tau: number): void {
  if (columns > 0) applyReflectors(ws, qrReflectors(m, n, A, tau), 1, columns, shifted(A, n * A.ld));
}

/** QR of a panel, m ≥ n. */
function factorPanel(ws: Workspace, m: number, n: number, A: Split, tau: number): void {
  if (n <= LEAF) return factorColumns(ws, m, n, A, tau);
  const left = n >> 1;
  factorPanel(ws, m, left, A, tau);
  applyPanel(ws, m, left, n - left, A, tau);
  factorPanel(ws, m - left, n - left, shifted(A, left * (A.ld + 1)), tau + 2 * left);
}

/** QR of a few columns, m ≥ n, one reflector after the other. */
function factorColumns(ws: Workspace, m: number, n: number, A: Split, tau: number): void {
  const { k, mem } = ws;
  const mark = ws.mark();
  const w = allocSplit(ws, LEAF, 1);
  for (let j = 0; j < n; j++) {
    const v = shifted(A, j * (A.ld + 1));
    const C = shifted(v, A.ld);
    const [rows, right] = [m - j, n - 1 - j];
    const { re, im } = makeReflector(ws, rows, v);
    mem[tau + 2 * j] = re;
    mem[tau + 2 * j + 1] = im;
    const r = mem[v.re];
    mem[v.re] = 1; // v, explicit for the kernels
    // C ← C − v·wᴴ, w = τ·Cᴴ·v
    clear(ws, right, w);
    addTimesConjugate(ws, rows, right, C, v, w);
    scaleBy(ws, right, re, im, w);
    k.ger(rows, right, -1, v.re, w.re, 1, C.re, C.ld);
    k.ger(rows, right, -1, v.im, w.im, 1, C.re, C.ld);
    k.ger(rows, right, -1, v.im, w.re, 1, C.im, C.ld);
    k.ger(rows, right, 1, v.re, w.im, 1, C.im, C.ld);
    mem[v.re] = r;
  }
  ws.release(mark);
}
