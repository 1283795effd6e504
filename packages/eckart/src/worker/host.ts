// What running off the thread needs from its host beside what the kernels need.
import { host as kernelHost } from "../kernels/host.ts";

export { joinsPairs, type WebWorker, workerThreads } from "../kernels/host.ts";

interface Host {
  setTimeout(body: () => void, ms: number): { unref?(): void };
  clearTimeout(timer: unknown): void;
  setInterval(body: () => void, ms: number): unknown;
  clearInterval(timer: unknown): void;
  queueMicrotask(body: () => void): void;
  structuredClone<T>(value: T, options: { readonly transfer: readonly ArrayBuffer[] }): T;
}

export const host: typeof kernelHost & Host = kernelHost as typeof kernelHost & Host;
