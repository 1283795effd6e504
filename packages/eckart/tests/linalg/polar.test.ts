import { gallery, Measured, orthogonality, productResidual, shapes } from "@eckart/testing";
import { afterAll, expect, test } from "vitest";
import { NonFiniteError } from "../../src/errors.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { eigvalsh } from "../../src/linalg/eigh/eigh.ts";
import { polar } from "../../src/linalg/polar/polar.ts";

const SIZES = { wasm: [...shapes([3]), [9, 8], [8, 20]], typescript: [[3, 3], [9, 4], [4, 9]] } as const; // oxfmt-ignore
const measured = new Measured("polar");
afterAll(() => console.log(measured.table()));

for (const backend of ["wasm", "typescript"] as const) {
  for (const dtype of ["f64", "f32"] as const) {
    test(`LIN-7 A = U·P over the gallery, ${dtype}, ${backend}`, () => {
      withBackend(backend, () => {
        for (const [m, n] of SIZES[backend]) {
          for (const A of gallery(m, n, 17, dtype)) {
            const before = A.data.slice();
            const { U, P } = polar(A);
            expect(U.shape, A.name).toEqual([m, n]);
            expect(P.shape, A.name).toEqual([n, n]);
            expect(A.data, A.name).toEqual(before);
            expect(measured.record(A.family, "residual", productResidual(A, U, P)), A.name).toBeLessThan(8);
            expect(measured.record(A.family, "orthogonality", orthogonality(U)), A.name).toBeLessThan(8);
            expect(P.T.toArray(), A.name).toEqual(P.toArray());
            const w = eigvalsh(P);
            const slack = -4 * n * (dtype === "f64" ? 2 ** -52 : 2 ** -23) * (w[n - 1] ?? 0);
            if (n > 0) expect(w[0], A.name).toBeGreaterThanOrEqual(slack - (dtype === "f64" ? 2 ** -1070 : 2 ** -145));
          }
        }
      });
    });
  }
}

test("LIN-7 a turn by a right angle after a stretching", () => {
  const { U, P } = polar([[0, -2], [3, 0]]); // oxfmt-ignore
  const close = (got: number[][], want: number[][]): void =>
    got.forEach((row, i) => row.forEach((x, j) => expect(x).toBeCloseTo(want[i][j], 14)));
  close(U.toArray(), [[0, -1], [1, 0]]); // oxfmt-ignore
  close(P.toArray(), [[3, 0], [0, 2]]); // oxfmt-ignore
});

test("LIN-7 entries that are not finite are refused in its name", () => {
  expect(() => polar([[NaN]])).toThrow(NonFiniteError);
  expect(() => polar([[NaN]])).toThrow("polar: ");
});
