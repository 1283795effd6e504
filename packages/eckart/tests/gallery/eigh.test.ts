import {
  absoluteRatio,
  ascending,
  eigenResidual,
  eigenvalueFixtures,
  layouts,
  Measured,
  nonFiniteMatrices,
  orders,
  orthogonality,
  symmetricGallery,
  type Dtype,
  type GalleryMatrix,
} from "@eckart/testing";
import { afterAll, describe, expect, test } from "vitest";
import { eigh, eigvalsh, NonFiniteError } from "../../src/index.ts";
import { withBackend, type BackendName } from "../../src/kernels/load.ts";
import { withTuning, type Tuning } from "../../src/linalg/tuning.ts";
import { collectFaults, expectNone, sameBits, type Fault } from "./svdGallery.ts";

const METHODS = ["auto", "ql", "divide-and-conquer"] as const;
type Method = (typeof METHODS)[number];

/** LAPACK's own tests fail at 60. Values of one path against those of another are in units of ε·‖S‖. */
const MOST = { back: 10, orth: 10, values: 60, fixture: 15 };
const TYPICAL = { back: 2, orth: 3.5 };

const PASSES: readonly { name: string; tuning: Partial<Tuning>; orders: readonly number[] }[] = [
  {
    name: "low cut-offs",
    tuning: { reflectorBlock: 3, tridiagonalRest: 4, divideLeaf: 3 },
    orders: [...orders([3, 8]), 13, 20],
  },
  { name: "default cut-offs", tuning: {}, orders: [24, 25, 26, 31, 32, 33, 48, 49, 64, 65, 97] },
];
const BACKENDS: readonly BackendName[] = ["wasm", "typescript"];
const DTYPES: readonly Dtype[] = ["f64", "f32"];

const measured = { f64: new Measured("eigh f64"), f32: new Measured("eigh f32") };
const fixtures = new Measured("eigh against 30 digits");
afterAll(() => [measured.f64, measured.f32, fixtures].forEach((collected) => console.log(collected.table())));

for (const { name, tuning, orders } of PASSES)
  describe.each(BACKENDS)(`${name}, %s`, (backend) => {
    describe.each(DTYPES)("%s", (dtype) => {
      test.each(METHODS)("EIG-1 EIG-2 EIG-3 EIG-4 the symmetric gallery by %s", (method) => {
        const faults: string[] = [];
        withBackend(backend, () =>
          withTuning(tuning, () => {
            for (const n of orders)
              for (const S of symmetricGallery(n, 7, dtype))
                collectFaults(`${S.name}, ${method}`, faults, (fault) => check(S, method, fault));
          }),
        );
        expectNone(faults);
      });
    });

    test.each(METHODS)("EIG-3 every eigenvalue to ε·‖S‖, against 30 digits, by %s", (method) => {
      for (const { name: matrix, A, w } of eigenvalueFixtures()) {
        const both = withBackend(backend, () =>
          withTuning(tuning, () => [eigh(A, { method }).w, eigvalsh(A, { method })]),
        );
        for (const values of both) {
          const ratio = fixtures.record(matrix, method, absoluteRatio(values, w));
          expect(ratio, matrix).toBeLessThanOrEqual(MOST.fixture);
        }
      }
    });
  });

function check(S: GalleryMatrix, method: Method, fault: Fault): void {
  const claim = (what: string, holds: boolean): void => void (holds || fault(what));
  const limit = (what: keyof typeof MOST, ratio: number): void => {
    measured[S.dtype].record(S.family, what, ratio);
    if (!(ratio <= MOST[what])) fault(`${what} ${ratio}`);
  };
  const before = S.data.slice();
  const { w, V, info } = eigh(S, { method });
  const values = eigvalsh(S, { method });
  claim("the input is unchanged", sameBits(S.data, before));
  claim("shapes", w.length === S.rows && values.length === S.rows && V.rows === S.rows && V.cols === S.rows);
  claim(
    "element type",
    [w, V.data, values].every((data) => data.constructor === S.data.constructor),
  );
  claim("order of w", ascending(w) === 0 && ascending(values) === 0);
  claim(`method ${info.method}`, method === "auto" || [method, "closed-form"].includes(info.method));
  limit("back", eigenResidual(S, w, V));
  limit("orth", orthogonality(V));
  limit("values", absoluteRatio(values, w));
}

describe.each(METHODS)("%s", (method) => {
  test("MAT-1 MAT-3 MAT-4 every memory layout gives the same bits, and nothing outside the view is read", () => {
    for (const dtype of DTYPES)
      for (const n of [3, 12, 34])
        for (const S of symmetricGallery(n, 11, dtype)) {
          const { w, V } = eigh(S, { method });
          for (const view of layouts(S)) {
            const F = eigh(view, { method });
            expect(sameBits(F.w, w) && sameBits(F.V.data, V.data), `${S.name}, ${view.layout}`).toBe(true);
          }
        }
  });

  test("MAT-7 the first entry that is not finite is named, by eigh and eigvalsh alike", () => {
    for (const dtype of DTYPES)
      for (const n of [1, 2, 3, 30])
        for (const S of nonFiniteMatrices(n, n, 5, dtype))
          for (const decompose of [eigh, eigvalsh]) expect(() => decompose(S, { method })).toThrow(NonFiniteError);
  });
});

test.each(DTYPES)("typical ratios are not above LAPACK's, %s", (dtype) => {
  expect(measured[dtype].summary("back").median).toBeLessThanOrEqual(TYPICAL.back);
  expect(measured[dtype].summary("orth").median).toBeLessThanOrEqual(TYPICAL.orth);
});
