import { climb, squares } from "./ladder.mjs";

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "browser",
  title: "The same code in Chromium: its time over that in Node",
  kinds: ["eckart", "browser"],
  async run(context) {
    await climb("browser", context, squares(context, "svd", "f64", [3, 32, 128, 256, 512, 1024], [3, 32, 256]));
    if (!context.quick) await climb("browser", context, squares(context, "svd", "f32", [128, 512], []));
    await climb("browser", context, [{ operation: "svdBatch", dtype: "f64", m: 3, n: 3, count: 2000 }]);
  },
};
