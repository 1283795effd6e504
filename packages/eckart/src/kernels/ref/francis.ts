// The chase of implicit QR on an upper Hessenberg matrix: H ← QᵀHQ by reflectors of order three, each of which moves
// the bulge that the last one left by one row. Bound by memory: 3 values moved for 10 flops.
// Source: Francis, Comput. J. 4 (1961); Golub & Van Loan, Matrix Computations, 4th ed., §7.5.
import type { Mem } from "../abi.ts";

/** Chases one bulge from row `from` to row `to`: see the list of kernels. */
export function francisChase(
  mem: Mem,
  H: number,
  ldh: number,
  from: number,
  to: number,
  last: number,
  top: number,
  columns: number,
  start: 0 | 1 | 2,
  x: number,
  y: number,
  z: number,
  Z: number,
  ldz: number,
  rows: number,
): void {
  for (let k = from; k < to; k++) {
    const wide = k + 2 <= last;
    const left = H + k + (k - 1) * ldh;
    const opening = start > 0 && k === from;
    const v0 = opening ? x : mem[left];
    const v1 = opening ? y : mem[left + 1];
    const v2 = !wide ? 0 : opening ? z : mem[left + 2];
    const size = Math.abs(v0) + Math.abs(v1) + Math.abs(v2);
    if (size === 0) continue;
    const a = v0 / size;
    const b = v1 / size;
    const c = v2 / size;
    const norm = Math.sqrt(a * a + b * b + c * c);
    const beta = a < 0 ? norm : -norm;
    const p = b / (a - beta);
    const q = c / (a - beta);
    const tau = (beta - a) / beta;
    if (!opening) {
      mem[left] = beta * size;
      mem[left + 1] = 0;
      if (wide) mem[left + 2] = 0;
    } else if (start === 2) {
      mem[left] *= 1 - tau;
    }
    // I − τ·[1 p q]ᵀ[1 p q] from the left and from the right.
    for (let j = k; j < columns; j++) {
      const at = H + k + j * ldh;
      const sum = tau * (mem[at] + p * mem[at + 1] + (wide ? q * mem[at + 2] : 0));
      mem[at] -= sum;
      mem[at + 1] -= sum * p;
      if (wide) mem[at + 2] -= sum * q;
    }
    const bottom = Math.min(k + 3, last);
    turnColumns(mem, bottom + 1 - top, H + top + k * ldh, ldh, wide, tau, p, q);
    turnColumns(mem, rows, Z + k * ldz, ldz, wide, tau, p, q);
  }
}

function turnColumns(
  mem: Mem,
  rows: number,
  at: number,
  ld: number,
  wide: boolean,
  tau: number,
  p: number,
  q: number,
): void {
  for (; rows > 0; rows--, at++) {
    const sum = tau * (mem[at] + p * mem[at + ld] + (wide ? q * mem[at + 2 * ld] : 0));
    mem[at] -= sum;
    mem[at + ld] -= sum * p;
    if (wide) mem[at + 2 * ld] -= sum * q;
  }
}
