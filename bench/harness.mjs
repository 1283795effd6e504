// How things are timed here: every library gets the same seeded input, results are checked before a time counts, and
// the libraries take turns, round after round, so that a disturbance of the machine falls on all of them.

/**
 * @typedef {{ operation: "svd" | "svdvals" | "eigh", m: number, n: number, dtype: "f64" | "f32",
 *   data: Float64Array | Float32Array }} Task
 * @typedef {(calls: number) => Promise<{ seconds: number, values: ArrayLike<number> }>} Run
 * @typedef {{ name: string, prepare(task: Task): Promise<Run | null>, close(): void }} Peer
 * @typedef {{ name: string, median: number, best: number, error: number }} Line
 */

/** Seconds that one library should take in one round. */
const ROUND = 0.1;

/**
 * Times one task on every peer; the first is the one that the others are compared with.
 * @param {Peer[]} peers @param {Task} task @param {number} rounds @returns {Promise<Line[]>}
 */
export async function measure(peers, task, rounds) {
  /** @type {{ name: string, run: Run, calls: number, seconds: number[], error: number }[]} */
  const entries = [];
  /** @type {ArrayLike<number> | undefined} */
  let reference;
  for (const peer of peers) {
    const run = await peer.prepare(task);
    if (!run) continue;
    const { values } = await run(1);
    reference ??= values;
    // Three times, because the first calls of a small problem are slow: compilers are still at work.
    let calls = 1;
    for (let pass = 0; pass < 3; pass++) {
      const { seconds } = await run(calls);
      calls = Math.max(1, Math.min(50000, Math.round(ROUND / seconds)));
    }
    entries.push({ name: peer.name, run, calls, seconds: [], error: difference(values, reference) });
  }
  for (let round = 0; round < rounds; round++) {
    for (const entry of entries) entry.seconds.push((await entry.run(entry.calls)).seconds);
  }
  return entries.map(({ name, seconds, error }) => {
    const sorted = seconds.sort((a, b) => a - b);
    return { name, median: sorted[sorted.length >> 1] ?? NaN, best: sorted[0] ?? NaN, error };
  });
}

/**
 * Largest difference of two lists of values over the largest value.
 * @param {ArrayLike<number>} a @param {ArrayLike<number>} b
 */
function difference(a, b) {
  if (a.length !== b.length) return Infinity;
  let worst = 0;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    worst = Math.max(worst, Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)));
    largest = Math.max(largest, Math.abs(b[i] ?? NaN));
  }
  return Number.isNaN(worst) ? Infinity : worst / (largest || 1);
}

/**
 * Seeded numbers in (−1, 1); symmetric where the operation wants it.
 * @param {Omit<Task, "data">} task @returns {Task}
 */
export function withData(task) {
  const { operation, m, n, dtype } = task;
  let seed = 1;
  const values = Array.from({ length: m * n }, () => {
    seed = (seed * 48271) % 2147483647;
    return (2 * seed) / 2147483647 - 1;
  });
  if (operation === "eigh") {
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) values[i * n + j] = values[j * n + i] ?? NaN;
  }
  return { ...task, data: dtype === "f64" ? Float64Array.from(values) : Float32Array.from(values) };
}
