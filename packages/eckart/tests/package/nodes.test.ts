import { execFileSync } from "node:child_process";
import { describe, inject, test } from "vitest";
import { type Answer, expectOffThread, expectRight, type OffThreadAnswer } from "./answers.ts";
import { nodes } from "./nodes.ts";

for (const { version, path = "", missing } of nodes) {
  describe.skipIf(missing)(`Node ${version}${missing ? `: ${missing}` : ""}`, () => {
    const ask = <T = Answer>(...args: string[]): T => {
      const output = execFileSync(path, args, { cwd: inject("library"), encoding: "utf8" });
      return JSON.parse(output) as T;
    };

    test("PKG-1 import", () => expectRight(ask("node.js"), "wasm"));
    test("PKG-1 require", () => expectRight(ask("--no-warnings", "require.cjs"), "wasm"));
    test("PKG-4 without WebAssembly", () => expectRight(ask("withoutWasm.js"), "typescript"));

    test("WRK-8 import", () => expectOffThread(ask<OffThreadAnswer>("offThreadNode.js"), "worker", "wasm"));
    test("WRK-8 require", () => {
      expectOffThread(ask<OffThreadAnswer>("--no-warnings", "offThreadRequire.cjs"), "worker", "wasm");
    });
  });
}
