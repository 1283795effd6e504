import { ratioTables } from "../harness/report.mjs";
import { climb } from "./ladder.mjs";

const SPECTRA = /** @type {const} */ (["decaying", "gaussian"]);

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "truncated",
  title: "The 16 largest triplets, beside the whole decomposition",
  async run(context) {
    const [m, n] = context.quick ? [512, 256] : [2048, 1024];
    const recipes = (context.quick ? SPECTRA.slice(0, 1) : SPECTRA).flatMap((spectrum) =>
      /** @type {const} */ (["svds", "randomizedSvd"]).flatMap((operation) =>
        (context.quick ? /** @type {const} */ (["f64"]) : /** @type {const} */ (["f64", "f32"])).map((dtype) => ({
          ...{ operation, dtype, m, n, k: 16, spectrum },
        })),
      ),
    );
    await climb("truncated", context, recipes);
    await climb("truncated", context, [{ operation: "svd", dtype: "f64", m, n }]);
  },
  table(lines) {
    const ours = lines.filter(({ library, threads }) => library === "eckart" && threads === lines[0]?.["threads"]);
    const whole = ours.find(({ operation }) => operation === "svd");
    const parts = ours.filter(({ operation, dtype }) => operation !== "svd" && dtype === "f64");
    const times = parts.map(
      (line) => `${(whole?.median / line.median).toFixed(1)} times ${line.operation} of ${line.case}`,
    );
    return `${ratioTables(lines)}\n\nOur whole decomposition takes as long as ${times.join("; ")}.`;
  },
};
