import { execFileSync } from "node:child_process";
import { describe, inject, test } from "vitest";
import { type Answer, expectRight } from "./answers.ts";
import { nodes } from "./nodes.ts";

for (const { version, path = "", missing } of nodes) {
  describe.skipIf(missing)(`Node ${version}${missing ? `: ${missing}` : ""}`, () => {
    const ask = (...args: string[]): Answer => {
      const output = execFileSync(path, args, { cwd: inject("library"), encoding: "utf8" });
      return JSON.parse(output) as Answer;
    };

    test("PKG-1 import", () => expectRight(ask("node.js"), "wasm"));
    test("PKG-1 require", () => expectRight(ask("--no-warnings", "require.cjs"), "wasm"));
    test("PKG-4 without WebAssembly", () => expectRight(ask("withoutWasm.js"), "typescript"));
  });
}
