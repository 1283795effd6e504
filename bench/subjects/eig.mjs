import { climb, squares } from "./ladder.mjs";

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "eig",
  title: "General eigenproblem with vectors",
  run: (context) => climb("eig", context, squares(context, "eig", "f64", [8, 32, 64, 128, 256, 512], [64])),
};
