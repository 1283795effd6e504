import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listNpz, readMatrix } from "@eckart/formats";
import { eckart, folder, IRIS } from "./eckart.ts";

const A = "3 2 2; 2 3 -2";

test.each(["npy", "npz", "csv", "tsv", "mtx", "json"])(
  "convert to %s by the extension, and back to the same numbers",
  async (name) => {
    const path = join(folder(), `a.${name}`);
    const { code, stdout, stderr } = eckart(["convert", A, "-o", path]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/^eckart convert: wrote .*\(\d+ bytes\)\n$/);
    const back = await readMatrix(readFileSync(path), { name: path });
    expect(Array.from(back.data as Float64Array)).toEqual([3, 2, 2, 2, 3, -2]);
    expect(eckart(["convert", path]).stdout).toBe("3,2,2\n2,3,-2\n");
  },
);

test.each(["npy", "npz", "csv", "tsv", "mtx", "json"])("%s pipes out and in again", (name) => {
  const { bytes } = eckart(["convert", A, "--format", name]);
  expect(eckart(["convert", "-"], { input: bytes }).stdout).toBe("3,2,2\n2,3,-2\n");
  expect(eckart(["convert", "-", "--from", name], { input: bytes }).stdout).toBe("3,2,2\n2,3,-2\n");
});

test("an npz holds every factor, and --variable picks one", async () => {
  const path = join(folder(), "factors.npz");
  expect(eckart(["svd", IRIS, "-o", path]).code).toBe(0);
  const entries = await listNpz(readFileSync(path));
  expect(entries.map(({ name, shape }) => [name, shape])).toEqual([
    ["s", [4]],
    ["U", [150, 4]],
    ["Vt", [4, 4]],
  ]);
  expect(eckart(["info", path, "--variable", "U", "--json"]).stdout).toContain('"shape":[150,4]');
  expect(eckart(["info", path]).stdout).toMatch(
    /array +shape +dtype +bytes\ns +4 +f64 +32\nU +150 × 4 +f64 +4800\nVt +4 × 4/,
  );
  const unsaid = eckart(["svd", path]);
  expect(unsaid.code).toBe(3);
  expect(unsaid.stderr).toMatch(/s.*U.*Vt[^]*--variable/);
});

test("--part writes another array, and JSON takes several", () => {
  const V = eckart(["svd", A, "--part", "Vt"]).stdout.trim().split("\n");
  expect(V).toHaveLength(2);
  const parts = JSON.parse(eckart(["svd", A, "--part", "U,s", "--format", "json"]).stdout) as object;
  expect(Object.keys(parts)).toEqual(["U", "s"]);
});

test("a file keeps its element type through convert", async () => {
  const path = join(folder(), "i.npy");
  eckart(["convert", "1 2; 3 4", "--dtype", "f32", "-o", path]);
  expect(eckart(["convert", path, "--format", "npy"]).bytes.equals(readFileSync(path))).toBe(true);
});

test("CLI-3 with --json and --output the document and the file both come", () => {
  const path = join(folder(), "s.npy");
  const { stdout } = eckart(["svd", A, "--json", "-o", path]);
  expect(JSON.parse(stdout)).toMatchObject({ schema: "eckart/1", output: path, result: { s: expect.any(Array) } });
  expect(readFileSync(path).subarray(1, 6).toString()).toBe("NUMPY");
});

test("CLI-3 the matrices of a file are not repeated in the document", () => {
  const path = join(folder(), "i.npy");
  const { stdout } = eckart(["inv", "2 1; 1 3", "--json", "-o", path]);
  expect(JSON.parse(stdout)).toMatchObject({ output: path, result: {} });
  expect(Object.values(JSON.parse(stdout).result).filter(Array.isArray)).toEqual([]);
  expect(JSON.parse(eckart(["inv", "2 1; 1 3", "--json"]).stdout).output).toBeUndefined();
});

test("--svg draws the spectrum, named after the file", () => {
  const path = join(folder(), "spectrum.svg");
  expect(eckart(["svd", IRIS, "--svg", path]).code).toBe(0);
  const svg = readFileSync(path, "utf8");
  expect(svg).toMatch(/^<svg /);
  expect(svg).toContain("<title>Singular values of iris.csv</title>");
  expect(svg).toContain("Rank 4 of 4");
});

test("the report can be asked for on a pipe, and then has no colour", () => {
  const { stdout } = eckart(["svd", IRIS, "--format", "text"]);
  for (const part of ["iris.csv", "150 × 4", "rank", "4 of 4", "condition", "96.53 %", "█", "backward error", "wasm"])
    expect(stdout).toContain(part);
  expect(stdout).not.toContain("\u001b");
  for (const line of stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
});

test.each(["C", "POSIX"])("in the locale %s the report is ASCII", (locale) => {
  const { stdout } = eckart(["svd", IRIS, "--format", "text"], { env: { LC_ALL: locale } });
  expect(stdout).toMatch(/^[\n -~]+$/);
  expect(stdout).toContain("####");
});

test("--precision sets the figures of the report", () => {
  expect(eckart(["svd", IRIS, "--format", "text", "--precision", "4"]).stdout).toMatch(/ 95\.96 /);
});

test("CLI-1 --quiet leaves the data alone", () => {
  const path = join(folder(), "x.csv");
  expect(eckart(["svd", A, "-q", "-o", path])).toMatchObject({ code: 0, stdout: "", stderr: "" });
  expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(2);
});

test("--explain says what would be done and does nothing", () => {
  const dir = folder();
  const { code, stdout } = eckart(["svd", IRIS, "--explain", "-o", join(dir, "x.npy")]);
  expect(code).toBe(0);
  for (const part of ["150 × 4", "flops", "MB", "x.npy"]) expect(stdout).toContain(part);
  expect(readdirSync(dir)).toEqual([]);
});
