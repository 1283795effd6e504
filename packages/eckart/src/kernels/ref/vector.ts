// Vector kernels (level-1 BLAS). Bound by memory traffic.
import type { Mem } from "../abi.ts";

/** xᵀy. */
export function dot(mem: Mem, n: number, x: number, dx: number, y: number, dy: number): number {
  let sum = 0;
  for (; n > 0; n--, x += dx, y += dy) sum += mem[x] * mem[y];
  return sum;
}

/** y ← y + α·x. */
export function axpy(mem: Mem, n: number, alpha: number, x: number, dx: number, y: number, dy: number): void {
  for (; n > 0; n--, x += dx, y += dy) mem[y] += alpha * mem[x];
}

/** x ← α·x. */
export function scal(mem: Mem, n: number, alpha: number, x: number, dx: number): void {
  for (; n > 0; n--, x += dx) mem[x] *= alpha;
}

/** x ↔ y. */
export function swap(mem: Mem, n: number, x: number, dx: number, y: number, dy: number): void {
  for (; n > 0; n--, x += dx, y += dy) {
    const t = mem[x];
    mem[x] = mem[y];
    mem[y] = t;
  }
}

/** First index of the largest |xᵢ|; −1 when there is none. */
export function iamax(mem: Mem, n: number, x: number, dx: number): number {
  let best = -1;
  let index = -1;
  for (let i = 0; i < n; i++, x += dx) {
    const a = Math.abs(mem[x]);
    if (a > best) {
      best = a;
      index = i;
    }
  }
  return index;
}

/** ‖x‖₂: the plain sum of squares where it is safe, else scaled by the largest entry. */
export function nrm2(mem: Mem, n: number, x: number, dx: number): number {
  const sum = dot(mem, n, x, dx, x, dx);
  if (sum > 1e-270 && sum < 1e300) return Math.sqrt(sum);
  const index = iamax(mem, n, x, dx);
  if (index < 0) return n > 0 ? NaN : 0;
  const largest = Math.abs(mem[x + index * dx]);
  if (largest === 0 || largest === Infinity) return largest;
  let scaled = 0;
  for (; n > 0; n--, x += dx) {
    const r = mem[x] / largest;
    scaled += r * r;
  }
  return largest * Math.sqrt(scaled);
}
