import "./freshBundle.ts";
import workerThreads, { type Worker } from "node:worker_threads";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import * as engine from "../../src/index.ts";
import { createPool, type Pool, type PoolOptions, type Progress } from "../../src/worker.ts";

const random = new engine.Random(2);
const small = random.normalMatrix(8, 5);
/** Its decomposition by rotations takes much longer than any test may. */
const endless = random.normalMatrix(1600, 1600);

let pool: Pool;
afterEach(() => pool.terminate());
const open = (options?: PoolOptions): Pool => (pool = createPool(options));

/** A computation that has begun and that only an abort or an end of the worker ends. */
async function occupy(signal?: AbortSignal): Promise<{ answer: Promise<unknown> }> {
  let begun = (): void => {};
  const began = new Promise<void>((resolve) => (begun = resolve));
  const onProgress = ({ stage }: Progress): void => void (stage === "started" && begun());
  const answer = pool.svd(endless, { method: "jacobi", signal, onProgress });
  answer.catch(() => {});
  await began;
  return { answer };
}

test("WRK-3 the calling thread goes on while a worker computes", async () => {
  open();
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  await pool.svd(random.normalMatrix(500, 500));
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(10);
});

test("WRK-3 twenty calls at once are answered in their order", async () => {
  open();
  const order: number[] = [];
  const matrices = Array.from({ length: 20 }, (_, i) => random.normalMatrix(60 - 2 * i, 40));
  const answers = matrices.map((A, i) => pool.svdvals(A).finally(() => order.push(i)));
  expect(await Promise.all(answers)).toStrictEqual(matrices.map((A) => engine.svdvals(A)));
  expect(order).toEqual(matrices.map((_, i) => i));
});

test("WRK-3 a pool answers beside a long call", async () => {
  open({ size: 2 });
  const { answer } = await occupy();
  expect(await pool.svdvals(small)).toStrictEqual(engine.svdvals(small));
  pool.terminate();
  await expect(answer).rejects.toMatchObject({ code: "terminated" });
});

test("WRK-3 a pool starts as many workers as calls need, and no more than its size", async () => {
  const made = watchWorkers();
  open({ size: 2 });
  await pool.det([[1]]);
  expect(made).toHaveLength(1);
  await Promise.all(Array.from({ length: 6 }, () => pool.svdvals(small)));
  expect(made).toHaveLength(2);
});

