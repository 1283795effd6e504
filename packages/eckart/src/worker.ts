// The functions of the engine off the calling thread, under the same names.
export type { AbortSignalLike, CallOptions, FunctionName, Functions, Place, Progress } from "./worker/functions.ts";
export { createPool, start, terminate, type Pool, type PoolOptions } from "./worker/pool.ts";
/** Each of them, on the one worker that all share; the build takes the list from index.ts. */
export * from "./worker/generated/exports.ts";
