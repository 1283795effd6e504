// Complex matrices on real kernels.
//
// A complex matrix X lies split: two real blocks, its real and its imaginary part. A panel, the narrow matrix of a
// blocked algorithm, holds each of its columns twice, as x and i·x. Real kernels on the blocks X̂re and X̂im, of twice as
// many columns, then do complex arithmetic, because for coefficients c laid out as ĉ = (re c₀, im c₀, re c₁, …)
//
//   re(X·c) = X̂re·ĉ,    im(X·c) = X̂im·ĉ,    the layout of Xᴴ·v is X̂reᵀ·re(v) + X̂imᵀ·im(v),
//
// and row i of X̂re is the layout of the conjugate of row i of X. So X·Yᴴ = X̂re·Ŷreᵀ + i·X̂im·Ŷreᵀ, 8 flops an entry and
// column as complex arithmetic takes, and every entry has the small componentwise error of a real product. (Three real
// products would do with 6 flops, at the price of an imaginary part that is only as good as the norm of the whole.)
import type { Workspace } from "../../kernels/workspace.ts";

/** A complex matrix or vector in linear memory: offsets of its real and its imaginary part, one leading dimension. */
export interface Split {
  readonly re: number;
  readonly im: number;
  readonly ld: number;
}

/** The split matrix that begins `by` elements later. */
export function shifted({ re, im, ld }: Split, by: number): Split {
  return { re: re + by, im: im + by, ld };
}

/** Room for `cols` columns of `ld` elements in each part. */
export function allocSplit(ws: Workspace, ld: number, cols: number): Split {
  return { re: ws.alloc(ld * cols), im: ws.alloc(ld * cols), ld };
}

/** The `rows` entries of the vector x become zero. */
export function clear(ws: Workspace, rows: number, x: Split): void {
  ws.mem.fill(0, x.re, x.re + rows);
  ws.mem.fill(0, x.im, x.im + rows);
}

/** x ← (re + i·im)·x; entries lie dx apart. */
export function scaleBy(ws: Workspace, n: number, re: number, im: number, x: Split, dx = 1): void {
  if (im === 0) {
    ws.k.scal(n, re, x.re, dx);
    ws.k.scal(n, re, x.im, dx);
  } else ws.k.rot(n, x.re, dx, x.im, dx, re, -im);
}

/** Writes i·x behind the panel column x. */
export function writeTurned(ws: Workspace, rows: number, x: Split): void {
  const { mem } = ws;
  const { re, im, ld } = x;
  mem.copyWithin(im + ld, re, re + rows);
  for (let i = 0; i < rows; i++) mem[re + ld + i] = -mem[im + i];
}

/** y ← y + α·X·c for the first `cols` columns of a panel; the coefficients ĉ lie dc apart. */
export function addCombination(
  ws: Workspace,
  rows: number,
  cols: number,
  alpha: number,
  X: Split,
  c: number,
  dc: number,
  y: Split,
): void {
  ws.k.gemv(rows, 2 * cols, alpha, X.re, X.ld, c, dc, y.re);
  ws.k.gemv(rows, 2 * cols, alpha, X.im, X.ld, c, dc, y.im);
}

/** The layout of Xᴴ·v over the first `cols` columns of a panel, at c. */
export function project(ws: Workspace, rows: number, cols: number, X: Split, v: Split, c: number): void {
  ws.mem.fill(0, c, c + 2 * cols);
  ws.k.gemvT(rows, 2 * cols, 1, X.re, X.ld, v.re, c, 1);
  ws.k.gemvT(rows, 2 * cols, 1, X.im, X.ld, v.im, c, 1);
}

/** C ← C − X·Yᴴ, m × n, for the first `cols` columns of two panels. */
export function subtractProduct(ws: Workspace, m: number, n: number, cols: number, X: Split, Y: Split, C: Split): void {
  ws.k.gemm(0, 1, m, n, 2 * cols, -1, X.re, X.ld, Y.re, Y.ld, 1, C.re, C.ld);
  ws.k.gemm(0, 1, m, n, 2 * cols, -1, X.im, X.ld, Y.re, Y.ld, 1, C.im, C.ld);
}

/** y ← y + A·x, A m × n. */
export function addTimes(ws: Workspace, m: number, n: number, A: Split, x: Split, y: Split): void {
  ws.k.cgemv(m, n, 1, A.re, A.im, A.ld, x.re, x.im, y.re, y.im);
}

/** y ← y + Aᴴ·x, A m × n. */
export function addTimesConjugate(ws: Workspace, m: number, n: number, A: Split, x: Split, y: Split): void {
  ws.k.cgemvH(m, n, 1, A.re, A.im, A.ld, x.re, x.im, y.re, y.im);
}
