// C ← α·op(A)·op(B) + β·C, column-major, one column of C at a time. Bound by the multiply and add units.
import type { Mem } from "../abi.ts";
import { axpy, dot } from "./vector.ts";

/** C ← α·op(A)·op(B) + β·C. */
export function gemm(
  mem: Mem,
  transA: 0 | 1,
  transB: 0 | 1,
  m: number,
  n: number,
  k: number,
  alpha: number,
  A: number,
  lda: number,
  B: number,
  ldb: number,
  beta: number,
  C: number,
  ldc: number,
): void {
  const bRow = transB ? ldb : 1;
  const bColumn = transB ? 1 : ldb;
  for (let j = 0; j < n; j++, B += bColumn, C += ldc) {
    for (let i = 0; i < m; i++) mem[C + i] = beta === 0 ? 0 : beta * mem[C + i];
    if (transA) {
      for (let i = 0; i < m; i++) mem[C + i] += alpha * dot(mem, k, A + i * lda, 1, B, bRow);
    } else {
      for (let p = 0; p < k; p++) axpy(mem, m, alpha * mem[B + p * bRow], A + p * lda, 1, C, 1);
    }
  }
}
