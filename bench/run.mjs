// npm run bench [-- options]: eckart beside LAPACK, NumPy and the libraries people use in JavaScript. See README.md.

import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { HELP, readOptions } from "./harness/options.mjs";
import { adapters, installPackages, openAll } from "./harness/libraries.mjs";
import { figurePath, merged, replaceSection, report, runsOf } from "./harness/report.mjs";

/** @typedef {import("./subjects/ladder.mjs").Subject} Subject */

const QUICK = { rounds: 3, seconds: 0.015, warmUp: 0.09, patience: 0.1 };
const FULL = { rounds: 9, seconds: 0.1, warmUp: 0.8, patience: 3 };

const here = fileURLToPath(new URL(".", import.meta.url));
const NAMES = ["svd", "svdvals", "eigh", "eig", "gemm", "small", "batch", "truncated", "cliff", "threads", "memory", "start", "browser"]; // oxfmt-ignore

/** @type {ReturnType<typeof readOptions>} */
let options;
try {
  options = readOptions(process.argv.slice(2), NAMES);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  process.exit(2);
}
if (options.help) {
  console.log(HELP);
  process.exit();
}
if (options.nodes) process.exit(onOtherNodes(options.nodes));
const WIDE = "--experimental-wasm-revectorize";
const isWide = process.execArgv.includes(WIDE);
if (options.wide && !isWide) process.exit(runAgain(process.execPath, [WIDE], process.argv.slice(2)));

if (options.install) installPackages();
const subjects = await Promise.all(options.subjects.map(subjectOf));
const everyone = /** @type {const} */ (["eckart", "native", "webassembly", "javascript"]);
const kindsOf = (/** @type {Subject} */ { kinds = everyone }) => kinds;
const wanted = new Set(subjects.flatMap(kindsOf));
const chosen = (await adapters()).filter(
  ({ kind, name }) => wanted.has(kind) && (kind === "eckart" || (options.libraries?.includes(name) ?? true)),
);
const { peers, absent } = await openAll(chosen, options.threads, options.install);
for (const { name, reason } of absent) console.error(`without ${name}: ${reason}`);

mkdirSync(`${here}results`, { recursive: true });
const file = options.json ?? `${here}results/last.jsonl`;
/** @type {Record<string, unknown>[]} */
const records = [{ environment: environment() }];
writeFileSync(file, `${JSON.stringify(records[0])}\n`);
try {
  for (const subject of subjects) {
    const start = performance.now();
    await subject.run({
      peers: peers.filter(({ kind }) => kindsOf(subject).includes(kind)),
      quick: options.quick,
      sizes: options.sizes,
      effort: options.quick ? QUICK : FULL,
      emit(line) {
        records.push({ ...line });
        appendFileSync(file, `${JSON.stringify(line)}\n`);
      },
    });
    console.error(`${subject.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
} finally {
  for (const peer of peers) peer.close?.();
}
for (const { name, figure } of subjects) {
  const lines = records.filter(({ subject }) => subject === name);
  if (figure && lines.length > 0) writeFileSync(here + figurePath("last", name), figure(lines));
}
console.log(report(records, subjects, "last"));
if (options.record) await record();
process.exit();

function environment() {
  const git = spawnSync("git", ["rev-parse", "--short", "HEAD"], { cwd: here, encoding: "utf8" });
  const command = ["npm run bench", ...(process.argv.length > 2 ? ["--", ...process.argv.slice(2)] : [])].join(" ");
  return {
    command,
    date: new Date().toISOString().slice(0, 10),
    commit: git.stdout?.trim() || "unknown",
    node: process.versions.node + (isWide ? " with vectors of 256 bits" : ""),
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    load: loadavg()[0]?.toFixed(1),
    libraries: [...new Set(peers.map(({ name, version }) => `${name} ${version}`))],
    absent,
  };
}

/** Keeps this run beside those of other subjects and on other Nodes, and writes the tables of all of them. */
async function record() {
  const run = `node-${process.versions.node.split(".")[0]}${isWide ? "-wide" : ""}`;
  const path = `${here}results/${run}.jsonl`;
  const lines = merged(existsSync(path) ? readLines(path) : [], records).map((line) => JSON.stringify(line));
  writeFileSync(path, `${lines.join("\n")}\n`);
  for (const { name, figure } of subjects) {
    if (figure) copyFileSync(here + figurePath("last", name), here + figurePath(run, name));
  }
  const all = await Promise.all(NAMES.map(subjectOf));
  const sections = readdirSync(`${here}results`)
    .map((name) => name.replace(/\.jsonl$/, ""))
    .filter((name) => /^node-\d+(-wide)?$/.test(name))
    .toSorted()
    .map((name) => {
      const runs = runsOf(readLines(`${here}results/${name}.jsonl`));
      const reports = runs.map((lines) => report(lines, all, name));
      return [`### Node ${runs[0]?.[0]?.["environment"].node}`, ...reports].join("\n\n");
    });
  const readme = `${here}README.md`;
  writeFileSync(readme, replaceSection(readFileSync(readme, "utf8"), "results", sections.join("\n\n")));
}

/** @param {string} path @returns {Record<string, any>[]} */
function readLines(path) {
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** @param {string} name @returns {Promise<Subject>} */
async function subjectOf(name) {
  return (await import(`./subjects/${name}.mjs`)).subject;
}

/** Runs the same command on other versions of Node, from npm. @param {readonly string[]} majors */
function onOtherNodes(majors) {
  const script = fileURLToPath(new URL("../scripts/nodes.mjs", import.meta.url));
  const list = execFileSync(process.execPath, [script], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  /** @type {{ version: string, path?: string, missing?: string }[]} */
  const nodes = JSON.parse(list);
  const at = process.argv.findIndex((word) => word === "--node" || word.startsWith("--node="));
  const rest = process.argv.slice(2).toSpliced(at - 2, process.argv[at] === "--node" ? 2 : 1);
  let status = 0;
  for (const major of majors) {
    const node = nodes.find(({ version }) => version.split(".")[0] === major);
    if (!node?.path) {
      console.error(
        `without Node ${major}: ${node?.missing ?? `there are ${nodes.map(({ version }) => version).join(", ")}`}`,
      );
      status = 1;
      continue;
    }
    status ||= runAgain(node.path, [], rest);
  }
  return status;
}

/** @param {string} node @param {readonly string[]} nodeOptions @param {readonly string[]} args */
function runAgain(node, nodeOptions, args) {
  const script = fileURLToPath(import.meta.url);
  return spawnSync(node, [...nodeOptions, script, ...args], { stdio: "inherit" }).status ?? 1;
}
