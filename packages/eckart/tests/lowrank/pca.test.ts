import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { orthogonality } from "@eckart/testing";
import { expect, test } from "vitest";
import {
  Matrix,
  multiply,
  NonFiniteError,
  norm,
  OptionError,
  PCA,
  Random,
  ShapeError,
  subtract,
  type PCAOptions,
} from "../../src/index.ts";
import { withBackend } from "../../src/kernels/load.ts";

interface Recorded {
  readonly X: number[][];
  readonly options: PCAOptions;
  readonly batches: number[];
  readonly components: number[][];
  readonly explainedVariance: number[];
  readonly explainedVarianceRatio: number[];
  readonly singularValues: number[];
  readonly mean: number[];
  readonly nComponents: number;
  readonly noiseVariance: number;
  readonly transformed: number[][];
}

// What scikit-learn answers; fixtures/generate.py records it.
const path = fileURLToPath(new URL("./fixtures/pca.json", import.meta.url));
const { cases, incremental } = JSON.parse(readFileSync(path, "utf8")) as Record<string, Recorded[]>;

function close(got: ArrayLike<number>, want: ArrayLike<number>, what: string, scale = 1e-12): void {
  expect(got.length, what).toBe(want.length);
  const size = Math.max(1, ...Array.from(want, Math.abs));
  for (let i = 0; i < want.length; i++) {
    expect(Math.abs(got[i] - want[i]), `${what} [${i}]: ${got[i]} for ${want[i]}`).toBeLessThan(scale * size);
  }
}

/** Compares everything with what was recorded; scikit-learn 1.2 fixes signs otherwise, so rows are turned first. */
function compare(pca: PCA, want: Recorded, tight: number): void {
  expect(pca.nComponents).toBe(want.nComponents);
  for (const name of ["explainedVariance", "explainedVarianceRatio", "singularValues", "mean"] as const) {
    close(pca[name], want[name], name, tight);
  }
  close([pca.noiseVariance], [want.noiseVariance], "noiseVariance", tight);
  const Z = pca.transform(want.X);
  const size = want.singularValues[0];
  for (let i = 0; i < want.nComponents; i++) {
    if (want.singularValues[i] < 1e-9 * size) continue; // no direction to compare
    const row = pca.components.row(i);
    const sign = Math.sign(row.reduce((sum, x, j) => sum + x * want.components[i][j], 0));
    close(
      Array.from(row, (x) => sign * x),
      want.components[i],
      `component ${i}`,
      10 * tight,
    );
    close(
      Array.from(Z.col(i), (x) => sign * x),
      want.transformed.map((z) => z[i]),
      `coordinate ${i}`,
      10 * tight,
    );
    const most = row.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
    expect(most, "sign rule").toBeGreaterThan(0);
  }
}

test.each(["wasm", "typescript"] as const)("LOW-10 scikit-learn's PCA, attribute by attribute, %s", (backend) => {
  withBackend(backend, () => {
    for (const want of cases) compare(new PCA(want.options).fit(want.X), want, 1e-12);
  });
});

test("LOW-10 scikit-learn's IncrementalPCA, batch by batch", () => {
  for (const want of incremental) {
    const pca = new PCA(want.options);
    let at = 0;
    for (const rows of want.batches) pca.partialFit(want.X.slice(at, (at += rows)));
    compare(pca, want, 1e-11);
    expect(pca.nSamples).toBe(want.X.length);
  }
});

test("LOW-10 f32 is answered in f32", () => {
  const [want] = cases;
  const pca = new PCA(want.options).fit(Matrix.from(want.X, { dtype: "f32" }));
  expect([pca.components.dtype, pca.singularValues instanceof Float32Array]).toEqual(["f32", true]);
  compare(pca, want, 1e-5);
});

const X = multiply(new Random(4).normalMatrix(50, 3), new Random(5).normalMatrix(3, 8));

