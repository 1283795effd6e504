// A caller and its helpers, threads of the same host over one shared memory. The caller posts a job and works on it as the
// helpers do: every thread claims block after block from one counter. In the end the caller waits for blocks that others
// have claimed, and for nothing else: a helper that has not come up, sleeps, or has no processor costs nothing.
import { host, joinsPairs, workerThreads } from "../host.ts";
import { helperSource } from "./helperSource.ts";
import {
  blocksOf,
  BROKEN,
  BUSY,
  CROWDED,
  CONTROL_LENGTH,
  DONE,
  type Exports,
  FAILURES,
  JOB_LENGTH,
  jobKernels,
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

/**
 * On a busy machine helpers can cost more time than they save: one that holds a block has no processor, or takes the
 * caller's. So there is a balance. What helpers save is put on it, up to a limit; what they cost is taken off; and where
 * less than nothing is left, the caller works alone for ten times the loss, and twice as long each time that it happens again.
 */
const REPAYMENT = 10;
const MOST_REPAYMENT = 40;
const LONGEST_ALONE_MS = 1000;
const LEAST_LOSS_MS = 0.1;
/** A thread that is stopped is stopped for some milliseconds: what was saved before pays for one such loss. */
const MOST_SAVED_MS = 8;
const LENT_MS = 4;
/** What is saved before a loss counts as the first one again. */
const WORTH_MS = 1;
/** What it counts when a helper finds that it has lost its processor. */
const CROWDED_LOSS_MS = 1;
/** Helpers that sleep are woken so often at most: where the host wakes one on the caller's processor, it costs a spin. */
const REST_MS = 1;
/** Jobs that take less alone are done alone. */
const LEAST_MS = 0.005;
/** Jobs that take longer alone are worth a wake each. */
const WORTHWHILE_MS = 0.15;

/**
 * About how long the caller works alone before it starts helpers, whose start costs it a third of that. The engine uses
 * that time to make fast code of the kernels, on a thread of its own that would have to wait for a processor.
 */
const WARM_UP_MS = 100;

/** The caller alone, whose jobs are done block after block. */
export class Team {
  /** The job to write before `run`. */
  readonly job: Float64Array;
  protected readonly kernels: ReturnType<typeof jobKernels>;

  constructor(exports: Exports, job: Float64Array = new Float64Array(JOB_LENGTH)) {
    this.kernels = jobKernels(exports);
    this.job = job;
  }

  /** How many threads a job that takes about `ms` milliseconds alone would have now. */
  threadsFor(_ms: number): number {
    return 1;
  }

  /** Told how long the memory is, before a job uses it. */
  grown(_bytes: number): void {}

  /** Ends the helpers: from now on the caller is alone. */
  dismiss(): void {}

  /**
   * Does the job, which takes about `ms` milliseconds alone; `even` where its blocks are of one size, but for the last. How
   * many of its calls returned a status other than 0.
   */
  run(_ms: number, _even = true): number {
    const blocks = blocksOf(this.job);
    let failures = 0;
    for (let b = 0; b < blocks; b++) failures += runBlock(this.kernels, this.job, b);
    return failures;
  }
}

interface Helper {
  terminate(): unknown;
}

/** The caller with helpers. */
export class SharedTeam extends Team {
  readonly #control: Int32Array;
  readonly #helpers: Helper[] = [];
  #balance = LENT_MS;
  #repayment = REPAYMENT;
  #aloneUntil = 0;
  /** When helpers were last woken. */
  #woken = -REST_MS;
  #dismissed = false;
  #helped = 0;
  /** What the caller still does alone before it starts helpers. */
  #warmUp = WARM_UP_MS;
  /** What each helper is told when it starts. */
  readonly #starts: readonly Start[];

  /** Has helpers, one for each address of scratch, from when the caller has warmed up. Throws where it may not block. */
  constructor(exports: Exports, module: object, memory: Start["memory"], scratches: readonly number[]) {
    super(exports, new Float64Array(new SharedArrayBuffer(8 * JOB_LENGTH)));
    this.#control = new Int32Array(new SharedArrayBuffer(4 * CONTROL_LENGTH));
    // Throws where this thread may not block: the main thread of a page.
    Atomics.wait(this.#control, WAKE, 1, 0);
    const [control, job, wide] = [this.#control, this.job, joinsPairs()];
    this.#starts = scratches.map((scratch) => ({ module, memory, control, job, scratch, wide }));
  }

  #startAll(): void {
    try {
      for (const message of this.#starts) this.#helpers.push(this.#start(message));
    } catch {
      this.dismiss(); // the host refuses them
    }
  }

  #start(message: Start): Helper {
    const lost = (): void => this.dismiss();
    if (workerThreads) {
      const worker = new workerThreads.Worker(helperSource, { eval: true, execArgv: [], name: "eckart helper" });
      worker.on("error", lost);
      worker.on("exit", lost);
      worker.postMessage(message);
      worker.unref();
      return worker;
    }
    const url = host.URL.createObjectURL(new host.Blob([helperSource], { type: "text/javascript" }));
    const worker = new host.Worker(url, { name: "eckart helper" });
    worker.onerror = (event) => {
      event.preventDefault();
      lost();
    };
    worker.postMessage(message);
    return worker;
  }

  override dismiss(): void {
    this.#dismissed = true;
    for (const helper of this.#helpers.splice(0)) void helper.terminate();
  }

  /** How many blocks helpers have done. */
  get helped(): number {
    return this.#helped;
  }

  override threadsFor(ms: number): number {
    if (ms < LEAST_MS || this.#dismissed || (this.#aloneUntil > 0 && host.performance.now() < this.#aloneUntil))
      return 1;
    if (this.#warmUp > 0) {
      this.#warmUp -= ms;
      if (this.#warmUp <= 0) this.#startAll();
    }
    return 1 + Atomics.load(this.#control, PRESENT);
  }

  override grown(bytes: number): void {
    Atomics.store(this.#control, PAGES, bytes / 65536);
  }

  override run(ms: number, even = true): number {
    const control = this.#control;
    const blocks = blocksOf(this.job);
    const begin = host.performance.now();
    Atomics.store(control, TAKEN, 0);
    Atomics.store(control, DONE, 0);
    Atomics.store(control, FAILURES, 0);
    this.job[QUICKEST] = Infinity;
    Atomics.store(control, BUSY, 1);
    Atomics.store(control, OPEN, blocks);
    if (Atomics.load(control, SLEEPERS) > 0 && (ms > WORTHWHILE_MS || begin > this.#woken + REST_MS)) {
      this.#woken = begin;
      Atomics.store(control, SLEEPERS, 0);
      Atomics.add(control, WAKE, 1);
      Atomics.notify(control, WAKE);
    }
    let own = 0;
    let failures = 0;
    while (Atomics.sub(control, OPEN, 1) > 0) failures += runBlock(this.kernels, this.job, own++);
    const since = host.performance.now();
    this.#helped += blocks - own;
    this.#await(blocks - own, since);
    Atomics.store(control, BUSY, 0);
    // What the caller alone would have taken, from what blocks took; its own take longer where it has lost its processor.
    const now = host.performance.now();
    const block = Math.min(
      own > 0 ? (since - begin) / own : Infinity,
      even || own === 0 ? this.job[QUICKEST] : Infinity,
    );
    const saved = block < Infinity ? block * blocks - (now - begin) : 0;
    this.#settle(now, saved - CROWDED_LOSS_MS * Atomics.exchange(control, CROWDED, 0));
    failures += Atomics.load(control, FAILURES);
    if (failures >= BROKEN) {
      this.dismiss();
      throw new Error("a helper thread failed");
    }
    return failures;
  }

  /** Puts on the balance what a job has saved, less than 0 for a loss, and draws the consequence. */
  #settle(now: number, saved: number): void {
    this.#balance = Math.min(MOST_SAVED_MS, this.#balance + saved);
    if (this.#balance >= WORTH_MS) this.#repayment = REPAYMENT;
    if (this.#balance > -LEAST_LOSS_MS) return;
    this.#aloneUntil = now + Math.min(LONGEST_ALONE_MS, -this.#balance * this.#repayment);
    this.#repayment = Math.min(MOST_REPAYMENT, 2 * this.#repayment);
    this.#balance = 0;
  }

  /** Waits until helpers have finished so many blocks; asleep where that takes long, so that one may have this processor. */
  #await(blocks: number, since: number): void {
    const control = this.#control;
    for (let looks = 1, done = 0; (done = Atomics.load(control, DONE)) < blocks; looks++) {
      if (looks % 64 !== 0 || host.performance.now() < since + SPIN_MS) continue;
      Atomics.store(control, WAITING, 1);
      Atomics.wait(control, DONE, done, 10);
      Atomics.store(control, WAITING, 0);
    }
  }
}
