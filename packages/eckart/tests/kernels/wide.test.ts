// The loops for engines that join pairs of vectors are right on every engine: the comparisons with the twins, and those
// of threads, once more through them.

import { expect, test, vi } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { withWorkspace } from "../../src/kernels/workspace.ts";

vi.mock("../../src/kernels/host.ts", async (original) => ({ ...(await original<object>()), joinsPairs: () => 1 }));

test("KER-12 the loops for pairs of vectors are taken", () => {
  withBackend("wasm", () =>
    withWorkspace("f64", 64, 0, (ws) => {
      const [A, ones, y] = [ws.alloc(32), ws.alloc(8), ws.alloc(4)];
      ws.mem.fill(0, A, y + 4).fill(1, ones, ones + 8);
      // One after the other, each 1 is lost beside 2⁵³; of two sums the other one keeps both.
      ws.mem.set([2 ** 53, 0, 1, 0, 0, 0, 1], A);
      ws.k.gemvT(8, 4, 1, A, 8, ones, y, 1);
      expect(ws.mem[y] - 2 ** 53).toBe(2);
    }),
  );
});

await import("./twins.test.ts");
await import("./threads.test.ts");
