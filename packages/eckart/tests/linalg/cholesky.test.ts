import { choleskyResidual, gallery, Measured, positiveDefiniteGallery, symmetricGallery } from "@eckart/testing";
import { afterAll, expect, test } from "vitest";
import { SingularError, ShapeError, SymmetryError } from "../../src/errors.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { cholesky } from "../../src/linalg/cholesky/cholesky.ts";
import { withTuning } from "../../src/linalg/tuning.ts";
import { Matrix } from "../../src/matrix/matrix.ts";
import { multiply } from "../../src/matrix/product.ts";

const PASSES = [
  { backend: "wasm", panel: 3, orders: [0, 1, 2, 3, 4, 5, 8, 9, 17, 33] },
  { backend: "wasm", panel: 48, orders: [48, 49, 97] },
  { backend: "typescript", panel: 3, orders: [0, 1, 2, 3, 5, 9, 17] },
  { backend: "typescript", panel: 48, orders: [49] },
] as const;
const measured = new Measured("cholesky");
afterAll(() => console.log(measured.table()));

for (const dtype of ["f64", "f32"] as const) {
  for (const { backend, panel, orders } of PASSES) {
    test(`LIN-1 cholesky, panels of ${panel}, ${dtype}, ${backend}`, () => {
      withBackend(backend, () =>
        withTuning({ panel }, () => {
          for (const n of orders) {
            for (const S of positiveDefiniteGallery(n, 3, dtype)) {
              const before = S.data.slice();
              const L = cholesky(S);
              expect(measured.record(S.family, "residual", choleskyResidual(S, L)), S.name).toBeLessThan(5);
              expect(S.data, S.name).toEqual(before);
              for (let i = 0; i < n; i++) {
                if (!(L.at(i, i) > 0)) expect.fail(`${S.name}: L(${i}, ${i}) = ${L.at(i, i)}`);
                for (let j = i + 1; j < n; j++) if (L.at(i, j) !== 0) expect.fail(`${S.name}: L(${i}, ${j})`);
              }
            }
          }
        }),
      );
    });
  }
}

test("LIN-1 indefinite matrices are refused where it shows", () => {
  for (const n of [3, 9, 50]) {
    for (const S of symmetricGallery(n, 3)) {
      if (!S.tags.includes("indefinite")) continue;
      expect(() => cholesky(S), S.name).toThrow(SingularError);
    }
    const S = Matrix.diagonal(new Array(n).fill(1));
    S.data[(n - 1) * (n + 1)] = -1;
    expect(() => cholesky(S)).toThrow(`leading ${n} × ${n} part is not`);
  }
  expect(() => cholesky([[0]])).toThrow("leading 1 × 1 part is not");
});

test("LIN-1 matrices that are not symmetric are refused, rounding aside", () => {
  expect(() => cholesky([[4, 2], [3, 3]])).toThrow(SymmetryError); // oxfmt-ignore
  expect(() => cholesky([[4, 2, 1]])).toThrow(ShapeError);
  expect(cholesky([[4, 2 + 4e-16], [2, 3]]).at(1, 0)).toBe(1); // oxfmt-ignore
  const [A] = [...gallery(30, 20, 1)].filter(({ family }) => family === "gaussian");
  const L = cholesky(multiply(Matrix.wrap(A.data, [30, 20]).T, A));
  expect(L.shape).toEqual([20, 20]);
});

test("LIN-1 powers of four scale the factor by powers of two", () => {
  const S = [[4, 2], [2, 3]]; // oxfmt-ignore
  const base = cholesky(S);
  for (const power of [2 ** -536, 2 ** -480, 2 ** 20, 2 ** 510]) {
    const scaled = cholesky(S.map((row) => row.map((x) => x * power * power)));
    expect(scaled.data).toEqual(base.data.map((x) => x * power));
  }
});
