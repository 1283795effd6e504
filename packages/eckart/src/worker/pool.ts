// A queue of calls and the threads that take from it.
import { EckartError, OptionError } from "../errors.ts";
import { MOST_THREADS, threads as threadsOfCaller } from "../kernels/team/threads.ts";
import { checkChoice, checkInteger, checkOptions } from "../options.ts";
import type { Advance, Call } from "./answer.ts";
import { functionNames } from "./generated/bundle.ts";
import type { CallOptions, Functions, Place, Progress } from "./functions.ts";
import { host } from "./host.ts";
import { startThread, type Thread } from "./threads.ts";
import { buffersOf, decode, encode, type Wire } from "./wire.ts";

/** Options of `createPool`. */
export interface PoolOptions {
  /** Most workers at a time. Default 1. */
  readonly size?: number;
  /** Threads of each worker. Default: those of `threads()`, divided by the number of workers. */
  readonly threads?: number;
  /** Milliseconds after which a worker without work is closed, and its memory given back. Default 30 000. */
  readonly idleMs?: number;
}

/** The engine's functions on workers of their own. */
export interface Pool extends Functions {
  /** Starts a worker before it is needed, and says where calls are computed. */
  readonly start: () => Promise<Place>;
  /** Ends the workers. Calls that wait or run reject with an `EckartError` of code "terminated"; a later one starts anew. */
  readonly terminate: () => void;
}

const HEARTBEAT_MS = 250;
/** A longer timer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Workers of their own, which take calls from one queue in the order in which they came.
 *
 * Each worker has its own memory and is started when there is a call for it.
 *
 * @param options  size: most workers at a time, 1 by default; threads: of each worker, by default as many as
 *   make `threads()` with those of the others; idleMs: when an idle one is closed, 30 000 by default.
 * @throws OptionError  an unknown option, or one out of range.
 * @example
 * import { createPool } from "eckart/worker";
 * const pool = createPool({ size: 2 });
 * const values = await Promise.all([pool.svdvals([[3, 4]]), pool.det([[2, 1], [1, 3]])]); // values ≈ [[5], 5]
 * pool.terminate();
 */
export function createPool(options: PoolOptions = {}): Pool {
  checkOptions("createPool", options, ["size", "threads", "idleMs"]);
  const { size = 1, threads, idleMs = 30_000 } = options;
  checkInteger("createPool", "size", size, 1);
  checkInteger("createPool", "threads", threads, 1, MOST_THREADS);
  checkInteger("createPool", "idleMs", idleMs, 0, LONGEST_TIMER_MS);
  const crew = new Crew(size, idleMs, () => threads ?? Math.max(1, Math.floor(threadsOfCaller() / size)));
  const functions = functionNames.map((name) => [name, (...args: unknown[]) => crew.call(name, args)] as const);
  const control = { start: () => crew.start(), terminate: () => crew.terminate() };
  return { ...Object.fromEntries(functions), ...control } as unknown as Pool;
}

/** A call that waits or runs. */
interface Job {
  readonly call: Call;
  /** Tells the caller how far it is. */
  readonly report: ((progress: Untimed<Progress>) => void) | undefined;
  resolve(value: unknown): void;
  /** Does nothing where the call is settled already. */
  reject(error: unknown): void;
}

type Untimed<P> = P extends Progress ? Omit<P, "elapsedMs"> : never;

class Crew {
  readonly #size: number;
  readonly #idleMs: number;
  readonly #threads: () => number;
  readonly #queue: Job[] = [];
  readonly #running = new Map<Job, Thread>();
  /** Threads without work, and the timers that will close them. */
  readonly #idle = new Map<Thread, unknown>();
  readonly #starting = new Set<Promise<Thread>>();
  /** How often everything was terminated: a thread that was starting then is not wanted. */
  #era = 0;

  constructor(size: number, idleMs: number, threads: () => number) {
    this.#size = size;
    this.#idleMs = idleMs;
    this.#threads = threads;
  }

