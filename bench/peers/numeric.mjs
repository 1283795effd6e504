import { ofRows, toRows, transposed } from "../harness/dense.mjs";
import { load, versionOf } from "../harness/load.mjs";

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "numeric",
  kind: "javascript",
  async open() {
    const numeric = await load("numeric");
    return {
      version: versionOf("numeric"),
      operations: {
        // It refuses m < n. Its eigenvalues do not converge for some matrices of order 256, so they are left out.
        svd: (task) => {
          if (task.m < task.n || task.dtype === "f32") return null;
          const A = toRows(task, task.data);
          return {
            run: () => numeric.svd(A),
            answer: (/** @type {any} */ { U, S, V }) => ({ U: ofRows(U), s: S, Vt: transposed(ofRows(V)) }),
          };
        },
      },
    };
  },
};
