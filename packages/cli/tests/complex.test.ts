import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, ComplexMatrix, type FloatArray } from "eckart";
import { listNpz, readMatrix, readNpz, writeJson, writeMatrixMarket, writeNpy, writeNpz } from "@eckart/formats";
import { describe, expect, test } from "vitest";
import { ask, eckart, folder } from "./eckart.ts";

const dir = folder();

/** A file of this folder. */
function file(name: string, bytes: Uint8Array): string {
  const path = join(dir, name);
  writeFileSync(path, bytes);
  return path;
}

interface Document {
  readonly input: readonly { readonly dtype: string }[];
  readonly result: Record<string, never>;
  readonly accuracy: Record<string, number>;
  readonly certificate: {
    readonly accepted: boolean;
    readonly radii: readonly number[];
    readonly residual: { readonly spectral: number };
    readonly unavoidable: { readonly spectral: number };
  };
}

const document = async (...args: string[]): Promise<Document> => {
  const run = await ask([...args, "--json"]);
  expect(run.stderr).toBe("");
  return JSON.parse(run.stdout) as Document;
};

const text = async (...args: string[]): Promise<string> => (await ask([...args, "--format", "text"])).stdout;

const array = <T extends FloatArray>(data: T, shape: readonly number[]) =>
  ({ data, shape, dtype: data instanceof Float32Array ? "c64" : "c128" }) as never;

// [0 2; i 0] has the singular values 2 and 1.
const PAIRS = Float64Array.of(0, 0, 2, 0, 0, 1, 0, 0);
const A = file("A.npy", writeNpy(array(PAIRS, [2, 2])));
// [2 −i; i 2] is Hermitian with the eigenvalues 1 and 3.
const S = file("S.npy", writeNpy(array(Float64Array.of(2, 0, 0, -1, 0, 1, 2, 0), [2, 2])));
const ZERO = file("zero.npy", writeNpy(array(Float64Array.of(2, 0, 1, 0, 1, 0, 3, 0), [2, 2])));

