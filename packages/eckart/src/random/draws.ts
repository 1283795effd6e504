// Numbers of every distribution here are made from 32-bit words, in the way NumPy's RandomState makes them.
import { OptionError } from "../errors.ts";

/** The next 32-bit word of a generator. */
export type Word = () => number;

/** A uniform double in [0, 1): 53 random bits. */
export function uniform(word: Word): number {
  const high = word() >>> 5;
  const low = word() >>> 6;
  return (high * 67108864 + low) / 9007199254740992;
}

/** Standard normals by the polar method, two at a time, of which the second is kept for the next call. */
export function normalDraws(word: Word): () => number {
  let kept: number | null = null;
  return () => {
    if (kept !== null) {
      const value = kept;
      kept = null;
      return value;
    }
    let x = 0;
    let y = 0;
    let r2 = 0;
    do {
      x = 2 * uniform(word) - 1;
      y = 2 * uniform(word) - 1;
      r2 = x * x + y * y;
    } while (r2 >= 1 || r2 === 0);
    const f = Math.sqrt((-2 * Math.log(r2)) / r2);
    kept = f * x;
    return f * y;
  };
}

/** A whole number from 0 to `most`, each equally likely: words cut to the bits of `most`, larger ones thrown away. */
export function bounded(word: Word, most: number): number {
  if (most === 0) return 0;
  if (most < 2 ** 32) {
    const mask = 2 ** (32 - Math.clz32(most)) - 1;
    for (;;) {
      const value = (word() & mask) >>> 0;
      if (value <= most) return value;
    }
  }
  const highMask = 2 ** (32 - Math.clz32(Math.floor(most / 2 ** 32))) - 1;
  for (;;) {
    const high = (word() & highMask) >>> 0;
    const value = high * 2 ** 32 + word();
    if (value <= most) return value;
  }
}

/** 0 … n−1 in random order: Fisher–Yates from the end. */
export function shuffled(word: Word, n: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = bounded(word, i);
    const value = order[i];
    order[i] = order[j];
    order[j] = value;
  }
  return order;
}

/** Refuses a seed that is not a whole number from 0 to 2³² − 1. */
export function checkSeed(where: string, seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new OptionError(where, "seed", seed, "a whole number from 0 to 4294967295");
  }
}

/** Refuses a range of whole numbers that is empty or wider than a double counts. */
export function checkRange(where: string, low: number, high: number): void {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || high <= low || high - low > 2 ** 53) {
    throw new OptionError(where, "low, high", `${low}, ${high}`, "whole numbers, low < high");
  }
}
