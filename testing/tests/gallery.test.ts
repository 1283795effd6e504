import { describe, expect, test } from "vitest";
import {
  BLOCK_SIZES,
  PRECISION,
  SHAPES,
  gallery,
  landmarks,
  layouts,
  nonFiniteMatrices,
  orders,
  positiveDefiniteGallery,
  signMatrices,
  subnormalMatrices,
  symmetricGallery,
  type Dtype,
  type GalleryMatrix,
} from "../src/index.ts";

const DTYPES: readonly Dtype[] = ["f64", "f32"];
const SMALL = SHAPES.filter(([m, n]) => m * n <= 70 * 70);

const at = ({ data, cols }: GalleryMatrix, i: number, j: number): number => data[i * cols + j];

/** √(‖A‖₁·‖A‖∞), a bound of σ₁, in units of the largest number. */
function bound(A: GalleryMatrix, huge: number): number {
  const [rowSums, colSums] = [new Float64Array(A.rows), new Float64Array(A.cols)];
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.cols; j++) {
      rowSums[i] += Math.abs(at(A, i, j)) / huge;
      colSums[j] += Math.abs(at(A, i, j)) / huge;
    }
  return Math.sqrt(Math.max(0, ...rowSums) * Math.max(0, ...colSums));
}

describe.each(DTYPES)("gallery %s", (dtype) => {
  test("every class in every shape: right length and element type, finite, and σ₁ does not overflow", () => {
    for (const [m, n] of SMALL)
      for (const A of gallery(m, n, 7, dtype)) {
        expect(A.data.length, A.name).toBe(m * n);
        expect(A.data, A.name).toBeInstanceOf(dtype === "f32" ? Float32Array : Float64Array);
        expect(A.shape).toEqual([m, n]);
        expect(A.data.every(Number.isFinite), A.name).toBe(true);
        expect(bound(A, PRECISION[dtype].huge), A.name).toBeLessThan(0.51);
      }
  });

  test("the same seed gives the same bits, another seed others", () => {
    const [one, again, other] = [7, 7, 8].map((seed) => [...gallery(9, 6, seed, dtype)]);
    one.forEach((A, k) => expect(again[k], A.name).toEqual(A));
    const changed = one.filter((A, k) => A.data.some((x, i) => x !== other[k].data[i]));
    expect(changed.map((A) => A.family)).toContain("gaussian");
    expect(changed.length).toBeGreaterThan(one.length / 2);
  });

  test("names are unique", () => {
    for (const matrices of [gallery(5, 4, 1, dtype), symmetricGallery(5, 1, dtype), landmarks(dtype)]) {
      const names = [...matrices].map((A) => A.name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test("what is tagged bidiagonal is upper bidiagonal", () => {
    const tagged = [...gallery(7, 5, 1, dtype), ...gallery(5, 7, 1, dtype), ...landmarks(dtype)].filter((A) =>
      A.tags.includes("bidiagonal"),
    );
    expect(tagged.length).toBeGreaterThan(20);
    for (const A of tagged)
      expect(
        A.data.every((x, k) => x === 0 || [0, 1].includes((k % A.cols) - Math.floor(k / A.cols))),
        A.name,
      ).toBe(true);
  });

  test("what is tagged subnormal holds a subnormal number; extreme entries come near the limits", () => {
    const { tiny, huge } = PRECISION[dtype];
    const all = [...gallery(12, 12, 1, dtype), ...symmetricGallery(12, 1, dtype), ...landmarks(dtype)];
    const sizes = (A: GalleryMatrix): number[] => Array.from(A.data, Math.abs).filter((x) => x > 0);
    for (const A of all.filter(({ tags }) => tags.includes("subnormal")))
      expect(Math.min(...sizes(A)), A.name).toBeLessThan(tiny);
    for (const A of all.filter(({ tags }) => tags.includes("extreme")))
      expect(
        sizes(A).some((x) => x < tiny * 2 ** 60 || x > huge * 2 ** -55),
        A.name,
      ).toBe(true);
  });

  test("symmetric matrices are exactly symmetric and finite; definite ones have a Cholesky factor", () => {
    for (const n of orders().filter((order) => order <= 65)) {
      for (const S of symmetricGallery(n, 3, dtype)) {
        expect(S.data.every(Number.isFinite), S.name).toBe(true);
        expect(
          S.data.every((x, k) => x === at(S, k % n, Math.floor(k / n))),
          S.name,
        ).toBe(true);
      }
      for (const S of positiveDefiniteGallery(n, 3, dtype)) expect(smallestPivot(S), S.name).toBeGreaterThan(0);
    }
    expect([...positiveDefiniteGallery(6, 3, dtype)].length).toBeGreaterThan(10);
  });

  test("all 81 sign matrices and all 6561 subnormal ones, each once", () => {
    for (const [matrices, count] of [
      [signMatrices(dtype), 81],
      [subnormalMatrices(dtype), 6561],
    ] as const)
      expect(new Set([...matrices].map((A) => A.data.join())).size).toBe(count);
  });

  test("non-finite matrices have exactly one bad entry, where they say", () => {
    for (const [m, n] of [
      [1, 1],
      [3, 3],
      [4, 7],
    ])
      for (const A of nonFiniteMatrices(m, n, 5, dtype)) {
        expect([...A.data].filter((x) => !Number.isFinite(x))).toEqual([A.value]);
        expect(at(A, A.row, A.col)).toBe(A.value);
      }
  });

  test("layouts hold the same entries and NaN elsewhere", () => {
    for (const [m, n] of [
      [4, 3],
      [3, 4],
      [1, 5],
      [5, 1],
      [0, 3],
    ]) {
      const [A] = [...gallery(m, n, 2, dtype)].slice(-1);
      for (const { layout, data, shape, strides, offset } of layouts(A)) {
        expect(shape).toEqual([m, n]);
        for (let i = 0; i < m; i++)
          for (let j = 0; j < n; j++) expect(data[offset + i * strides[0] + j * strides[1]], layout).toBe(at(A, i, j));
        expect([...data].filter((x) => !Number.isNaN(x)).length, layout).toBe(m * n);
      }
    }
  });
});

test("shapes: empty, single rows and columns, and both sides of every block size", () => {
  const has = (m: number, n: number): boolean => SHAPES.some(([rows, cols]) => rows === m && cols === n);
  for (const [m, n] of [
    [0, 0],
    [0, 3],
    [3, 0],
    [1, 1],
    [1, 7],
    [7, 1],
    [2, 3],
    [3, 2],
  ])
    expect(has(m, n)).toBe(true);
  for (const b of BLOCK_SIZES) for (const n of [b - 1, b, b + 1]) expect(has(n, n)).toBe(true);
  expect(new Set(SHAPES.map(String)).size).toBe(SHAPES.length);
  expect(SHAPES.some(([m, n]) => m >= 15 * n && n > 1)).toBe(true);
  expect(SHAPES.some(([m, n]) => n >= 15 * m && m > 1)).toBe(true);
});

/** The smallest pivot of Cholesky's method, computed in doubles and relative to the diagonal entry. */
function smallestPivot({ rows: n, data }: GalleryMatrix): number {
  const L = Float64Array.from(data);
  let smallest = Infinity;
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) for (let i = j; i < n; i++) L[i * n + j] -= L[i * n + k] * L[j * n + k];
    smallest = Math.min(smallest, L[j * n + j] / data[j * n + j]);
    const root = Math.sqrt(L[j * n + j]);
    for (let i = j; i < n; i++) L[i * n + j] /= root;
  }
  return smallest;
}
