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

/**
 * Where the kernels of the dtype find `count` rotations at c and s, offsets in `scalars`: there, or in their own precision
 * from the f64 place `spare` on.
 */
export function rotationsFor(
  mem: Mem,
  scalars: Float64Array,
  count: number,
  c: number,
  s: number,
  spare: number,
): [c: number, s: number] {
  if (mem === scalars) return [c, s];
  const narrow = 2 * spare;
  for (let i = 0; i < count; i++) {
    mem[narrow + i] = scalars[c + i];
    mem[narrow + count + i] = scalars[s + i];
  }
  return [narrow, narrow + count];
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