test("LOW-11 transform and back: exact with all components, the best approximation with fewer", () => {
  for (const options of [{}, { scale: true }, { center: false }, { whiten: true }, { whiten: true, scale: true }]) {
    const pca = new PCA(options).fit(X);
    expect(norm(subtract(pca.inverseTransform(pca.transform(X)), X)), JSON.stringify(options)).toBeLessThan(1e-12);
    expect(orthogonality(pca.components)).toBeLessThan(10);
  }
  const two = new PCA({ nComponents: 2 }).fit(X);
  const all = new PCA().fit(X);
  const left = norm(subtract(two.inverseTransform(two.transform(X)), X));
  expect(left).toBeCloseTo(all.singularValues[2], 10);
});

test("LOW-11 coordinates are uncorrelated, with the variance that is told, or 1", () => {
  const pca = new PCA({ nComponents: 3 }).fit(X);
  const Z = pca.transform(X);
  const gram = multiply(Z.T, Z);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) expect(gram.at(i, j) / 49).toBeCloseTo(i === j ? pca.explainedVariance[i] : 0, 10);
  const W = new PCA({ nComponents: 3, whiten: true }).fitTransform(X);
  const unit = multiply(W.T, W);
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) expect(unit.at(i, j) / 49).toBeCloseTo(i === j ? 1 : 0, 12);
  // A direction without variance gives zeros, not noise.
  expect(norm(Matrix.wrap(new PCA({ whiten: true }).fit(X).transform(X).col(7), [50, 1]))).toBe(0);
});

test("LOW-11 how many are kept: a number, a fraction of the variance, a rule", () => {
  const noisy = Matrix.from(X);
  const random = new Random(6);
  for (let i = 0; i < noisy.data.length; i++) noisy.data[i] += 0.01 * random.normal();
  expect(new PCA({ nComponents: 99 }).fit(noisy).nComponents).toBe(8);
  for (const rule of ["gap", "gavish-donoho"] as const)
    expect(new PCA({ nComponents: rule }).fit(noisy).nComponents, rule).toBe(3);
  const pca = new PCA({ nComponents: 0.9 }).fit(noisy);
  const kept = pca.explainedVarianceRatio.reduce((sum, r) => sum + r, 0);
  expect(kept).toBeGreaterThanOrEqual(0.9);
  expect(kept - pca.explainedVarianceRatio[pca.nComponents - 1]).toBeLessThan(0.9);
});

test("LOW-12 partialFit with all components is fit, whatever the batches, and a shifted mean counts", () => {
  const shifted = Matrix.from(X);
  for (let i = 0; i < 50; i++) for (let j = 0; j < 8; j++) shifted.data[i * 8 + j] += i < 20 ? 100 : -3;
  for (const center of [true, false]) {
    const whole = new PCA({ center }).fit(shifted);
    for (const sizes of [
      [8, 42],
      [20, 20, 10],
      [10, 1, 1, 38],
    ]) {
      // oxfmt-ignore
      const pca = new PCA({ center });
      let at = 0;
      for (const rows of sizes) pca.partialFit(shifted.slice(at, (at += rows)));
      close(pca.singularValues, whole.singularValues, "singularValues", 1e-13);
      close(pca.mean, whole.mean, "mean", 1e-14);
      close(pca.explainedVarianceRatio, whole.explainedVarianceRatio, "ratio", 1e-13);
    }
  }
});

test("LOW-11 tables without variance, of one sample, far from zero", () => {
  const constant = new PCA().fit([[2, 5], [2, 5], [2, 5]]); // oxfmt-ignore
  expect([...constant.explainedVariance, ...constant.explainedVarianceRatio, constant.noiseVariance]).toEqual([0, 0, 0, 0, 0]); // oxfmt-ignore
  expect(constant.transform([[2, 5]]).toArray()).toEqual([[0, 0]]);
  const single = new PCA({ scale: true, whiten: true }).fit([[1, 2, 3]]);
  expect([single.nComponents, single.explainedVariance[0]]).toEqual([1, 0]);
  expect(single.transform([[1, 2, 3]]).toArray()).toEqual([[0]]);
  expect(single.inverseTransform([[0]]).toArray()).toEqual([[1, 2, 3]]);
  const far = new PCA().fit([[1e15 + 1], [1e15 + 3]]);
  expect(far.mean[0]).toBe(1e15 + 2);
  expect(far.explainedVariance[0]).toBeCloseTo(2, 12);
});

