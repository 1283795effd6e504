import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { numbers, readOptions } from "../harness/options.mjs";
import { reasonOf } from "../harness/reason.mjs";
import { digits, merged, ratioTables, replaceSection, runsOf } from "../harness/report.mjs";

const line = (library: string, kind: string, more: object = {}): Record<string, unknown> => ({
  ...{ subject: "svd", operation: "svd", case: "8 × 8", dtype: "f64", library, kind, threads: 1, spread: 0, ratio: 1 },
  ...more,
});

describe("the report of the bench", () => {
  test("ratios by library, what is inaccurate or failed said, and the nearest that is neither", () => {
    const table = ratioTables([
      line("eckart", "eckart", { residual: 1.25, orthogonality: 2 }),
      line("eckart", "eckart", { threads: 2 }),
      line("OpenBLAS", "native", { ratio: 1.5, residual: 3 }),
      line("OpenBLAS", "native", { ratio: 0.5, threads: 2, spread: 0.5 }),
      line("fast", "javascript", { ratio: 0.1, inaccurate: true }),
      line("slow", "javascript", { ratio: 12.34 }),
      line("broken", "webassembly", { ratio: null, failed: "throws" }),
    ]);
    expect(table.split("\n")).toEqual([
      "**svd, f64**",
      "",
      "| their time ÷ ours | 8 × 8 |",
      "|---|--:|",
      "| OpenBLAS | 1.5 |",
      "| OpenBLAS, 2 threads | ~0.5 |",
      "| fast | (0.1, inaccurate) |",
      "| slow | 12 |",
      "| broken | fails |",
      "| _nearest in JavaScript or WebAssembly_ | 12 slow |",
      "| residual of eckart | 1.3 |",
      "| residual of OpenBLAS | 3 |",
      "| orthogonality of eckart | 2 |",
    ]);
  });

  test("numbers are short", () => {
    expect([1234, 123.4, 0.01234, 12345, NaN, undefined].map(digits)).toEqual([
      "1230",
      "123",
      "0.012",
      "1.2e+4",
      "–",
      "",
    ]);
  });

  test("a run takes the place of older records of its subjects, and of these alone", () => {
    const environment = (date: string): object => ({ environment: { date } });
    const of = (subject: string, n: number): object => ({ subject, n });
    const kept = [environment("1"), of("svd", 1), of("eigh", 1), environment("2"), of("gemm", 2)];
    const fresh = [environment("3"), of("svd", 3), of("gemm", 3)];
    expect(merged(kept, fresh)).toEqual([environment("1"), of("eigh", 1), ...fresh]);
    expect(merged([], fresh)).toEqual(fresh);
    expect(runsOf(merged(kept, fresh)).map((run) => run.length)).toEqual([2, 3]);
  });

  test("a failure is kept without its stack, and no recorded run holds one", () => {
    expect(reasonOf(new Error("heap full\n    at f (/home/me/x.js:1:2)"))).toBe("heap full");
    expect(reasonOf("no such routine")).toBe("no such routine");
    const results = new URL("../results/", import.meta.url);
    const recorded = readdirSync(results).filter((name) => name.startsWith("node-") && name.endsWith(".jsonl"));
    expect(recorded.length).toBeGreaterThan(0);
    for (const name of recorded) expect(readFileSync(new URL(name, results), "utf8")).not.toContain("node_modules");
  });

  test("a section is replaced between its markers, and only there", () => {
    expect(replaceSection("a\n<!-- x -->\nold\n<!-- /x -->\nb", "x", "new")).toBe(
      "a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb",
    );
    expect(() => replaceSection("a", "x", "new")).toThrow("no <!-- x -->");
  });

  test("sizes are lists and ranges; what is neither, and an unknown subject, is refused", () => {
    expect(numbers("32,8:24:8")).toEqual([8, 16, 24, 32]);
    expect(() => numbers("8,x")).toThrow("got x");
    expect(() => numbers("8:4")).toThrow("got 8:4");
    expect(readOptions(["--subject", "svd,eig", "--threads", "1"], ["svd", "eig"])).toMatchObject({
      subjects: ["svd", "eig"],
      threads: [1],
      install: true,
    });
    expect(() => readOptions(["--subject", "svf"], ["svd"])).toThrow("no subject svf");
  });
});
