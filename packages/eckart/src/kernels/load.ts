// Chooses between the twins and owns the linear memory. Nobody else knows that there is WebAssembly.
import { MemoryError } from "../errors.ts";
import { KERNEL_NAMES, SCALAR_KERNEL_NAMES, type DType, type Kernels, type ScalarKernels } from "./abi.ts";
import { host } from "./host.ts";
import { scalarTwins, twins } from "./ref/index.ts";
import { wasmBytes } from "./wasmBytes.ts";

/** Which twin answers. */
export type BackendName = "wasm" | "typescript";

/** One twin with the memory it works on. */
export interface Backend {
  readonly name: BackendName;
  /** First byte that callers may use. */
  readonly base: number;
  /** The memory as f64 and f32, at least `bytes` long. Growing it detaches every earlier view. */
  reserve(bytes: number): Views;
  readonly f64: Kernels & ScalarKernels;
  readonly f32: Kernels;
}

/** One memory, seen as two dtypes. */
export interface Views {
  readonly f64: Float64Array<ArrayBuffer>;
  readonly f32: Float32Array<ArrayBuffer>;
}

/** What the host cannot allocate, it refuses with a RangeError that does not say how much was asked. */
function refusedAsMemoryError<R>(bytes: number, allocate: () => R): R {
  try {
    return allocate();
  } catch {
    throw new MemoryError(bytes, null);
  }
}

const viewsOf = (buffer: ArrayBuffer): Views => ({ f64: new Float64Array(buffer), f32: new Float32Array(buffer) });

const PAGE = 65536;

/** The linear memory of a 32-bit module ends here: 4 GiB less one page, whose end an offset could not name. */
export const MEMORY_LIMIT: number = 65535 * PAGE;

/** The bytes, two hexadecimal digits each. */
function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const digit = (code: number): number => (code > 57 ? code - 87 : code - 48);
  const decoded = new Uint8Array(text.length / 2);
  for (let i = 0, at = 0; i < decoded.length; i++)
    decoded[i] = 16 * digit(text.charCodeAt(at++)) + digit(text.charCodeAt(at++));
  return decoded;
}

function wasmBackend(): Backend {
  const memory = new host.WebAssembly.Memory({ initial: 2 });
  const module = new host.WebAssembly.Module(decodeHex(wasmBytes));
  const exports = new host.WebAssembly.Instance(module, { env: { memory } }).exports as Record<
    string,
    (...args: number[]) => number
  >;
  // The module keeps its own constants below the address it reports nowhere, so the first page is left to it.
  const base = PAGE + Math.ceil(exports["scratchBytes"]() / PAGE) * PAGE;
  memory.grow(base / PAGE - 2);
  exports["setScratch"](PAGE);

  const pick = (names: readonly string[], suffix: string): object =>
    Object.fromEntries(names.map((name) => [name, exports[name + suffix]]));
  let views = viewsOf(memory.buffer);
  return {
    name: "wasm",
    base,
    reserve(bytes) {
      const missing = bytes - memory.buffer.byteLength;
      if (missing > 0) {
        refusedAsMemoryError(bytes, () => memory.grow(Math.ceil(missing / PAGE)));
        views = viewsOf(memory.buffer);
      }
      return views;
    },
    f64: { ...pick(KERNEL_NAMES, "F64"), ...pick(SCALAR_KERNEL_NAMES, "") } as Kernels & ScalarKernels,
    f32: pick(KERNEL_NAMES, "F32") as Kernels,
  };
}

function typescriptBackend(): Backend {
  let views = viewsOf(new ArrayBuffer(PAGE));
  // Each twin is bound to whatever memory there is when it is called.
  const bind = (table: object, dtype: DType): object =>
    Object.fromEntries(
      Object.entries(table).map(([name, twin]) => [name, (...args: number[]) => twin(views[dtype], ...args)]),
    );
  return {
    name: "typescript",
    base: 0,
    reserve(bytes) {
      if (bytes > views.f64.byteLength) {
        const grown = viewsOf(refusedAsMemoryError(bytes, () => new ArrayBuffer(Math.ceil(bytes / PAGE) * PAGE)));
        grown.f64.set(views.f64);
        views = grown;
      }
      return views;
    },
    f64: { ...bind(twins, "f64"), ...bind(scalarTwins, "f64") } as Kernels & ScalarKernels,
    f32: bind(twins, "f32") as Kernels,
  };
}

const made: Partial<Record<BackendName, Backend>> = {};
let chosen: BackendName | undefined;

function make(name: BackendName): Backend {
  return (made[name] ??= name === "wasm" ? wasmBackend() : typescriptBackend());
}

/** The twin in use: WebAssembly, compiled on the first call, or TypeScript where compilation is refused. */
export function backend(): Backend {
  if (chosen === undefined) {
    try {
      make("wasm");
      chosen = "wasm";
    } catch {
      // No WebAssembly, no SIMD, or a content-security policy that forbids compiling it.
      chosen = "typescript";
    }
  }
  return make(chosen);
}

/** Runs `body` on the named twin: for tests, which compare the two. */
export function withBackend<R>(name: BackendName, body: () => R): R {
  const before = chosen;
  chosen = name;
  try {
    return body();
  } finally {
    chosen = before;
  }
}
