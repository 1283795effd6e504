// Whole processes, with the worker bundled into one file for Node by esbuild.

import "./freshBundle.ts";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "eckart-worker-"));
afterAll(() => rmSync(folder, { recursive: true }));
const bundle = join(folder, "worker.mjs");

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL("../../src/worker.ts", import.meta.url))],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: bundle,
    logLevel: "silent",
  });
});

/** What a program prints. It has to end by itself. */
function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [...args, "--input-type=module", "--eval", program],
    { cwd: folder, encoding: "utf8", timeout: 20_000 },
  );
  expect({ error, status, stderr }).toEqual({ error: undefined, status: 0, stderr: "" });
  return stdout.trim();
}

test("WRK-7 a process ends while its worker is idle", () => {
  const answered = `
    import { det, start } from "./worker.mjs";
    await start();
    console.log(await det([[2, 1], [1, 3]]));`;
  expect(run(answered)).toBe("5");
});

test("WRK-7 a process waits for a call that runs", () => {
  const waiting = `
    import { det } from "./worker.mjs";
    det([[2, 1], [1, 3]]).then(console.log);`;
  expect(run(waiting)).toBe("5");
});

test("WRK-7 a process ends although it started no worker", () => {
  expect(run(`import { terminate } from "./worker.mjs"; terminate(); console.log("done");`)).toBe("done");
});

/** As everywhere: an answer, an error, an abort of what waits, and where it was computed. */
const everything = `
  import { det, start, svd, svdvals } from "./worker.mjs";
  const places = [];
  const onProgress = ({ stage, place }) => stage === "started" && places.push(place);
  const controller = new AbortController();
  const first = svdvals([[3, 2, 2], [2, 3, -2]], { onProgress });
  const aborted = svd([[1]], { signal: controller.signal }).catch(({ name }) => name);
  const refused = svd([[1, NaN]]).catch(({ name, code, row, col }) => [name, code, row, col]);
  controller.abort();
  const last = det([[2]]);
  const answers = [(await first).map(Math.round).join(), await aborted, await refused, await last];
  console.log(JSON.stringify([await start(), places, ...answers]));`;

const answers = ["5,3", "AbortError", ["NonFiniteError", "non-finite", 0, 1], 2];

test("WRK-8 one file for Node", () => {
  expect(JSON.parse(run(everything))).toEqual(["worker", ["worker"], ...answers]);
});

test("WRK-8 the calling thread answers where there are no workers", () => {
  const without = `
    import { workerData } from "node:worker_threads";
    process.getBuiltinModule = undefined;
    await import("data:text/javascript," + encodeURIComponent(${JSON.stringify(everything)}.replaceAll("./worker.mjs", import.meta.resolve("./worker.mjs"))));`;
  expect(JSON.parse(run(without))).toEqual(["caller", ["caller"], ...answers]);
});

test("WRK-8 the calling thread answers where Node's permissions forbid workers", () => {
  const permission = process.versions.node.startsWith("20.") ? "--experimental-permission" : "--permission";
  const output = run(everything, permission, `--allow-fs-read=${folder}/*`, "--no-warnings");
  expect(JSON.parse(output)).toEqual(["caller", ["caller"], ...answers]);
});
