// Bundles src/worker/thread.ts, the engine with it, to one script and writes it as a string to src/worker/bundle.ts, which
// git ignores, with the names of the engine's functions. Runs only when a source is newer than the result, or with --force.
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = `${root}src/worker/bundle.ts`;

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
  .map((name) => `${root}src/${name}`)
  .filter((path) => path !== target && path.endsWith(".ts"));
const newest = Math.max(modified(fileURLToPath(import.meta.url)), ...sources.map(modified));
if (modified(target) >= newest && !process.argv.includes("--force")) process.exit(0);

/** One script, without imports and without a name in the global scope, for whatever evaluates it. */
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

const isClass = (value) => /^class\b/.test(Function.prototype.toString.call(value));

const source = await bundle("src/worker/thread.ts", "iife");
const engine = await import(`data:text/javascript,${encodeURIComponent(await bundle("src/index.ts", "esm"))}`);
const names = Object.keys(engine).filter((name) => typeof engine[name] === "function" && !isClass(engine[name]));

writeFileSync(
  target,
  `// Written by scripts/buildWorker.mjs: the functions of the engine, and the ${source.length} bytes of its worker.
export const functionNames: readonly string[] = ${JSON.stringify(names)};
export const workerSource: string = ${JSON.stringify(source)};
`,
);
console.log(`worker: ${source.length} bytes`);
