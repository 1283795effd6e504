import { FormatError, checkChoice, checkOptionNames } from "./errors.ts";
import { bfloat16Value, float16Value } from "./float16.ts";
import { type Elements, type NdArray, toRowMajor } from "./ndarray.ts";

/** What `toFloat` makes of an array. */
export interface ToFloatOptions {
  /** Element type of the result; "auto" is f32 for f32, f16 and bf16, else f64. */
  readonly dtype?: "auto" | "f32" | "f64";
  /** Which part of complex numbers to keep; "error" refuses them unless every imaginary part is 0. */
  readonly complex?: "error" | "real" | "imaginary";
}

/** Result of {@link toFloat}: an array in f32 or f64, and whether each element kept its value. */
export interface FloatArray<D extends "f32" | "f64" = "f32" | "f64"> extends NdArray<D> {
  readonly exact: boolean;
}

/**
 * The same array in float32 or float64, which is what arithmetic wants.
 *
 * Everything but 64-bit integers beyond 2^53 is exact in f64; what is not is counted in a note and `exact` is false.
 * f32 and f64 input that already has the wanted type is returned with its data and strides, without a copy.
 *
 * @param options.dtype   "auto" (default), "f32" or "f64".
 * @param options.complex "error" (default), "real" or "imaginary".
 * @throws FormatError  complex input with an imaginary part that is not 0, and no part asked for.
 *
 * Cost: one pass, one copy.
 */
export function toFloat(array: NdArray, options: ToFloatOptions = {}): FloatArray {
  checkOptionNames("toFloat", options, ["dtype", "complex"]);
  const { dtype = "auto", complex = "error" } = options;
  checkChoice("toFloat", "dtype", dtype, ["auto", "f32", "f64"]);
  checkChoice("toFloat", "complex", complex, ["error", "real", "imaginary"]);
  const target = dtype === "auto" ? (SINGLE.has(array.dtype) ? "f32" : "f64") : dtype;
  if (array.dtype === target) return { ...(array as NdArray<"f32" | "f64">), exact: true };

  const single = target === "f32";
  if (array.dtype === "c64" || array.dtype === "c128")
    return fromComplex(array as NdArray<"c64" | "c128">, single, complex);
  if (array.dtype === "i64" || array.dtype === "u64") return fromBigInts(array as NdArray<"i64" | "u64">, single);
  const widen = array.dtype === "f16" ? float16Value : array.dtype === "bf16" ? bfloat16Value : undefined;
  const source = array.data as Elements["f64"];
  const data = widen ? allocate(single, source.length) : single ? new Float32Array(source) : new Float64Array(source);
  if (widen) for (let k = 0; k < data.length; k++) data[k] = widen(source[k]!);
  const changed = widen ? 0 : countWhere(data.length, (k) => !Object.is(data[k], source[k]));
  return finish(array, data, changed);
}

const SINGLE: ReadonlySet<string> = new Set(["f32", "f16", "bf16"]);

function allocate(single: boolean, length: number): Elements["f32"] | Elements["f64"] {
  return single ? new Float32Array(length) : new Float64Array(length);
}

function fromBigInts(array: NdArray<"i64" | "u64">, single: boolean): FloatArray {
  const { data: source } = array;
  const data = allocate(single, source.length);
  for (let k = 0; k < data.length; k++) data[k] = Number(source[k]);
  return finish(
    array,
    data,
    countWhere(data.length, (k) => BigInt(data[k]!) !== source[k]),
  );
}

function fromComplex(
  array: NdArray<"c64" | "c128">,
  single: boolean,
  part: "error" | "real" | "imaginary",
): FloatArray {
  const plain = toRowMajor(array);
  const length = plain.data.length / 2;
  if (part === "error") {
    for (let k = 0; k < length; k++)
      if (plain.data[2 * k + 1] !== 0)
        throw new FormatError(
          array.dtype,
          { element: `element ${k} in row-major order` },
          `${plain.data[2 * k]} + ${plain.data[2 * k + 1]}i is complex; say complex: "real" or "imaginary"`,
        );
  }
  const data = allocate(single, length);
  const shift = part === "imaginary" ? 1 : 0;
  for (let k = 0; k < length; k++) data[k] = plain.data[2 * k + shift]!;
  return finish(
    plain,
    data,
    countWhere(length, (k) => !Object.is(data[k], plain.data[2 * k + shift])),
  );
}

function countWhere(length: number, holds: (k: number) => boolean): number {
  let count = 0;
  for (let k = 0; k < length; k++) if (holds(k)) count++;
  return count;
}

function finish(array: NdArray, data: Elements["f32"] | Elements["f64"], changed: number): FloatArray {
  const dtype = data instanceof Float32Array ? "f32" : "f64";
  const note = `${changed} of ${data.length} values were rounded from ${array.dtype} to ${dtype}`;
  return { ...array, data, dtype, exact: changed === 0, notes: changed ? [...array.notes, note] : array.notes };
}
