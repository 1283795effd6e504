import { determinantFixtures, Measured, type DeterminantFixture } from "@eckart/testing";
import { afterAll, describe, expect, test } from "vitest";
import { det, inv, SingularError, slogdet } from "../../src/index.ts";
import { withBackend, type BackendName } from "../../src/kernels/load.ts";
import { withTuning } from "../../src/linalg/tuning.ts";

/** In units of n·ε times the Bauer–Skeel condition |A⁻¹|·|A|, which no scaling of the rows changes. */
const MOST = 2;

const BACKENDS: readonly BackendName[] = ["wasm", "typescript"];
const fixtures = determinantFixtures();
const regular = fixtures.filter((fixture): fixture is Required<DeterminantFixture> => fixture.inverse !== undefined);

const measured = new Measured("det and inv against 30 digits");
afterAll(() => console.log(measured.table()));

describe.each(BACKENDS)("%s", (backend) => {
  const inside = <R>(panel: number, run: () => R): R => withBackend(backend, () => withTuning({ panel }, run));

  describe.each([2, 48])("panels of %i columns", (panel) => {
    test("LIN-9 determinants, also where they leave the range", () => {
      for (const { name, A, det: value, sign, logabsdet, inverse } of regular) {
        const unit = A.length * 2 ** -52 * largest(product(absolute(inverse), absolute(A)));
        const answer = inside(panel, () => slogdet(A));
        expect(answer.sign, name).toBe(sign);
        const difference = Math.abs(answer.logabsdet - logabsdet) / (unit + 2 ** -52 * Math.abs(logabsdet));
        expect(measured.record(name, "logabsdet", difference), name).toBeLessThanOrEqual(MOST);
        const d = inside(panel, () => det(A));
        const error = d === value ? 0 : Math.abs(d / value - 1) / unit;
        expect(measured.record(name, "det", error), name).toBeLessThanOrEqual(MOST);
      }
    });

    test("LIN-2 every entry of the inverse", () => {
      for (const { name, A, inverse } of regular) {
        const X = inside(panel, () => inv(A));
        const bound = product(product(absolute(inverse), absolute(A)), absolute(inverse));
        const error = bound.map((row, i) =>
          row.map((b, j) => {
            const difference = Math.abs(X.at(i, j) - inverse[i][j]);
            return difference === 0 ? 0 : difference / (A.length * 2 ** -52 * b);
          }),
        );
        expect(measured.record(name, "inv", largest(error)), name).toBeLessThanOrEqual(MOST);
      }
    });

    test("LIN-2 LIN-9 exactly singular matrices", () => {
      const singular = fixtures.filter(({ sign }) => sign === 0);
      expect(singular).not.toHaveLength(0);
      for (const { A } of singular) {
        expect(inside(panel, () => det(A))).toBe(0);
        expect(inside(panel, () => slogdet(A))).toEqual({ sign: 0, logabsdet: -Infinity });
        expect(() => inside(panel, () => inv(A))).toThrow(SingularError);
      }
    });
  });
});

type Rows = readonly (readonly number[])[];

function absolute(A: Rows): Rows {
  return A.map((row) => row.map(Math.abs));
}

function product(A: Rows, B: Rows): Rows {
  return A.map((row) => B[0].map((_, j) => row.reduce((sum, x, k) => sum + x * B[k][j], 0)));
}

function largest(A: Rows): number {
  return Math.max(...A.flat());
}
