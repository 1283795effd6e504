import { gallery, landmarks, Measured, shapes, type Dtype, type Shape } from "@eckart/testing";
import { afterAll, describe, expect, test } from "vitest";
import { withBackend, type BackendName } from "../../src/kernels/load.ts";
import { withTuning, type Tuning } from "../../src/linalg/tuning.ts";
import { checkSvd, expectNone, METHODS, TYPICAL } from "./svdGallery.ts";

/** One way through the code: with cut-offs this low, small matrices take every path of the large ones. */
interface Pass {
  readonly name: string;
  readonly tuning: Partial<Tuning>;
  readonly shapes: readonly Shape[];
}

const LOW: Pass = {
  name: "low cut-offs",
  tuning: { reflectorBlock: 3, bidiagonalRest: 8, divideLeaf: 3, veryTallRatio: 2 },
  shapes: shapes([3, 8]),
};
const DEFAULT: Pass = {
  name: "default cut-offs",
  tuning: {},
  shapes: [
    ...[24, 25, 26, 32, 33, 48, 49, 65].map((n): Shape => [n, n]),
    [33, 32],
    [25, 64],
    [100, 33],
    [20, 90],
    [170, 34],
  ],
};
const BACKENDS: readonly BackendName[] = ["wasm", "typescript"];
const DTYPES: readonly Dtype[] = ["f64", "f32"];

const measured = { f64: new Measured("svd f64"), f32: new Measured("svd f32") };
afterAll(() => DTYPES.forEach((dtype) => console.log(measured[dtype].table())));

for (const { name, tuning, shapes } of [LOW, DEFAULT])
  describe.each(BACKENDS)(`${name}, %s`, (backend) => {
    describe.each(DTYPES)("%s", (dtype) => {
      test.each(METHODS)("SVD-1 SVD-2 SVD-3 SVD-5 SVD-6 SVD-7 the gallery by %s", (method) => {
        const faults: string[] = [];
        withBackend(backend, () =>
          withTuning(tuning, () => {
            for (const [m, n] of shapes)
              for (const A of gallery(m, n, 7, dtype))
                for (const full of m === n ? [false] : [false, true])
                  checkSvd(A, { method, full }, measured[dtype], faults);
          }),
        );
        expectNone(faults);
      });
    });
  });

describe.each(BACKENDS)("landmarks, %s", (backend) => {
  test.each(METHODS)("SVD-1 SVD-4 SVD-8 by %s", (method) => {
    const faults: string[] = [];
    withBackend(backend, () => {
      for (const dtype of DTYPES) for (const A of landmarks(dtype)) checkSvd(A, { method }, measured[dtype], faults);
    });
    expectNone(faults);
  });
});

test.each(DTYPES)("typical ratios are not above LAPACK's, %s", (dtype) => {
  expect(measured[dtype].summary("back").median).toBeLessThanOrEqual(TYPICAL.back);
  expect(measured[dtype].summary("orth").median).toBeLessThanOrEqual(TYPICAL.orth);
});
