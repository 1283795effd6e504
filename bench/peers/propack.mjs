import { inPython } from "../harness/python.mjs";

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "PROPACK",
  kind: "native",
  threaded: true,
  debian: ["python3-scipy"],
  open: (threads) => inPython("PROPACK", "scipy.sparse.linalg", threads, ["svds"]),
};
