// fresh.mjs OPERATION N THREADS CALLS: milliseconds of the first calls in a process, as one JSON line.
const { adapter } = await import("../peers/eckart.mjs");
const { timed } = await import("../harness/timed.mjs");
const { makeTask } = await import("../harness/tasks.mjs");
const [, , operation, n, threads, calls] = process.argv;
const task = makeTask(/** @type {any} */ ({ operation, dtype: "f64", m: Number(n), n: Number(n) }));
const remote = await timed(await adapter.open(Number(threads)), task);
if (!remote) throw new Error(`eckart does not have ${operation}`);
console.log(JSON.stringify({ ms: 1000 * (await remote.time(Number(calls))) }));
process.exit();