describe("CLI-13 complex matrices", () => {
  const files = {
    npy: A,
    "npy of 32 bits": file("A64.npy", writeNpy(array(Float32Array.from(PAIRS), [2, 2]))),
    mtx: file("A.mtx", writeMatrixMarket(array(PAIRS, [2, 2]))),
    json: file("A.json", writeJson(array(PAIRS, [2, 2]))),
    npz: file("A.npz", writeNpz([["A", array(PAIRS, [2, 2])]])),
  };
  test.each(Object.entries(files))("from %s", async (_, path) => {
    const { result, accuracy, input } = await document("svd", path, "--part", "s,Vh");
    expect(result["s"]).toEqual([2, 1]);
    expect(result).toMatchObject({ rank: 2, condition: 2 });
    // One entry of each row is 1; zeros may be negative.
    const Vh: number[][][] = result["Vh"];
    expect(Vh.flat(2).map((x) => x + 0)).toEqual([0, 0, 1, 0, 1, 0, 0, 0]);
    expect(accuracy["backward"]).toBeLessThan(1e-15);
    expect(input[0].dtype).toMatch(/^c(64|128)$/);
  });

  test("svd tells its formulas with ᴴ and writes Vh; values, rank and condition agree", async () => {
    expect(await text("svd", A)).toMatch(/2 × 2 {2}c128[^]*‖A − U·diag\(s\)·Vᴴ‖ \/ ‖A‖/);
    expect((await ask(["svd", A, "--values"])).stdout).toBe("2\n1\n");
    expect((await ask(["rank", A])).stdout).toBe("2\n");
    expect((await ask(["cond", A])).stdout).toBe("2\n");
    const path = join(dir, "factors.npz");
    expect(eckart(["svd", A, "--full", "-o", path]).code).toBe(0);
    const run = await ask(["svd", A, "--part", "Vt"]);
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("its parts are s, U, Vh")]);
    expect(eckart(["certify", A, path]).stdout).toMatch(/proved +as exact as it can be[^]*‖UᴴU − I‖₂/);
  });

  test("an npz of factors is what NumPy reads as complex128", async () => {
    const path = join(dir, "types.npz");
    expect(eckart(["svd", A, "-o", path]).code).toBe(0);
    const bytes = eckart(["svd", A, "--format", "npz"]).bytes;
    expect((await listNpz(bytes)).map(({ name, dtype }) => [name, dtype])).toEqual([
      ["s", "f64"],
      ["U", "c128"],
      ["Vh", "c128"],
    ]);
    const Vh = await readNpz(bytes, { entry: "Vh" });
    expect([Vh.dtype, Vh.shape]).toEqual(["c128", [2, 2]]);
  });

  test("eigh takes Hermitian matrices, and refuses others by the part that shows it", async () => {
    const { result } = await document("eigh", S);
    expect(result["w"][0]).toBeCloseTo(1, 14);
    expect(result["w"][1]).toBeCloseTo(3, 14);
    expect(await text("eigh", S, "--certify")).toMatch(/‖S − V·diag\(w\)·Vᴴ‖₂/);
    expect((await document("eigh", S, "--values")).result["w"]).toHaveLength(2);
    const run = await ask(["eigh", A]);
    expect([run.code, run.stderr]).toEqual([1, expect.stringMatching(/Hermitian/)]);
  });

  test("lowrank writes a complex approximation that is read again", async () => {
    for (const [name, size] of [["low.npy", 2], ["low.mtx", 2], ["low.json", 2]] as const) {
      const path = join(dir, name);
      expect(eckart(["lowrank", A, "--rank", "1", "-o", path]).code).toBe(0);
      const { result } = await document("svd", path);
      expect(result["s"][0]).toBeCloseTo(size, 14);
      expect(result["s"][1]).toBeLessThan(1e-15);
    }
    const { certificate, result } = await document("lowrank", A, "--rank", "1", "--certify");
    expect(result["energy"]).toBeCloseTo(0.8, 14);
    expect(certificate.accepted).toBe(true);
    expect(certificate.unavoidable.spectral).toBeLessThanOrEqual(1);
    expect(certificate.residual.spectral).toBeGreaterThanOrEqual(1);
  }); // prettier-ignore

  test("they are printed as NumPy prints them", async () => {
    const M = ComplexMatrix.fromInterleaved(PAIRS, [2, 2]);
    expect(await text("convert", A)).toContain(format(M));
    expect(format(M)).toBe("[[0.+0.j 2.+0.j]\n [0.+1.j 0.+0.j]]");
    expect(await text("lowrank", A, "--rank", "2")).toContain("[[0.+0.j 2.+0.j]\n [0.+1.j 0.+0.j]]");
  });

  test("convert keeps them, from format to format", async () => {
    let path = A;
    for (const next of ["B.mtx", "B.json", "B.npz", "B.npy"]) {
      const target = join(dir, next);
      expect(eckart(["convert", path, "-o", target]).code).toBe(0);
      path = target;
    }
    const { data, dtype, shape } = await readMatrix(eckart(["convert", path, "--format", "npy"]).bytes);
    expect([dtype, shape, [...(data as Float64Array)]]).toEqual(["c128", [2, 2], [...PAIRS]]);
  });

  test("info tells magnitudes, and whether they are Hermitian", async () => {
    expect((await document("info", S)).result).toMatchObject({ smallest: 1, largest: 2, symmetric: true, zeros: 0 });
    expect((await ask(["info", A])).stdout).toMatch(/largest \|a\| +2\n[^]*Hermitian +no/);
  });

  test("one part is taken where it is asked for, and one precision", async () => {
    expect((await ask(["svd", A, "--complex", "real"])).stdout).toBe("2\n0\n");
    expect((await ask(["svd", A, "--complex", "imaginary"])).stdout).toBe("1\n0\n");
    expect(await text("svd", A, "--dtype", "f32")).toContain("c128, computed in c64");
    expect(await text("svd", A, "--explain")).toMatch(/svd in c128/);
  });

  test.each(["svds", "eig", "pca", "classify", "det", "inv", "pinv"])(
    "%s says that it takes real ones",
    async (command) => {
      const run = await ask([command, A]);
      expect([run.code, run.stdout]).toEqual([2, ""]);
      expect(run.stderr).toMatch(/A\.npy is complex, and this command takes real matrices\n +next: --complex real/);
    },
  );

  test.each(["solve", "lstsq"])("%s says so of either matrix", async (command) => {
    expect((await ask([command, A, "1; 2"])).stderr).toMatch(/A\.npy is complex/);
    expect((await ask([command, "2 1; 1 3", A])).stderr).toMatch(/A\.npy is complex/);
  });

  test("imaginary parts of 0 do not keep a real command from its work", async () => {
    expect((await ask(["det", ZERO])).stdout).toBe("5\n");
    expect((await ask(["solve", ZERO, "3; 4"])).stdout).toBe("1\n1\n");
  });
});

