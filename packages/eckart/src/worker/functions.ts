// The engine's functions as they are off its thread: the same names and arguments, and the promise of the same result.
import type * as engine from "../index.ts";
import type { LinearOperator } from "../lowrank/operator.ts";

/** What is used of an AbortSignal: every one is such. */
export interface AbortSignalLike {
  /** Whether it was aborted. */
  readonly aborted: boolean;
  /** Why: what the promise of a call rejects with. */
  readonly reason: unknown;
  /** Calls the listener when it is aborted. */
  addEventListener(type: "abort", listener: () => void): void;
  /** Forgets the listener. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Where calls are computed: in a worker, or on the calling thread where no worker can be had. */
export type Place = "worker" | "caller";

/** What is known of a call on its way. */
export type Progress =
  | {
      /** The call waits for a worker. */
      readonly stage: "queued";
      /** How many calls wait before it. */
      readonly ahead: number;
      /** Milliseconds since the call. */
      readonly elapsedMs: number;
    }
  | {
      /** The engine has it. */
      readonly stage: "started";
      readonly place: Place;
      readonly elapsedMs: number;
    }
  | {
      /** The engine has come further, or four times a second that it still computes. The last has the fraction 1. */
      readonly stage: "running";
      /** The part of the work that is done, 0 … 1, ascending: counted in flops, for an iteration an estimate. */
      readonly fraction: number;
      /** What is being computed, as `withProgress` names it; "" before the first step. */
      readonly step: string;
      readonly elapsedMs: number;
    };

/** What a call takes beside the engine's own options. */
export interface CallOptions {
  /**
   * Gives the call up: its promise rejects with the signal's reason. A call that waits is dropped; the worker of one that
   * runs is ended and replaced when the next needs it. Other calls go on.
   */
  readonly signal?: AbortSignalLike | undefined;
  /** Told when the call is queued, when it starts, and how far it is while it runs; nothing after an abort. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Moves the memory of the arguments to the worker instead of copying it: every typed array over the same ArrayBuffers is
   * empty afterwards. Memory that cannot move, shared or of a WebAssembly module, is copied all the same. Default false.
   */
  readonly transfer?: boolean | undefined;
}

/** What stays on the calling thread: making sparse matrices, printing, what keeps or sets a state, and what takes functions. */
export const LOCAL = [
  "csr",
  "format",
  "formatNumber",
  "numpyRandomState",
  "setThreads",
  "threads",
  "withProgress",
] as const;

type Engine = typeof engine;
type AnyFunction = (...args: never) => unknown;

/** The names of the engine's functions, without classes, that go to a worker. */
export type FunctionName = {
  [K in keyof Engine]: Engine[K] extends abstract new (...args: never) => unknown
    ? never
    : Engine[K] extends AnyFunction
      ? K
      : never;
}[Exclude<keyof Engine, (typeof LOCAL)[number]>];

/** Every function of the engine, off its thread: what `createPool` gives and what `eckart/worker` exports. */
export type Functions = { readonly [K in FunctionName]: Off<Engine[K]> };

/** Each overload of F, of which there are at most four, as one that promises its result. */
type Off<F> = F extends {
  (...args: infer A): infer R;
  (...args: infer B): infer S;
  (...args: infer C): infer T;
  (...args: infer D): infer U;
}
  ? Promising<A, R> & Promising<B, S> & Promising<C, T> & Promising<D, U>
  : F extends { (...args: infer A): infer R; (...args: infer B): infer S; (...args: infer C): infer T }
    ? Promising<A, R> & Promising<B, S> & Promising<C, T>
    : F extends { (...args: infer A): infer R; (...args: infer B): infer S }
      ? Promising<A, R> & Promising<B, S>
      : F extends (...args: infer A) => infer R
        ? Promising<A, R>
        : never;

type Promising<A extends unknown[], R> = (...args: WithCallOptions<A>) => Promise<R>;

/** The options of the call join those of the function; where it has none, they are one more argument. */
type WithCallOptions<A extends unknown[]> = true extends { [I in keyof A]: IsOptions<A[I], I> }[number]
  ? { [I in keyof A]: IsOptions<A[I], I> extends true ? A[I] & CallOptions : Sendable<A[I]> }
  : [...{ [I in keyof A]: Sendable<A[I]> }, options?: CallOptions];

/** Options are an object that is no operand, and never come first. */
type IsOptions<T, I> = I extends "0"
  ? false
  : [Exclude<T, undefined>] extends [Operand]
    ? false
    : [Exclude<T, undefined>] extends [object]
      ? true
      : false;

type Operand =
  | engine.MatrixLike
  | engine.VectorLike
  | engine.ComplexMatrixLike
  | engine.SvdFactors
  | engine.ComplexSvdFactors
  | engine.EigenFactors
  | engine.EigFactors;

/** Functions stay on their thread, and matrices made of them. */
type Sendable<T> = Exclude<T, LinearOperator>;
