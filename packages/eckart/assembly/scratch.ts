// The one region that kernels may use between their own steps. The loader gives every instance (every thread) its own.
// Layout in bytes: 64 for small hand-overs, 512 for pairs of sums or a tile, then the packed panels of gemm.

export let scratch: usize = 0;

/** Whether the engine joins pairs of vectors to one of 256 bits: loops then keep two vectors of each sum. */
export let wide: bool = false;

export function setScratch(address: usize, joinsPairs: i32): void {
  scratch = address;
  wide = joinsPairs != 0;
}

/** Byte offset of the pairs of sums, and of what lies behind them. */
export const PAIRS: usize = 64;
export const BEHIND_PAIRS: usize = PAIRS + 512;