describe("CLI-10 eigenvalues are certified", () => {
  test("eig --certify gives each its radius", async () => {
    const { certificate } = await document("eig", "2 1; 0.5 1.5", "--certify");
    expect(certificate).toMatchObject({ accepted: true, radii: [expect.any(Number), expect.any(Number)] });
    expect(Math.max(...certificate.radii)).toBeLessThan(1e-14);
    expect(await text("eig", "0 -1; 1 0", "--certify")).toMatch(/proved +as exact as it can be[^]*k +λ +within/);
    const both = await ask(["eig", "2 1; 0.5 1.5", "--values", "--certify"]);
    expect(both.code).toBe(2);
  });

  test("certify takes w and V of eig, ours and NumPy's, of complex matrices too", async () => {
    const G = file("G.npy", writeNpy({ data: Float64Array.of(2, 1, 0.5, 1.5), shape: [2, 2] }));
    const own = join(dir, "eig.npz");
    expect(eckart(["eig", G, "-o", own]).code).toBe(0);
    expect((await document("certify", G, own)).certificate.accepted).toBe(true);
    // Real w, as NumPy writes it: A is not symmetric, so they are not those of eigh.
    const V = Float64Array.of(1, 2, -1, 1);
    const w64 = { data: Float64Array.of(1, 2.5), shape: [2] };
    const real = file("real.npz", writeNpz([["w", w64], ["V", { data: V, shape: [2, 2] }]])); // prettier-ignore
    const { certificate } = await document("certify", G, real);
    expect(certificate).toMatchObject({ accepted: true, radii: [expect.any(Number), expect.any(Number)] });
    // A = [0 2; i 0] has the eigenvalues ±(1 + i) and the vectors (2, ±(1 + i)).
    const w = array(Float64Array.of(1, 1, -1, -1), [2]);
    const vectors = array(Float64Array.of(2, 0, 2, 0, 1, 1, -1, -1), [2, 2]);
    const complex = file(
      "complex.npz",
      writeNpz([
        ["w", w],
        ["V", vectors],
      ]),
    );
    const run = await ask(["certify", A, complex, "--part", "radii"]);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    for (const radius of run.stdout.trim().split("\n")) expect(Number(radius)).toBeLessThan(1e-14);
  });

  test("vectors that are not independent leave with 4, every radius infinite", async () => {
    const G = file("J.npy", writeNpy({ data: Float64Array.of(1, 1, 0, 1), shape: [2, 2] }));
    const w = array(Float64Array.of(1, 0, 1, 0), [2]);
    const V = array(Float64Array.of(1, 0, 1, 0, 0, 0, 0, 0), [2, 2]);
    const run = await ask([
      "certify",
      G,
      file(
        "J.npz",
        writeNpz([
          ["w", w],
          ["V", V],
        ]),
      ),
      "--json",
    ]);
    expect([run.code, run.stderr]).toEqual([4, expect.stringContaining("defect")]);
    expect(JSON.parse(run.stdout).certificate).toMatchObject({ accepted: false, radii: ["Infinity", "Infinity"] });
  });
});
