// Plane rotations. Bound by memory: 4n values moved for 6n flops.
import type { Mem } from "../abi.ts";

/** [xᵢ yᵢ] ← [xᵢ yᵢ]·[c −s; s c]. */
export function rot(mem: Mem, n: number, x: number, dx: number, y: number, dy: number, c: number, s: number): void {
  for (; n > 0; n--, x += dx, y += dy) {
    const xi = mem[x];
    const yi = mem[y];
    mem[x] = c * xi + s * yi;
    mem[y] = c * yi - s * xi;
  }
}

/** Rotation i on columns i and i + 1 of A, for i = 0 … n−2 or downward. */
export function rotSweep(
  mem: Mem,
  m: number,
  n: number,
  A: number,
  lda: number,
  c: number,
  s: number,
  backward: 0 | 1,
): void {
  for (let k = 0; k < n - 1; k++) {
    const i = backward ? n - 2 - k : k;
    rot(mem, m, A + i * lda, 1, A + (i + 1) * lda, 1, mem[c + i], mem[s + i]);
  }
}
