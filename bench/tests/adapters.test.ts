// Every adapter on a 5 × 4 matrix: what it says that it can do, it does accurately. Only what is not installed is skipped,
// and the skipped test says why.
import { afterAll, describe, expect, test } from "vitest";
import { isAccurate } from "../harness/accuracy.mjs";
import { adapters, openAll } from "../harness/libraries.mjs";
import { makeTask } from "../harness/tasks.mjs";
import { timed } from "../harness/timed.mjs";
import type { Operation, Recipe } from "../harness/types.ts";

/** Eigenproblems want square matrices, batches several. */
function recipeOf(operation: Operation): Recipe {
  if (operation === "eigh" || operation === "eig" || operation === "gemm")
    return { operation, dtype: "f64", m: 4, n: 4 };
  const shape = { operation, dtype: "f64", m: 5, n: 4 } as const;
  if (operation === "svdBatch") return { ...shape, count: 3 };
  return operation === "svds" || operation === "randomizedSvd" ? { ...shape, k: 2 } : shape;
}

/** Known to be less accurate than the limit on nearly every matrix of this size: the bench says so in its tables. */
const INACCURATE: Readonly<Record<string, readonly Operation[]>> = { "numpy-ts": ["eigh"] };

const { peers, absent } = await openAll(await adapters(), [1], false);
afterAll(() => {
  for (const peer of peers) peer.close?.();
});

describe.each(peers)("$name $version", (peer) => {
  for (const operation of Object.keys(peer.operations) as Operation[]) {
    test(operation, async () => {
      const task = makeTask(recipeOf(operation));
      const remote = await timed(peer, task);
      if (!remote) throw new Error(`${peer.name} declines 5 × 4`);
      expect(await remote.time(2)).toBeGreaterThan(0);
      const accuracy = await remote.check();
      remote.close?.();
      const expected = !INACCURATE[peer.name]?.includes(operation);
      expect(isAccurate(accuracy), JSON.stringify(accuracy)).toBe(expected);
      if (operation === "randomizedSvd") expect(accuracy.excess).toBeLessThan(0.5);
    });
  }
});

describe("absent", () => {
  for (const { name, reason } of absent) test(`${name}: ${reason}`, ({ skip }) => skip(reason));
  test("eckart is there", () => {
    expect(peers[0]?.name).toBe("eckart");
  });
});
