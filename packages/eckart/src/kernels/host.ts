// What the loader and its helpers need from their host, Node or browser: the engine is compiled without the declarations of
// either. Where there is no WebAssembly, `host.WebAssembly` is undefined and the first use of it throws, as a refusal does.
// Node's part comes through `process.getBuiltinModule`, so that no bundler for the browser meets a `node:` import.

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What both ends of a worker are in the browser, and the far end in Node. */
export interface Port {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onmessageerror: (() => void) | null;
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
}

/** A Worker of the browser. */
export interface WebWorker extends Port {
  onerror: ((event: { readonly message?: string; preventDefault(): void }) => void) | null;
  terminate(): void;
}

/** A Worker of node:worker_threads. */
interface NodeWorker {
  on(event: "message", listener: (data: unknown) => void): void;
  on(event: "messageerror" | "error", listener: (error: Error) => void): void;
  on(event: "exit", listener: (code: number) => void): void;
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  terminate(): Promise<number>;
  ref(): void;
  unref(): void;
}

interface WorkerThreads {
  readonly Worker: new (source: string, options: object) => NodeWorker;
  readonly parentPort: Port | null;
  readonly workerData?: unknown;
}

interface Host extends Port {
  readonly WebAssembly: {
    readonly Memory: new (descriptor: { initial: number; maximum: number; shared: boolean }) => Memory;
    readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
  };
  readonly Blob: new (parts: string[], options: { type: string }) => object;
  readonly URL: { createObjectURL(blob: object): string; revokeObjectURL(url: string): void };
  readonly Worker: new (url: string, options: object) => WebWorker;
  readonly performance: { now(): number };
  readonly process?: {
    getBuiltinModule?(name: string): unknown;
    readonly execArgv?: readonly string[];
    readonly versions?: { readonly v8?: string };
  };
  readonly navigator?: { readonly hardwareConcurrency?: number };
}

export const host: Host = globalThis as unknown as Host;

const builtin = (name: string): unknown => host.process?.getBuiltinModule?.(name);

/** The module node:worker_threads, where this is Node or does as Node does. */
export const workerThreads: WorkerThreads | undefined = builtin("node:worker_threads") as WorkerThreads | undefined;

/** How many threads the machine runs at a time. */
export function parallelism(): number {
  const os = builtin("node:os") as { availableParallelism?(): number } | undefined;
  return os?.availableParallelism?.() ?? host.navigator?.hardwareConcurrency ?? 1;
}

/**
 * 1 where V8 joins pairs of 128-bit vectors to one of 256 bits, and 0 elsewhere: it has to be told so when the process
 * starts, and does it from version 13 on (Node 24). A worker of eckart's has it from the thread that made it.
 */
export function joinsPairs(): number {
  const told = (workerThreads?.workerData as { readonly joinsPairs?: number } | null | undefined)?.joinsPairs;
  const { execArgv, versions } = host.process ?? {};
  const asked = /--experimental.wasm.revectorize/.test(String(execArgv));
  return told ?? Number(asked && parseInt(String(versions?.v8)) >= 13);
}
