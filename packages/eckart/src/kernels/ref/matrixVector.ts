// Matrix-vector kernels, column-major A. Bound by one read of A.
import type { Mem } from "../abi.ts";
import { axpy, dot } from "./vector.ts";

/** y ← y + α·A·x. */
export function gemv(
  mem: Mem,
  m: number,
  n: number,
  alpha: number,
  A: number,
  lda: number,
  x: number,
  dx: number,
  y: number,
): void {
  for (; n > 0; n--, A += lda, x += dx) axpy(mem, m, alpha * mem[x], A, 1, y, 1);
}

/** y ← y + α·Aᵀ·x. */
export function gemvT(
  mem: Mem,
  m: number,
  n: number,
  alpha: number,
  A: number,
  lda: number,
  x: number,
  y: number,
  dy: number,
): void {
  for (; n > 0; n--, A += lda, y += dy) mem[y] += alpha * dot(mem, m, A, 1, x, 1);
}

/** A ← A + α·x·yᵀ. */
export function ger(
  mem: Mem,
  m: number,
  n: number,
  alpha: number,
  x: number,
  y: number,
  dy: number,
  A: number,
  lda: number,
): void {
  for (; n > 0; n--, A += lda, y += dy) axpy(mem, m, alpha * mem[y], x, 1, A, 1);
}

/** y ← y + α·A·x, A symmetric by columns of its lower triangle: column j is used as a column and, mirrored, as a row. */
export function symv(
  mem: Mem,
  n: number,
  columns: number,
  alpha: number,
  A: number,
  lda: number,
  x: number,
  y: number,
): void {
  for (let j = 0; j < columns; j++, A += lda + 1) {
    const below = n - 1 - j;
    const xj = mem[x + j];
    mem[y + j] += alpha * (mem[A] * xj + dot(mem, below, A + 1, 1, x + j + 1, 1));
    axpy(mem, below, alpha * xj, A + 1, 1, y + j + 1, 1);
  }
}

/** yⱼ ← τ·(Aⱼᵀu − correctionⱼ), wⱼ ← rowⱼ − yⱼ, z ← z + wⱼ·Aⱼ, column by column. */
export function bidiagonalPass(
  mem: Mem,
  m: number,
  n: number,
  A: number,
  lda: number,
  u: number,
  tau: number,
  correction: number,
  row: number,
  drow: number,
  y: number,
  w: number,
  z: number,
): void {
  for (let j = 0; j < n; j++, A += lda, row += drow) {
    mem[y + j] = tau * (dot(mem, m, A, 1, u, 1) - mem[correction + j]);
    mem[w + j] = mem[row] - mem[y + j];
    axpy(mem, m, mem[w + j], A, 1, z, 1);
  }
}
