import { climb, squares } from "./ladder.mjs";

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "gemm",
  title: "Matrix product",
  async run(context) {
    await climb("gemm", context, squares(context, "gemm", "f64", [16, 64, 128, 256, 512, 1024], [256]));
    await climb("gemm", context, squares(context, "gemm", "f32", [64, 256, 512, 1024], []));
  },
};
