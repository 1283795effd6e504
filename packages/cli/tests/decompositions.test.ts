import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listNpz, readNpz, writeNpz } from "@eckart/formats";
import { ask, eckart, folder, hasTerminal, IRIS, onTerminal, shell, shellLine } from "./eckart.ts";

interface Document {
  readonly result: Record<string, never>;
  readonly accuracy: Record<string, number>;
  readonly certificate: { lower: number[]; upper: number[]; accepted: boolean; defect: number };
}

const json = async (...args: string[]): Promise<Document> => {
  const run = await ask([...args, "--json"]);
  expect(run.stderr).toBe("");
  return JSON.parse(run.stdout) as Document;
};

const text = async (...args: string[]): Promise<string> => (await ask([...args, "--format", "text"])).stdout;
const dir = folder();

describe("eig", () => {
  test("CLI-6 complex eigenvalues are pairs of numbers, in csv and in JSON", async () => {
    expect(eckart(["eig", "0 -1; 1 0"]).stdout).toBe("re,im\n0,1\n0,-1\n");
    const found = await json("eig", "3 -2; 4 -1", "--part", "w,V");
    const w: number[][] = found.result["w"];
    w.flat().forEach((x, i) => expect(x).toBeCloseTo([1, 2, 1, -2][i], 13));
    const V: number[][][] = found.result["V"];
    expect([V.length, V[0].length, V[0][0].length]).toEqual([2, 2, 2]);
    expect(found.accuracy["backward"]).toBeLessThan(1e-15);
  });

  test("CLI-6 an npz holds them as NumPy's complex numbers, with left vectors where asked for", async () => {
    const path = join(dir, "eig.npz");
    expect(eckart(["eig", "1 2 0; 0 3 1; 1 0 1", "--left", "-o", path]).code).toBe(0);
    const entries = await listNpz(readFileSync(path));
    expect(entries.map(({ name, dtype, shape }) => [name, dtype, shape])).toEqual([
      ["w", "c128", [3]],
      ["V", "c128", [3, 3]],
      ["Y", "c128", [3, 3]],
      ["conditions", "f64", [3]],
    ]);
  });

  test("a shear is called defective and a turn keeps no line", async () => {
    expect(await text("eig", "1 1; 0 1")).toMatch(
      /keeps +the line of \(1, 0\) +times 1\neigenvectors +1 of 2 +defective/,
    );
    expect(await text("eig", "0 -1; 1 0")).toMatch(/keeps +no line/);
    expect(await text("eig", "2 0 0; 0 2 0; 0 0 1")).toMatch(/the plane of/);
    expect((await json("eig", "1 1; 0 1")).result).toMatchObject({ defect: 1, isReal: true });
  });

  test("--values gives the same eigenvalues", async () => {
    const of = async (...args: string[]): Promise<number[][]> =>
      (await json("eig", "4 1 0; 2 3 1; 0 0 5", ...args)).result["w"];
    const [all, alone] = [await of(), await of("--values")];
    all.flat().forEach((x, i) => expect(alone.flat()[i]).toBeCloseTo(x, 12));
  });
});

