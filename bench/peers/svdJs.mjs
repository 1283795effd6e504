import { ofRows, toRows, transposed } from "../harness/dense.mjs";
import { load, versionOf } from "../harness/load.mjs";

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "svd-js",
  kind: "javascript",
  async open() {
    const { SVD } = await load("svd-js");
    return {
      version: versionOf("svd-js"),
      operations: {
        // It refuses m < n, and gives the values in no order.
        svd: (task) => {
          if (task.m < task.n || task.dtype === "f32") return null;
          const A = toRows(task, task.data);
          return {
            run: () => SVD(A),
            answer: (/** @type {any} */ { u, q, v }) => ({ U: ofRows(u), s: q, Vt: transposed(ofRows(v)) }),
          };
        },
        svdvals: (task) => {
          if (task.m < task.n) return null;
          const A = toRows(task, task.data);
          return { run: () => SVD(A, false, false), answer: (/** @type {any} */ { q }) => ({ s: q }) };
        },
      },
    };
  },
};
