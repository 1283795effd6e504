import { dense, galleryMatrix, type GalleryMatrix } from "../matrixData.ts";
import { PRECISION, type Dtype } from "../precision.ts";
import { Random } from "../random.ts";

/** All 81 matrices 2 × 2 with entries 0, 1, −1. */
export function signMatrices(dtype: Dtype = "f64"): Generator<GalleryMatrix> {
  return twoByTwo("signs", [0, 1, -1], dtype);
}

/**
 * All 9⁴ = 6561 matrices 2 × 2 with entries 0, ±1, ± the smallest subnormal, ± a middling subnormal, and ± a number
 * whose square underflows. One-sided loops on such matrices have failed to end.
 */
export function subnormalMatrices(dtype: Dtype = "f64"): Generator<GalleryMatrix> {
  const { least, tiny } = PRECISION[dtype];
  const underflowing = dtype === "f64" ? 4.9e-223 : 4.9e-30;
  return twoByTwo("subnormals", [0, 1, -1, least, -least, tiny / 40, -tiny / 40, underflowing, -underflowing], dtype);
}

function* twoByTwo(family: string, values: readonly number[], dtype: Dtype): Generator<GalleryMatrix> {
  for (const a of values)
    for (const b of values)
      for (const c of values)
        for (const d of values)
          yield {
            ...galleryMatrix(
              family,
              dense(2, 2, (i, j) => [a, b, c, d][2 * i + j]),
              dtype,
              [],
            ),
            name: `[[${a}, ${b}], [${c}, ${d}]] ${dtype}`,
          };
}

/** A matrix with one bad entry, and where it is. */
export interface NonFiniteMatrix extends GalleryMatrix {
  readonly value: number;
  readonly row: number;
  readonly col: number;
}

/** Gaussian m × n matrices with a single NaN, Infinity or −Infinity: first, last, and at two places between. */
export function* nonFiniteMatrices(
  m: number,
  n: number,
  seed: number,
  dtype: Dtype = "f64",
): Generator<NonFiniteMatrix> {
  const places = new Set([0, m * n - 1, Math.floor((m * n) / 2), Math.floor((m * n) / 3)]);
  for (const value of [NaN, Infinity, -Infinity])
    for (const place of places) {
      const random = new Random(seed, "non-finite");
      const [row, col] = [Math.floor(place / n), place % n];
      const A = galleryMatrix(
        `${value} at (${row}, ${col})`,
        dense(m, n, () => random.gaussian()),
        dtype,
        [],
        seed,
      );
      A.data[place] = value;
      yield { ...A, value, row, col };
    }
}
