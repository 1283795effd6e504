import { inPython } from "../harness/python.mjs";

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "NumPy",
  kind: "native",
  threaded: true,
  debian: ["python3-numpy"],
  open: (threads) => inPython("NumPy", "numpy", threads, ["svd", "svdBatch", "svdvals", "eigh", "eig", "gemm"]),
};
