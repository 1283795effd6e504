import { execFileSync } from "node:child_process";
import { describe, expect, inject, test } from "vitest";
import { type Answer, expectOffThread, expectRight, type OffThreadAnswer } from "./answers.ts";
import { nodes } from "./nodes.ts";

/** What consumer/wide.js answers of one matrix. */
interface WideAnswer {
  name: string;
  /** In units of ε·m·‖A‖ or ε·m·‖A‖². */
  errors: Record<string, number>;
  exact: boolean;
  s: number[];
}

for (const { version, path = "", missing } of nodes) {
  describe.skipIf(missing)(`Node ${version}${missing ? `: ${missing}` : ""}`, () => {
    const major = parseInt(version, 10);
    const ask = <T = Answer>(...args: string[]): T => {
      const output = execFileSync(path, args, { cwd: inject("library"), encoding: "utf8" });
      return JSON.parse(output) as T;
    };

    test("PKG-1 import", () => expectRight(ask("node.js"), "wasm"));
    test("PKG-1 require", () => expectRight(ask("--no-warnings", "require.cjs"), "wasm"));
    test("PKG-4 without WebAssembly", () => expectRight(ask("withoutWasm.js"), "typescript"));

    test.runIf(major > 20)("PKG-9 vectors of 256 bits, where V8 is told to make them and can", () => {
      const narrow = ask<WideAnswer[]>("wide.js");
      const wide = ask<WideAnswer[]>("--experimental-wasm-revectorize", "wide.js");
      for (const [i, { name, errors, exact }] of [...narrow, ...wide].entries()) {
        const said = `${i < narrow.length ? "128" : "256"} bits, ${name}`;
        console.log(`${said}: ${Object.entries(errors).map(([what, error]) => `${what} ${error.toFixed(3)}`).join(", ")}`); // oxfmt-ignore
        for (const [what, error] of Object.entries(errors)) expect(error, `${what} of ${said}`).toBeLessThan(1);
        expect(exact, `${said}: the same bits with two threads`).toBe(true);
      }
      // Sums are made in another order, so the option had its effect.
      const values = (answers: WideAnswer[]): number[][] => answers.map(({ s }) => s);
      if (major > 22) expect(values(wide)).not.toEqual(values(narrow));
      else expect(values(wide)).toEqual(values(narrow));
    });

    test.runIf(major > 22)("PKG-9 and in a worker of eckart's, with the same bits", () => {
      const answer = ask<OffThreadAnswer>("--experimental-wasm-revectorize", "offThreadNode.js");
      expectOffThread(answer, "worker", "wasm");
    });

    test("WRK-8 import", () => expectOffThread(ask<OffThreadAnswer>("offThreadNode.js"), "worker", "wasm"));
    test("WRK-8 require", () => {
      expectOffThread(ask<OffThreadAnswer>("--no-warnings", "offThreadRequire.cjs"), "worker", "wasm");
    });
  });
}
