// Whether the cost grows as n³: the time of every size, over n³, beside its neighbours'.
import { makeTask } from "../harness/tasks.mjs";
import { callsFor, cliffs } from "../harness/statistics.mjs";
import { timed } from "../harness/timed.mjs";
import { costFigure } from "../harness/figure.mjs";

const PASSES = 3;
/** A size may take this much more for its n³ than its neighbours do. */
const ALLOWED = 1.3;

/** @type {import("./ladder.mjs").Subject} */
export const subject = {
  name: "cliff",
  title: "Cost over n³, multiples of 8: no size stands out",
  kinds: ["eckart"],
  async run({ peers: [eckart], quick, sizes, effort, emit }) {
    if (!eckart) throw new Error("eckart could not be loaded");
    const last = quick ? 96 : 512;
    const orders = sizes ?? Array.from({ length: last / 8 - 1 }, (_, i) => 16 + 8 * i);
    const best = new Map(orders.map((n) => [n, Infinity]));
    // Up and down and up again: a slow minute of the machine does not fall on the same sizes twice.
    for (let pass = 0; pass < PASSES; pass++) {
      for (const n of pass % 2 ? orders.toReversed() : orders) {
        const remote = await timed(eckart, makeTask({ operation: "svd", dtype: "f64", m: n, n }));
        const take = async (/** @type {number} */ calls) => {
          const seconds = ((await remote?.time(calls)) ?? NaN) / calls;
          best.set(n, Math.min(best.get(n) ?? Infinity, seconds));
          return seconds;
        };
        const first = await take(1);
        // A call that fills the time of a round alone is made once a pass.
        if (first > effort.seconds) continue;
        for (let i = 0; i < 3; i++) await take(Math.ceil(callsFor(effort.seconds, first) / 3));
      }
    }
    const times = orders.map((n) => ({ n, seconds: best.get(n) ?? NaN }));
    const ratios = new Map(cliffs(times).map(({ n, ratio }) => [n, ratio]));
    for (const { n, seconds } of times) emit({ subject: "cliff", n, seconds, ratio: ratios.get(n) ?? null });
  },
  figure: (lines) => costFigure(lines.map(({ n, seconds }) => ({ n, seconds }))),
  table(lines, figure) {
    const judged = lines.filter(({ ratio }) => ratio !== null).toSorted((a, b) => b.ratio - a.ratio);
    const over = judged.filter(({ ratio }) => ratio > ALLOWED);
    const named = judged.slice(0, 5).map(({ n, ratio }) => `${ratio.toFixed(2)} at ${n}`);
    return `${judged.length} sizes from ${lines[0]?.n} to ${lines.at(-1)?.n}. Over the mean of the two neighbours, at most: ${named.join(", ")}. More than ${ALLOWED}: ${over.length}.\n\n![time over n³](${figure})`;
  },
};
