import { climb, squares } from "./ladder.mjs";

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "eigh",
  title: "Symmetric eigenproblem with vectors",
  async run(context) {
    const orders = [2, 3, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048];
    await climb("eigh", context, squares(context, "eigh", "f64", orders, [128]));
    await climb("eigh", context, squares(context, "eigh", "f32", orders.slice(6), []));
  },
};
