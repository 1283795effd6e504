// Whole processes, with the library bundled into one file for Node by esbuild.

import "../worker/freshBundle.ts";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "eckart-threads-"));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  for (const name of ["index", "worker"]) {
    await build({
      entryPoints: [fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url))],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: join(folder, `${name}.mjs`),
      logLevel: "silent",
    });
  }
});

/** How a program ends, and what it prints. */
function run(program: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [...args, "--input-type=module", "--eval", program],
    { cwd: folder, encoding: "utf8", timeout: 30_000 },
  );
  expect(error).toBe(undefined);
  return { status, stdout: stdout.trim(), stderr };
}

/** Large computations, 0.1 s of them, after which helpers are started, or refused. */
const warmUp = `
  const B = Matrix.from({ data: Float64Array.from({ length: 400 * 400 }, (_, i) => Math.sin(i * i)), shape: [400, 400] });
  for (let i = 0; i < 20; i++) multiply(B, B);`;

/** One large computation again and again, while helpers come up and afterwards; says whether it was right. */
const large = `${warmUp}
  const A = Array.from({ length: 300 }, (_, i) => Array.from({ length: 300 }, (_, j) => Math.sin(i * 7 + j * j)));
  const [first] = svdvals(A);
  let same = true;
  for (let i = 0; i < 20; i++) {
    same &&= svdvals(A)[0] === first;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  console.log(same, Math.abs(first / norm(A, 2) - 1) < 1e-14);`;
const done = { status: 0, stdout: "true true", stderr: "" };
const library = `import { Matrix, multiply, norm, setThreads, svdvals } from "./index.mjs"; setThreads(3);`;

test("THR-4 a process ends although helpers sleep", () => {
  expect(run(`${library}${large}`)).toEqual(done);
});

test("THR-4 a process exits where it says so, helpers or not", () => {
  expect(run(`${library}${large} process.exit(3);`)).toEqual({ ...done, status: 3 });
});

test("THR-4 a process ends that has nothing to do when its helpers have just been started", () => {
  const values = "svdvals(Array.from({ length: 300 }, (_, i) => Array(300).fill(i)))";
  expect(run(`${library}${warmUp} console.log(${values}[5] < 1e-6);`)).toEqual({ ...done, stdout: "true" });
});

/** What the host makes of a worker that the library asks for. */
const hosts: Record<string, string> = {
  "refuses workers": `class { constructor() { throw new Error("no workers here"); } }`,
  "has workers that end at once": `class extends threads.Worker { constructor(_, options) { super("process.exit(1)", options); } }`,
  "has workers that fail": `class extends threads.Worker { constructor(_, options) { super("throw new Error('no')", options); } }`,
  "has workers that never come up": `class extends threads.Worker { constructor(_, options) { super("", options); } }`,
};
for (const [host, Worker] of Object.entries(hosts)) {
  test(`THR-5 the caller computes alone where the host ${host}`, () => {
    const program = `
      const threads = process.getBuiltinModule("node:worker_threads");
      threads.Worker = ${Worker};
      const { Matrix, multiply, norm, setThreads, svdvals } = await import("./index.mjs");
      setThreads(2);${large}`;
    expect(run(program)).toEqual(done);
  });
}

test("THR-5 the caller computes alone where memory cannot be shared", () => {
  const program = `delete globalThis.SharedArrayBuffer; const { Matrix, multiply, norm, svdvals } = await import("./index.mjs");${large}`;
  expect(run(program)).toEqual(done);
});

test("THR-5 and where the permissions of Node forbid workers", () => {
  const flag = process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission";
  const { status, stdout } = run(`${library}${large}`, flag, "--allow-fs-read=*");
  expect({ status, stdout }).toEqual({ status: 0, stdout: "true true" });
});

test("THR-6 a worker has helpers of its own, which end with it", () => {
  const program = `
    import { createPool, svdvals as inWorker } from "./worker.mjs";
    import { setThreads } from "./index.mjs";
    const A = Array.from({ length: 400 }, (_, i) => Array.from({ length: 400 }, (_, j) => Math.sin(i * 7 + j * j)));
    const pool = createPool({ size: 2, threads: 2 });
    const calls = Array.from({ length: 16 }, () => pool.svdvals(A));
    const all = await Promise.all([...calls, inWorker(A)]);
    const again = await Promise.all(Array.from({ length: 16 }, () => pool.svdvals(A)));
    console.log([...all, ...again].every((s) => s[0] === all[0][0]));
    const big = Array.from({ length: 900 }, (_, i) => Array.from({ length: 900 }, (_, j) => Math.sin(i * 7 + j * j)));
    const aborted = new AbortController();
    setTimeout(() => aborted.abort(), 150);
    console.log(await pool.svd(big, { signal: aborted.signal }).catch((error) => error.name));
    console.log((await pool.svdvals(A))[0] === all[0][0]);`;
  expect(run(program)).toEqual({ status: 0, stdout: "true\nAbortError\ntrue", stderr: "" });
});
