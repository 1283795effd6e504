import { climb, squares } from "./ladder.mjs";

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "svdvals",
  title: "Singular values only",
  async run(context) {
    const orders = [8, 16, 32, 64, 128, 256, 512, 1024, 2048];
    await climb("svdvals", context, squares(context, "svdvals", "f64", orders, [256]));
    await climb("svdvals", context, squares(context, "svdvals", "f32", orders.slice(3), []));
  },
};
