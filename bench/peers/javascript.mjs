// Libraries in JavaScript, each behind the same small face. They know neither f32 nor, some of them, m < n.

/** @typedef {import("../harness.mjs").Peer} Peer @typedef {import("../harness.mjs").Task} Task */

/** Largest n that a library is asked for: beyond it one call takes seconds. */
const LARGEST = 512;

/** @returns {Promise<Peer[]>} */
export async function javascriptPeers() {
  const { SingularValueDecomposition, EigenvalueDecomposition, Matrix } = await import("ml-matrix");
  const { SVD } = await import("svd-js");
  const { default: numeric } = await import("numeric");
  return [
    peer("ml-matrix", {
      svd: ({ rows }) => {
        const A = new Matrix(rows);
        return () => new SingularValueDecomposition(A, { autoTranspose: true }).diagonal;
      },
      svdvals: ({ rows }) => {
        const A = new Matrix(rows);
        const options = { computeLeftSingularVectors: false, computeRightSingularVectors: false, autoTranspose: true };
        return () => new SingularValueDecomposition(A, options).diagonal;
      },
      eigh: ({ rows }) => {
        const A = new Matrix(rows);
        return () => new EigenvalueDecomposition(A, { assumeSymmetric: true }).realEigenvalues;
      },
    }),
    peer("svd-js", { svd: ({ rows, m, n }) => (m < n ? null : () => [...SVD(rows).q].sort((a, b) => b - a)) }),
    peer("numeric", { svd: ({ rows, m, n }) => (m < n ? null : () => numeric.svd(rows).S) }),
  ];
}

/**
 * @param {string} name
 * @param {Record<string, (task: Task & { rows: number[][] }) => null | (() => number[])>} operations
 * @returns {Peer}
 */
function peer(name, operations) {
  return {
    name,
    async prepare(task) {
      const { operation, m, n, dtype, data } = task;
      if (dtype !== "f64" || Math.max(m, n) > LARGEST || !operations[operation]) return null;
      const rows = Array.from({ length: m }, (_, i) => Array.from(data.subarray(i * n, (i + 1) * n)));
      const run = operations[operation]({ ...task, rows });
      if (!run) return null;
      return async (calls) => {
        let values = run();
        const start = performance.now();
        for (let i = 0; i < calls; i++) values = run();
        return { seconds: (performance.now() - start) / 1000 / calls, values };
      };
    },
    close() {},
  };
}
