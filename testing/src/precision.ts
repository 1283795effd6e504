/** Element types of a matrix: "f64" is stored in a Float64Array, "f32" in a Float32Array. */
export type Dtype = "f64" | "f32";

/** What arithmetic of one element type can hold. */
export interface Precision {
  /** Distance from 1 to the next number, LAPACK's `dlamch("Precision")`: 2⁻⁵² or 2⁻²³. The ε of every ratio here. */
  readonly epsilon: number;
  /** Smallest normal number. */
  readonly tiny: number;
  /** Smallest positive number: the spacing of the subnormal ones. */
  readonly least: number;
  /** Largest finite number. */
  readonly huge: number;
}

export const PRECISION: Readonly<Record<Dtype, Precision>> = {
  f64: { epsilon: 2 ** -52, tiny: 2 ** -1022, least: 2 ** -1074, huge: Number.MAX_VALUE },
  f32: { epsilon: 2 ** -23, tiny: 2 ** -126, least: 2 ** -149, huge: (2 - 2 ** -23) * 2 ** 127 },
};

/** The precision that an array of numbers is stored in; a plain array counts as f64. */
export function precisionOf(data: ArrayLike<number>): Precision {
  return PRECISION[data instanceof Float32Array ? "f32" : "f64"];
}
