// Error-free transformations: a rounded sum or product together with exactly what it lost.

const SPLIT = 2 ** 27 + 1;

/** x·y − fl(x·y), exact (Veltkamp & Dekker, Numer. Math. 18, 1971). */
export function productError(x: number, y: number, product: number): number {
  let high = SPLIT * x;
  const xh = high - (high - x);
  const xl = x - xh;
  high = SPLIT * y;
  const yh = high - (high - y);
  const yl = y - yh;
  return xl * yl - (product - xh * yh - xl * yh - xh * yl);
}

/** x + y − fl(x + y), exact (Knuth). */
export function sumError(x: number, y: number, sum: number): number {
  const yPart = sum - x;
  return x - (sum - yPart) + (y - yPart);
}

/** x·y + z·w to about one ε of the result, however much cancels. */
export function sumOfProducts(x: number, y: number, z: number, w: number): number {
  const p = x * y;
  const q = z * w;
  const pe = productError(x, y, p);
  const qe = productError(z, w, q);
  const s = p + q;
  const e = pe + qe;
  // s and e may cancel in their turn; what each has lost is then below their sum.
  const total = s + e;
  return total + (sumError(s, e, total) + sumError(p, q, s) + sumError(pe, qe, e));
}
