// CLAPACK compiled to WebAssembly. Its heap of 16 MB is fixed and ends between n = 256 and 512.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { lapack } from "../harness/lapack.mjs";
import { pathIn, versionOf } from "../harness/load.mjs";

const LARGEST = 300 * 300;

/** Bytes in use from which nothing more is prepared: a heap that overflows ends the library for good. */
const FULL = 9e6;

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "emlapack",
  kind: "webassembly",
  async open() {
    const heap = await start();
    let used = 0;
    const views = { f64: Float64Array, f32: Float32Array };
    const block = (
      /** @type {typeof Float64Array | typeof Float32Array | typeof Int32Array} */ Type,
      /** @type {number} */ length,
    ) => {
      const pointer = heap._malloc(length * Type.BYTES_PER_ELEMENT);
      used += length * Type.BYTES_PER_ELEMENT;
      return { pointer, view: () => new Type(heap.HEAPF64.buffer, pointer, length) };
    };
    const letters = new Map();
    const operations = lapack({
      call: (routine, pointers) => heap[`_${routine}_`](...pointers),
      floats: (dtype, length) => block(views[dtype], length),
      integers: (length) => block(Int32Array, length),
      character(letter) {
        if (!letters.has(letter)) letters.set(letter, heap._malloc(1));
        heap.HEAPU8[letters.get(letter)] = letter.charCodeAt(0);
        return letters.get(letter);
      },
      done(blocks) {
        for (const block of blocks) {
          used -= block.view().byteLength;
          heap._free(block.pointer);
        }
      },
    });
    /** @param {import("../harness/types.ts").Prepare} prepare @returns {import("../harness/types.ts").Prepare} */
    const fitting = (prepare) => (task) => (task.m * task.n > LARGEST || used > FULL ? null : prepare(task));
    return {
      version: versionOf("emlapack"),
      operations: Object.fromEntries(Object.entries(operations).map(([name, prepare]) => [name, fitting(prepare)])),
    };
  },
};

/**
 * The package asks for its binary by a relative address, which Node refuses: it gets the file's bytes. What it says of
 * its own start is not for the reader of the tables.
 */
async function start() {
  const { fetch } = globalThis;
  const { log, warn } = console;
  const listeners = process.listeners("uncaughtException");
  const bytes = readFileSync(pathIn("emlapack", "emlapack.wasm"));
  globalThis.fetch = async () => new Response(bytes);
  console.log = console.warn = () => {};
  try {
    const name = "emlapack/wasm.js"; // it has no types
    const { default: heap } = await import(name);
    for (let i = 0; i < 500 && !heap.calledRun; i++) await pause(20);
    return heap;
  } finally {
    globalThis.fetch = fetch;
    Object.assign(console, { log, warn });
    for (const added of process.listeners("uncaughtException")) {
      if (!listeners.includes(added)) process.off("uncaughtException", added);
    }
  }
}
