import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeNpy } from "@eckart/formats";
import { eckart, folder, hasTerminal, IRIS, onTerminal, shell, shellLine, startEckart } from "./eckart.ts";

const ESCAPE = "\u001b[";

describe.skipIf(!hasTerminal)("on a terminal", () => {
  test("CLI-4 a person reads the report, in colour", () => {
    const { code, stdout } = onTerminal(["svd", IRIS]);
    expect(code).toBe(0);
    for (const part of ["iris.csv", "4 of 4", "█", "backward error", ESCAPE]) expect(stdout).toContain(part);
  });

  test.each([
    ["NO_COLOR", { NO_COLOR: "1" }, []],
    ["TERM=dumb", { TERM: "dumb" }, []],
    ["--quiet", {}, ["--quiet"]],
  ])("CLI-4 no colour with %s", (_, env, flags) => {
    const { stdout } = onTerminal(["svd", IRIS, ...flags], env);
    expect(stdout).toContain("iris.csv");
    expect(stdout).not.toContain(ESCAPE);
  });

  test("the demo waits for Enter after every step and stops at q", () => {
    const { code, stdout } = onTerminal(["demo"], {}, "\nq\n");
    expect(code).toBe(0);
    expect(stdout).toContain("2/9");
    expect(stdout).not.toContain("3/9");
  });

  test("binary data are kept from the screen", () => {
    const { code, stdout } = onTerminal(["svd", IRIS, "--format", "npy"]);
    expect(code).toBe(2);
    expect(stdout).toContain("-o FILE.npy");
  });
});

describe.skipIf(!hasTerminal)("on a terminal", () => {
  test("CLI-4 a long computation shows how far it is, and the line is gone at the end", () => {
    const n = 700;
    const input = join(folder(), "large.npy");
    const data = Float64Array.from({ length: n * n }, (_, k) => (Math.sin(k + 1) * 43758.5453) % 1);
    writeFileSync(input, writeNpy({ data, shape: [n, n] }));
    const { code, stdout } = onTerminal(["svd", input, "--method", "jacobi"]);
    expect(code).toBe(0);
    const lines = stdout.split("\r").filter((line) => line.includes("computing svd of 700 × 700"));
    const percents = lines.flatMap((line) => /[█░]{16} +(\d+) %/.exec(line)?.slice(1) ?? []).map(Number);
    expect(percents.length).toBeGreaterThan(2);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(percents.at(-1)).toBeGreaterThan(percents[0]!);
    expect(stdout).toContain(`${ESCAPE}?25h`);
    expect(stdout.lastIndexOf("(Ctrl-C stops)")).toBeLessThan(stdout.indexOf("backward error"));
  });
});

test("a reader that stops early ends the command quietly", () => {
  const big = Array.from({ length: 20_000 }, (_, i) => `${i},${i * i}`).join("\n");
  const path = join(folder(), "big.csv");
  writeFileSync(path, big);
  const { stdout, stderr, code } = shell(`{ ${shellLine(["convert", path])}; echo "left with $?" >&2; } | head -1`);
  expect({ stdout, stderr, code }).toEqual({ stdout: "0,0\n", stderr: "left with 0\n", code: 0 });
});

test("CLI-5 an interrupted computation ends at once, with 130 and without a file", async () => {
  const dir = folder();
  const n = 1500;
  const input = join(folder(), "large.npy");
  const data = Float64Array.from({ length: n * n }, (_, k) => (Math.sin(k + 1) * 43758.5453) % 1);
  writeFileSync(input, writeNpy({ data, shape: [n, n] }));
  const child = startEckart(["svd", input, "--method", "jacobi", "-o", join(dir, "factors.npz")]);
  const ended = once(child, "exit");
  const early = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1500, "running"))]);
  expect(early).toBe("running");
  child.kill("SIGINT");
  const [code] = (await ended) as [number | null];
  expect(code).toBe(130);
  expect(readdirSync(dir)).toEqual([]);
});

test("CLI-4 nothing but data and errors is written where nobody watches", () => {
  expect(eckart(["svd", IRIS]).stderr).toBe("");
  expect(existsSync(IRIS)).toBe(true);
});
