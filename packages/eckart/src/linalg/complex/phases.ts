import type { Workspace } from "../../kernels/workspace.ts";
import { scaleBy, shifted, type Split } from "./panel.ts";

/**
 * The rule of phases: in every column of `lead` (rows × cols) the entry of largest magnitude is real and positive; the
 * same columns of `mate` turn with it. Of entries that are equal to about six digits the first decides, so that rounding
 * does not.
 */
export function fixPhases(
  ws: Workspace,
  cols: number,
  lead: Split & { readonly rows: number },
  mate: (Split & { readonly rows: number }) | null,
): void {
  const { mem } = ws;
  for (let j = 0; j < cols; j++) {
    const column = shifted(lead, j * lead.ld);
    const top = leading(ws, lead.rows, column);
    const [re, im] = [mem[column.re + top], mem[column.im + top]];
    if (im === 0 && re >= 0) continue;
    const size = Math.hypot(re, im);
    scaleBy(ws, lead.rows, re / size, -im / size, column);
    if (mate) scaleBy(ws, mate.rows, re / size, -im / size, shifted(mate, j * mate.ld));
    mem[column.re + top] = size;
    mem[column.im + top] = 0;
  }
}

/** The first entry whose magnitude is, to about six digits, the largest; 0 where all are zero. */
function leading({ mem }: Workspace, rows: number, x: Split): number {
  const square = (i: number): number => mem[x.re + i] ** 2 + mem[x.im + i] ** 2;
  let largest = 0;
  for (let i = 0; i < rows; i++) largest = Math.max(largest, square(i));
  let i = 0;
  while (i < rows - 1 && square(i) < largest * (1 - 2 ** -19)) i++;
  return i;
}
