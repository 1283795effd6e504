// Many matrices of one shape in one buffer: the door, the results, and the way through the kernels.
import { EckartError, OptionError, ShapeError } from "../errors.ts";
import type { DType, Kernels } from "../kernels/abi.ts";
import type { BackendName } from "../kernels/load.ts";
import { copy } from "../kernels/moves.ts";
import { withWorkspace } from "../kernels/workspace.ts";
import type { NdArrayLike } from "../matrix/input.ts";
import { type FloatArray, Matrix, zeroVector } from "../matrix/matrix.ts";
import { overlap } from "../matrix/out.ts";
import { checkShape } from "../options.ts";

/** Many matrices, or vectors, of one shape: `data` holds them one after the other by rows. */
export interface Batch {
  readonly data: FloatArray;
  /** [count, rows, cols], or [count, length] for vectors. */
  readonly shape: readonly number[];
}

/** How a batch was computed. */
export interface BatchInfo {
  /** Which twin of the kernels answered: "wasm", or "typescript" where WebAssembly is refused. */
  readonly backend: BackendName;
  /** How many matrices were answered one by one, as by the function for a single matrix: it takes about ten times as long. */
  readonly oneByOne: number;
}

/** A batch after the door: contiguous from `offset` on. */
export interface BatchInput {
  readonly dtype: DType;
  readonly count: number;
  readonly rows: number;
  readonly cols: number;
  readonly data: FloatArray;
  readonly offset: number;
}

/** Largest order that is computed with one matrix a lane; twice as fast there as the methods for large ones. */
export const LANES_UP_TO = 16;

/** Elements of one chunk of a batch, input, results and all: they stay in the second-level cache. */
const CHUNK = 1 << 14;

/** The batch that A is, without a copy where its numbers are f32 or f64 and contiguous. */
export function asBatch(where: string, A: NdArrayLike): BatchInput {
  if (typeof A !== "object" || A === null || !("shape" in A) || !("data" in A)) {
    throw new OptionError(where, "the batch", A, "{ data, shape: [count, rows, cols] }");
  }
  checkShape(where, A.shape);
  if (A.shape.length !== 3) throw new ShapeError(where, "three dimensions: count, rows, cols", A.shape);
  const [count, rows, cols] = A.shape as [number, number, number];
  for (const size of A.shape) {
    if (!Number.isInteger(size) || size < 0)
      throw new ShapeError(where, "whole numbers of matrices, rows, columns", A.shape);
  }
  const contiguous = [rows * cols, cols, 1];
  const strides = A.strides ?? A.stride ?? contiguous;
  const offset = A.offset ?? 0;
  for (const place of [offset, ...strides]) {
    if (!Number.isInteger(place)) throw new OptionError(where, "strides and offset", place, "whole numbers");
  }
  const spans = A.shape.map((size, axis) => (size - 1) * strides[axis]);
  const least = spans.reduce((sum, span) => sum + Math.min(0, span), offset);
  const most = spans.reduce((sum, span) => sum + Math.max(0, span), offset);
  if (strides.length !== 3 || (count * rows * cols > 0 && !(least >= 0 && most < A.data.length))) {
    throw new ShapeError(where, `data that holds ${A.shape.join(" × ")} numbers from ${offset} on`, [A.data.length]);
  }
  const { data } = A;
  const floats = data instanceof Float64Array || data instanceof Float32Array;
  const dtype: DType = data instanceof Float32Array ? "f32" : "f64";
  if (floats && strides.every((stride, axis) => stride === contiguous[axis])) {
    return { dtype, count, rows, cols, data, offset };
  }
  const copy = zeroVector(count * rows * cols, dtype);
  let to = 0;
  for (let t = 0; t < count; t++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) {
        const value: unknown = data[offset + t * strides[0] + i * strides[1] + j * strides[2]];
        if (typeof value !== "number") throw new OptionError(where, `entry [${t}][${i}][${j}]`, value, "a number");
        copy[to++] = value;
      }
    }
  }
  return { dtype, count, rows, cols, data: copy, offset: 0 };
}

