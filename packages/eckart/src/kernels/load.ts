// Chooses between the twins and owns the linear memory. Nobody else knows that there is WebAssembly.
import { MemoryError } from "../errors.ts";
import { KERNEL_NAMES, SCALAR_KERNEL_NAMES, type DType, type Kernels, type ScalarKernels } from "./abi.ts";
import { host, joinsPairs } from "./host.ts";
import { scalarTwins, twins } from "./ref/index.ts";
import { divided, dividedScalars } from "./team/divide.ts";
import type { Exports } from "./team/job.ts";
import { SharedTeam, Team } from "./team/team.ts";
import { threads } from "./team/threads.ts";
import { byteLength, frequent, memoryFlags, signs, wasmBytes } from "./wasmBytes.ts";

/** Which twin answers. */
export type BackendName = "wasm" | "typescript";

/** One twin with the memory it works on. */
export interface Backend {
  readonly name: BackendName;
  /** First byte that callers may use. */
  readonly base: number;
  /** First byte that the workspaces that are open leave free. */
  floor: number;
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

/** Bytes at the start of scratch in which kernels hand over numbers: partial sums of a team lie behind them. */
const HAND_OVER = 1024;

/** Least elements of a call that gets threads: an SVD of order 136, a product of order 180, values alone from 230 on. */
const SHARED_ELEMENTS = 3 << 15;

/** The linear memory of a 32-bit module ends here: 4 GiB less one page, whose end an offset could not name. */
export const MEMORY_LIMIT: number = 65535 * PAGE;

/** The module: a sign stands for one of the frequent bytes, or one of the last two and another for a rare one. */
function decode(): Uint8Array<ArrayBuffer> {
  const placeOf = new Uint8Array(128);
  for (let place = 0; place < signs.length; place++) placeOf[signs.charCodeAt(place)] = place;
  const singles = signs.length - 2;
  const bytes = new Set(
    Array.from({ length: singles }, (_, k) => Number.parseInt(frequent.slice(2 * k, 2 * k + 2), 16)),
  );
  for (let byte = 0; byte < 256; byte++) bytes.add(byte);
  const byPlace = Uint8Array.from(bytes);
  const decoded = new Uint8Array(byteLength);
  for (let i = 0, at = 0; i < byteLength; i++) {
    let place = placeOf[wasmBytes.charCodeAt(at++)];
    if (place >= singles) place = singles + (place - singles) * signs.length + placeOf[wasmBytes.charCodeAt(at++)];
    decoded[i] = byPlace[place];
  }
  return decoded;
}

/** Flags of a memory with a maximum that is shared. */
const SHARED = 3;

interface WasmBackend extends Backend {
  readonly team: Team;
}

const modules = new Map<boolean, object>();

/** The module, compiled once for memory of its own and once for shared memory. */
function moduleFor(shared: boolean): object {
  let module = modules.get(shared);
  if (!module) {
    const bytes = decode();
    if (shared) bytes[memoryFlags] = SHARED;
    module = new host.WebAssembly.Module(bytes);
    modules.set(shared, module);
  }
  return module;
}

/** The module in a memory of its own, or in one that it shares with the helpers of a team of `count` threads. */
function wasmBackend(count = 1): WasmBackend {
  const shared = count > 1;
  const memory = new host.WebAssembly.Memory({ initial: 2, maximum: MEMORY_LIMIT / PAGE, shared });
  const module = moduleFor(shared);
  const exports = new host.WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
  // The module keeps its own constants below the address it reports nowhere, so the first page is left to it. Scratch
  // of every thread follows.
  const scratch = Math.ceil(exports["scratchBytes"]() / PAGE) * PAGE;
  const base = PAGE + count * scratch;
  memory.grow(base / PAGE - 2);
  exports["setScratch"](PAGE, joinsPairs());
  const scratches = Array.from({ length: count - 1 }, (_, i) => PAGE + (i + 1) * scratch);
  const team = shared ? new SharedTeam(exports, module, memory, scratches) : new Team(exports);
  /** The entries that differ from the exports: alone, those that sum over blocks. */
  const entries = (dtype: "F64" | "F32", size: number): Partial<Kernels> => {
    const room = { at: (PAGE + HAND_OVER) / size, length: (scratch - HAND_OVER) / size };
    const all = divided(exports, dtype, team, room);
    return shared ? all : { symv: all.symv, bidiagonalPass: all.bidiagonalPass };
  };

  const pick = (names: readonly string[], suffix: string): object =>
    Object.fromEntries(names.map((name) => [name, exports[name + suffix]]));
  let views = viewsOf(memory.buffer);
  return {
    name: "wasm",
    base,
    floor: base,
    team,
    reserve(bytes) {
      const missing = bytes - memory.buffer.byteLength;
      if (missing > 0) {
        refusedAsMemoryError(bytes, () => memory.grow(Math.ceil(missing / PAGE)));
        views = viewsOf(memory.buffer);
        team.grown(memory.buffer.byteLength);
      }
      return views;
    },
    f64: {
      ...pick(KERNEL_NAMES, "F64"),
      ...pick(SCALAR_KERNEL_NAMES, ""),
      ...entries("F64", 8),
      ...dividedScalars(exports, team),
    } as Kernels & ScalarKernels,
    f32: { ...pick(KERNEL_NAMES, "F32"), ...entries("F32", 4) } as Kernels,
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
    floor: 0,
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

/** The backend with helpers, and how many threads that makes; null where the host refuses them: it is not asked again. */
let crew: { readonly threads: number; readonly backend: WasmBackend } | null | undefined;

/**
 * The twin for a call that takes so many elements of memory. Large ones get a memory that is shared with helpers, made at
 * the first of them.
 */
export function backendFor(elements: number): Backend {
  const alone = backend();
  if (elements < SHARED_ELEMENTS || alone.name !== "wasm" || crew === null) return alone;
  const count = threads();
  if (count === 1) return alone;
  if (crew?.threads !== count) {
    crew?.backend.team.dismiss();
    try {
      crew = { threads: count, backend: wasmBackend(count) };
    } catch {
      crew = null;
      return alone;
    }
  }
  return crew.backend;
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
