import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ConvergenceError } from "eckart";
import { writeNpy } from "@eckart/formats";
import { describeError } from "../src/errors.ts";
import { eckart, folder, IRIS } from "./eckart.ts";

const dir = folder();
const file = (name: string, content: string | Buffer): string => {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
};

describe("CLI-2 exit codes", () => {
  const cases: readonly (readonly [name: string, args: readonly string[], code: number, message: RegExp])[] = [
    ["done", ["rank", "1 2; 2 4"], 0, /^/],
    ["singular system", ["solve", "1 2; 2 4", "1; 2"], 1, /eckart solve: .*regular matrix[^]*next: .*lstsq/],
    ["not square", ["det", "1 2 3; 4 5 6"], 1, /eckart det: .*2 × 3/],
    ["sizes that do not fit", ["solve", "1 0; 0 1", "1; 2; 3"], 1, /eckart solve: .*3/],
    ["not symmetric", ["eigh", "1 2; 3 4"], 1, /eckart eigh: .*symmetric/],
    [
      "output folder missing",
      ["inv", "2 0; 0 2", "-o", join(dir, "none", "x.npy")],
      1,
      /none.*x\.npy: no such file or folder/,
    ],
    ["unknown command", ["svdd"], 2, /unknown command/],
    ["number below zero", ["lowrank", "1", "--rank", "-1"], 2, /argument '-1' is invalid/],
    ["unknown option", ["svd", "1", "--frob"], 2, /unknown option '--frob'/],
    ["missing operand", ["svd"], 2, /missing required argument 'A'/],
    ["too many operands", ["svd", "1", "2"], 2, /too many arguments/],
    [
      "method that does not exist",
      ["svd", "1 2; 3 4", "--method", "magic"],
      2,
      /Allowed choices are auto, golub-kahan/,
    ],
    ["rank that is no number", ["lowrank", "1 2; 3 4", "--rank", "x"], 2, /Expected a whole number/],
    ["energy above 1", ["lowrank", "1 2; 3 4", "--energy", "1.5"], 2, /Expected a share/],
    ["nothing to cut at", ["lowrank", "1 2; 3 4"], 2, /nothing says how much to keep[^]*--rank 8/],
    ["rank and energy", ["lowrank", "1 2; 3 4", "--rank", "1", "--energy", "0.9"], 2, /different things/],
    ["unknown extension", ["svd", "1 2; 3 4", "-o", "x.xyz"], 2, /x\.xyz: no format has this extension/],
    ["unknown part", ["svd", "1 2; 3 4", "--part", "W"], 2, /no part "W"[^]*s, U, Vt/],
    ["two parts in csv", ["svd", "1 2; 3 4", "--part", "U,s", "--format", "csv"], 2, /csv holds one array/],
    ["standard input twice", ["solve", "-", "-"], 2, /cannot be read twice/],
    ["json twice", ["svd", "1", "--json", "--format", "csv"], 2, /different things/],
    ["file missing", ["svd", join(dir, "none.csv")], 3, /none\.csv: no such file[^]*next: /],
    ["folder", ["svd", dir], 3, /is a folder/],
    [
      "malformed csv",
      ["svd", file("bad.csv", "a,b\n1,2\n3,x\n")],
      3,
      /bad\.csv: line 3, column 2 \("b"\): .*number.*"x"/,
    ],
    ["missing value", ["svd", file("gap.csv", "1,2\n3,\n")], 3, /line 2, column 2.*[^]*next: .*--missing/],
    ["NaN", ["svd", file("nan.csv", "1,2\n3,nan\n"), "--missing", "nan"], 3, /nan|NaN/],
    ["infinity in a literal", ["svd", "1 2; 3 inf"], 3, /inf.*finite/],
    ["malformed literal", ["svd", "1 2; 3"], 3, /expected 2 numbers/],
    ["truncated npy", ["svd", file("short.npy", Buffer.from("\x93NUMPY\x01\x00", "latin1"))], 3, /short\.npy/],
    ["binary rubbish", ["svd", file("rubbish.csv", Buffer.alloc(100))], 3, /rubbish\.csv/],
    ["three dimensions", ["svd", file("cube.json", "[[[1,2],[3,4]]]")], 3, /two dimensions, got shape \(1, 2, 2\)/],
    [
      "tolerance not reached",
      ["lowrank", "3 0; 0 2", "--rank", "1", "--tol", "0.1"],
      4,
      /relative error is 0\.55.*at most 0\.1/,
    ],
  ];
  test.each(cases)("%s", (_, args, code, message) => {
    const run = eckart(args);
    expect(run.stderr).toMatch(message);
    expect(run.code).toBe(code);
    expect(run.stderr).not.toMatch(/\n\s+at |node:internal|Error:/);
    if (code !== 0 && code !== 4) expect(run.stdout).toBe("");
  });
});

