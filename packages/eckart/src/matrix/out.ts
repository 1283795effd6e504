// Places of the caller's for results: what fits is told once, here.
import { OptionError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/abi.ts";
import { type FloatArray, Matrix } from "./matrix.ts";

const arrayName = (dtype: DType): string => (dtype === "f64" ? "Float64Array" : "Float32Array");

/**
 * Refuses what is no rows × cols matrix of the dtype that is contiguous by rows; undefined passes.
 *
 * @throws OptionError  another type, dtype or order of the entries.
 * @throws ShapeError   another shape.
 */
export function checkMatrixPlace(
  where: string,
  name: string,
  place: Matrix | undefined,
  rows: number,
  cols: number,
  dtype: DType,
): void {
  if (place === undefined) return;
  if (!(place instanceof Matrix) || place.dtype !== dtype || place.rowStride !== place.cols || place.colStride !== 1) {
    throw new OptionError(where, `out.${name}`, place, `a Matrix over a ${arrayName(dtype)}, contiguous by rows`);
  }
  if (place.rows !== rows || place.cols !== cols) {
    throw new ShapeError(where, `out.${name} of ${rows} × ${cols}`, place.shape);
  }
}

/** The same for a vector of n numbers. */
export function checkVectorPlace(
  where: string,
  name: string,
  place: FloatArray | undefined,
  n: number,
  dtype: DType,
): void {
  if (place === undefined) return;
  if (!(place instanceof (dtype === "f64" ? Float64Array : Float32Array)) || place.length !== n) {
    throw new OptionError(where, `out.${name}`, place, `a ${arrayName(dtype)} of ${n} elements`);
  }
}

/** Refuses two places that share memory. @throws OptionError */
export function checkApart(
  where: string,
  name: string,
  x: Matrix | FloatArray | undefined,
  y: Matrix | FloatArray | undefined,
): void {
  if (x && y && overlap(numbersOf(x), numbersOf(y))) {
    throw new OptionError(where, `out.${name}`, y, "memory of its own");
  }
}

function numbersOf(place: Matrix | FloatArray): FloatArray {
  if (!(place instanceof Matrix)) return place;
  return place.data.subarray(place.offset, place.offset + place.rows * place.cols);
}

/** Whether both arrays have an element in common. */
export function overlap(x: FloatArray, y: FloatArray): boolean {
  const apart = x.byteOffset >= y.byteOffset + y.byteLength || y.byteOffset >= x.byteOffset + x.byteLength;
  return x.buffer === y.buffer && !apart;
}
