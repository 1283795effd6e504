import { climb, squares } from "./ladder.mjs";

const ORDERS = [8, 16, 32, 64, 128, 256, 512, 1024, 2048];

/** Tall, very tall and wide. */
const OBLONG = [[1000, 50], [4096, 64], [50, 1000], [64, 4096]]; // oxfmt-ignore

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "svd",
  title: "Full SVD with vectors",
  async run(context) {
    const shapes = context.sizes ? [] : context.quick ? OBLONG.slice(0, 1) : OBLONG;
    const oblong = (/** @type {"f64" | "f32"} */ dtype) =>
      shapes.map(([m = 0, n = 0]) => ({ operation: /** @type {const} */ ("svd"), dtype, m, n }));
    await climb("svd", context, [...squares(context, "svd", "f64", ORDERS, [8, 32, 256]), ...oblong("f64")]);
    await climb("svd", context, [...squares(context, "svd", "f32", ORDERS, [128]), ...oblong("f32")]);
  },
};