test("CLI-2 an iteration that does not converge leaves with 4, its factors unsaid", () => {
  const error = new ConvergenceError("svd", 90, 1e-3, { s: [1, 2] });
  const said = describeError(error, { command: "svd", options: {} });
  expect(said).toMatchObject({ exit: 4, code: "convergence", details: { iterations: 90, residual: 1e-3 } });
  expect(said.message).toBe("not converged after 90 iterations (residual 1.00e-3)");
  expect(said.details).not.toHaveProperty("partial");
});

test("CLI-2 complex numbers are an error where a command takes real ones, with the way out", () => {
  const path = file("z.npy", Buffer.from(writeNpy({ data: Float64Array.of(1, 2), shape: [1, 1], dtype: "c128" })));
  const run = eckart(["det", path]);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/z\.npy is complex, and this command takes real matrices\n +next: --complex real/);
  expect(eckart(["det", path, "--complex", "imaginary"]).stdout).toBe("2\n");
});

test("CLI-2 what cannot be read for its rights is told", () => {
  const path = file("secret.csv", "1\n");
  chmodSync(path, 0);
  const run = eckart(["svd", path]);
  // A super-user reads everything.
  if (process.getuid?.() === 0) expect(run.code).toBe(0);
  else expect(run.stderr).toMatch(/secret\.csv: .*(permission|may not be read)/);
});

test.each([
  ["usage", ["svd", "1 2; 3 4", "--rtol", "-1", "--json"], 2, "usage"],
  ["unknown command", ["svdd", "--json"], 2, "usage"],
  ["input", ["svd", join(dir, "none.csv"), "--json"], 3, "FORMAT"],
  ["place", ["svd", file("place.csv", "1,2\n3,x\n"), "--json"], 3, "FORMAT"],
  ["singular", ["inv", "1 2; 2 4", "--json"], 1, "singular"],
  ["tolerance", ["lowrank", "3 0; 0 2", "--rank", "1", "--tol", "0.1", "--json"], 4, "not-reached"],
])("CLI-3 with --json errors are one line of JSON on standard error: %s", (name, args, exit, code) => {
  const run = eckart(args);
  expect(run.code).toBe(exit);
  const { schema, error } = JSON.parse(run.stderr) as { schema: string; error: Record<string, unknown> };
  expect(schema).toBe("eckart/1");
  expect(error).toMatchObject({ exit, code });
  expect(typeof error["message"]).toBe("string");
  if (name === "place") expect(error).toMatchObject({ line: 2, column: 2, format: "csv" });
  if (exit !== 4) expect(run.stdout).toBe("");
});

test("CLI-5 a failed command leaves the file that was there", () => {
  const path = file("kept.npy", "old");
  expect(eckart(["inv", "1 2; 2 4", "-o", path]).code).toBe(1);
  expect(eckart(["svd", IRIS, "-o", join(dir, "sub.npy"), "--part", "W"]).code).toBe(2);
  mkdirSync(join(dir, "taken.npy"));
  const run = eckart(["inv", "2 0; 0 2", "-o", join(dir, "taken.npy")]);
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/taken\.npy/);
});
