import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Matrix, norm, numpyRandomState, Random, svd } from "eckart";

interface Case {
  seed: number;
  rand: number[];
  randn: number[];
  randint: number[];
  wide: number[];
  permutation: number[];
  matrix: number[][];
  randnAfter: number[];
}

const recorded = JSON.parse(readFileSync(new URL("./fixtures/numpyRandomState.json", import.meta.url), "utf8")) as {
  cases: Case[];
  sha256: string;
};

test("RND-1 numpyRandomState draws what NumPy draws, call after call", () => {
  for (const expected of recorded.cases) {
    const r = numpyRandomState(expected.seed);
    expect([...r.rand(5)]).toEqual(expected.rand);
    [...r.randn(7)].forEach((x, i) => expect(Math.abs(x / expected.randn[i] - 1)).toBeLessThan(5e-16));
    expect([...r.randint(-3, 9, 12)]).toEqual(expected.randint);
    expect([...r.randint(0, 2 ** 40, 4)]).toEqual(expected.wide);
    expect([...r.permutation(11)]).toEqual(expected.permutation);
    expect(r.rand(2, 3).toArray()).toEqual(expected.matrix);
    [...r.randn(3)].forEach((x, i) => expect(Math.abs(x / expected.randnAfter[i] - 1)).toBeLessThan(5e-16));
  }
});

test("RND-1 randint takes its range and its size as NumPy does", () => {
  const random = numpyRandomState(42);
  expect(random.randint(0, 5, 2, 3).toArray()).toEqual([
    [3, 4, 2],
    [4, 4, 1],
  ]);
  expect(random.randint(10)).toBe(2);
  expect(random.randint(-3, 3, 2, 2).toArray()).toEqual([
    [-1, -1],
    [1, 0],
  ]);
});

test("RND-1 the stream stays NumPy's over several fillings of the state", () => {
  const bytes = new Uint8Array(numpyRandomState(42).rand(1300).buffer);
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(recorded.sha256);
});

test("RND-2 the lesson's cell N4, the LoRA table of seed 42, to every printed digit", () => {
  const deltaW = numpyRandomState(42).randn(64, 64);
  const W = Matrix.wrap(
    deltaW.data.map((x) => x * 0.01),
    [64, 64],
  );
  const { s } = svd(W);
  const total = norm(W);
  const errors = [1, 2, 4, 8, 16, 32].map((r) => (norm(s.slice(r)) / total).toFixed(4));
  expect(errors).toEqual(["0.9706", "0.9440", "0.8928", "0.7968", "0.6206", "0.3350"]);
});

test("RND-3 Random: same seed same numbers, other seeds others, moments and ranges as they should be", () => {
  expect(new Random(5).normalMatrix(4, 5).data).toEqual(new Random(5).normalMatrix(4, 5).data);
  expect(new Random(5).word()).not.toBe(new Random(6).word());
  const r = new Random(1);
  const n = 20000;
  const normals = r.normalMatrix(n, 1).data;
  const mean = normals.reduce((sum, x) => sum + x, 0) / n;
  const variance = normals.reduce((sum, x) => sum + x * x, 0) / n;
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  const counts = new Int32Array(7);
  for (let i = 0; i < n; i++) counts[r.integer(-2, 5) + 2]++;
  const chi2 = counts.reduce((sum, count) => sum + (count - n / 7) ** 2 / (n / 7), 0);
  expect(chi2).toBeLessThan(22.5); // 99.9 % of χ² with 6 degrees of freedom
  expect([...r.permutation(50)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
});

test("RND-4 seeds, sizes and ranges are checked", () => {
  expect(() => new Random(-1)).toThrow(/seed/);
  expect(() => numpyRandomState(2 ** 32)).toThrow(/from 0 to 4294967295/);
  expect(() => new Random().integer(3, 3)).toThrow(/low < high/);
  expect(() => numpyRandomState(1).rand(-1)).toThrow(/size/);
});
