import { MemoryError } from "../errors.ts";
import type { DType, Kernels, Mem, ScalarKernels } from "./abi.ts";
import { type Backend, backendFor, MEMORY_LIMIT, type BackendName } from "./load.ts";

const ALIGN = 64; // bytes: a cache line
const BLOCKS = 64; // blocks whose alignment is reserved

/** Elements of f64 at the end of a workspace through which matrices come and go: 32 KB, the first-level cache. */
export const STAGING = 4096;

/**
 * Distance between columns for a matrix of `rows` rows: even multiples of 16 elements plus 8, so that columns start on
 * vectors and never fall on the same cache sets (multiples of 4 KB cost up to 1.6 times).
 */
export function leadingDimension(rows: number): number {
  return rows < 16 ? rows + (rows & 1) : Math.ceil(rows / 16) * 16 + 8;
}

/** Elements of a column-major matrix with padded columns. */
export function matrixSize(rows: number, cols: number): number {
  return leadingDimension(rows) * cols;
}

/**
 * Linear memory for the length of one call: a stack of blocks, the kernels that work on it, and the constants of its
 * dtype. Offsets count elements of the dtype, those of `allocScalars` elements of f64. Nothing is zeroed.
 */
export class Workspace {
  readonly dtype: DType;
  readonly backend: BackendName;
  /** The memory as an array of the dtype; another array after `outside`. */
  mem: Mem;
  /** The same memory as an array of f64. */
  mem64: Float64Array;
  /** Kernels of the dtype. */
  readonly k: Kernels;
  /** Kernels of f64, those that exist in f64 alone included. */
  readonly k64: Kernels & ScalarKernels;
  /** Distance from 1 to the next number: 2⁻⁵² or 2⁻²³. */
  readonly eps: number;
  /** Smallest normal number. */
  readonly tiny: number;
  #top: number;
  /** End of the memory that is its own, the staging place included. */
  readonly #whole: number;
  readonly #end: number;
  /** Offset of `STAGING` elements of the dtype that a transfer may use, and nothing else does. */
  readonly staging: number;
  readonly #size: number;
  readonly #twin: Backend;

  constructor(dtype: DType, elements: number, scalars: number) {
    const twin = backendFor(elements + scalars);
    this.#twin = twin;
    this.#size = dtype === "f64" ? 8 : 4;
    this.#top = twin.floor;
    this.#end = this.#top + Math.ceil((elements * this.#size + scalars * 8 + BLOCKS * ALIGN) / ALIGN) * ALIGN;
    this.#whole = this.#end + STAGING * 8;
    this.staging = this.#end / this.#size;
    if (this.#whole > MEMORY_LIMIT) throw new MemoryError(this.#whole - twin.base, MEMORY_LIMIT);
    const views = twin.reserve(this.#whole);
    this.dtype = dtype;
    this.backend = twin.name;
    this.mem = views[dtype];
    this.mem64 = views.f64;
    this.k = twin[dtype];
    this.k64 = twin.f64;
    this.eps = dtype === "f64" ? 2 ** -52 : 2 ** -23;
    this.tiny = dtype === "f64" ? 2 ** -1022 : 2 ** -126;
  }

  #take(bytes: number): number {
    const at = this.#top;
    this.#top += Math.ceil(bytes / ALIGN) * ALIGN;
    if (this.#top > this.#end) throw new Error(`workspace: ${this.#top - this.#end} bytes more than were reserved`);
    return at;
  }

  /** Offset of `count` fresh elements. */
  alloc(count: number): number {
    return this.#take(count * this.#size) / this.#size;
  }

  /** Offset, in f64 elements, of `count` fresh f64. */
  allocScalars(count: number): number {
    return this.#take(count * 8) / 8;
  }

  /** The offset in elements of what lies at that offset in f64. */
  inElements(scalars: number): number {
    return (scalars * 8) / this.#size;
  }

  /** The top of the stack, for `release`. */
  mark(): number {
    return this.#top;
  }

  /** Gives back everything allocated since the mark. */
  release(mark: number): void {
    this.#top = mark;
  }

  /**
   * Runs code of the caller's, which may open workspaces of its own: they lie above this one, whose numbers stay where
   * they are. `mem` and `mem64` must be read anew afterwards, for the memory may have grown.
   */
  outside<R>(body: () => R): R {
    const twin = this.#twin;
    const before = twin.floor;
    twin.floor = this.#whole;
    busy = false;
    try {
      return body();
    } finally {
      twin.floor = before;
      busy = true;
      const views = twin.reserve(this.#whole);
      this.mem = views[this.dtype];
      this.mem64 = views.f64;
    }
  }
}

/** Linear memory for one call of a kernel, without a workspace, which costs as much as a small matrix. */
export interface Scratchpad {
  readonly backend: BackendName;
  /** The memory as an array of the dtype. */
  readonly mem: Mem;
  /** Offset of the first element. */
  readonly at: number;
  /** Kernels of the dtype. */
  readonly k: Kernels;
}

const pads: { [D in DType]?: Scratchpad } = {};

/** A scratchpad of at least `count` elements, good until the next one or the next workspace. */
export function scratchpad(dtype: DType, count: number): Scratchpad {
  if (busy) throw new Error("a scratchpad is for calls outside of workspaces");
  const twin = backendFor(count);
  const size = dtype === "f64" ? 8 : 4;
  const at = twin.floor / size;
  const last = pads[dtype];
  // An array over WebAssembly memory that has grown has no elements; asking for the memory takes longer than this.
  const lasts = last && twin.name === "wasm" && last.k === twin[dtype] && last.at === at;
  if (lasts && last.mem.length >= at + count) return last;
  const mem = twin.reserve((at + count) * size)[dtype];
  return (pads[dtype] = { backend: twin.name, mem, at, k: twin[dtype] });
}

let busy = false;

/**
 * Runs `body` with room for `elements` elements of the dtype and `scalars` f64 in linear memory; the alignment of up to
 * 64 blocks is added here. There is one memory, so calls nest only through `Workspace.outside`.
 *
 * @throws MemoryError  more is needed than the engine can address.
 */
export function withWorkspace<R>(dtype: DType, elements: number, scalars: number, body: (ws: Workspace) => R): R {
  if (busy) throw new Error("withWorkspace nests only inside of Workspace.outside");
  busy = true;
  try {
    return body(new Workspace(dtype, elements, scalars));
  } finally {
    busy = false;
  }
}
