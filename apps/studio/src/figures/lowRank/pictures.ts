/** A letter drawn with # on 12 × 12 cells. */
const LETTER = `
............
..########..
..########..
..##........
..##........
..######....
..######....
..##........
..##........
..##........
..##........
............`;

const drawn = (text: string): number[][] =>
  text
    .trim()
    .split("\n")
    .map((line) => Array.from(line, (cell) => (cell === "#" ? 1 : 0)));

const computed = (size: number, value: (x: number, y: number) => number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => value(j / (size - 1), i / (size - 1))));

/** Small matrices to take apart: a letter, two hills, a ramp of rank two, a disc, and the diagonal, which has no best rank. */
export const PICTURES = {
  letter: drawn(LETTER),
  hills: computed(16, (x, y) => Math.exp(-12 * ((x - 0.3) ** 2 + (y - 0.3) ** 2)) - 0.8 * Math.exp(-18 * ((x - 0.7) ** 2 + (y - 0.75) ** 2 + (x - 0.7) * (y - 0.75)))), // oxfmt-ignore
  ramp: computed(12, (x, y) => (x + y) / 2),
  disc: computed(16, (x, y) => (Math.hypot(x - 0.5, y - 0.5) < 0.42 ? 1 : 0)),
  diagonal: computed(12, (x, y) => (x === y ? 1 : 0)),
} satisfies Readonly<Record<string, number[][]>>;

/** What can be taken apart. */
export type PictureName = keyof typeof PICTURES;
