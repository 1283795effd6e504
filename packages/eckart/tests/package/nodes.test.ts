import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, inject, test } from "vitest";
import { type Answer, expectRight } from "./answers.ts";

interface NodeBinary {
  version: string;
  path?: string;
  missing?: string;
}

const script = fileURLToPath(new URL("../../../../scripts/nodes.mjs", import.meta.url));
const nodes = JSON.parse(execFileSync(process.execPath, [script], { encoding: "utf8" })) as NodeBinary[];

for (const { version, path = "", missing } of nodes) {
  describe.skipIf(missing)(`PKG-1 Node ${version}${missing ? `: ${missing}` : ""}`, () => {
    const ask = (...args: string[]): Answer => {
      const output = execFileSync(path, args, { cwd: inject("library"), encoding: "utf8" });
      return JSON.parse(output) as Answer;
    };

    test("import", () => expectRight(ask("node.js"), "wasm"));
    test("require", () => expectRight(ask("--no-warnings", "require.cjs"), "wasm"));
    test("PKG-4 without WebAssembly", () => expectRight(ask("withoutWasm.js"), "typescript"));
  });
}
