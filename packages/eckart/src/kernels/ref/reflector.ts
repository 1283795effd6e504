// The triangle of a block of reflectors, and the transpose of a matrix. Bound by memory traffic.
import type { Mem } from "../abi.ts";
import { axpy } from "./vector.ts";

/** T of the compact WY form by columns, Tⱼ = τⱼ·[−T·(Vᵀvⱼ); 1]: see the list of kernels. */
export function wyTriangle(mem: Mem, k: number, tau: number, gram: number, ldg: number, T: number, ldt: number): void {
  for (let j = 0; j < k; j++) {
    const column = T + j * ldt;
    mem.fill(0, column, column + k);
    for (let p = 0; p < j; p++) axpy(mem, p + 1, -mem[tau + j] * mem[gram + p + j * ldg], T + p * ldt, 1, column, 1);
    mem[column + j] = mem[tau + j];
  }
}

/** B ← Aᵀ, A m × n. */
export function transpose(mem: Mem, m: number, n: number, A: number, lda: number, B: number, ldb: number): void {
  for (let j = 0; j < n; j++) for (let i = 0; i < m; i++) mem[B + j + i * ldb] = mem[A + i + j * lda];
}
