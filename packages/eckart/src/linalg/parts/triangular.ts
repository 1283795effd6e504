// Triangular systems with many right-hand sides, by halves (Elmroth, Gustavson, Jonsson & Kågström, SIAM Review 46,
// 2004): nearly all of the work is matrix products.
import type { Workspace } from "../../kernels/workspace.ts";
import { tuning } from "../tuning.ts";

/** A triangular matrix in linear memory: only the named triangle is read. */
export interface Triangle {
  readonly T: number;
  readonly ldt: number;
  readonly upper: 0 | 1;
  /** 1: the transpose of what is stored. */
  readonly trans: 0 | 1;
  /** 1: the diagonal counts as ones and is not read. */
  readonly unit: 0 | 1;
}

/**
 * B ← op(T)⁻¹·B ("left", T of order m) or B·op(T)⁻¹ ("right", T of order n) for B, m × n. A zero on the diagonal gives
 * what division gives. Cost: m²n or mn² flops.
 */
export function solveTriangular(
  ws: Workspace,
  side: "left" | "right",
  triangle: Triangle,
  m: number,
  n: number,
  B: number,
  ldb: number,
): void {
  const { T, ldt, upper, trans, unit } = triangle;
  const left = side === "left";
  const order = left ? m : n;
  if (order <= tuning.panel) {
    ws.k.trsm(left ? 0 : 1, upper, trans, unit, m, n, T, ldt, B, ldb);
    return;
  }
  // Halves of T and of B: [1] is known first where op(T) is lower ("left") or upper ("right").
  const h = order >> 1;
  const rest = order - h;
  const second = { ...triangle, T: T + h * (ldt + 1) };
  const B2 = B + (left ? h : h * ldb);
  const corner = upper ? T + h * ldt : T + h; // T₁₂ or T₂₁, as stored
  const solve = (half: Triangle, size: number, at: number): void =>
    solveTriangular(ws, side, half, left ? size : m, left ? n : size, at, ldb);
  const forward = left === (upper === trans);
  const [from, to, inner, outer] = forward ? [B, B2, h, rest] : [B2, B, rest, h];
  solve(forward ? triangle : second, inner, from);
  if (left) ws.k.gemm(trans, 0, outer, n, inner, -1, corner, ldt, from, ldb, 1, to, ldb);
  else ws.k.gemm(0, trans, m, outer, inner, -1, from, ldb, corner, ldt, 1, to, ldb);
  solve(forward ? second : triangle, outer, to);
}
