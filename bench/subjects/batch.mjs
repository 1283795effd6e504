import { climb, squares } from "./ladder.mjs";

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "batch",
  title: "Many small matrices; libraries that know single ones alone take them one by one",
  async run(context) {
    const count = context.quick ? 200 : 2000;
    for (const dtype of /** @type {const} */ (["f64", "f32"])) {
      const few = dtype === "f64" ? [3, 8] : [];
      const recipes = squares(context, "svdBatch", dtype, [2, 3, 4, 8, 16], few);
      await climb(
        "batch",
        context,
        recipes.map((recipe) => ({ ...recipe, count })),
      );
    }
  },
};