test("LOW-4 what cannot be is refused by name", () => {
  for (const options of [
    { nComponents: 0 },
    { nComponents: 1.5 },
    { nComponents: -2 },
    { nComponents: "most" },
    { nComponents: NaN },
    { whiten: 1 },
    { center: null },
    { copy: true },
  ]) {
    // oxfmt-ignore
    expect(() => new PCA(options as never), JSON.stringify(options)).toThrow(OptionError);
  }
  const pca = new PCA();
  expect(() => pca.components).toThrow("PCA: expected the model to be fitted first");
  expect(() => pca.transform([[1]])).toThrow(OptionError);
  expect(() => pca.fit([])).toThrow(ShapeError);
  expect(() => pca.fit([[1, NaN]])).toThrow(NonFiniteError);
  pca.fit(X);
  expect(() => pca.transform([[1]])).toThrow(ShapeError);
  expect(() => pca.transform([Array<number>(8).fill(Infinity)])).toThrow("PCA.transform: ");
  expect(() => pca.inverseTransform([[1]])).toThrow(ShapeError);
  expect(() => pca.partialFit([[1]])).toThrow(ShapeError);
  expect(() => new PCA({ method: "lanczos", nComponents: 0.5 })).toThrow(OptionError);
  expect(() => new PCA({ method: "lanczos" })).toThrow(OptionError);
  expect(() => new PCA({ nComponents: 0.5 }).partialFit(X)).toThrow(OptionError);
});

test("LOW-12 partialFit with scale is fit with scale, whatever the batches", () => {
  const table = new Random(8).normalMatrix(60, 6);
  for (let i = 0; i < 60; i++) {
    for (let j = 0; j < 5; j++) table.data[i * 6 + j] = (table.data[i * 6 + j] + (i > 30 ? j : 0)) * 10 ** (2 * j - 4);
    table.data[i * 6 + 5] = 7; // constant: not scaled
  }
  const whole = new PCA({ scale: true }).fit(table);
  for (const sizes of [[60], [10, 50], [7, 1, 1, 20, 31]]) {
    const pca = new PCA({ scale: true });
    let at = 0;
    for (const rows of sizes) pca.partialFit(table.slice(at, (at += rows)));
    for (const name of ["singularValues", "mean", "explainedVariance", "explainedVarianceRatio", "deviation"] as const)
      close(pca[name], whole[name], `${name} of ${sizes.join()}`, 1e-11);
    close(
      Array.from(pca.transform(table).data, Math.abs),
      Array.from(whole.transform(table).data, Math.abs),
      "Z",
      1e-10,
    );
  }
});

test("LOW-10 a few components of a large table by a search, as by the whole decomposition", () => {
  const [m, n, k] = [400, 300, 4];
  const table = multiply(new Random(1).normalMatrix(m, n), new Random(2).normalMatrix(n, n));
  for (const options of [{}, { scale: true }, { center: false }]) {
    const whole = new PCA({ ...options, nComponents: k, method: "full" }).fit(table);
    for (const method of ["auto", "lanczos"] as const) {
      const pca = new PCA({ ...options, nComponents: k, method }).fit(table);
      for (const name of ["singularValues", "explainedVariance", "explainedVarianceRatio"] as const)
        close(pca[name], whole[name], `${name} ${method}`, 1e-12);
      close([pca.noiseVariance], [whole.noiseVariance], "noiseVariance", 1e-12);
      close(pca.components.data, whole.components.data, `components ${method}`, 1e-9);
      expect(orthogonality(pca.components)).toBeLessThan(10);
    }
  }
});
