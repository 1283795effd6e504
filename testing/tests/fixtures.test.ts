import { afterAll, expect, test } from "vitest";
import {
  Measured,
  absoluteRatio,
  determinantFixtures,
  eigenvalueFixtures,
  inverseResidual,
  order,
  ascending,
  singularValueFixtures,
  sturmRatio,
} from "../src/index.ts";
import { jacobiSvd, type Plain } from "./reference.ts";

const measured = new Measured("fixtures, reference Jacobi");
afterAll(() => console.log(measured.table()));

function plain(A: readonly (readonly number[])[]): Plain {
  return { rows: A.length, cols: A[0].length, data: Float64Array.from(A.flat()) };
}

test("singular values: ordered, as many as min(m, n), finite entries, exact in their element type", () => {
  const fixtures = singularValueFixtures();
  expect(fixtures.length).toBeGreaterThan(55);
  for (const { name, A, s, dtype, accuracy, structure } of fixtures) {
    expect(s.length, name).toBe(Math.min(A.length, A[0].length));
    expect(order(s), name).toBe(0);
    const entries = A.flat();
    expect(entries.every(Number.isFinite), name).toBe(true);
    expect(entries.map(dtype === "f32" ? Math.fround : Number), name).toEqual(entries);
    expect(structure !== undefined, name).toBe(accuracy === "relative");
  }
});

test("singular values of the bidiagonal ones satisfy their Sturm counts", () => {
  const fixtures = singularValueFixtures().filter(({ structure }) => structure === "bidiagonal");
  expect(fixtures.length).toBeGreaterThan(12);
  for (const { name, A, s } of fixtures) {
    const [d, e] = [A.map((row, i) => row[i]), A.slice(1).map((_, i) => A[i][i + 1])];
    expect(measured.record(name, "sturm", sturmRatio(d, e, s)), name).toBeLessThanOrEqual(1);
  }
});

test("singular values of tall matrices of ordinary size agree with a plain Jacobi method", () => {
  const fixtures = singularValueFixtures().filter(
    ({ A, s, dtype }) =>
      A.length >= A[0].length && dtype === "f64" && s[0] < 1e50 && s[0] > 1e-50 && s[s.length - 1] > 0,
  );
  expect(fixtures.length).toBeGreaterThan(20);
  for (const { name, A, s } of fixtures)
    expect(measured.record(name, "absolute", absoluteRatio(jacobiSvd(plain(A)).s, s)), name).toBeLessThan(40);
});

test("eigenvalues: ascending; their squares sum to ‖S‖² and they to the trace", () => {
  for (const { name, A, w } of eigenvalueFixtures()) {
    expect(ascending(w), name).toBe(0);
    const scale = Math.max(...w.map(Math.abs));
    const square = A.flat().reduce((sum, x) => sum + (x / scale) ** 2, 0);
    const trace = A.reduce((sum, row, i) => sum + row[i] / scale, 0);
    expect(w.reduce((sum, x) => sum + (x / scale) ** 2, 0) / square, name).toBeCloseTo(1, 12);
    expect(
      w.reduce((sum, x) => sum + x / scale, 0),
      name,
    ).toBeCloseTo(trace, 12);
  }
});

test("determinants: sign and logarithm agree; inverses invert", () => {
  const fixtures = determinantFixtures();
  for (const { name, sign, det, inverse } of fixtures) {
    expect(det === 0 || Math.sign(det) === sign, name).toBe(true);
    expect(inverse === undefined, name).toBe(sign === 0);
  }
  for (const { name, det, logabsdet } of fixtures.filter(({ det }) => Number.isFinite(det) && det !== 0))
    expect(Math.log(Math.abs(det)), name).toBeCloseTo(logabsdet, 10);
  for (const { name, A, inverse } of fixtures)
    expect(inverse ? inverseResidual(plain(A), plain(inverse)) : 0, name).toBeLessThan(1);
});
