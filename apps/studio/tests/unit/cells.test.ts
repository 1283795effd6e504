import { readFileSync } from "node:fs";
import { eigvals, Matrix, svd } from "eckart";
import { expect, test } from "vitest";
import { compare } from "../../src/cells/compare.ts";
import { CompileError, compile } from "../../src/cells/sandbox/compile.ts";
import { requireInCell } from "../../src/cells/sandbox/library.ts";
import { printed } from "../../src/cells/sandbox/print.ts";
import { verdict } from "../../src/cells/verdict.ts";

const source = (name: string): string =>
  readFileSync(new URL(`../../src/cells/sources/${name}`, import.meta.url), "utf8");

type Body = (require: typeof requireInCell, exports: object, console: object) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (...text: string[]) => Body;

/** What a cell prints, run here as the worker runs it. */
async function output(code: string): Promise<string> {
  let text = "";
  const log = (...values: unknown[]): void => void (text += `${printed(values)}\n`);
  await new AsyncFunction("require", "exports", "console", compile(code))(requireInCell, {}, { log });
  return text;
}

test("13.4 STU-11 the table of ranks is the recorded text, to the letter", async () => {
  expect(await output(source("lora.ts"))).toBe(source("lora.txt"));
});

test.each([
  ["7.1", "first", /^Residual: (.*)$/m],
  ["12.1", "svd", /^Max reconstruction error: (.*)$/m],
])(
  "%s STU-11 cell %s prints the recorded text but for one rounding error, which is no larger than NumPy's",
  async (_, cell, error) => {
    const [here, recorded] = [await output(source(`${cell}.ts`)), source(`${cell}.txt`)];
    const [ours, theirs] = [here, recorded].map((text) => Number(error.exec(text)![1]));
    expect(here.replace(error, "")).toBe(recorded.replace(error, ""));
    expect(ours, `${ours} here, ${theirs} in NumPy`).toBeLessThanOrEqual(theirs!);
    expect(compare(here, recorded)).toEqual({ kind: "rounding", here: ours, recorded: theirs });
  },
);

test("STU-11 outputs are compared to the letter, but for rounding errors", () => {
  const recorded = "Error: 2.2e-16\nValues: [1.43844719 5.56155281]\n";
  expect(compare(recorded, recorded)).toEqual({ kind: "identical" });
  expect(compare(recorded.replace("2.2e-16", "0"), recorded)).toEqual({ kind: "rounding", here: 0, recorded: 2.2e-16 });
  for (const [from, to] of [
    ["2.2e-16", "2.2e-13"],
    ["1.43844719", "1.43844718"],
    ["Error", "error"],
    ["]", " ]"],
    ["\nV", "V"],
    ["2.2e-16", "nan"],
  ]) {
    expect(compare(recorded.replace(from!, to!), recorded), `${from} → ${to}`).toEqual({ kind: "different" });
  }
  expect(compare("x: 1e-17", "x: 0")).toEqual({ kind: "different" });
});

test("matrices and vectors are printed as NumPy prints them, the rest as a console does, and nothing throws", () => {
  expect(printed(["A =\n", Matrix.from([[1, 0.5], [2, -3]])])).toBe("A =\n [[ 1.   0.5]\n [ 2.  -3. ]]"); // oxfmt-ignore
  expect(printed([Float64Array.of(25, 9), Float32Array.of(0.1)])).toBe("[25.  9.] [0.1]");
  expect(printed([2 ** -52, 1, -0, 3n, true, null, undefined, "x"])).toBe(
    "2.220446049250313e-16 1 -0 3n true null undefined x",
  );
  expect(printed([[2, 2], [[1], ["a"]], { rank: 1, of: { k: [1] } }, Math.max])).toBe(
    '[2, 2] [[1], ["a"]] { rank: 1, of: { k: [1] } } [function max]',
  );
  expect(printed([new RangeError("too far")])).toBe("RangeError: too far");
  expect(printed([Array.from({ length: 500 }, (_, i) => i)])).toMatch(/99, … 400 more\]$/);
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  expect(printed([cyclic])).toBe("{ self: { self: { self: {…} } } }");
  const hostile = { get trap(): never { throw new Error("no"); } }; // oxfmt-ignore
  expect(printed([hostile])).toContain("unreadable");
  expect(printed([Object.create(null), Symbol("s"), new Proxy({}, { ownKeys: () => { throw new Error("no"); } })])).toMatch(/^\{ {2}\} Symbol\(s\) \[unreadable/); // oxfmt-ignore
  expect(printed([eigvals([[0, -1], [1, 0]])])).toMatch(/^\[ ?0\.\+1\.j +0\.-1\.j\]$/); // oxfmt-ignore
  expect(printed([{ a: { b: "x".repeat(80) } }])).toBe(`{\n  a: {\n    b: "${"x".repeat(80)}"\n  }\n}`);
  expect(printed([svd([[3, 0], [4, 5]])])).toMatch(/^\{\n {2}U: \[\[.*\n {6}\[/); // oxfmt-ignore
});

test("imports are the library's own names, and what is missing is named", async () => {
  expect(await output('import * as eckart from "eckart";\nconsole.log(typeof eckart.svd);')).toBe("function\n");
  expect(await output('import { type Svd, svd } from "eckart";\nlet F: Svd = svd([[2]]);\nconsole.log(F.s);')).toBe(
    "[2.]\n",
  );
  expect(await output('const { svdvals } = await import("eckart");\nconsole.log(svdvals([[3]]));')).toBe("[3.]\n");
  await expect(output('import { qwerty } from "eckart";\nqwerty();')).rejects.toThrow("eckart has no qwerty");
  await expect(output('import fs from "node:fs";\nfs.x;')).rejects.toThrow('not from "node:fs"');
});

test("compiling keeps every line in its place and says where it could not", () => {
  const code = compile("type T = {\n  a: number;\n};\nconst x: T = { a: 1 };\nenum E { A }\nx.a satisfies number;");
  expect(code.split("\n")[3]).toContain("const x");
  expect(code.split("\n")).toHaveLength(6);
  for (const [text, line] of [
    ["let x = 1;\nlet = ;", 2],
    ["f(\n`abc", 2],
    ["a b", 1],
  ] as const) {
    const error = (() => { try { compile(text); return undefined; } catch (fault) { return fault; } })(); // oxfmt-ignore
    expect(error, text).toBeInstanceOf(CompileError);
    expect((error as CompileError).line, text).toBe(line);
    expect((error as CompileError).message).toMatch(/^SyntaxError: [^(]*$/);
  }
});

test("STU-11 a run ends with a sentence", () => {
  const say = (...[outcome, text = "", recorded]: [Parameters<typeof verdict>[0], string?, string?]): string =>
    verdict(outcome, text, recorded, 10_000).text;
  expect(say({ kind: "done", ms: 12.3 })).toBe("Ran in 12 ms.");
  expect(say({ kind: "done", ms: 0.2 }, "1\n", "1\n")).toBe(
    "Ran in less than 1 ms: identical to the recorded NumPy output.",
  );
  expect(say({ kind: "done", ms: 2345 }, "1\n", "2\n")).toBe("Ran in 2.3 s: not what NumPy printed.");
  expect(say({ kind: "done", ms: 1 }, "1.11e-16", "2.22e-16")).toContain("1.1e-16 here, 2.2e-16 there");
  expect(say({ kind: "failed", message: "Error: x", line: 3 })).toBe("Line 3: Error: x");
  expect(say({ kind: "failed", message: "Error: x", line: undefined })).toBe("Error: x");
  expect(say({ kind: "late" })).toContain("10 seconds");
});