describe("WRK-5 abort", () => {
  test("of a signal that is aborted already", async () => {
    open();
    const A = engine.Matrix.from(small);
    const signal = AbortSignal.abort(new Error("too late"));
    await expect(pool.svd(A, { signal, transfer: true })).rejects.toThrow("too late");
    expect(A.data).toHaveLength(40);
  });

  test("ends a running call, and the others go on", async () => {
    open();
    const controller = new AbortController();
    const { answer } = await occupy(controller.signal);
    const next = [pool.svdvals(small), pool.det([[2]])];
    controller.abort();
    await expect(answer).rejects.toBe(controller.signal.reason);
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
    expect(await Promise.all(next)).toStrictEqual([engine.svdvals(small), 2]);
  });

  test("drops a waiting call, and the others go on", async () => {
    open();
    const running = new AbortController();
    const waiting = new AbortController();
    const { answer } = await occupy(running.signal);
    const dropped = pool.svd(endless, { method: "jacobi", signal: waiting.signal });
    const kept = pool.svdvals(small);
    waiting.abort("not needed");
    await expect(dropped).rejects.toBe("not needed");
    running.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
    expect(await kept).toStrictEqual(engine.svdvals(small));
  });

  test("while the worker starts drops the call", async () => {
    open();
    const controller = new AbortController();
    const dropped = pool.svd(endless, { method: "jacobi", signal: controller.signal });
    controller.abort("at once");
    await expect(dropped).rejects.toBe("at once");
    expect(await pool.det([[3]])).toBe(3);
  });

  test("after the answer does nothing to the next call", async () => {
    open();
    const controller = new AbortController();
    const { signal } = controller;
    const first = await pool.svdvals(small, { signal });
    const second = pool.svd(random.normalMatrix(200, 200));
    controller.abort();
    expect(first).toStrictEqual(engine.svdvals(small));
    expect((await second).info.converged).toBe(true);
  });

  test("by a time limit", async () => {
    open();
    const signal = AbortSignal.timeout(50);
    await expect(pool.svd(endless, { method: "jacobi", signal })).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

describe("WRK-7 the end of workers", () => {
  test("terminate rejects what waits and runs, and the next call starts anew", async () => {
    open();
    const { answer } = await occupy();
    const waiting = pool.svd(small);
    pool.terminate();
    for (const call of [answer, waiting]) {
      const error = await call.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(engine.EckartError);
      expect(error).toMatchObject({ code: "terminated" });
    }
    expect(await pool.svdvals(small)).toStrictEqual(engine.svdvals(small));
  });

  test("terminate while the worker starts", async () => {
    open();
    const early = pool.svd(small);
    pool.terminate();
    const late = pool.det([[5]]);
    await expect(early).rejects.toMatchObject({ code: "terminated" });
    expect(await late).toBe(5);
  });

  test("an idle worker is closed, and the next call starts another", async () => {
    open({ idleMs: 0 });
    for (let i = 0; i < 3; i++) {
      expect(await pool.det([[i]])).toBe(i);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  });

  test("a worker that is killed fails its call alone", async () => {
    const made = watchWorkers();
    open();
    const { answer } = await occupy();
    const waiting = pool.svdvals(small);
    void made.at(-1)!.terminate();
    await expect(answer).rejects.toThrow(engine.EckartError);
    await expect(answer).rejects.toMatchObject({ code: "worker" });
    expect(await waiting).toStrictEqual(engine.svdvals(small));
    await made.at(-1)!.terminate();
    expect(await pool.det([[7]])).toBe(7);
  });
});

/** The workers that are started from now on. */
function watchWorkers(): Worker[] {
  const made: Worker[] = [];
  const Original = workerThreads.Worker;
  workerThreads.Worker = class extends Original {
    constructor(...args: ConstructorParameters<typeof Original>) {
      super(...args);
      made.push(this);
    }
  };
  onTestFinished(() => {
    workerThreads.Worker = Original;
  });
  return made;
}

describe("WRK-6 progress", () => {
  test("tells what is known: queued, started, and that it runs", async () => {
    open();
    const seen: Progress[] = [];
    const controller = new AbortController();
    const { answer } = await occupy(controller.signal);
    const waited = pool.det([[2]], { onProgress: (progress) => seen.push(progress) });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen).toEqual([{ stage: "queued", ahead: 0, elapsedMs: expect.any(Number) }]);
    controller.abort();
    await expect(answer).rejects.toBeDefined();
    await waited;
    expect(seen.slice(0, 2)).toMatchObject([{ stage: "queued" }, { stage: "started", place: "worker" }]);
    expect(seen[1].elapsedMs).toBeGreaterThan(seen[0].elapsedMs);
  });

  test("comes again and again while a call runs, and not after it", async () => {
    open();
    const seen: Progress[] = [];
    const controller = new AbortController();
    let thrice = (): void => {};
    const enough = new Promise<void>((resolve) => (thrice = resolve));
    const onProgress = (progress: Progress): void => {
      seen.push(progress);
      if (seen.length === 4) thrice();
    };
    const answer = pool.svd(endless, { method: "jacobi", signal: controller.signal, onProgress });
    answer.catch(() => {});
    await enough;
    controller.abort();
    await expect(answer).rejects.toBeDefined();
    const count = seen.length;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(seen.map(({ stage }) => stage)).toEqual(["queued", "started", "running", "running"].slice(0, count));
    expect(seen.map(({ elapsedMs }) => elapsedMs)).toEqual(
      seen.map(({ elapsedMs }) => elapsedMs).sort((a, b) => a - b),
    );
  });

  test("tells fractions that ascend to 1, and the steps of the algorithm", async () => {
    open();
    const seen: Progress[] = [];
    const { U } = await pool.svd(random.normalMatrix(500, 500), { onProgress: (progress) => seen.push(progress) });
    expect(U.shape).toEqual([500, 500]);
    const running = seen.flatMap((progress) => (progress.stage === "running" ? [progress] : []));
    const fractions = running.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(fractions.filter((fraction) => fraction > 0 && fraction < 1)).not.toEqual([]);
    expect(running[0].step).toBe("bidiagonalize");
    expect(running.at(-1)!.step).toBe("back-transform");
  });

  test("comes from the methods without a fixed count of steps too", async () => {
    open();
    const steps = new Set<string>();
    const onProgress = (progress: Progress): void => void (progress.stage === "running" && steps.add(progress.step));
    await pool.svds(random.normalMatrix(300, 200), { k: 2, method: "lanczos", onProgress });
    await pool.randomizedSvd(random.normalMatrix(300, 200), { tolerance: 0.5, onProgress });
    await pool.eig(random.normalMatrix(120, 120), { onProgress });
    for (const step of ["lanczos", "range", "hessenberg", "vectors"]) expect(steps).toContain(step);
  });

  test("ends with the abort, whatever was on its way", async () => {
    open({ size: 2 });
    for (const at of [0, 1e-6]) {
      const seen: Progress[] = [];
      const controller = new AbortController();
      const onProgress = (progress: Progress): void => {
        seen.push(progress);
        if (progress.stage === "running" && progress.fraction >= at) controller.abort();
      };
      const answer = pool.svd(endless, { method: "jacobi", signal: controller.signal, onProgress });
      await expect(answer).rejects.toMatchObject({ name: "AbortError" });
      const count = seen.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(seen).toHaveLength(count);
      expect(seen.at(-1)).toMatchObject({ stage: "running", step: "qr" });
    }
  });

  test("of a call that fails does not reach 1", async () => {
    open();
    const seen: Progress[] = [];
    const answer = pool.svd([[NaN]], { onProgress: (progress) => seen.push(progress) });
    await expect(answer).rejects.toThrow(engine.NonFiniteError);
    expect(seen.map(({ stage }) => stage)).toEqual(["queued", "started"]);
  });

  test("start says where calls are computed", async () => {
    const made = watchWorkers();
    open();
    const answer = pool.svdvals(small);
    expect(await Promise.all([pool.start(), pool.start()])).toEqual(["worker", "worker"]);
    await answer;
    expect(await pool.start()).toBe("worker");
    await occupy();
    expect(await pool.start()).toBe("worker");
    expect(made).toHaveLength(1);
  });
});
