import { byRows, toRows } from "../harness/dense.mjs";
import { load, versionOf } from "../harness/load.mjs";

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "nd4js",
  kind: "javascript",
  async open() {
    const { array, la } = await load("nd4js");
    const dense = (/** @type {any} */ A) => byRows(A.shape[0], A.shape[1], A.data);
    const real = (/** @type {any} */ A) => Float64Array.from(A.data, (z) => z.re ?? z);
    const imaginary = (/** @type {any} */ A) => Float64Array.from(A.data, (z) => z.im ?? 0);
    const matrix = (/** @type {import("../harness/types.ts").Task} */ task) =>
      array("float64", toRows(task, task.data));
    return {
      version: versionOf("nd4js"),
      operations: {
        svd: (task) => {
          if (task.dtype === "f32") return null;
          const A = matrix(task);
          return {
            run: () => la.svd_decomp(A),
            answer: (/** @type {any[]} */ [U, s, Vt]) => ({ U: dense(U), s: s.data, Vt: dense(Vt) }),
          };
        },
        eig: (task) => {
          const { n } = task;
          const A = matrix(task);
          return {
            run: () => la.eigen(A),
            answer: (/** @type {any[]} */ [w, V]) => ({
              w: real(w),
              wi: imaginary(w),
              V: byRows(n, n, real(V)),
              Vi: byRows(n, n, imaginary(V)),
            }),
          };
        },
        gemm: (task) => {
          if (task.dtype === "f32") return null;
          const [A, B] = [matrix(task), matrix({ ...task, m: task.n, data: task.B ?? task.data })];
          return { run: () => la.matmul2(A, B), answer: (/** @type {any} */ C) => ({ C: dense(C) }) };
        },
      },
    };
  },
};
