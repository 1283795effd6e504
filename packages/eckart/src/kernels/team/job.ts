// A job: one kernel over the blocks of something long. Every argument moves by a fixed step from one block to the next, and
// one argument is the length of the block. Job and kernels are all that a helper knows.

/** Exports that a job can name, F64 and F32 of each. */
const NAMES = ["gemm", "gemv", "gemvT", "symv", "bidiagonalPass"] as const;
/** And one that exists in f64 alone. */
const SCALAR_NAMES = ["secularRoot"] as const;

export type JobKernel = (typeof NAMES)[number];
export type Exports = Readonly<Record<string, (...args: number[]) => number>>;

/** Which number means a kernel in a job. */
export const jobKernel = (name: JobKernel, dtype: "F64" | "F32"): number =>
  NAMES.indexOf(name) + (dtype === "F32" ? NAMES.length : 0);

export const scalarJobKernel = (name: (typeof SCALAR_NAMES)[number]): number =>
  2 * NAMES.length + SCALAR_NAMES.indexOf(name);

/** The kernels by their numbers. */
export const jobKernels = (exports: Exports): readonly Exports[string][] => [
  ...["F64", "F32"].flatMap((dtype) => NAMES.map((name) => exports[name + dtype])),
  ...SCALAR_NAMES.map((name) => exports[name]),
];

/** Most arguments of a kernel. */
const ARGUMENTS = 13;

// A job in numbers: length, length of a block, how many blocks, the kernel, the place of the argument that is the length of
// the block (or −1), and every argument with its step.
const HEAD = 5;
/** Behind the job: the milliseconds that the quickest whole block of a helper took. */
export const QUICKEST: number = HEAD + 2 * ARGUMENTS;
export const JOB_LENGTH: number = QUICKEST + 1;

/** How many blocks the job has. */
export const blocksOf = (job: Float64Array): number => job[2];

/**
 * Writes a job of `length` in blocks of `block`: the kernel, its arguments for the first block, what each grows by from block
 * to block, and which of them is the length.
 */
export function writeJob(
  job: Float64Array,
  length: number,
  block: number,
  kernel: number,
  resized: number,
  first: readonly number[],
  steps: readonly number[],
): void {
  job[0] = length;
  job[1] = block;
  job[2] = Math.ceil(length / block);
  job[3] = kernel;
  job[4] = resized;
  for (let i = 0; i < first.length; i++) {
    job[HEAD + 2 * i] = first[i];
    job[HEAD + 1 + 2 * i] = steps[i];
  }
}

/** Does block b of the job; whether its kernel returned a status other than 0. */
export function runBlock(kernels: readonly Exports[string][], job: Float64Array, b: number): 0 | 1 {
  const size = Math.min(job[1], job[0] - b * job[1]);
  const x = (i: number): number => (i === job[4] ? size : job[HEAD + 2 * i] + b * job[HEAD + 1 + 2 * i]);
  return kernels[job[3]](x(0), x(1), x(2), x(3), x(4), x(5), x(6), x(7), x(8), x(9), x(10), x(11), x(12)) ? 1 : 0;
}

/** Where a team's words lie in its control array, each on a cache line of its own. */
export const OPEN = 0; // blocks that nobody has claimed; below 1 when there are none
export const TAKEN = 16; // blocks that helpers have claimed
export const DONE = 32; // blocks that helpers have finished
export const WAITING = 48; // whether the caller sleeps until DONE changes
export const WAKE = 64; // changes when sleeping helpers are woken
export const SLEEPERS = 80; // helpers that have gone to sleep since the last wake
export const PRESENT = 96; // helpers that have come up
export const PAGES = 112; // pages of linear memory
export const CROWDED = 128; // how often a helper lost its processor
export const FAILURES = 144; // calls of helpers that returned a status other than 0
export const BROKEN: number = 1 << 24; // what a block that did not end counts among the failures
export const BUSY = 160; // whether the caller is at work on a job
export const CONTROL_LENGTH = 176;

/** What a helper is told when it starts. */
export interface Start {
  readonly module: object;
  readonly memory: { readonly buffer: { readonly byteLength: number } };
  readonly control: Int32Array;
  readonly job: Float64Array;
  /** Address of scratch of its own. */
  readonly scratch: number;
  /** 1 where the loops are for engines that join pairs of vectors, as the caller's are. */
  readonly wide: number;
}

/** How long a thread looks out for work, or for the end of it, before it sleeps: a wake takes about as long. */
export const SPIN_MS = 0.1;
/** How long a helper does whose processor nobody else has asked for: most that an SVD of order 256 does alone is shorter. */
export const LOOKOUT_MS = 0.5;
export const CALM_MS = 200;

/** A thread that looks out for work and finds that so much time has passed since it last looked has lost its processor. */
export const CROWDED_MS = 0.4;
