// R in WebAssembly with reference LAPACK. It lives in a worker; the calls of a round are a loop in R, so that the trip
// there and back is paid once.
import { byColumns, toColumns } from "../harness/dense.mjs";
import { accuracyOf } from "../harness/accuracy.mjs";
import { load, versionOf } from "../harness/load.mjs";

/** @typedef {import("../harness/types.ts").Task} Task @typedef {import("../harness/types.ts").Answer} Answer */

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "webR",
  kind: "webassembly",
  async open() {
    // It gives Node a Worker of the browsers' kind, which would change what other libraries do.
    const globals = /** @type {Record<string, unknown>} */ (globalThis);
    const { Worker } = globals;
    const { WebR } = await load("webr");
    const R = new WebR({ interactive: false });
    await R.init();
    globals.Worker = Worker;
    const bind = async (/** @type {string} */ name, /** @type {Task} */ task) => {
      await R.objs.globalEnv.bind("numbers", Array.from(toColumns(task, task.data)));
      await R.evalRVoid(`${name} <- matrix(as.double(numbers), ${task.m}, ${task.n})`);
    };
    const numbers = async (/** @type {string} */ expression) =>
      Float64Array.from(await (await R.evalR(`as.double(${expression})`)).toTypedArray());
    const matrix = async (/** @type {number} */ rows, /** @type {number} */ cols, /** @type {string} */ name) =>
      byColumns(rows, cols, await numbers(name));

    let tasks = 0;
    /** @param {(A: string, B: string) => string} expression @param {(task: Task) => Promise<Answer>} answer */
    const operation = (expression, answer) => async (/** @type {Task} */ task) => {
      if (task.dtype === "f32") return null;
      const [A, B] = [`A${++tasks}`, `B${tasks}`];
      await bind(A, task);
      if (task.B) await bind(B, { ...task, m: task.n, data: task.B });
      return {
        async time(/** @type {number} */ calls) {
          const start = performance.now();
          await R.evalRVoid(`for (call in 1:${calls}) F <- ${expression(A, B)}`);
          return (performance.now() - start) / 1000;
        },
        async check() {
          await R.evalRVoid(`F <- ${expression(A, B)}`);
          return accuracyOf(task, await answer(task));
        },
        close: () => void R.evalRVoid(`suppressWarnings(rm(${A}, ${B}))`),
      };
    };
    return {
      version: versionOf("webr"),
      operations: {
        svd: operation(
          (A) => `La.svd(${A})`,
          async ({ m, n }) => {
            const k = Math.min(m, n);
            return { U: await matrix(m, k, "F$u"), s: await numbers("F$d"), Vt: await matrix(k, n, "F$vt") };
          },
        ),
        svdvals: operation(
          (A) => `La.svd(${A}, 0, 0)`,
          async () => ({ s: await numbers("F$d") }),
        ),
        eigh: operation(
          (A) => `eigen(${A}, symmetric = TRUE)`,
          async ({ n }) => ({
            w: await numbers("F$values"),
            V: await matrix(n, n, "F$vectors"),
          }),
        ),
        eig: operation(
          (A) => `eigen(${A}, symmetric = FALSE)`,
          async ({ n }) => ({
            w: await numbers("Re(F$values)"),
            wi: await numbers("Im(F$values)"),
            V: await matrix(n, n, "Re(F$vectors)"),
            Vi: await matrix(n, n, "Im(F$vectors)"),
          }),
        ),
        gemm: operation(
          (A, B) => `${A} %*% ${B}`,
          async ({ m, n }) => ({ C: await matrix(m, n, "F") }),
        ),
      },
      close: () => R.close(),
    };
  },
};
