// Triangular systems with many right-hand sides: the small triangles on the diagonal of a blocked solve.
import type { Mem } from "../abi.ts";
import { axpy, dot } from "./vector.ts";

/** B ← op(T)⁻¹·B, or B·op(T)⁻¹ where `right` is 1. */
export function trsm(
  mem: Mem,
  right: 0 | 1,
  upper: 0 | 1,
  trans: 0 | 1,
  unit: 0 | 1,
  m: number,
  n: number,
  T: number,
  ldt: number,
  B: number,
  ldb: number,
): void {
  if (right) return solveRight(mem, upper, trans, unit, m, n, T, ldt, B, ldb);
  for (let j = 0; j < n; j++, B += ldb) solveColumn(mem, upper, trans, unit, m, T, ldt, B);
}

/** One column of op(T)·x = b: step i takes unknown p; the triangle beyond it lies in column p of T. */
function solveColumn(
  mem: Mem,
  upper: 0 | 1,
  trans: 0 | 1,
  unit: 0 | 1,
  m: number,
  T: number,
  ldt: number,
  b: number,
): void {
  for (let i = 0; i < m; i++) {
    const p = upper === trans ? i : m - 1 - i;
    const diagonal = T + p * (ldt + 1);
    const rows = upper ? p : m - 1 - p;
    const tail = upper ? diagonal - p : diagonal + 1;
    const part = upper ? b : b + p + 1;
    if (trans) mem[b + p] -= dot(mem, rows, tail, 1, part, 1);
    if (!unit) mem[b + p] /= mem[diagonal];
    if (!trans) axpy(mem, rows, -mem[b + p], tail, 1, part, 1);
  }
}

/** X·op(T) = B: column j of X is (bⱼ − Σ xₚ·op(T)ₚⱼ)/op(T)ⱼⱼ over the columns p found before it. */
function solveRight(
  mem: Mem,
  upper: 0 | 1,
  trans: 0 | 1,
  unit: 0 | 1,
  m: number,
  n: number,
  T: number,
  ldt: number,
  B: number,
  ldb: number,
): void {
  const [down, along] = trans ? [ldt, 1] : [1, ldt];
  const place = (i: number): number => (upper !== trans ? i : n - 1 - i);
  for (let i = 0; i < n; i++) {
    const j = place(i);
    for (let q = 0; q < i; q++) {
      const p = place(q);
      axpy(mem, m, -mem[T + p * down + j * along], B + p * ldb, 1, B + j * ldb, 1);
    }
    if (!unit) for (let r = 0; r < m; r++) mem[B + j * ldb + r] /= mem[T + j * (ldt + 1)];
  }
}
