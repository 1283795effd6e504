// Moves within the memory of kernels. Columns of small matrices are many and short: up to here a loop is quicker than a
// method of a typed array, which takes 50 ns.
import type { Mem } from "./abi.ts";

const SHORT = 48;

/** Zeroes `length` elements. */
export function zero(mem: Mem, at: number, length: number): void {
  if (length > SHORT) mem.fill(0, at, at + length);
  else for (let i = 0; i < length; i++) mem[at + i] = 0;
}

/** Copies `length` elements; the two places do not overlap. */
export function copy(mem: Mem, to: number, from: number, length: number): void {
  if (length > SHORT) mem.copyWithin(to, from, from + length);
  else for (let i = 0; i < length; i++) mem[to + i] = mem[from + i];
}
