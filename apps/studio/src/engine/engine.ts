import {
  accuracy,
  certify,
  cholesky,
  cond,
  det,
  eig,
  eigenStructure,
  eigh,
  inv,
  isSymmetric,
  lstsq,
  lu,
  multiply,
  norm,
  nullSpace,
  orth,
  pinv,
  polar,
  qr,
  randomizedSvd,
  rank,
  reconstruct,
  slogdet,
  subtract,
  svd,
  svds,
  svdvals,
  truncate,
} from "eckart";
import type { Functions, Progress } from "eckart/worker";

const local = {
  accuracy,
  certify,
  cholesky,
  cond,
  det,
  eig,
  eigenStructure,
  eigh,
  inv,
  isSymmetric,
  lstsq,
  lu,
  multiply,
  norm,
  nullSpace,
  orth,
  pinv,
  polar,
  qr,
  randomizedSvd,
  rank,
  reconstruct,
  slogdet,
  subtract,
  svd,
  svds,
  svdvals,
  truncate,
};

/** The functions of the library that the studio calls on matrices of any size: each promises its result. */
export type Engine = Pick<Functions, keyof typeof local>;

/** What a call in a worker tells, and what ends it. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Work of more flops than this would hold up the page: it is done in a worker. */
const LOCAL_FLOPS = 3e7;

/** The engine for that much work: on this thread, or in a worker that is fetched when the first such work comes. */
export async function engineFor(flops: number, watch: Watch): Promise<Engine> {
  watch.signal.throwIfAborted();
  return flops <= LOCAL_FLOPS ? here() : watched(await import("eckart/worker"), watch);
}

/** Engines that work at the same time, for the parts of one task. */
export interface Crew {
  readonly engine: (watch: Watch) => Engine;
  readonly close: () => void;
}

/** A crew of that size for so much work, on this thread where it is little. */
export async function crewFor(flops: number, size: number): Promise<Crew> {
  if (flops <= LOCAL_FLOPS) return { engine: here, close: () => {} };
  const { createPool } = await import("eckart/worker");
  const pool = createPool({ size });
  return { engine: (watch) => watched(pool, watch), close: pool.terminate };
}

type Call = (...args: unknown[]) => Promise<unknown>;

/** The same names on this thread, in the next turn of its loop. */
function here(): Engine {
  const promising = (work: unknown): Call => {
    return async (...args) => (work as (...args: unknown[]) => unknown)(...args);
  };
  return mapped(promising);
}

/** The functions of workers, each of whose calls tells how far it is and ends with the signal. */
function watched(pool: Functions, watch: Watch): Engine {
  return mapped(
    (_, name) =>
      (...args) =>
        (pool as unknown as Record<string, Call>)[name]!(...args, watch),
  );
}

function mapped(change: (work: unknown, name: string) => Call): Engine {
  const calls = Object.entries(local).map(([name, work]) => [name, change(work, name)] as const);
  return Object.fromEntries(calls) as unknown as Engine;
}

/** What the engine does at a step, in words. */
const STEPS: Readonly<Record<string, string>> = {
  qr: "QR decomposition",
  bidiagonalize: "bidiagonal form",
  tridiagonalize: "tridiagonal form",
  hessenberg: "Hessenberg form",
  diagonalize: "singular values",
  "back-transform": "singular vectors",
  schur: "Schur form",
  vectors: "eigenvectors",
  jacobi: "Jacobi sweeps",
  lanczos: "Lanczos steps",
  range: "products with random vectors",
  project: "decomposition of the projection",
  measure: "measuring the error",
};

/** A step of the engine in words: "computing" where it has no name. */
export const stepInWords = (step: string): string => STEPS[step] ?? "computing";
