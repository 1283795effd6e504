import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeNpz, writeSafetensors } from "@eckart/formats";
import { ask, eckart, EMPLOYED, folder, IRIS, LONGLEY } from "./eckart.ts";

interface Document {
  readonly schema: string;
  readonly command: string;
  readonly input: readonly { name: string; shape: number[]; dtype: string }[];
  readonly result: Record<string, unknown>;
  readonly accuracy: Record<string, number>;
  readonly info: Record<string, unknown>;
  readonly notes: readonly string[];
}

const json = async (...args: string[]): Promise<Document> => {
  const run = await ask([...args, "--json"]);
  expect(run.stderr).toBe("");
  return JSON.parse(run.stdout) as Document;
};

const rows = (csv: string): number[][] =>
  csv
    .trim()
    .split("\n")
    .map((line) => line.split(",").map(Number));

/** Compares nested numbers within a few rounding units of their own size. */
const expectClose = (got: unknown, expected: unknown, tolerance = 1e-13): void => {
  if (Array.isArray(expected)) {
    expect(got).toHaveLength(expected.length);
    expected.forEach((value, i) => expectClose((got as unknown[])[i], value, tolerance));
  } else {
    expect(Math.abs((got as number) - (expected as number))).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(expected as number)),
    );
  }
};

describe("svd", () => {
  test("CLI-1 a pipe gets the singular values, one a line", async () => {
    const { code, stdout, stderr } = eckart(["svd", "3 2 2; 2 3 -2"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expectClose(rows(stdout), [[5], [3]]);
  });

  test("CLI-14 with any number of threads, the same bytes", () => {
    const size = 160;
    const data = Float64Array.from({ length: size * size }, (_, i) => Math.sin(i * i));
    const path = join(folder(), "A.npz");
    writeFileSync(path, writeNpz({ A: { data, shape: [size, size] } }));
    const [one, two] = ["1", "2"].map((count) => eckart(["svd", path, "--threads", count, "--part", "U"]));
    expect([one.code, one.stdout.length > size * size]).toEqual([0, true]);
    expect(two.stdout).toBe(one.stdout);
    for (const count of ["0", "65", "1.5", "many"]) {
      const { code, stderr } = eckart(["svd", path, "--threads", count]);
      expect([code, stderr], count).toEqual([2, expect.stringContaining("a whole number from 1 to 64")]);
    }
  });

  test("a file, standard input and a literal that begins with a minus give an answer alike", async () => {
    const literal = "-3 -2 -2; 2 3 -2";
    const expected = eckart(["svd", literal]).stdout;
    expect(eckart(["svd", "-"], { input: "-3,-2,-2\n2,3,-2\n" }).stdout).toBe(expected);
    expect(eckart(["svd", "-"], { input: "[[-3,-2,-2],[2,3,-2]]" }).stdout).toBe(expected);
    expectClose(rows(eckart(["svd", IRIS]).stdout), [[95.95991387], [17.76103366], [3.46093093], [1.88482631]], 1e-8);
  });

  test("CLI-3 the document holds input, result, measured accuracy and who answered", async () => {
    const found = await json("svd", "3 2 2; 2 3 -2", "--part", "s,U,Vt");
    expect(found).toMatchObject({ schema: "eckart/1", command: "svd" });
    expect(found.input).toEqual([{ name: "matrix", shape: [2, 3], dtype: "f64" }]);
    expectClose(found.result["s"], [5, 3]);
    expect(found.result).toMatchObject({ rank: 2 });
    expectClose(found.result["condition"], 5 / 3);
    expect((found.result["U"] as number[][]).length).toBe(2);
    expect((found.result["Vt"] as number[][]).map((row) => row.length)).toEqual([3, 3]);
    for (const error of Object.values(found.accuracy)) expect(error).toBeLessThan(1e-14);
    expect(Object.keys(found.accuracy)).toEqual(["backward", "orthogonalityU", "orthogonalityV"]);
    expect(found.info).toMatchObject({ backend: "wasm", converged: true });
  });

  test("--full gives square factors, --values only values, --method and --dtype are obeyed", async () => {
    const full = await json("svd", "3 2 2; 2 3 -2", "--full", "--part", "Vt");
    expect((full.result["Vt"] as number[][]).length).toBe(3);
    expect((await json("svd", "3 2 2; 2 3 -2", "--values")).accuracy).toBeUndefined();
    expect((await json("svd", IRIS, "--method", "jacobi")).info).toMatchObject({ method: "jacobi" });
    const single = await json("svd", "3 2 2; 2 3 -2", "--dtype", "f32");
    expectClose(single.result["s"], [5, 3], 1e-6);
    expect(single.accuracy["backward"]).toBeGreaterThan(1e-10);
  });

  test("--rtol and --atol say what counts as zero", async () => {
    const rank = async (...args: string[]): Promise<unknown> =>
      (await json("svd", "2 0 0; 0 1 0; 0 0 1e-3", ...args)).result["rank"];
    expect([await rank(), await rank("--rtol", "1e-2"), await rank("--atol", "1.5")]).toEqual([3, 2, 1]);
  });

  test("empty and zero matrices are answered", async () => {
    expect((await json("svd", "[]")).result).toMatchObject({ s: [], rank: 0 });
    expect((await json("svd", "0 0; 0 0")).result).toMatchObject({ s: [0, 0], rank: 0 });
  });
});

test("eigh: eigenvalues ascend, vectors come with --part", async () => {
  const r17 = Math.sqrt(17);
  expectClose(rows(eckart(["eigh", "4 2; 2 3"]).stdout), [[(7 - r17) / 2], [(7 + r17) / 2]]);
  const found = await json("eigh", "4 2; 2 3", "--part", "w,V");
  expect((found.result["V"] as number[][]).length).toBe(2);
  expect(found.accuracy["backward"]).toBeLessThan(1e-14);
  expectClose((await json("eigh", "1 2; 2 1", "--values")).result["w"], [-1, 3]);
});

describe("lowrank", () => {
  test("--rank, --energy and --tol say how much to keep", async () => {
    expectClose(rows(eckart(["lowrank", "3 2 2; 2 3 -2", "--rank", "1"]).stdout), [
      [2.5, 2.5, 0],
      [2.5, 2.5, 0],
    ]);
    const by = async (...args: string[]): Promise<unknown> => (await json("lowrank", IRIS, ...args)).result["rank"];
    expect([
      await by("--energy", "0.9"),
      await by("--energy", "99%"),
      await by("--tol", "0.05"),
      await by("--tol", "0.03"),
    ]).toEqual([1, 2, 2, 3]);
  });

  test("the error is measured, and is the one that Eckart and Young give", async () => {
    const { accuracy, result } = await json("lowrank", "3 2 2; 2 3 -2", "--rank", "1", "--part", "U,s,Vt");
    expectClose(accuracy["relativeError"], 3 / Math.sqrt(34));
    expectClose(accuracy["frobeniusError"], 3);
    expectClose(accuracy["spectralError"], 3);
    expectClose(result["energy"], 25 / 34);
    expect(result).toMatchObject({ parameters: 6, unique: true });
    expectClose(result["s"], [5]);
  });

  test("a rank that is not the only best one is told", async () => {
    const run = eckart(["lowrank", "1 0; 0 1", "--rank", "1"]);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("other matrices are as close");
  });
});

test("rank, cond and det print one number", async () => {
  expect(eckart(["rank", "1 2; 2 4"]).stdout).toBe("1\n");
  expect(eckart(["rank", "2 0; 0 1e-3", "--rtol", "1e-2"]).stdout).toBe("1\n");
  expectClose(Number(eckart(["cond", "2 1; 0.5 1.5"]).stdout), 2.618033988749895);
  expect(eckart(["cond", "1 0; 0 0"]).stdout).toBe("Infinity\n");
  expect((await json("cond", "1 0; 0 0")).result["condition"]).toBe("Infinity");
  expectClose(Number(eckart(["det", "2 1; 0.5 1.5"]).stdout), 2.5);
  const tiny = await json("det", "1e-200 0; 0 1e-200");
  expect(tiny.result).toMatchObject({ det: 0, sign: 1 });
  expectClose(tiny.result["logabsdet"], -400 * Math.LN10);
  expect(tiny.notes.join()).toContain("beyond the range of f64");
});

test("solve, inv and pinv give their matrices, and measure them", async () => {
  expectClose(rows(eckart(["solve", "2 1; 1 3", "3; 5"]).stdout), [[0.8], [1.4]]);
  expectClose(rows(eckart(["solve", "2 1; 1 3", "3 5"]).stdout), [[0.8], [1.4]]);
  expectClose(rows(eckart(["inv", "2 1; 0.5 1.5"]).stdout), [
    [0.6, -0.4],
    [-0.2, 0.8],
  ]);
  expectClose(rows(eckart(["pinv", "1 2; 2 4"]).stdout), [
    [0.04, 0.08],
    [0.08, 0.16],
  ]);
  for (const args of [
    ["solve", "2 1; 1 3", "3; 5"],
    ["inv", "2 1; 0.5 1.5"],
    ["pinv", "1 2; 2 4"],
  ])
    for (const error of Object.values((await json(...args)).accuracy)) expect(error).toBeLessThan(1e-14);
  expect(eckart(["inv", "0.1 0.7; 0.3 0.9", "--tol", "1e-30"]).code).toBe(4);
});

test("lstsq gives the coefficients that NIST certifies for Longley's table", async () => {
  const certified = [
    -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359, -0.0511041056535807,
    1829.15146461355,
  ];
  const x = rows(eckart(["lstsq", LONGLEY, EMPLOYED]).stdout).map(([value]) => value);
  const digits = certified.map((value, i) => -Math.log10(Math.abs(x[i] - value) / Math.abs(value)));
  expect(Math.min(...digits), `digits that agree: ${digits.map((d) => d.toFixed(1)).join(", ")}`).toBeGreaterThan(6);
  expect((await json("lstsq", LONGLEY, EMPLOYED)).result).toMatchObject({ rank: 7 });
});

test("info reads what nothing else would take", async () => {
  const { result } = await json("info", IRIS);
  expect(result).toMatchObject({ smallest: 0.1, largest: 7.9, zeros: 0, nonFinite: 0, symmetric: false });
  expect(result["columns"]).toEqual(["sepal length", "sepal width", "petal length", "petal width"]);
  const broken = eckart(["info", "-", "--json"], { input: "1,nan\ninf,0\n" });
  expect(broken.code).toBe(0);
  expect((JSON.parse(broken.stdout) as Document).result).toMatchObject({
    nonFinite: 2,
    zeros: 1,
    firstNonFinite: [0, 1],
  });
});

test("info lists the arrays of a file that holds several, a model in shards too", async () => {
  const dir = folder();
  const path = (name: string, bytes: string | Uint8Array): string => {
    writeFileSync(join(dir, name), bytes);
    return join(dir, name);
  };
  const w = { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] };
  const b = Float64Array.of(7, 8);
  const shards = { "1.safetensors": { w }, "2.safetensors": { b } };
  for (const [name, tensors] of Object.entries(shards)) path(name, writeSafetensors(tensors));
  const files = {
    npz: path("model.npz", writeNpz({ b, w })),
    safetensors: path("model.safetensors", writeSafetensors({ w, b })),
    index: path("x.safetensors.index.json", JSON.stringify({ weight_map: { b: "2.safetensors", w: "1.safetensors" } })),
  };
  for (const [kind, file] of Object.entries(files)) {
    const { result } = await json("info", file);
    const arrays = result["arrays"] as { name: string; shape: number[]; dtype: string; byteLength: number }[];
    const sizes = Object.fromEntries(arrays.map(({ name, shape, byteLength }) => [name, [shape, byteLength]]));
    expect(sizes, kind).toEqual({ b: [[2], 16], w: [[2, 3], 24] });
    expect((await json("info", file, "--variable", "b")).result, kind).toMatchObject({ smallest: 7, largest: 8 });
  }
  expect((await ask(["svd", files.safetensors])).stderr).toContain("next: --variable NAME");
});

test("the options of reading reach the readers", async () => {
  const read = (input: string, ...args: string[]): string => eckart(["convert", "-", ...args], { input }).stdout;
  expect(read("1;2\n3;4\n", "--separator", ";")).toBe("1,2\n3,4\n");
  expect(read("1,5;2\n3;4\n", "--decimal", ",")).toBe("1.5,2\n3,4\n");
  expect(read("1\t2\n", "--separator", "tab")).toBe("1,2\n");
  expect(read("5,6\n1,2\n", "--header")).toBe("5,6\n1,2\n");
  expect(eckart(["svd", "-", "--header", "--json"], { input: "5,6\n1,2\n" }).stdout).toContain('"shape":[1,2]');
  expect(read("1,2\n,4\n", "--missing", "drop-row")).toBe("1,2\n");
  expect(read("1,2\n,4\n", "--missing", "0")).toBe("1,2\n0,4\n");
  expect(read("a,b,c\n1,2,3\n", "--columns", "c,1")).toBe("c,a\n3,1\n");
  expect(read("name,b\nx,2\ny,3\n", "--omit", "name")).toBe("b\n2\n3\n");
});
