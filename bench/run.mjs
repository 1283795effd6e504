// npm run bench [-- --quick] [-- --json FILE]: eckart beside NumPy and the libraries people use in JavaScript.
// Prints a table of ratios, their time over ours; a ratio above 1 means that eckart is faster.

import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { eigh, svd, svdvals } from "eckart";
import { measure, withData } from "./harness.mjs";
import { numpy } from "./peers/numpy.mjs";

/** @typedef {import("./harness.mjs").Task} Task @typedef {import("./harness.mjs").Peer} Peer */

const here = fileURLToPath(new URL(".", import.meta.url));
if (!existsSync(`${here}node_modules`)) {
  const { status } = spawnSync("npm", ["install", "--silent"], { cwd: here, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
const { javascriptPeers } = await import("./peers/javascript.mjs");

const quick = process.argv.includes("--quick");
const file = process.argv[process.argv.indexOf("--json") + 1];
const json = process.argv.includes("--json") ? file : undefined;
const rounds = quick ? 3 : 9;

/** @type {Peer} */
const eckart = {
  name: "eckart",
  async prepare({ operation, m, n, data }) {
    const A = { data, shape: [m, n] };
    const run = {
      svd: () => svd(A).s,
      svdvals: () => svdvals(A),
      eigh: () => eigh(A).w,
    }[operation];
    return async (calls) => {
      let values = run();
      const start = performance.now();
      for (let i = 0; i < calls; i++) values = run();
      return { seconds: (performance.now() - start) / 1000 / calls, values };
    };
  },
  close() {},
};

/** @type {[Task["operation"], Task["dtype"], [number, number][]][]} */
const subjects = [
  ["svd", "f64", square([2, 3, 4, 8, 16, 32, 64, 128, 256, 512, 1024])],
  ["svd", "f64", [[1000, 50], [4096, 64], [50, 1000]]],
  ["svd", "f32", square([64, 256, 512, 1024])],
  ["svdvals", "f64", square([16, 64, 256, 512, 1024])],
  ["eigh", "f64", square([2, 8, 32, 128, 256, 512, 1024])],
]; // oxfmt-ignore

const peers = [eckart, await numpy(), ...(await javascriptPeers())].filter((peer) => peer !== null);
console.log(`${cpus()[0]?.model}, Node ${process.version}, one thread each; medians of ${rounds} rounds\n`);
console.log(
  `| operation | shape | eckart | ${peers
    .slice(1)
    .map(({ name }) => `${name} ÷ eckart`)
    .join(" | ")} |`,
);
console.log(`|---|---|--:|${"--:|".repeat(peers.length - 1)}`);
for (const [operation, dtype, shapes] of subjects) {
  for (const [m, n] of shapes) {
    if (quick && Math.max(m, n) > 256) continue;
    const lines = await measure(peers, withData({ operation, dtype, m, n }), rounds);
    const ours = lines[0]?.median ?? NaN;
    const cells = peers.slice(1).map(({ name }) => {
      const line = lines.find((other) => other.name === name);
      if (!line) return "";
      const wrong = line.error > (dtype === "f64" ? 1e-11 : 1e-4) ? " (wrong)" : "";
      return `${(line.median / ours).toPrecision(3)}${wrong}`;
    });
    console.log(`| ${operation} ${dtype} | ${m} × ${n} | ${duration(ours)} | ${cells.join(" | ")} |`);
    if (json) appendFileSync(json, `${JSON.stringify({ operation, dtype, m, n, lines, node: process.version })}\n`);
  }
}
for (const peer of peers) peer.close();

/** @param {number[]} sizes @returns {[number, number][]} */
function square(sizes) {
  return sizes.map((n) => [n, n]);
}

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < 1e-3) return `${(seconds * 1e6).toPrecision(3)} µs`;
  return seconds < 1 ? `${(seconds * 1e3).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;
}
