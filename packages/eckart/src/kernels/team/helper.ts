// The program of a helper: claims blocks of the jobs that are posted, and sleeps where there are none for long. The build
// makes one script of it.
import { host, workerThreads } from "../host.ts";
import {
  blocksOf,
  BROKEN,
  BUSY,
  CALM_MS,
  CROWDED,
  CROWDED_MS,
  DONE,
  type Exports,
  FAILURES,
  jobKernels,
  LOOKOUT_MS,
  OPEN,
  PAGES,
  PRESENT,
  QUICKEST,
  runBlock,
  SLEEPERS,
  SPIN_MS,
  type Start,
  TAKEN,
  WAITING,
  WAKE,
} from "./job.ts";

/** How much longer than a block the caller may take for one. */
const LATE_MS = 0.01;

function help({ module, memory, control, job, scratch, wide }: Start): void {
  const exports = new host.WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
  exports["setScratch"](scratch, wide);
  const kernels = jobKernels(exports);
  const now = (): number => host.performance.now();
  let pages = 0;
  // When the last block was finished, and what it took.
  let finished = 0;
  let took = 0;
  // When it was last without a processor.
  let crowded = -CALM_MS;
  const lookout = (at: number): number => (at > crowded + CALM_MS ? LOOKOUT_MS : SPIN_MS);
  Atomics.add(control, PRESENT, 1);
  for (;;) {
    let looked = now();
    for (let until = looked + lookout(looked), looks = 1; Atomics.load(control, OPEN) <= 0; looks++) {
      if (looks % 64 !== 0) continue;
      const before = looked;
      looked = now();
      if (looked > before + CROWDED_MS) {
        Atomics.add(control, CROWDED, 1);
        crowded = looked;
      }
      // A caller that is late with its own block may be waiting for this very processor.
      const late = Atomics.load(control, BUSY) !== 0 && looked > finished + 1.5 * took + LATE_MS;
      if (looked < until && !late) continue;
      Atomics.add(control, SLEEPERS, 1);
      const seen = Atomics.load(control, WAKE);
      if (Atomics.load(control, OPEN) <= 0) Atomics.wait(control, WAKE, seen);
      looked = now();
      until = looked + lookout(looked);
      finished = looked;
    }
    // What is claimed now is a block of the job that is posted now, which stays until the block is done.
    if (Atomics.sub(control, OPEN, 1) <= 0) continue;
    if (Atomics.load(control, PAGES) !== pages) {
      // Memory that the caller has grown is there for this thread once it has seen it grow.
      pages = Atomics.load(control, PAGES);
      while (memory.buffer.byteLength < pages * 65536);
    }
    // From the last block downward: two threads meet in the middle, and find in their caches what they left there.
    const begin = now();
    const taken = Atomics.add(control, TAKEN, 1);
    let failures = BROKEN;
    try {
      failures = runBlock(kernels, job, blocksOf(job) - 1 - taken);
    } finally {
      // The caller must never wait for a helper that has died.
      if (failures > 0) Atomics.add(control, FAILURES, failures);
      if (failures >= BROKEN) Atomics.add(control, DONE, 1);
    }
    finished = now();
    took = finished - begin;
    // The last block may be a short one.
    if (taken > 0) job[QUICKEST] = Math.min(job[QUICKEST], took);
    Atomics.add(control, DONE, 1);
    if (Atomics.load(control, WAITING) !== 0) Atomics.notify(control, DONE);
  }
}

const start = ({ data }: { readonly data: unknown }): void => help(data as Start);
if (workerThreads?.parentPort) workerThreads.parentPort.onmessage = start;
else host.onmessage = start;
