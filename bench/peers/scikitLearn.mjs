import { inPython } from "../harness/python.mjs";

/** @type {import("../harness/types.ts").Adapter} */
export const adapter = {
  name: "scikit-learn",
  kind: "native",
  threaded: true,
  debian: ["python3-sklearn"],
  open: (threads) => inPython("scikit-learn", "sklearn.utils.extmath", threads, ["randomizedSvd"]),
};
