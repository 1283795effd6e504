// Moves of numbers to, from and within linear memory. Columns of small matrices are many and short: up to here a loop is
// quicker than a method of a typed array, which takes 50 ns.
import type { Mem } from "./abi.ts";

const SHORT = 48;

/** Zeroes `length` elements. */
export function zero(mem: Mem, at: number, length: number): void {
  if (length > SHORT) mem.fill(0, at, at + length);
  else for (let i = 0; i < length; i++) mem[at + i] = 0;
}

/** Copies `length` elements to another array, or to a place of the same one that does not overlap; returns where to. */
export function copy<To extends Mem>(from: Mem, at: number, length: number, to: To, place: number): To {
  if (length > SHORT) to.set(from.subarray(at, at + length), place);
  else for (let i = 0; i < length; i++) to[place + i] = from[at + i];
  return to;
}
