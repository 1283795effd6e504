import { isSymmetric, norm, slogdet, svdvals } from "eckart";
import type { Functions, Progress } from "eckart/worker";

/** The functions of the library that the studio calls on matrices of any size. */
const NAMES = [
  "accuracy",
  "certify",
  "cholesky",
  "cond",
  "det",
  "eig",
  "eigenStructure",
  "eigh",
  "inv",
  "isSymmetric",
  "lstsq",
  "lu",
  "multiply",
  "norm",
  "nullSpace",
  "orth",
  "pinv",
  "polar",
  "qr",
  "randomizedSvd",
  "rank",
  "reconstruct",
  "slogdet",
  "subtract",
  "svd",
  "svds",
  "svdvals",
  "truncate",
] as const;

/** Each of them promises its result. */
export type Engine = Pick<Functions, (typeof NAMES)[number]>;

/** What a first look at a matrix takes; the others are fetched when the first of them is called. */
const FIRST: Readonly<Record<string, unknown>> = { isSymmetric, norm, slogdet, svdvals };

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

/** The functions on this thread. */
function here(): Engine {
  return mapped((name) => async (...args) => {
    const work = FIRST[name] ?? ((await import("./local.ts")) as Record<string, unknown>)[name];
    return (work as (...args: unknown[]) => unknown)(...args);
  });
}

/** The functions of workers, each of whose calls tells how far it is and ends with the signal. */
function watched(pool: Functions, watch: Watch): Engine {
  return mapped(
    (name) =>
      (...args) =>
        (pool as unknown as Record<string, Call>)[name]!(...args, watch),
  );
}

function mapped(call: (name: string) => Call): Engine {
  return Object.fromEntries(NAMES.map((name) => [name, call(name)])) as unknown as Engine;
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
