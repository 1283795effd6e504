// The functions of the engine off the calling thread, under the same names.
import { defaultPool, type Pool } from "./worker/pool.ts";

export type { AbortSignalLike, CallOptions, FunctionName, Functions, Place, Progress } from "./worker/functions.ts";
export { createPool, type Pool, type PoolOptions } from "./worker/pool.ts";

/** Each function of index.ts, on the worker that all share; the build writes them. */
export * from "./worker/generated/exports.ts";

/** Starts the worker before it is needed, and says where calls are computed: "worker", or "caller" where there is none. */
export const start: Pool["start"] = defaultPool.start;

/** Ends the worker. Calls that wait or run reject with an `EckartError` of code "terminated"; a later one starts it anew. */
export const terminate: Pool["terminate"] = defaultPool.terminate;
