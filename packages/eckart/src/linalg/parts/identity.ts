import { zero } from "../../kernels/moves.ts";
import type { Workspace } from "../../kernels/workspace.ts";

/**
 * A, rows × cols, becomes [X 0; 0 I], where X is its leading from × from block, which stays; without `from` it becomes the
 * identity.
 */
export function extendByIdentity(ws: Workspace, rows: number, cols: number, A: number, lda: number, from = 0): void {
  for (let j = 0; j < cols; j++) {
    const column = A + j * lda;
    const kept = j < from ? from : 0;
    zero(ws.mem, column + kept, rows - kept);
    if (j >= from && j < rows) ws.mem[column + j] = 1;
  }
}
