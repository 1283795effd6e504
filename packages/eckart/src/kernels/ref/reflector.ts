// Householder reflectors, the triangle of a block of them, and the transpose of a matrix. Bound by memory traffic.
import type { Mem } from "../abi.ts";
import { axpy, dot, nrm2, scal } from "./vector.ts";

/** [α; x] ← [β; v], and τ: see the list of kernels. */
export function reflector(mem: Mem, n: number, x: number): number {
  if (nrm2(mem, n - 1, x + 1, 1) === 0) return 0;
  // Close to underflow v = x/(α − β) would lose digits: work on a multiple that is in range, at most a few times.
  const least = mem instanceof Float32Array ? 2 ** -103 : 2 ** -970;
  let length = nrm2(mem, n, x, 1);
  let rescaled = 0;
  for (; length < least && rescaled < 20; rescaled++) {
    scal(mem, n, 1 / least, x, 1);
    length = nrm2(mem, n, x, 1);
  }
  const alpha = mem[x];
  let beta = alpha < 0 ? length : -length;
  const tau = (beta - alpha) / beta;
  scal(mem, n - 1, 1 / (alpha - beta), x + 1, 1);
  for (; rescaled > 0; rescaled--) beta *= least;
  mem[x] = beta;
  return tau;
}

/** C ← H₀·H₁ ⋯ C, or the other way about: a reflector after the other. */
export function reflect(
  mem: Mem,
  ascending: 0 | 1,
  m: number,
  n: number,
  k: number,
  V: number,
  ldv: number,
  tau: number,
  C: number,
  ldc: number,
): void {
  for (let t = 0; t < k; t++) {
    const i = ascending ? t : k - 1 - t;
    const v = V + i * (ldv + 1);
    for (let j = 0, c = C + i; j < n; j++, c += ldc) {
      const factor = mem[tau + i] * (mem[c] + dot(mem, m - i - 1, v + 1, 1, c + 1, 1));
      mem[c] -= factor;
      axpy(mem, m - i - 1, -factor, v + 1, 1, c + 1, 1);
    }
  }
}

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
