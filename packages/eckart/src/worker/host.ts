// What running off the thread needs from its host, Node or browser: the engine is compiled without the declarations of
// either. Node's part comes through `process.getBuiltinModule`, so that no bundler for the browser meets a `node:` import.

/** What both ends of a worker are in the browser, and the far end in Node. */
interface Port {
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
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  terminate(): Promise<number>;
  ref(): void;
  unref(): void;
}

interface WorkerThreads {
  readonly Worker: new (source: string, options: object) => NodeWorker;
  readonly parentPort: Port | null;
}

interface Host extends Port {
  readonly Blob: new (parts: string[], options: { type: string }) => object;
  readonly URL: { createObjectURL(blob: object): string; revokeObjectURL(url: string): void };
  readonly Worker: new (url: string, options: object) => WebWorker;
  readonly performance: { now(): number };
  readonly process?: { getBuiltinModule?(name: string): unknown };
  setTimeout(body: () => void, ms: number): { unref?(): void };
  clearTimeout(timer: unknown): void;
  setInterval(body: () => void, ms: number): unknown;
  clearInterval(timer: unknown): void;
  queueMicrotask(body: () => void): void;
  structuredClone<T>(value: T, options: { readonly transfer: readonly ArrayBuffer[] }): T;
}

export const host: Host = globalThis as unknown as Host;

/** The module node:worker_threads, where this is Node or does as Node does. */
export const workerThreads: WorkerThreads | undefined = host.process?.getBuiltinModule?.("node:worker_threads") as
  | WorkerThreads
  | undefined;