describe("classify", () => {
  test.each([
    ["1 0; 0 1", "identity", {}],
    ["0 -1; 1 0", "rotation", { angle: Math.PI / 2, degrees: 90 }],
    ["0 1; 1 0", "reflection", { degrees: 45 }],
    ["0 0 1; 1 0 0; 0 1 0", "rotation", { degrees: 120 }],
    ["1 0 0; 0 1 0; 0 0 -1", "reflection", { normal: [0, 0, 1] }],
    ["-1 0 0; 0 -1 0; 0 0 -1", "inversion", {}],
    ["1 0 0; 0 1 0", "row-orthonormal", {}],
    ["2 1; 0.5 1.5", "not-orthogonal", {}],
  ])("CLI-7 %s is called %s", async (matrix, kind, facts: Record<string, unknown>) => {
    const { result } = (await json("classify", matrix)) as unknown as { result: Record<string, unknown> };
    expect(result["kind"]).toBe(kind);
    for (const [name, value] of Object.entries(facts))
      if (typeof value === "number") expect(result[name]).toBeCloseTo(value, 12);
      else expect(result[name]).toEqual(value);
  });

  test("CLI-7 the report says angles in degrees and radians, axis, and rotate, scale, rotate", async () => {
    expect(await text("classify", "0 0 1; 1 0 0; 0 1 0")).toMatch(
      /rotation by 120° \(2\.0944 rad\) +about \(0\.57735, /,
    );
    const mirror = await text("classify", "1 2; 2 1");
    expect(mirror).toMatch(/rotate +-45° .*Vᵀ[^]*scale +3, 1[^]*reflect +the last axis turns round[^]*rotate +45°/);
    expect(eckart(["classify", "1 2; 2 1"]).stdout).toBe(mirror);
    expect(await text("classify", "1 0 0 0; 0 1 0 0")).not.toContain("rotate ");
  });

  test("--tol says what still counts", async () => {
    const matrix = "0.99999 0; 0 1";
    expect((await json("classify", matrix)).result["kind"]).toBe("not-orthogonal");
    expect((await json("classify", matrix, "--tol", "1e-3")).result["kind"]).toBe("identity");
  });
});

describe("CLI-8 --svg draws the film of a map of two and three dimensions", () => {
  test.each([
    ["svd", "2 1; 0.5 1.5"],
    ["classify", "1 2; 2 1"],
    ["svd", "3 2 2; 2 3 -2"],
    ["classify", "1 0; 0 1; 1 1"],
    ["svd", "1 1 0; 0 1 1; 1 0 -1"],
  ])("%s %s", (command, matrix) => {
    const path = join(dir, "film.svg");
    expect(eckart([command, matrix, "--svg", path]).code).toBe(0);
    const svg = readFileSync(path, "utf8");
    expect(svg).toContain("<title>Rotate, scale, rotate: matrix</title>");
    expect(svg).toContain("<animate ");
    expect(svg).toContain("prefers-reduced-motion");
    expect(svg).not.toContain("<script");
  });

  test("other maps have none, and nothing is written", async () => {
    const run = eckart(["classify", "1 0 0 0; 0 1 0 0", "--svg", join(dir, "none.svg")]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("no picture of this");
  });
});

describe("svds", () => {
  test("CLI-12 a sparse file of 5·10⁹ places stays sparse, from a pipe too", async () => {
    const [m, n, entries] = [100_000, 50_000, 400];
    // A diagonal, scattered: its values are the singular values.
    const lines = Array.from({ length: entries }, (_, k) => `${((k * 7919) % m) + 1} ${((k * 7907) % n) + 1} ${k + 1}`);
    const text = `%%MatrixMarket matrix coordinate real general\n${m} ${n} ${entries}\n${lines.join("\n")}\n`;
    const path = join(dir, "sparse.mtx");
    writeFileSync(path, text);
    const s: number[] = (await json("svds", path, "--k", "3")).result["s"];
    s.forEach((sigma, i) => expect(sigma / (entries - i)).toBeCloseTo(1, 12));
    expect(eckart(["svds", "-", "--k", "3"], { input: text }).stdout.trim().split("\n").map(Number)).toEqual(s);
    expect(await ask(["svds", path, "--explain"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/100000 × 50000 f64\ncompute +svds in f64/),
    });
    expect(await ask(["svds", path, "--certify"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("expected 40000000000 bytes"),
    });
    // A small one can be certified.
    const small = join(dir, "small.mtx");
    writeFileSync(small, "%%MatrixMarket matrix coordinate real general\n3 2 2\n1 2 3\n3 1 4\n");
    expect((await json("svds", small, "--certify")).certificate.accepted).toBe(true);
    const single: number[] = (await json("svds", small, "--dtype", "f32")).result["s"];
    single.forEach((sigma, i) => expect(sigma).toBeCloseTo(4 - i, 5));
  });

  test("CLI-12 so do info and convert, with entries that are not finite", async () => {
    const path = join(dir, "far.mtx");
    const text = "%%MatrixMarket matrix coordinate real general\n100000 100000 3\n7 2 -4\n2 7 -4\n90000 3 nan\n";
    writeFileSync(path, text);
    expect((await json("info", path)).result).toEqual({
      smallest: -4,
      largest: 0,
      zeros: 1e10 - 3,
      nonFinite: 1,
      symmetric: false,
      firstNonFinite: [89_999, 2],
      stored: 3,
    });
    expect(eckart(["convert", path, "--format", "mtx"]).stdout.split("\n").slice(1, 5)).toEqual([
      "100000 100000 3",
      "2 7 -4",
      "7 2 -4",
      "90000 3 NaN",
    ]);
    expect(eckart(["convert", path, "--format", "npy"])).toMatchObject({ code: 1, stdout: "" });
    const symmetric = join(dir, "symmetric.mtx");
    writeFileSync(symmetric, "%%MatrixMarket matrix coordinate real symmetric\n3 3 2\n1 1 2\n3 1 -4\n");
    expect((await json("info", symmetric)).result).toMatchObject({ symmetric: true, zeros: 6, stored: 3, largest: 2 });
    expect((await ask(["convert", symmetric])).stdout).toBe("2,0,-4\n0,0,0\n-4,0,0\n");
  });

  test("the largest, the smallest and the nearest of the values of svd", async () => {
    const values = async (...args: string[]): Promise<number[]> => (await json("svds", IRIS, ...args)).result["s"];
    const s: number[] = (await json("svd", IRIS)).result["s"];
    const expectAll = (got: number[], expected: number[]): void => {
      expect(got).toHaveLength(expected.length);
      got.forEach((x, i) => expect(x).toBeCloseTo(expected[i], 11));
    };
    expectAll(await values("--k", "2"), s.slice(0, 2));
    expectAll(await values("--k", "1", "--which", "smallest"), s.slice(3));
    expectAll(await values("--k", "1", "--which", "17"), s.slice(1, 2));
    expectAll(await values(), s);
    expect(eckart(["svds", IRIS, "--which", "middle"]).code).toBe(2);
  });

  test("energy is a share of the whole matrix", async () => {
    expect(await text("svds", IRIS, "--k", "2")).toMatch(/99\.83 %\n/);
  });
});

describe("pca", () => {
  // Values of scikit-learn 1.5 for the same table.
  const variances = [4.22824171, 0.24267075, 0.0782095, 0.02383509];

  test("variances and components of Fisher's irises", async () => {
    const { result } = await json("pca", IRIS, "--part", "explainedVariance,components,scores,mean");
    const found: number[] = result["explainedVariance"];
    found.forEach((x, i) => expect(x).toBeCloseTo(variances[i], 7));
    const components: { shape: number[]; data: number[] } | number[][] = result["components"];
    expect(JSON.stringify(components)).toContain("0.361");
    expect(result["explained"]).toBeCloseTo(1, 12);
  });

  test("--components takes a number, a share and a rule; --scale standardises", async () => {
    const count = async (...args: string[]): Promise<string | undefined> =>
      /components +(\d)/.exec(await text("pca", IRIS, ...args))?.[1];
    expect([
      await count("--components", "2"),
      await count("--components", "95%"),
      await count("--components", "gap"),
    ]).toEqual(["2", "2", "1"]);
    expect(await text("pca", IRIS, "--scale")).toContain("72.96 %");
    expect(eckart(["pca", IRIS, "--components", "0"]).code).toBe(2);
  });

  test("the scores of every row come with names, the loadings with those of the columns", async () => {
    const lines = eckart(["pca", IRIS, "--components", "2"]).stdout.trim().split("\n");
    expect(lines[0]).toBe("PC1,PC2");
    expect(lines).toHaveLength(151);
    expect(await text("pca", IRIS)).toMatch(/loadings +PC1 +PC2 +PC3 +PC4\nsepal length +0\.361/);
    const path = join(dir, "pca.svg");
    expect(eckart(["pca", IRIS, "--svg", path]).code).toBe(0);
    expect(readFileSync(path, "utf8")).toContain("Principal components of iris.csv");
  });
});

describe("stream", () => {
  const rows = Array.from({ length: 5000 }, (_, i) =>
    [Math.sin(i), Math.cos(3 * i), i % 7, (i * i) % 11].map((x) => x.toFixed(6)),
  );
  const path = join(dir, "long.csv");
  writeFileSync(path, rows.map((row) => row.join()).join("\n"));

  test("CLI-9 a table by blocks of rows has the singular values of the whole", async () => {
    const whole: number[] = (await json("svd", path, "--values")).result["s"];
    for (const args of [[], ["--block", "17"]]) {
      const { result } = await json("stream", path, ...args);
      const s: number[] = result["s"];
      s.forEach((x, i) => expect(x / whole[i]).toBeCloseTo(1, 12));
      expect(result).toMatchObject({ rows: 5000, columns: 4, mode: "exact" });
    }
    const npy = join(dir, "long.npy");
    eckart(["convert", path, "-o", npy]);
    const s: number[] = (await json("stream", npy, "--rank", "2", "--block", "999")).result["s"];
    s.forEach((x, i) => expect(x / whole[i]).toBeCloseTo(1, 12));
  });

  test("CLI-9 a sketch brings U too, and its error is told", async () => {
    const out = join(dir, "sketch.npz");
    expect(eckart(["stream", path, "--sketch", "--rank", "2", "--seed", "3", "-o", out]).code).toBe(0);
    const entries = await listNpz(readFileSync(out));
    expect(entries.map(({ name, shape }) => [name, shape])).toEqual([
      ["s", [2]],
      ["Vt", [2, 4]],
      ["U", [5000, 2]],
    ]);
    // Whose values are all the same: no sketch comes near.
    const flat = "1 0 0 0 0 0; 0 1 0 0 0 0; 0 0 1 0 0 0; 0 0 0 1 0 0; 0 0 0 0 1 0; 0 0 0 0 0 1"
      .replaceAll(" ", ",")
      .replaceAll(";,", "\n");
    const worthless = eckart(["stream", "-", "--sketch", "--rank", "1"], { input: flat });
    expect(worthless).toMatchObject({ code: 4, stderr: expect.stringContaining("too slowly for a sketch of rank 1") });
    expect((await json("stream", path, "--sketch", "--rank", "4")).accuracy["relativeError"]).toBeLessThan(1e-12);
    expect(eckart(["stream", path, "--sketch"]).code).toBe(2);
  });

  test.skipIf(process.platform === "win32")("CLI-9 a pipe is read as it comes, slow ones too", () => {
    const main = shellLine(["stream", "-", "--block", "2"]);
    const rows = `printf '1,2\\n3,'; sleep 0.7; printf '4\\n5,6\\n'`;
    const slow = shell(`(sleep 0.7; ${rows}) | ${main}`);
    expect(slow).toMatchObject({ code: 0, stderr: "" });
    expect(slow.stdout).toBe(eckart(["stream", "-"], { input: "1,2\n3,4\n5,6\n" }).stdout);
    // What every command does with standard input.
    expect(shell(`(sleep 0.7; ${rows}) | ${shellLine(["svd", "-", "--values"])}`)).toMatchObject({
      code: 0,
      stderr: "",
    });
    // The plan needs the first rows alone, of a table that never ends.
    expect(shell(`yes 1,2,3 | ${shellLine(["stream", "-", "--explain", "--format", "text"])}`).stdout).toMatch(
      /standard input: 3 columns of f64/,
    );
  });

  test("standard input, --explain and mistakes", async () => {
    expect(eckart(["stream", "-"], { input: "3,0\n0,4\n" }).stdout).toBe("4\n3\n");
    expect(eckart(["stream", path, "--explain"]).stdout).toMatch(
      /4 columns of f64.*\n.*exact in f64[^]*48 flops a row/,
    );
    expect(eckart(["stream", "1 2; 3 4"]).code).toBe(2);
    const bad = join(dir, "bad.csv");
    writeFileSync(bad, "1,2\n3,4\n5,x\n");
    const run = eckart(["stream", bad, "--block", "2"]);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/bad\.csv: line 3, column 2/);
  });

  test.skipIf(!hasTerminal)("CLI-4 no progress is left on the terminal", async () => {
    expect(onTerminal(["stream", path], { NO_COLOR: "1" }).stdout).toContain("5 000 × 4");
  });
});

describe("certificates", () => {
  test("CLI-10 --certify gives an interval for every value, and leaves with 0", async () => {
    for (const args of [
      ["svd", "3 2 2; 2 3 -2"],
      ["svds", "3 2 2; 2 3 -2", "--k", "2"],
    ]) {
      const { certificate } = await json(...args, "--certify");
      expect(certificate.accepted).toBe(true);
      [5, 3].forEach((sigma, i) => {
        expect(certificate.lower[i]).toBeLessThanOrEqual(sigma);
        expect(certificate.upper[i]).toBeGreaterThanOrEqual(sigma);
        expect(certificate.upper[i] - certificate.lower[i]).toBeLessThan(1e-13);
      });
    }
    const eigen = (await json("eigh", "1 2; 2 1", "--certify")).certificate;
    expect(eigen.lower[0]).toBeLessThanOrEqual(-1);
    expect(eigen.upper[1]).toBeGreaterThanOrEqual(3);
    expect(await text("lowrank", "3 2 2; 2 3 -2", "--rank", "1", "--certify")).toMatch(
      /no rank does better +≥ (3|2\.9999)/,
    );
    expect(eckart(["svd", "1 2; 3 4", "--values", "--certify"]).code).toBe(2);
  });

  test("CLI-10 certify accepts factors from a file and refuses damaged ones with 4", async () => {
    const path = join(dir, "factors.npz");
    eckart(["svd", IRIS, "-o", path]);
    expect(eckart(["certify", IRIS, path])).toMatchObject({ code: 0, stderr: "" });
    const entry = async (name: string) => ({ ...(await readNpz(readFileSync(path), { entry: name })) });
    const [s, U, Vt] = await Promise.all(["s", "U", "Vt"].map(entry));
    const damaged = { ...U, data: (U.data as Float64Array).map((x, i) => (i === 77 ? x * (1 + 1e-9) : x)) };
    writeFileSync(
      path,
      writeNpz([
        ["S", s],
        ["U", damaged],
        ["Vh", Vt],
      ] as never),
    );
    const run = eckart(["certify", IRIS, path]);
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/the proved defect is .* accepted is at most/);
    const { certificate } = JSON.parse(eckart(["certify", IRIS, path, "--json"]).stdout) as Document;
    expect(certificate.accepted).toBe(false);
  });

  test("certify takes a spectral decomposition too, and says what is missing", async () => {
    const path = join(dir, "spectral.npz");
    eckart(["eigh", "4 2; 2 3", "-o", path]);
    const lower = eckart(["certify", "4 2; 2 3", path, "--part", "lower"]).stdout.split("\n").map(Number);
    expect(lower[0]).toBeCloseTo((7 - Math.sqrt(17)) / 2, 12);
    eckart(["lstsq", "1 1; 1 2; 1 3", "1;2;2", "-o", path]);
    const run = eckart(["certify", "1 1; 1 2; 1 3", path]);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain("expected U, s and Vt, or w and V, got x, residuals, s");
    expect(eckart(["certify", "1 2; 3 4", IRIS]).code).toBe(2);
  });
});
