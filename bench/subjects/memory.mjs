// Linear memory beside inputs and outputs, whether it is used again, and whether anything stays after many calls. Each
// case has a process of its own, because linear memory does not shrink.
import { probe } from "../harness/probe.mjs";

const CASES = /** @type {const} */ ([
  ["svd", "f64", 512, 512], ["svd", "f64", 1024, 1024], ["svd", "f32", 1024, 1024], ["svd", "f64", 4096, 64], ["svd", "f64", 64, 4096],
  ["svdvals", "f64", 1024, 1024], ["eigh", "f64", 1024, 1024], ["eig", "f64", 256, 256],
]); // oxfmt-ignore

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "memory",
  title: "Memory",
  kinds: [],
  async run({ quick, emit }) {
    for (const [operation, dtype, m, n] of quick ? CASES.slice(0, 1) : CASES) {
      emit({ subject: "memory", ...probe("memory", ["workspace", operation, dtype, m, n]) });
    }
    for (const operation of quick ? ["svd"] : ["svd", "eigh", "svdInto", "svdvals"]) {
      emit({ subject: "memory", ...probe("memory", ["leak", operation, quick ? 1e4 : 1e5]) });
    }
  },
  table(lines) {
    const rows = lines.filter(({ measure }) => measure === "workspace");
    const leaks = lines.filter(({ measure }) => measure === "leak");
    return [
      "Linear memory of the whole engine after one call, in sizes of the input matrix; beside it, what is left when input and outputs are counted off; and after the call has been made on a smaller matrix and again on this one.",
      "",
      "| operation | matrix | linear memory | beside input and outputs | after a second call |",
      "|---|---|--:|--:|--:|",
      ...rows.map(
        ({ operation, dtype, m, n, linear, beside, again }) =>
          `| ${operation} ${dtype} | ${m} × ${n} | ${linear.toFixed(2)} | ${beside.toFixed(2)} | ${again.toFixed(2)} |`,
      ),
      "",
      "| many calls, 8 × 8 | calls | linear memory grew by | collected heap and buffers grew by |",
      "|---|--:|--:|--:|",
      ...leaks.map(
        ({ operation, calls, linear, heap }) =>
          `| ${operation} | ${calls} | ${linear} bytes | ${(heap / calls).toFixed(2)} bytes a call |`,
      ),
    ].join("\n");
  },
};
