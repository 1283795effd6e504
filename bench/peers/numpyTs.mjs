import { byRows } from "../harness/dense.mjs";
import { load, versionOf } from "../harness/load.mjs";

/** @typedef {import("../harness/types.ts").Task} Task */

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "numpy-ts",
  kind: "webassembly",
  async open() {
    const np = await load("numpy-ts");
    const numbers = (/** @type {any} */ a) => np.ravel(a).data;
    const dense = (/** @type {any} */ A) => byRows(A.shape[0], A.shape[1], numbers(A));
    const matrix = (/** @type {Task} */ { m, n, data, dtype }) =>
      np.array(data, dtype === "f64" ? "float64" : "float32").reshape([m, n]);
    return {
      version: versionOf("numpy-ts"),
      operations: {
        // It builds the whole m × m U whatever is asked, so that long matrices take a minute.
        svd: (task) => {
          if (Math.max(task.m, task.n) > 4 * Math.min(task.m, task.n)) return null;
          const A = matrix(task);
          return {
            run: () => np.linalg.svd(A, false, true),
            answer: (/** @type {any} */ { u, s, vt }) => ({ U: dense(u), s: numbers(s), Vt: dense(vt) }),
          };
        },
        svdvals: (task) => {
          const A = matrix(task);
          return { run: () => np.linalg.svdvals(A), answer: (/** @type {any} */ s) => ({ s: numbers(s) }) };
        },
        eigh: (task) => {
          const A = matrix(task);
          return {
            run: () => np.linalg.eigh(A),
            answer: (/** @type {any} */ { w, v }) => ({ w: numbers(w), V: dense(v) }),
          };
        },
        gemm: (task) => {
          const [A, B] = [matrix(task), matrix({ ...task, m: task.n, data: task.B ?? task.data })];
          return { run: () => np.matmul(A, B), answer: (/** @type {any} */ C) => ({ C: dense(C) }) };
        },
      },
    };
  },
};
