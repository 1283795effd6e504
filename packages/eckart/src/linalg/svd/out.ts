// The caller's places for U, s and Vt.
import type { FloatArray, Matrix } from "../../matrix/matrix.ts";
import { checkApart, checkMatrixPlace, checkVectorPlace } from "../../matrix/out.ts";
import { checkOptions } from "../../options.ts";

/** Places for the results of `svd`, contiguous by rows and of the dtype of A; what is left out is made anew. */
export interface SvdOut {
  /** m × k, or m × m when full. */
  readonly U?: Matrix | undefined;
  /** k numbers. */
  readonly s?: FloatArray | undefined;
  /** k × n, or n × n when full. */
  readonly Vt?: Matrix | undefined;
}

/** No places. */
export const NOWHERE: SvdOut = {};

const PLACES = ["U", "s", "Vt"];

/** By U, the s and the Vt that were seen to be apart from it and from each other: asking for their memory takes long. */
const seenApart = new WeakMap<Matrix, { readonly s: FloatArray | undefined; readonly Vt: Matrix | undefined }>();

/**
 * Refuses places that do not fit the results of A.
 *
 * @throws OptionError  an unknown name, another type or dtype, strides, or memory that two places share.
 * @throws ShapeError   another shape.
 */
export function checkOut(where: string, out: SvdOut, A: Matrix, full: boolean): void {
  checkOptions(where, out, PLACES);
  const { rows, cols, dtype } = A;
  const { U, s, Vt } = out;
  const k = Math.min(rows, cols);
  checkMatrixPlace(where, "U", U, rows, full ? rows : k, dtype);
  checkVectorPlace(where, "s", s, k, dtype);
  checkMatrixPlace(where, "Vt", Vt, full ? cols : k, cols, dtype);
  if (U) {
    const known = seenApart.get(U);
    if (known && known.s === s && known.Vt === Vt) return;
  }
  checkApart(where, "s", U, s);
  checkApart(where, "Vt", U, Vt);
  checkApart(where, "Vt", s, Vt);
  if (U) seenApart.set(U, { s, Vt });
}

/** M, at the caller's place where there is one. */
export function settled(M: Matrix, place: Matrix | undefined): Matrix {
  if (!place) return M;
  place.data.set(M.data, place.offset);
  return place;
}
