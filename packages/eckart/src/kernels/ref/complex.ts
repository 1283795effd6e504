// Matrix-vector products of complex matrices in split storage, real and imaginary parts apart. Twin: assembly/complex.ts.
import type { Mem } from "../abi.ts";

/** y ← y + α·A·x, column by column. */
export function cgemv(
  mem: Mem,
  m: number,
  n: number,
  alpha: number,
  Are: number,
  Aim: number,
  lda: number,
  xre: number,
  xim: number,
  yre: number,
  yim: number,
): void {
  for (let j = 0; j < n; j++, Are += lda, Aim += lda) {
    const cre = alpha * mem[xre + j];
    const cim = alpha * mem[xim + j];
    for (let i = 0; i < m; i++) {
      const a = mem[Are + i];
      const b = mem[Aim + i];
      mem[yre + i] += a * cre - b * cim;
      mem[yim + i] += a * cim + b * cre;
    }
  }
}

/** y ← y + α·Aᴴ·x, column by column. */
export function cgemvH(
  mem: Mem,
  m: number,
  n: number,
  alpha: number,
  Are: number,
  Aim: number,
  lda: number,
  xre: number,
  xim: number,
  yre: number,
  yim: number,
): void {
  for (let j = 0; j < n; j++, Are += lda, Aim += lda) {
    let re = 0;
    let im = 0;
    for (let i = 0; i < m; i++) {
      const a = mem[Are + i];
      const b = mem[Aim + i];
      re += a * mem[xre + i] + b * mem[xim + i];
      im += a * mem[xim + i] - b * mem[xre + i];
    }
    mem[yre + j] += alpha * re;
    mem[yim + j] += alpha * im;
  }
}

/** y ← y + α·A·x, A Hermitian by its lower triangle: column j is used as a column and, conjugated, as a row. */
export function hemv(
  mem: Mem,
  n: number,
  alpha: number,
  Are: number,
  Aim: number,
  lda: number,
  xre: number,
  xim: number,
  yre: number,
  yim: number,
): void {
  for (let j = 0; j < n; j++, Are += lda, Aim += lda) {
    const cre = alpha * mem[xre + j];
    const cim = alpha * mem[xim + j];
    let re = 0;
    let im = 0;
    for (let i = j + 1; i < n; i++) {
      const a = mem[Are + i];
      const b = mem[Aim + i];
      re += a * mem[xre + i] + b * mem[xim + i];
      im += a * mem[xim + i] - b * mem[xre + i];
      mem[yre + i] += a * cre - b * cim;
      mem[yim + i] += a * cim + b * cre;
    }
    mem[yre + j] += cre * mem[Are + j] + alpha * re;
    mem[yim + j] += cim * mem[Are + j] + alpha * im;
  }
}
