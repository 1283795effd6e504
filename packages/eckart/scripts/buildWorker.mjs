// Writes what git ignores: src/kernels/team/helperSource.ts holds src/kernels/team/helper.ts as one script in a string. In
// src/worker/generated/, bundle.ts holds src/worker/thread.ts, with the engine, as one script in
// a string, and exports.ts each function of the engine that goes to a worker. So index.ts remains the only list of them.
// Runs only when a source is newer than the result, or with --force.
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = `${root}src/worker/generated/`;
const helper = `${root}src/kernels/team/helperSource.ts`;

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
  .map((name) => `${root}src/${name}`)
  .filter((path) => path.endsWith(".ts") && !path.startsWith(target) && path !== helper);
const newest = Math.max(modified(fileURLToPath(import.meta.url)), ...sources.map(modified));
if (modified(`${target}exports.ts`) >= newest && !process.argv.includes("--force")) process.exit(0);

/** One script without imports. */
async function bundle(entry, format) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    legalComments: "none",
    write: false,
  });
  return outputFiles[0].text.trim();
}

const load = async (entry) => import(`data:text/javascript,${encodeURIComponent(await bundle(entry, "esm"))}`);

/** Written beside and renamed, so that nobody reads half of it. */
function write(path, lines) {
  const text = ["// Written by scripts/buildWorker.mjs.", ...lines, ""].join("\n");
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

const isClass = (value) => /^class\b/.test(Function.prototype.toString.call(value));

// Before the bundles that hold it.
write(helper, [
  `export const helperSource: string = ${JSON.stringify(await bundle("src/kernels/team/helper.ts", "iife"))};`,
]);
const source = await bundle("src/worker/thread.ts", "iife");
const { LOCAL } = await load("src/worker/functions.ts");
const names = Object.entries(await load("src/index.ts"))
  .filter(([name, value]) => typeof value === "function" && !isClass(value) && !LOCAL.includes(name))
  .map(([name]) => name);

mkdirSync(target, { recursive: true });
write(`${target}bundle.ts`, [
  `export const functionNames: readonly string[] = ${JSON.stringify(names)};`,
  `export const workerSource: string = ${JSON.stringify(source)};`,
]);
write(`${target}exports.ts`, [
  'import type { Functions } from "../functions.ts";',
  'import { defaultPool as pool } from "../pool.ts";',
  ...names.map(
    (name) => `/** \`${name}\` of eckart, in a worker. */\nexport const ${name}: Functions["${name}"] = pool.${name};`,
  ),
]);
console.log(`worker: ${names.length} functions in ${source.length} bytes`);
