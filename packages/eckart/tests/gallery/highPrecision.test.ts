import {
  absoluteRatio,
  Measured,
  relativeRatio,
  singularValueFixtures,
  type SingularValueFixture,
} from "@eckart/testing";
import { afterAll, describe, expect, test } from "vitest";
import { svd, svdvals, type MatrixLike } from "../../src/index.ts";
import { withBackend, type BackendName } from "../../src/kernels/load.ts";
import { withTuning } from "../../src/linalg/tuning.ts";
import { METHODS } from "./svdGallery.ts";

/** In ε·σ₁. */
const MOST_ABSOLUTE = 15;

/** In n·ε of each value, times the condition number that is left after scaling. */
const MOST_RELATIVE = 4;

const BACKENDS: readonly BackendName[] = ["wasm", "typescript"];
const TUNINGS = {
  default: {},
  low: { reflectorBlock: 3, reductionCrossover: 4, bidiagonalRest: 8, tridiagonalRest: 4, divideLeaf: 3 },
};

const measured = new Measured("svd against 30 digits");
afterAll(() => console.log(measured.table()));

function matrixOf({ A, dtype }: SingularValueFixture): MatrixLike {
  return A.map((row) => (dtype === "f32" ? Float32Array.from(row) : Float64Array.from(row)));
}

function scaledRelative({ s, scaledCondition = 1 }: SingularValueFixture, values: ArrayLike<number>): number {
  return relativeRatio(values, s) / (s.length * scaledCondition);
}

const fixtures = singularValueFixtures();

describe.each(BACKENDS)("%s", (backend) => {
  describe.each(["default", "low"] as const)("%s cut-offs", (cutOffs) => {
    const inside = <R>(run: () => R): R => withBackend(backend, () => withTuning(TUNINGS[cutOffs], run));

    test.each(METHODS)("SVD-3 every singular value to ε·σ₁ by %s", (method) => {
      for (const fixture of fixtures) {
        const A = matrixOf(fixture);
        for (const values of inside(() => [svd(A, { method }).s, svdvals(A, { method })])) {
          const ratio = measured.record(method, "any, in ε·σ₁", absoluteRatio(values, fixture.s));
          expect(ratio, fixture.name).toBeLessThanOrEqual(MOST_ABSOLUTE);
        }
      }
    });

    test.each(METHODS)("SVD-4 every singular value of a bidiagonal matrix to its last digits by %s", (method) => {
      for (const fixture of fixtures.filter(({ structure }) => structure === "bidiagonal")) {
        const A = matrixOf(fixture);
        for (const values of inside(() => [svd(A, { method }).s, svdvals(A, { method })])) {
          const ratio = measured.record(method, "bidiagonal, in n·ε·σᵢ", scaledRelative(fixture, values));
          expect(ratio, fixture.name).toBeLessThanOrEqual(MOST_RELATIVE);
        }
      }
    });

    test("SVD-4 every singular value of a graded matrix to its last digits by jacobi", () => {
      for (const fixture of fixtures.filter(({ structure = "bidiagonal" }) => structure !== "bidiagonal")) {
        const A = matrixOf(fixture);
        for (const values of inside(() => [svd(A, { method: "jacobi" }).s, svdvals(A, { method: "jacobi" })])) {
          const ratio = measured.record("jacobi", "graded, in n·κ·ε·σᵢ", scaledRelative(fixture, values));
          expect(ratio, fixture.name).toBeLessThanOrEqual(MOST_RELATIVE);
        }
      }
    });
  });
});
