// The functions of the engine off the calling thread, under the same names, in the order of index.ts.
import type { Functions } from "./worker/functions.ts";
import { createPool, type Pool } from "./worker/pool.ts";

export { createPool, type Pool, type PoolOptions } from "./worker/pool.ts";
export type { AbortSignalLike, CallOptions, FunctionName, Functions, Place, Progress } from "./worker/functions.ts";

const pool: Pool = createPool();

/** Starts the worker before it is needed, and says where calls are computed: "worker", or "caller" where there is none. */
export const start: Pool["start"] = pool.start;
/** Ends the worker. Calls that wait or run reject with an `EckartError` of code "terminated"; a later one starts it anew. */
export const terminate: Pool["terminate"] = pool.terminate;

/** `multiply` in a worker. */
export const multiply: Functions["multiply"] = pool.multiply;
/** `add` in a worker. */
export const add: Functions["add"] = pool.add;
/** `scale` in a worker. */
export const scale: Functions["scale"] = pool.scale;
/** `subtract` in a worker. */
export const subtract: Functions["subtract"] = pool.subtract;
/** `trace` in a worker. */
export const trace: Functions["trace"] = pool.trace;
/** `lu` in a worker. */
export const lu: Functions["lu"] = pool.lu;
/** `det` in a worker. */
export const det: Functions["det"] = pool.det;
/** `slogdet` in a worker. */
export const slogdet: Functions["slogdet"] = pool.slogdet;
/** `solve` in a worker. */
export const solve: Functions["solve"] = pool.solve;
/** `inv` in a worker. */
export const inv: Functions["inv"] = pool.inv;
/** `cholesky` in a worker. */
export const cholesky: Functions["cholesky"] = pool.cholesky;
/** `qr` in a worker. */
export const qr: Functions["qr"] = pool.qr;
/** `svd` in a worker. */
export const svd: Functions["svd"] = pool.svd;
/** `svdvals` in a worker. */
export const svdvals: Functions["svdvals"] = pool.svdvals;
/** `svdPlan` in a worker. */
export const svdPlan: Functions["svdPlan"] = pool.svdPlan;
/** `norm` in a worker. */
export const norm: Functions["norm"] = pool.norm;
/** `cond` in a worker. */
export const cond: Functions["cond"] = pool.cond;
/** `zeroThreshold` in a worker. */
export const zeroThreshold: Functions["zeroThreshold"] = pool.zeroThreshold;
/** `rank` in a worker. */
export const rank: Functions["rank"] = pool.rank;
/** `nullSpace` in a worker. */
export const nullSpace: Functions["nullSpace"] = pool.nullSpace;
/** `orth` in a worker. */
export const orth: Functions["orth"] = pool.orth;
/** `pinv` in a worker. */
export const pinv: Functions["pinv"] = pool.pinv;
/** `lstsq` in a worker. */
export const lstsq: Functions["lstsq"] = pool.lstsq;
/** `polar` in a worker. */
export const polar: Functions["polar"] = pool.polar;
/** `eigh` in a worker. */
export const eigh: Functions["eigh"] = pool.eigh;
/** `eigvalsh` in a worker. */
export const eigvalsh: Functions["eigvalsh"] = pool.eigvalsh;
/** `eig` in a worker. */
export const eig: Functions["eig"] = pool.eig;
/** `eigvals` in a worker. */
export const eigvals: Functions["eigvals"] = pool.eigvals;
/** `eigenStructure` in a worker. */
export const eigenStructure: Functions["eigenStructure"] = pool.eigenStructure;
/** `truncate` in a worker. */
export const truncate: Functions["truncate"] = pool.truncate;
/** `reconstruct` in a worker. */
export const reconstruct: Functions["reconstruct"] = pool.reconstruct;
/** `accuracy` in a worker. */
export const accuracy: Functions["accuracy"] = pool.accuracy;
/** `rotation` in a worker. */
export const rotation: Functions["rotation"] = pool.rotation;
/** `reflection` in a worker. */
export const reflection: Functions["reflection"] = pool.reflection;
/** `classify` in a worker. */
export const classify: Functions["classify"] = pool.classify;
/** `isOrthogonal` in a worker. */
export const isOrthogonal: Functions["isOrthogonal"] = pool.isOrthogonal;
/** `isSymmetric` in a worker. */
export const isSymmetric: Functions["isSymmetric"] = pool.isSymmetric;
/** `rotateScaleRotate` in a worker. */
export const rotateScaleRotate: Functions["rotateScaleRotate"] = pool.rotateScaleRotate;
/** `ellipseOutline` in a worker. */
export const ellipseOutline: Functions["ellipseOutline"] = pool.ellipseOutline;
/** `imageOfUnitSphere` in a worker. */
export const imageOfUnitSphere: Functions["imageOfUnitSphere"] = pool.imageOfUnitSphere;
/** `leftGram` in a worker. */
export const leftGram: Functions["leftGram"] = pool.leftGram;
/** `rightGram` in a worker. */
export const rightGram: Functions["rightGram"] = pool.rightGram;