/** Matrix t, without a copy. */
export function matrixOf({ data, offset, rows, cols }: BatchInput, t: number): Matrix {
  return Matrix.wrap(data, [rows, cols], { offset: offset + t * rows * cols });
}

/**
 * Where results go: the caller's buffers, or fresh ones.
 *
 * @throws OptionError  a buffer of another type, too short, or one that shares memory with the input or another one.
 */
export function results<Name extends string>(
  where: string,
  input: BatchInput,
  out: { readonly [N in Name]?: FloatArray },
  shapes: { readonly [N in Name]: readonly number[] },
): { [N in Name]: Batch } {
  const taken: FloatArray[] = [input.data.subarray(input.offset, input.offset + input.count * input.rows * input.cols)];
  const entries = Object.entries<readonly number[]>(shapes).map(([name, shape]) => {
    const length = shape.reduce((product, size) => product * size, 1);
    const given = out[name as Name];
    if (given === undefined) return [name, { data: zeroVector(length, input.dtype), shape }];
    const typed = given instanceof (input.dtype === "f64" ? Float64Array : Float32Array);
    const data = typed ? given.subarray(0, length) : given;
    const fits = typed && data.length === length;
    if (!fits || taken.some((other) => overlap(data, other))) {
      const what = `a ${input.dtype === "f64" ? "Float64Array" : "Float32Array"} of at least ${length} elements of its own`;
      throw new OptionError(where, `out.${name}`, given, what);
    }
    taken.push(data);
    return [name, { data, shape }];
  });
  return Object.fromEntries(entries) as { [N in Name]: Batch };
}

/** Runs a batch kernel over chunks of the input; returns the indices of the matrices that it left, ascending. */
export function throughKernel(
  input: BatchInput,
  outputs: readonly Batch[],
  scratch: number,
  kernel: (k: Kernels, count: number, from: number, to: readonly number[], work: number, left: number) => number,
): number[] {
  const { dtype, count, rows, cols, data, offset } = input;
  const alone: number[] = [];
  if (count === 0) return alone;
  const size = rows * cols;
  const sizes = outputs.map((output) => output.data.length / count);
  const each = sizes.reduce((sum, length) => sum + length, size + 1);
  const chunk = Math.min(count, Math.max(64, Math.floor(CHUNK / each)));
  withWorkspace(dtype, chunk * each + 4 + scratch, 0, (ws) => {
    const { k, mem } = ws;
    const from = ws.alloc(chunk * size);
    const to = sizes.map((length) => ws.alloc(chunk * length));
    const work = ws.alloc(scratch);
    const left = ws.alloc(chunk + 4);
    for (let first = 0; first < count; first += chunk) {
      const matrices = Math.min(chunk, count - first);
      copy(data, offset + first * size, matrices * size, mem, from);
      if (kernel(k, matrices, from, to, work, left) > 0) {
        for (let t = 0; t < matrices; t++) if (mem[left + t] !== 0) alone.push(first + t);
      }
      outputs.forEach((output, o) => copy(mem, to[o], matrices * sizes[o], output.data, first * sizes[o]));
    }
  });
  return alone;
}

/** Elements of the work array of a kernel that keeps `entries` numbers a matrix: a group is 8 of f64 or 16 of f32. */
export const groups = (entries: number): number => 16 * entries;

/** 0 … count−1: everything one by one. */
export const everyMatrix = (count: number): number[] => Array.from({ length: count }, (_, t) => t);

/** Runs `body` for the matrices named; an error says which one it was, in its message and as `matrix`. */
export function oneByOne(where: string, indices: readonly number[], body: (t: number) => void): void {
  for (const t of indices) {
    try {
      body(t);
    } catch (error) {
      if (error instanceof EckartError) {
        error.matrix = t;
        error.message = `${where}, matrix ${t}: ${error.message.replace(/^\w+: /, "")}`;
      }
      throw error;
    }
  }
}
