import { byRows, toRows } from "../harness/dense.mjs";
import { load, versionOf } from "../harness/load.mjs";

/** @typedef {import("../harness/types.ts").Task} Task */

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "jax-js",
  kind: "webassembly",
  async open() {
    // Node before 24 has no Float16Array, and the library asks whether its arrays are some.
    const globals = /** @type {Record<string, unknown>} */ (globalThis);
    globals.Float16Array ??= class Float16Array {};
    const { numpy: np, init, defaultDevice } = await load("@jax-js/jax");
    await init("wasm");
    defaultDevice("wasm");
    const matrix = (/** @type {Task} */ task) =>
      np.array(toRows(task, task.data), { dtype: task.dtype === "f64" ? "float64" : "float32" });
    /** Arrays are computed when their numbers are asked for. @param {any[]} arrays */
    const numbers = (arrays) => Promise.all(arrays.map((a) => a.data()));
    return {
      version: versionOf("@jax-js/jax"),
      operations: {
        svd: (task) => {
          const { m, n } = task;
          const k = Math.min(m, n);
          const A = matrix(task);
          return {
            run: () => numbers(np.linalg.svd(A.ref, { fullMatrices: false })),
            answer: (/** @type {any[]} */ [U, s, Vt]) => ({ U: byRows(m, k, U), s, Vt: byRows(k, n, Vt) }),
          };
        },
        eigh: (task) => {
          const { n } = task;
          const A = matrix(task);
          return {
            run: () => numbers(np.linalg.eigh(A.ref)),
            answer: (/** @type {any[]} */ [w, V]) => ({ w, V: byRows(n, n, V) }),
          };
        },
        gemm: (task) => {
          const { m, n } = task;
          const [A, B] = [matrix(task), matrix({ ...task, m: n, data: task.B ?? task.data })];
          return {
            run: () => numbers([np.matmul(A.ref, B.ref)]),
            answer: (/** @type {any[]} */ [C]) => ({ C: byRows(m, n, C) }),
          };
        },
      },
    };
  },
};
