// From nothing to the first answer: each library in a fresh process, on a 3 × 3 matrix.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { median } from "../harness/statistics.mjs";
import { probe } from "../harness/probe.mjs";

const PEERS = fileURLToPath(new URL("../peers/", import.meta.url));
/** Those that start in this process; webR takes seconds, and native ones start a process of their own. */
const SELDOM = new Set(["webr.mjs"]);

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "start",
  title: "Start: import, and the first call on 3 × 3 with whatever it compiles, in a fresh process",
  kinds: [],
  async run({ quick, emit }) {
    const few = ["eckart.mjs", "mlMatrix.mjs", "emlapack.mjs"];
    const files = quick ? few : readdirSync(PEERS).filter((name) => name.endsWith(".mjs") && !SELDOM.has(name));
    /** @type {Map<string, Record<string, any>[]>} */
    const samples = new Map();
    for (let round = 0; round < (quick ? 3 : 9); round++) {
      for (const file of files) {
        const sample = probe("start", [file]);
        if (!sample.failed) samples.set(sample.library, [...(samples.get(sample.library) ?? []), sample]);
      }
    }
    for (const [library, all] of samples) {
      const part = (/** @type {string} */ name) => median(all.map((sample) => sample[name]));
      emit({ subject: "start", library, load: part("load"), first: part("first"), second: part("second") });
    }
  },
  table(lines) {
    const ours = lines.find(({ library }) => library === "eckart");
    return [
      "| library | import, ms | first call, ms | second call, ms | import and first call, over ours |",
      "|---|--:|--:|--:|--:|",
      ...lines.map(({ library, load, first, second }) => {
        const ratio = ours ? (load + first) / (ours.load + ours.first) : NaN;
        return `| ${library} | ${load.toFixed(1)} | ${first.toFixed(2)} | ${second.toFixed(3)} | ${ratio.toFixed(2)} |`;
      }),
    ].join("\n");
  },
};
