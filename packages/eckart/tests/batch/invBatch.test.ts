import { inverseResidual, Measured, Random } from "@eckart/testing";
import { afterAll, expect, test } from "vitest";
import { inv, invBatch, Matrix, SingularError } from "../../src/index.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { COUNTS, floats, galleryBatch, part, permuted } from "./batches.ts";

const ORDERS = [1, 2, 3, 4, 5, 8, 16, 17];
const RESIDUAL = 5;

const measured = new Measured("invBatch");
afterAll(() => console.log(measured.table()));

for (const dtype of ["f64", "f32"] as const) {
  for (const backend of ["wasm", "typescript"] as const) {
    test(`BAT-5 every matrix of the gallery is inverted or refused as alone, ${dtype} ${backend}`, () => {
      withBackend(backend, () => {
        for (const n of ORDERS) {
          const batch = galleryBatch(n, n, dtype, n > 6 ? 2 : 6);
          const { X, info } = invBatch(batch, { singular: "nan" });
          for (let t = 0; t < batch.shape[0]; t++) {
            const A = part(batch, t);
            const where = `${batch.names[t]} (${[...A.data].join(", ")})`;
            const single = alone(Matrix.wrap(A.data, [n, n]));
            expect(info.singular.includes(t), where).toBe(single === null);
            if (!single) {
              expect([...part(X, t).data].every(Number.isNaN), where).toBe(true);
              continue;
            }
            // Where the inverse overflows there is no residual; the entries are those of `inv` then.
            if (single.data.every(Number.isFinite)) {
              const ratio = inverseResidual(A, part(X, t));
              expect(measured.record(`${n} × ${n} ${dtype}`, "residual", ratio), where).toBeLessThan(RESIDUAL);
            } else expect(part(X, t).data, where).toEqual(single.data);
          }
        }
      });
    });
  }

  for (const n of ORDERS.filter((order) => order < 10)) {
    test(`BAT-3 inverses do not depend on the neighbours, ${n} × ${n} ${dtype}`, () => {
      const random = new Random(19, "order");
      const all = galleryBatch(n, n, dtype, 2);
      for (const count of COUNTS) {
        const batch = { data: all.data.slice(0, count * n * n), shape: [count, n, n] };
        const places = Array.from({ length: count }, (_, t) => t).sort(() => random.sign());
        const F = invBatch(batch, { singular: "nan" });
        const G = invBatch({ data: permuted(batch, places), shape: [count, n, n] }, { singular: "nan" });
        expect(G.X.data).toEqual(permuted(F.X, places));
        expect([...G.info.singular]).toEqual(
          places.flatMap((from, to) => (F.info.singular.includes(from) ? [to] : [])),
        );
      }
    });
  }

  test(`BAT-5 units of rows and columns do not matter, ${dtype}`, () => {
    const span = dtype === "f64" ? 140 : 12;
    for (const n of [2, 3, 4, 8]) {
      const random = new Random(23, "units");
      const data = floats(dtype, 20 * n * n).map(() => random.gaussian());
      const [rows, cols] = [0, 1].map(() => Array.from({ length: n }, () => random.integer(2 * span) - span));
      const place = (k: number): [number, number] => [Math.floor(k / n) % n, k % n];
      const scaled = data.map((x, k) => x * 2 ** (rows[place(k)[0]] + cols[place(k)[1]]));
      const { X } = invBatch({ data, shape: [20, n, n] });
      const scaledBack = invBatch({ data: scaled, shape: [20, n, n] }).X.data.map(
        (x, k) => x * 2 ** (cols[place(k)[0]] + rows[place(k)[1]]),
      );
      const largest = X.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      const worst = X.data.reduce((most, x, k) => Math.max(most, Math.abs(x - scaledBack[k])), 0);
      expect(worst / largest / Math.sqrt(dtype === "f64" ? 2 ** -52 : 2 ** -23)).toBeLessThan(1);
      expect(invBatch({ data: scaled, shape: [20, n, n] }).info.oneByOne).toBe(0);
    }
  });
}

function alone(A: Matrix): Matrix | null {
  try {
    return inv(A);
  } catch (error) {
    expect(error).toBeInstanceOf(SingularError);
    return null;
  }
}

test("BAT-5 a singular matrix is an error that names it", () => {
  const data = new Float64Array([2, 0, 0, 2, 1, 2, 2, 4, 0, 1, 1, 0, 0, 0, 0, 0]);
  const batch = { data, shape: [4, 2, 2] };
  expect(() => invBatch(batch)).toThrow(/^invBatch, matrix 1: expected a regular matrix/);
  expect(() => invBatch(batch)).toThrow(expect.objectContaining({ code: "singular", matrix: 1 }));
  const { X, info } = invBatch(batch, { singular: "nan" });
  expect([...info.singular]).toEqual([1, 3]);
  expect([...X.data]).toEqual([0.5, 0, 0, 0.5, NaN, NaN, NaN, NaN, 0, 1, 1, 0, NaN, NaN, NaN, NaN]);
});
