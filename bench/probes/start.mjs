// start.mjs ADAPTER: milliseconds of import, first and second call, as one JSON line.
const [, , file] = process.argv;
const { timed } = await import("../harness/timed.mjs");
const { makeTask } = await import("../harness/tasks.mjs");
const task = makeTask({ operation: "svd", dtype: "f64", m: 3, n: 3 });
try {
  const start = performance.now();
  const { adapter } = await import(`../peers/${file}`);
  const library = await adapter.open(1);
  const load = performance.now() - start;
  const remote = await timed(library, task);
  if (!remote) throw new Error("no svd");
  const first = 1000 * (await remote.time(1));
  const second = 1000 * (await remote.time(1));
  console.log(JSON.stringify({ library: adapter.name, load, first, second }));
} catch (error) {
  console.log(JSON.stringify({ library: file, failed: String(error) }));
}
process.exit();
