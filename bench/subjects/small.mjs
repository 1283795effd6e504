import { climb, squares } from "./ladder.mjs";

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "small",
  title: "One small matrix: into buffers that the caller keeps (svdInto), and with fresh results (svd)",
  async run(context) {
    await climb("small", context, squares(context, "svdInto", "f64", [2, 3, 4, 8], [2, 3]));
    await climb("small", context, squares(context, "svd", "f64", [2, 3, 4], []));
  },
};
