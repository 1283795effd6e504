// One problem on one library, behind one face: in this process or elsewhere, a single matrix or a batch one by one.

/** @typedef {import("./types.ts").Library} Library @typedef {import("./types.ts").Task} Task @typedef {import("./types.ts").Remote} Remote
 *  @typedef {import("./types.ts").Ready} Ready @typedef {import("./types.ts").Answer} Answer */

/**
 * The problem, ready to be timed; null where the library does not have the operation or declines the task.
 * @param {Library} library @param {Task} task @returns {Promise<Remote | null>}
 */
export async function timed({ version, operations }, task) {
  const own = operations[task.operation];
  const single = operations.svd;
  if (own) {
    const ready = await own(task);
    return ready && ("time" in ready ? ready : here(ready, task));
  }
  if (task.operation === "svdInto" && single) return timed({ version, operations }, { ...task, operation: "svd" });
  if (task.operation === "svdBatch" && single) return oneByOne(single, task);
  return null;
}

/** @param {Ready} ready @param {Task} task @returns {Remote} */
function here(ready, task) {
  return {
    async time(calls) {
      ready.enter?.();
      const start = performance.now();
      for (let call = 0; call < calls; call++) {
        const result = ready.run();
        if (result instanceof Promise) await result;
      }
      return (performance.now() - start) / 1000;
    },
    async check() {
      ready.enter?.();
      // Loaded here, since it rests on eckart: a process that only times another library should not have it.
      const { accuracyOf } = await import("./accuracy.mjs");
      return accuracyOf(task, await ready.answer(/** @type {never} */ (await ready.run())));
    },
    close: ready.close,
  };
}

/**
 * A batch on a library that knows single matrices alone and answers at once.
 * @param {import("./types.ts").Prepare} prepare @param {Task} task @returns {Promise<Remote | null>}
 */
async function oneByOne(prepare, task) {
  const { m, n, count, data } = task;
  /** @type {Ready[]} */
  const all = [];
  const close = () => all.forEach((ready) => ready.close?.());
  const decline = () => {
    close();
    return null;
  };
  for (let t = 0; t < count; t++) {
    const ready = await prepare({ ...task, operation: "svd", count: 1, data: data.slice(t * m * n, (t + 1) * m * n) });
    if (!ready) return decline();
    if ("time" in ready) {
      ready.close?.();
      return decline();
    }
    all.push(ready);
  }
  const first = all[0]?.run();
  if (first instanceof Promise) {
    await first;
    return decline();
  }
  return here(
    {
      run: () => all.map((ready) => ready.run()),
      answer: (/** @type {never[]} */ results) => {
        const answers = results.map((result, t) => all[t]?.answer(result));
        return { member: (t) => /** @type {Answer} */ (answers[t]) };
      },
      enter: all[0]?.enter,
      close,
    },
    task,
  );
}
