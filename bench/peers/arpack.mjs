import { inPython } from "../harness/python.mjs";

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "ARPACK",
  kind: "native",
  threaded: true,
  debian: ["python3-scipy"],
  open: (threads) => inPython("ARPACK", "scipy.sparse.linalg", threads, ["svds"]),
};
