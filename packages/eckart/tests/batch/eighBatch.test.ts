import { absoluteRatio, ascending, eigenResidual, Measured, orthogonality, Random } from "@eckart/testing";
import { afterAll, expect, test } from "vitest";
import { eigh, eighBatch, Matrix } from "../../src/index.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { column, COUNTS, floats, leadsPositively, part, permuted, symmetricBatch } from "./batches.ts";

const ORDERS = [1, 2, 3, 4, 5, 8, 16, 17];
const RESIDUAL = 5; // measured: at most 1.6
const ORTHOGONALITY = 7; // measured: at most 3.2
const AGREEMENT = 14; // eigenvalues against the single path, in ε·‖S‖

const measured = new Measured("eighBatch");
afterAll(() => console.log(measured.table()));

for (const dtype of ["f64", "f32"] as const) {
  for (const backend of ["wasm", "typescript"] as const) {
    test(`BAT-4 every symmetric matrix of the gallery is decomposed as alone, ${dtype} ${backend}`, () => {
      withBackend(backend, () => {
        for (const n of ORDERS) {
          const batch = symmetricBatch(n, dtype, n > 6 ? 2 : 6);
          const F = eighBatch(batch);
          for (let t = 0; t < batch.shape[0]; t++) {
            const [S, w, V] = [part(batch, t), part(F.w, t).data, part(F.V, t)];
            const where = `${batch.names[t]} (${[...S.data].join(", ")})`;
            const row = `${n} × ${n} ${dtype}`;
            expect(measured.record(row, "residual", eigenResidual(S, w, V)), where).toBeLessThan(RESIDUAL);
            expect(measured.record(row, "orthogonality", orthogonality(V)), where).toBeLessThan(ORTHOGONALITY);
            expect(ascending(w), where).toBe(0);
            const single = eigh(Matrix.wrap(S.data, [n, n]));
            expect(measured.record(row, "λ", absoluteRatio(w, single.w)), where).toBeLessThan(AGREEMENT);
            for (let j = 0; j < n && n !== 2; j++) expect(leadsPositively(column(V, j)), where).toBe(true);
            if (n === 2) expect(V.data, where).toEqual(single.V.data);
          }
        }
      });
    });
  }

  for (const n of ORDERS.filter((order) => order < 10)) {
    test(`BAT-3 eigenvectors do not depend on the neighbours, ${n} × ${n} ${dtype}`, () => {
      const random = new Random(13, "order");
      const all = symmetricBatch(n, dtype, 3);
      for (const count of COUNTS) {
        const batch = { data: all.data.slice(0, count * n * n), shape: [count, n, n] };
        const places = Array.from({ length: count }, (_, t) => t).sort(() => random.sign());
        const F = eighBatch(batch);
        const G = eighBatch({ data: permuted(batch, places), shape: [count, n, n] });
        expect(G.w.data).toEqual(permuted(F.w, places));
        expect(G.V.data).toEqual(permuted(F.V, places));
      }
    });
  }

  test(`BAT-4 mirrored entries that differ by rounding count with their mean, ${dtype}`, () => {
    const eps = dtype === "f64" ? 2 ** -52 : 2 ** -23;
    for (const n of [2, 3, 4, 8]) {
      const random = new Random(17, "asymmetry");
      const data = floats(dtype, n * n).map(() => random.gaussian());
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) data[i * n + j] = data[j * n + i] * (1 + 4 * eps);
      const { w, info } = eighBatch({ data, shape: [1, n, n] });
      expect(absoluteRatio(w.data, eigh(Matrix.wrap(data, [n, n])).w)).toBeLessThan(AGREEMENT);
      expect(info.oneByOne).toBe(n === 2 ? 1 : 0);
    }
  });
}

test("BAT-4 a diagonal matrix keeps its numbers, however far apart", () => {
  const values = [1e300, -1e-300, 0, 5e-324];
  const data = new Float64Array(16);
  values.forEach((value, i) => (data[5 * i] = value));
  const { w, V } = eighBatch({ data, shape: [1, 4, 4] });
  expect([...w.data]).toEqual([-1e-300, 0, 5e-324, 1e300]);
  expect([...V.data]).toEqual([0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);
});