  async call(name: string, args: readonly unknown[]): Promise<unknown> {
    const { operands, signal, onProgress, transfer = false } = separate(name, args);
    if (signal?.aborted) throw signal.reason;
    const wire = transfer ? moved(name, operands) : encode(name, operands, true);

    const since = host.performance.now();
    let over = false;
    const tell = (progress: Untimed<Progress>): void => {
      const timed = { ...progress, elapsedMs: host.performance.now() - since } as Progress;
      host.queueMicrotask(() => over || onProgress?.(timed));
    };
    const caller = new Error();
    let abort = (): void => {};
    try {
      return await new Promise((resolve, reject) => {
        const call = { name, args: wire, watched: onProgress !== undefined, threads: this.#threads() };
        const giveUp = (error: unknown): void => {
          over = true;
          reject(error);
        };
        const job: Job = { call, report: onProgress && tell, resolve, reject: giveUp };
        abort = (): void => this.#giveUp(job, signal?.reason);
        signal?.addEventListener("abort", abort);
        job.report?.({ stage: "queued", ahead: this.#queue.length });
        this.#queue.push(job);
        this.#dispatch();
      });
    } catch (error) {
      if (error instanceof EckartError) error.stack = stackOf(error, caller);
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  async start(): Promise<Place> {
    const there = [...this.#idle.keys(), ...this.#running.values()].find((thread) => thread.alive);
    const [starting] = this.#starting;
    return (there ?? (await (starting ?? this.#startThread()))).place;
  }

  terminate(): void {
    const jobs = [...this.#queue, ...this.#running.keys()];
    const threads = [...this.#idle.keys(), ...this.#running.values()];
    for (const timer of this.#idle.values()) host.clearTimeout(timer);
    this.#queue.length = 0;
    this.#running.clear();
    this.#idle.clear();
    this.#era++;
    for (const job of jobs) job.reject(new EckartError("terminated", `${job.call.name}: the workers were terminated`));
    for (const thread of threads) thread.stop();
  }

  /** Gives waiting calls to idle threads, and starts as many threads as are missing. */
  #dispatch(): void {
    for (const [thread, timer] of this.#idle) {
      if (this.#queue.length === 0) return;
      host.clearTimeout(timer);
      this.#idle.delete(thread);
      if (thread.alive) void this.#run(this.#queue.shift()!, thread);
    }
    const free = this.#size - this.#running.size - this.#starting.size;
    const missing = Math.min(free, this.#queue.length - this.#starting.size);
    for (let i = 0; i < missing; i++) void this.#startThread();
  }

  #startThread(): Promise<Thread> {
    const era = this.#era;
    const started = startThread();
    this.#starting.add(started);
    started.then(
      (thread) => {
        this.#starting.delete(started);
        if (era === this.#era) this.#rest(thread);
        else thread.stop();
        this.#dispatch();
      },
      (error: unknown) => {
        this.#starting.delete(started);
        for (const job of this.#queue.splice(0)) job.reject(error);
      },
    );
    return started;
  }

  async #run(job: Job, thread: Thread): Promise<void> {
    this.#running.set(job, thread);
    thread.hold(true);
    job.report?.({ stage: "started", place: thread.place });
    let advance: Advance = { fraction: 0, step: "" };
    const tell = (): void => job.report?.({ stage: "running", ...advance });
    const heartbeat = job.report && host.setInterval(tell, HEARTBEAT_MS);
    try {
      const reply = await thread.ask(job.call, buffersOf(job.call.args), (latest) => {
        advance = latest;
        tell();
      });
      if ("value" in reply) job.resolve(decode(reply.value));
      else job.reject(decode(reply.error));
    } catch (error) {
      job.reject(new EckartError("worker", `${job.call.name}: ${error instanceof Error ? error.message : error}`));
    }
    host.clearInterval(heartbeat);
    this.#running.delete(job);
    if (thread.alive) this.#rest(thread);
    this.#dispatch();
  }

  /** Keeps the thread for the next call, and closes a worker when none comes. */
  #rest(thread: Thread): void {
    thread.hold(false);
    this.#idle.set(thread, thread.place === "worker" ? this.#closeLater(thread) : undefined);
  }

  #closeLater(thread: Thread): unknown {
    const timer = host.setTimeout(() => {
      this.#idle.delete(thread);
      thread.stop();
    }, this.#idleMs);
    timer.unref?.();
    return timer;
  }

  #giveUp(job: Job, reason: unknown): void {
    job.reject(reason);
    const place = this.#queue.indexOf(job);
    if (place >= 0) this.#queue.splice(place, 1);
    else this.#running.get(job)?.stop();
  }
}

/** The arguments of the engine, and the options of the call, which the last argument may hold beside the engine's. */
function separate(where: string, args: readonly unknown[]): CallOptions & { readonly operands: readonly unknown[] } {
  const last = args.at(-1);
  if (typeof last !== "object" || last === null || !("signal" in last || "onProgress" in last || "transfer" in last)) {
    return { operands: args };
  }
  const { signal, onProgress, transfer, ...options } = last as CallOptions;
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw new OptionError(where, "signal", signal, "an AbortSignal");
  }
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new OptionError(where, "onProgress", onProgress, "a function");
  }
  if (transfer !== undefined) checkChoice(where, "transfer", transfer, [true, false]);
  const own = Object.keys(options).length > 0 ? [options] : [];
  return { operands: [...args.slice(0, -1), ...own], signal, onProgress, transfer };
}

/** The arguments, with their memory taken from the caller. Where it cannot be, as that of a WebAssembly module, copied. */
function moved(where: string, operands: readonly unknown[]): Wire {
  const wire = encode(where, operands, false);
  try {
    return host.structuredClone(wire, { transfer: buffersOf(wire) });
  } catch {
    return encode(where, operands, true);
  }
}

/** The stack of the call, which is of more use than that of the worker's message. */
function stackOf({ name, message }: Error, { stack = "" }: Error): string {
  return `${name}: ${message}\n${stack.replace(/^Error\n/, "")}`;
}

/** The one worker that the functions share when they are imported by name. */
export const defaultPool: Pool = createPool();
