import type { Workspace } from "../../kernels/workspace.ts";

/**
 * The rule of signs: in every column of `lead` (rows × cols) the entry of largest magnitude is positive; the same
 * columns of `mate` turn with it. Of entries that are equal to about six digits the first decides, so that rounding
 * does not.
 */
export function fixSigns(
  ws: Workspace,
  cols: number,
  lead: { readonly at: number; readonly ld: number; readonly rows: number },
  mate: { readonly at: number; readonly ld: number; readonly rows: number } | null,
): void {
  const { k, mem } = ws;
  for (let j = 0; j < cols; j++) {
    const column = lead.at + j * lead.ld;
    const top = k.iamax(lead.rows, column, 1);
    if (top < 0) continue;
    const close = Math.abs(mem[column + top]) * (1 - 2 ** -20);
    let i = 0;
    while (i < top && Math.abs(mem[column + i]) < close) i++;
    if (mem[column + i] >= 0) continue;
    k.scal(lead.rows, -1, column, 1);
    if (mate) k.scal(mate.rows, -1, mate.at + j * mate.ld, 1);
  }
}
