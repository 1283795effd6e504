// A library in a process of its own, which times itself, so that the pipe between the processes does not count. One
// request a line, one answer a line; matrices go through files in a folder of the conversation.
//
//   → prepare OPERATION DTYPE M N COUNT K     input.bin: A, and B after it for a product, by rows
//   ← ready | cannot
//   → time CALLS                              ← seconds of so many calls
//   → answer                                  ← names of the files written: U.bin s.bin …, f64 by rows
//
// Where something went wrong, the answer is "error" and what did.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { accuracyOf } from "./accuracy.mjs";
import { byRows } from "./dense.mjs";

/** @typedef {import("./types.ts").Task} Task @typedef {import("./types.ts").Answer} Answer @typedef {import("./types.ts").Operation} Operation */

/**
 * The first line that the process writes is its version.
 * @param {string} command @param {readonly string[]} args @param {number} threads @param {readonly Operation[]} operations
 * @returns {Promise<import("./types.ts").Library>}
 */
export async function inProcess(command, args, threads, operations) {
  const folder = mkdtempSync(join(tmpdir(), "eckart-bench-"));
  const count = String(threads);
  const child = spawn(command, [...args, folder], {
    env: { ...process.env, OPENBLAS_NUM_THREADS: count, OMP_NUM_THREADS: count, SCIPY_USE_PROPACK: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // What could not be started, or has ended, answers no more: `next` says so.
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  let complaints = "";
  child.stderr.on("data", (text) => (complaints = (complaints + text).slice(-2000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(complaints.trim().split("\n").at(-1) || `${command} ended without a word`);
    return value;
  };
  const ask = async (/** @type {string} */ request) => {
    child.stdin.write(`${request}\n`);
    const reply = await next();
    if (reply.startsWith("error ")) throw new Error(reply.slice(6));
    return reply;
  };
  /** The task that the process holds. @type {Task | undefined} */
  let held;
  const hold = async (/** @type {Task} */ task) => {
    if (held === task) return true;
    const { operation, dtype, m, n, count: matrices, k, data, B } = task;
    const parts = B ? [data, B] : [data];
    writeFileSync(join(folder, "input.bin"), Buffer.concat(parts.map(bytes)));
    held = task;
    return (await ask(`prepare ${operation} ${dtype} ${m} ${n} ${matrices} ${k}`)) === "ready";
  };
  const close = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  /** @type {string} */
  let version;
  try {
    version = await next();
  } catch (error) {
    close();
    throw error;
  }
  return {
    version,
    operations: Object.fromEntries(
      operations.map((name) => [
        name,
        async (/** @type {Task} */ task) =>
          (await hold(task))
            ? {
                async time(/** @type {number} */ calls) {
                  await hold(task);
                  return Number(await ask(`time ${calls}`));
                },
                async check() {
                  await hold(task);
                  return accuracyOf(task, answerOf(task, folder, (await ask("answer")).split(" ")));
                },
              }
            : null,
      ]),
    ),
    close,
  };
}

/** @param {Float64Array | Float32Array} data */
function bytes({ buffer, byteOffset, byteLength }) {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** @param {Task} task @param {string} folder @param {readonly string[]} names @returns {Answer} */
function answerOf({ operation, m, n, count, k }, folder, names) {
  const files = new Map(names.map((name) => [name, numbersIn(join(folder, `${name}.bin`))]));
  const inner = operation === "svds" || operation === "randomizedSvd" ? k : Math.min(m, n);
  /** @type {Record<string, [number, number]>} */
  const shapes = { U: [m, inner], Vt: [inner, n], V: [n, n], Vi: [n, n], C: [m, n] };
  const part = (/** @type {number} */ t) =>
    Object.fromEntries(
      [...files].map(([name, all]) => {
        const length = all.length / count;
        const data = all.subarray(t * length, (t + 1) * length);
        const shape = shapes[name];
        return [name, shape ? byRows(...shape, data) : data];
      }),
    );
  return operation === "svdBatch" ? { member: part } : part(0);
}

/** @param {string} path */
function numbersIn(path) {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
