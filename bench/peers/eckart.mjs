// eckart itself, by the same road as the others. Runs in a browser too.
import { eig, eigh, Matrix, multiply, randomizedSvd, setThreads, svd, svdBatch, svds, svdvals } from "eckart";

/** @typedef {import("../harness/types.ts").Task} Task */

/** @param {Task} task @param {Float64Array | Float32Array} [entries] */
const matrix = ({ m, n, data }, entries = data) => ({ data: entries, shape: [m, n] });

/** @template R @param {(task: Task, A: ReturnType<typeof matrix>) => R} call @returns {(task: Task) => import("../harness/types.ts").Ready} */
const factors = (call) => (task) => {
  const A = matrix(task);
  return { run: () => call(task, A), answer: (/** @type {any} */ result) => result };
};

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "eckart",
  kind: "eckart",
  threaded: true,
  async open(threads) {
    /** @type {import("../harness/types.ts").Library["operations"]} */
    const operations = {
      svd: factors((_, A) => svd(A)),
      svdInto: into,
      svdvals: (task) => ({ run: () => svdvals(matrix(task)), answer: (/** @type {Float64Array} */ s) => ({ s }) }),
      eigh: factors((_, A) => eigh(A)),
      eig: (task) => ({
        run: () => eig(matrix(task)),
        answer: (/** @type {import("eckart").Eig} */ { w, V }) => ({ w: w.re, wi: w.im, V: V.re, Vi: V.im }),
      }),
      gemm: (task) => {
        const [A, B] = [matrix(task), matrix({ ...task, m: task.n }, task.B)];
        return { run: () => multiply(A, B), answer: (/** @type {import("eckart").Matrix} */ C) => ({ C }) };
      },
      svdBatch: batch,
      svds: factors(({ k }, A) => svds(A, { k })),
      randomizedSvd: factors(({ k }, A) => randomizedSvd(A, { rank: k })),
    };
    /** The number of threads is the library's, so every task sets it again. @param {import("../harness/types.ts").Prepare} prepare */
    const withThreads = (prepare) => async (/** @type {Task} */ task) => {
      const ready = await prepare(task);
      return ready && { ...ready, enter: () => setThreads(threads) };
    };
    const entries = Object.entries(operations).map(([name, prepare]) => [name, withThreads(prepare)]);
    return { version: "0.1.0", operations: Object.fromEntries(entries) };
  },
};

/** @param {Task} task @returns {import("../harness/types.ts").Ready} */
function batch({ m, n, count, data }) {
  const A = { data, shape: [count, m, n] };
  // The caller keeps these too.
  const { U, s, Vt } = svdBatch(A);
  const options = { out: { U: U.data, s: s.data, Vt: Vt.data } };
  return {
    run: () => svdBatch(A, options),
    answer: (/** @type {import("eckart").SvdBatch} */ { U, s, Vt }) => ({ member: memberOf({ U, s, Vt }) }),
  };
}

/** Into buffers that the caller keeps. @param {Task} task @returns {import("../harness/types.ts").Ready} */
function into({ m, n, data }) {
  const k = Math.min(m, n);
  const A = Matrix.wrap(data, [m, n]);
  const dtype = data instanceof Float32Array ? "f32" : "f64";
  const s = Matrix.zeros(1, k, { dtype }).data;
  const options = { out: { U: Matrix.zeros(m, k, { dtype }), s, Vt: Matrix.zeros(k, n, { dtype }) } };
  return { run: () => svd(A, options), answer: (/** @type {import("eckart").Svd} */ result) => result };
}

/** @param {Record<"U" | "s" | "Vt", import("eckart").Batch>} factors */
function memberOf({ U, s, Vt }) {
  const slice = (
    /** @type {import("eckart").Batch} */ { data, shape: [, rows = 0, cols = 1] },
    /** @type {number} */ t,
  ) => ({
    rows,
    cols,
    data: data.subarray(t * rows * cols, (t + 1) * rows * cols),
  });
  return (/** @type {number} */ t) => ({ U: slice(U, t), s: slice(s, t).data, Vt: slice(Vt, t) });
}
