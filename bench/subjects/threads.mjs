// What threads gain, and what they cost on a busy machine: the same computation with one and with several, on the machine
// as it is and beside processes that keep processors busy.
import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { probe } from "../harness/probe.mjs";
import { median } from "../harness/statistics.mjs";
import { makeTask } from "../harness/tasks.mjs";
import { timed } from "../harness/timed.mjs";

/** So many calls are the first ones of a process. */
const FIRST = 10;

/** With a neighbour, several threads may take this much longer than one. */
const ALLOWED = 1.1;

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "threads",
  title: "Several threads over one, on the machine as it is and with a busy neighbour",
  kinds: ["eckart"],
  async run({ peers, quick, sizes, effort, emit }) {
    const [one, ...several] = peers;
    if (!one || several.length === 0) return;
    const orders = sizes ?? (quick ? [256] : [128, 256, 512, 1024]);
    for (const neighbours of [0, 1]) {
      const busy = Array.from({ length: neighbours }, () => spawn(process.execPath, ["--eval", "for (;;);"]));
      try {
        for (const operation of /** @type {const} */ (["svd", "eigh", "gemm"])) {
          for (const n of orders) {
            const task = makeTask({ operation, dtype: "f64", m: n, n });
            for (const peer of several) {
              const { ratio, best } = await compare([one, peer], task, effort);
              emit({ subject: "threads", operation, n, threads: peer.threads, neighbours, ratio, best });
            }
          }
        }
      } finally {
        for (const process of busy) process.kill();
      }
    }
    for (const n of orders) {
      for (const { threads } of several) {
        const ratio = compareFirst("svd", n, [one.threads, threads], quick ? 1 : 5);
        emit({ subject: "threads", operation: "svd", n, threads, neighbours: 0, first: FIRST, ratio, best: ratio });
      }
    }
  },
  table(lines) {
    const key = (/** @type {Record<string, any>} */ { operation, threads, neighbours, first }) => {
      const when = first ? `, the first ${first} calls of a process` : "";
      return `${operation}, ${threads} threads${neighbours > 0 ? ", a busy neighbour" : when}`;
    };
    const orders = [...new Set(lines.map(({ n }) => n))];
    const rows = [...new Set(lines.map(key))].map((name) => {
      const cells = orders.map((n) => lines.find((line) => line.n === n && key(line) === name)?.ratio.toFixed(2) ?? "");
      return `| ${name} | ${cells.join(" | ")} |`;
    });
    const slow = lines.filter(({ neighbours, ratio }) => neighbours > 0 && ratio < 1 / ALLOWED);
    return [
      `| one thread's time ÷ that of several | ${orders.join(" | ")} |`,
      `|---|${"--:|".repeat(orders.length)}`,
      ...rows,
      "",
      `Slower than one thread by more than ${Math.round(100 * (ALLOWED - 1))} % beside a neighbour: ${slow.length} of ${lines.filter(({ neighbours }) => neighbours > 0).length}.`,
    ].join("\n");
  },
};

/**
 * The time of the first calls in fresh processes: that with so many threads over that with the others, median of turns.
 * @param {string} operation @param {number} n @param {readonly [number, number]} threads @param {number} rounds
 */
function compareFirst(operation, n, threads, rounds) {
  const ratios = Array.from({ length: rounds }, () => {
    const [first, second] = threads.map((count) => probe("fresh", [operation, n, count, FIRST]).ms);
    return first / second;
  });
  return median(ratios);
}

/**
 * The time of the first over that of the second, in turns: the median of the rounds' ratios, and that of the bests.
 * @param {readonly import("../harness/types.ts").Peer[]} pair @param {import("../harness/types.ts").Task} task
 * @param {import("../harness/measure.mjs").Effort} effort
 */
async function compare(pair, task, { rounds, seconds, warmUp }) {
  const remotes = await Promise.all(pair.map((peer) => timed(peer, task)));
  const calls = [];
  for (const remote of remotes) {
    const each = (await remote?.time(1)) ?? NaN;
    await pause(50);
    await remote?.time(Math.ceil(warmUp / each));
    calls.push(Math.max(1, Math.ceil(seconds / ((await remote?.time(1)) ?? NaN))));
  }
  /** @type {[number, number][]} */
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const pairOf = [0, 0];
    for (const at of round % 2 ? [1, 0] : [0, 1]) {
      pairOf[at] = ((await remotes[at]?.time(calls[at] ?? 1)) ?? NaN) / (calls[at] ?? 1);
    }
    times.push(/** @type {[number, number]} */ (pairOf));
  }
  const [first, second] = [0, 1].map((at) => Math.min(...times.map((pairOf) => pairOf[at] ?? NaN)));
  return { ratio: median(times.map(([a, b]) => a / b)), best: (first ?? NaN) / (second ?? NaN) };
}
