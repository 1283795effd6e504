// The form in which values pass between threads. Structured cloning drops classes, and copies the whole memory behind a
// view; so matrices and errors are taken apart here, and put together again on the other side.
import * as errors from "../errors.ts";
import { ComplexMatrix, ComplexVector } from "../matrix/complex.ts";
import { type FloatArray, Matrix } from "../matrix/matrix.ts";

/** A primitive or a typed array as it is, or anything else as its kind and its parts. */
export type Wire = unknown;

type Kind = "array" | "object" | "Matrix" | "ComplexMatrix" | "ComplexVector" | "EckartError" | "Error";

type TypedArray = FloatArray | Int32Array;

/** What makes a matrix of an object, dense, complex or sparse. */
const PARTS = ["data", "shape", "strides", "stride", "offset", "dtype", "re", "im", "indptr", "indices"];

const classes = errors as Readonly<Record<string, unknown>>;

/**
 * The value, ready to be posted. With `copy` its numbers are the sender's no more: later writes to them are not seen, and
 * a view takes along only what it shows. Without, the typed arrays are the value's own, and views of one stay views of
 * one. Memory shared between threads is always copied.
 *
 * @throws OptionError  the value holds a function or a symbol.
 */
export function encode(where: string, value: unknown, copy: boolean): Wire {
  const copies = new Map<TypedArray, TypedArray>();
  const numbers = (data: TypedArray): TypedArray => {
    if (!copy && data.buffer instanceof ArrayBuffer) return data;
    // Called this way since the `slice` of a Buffer copies nothing.
    if (!copies.has(data)) copies.set(data, Float64Array.prototype.slice.call(data));
    return copies.get(data)!;
  };
  const matrix = (A: Matrix): Wire => {
    const { data, rows, cols, offset, rowStride, colStride } =
      copy && A.rows * A.cols < A.data.length ? Matrix.from(A) : A;
    return ["Matrix", [numbers(data), rows, cols, offset, rowStride, colStride]];
  };
  const fields = (record: object): Wire => Object.fromEntries(Object.entries(record).map(([k, v]) => [k, wire(v)]));
  const wire = (item: unknown): Wire => {
    if (typeof item === "function" || typeof item === "symbol") {
      throw new errors.OptionError(where, "every argument", typeof item, "data, which can go to a worker");
    }
    if (typeof item !== "object" || item === null) return item;
    if (ArrayBuffer.isView(item) && "length" in item) return numbers(item as TypedArray);
    if (Array.isArray(item)) return ["array", item.map(wire)];
    if (item instanceof Matrix) return matrix(item);
    if (item instanceof ComplexMatrix) return ["ComplexMatrix", [matrix(item.re), matrix(item.im)]];
    if (item instanceof ComplexVector) return ["ComplexVector", [numbers(item.re), numbers(item.im)]];
    if (item instanceof errors.EckartError) {
      // The class by the name that it is exported under: a minifier may have changed its own.
      const name = Object.keys(classes).find((key) => classes[key] === item.constructor) ?? "EckartError";
      return ["EckartError", [name, item.message, fields(item)]];
    }
    if (item instanceof Error) return ["Error", item];
    // A matrix of another library may have its parts in its class.
    const inherited = PARTS.filter((name) => name in item && !Object.hasOwn(item, name));
    return [
      "object",
      fields({ ...item, ...Object.fromEntries(inherited.map((name) => [name, Reflect.get(item, name)])) }),
    ];
  };
  return wire(value);
}

/** The value that was encoded, over the same typed arrays. */
export function decode(wire: Wire): unknown {
  if (!Array.isArray(wire)) return wire;
  const [kind, parts] = wire as [Kind, Wire];
  switch (kind) {
    case "array":
      return (parts as Wire[]).map(decode);
    case "object":
      return decodeFields(parts);
    case "Matrix": {
      const [data, rows, cols, offset, ...strides] = parts as [FloatArray, number, number, number, number, number];
      return Matrix.wrap(data, [rows, cols], { offset, strides });
    }
    case "ComplexMatrix": {
      const [re, im] = (parts as Wire[]).map(decode) as [Matrix, Matrix];
      return ComplexMatrix.wrap(re, im);
    }
    case "ComplexVector":
      return new ComplexVector(...(parts as [FloatArray, FloatArray]));
    case "EckartError": {
      const [name, message, payload] = parts as [string, string, Wire];
      const Class = classes[name] as typeof errors.EckartError;
      const error = Object.setPrototypeOf(new Error(message), Class.prototype) as errors.EckartError;
      return Object.assign(error, decodeFields(payload), { name });
    }
    case "Error":
      return parts;
  }
}

function decodeFields(record: Wire): object {
  return Object.fromEntries(Object.entries(record as object).map(([key, value]) => [key, decode(value)]));
}

/** The memory of every typed array in it, for the list of what moves. */
export function buffersOf(wire: Wire): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const visit = (item: Wire): void => {
    if (ArrayBuffer.isView(item)) buffers.add(item.buffer as ArrayBuffer);
    else if (typeof item === "object" && item !== null && !(item instanceof Error)) Object.values(item).forEach(visit);
  };
  visit(wire);
  return [...buffers];
}
