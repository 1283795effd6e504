import { ofRows, toRows, transposed, unpackPairs } from "../harness/dense.mjs";
import { load, versionOf } from "../harness/load.mjs";

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "ml-matrix",
  kind: "javascript",
  async open() {
    const { Matrix, SingularValueDecomposition, EigenvalueDecomposition } = await load("ml-matrix");
    const dense = (/** @type {any} */ A) => ofRows(A.to2DArray());
    const matrix = (/** @type {import("../harness/types.ts").Task} */ task) => new Matrix(toRows(task, task.data));
    return {
      version: versionOf("ml-matrix"),
      operations: {
        svd: (task) => {
          if (task.dtype === "f32") return null;
          const A = matrix(task);
          return {
            run: () => new SingularValueDecomposition(A, { autoTranspose: true }),
            answer: (/** @type {any} */ F) => ({
              U: dense(F.leftSingularVectors),
              s: F.diagonal,
              Vt: transposed(dense(F.rightSingularVectors)),
            }),
          };
        },
        svdvals: (task) => {
          const A = matrix(task);
          const options = {
            computeLeftSingularVectors: false,
            computeRightSingularVectors: false,
            autoTranspose: true,
          };
          return {
            run: () => new SingularValueDecomposition(A, options),
            answer: (/** @type {any} */ F) => ({ s: F.diagonal }),
          };
        },
        eigh: (task) => {
          const A = matrix(task);
          return {
            run: () => new EigenvalueDecomposition(A, { assumeSymmetric: true }),
            answer: (/** @type {any} */ F) => ({ w: F.realEigenvalues, V: dense(F.eigenvectorMatrix) }),
          };
        },
        eig: (task) => {
          const A = matrix(task);
          return {
            run: () => new EigenvalueDecomposition(A),
            answer: (/** @type {any} */ F) => {
              const wi = F.imaginaryEigenvalues;
              return { w: F.realEigenvalues, wi, ...unpackPairs(dense(F.eigenvectorMatrix), wi) };
            },
          };
        },
        gemm: (task) => {
          if (task.dtype === "f32") return null;
          const [A, B] = [matrix(task), matrix({ ...task, m: task.n, data: task.B ?? task.data })];
          return { run: () => A.mmul(B), answer: (/** @type {any} */ C) => ({ C: dense(C) }) };
        },
      },
    };
  },
};
