// Singular value decompositions of many 2 × 2 matrices in closed form; the formulas are those of `svd2x2`. The
// WebAssembly twin takes two matrices a vector. f32 is computed in f64.
import type { Mem } from "../abi.ts";
import { svd2x2, svd2x2Record } from "./twoByTwo.ts";

const pair = svd2x2Record();

/** Aₜ = Uₜ·diag(sₜ)·Vtₜ for matrices t = 0 … count−1; returns how many hold an entry that is not finite. */
export function batchSvd2x2(
  mem: Mem,
  count: number,
  A: number,
  U: number,
  s: number,
  Vt: number,
  vectors: 0 | 1,
  left: number,
): number {
  let leftOver = 0;
  for (let t = 0; t < count; t++, A += 4, U += 4, s += 2, Vt += 4) {
    const [a, b, c, d] = [mem[A], mem[A + 1], mem[A + 2], mem[A + 3]];
    const bad = !Number.isFinite(a) || !Number.isFinite(b) || !Number.isFinite(c) || !Number.isFinite(d);
    mem[left + t] = bad ? 1 : 0;
    if (bad) {
      leftOver++;
      continue;
    }
    svd2x2(a, b, c, d, pair);
    const { max, min, cosLeft, sinLeft, cosRight, sinRight } = pair;
    mem[s] = max;
    mem[s + 1] = Math.abs(min);
    if (!vectors) continue;
    const first = leading(cosRight, sinRight);
    const second = leading(-sinRight, cosRight);
    const mirrored = min < 0 ? -second : second;
    storeRow(mem, Vt, first * cosRight, first * sinRight);
    storeRow(mem, Vt + 2, -second * sinRight, second * cosRight);
    storeRow(mem, U, first * cosLeft, -mirrored * sinLeft);
    storeRow(mem, U + 2, first * sinLeft, mirrored * cosLeft);
  }
  return leftOver;
}

/** The sign of x where it leads the row (x, y), else of y. */
function leading(x: number, y: number): number {
  return Math.abs(x) >= Math.abs(y) * (1 - 2 ** -20) ? Math.sign(x) : Math.sign(y);
}

/** −0 becomes 0. */
function storeRow(mem: Mem, to: number, x: number, y: number): void {
  mem[to] = x + 0;
  mem[to + 1] = y + 0;
}
