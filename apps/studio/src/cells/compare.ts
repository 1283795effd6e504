/** How a printed text stands to the recorded one. */
export type Comparison =
  | { readonly kind: "identical" }
  /** The same but for numbers that only measure rounding, the largest of them here and there. */
  | { readonly kind: "rounding"; readonly here: number; readonly recorded: number }
  | { readonly kind: "different" };

const NUMBER = /-?\d+(?:\.\d*)?(?:e[-+]\d+)?/g;

/** Numbers of size 1 that differ by less differ by their last few bits. */
const ROUNDING = 1e-14;

/**
 * Compares two outputs to the letter, but for errors that are zero except for rounding: the last bits of a computation
 * belong to the order of its additions, so another right program prints another number there.
 */
export function compare(printed: string, recorded: string): Comparison {
  if (printed === recorded) return { kind: "identical" };
  if (printed.replace(NUMBER, "#") !== recorded.replace(NUMBER, "#")) return { kind: "different" };
  const theirs = recorded.match(NUMBER)!;
  let [here, there] = [0, 0];
  for (const [i, word] of printed.match(NUMBER)!.entries()) {
    if (word === theirs[i]) continue;
    const [x, y] = [Math.abs(Number(word)), Math.abs(Number(theirs[i]))];
    // A zero that was printed as such is no error that was measured.
    if (!(x < ROUNDING && y < ROUNDING && y > 0)) return { kind: "different" };
    [here, there] = [Math.max(here, x), Math.max(there, y)];
  }
  return { kind: "rounding", here, recorded: there };
}
