// Matrices of scalars, which are f64 whatever the dtype, where kernels of the dtype are to read them.
import type { DType } from "../../kernels/abi.ts";
import type { Workspace } from "../../kernels/workspace.ts";

/** Elements that `inDtype` takes. */
export const roundedSize = (dtype: DType, count: number): number => (dtype === "f64" ? 0 : count);

/** The offset of `count` scalars in the dtype of the workspace: where they are, or in f32 a rounded copy of them. */
export function inDtype(ws: Workspace, scalars: number, count: number): number {
  if (ws.dtype === "f64") return scalars;
  const { mem, mem64 } = ws;
  const copy = ws.alloc(count);
  for (let i = 0; i < count; i++) mem[copy + i] = mem64[scalars + i];
  return copy;
}
