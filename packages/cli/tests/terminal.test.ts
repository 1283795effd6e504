import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { writeNpy } from "@eckart/formats";
import { respond } from "../src/answer.ts";
import { Progress } from "../src/progress.ts";
import type { Request, Stage } from "../src/request.ts";
import { readTerminal } from "../src/terminal.ts";
import { eckart, folder, hasTerminal, IRIS, onTerminal, shell, shellLine, startEckart } from "./eckart.ts";

const ESCAPE = "\u001b[";
/** What paints: a line of progress, which comes where reading takes long, moves the cursor without it. */
const COLOUR = /\u001b\[[\d;]+m/;

describe.skipIf(!hasTerminal)("on a terminal", () => {
  test("CLI-4 a person reads the report, in colour", () => {
    const { code, stdout } = onTerminal(["svd", IRIS]);
    expect(code).toBe(0);
    for (const part of ["iris.csv", "4 of 4", "█", "backward error", ESCAPE]) expect(stdout).toContain(part);
  });

  test.each([
    ["NO_COLOR", { NO_COLOR: "1" }, [], COLOUR],
    ["TERM=dumb", { TERM: "dumb" }, [], ESCAPE],
    ["--quiet", {}, ["--quiet"], ESCAPE],
  ])("CLI-4 no colour with %s", (_, env, flags, refused) => {
    const { stdout } = onTerminal(["svd", IRIS, ...flags], env);
    expect(stdout).toContain("iris.csv");
    expect(stdout).not.toMatch(refused);
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

describe("the line of progress", () => {
  /** What is on the line 1.2 s after the start. */
  const lineOf = (stage: Stage, columns: number, unicode = true): string => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let written = "";
    const stream = { columns, write: (text: string) => (written = text) } as unknown as NodeJS.WriteStream;
    const progress = new Progress(stream, true, unicode);
    progress.show(stage);
    vi.advanceTimersByTime(900);
    expect(written).toBe("");
    vi.advanceTimersByTime(300);
    const line = written.replace(`\r${ESCAPE}?25l`, "").replace(`${ESCAPE}K`, "");
    progress.end();
    expect(written).toBe(`\r${ESCAPE}K${ESCAPE}?25h`);
    return line.slice(2);
  };
  const stage = { stage: "computing svd of 4000 × 3000", fraction: 0.349, step: "bidiagonalize" };

  test.each([
    [120, "computing svd of 4000 × 3000  █████░░░░░░░░░░░  34 %  1 s  bidiagonalize  (Ctrl-C stops)"],
    [80, "computing svd of 4000 × 3000  █████░░░░░░░░░░░  34 %  1 s  (Ctrl-C stops)"],
    [64, "computing svd of 4000 × 3000  █████░░░░░░░░░░░  34 %  1 s"],
    [40, "computing svd of 4000 × 3000  █████░░"],
  ])("CLI-4 of a decomposition has a bar, and what there is room for in %i columns", (columns, text) => {
    expect(lineOf(stage, columns)).toBe(text);
  });

  test("CLI-4 is plain where there is no Unicode, and has no bar where nothing is known", () => {
    expect(lineOf({ ...stage, fraction: 1 }, 80, false)).toContain("################ 100 %");
    expect(lineOf({ stage: "reading A.csv" }, 80)).toBe("reading A.csv  1 s  (Ctrl-C stops)");
  });

  test("CLI-4 is told fractions that ascend, for every part of the work", async () => {
    const literal = Array.from({ length: 60 }, (_, i) => Array.from({ length: 60 }, (_, j) => Math.sin(i * j + j)));
    const request: Request = {
      command: "svd",
      operands: [literal.map((row) => row.join(" ")).join(";")],
      options: { certify: true },
      terminal: readTerminal(),
    };
    const told: Stage[] = [];
    await respond(request, (part) => told.push(part));
    const stages = [...new Set(told.map((part) => part.stage))];
    expect(stages.slice(1)).toEqual([
      "computing svd of 60 × 60",
      "measuring the error",
      "proving bounds",
      "encoding the result",
    ]);
    const fractions = told.flatMap((part) => (part.stage.startsWith("computing") ? (part.fraction ?? []) : []));
    expect(fractions[0]).toBe(0);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
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
