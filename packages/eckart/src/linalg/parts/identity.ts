import type { Workspace } from "../../kernels/workspace.ts";

/**
 * A, rows × cols, becomes [X 0; 0 I], where X is its leading from × from block, which stays; from = 0 makes it the
 * identity.
 */
export function extendByIdentity(
  ws: Workspace,
  rows: number,
  cols: number,
  A: number,
  lda: number,
  from: number,
): void {
  for (let j = 0; j < cols; j++) {
    const column = A + j * lda;
    ws.mem.fill(0, column + (j < from ? from : 0), column + rows);
    if (j >= from && j < rows) ws.mem[column + j] = 1;
  }
}
