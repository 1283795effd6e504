import { significant, typeset } from "@eckart/views";

/** A number with so many significant figures, however small. */
export const figures = (x: number, digits = 4): string => typeset(significant(x, digits));

/** A bound from above with two figures, never below itself. */
export function bounded(x: number): string {
  if (!Number.isFinite(x)) return "∞";
  if (x === 0) return "0";
  const nearest = Number(x.toPrecision(2));
  const step = 10 ** (Math.floor(Math.log10(x)) - 1);
  return typeset(significant(nearest >= x ? nearest : Number((nearest + step).toPrecision(2)), 2));
}

/** A complex number; a real one where the imaginary part is 0. */
export function complexNumber(re: number, im: number): string {
  return im === 0 ? figures(re) : `${figures(re)} ${im < 0 ? "−" : "+"} ${figures(Math.abs(im))}i`;
}

/** 10 to a power that no double holds. */
export function magnitude(log10: number): string {
  const power = Math.floor(log10 + 5e-5);
  return typeset(`${(10 ** (log10 - power)).toFixed(3)}e${power}`);
}

/** Milliseconds for a reader. */
export const timeInWords = (ms: number): string =>
  ms < 10 ? `${ms.toFixed(1)} ms` : ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
