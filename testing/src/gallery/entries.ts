/** Entry (i, j) of the Hilbert matrix. */
export function hilbert(i: number, j: number): number {
  return 1 / (i + j + 1);
}

/** Entry (i, j) of the prolate matrix with bandwidth 1/4: half its eigenvalues crowd at 0, half at 1. */
export function prolate(i: number, j: number): number {
  return i === j ? 0.5 : Math.sin((Math.PI * (i - j)) / 2) / (Math.PI * (i - j));
}

/** Entry (i, j) of Sylvester's Hadamard matrix, ±1 by the parity of the bits that i and j share. */
export function hadamard(i: number, j: number): 1 | -1 {
  let odd = false;
  for (let common = i & j; common > 0; common &= common - 1) odd = !odd;
  return odd ? -1 : 1;
}
