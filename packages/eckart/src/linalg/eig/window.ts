// A similarity that was worked out on a diagonal window of H and gathered in an orthogonal U, carried to the rest of H and
// to Z by matrix products.
import { leadingDimension, matrixSize, type Workspace } from "../../kernels/workspace.ts";
import { type Hessenberg, reach } from "./schur.ts";

/** Elements that `turnBeside` takes for windows of the given order. */
export const turnBesideScratch = (n: number, order: number): number =>
  Math.max(matrixSize(order, n), matrixSize(n, order));

/**
 * H ← diag(I, Uᵀ, I)·H·diag(I, U, I) outside the window of the given order at row `at`, where it was done, and Z ← Z·U;
 * first … last is the active block, all that counts where H is not wanted whole.
 */
export function turnBeside(
  ws: Workspace,
  F: Hessenberg,
  at: number,
  order: number,
  U: number,
  ldu: number,
  first: number,
  last: number,
): void {
  const { k, mem } = ws;
  const { H, ldh, Z, ldz, rows } = F;
  const { top, columns } = reach(F, first, last);
  const mark = ws.mark();
  const product = ws.alloc(turnBesideScratch(F.n, order));
  const copy = (to: number, ld: number, from: number, ldf: number, m: number, n: number): void => {
    for (let j = 0; j < n; j++) mem.copyWithin(to + j * ld, from + j * ldf, from + j * ldf + m);
  };
  const fromRight = (m: number, A: number, lda: number): void => {
    const ld = leadingDimension(m);
    k.gemm(0, 0, m, order, order, 1, A, lda, U, ldu, 0, product, ld);
    copy(A, lda, product, ld, m, order);
  };
  fromRight(at - top, H + top + at * ldh, ldh);
  fromRight(rows, Z + at * ldz, ldz);

  const beyond = columns - at - order;
  const right = H + at + (at + order) * ldh;
  const ld = leadingDimension(order);
  k.gemm(1, 0, order, beyond, order, 1, U, ldu, right, ldh, 0, product, ld);
  copy(right, ldh, product, ld, order, beyond);
  ws.release(mark);
}
