import {
  absoluteRatio,
  gallery,
  layouts,
  Measured,
  nonFiniteMatrices,
  residual,
  signMatrices,
  subnormalMatrices,
  type Dtype,
  type GalleryMatrix,
} from "@eckart/testing";
import { afterAll, describe, expect, test } from "vitest";
import { Matrix, NonFiniteError, svd, svdvals } from "../../src/index.ts";
import { withBackend, type BackendName } from "../../src/kernels/load.ts";
import { checkSvd, expectNone, METHODS, MOST, sameBits } from "./svdGallery.ts";

const BACKENDS: readonly BackendName[] = ["wasm", "typescript"];
const DTYPES: readonly Dtype[] = ["f64", "f32"];
const FAMILIES = new Set([
  "gaussian",
  "half rank",
  "graded rows",
  "bidiagonal random",
  "two repeated values",
  "subnormal",
]);

const measured = new Measured("svd 2×2");
afterAll(() => console.log(measured.table()));

function some(m: number, n: number, dtype: Dtype): GalleryMatrix[] {
  return [...gallery(m, n, 11, dtype)].filter(({ family }) => FAMILIES.has(family));
}

describe.each(METHODS)("%s", (method) => {
  test.each(BACKENDS)("SVD-1 SVD-2 SVD-3 all sign matrices and all subnormal ones, %s", (backend) => {
    const faults: string[] = [];
    withBackend(backend, () => {
      for (const dtype of DTYPES) {
        for (const A of signMatrices(dtype)) checkSvd(A, { method }, measured, faults);
        for (const A of subnormalMatrices(dtype)) checkSvd(A, { method }, measured, faults);
      }
    });
    expectNone(faults);
  });

  test("MAT-1 MAT-3 MAT-4 every memory layout gives the same bits, and nothing outside the view is read", () => {
    for (const dtype of DTYPES)
      for (const [m, n] of [
        [4, 3],
        [3, 5],
        [30, 28],
        [40, 12],
        [1, 6],
      ])
        for (const A of some(m, n, dtype)) {
          const { U, s, Vt } = svd(A, { method });
          for (const view of layouts(A)) {
            const where = `${A.name}, ${view.layout}`;
            const before = view.data.slice();
            const F = svd(view, { method });
            expect(sameBits(F.U.data, U.data) && sameBits(F.s, s) && sameBits(F.Vt.data, Vt.data), where).toBe(true);
            expect(view.data, where).toEqual(before);
            expect(sameBits(svdvals(view, { method }), svdvals(A, { method })), where).toBe(true);
          }
        }
  });

  test("MAT-4 a transposed view is decomposed as what it shows", () => {
    for (const dtype of DTYPES)
      for (const [m, n] of [
        [4, 3],
        [3, 5],
        [30, 28],
        [12, 40],
      ])
        for (const A of some(m, n, dtype)) {
          const T = Matrix.wrap(A.data, [m, n]).T;
          const { U, s, Vt } = svd(T, { method });
          expect(residual(T, U, s, Vt), A.name).toBeLessThanOrEqual(MOST.back);
          expect(absoluteRatio(s, svd(A, { method }).s), A.name).toBeLessThanOrEqual(MOST.svdvals);
        }
  });

  test("MAT-5 the same input gives the same bits, whatever was decomposed before", () => {
    const decompose = (): ArrayLike<number>[] =>
      some(33, 27, "f64").flatMap((A) => {
        const { U, s, Vt } = svd(A, { method });
        return [U.data, s, Vt.data, svdvals(A, { method })];
      });
    const first = decompose();
    for (const A of some(50, 9, "f32")) svd(A, { method, full: true });
    expect(decompose().every((data, i) => sameBits(data, first[i]))).toBe(true);
  });

  test("SVD-9 both twins give the same values", () => {
    for (const dtype of DTYPES)
      for (const [m, n] of [
        [1, 1],
        [2, 2],
        [7, 5],
        [5, 7],
        [30, 30],
        [49, 49],
        [60, 20],
      ])
        for (const A of gallery(m, n, 3, dtype)) {
          const [wasm, typescript] = BACKENDS.map((backend) => withBackend(backend, () => svd(A, { method })));
          expect(wasm.info.backend).toBe("wasm");
          expect(typescript.info.backend).toBe("typescript");
          expect(absoluteRatio(wasm.s, typescript.s), A.name).toBeLessThanOrEqual(MOST.svdvals);
        }
  });

  test("MAT-7 the first entry that is not finite is named, by svd and svdvals alike", () => {
    for (const dtype of DTYPES)
      for (const [m, n] of [
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 7],
        [30, 30],
      ])
        for (const A of nonFiniteMatrices(m, n, 5, dtype))
          for (const decompose of [svd, svdvals]) {
            const error = thrown(() => decompose(A, { method }));
            expect(error, A.name).toBeInstanceOf(NonFiniteError);
            expect(error, A.name).toMatchObject({ row: A.row, col: A.col });
          }
  });

  test("SVD-3 σ₁ beyond the range is Infinity, and no NaN comes out of finite entries", () => {
    const A = [
      [Number.MAX_VALUE, Number.MAX_VALUE],
      [Number.MAX_VALUE, Number.MAX_VALUE],
    ];
    for (const s of [svd(A, { method }).s, svdvals(A, { method })]) {
      expect(s[0]).toBe(Infinity);
      expect(s[1]).toBeLessThan(Number.MAX_VALUE * 2 ** -40);
    }
  });
});

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
