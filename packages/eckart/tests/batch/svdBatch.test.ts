import {
  absoluteRatio,
  Measured,
  order,
  orthogonality,
  Random,
  relativeRatio,
  residual,
  signMatrices,
  subnormalMatrices,
} from "@eckart/testing";
import { afterAll, expect, test } from "vitest";
import { Matrix, svd, svdBatch, svdvals, svdvalsBatch } from "../../src/index.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { COUNTS, floats, galleryBatch, leadsPositively, part, permuted, stack, type NamedBatch } from "./batches.ts";

const SHAPES: [number, number][] = [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 4],
  [5, 5],
  [8, 8],
  [3, 2],
  [2, 3],
  [4, 3],
  [3, 4],
  [1, 4],
  [8, 1],
  [8, 5],
  [9, 9],
  [16, 16],
  [17, 17],
  [3, 12],
  [20, 3],
];
const RESIDUAL = 5; // measured: at most 2.3
const ORTHOGONALITY = 7; // measured: at most 3.3
const AGREEMENT = 14; // σ against the single path, in ε·σ₁; measured: at most 7

const measured = new Measured("svdBatch");
afterAll(() => console.log(measured.table()));

function check(batch: NamedBatch, row: string): void {
  const [count] = batch.shape;
  const F = svdBatch(batch);
  const values = svdvalsBatch(batch);
  for (let t = 0; t < count; t++) {
    const A = part(batch, t);
    const [U, s, Vt] = [part(F.U, t), part(F.s, t).data, part(F.Vt, t)];
    const where = `${batch.names[t]} (${[...A.data].join(", ")})`;
    expect(measured.record(row, "residual", residual(A, U, s, Vt)), where).toBeLessThan(RESIDUAL);
    const orthogonal = Math.max(orthogonality(U), orthogonality(Vt));
    expect(measured.record(row, "orthogonality", orthogonal), where).toBeLessThan(ORTHOGONALITY);
    expect(order(s), where).toBe(0);
    const single = svdvals(Matrix.wrap(A.data, [A.rows, A.cols]));
    expect(measured.record(row, "σ", absoluteRatio(s, single)), where).toBeLessThan(AGREEMENT);
    const alone = absoluteRatio(part(values, t).data, s);
    expect(measured.record(row, "σ alone", alone), where).toBeLessThan(AGREEMENT);
    for (let i = 0; i < Vt.rows; i++) {
      expect(leadsPositively(Vt.data.subarray(i * Vt.cols, (i + 1) * Vt.cols)), where).toBe(true);
    }
  }
}

for (const backend of ["wasm", "typescript"] as const) {
  for (const dtype of ["f64", "f32"] as const) {
    test(`BAT-1 every matrix of the gallery is decomposed as alone, ${dtype} ${backend}`, () => {
      withBackend(backend, () => {
        for (const [m, n] of SHAPES) check(galleryBatch(m, n, dtype, m * n > 36 ? 2 : 6), `${m} × ${n} ${dtype}`);
      });
    });

    test(`BAT-1 all 2 × 2 matrices of signs and of subnormal numbers, ${dtype} ${backend}`, () => {
      withBackend(backend, () => {
        check(stack([...signMatrices(dtype)]), `signs ${dtype}`);
        check(stack([...subnormalMatrices(dtype)]), `subnormal ${dtype}`);
      });
    });
  }

  test(`BAT-2 both values of a 2 × 2 matrix are those of the closed form to 4 ε, ${backend}`, () => {
    withBackend(backend, () => {
      const random = new Random(7, "batch 2 × 2");
      const batch = { data: new Float64Array(4000), shape: [1000, 2, 2] };
      batch.data.forEach((_, i) => {
        batch.data[i] = random.sign() * random.powerOfTwoBetween(-480, 480);
      });
      // A singular matrix but for the last place, and a triangular one over the whole range.
      batch.data.set([1 / 3, 2 / 3, 1 / 7, 2 / 7 + 2 ** -54, 1e300, 1e-300, 0, 1e-300]);
      const { s, Vt } = svdBatch(batch);
      for (let t = 0; t < 1000; t++) {
        const A = Matrix.wrap(part(batch, t).data, [2, 2]);
        const single = svd(A);
        expect(relativeRatio(part(s, t).data, single.s), A.toArray().join()).toBeLessThan(4);
        expect(relativeRatio(part(Vt, t).data, single.Vt.data), A.toArray().join()).toBeLessThan(8);
      }
    });
  });
}

for (const dtype of ["f64", "f32"] as const) {
  for (const [m, n] of SHAPES.filter(([rows, cols]) => rows * cols < 100)) {
    test(`BAT-3 the bits do not depend on the neighbours, nor on their number, ${m} × ${n} ${dtype}`, () => {
      const random = new Random(11, "order");
      const all = galleryBatch(m, n, dtype, 2);
      for (const count of COUNTS) {
        const batch = { data: all.data.slice(0, count * m * n), shape: [count, m, n] };
        const places = Array.from({ length: count }, (_, t) => t).sort(() => random.sign());
        const F = svdBatch(batch);
        const G = svdBatch({ data: permuted(batch, places), shape: [count, m, n] });
        for (const name of ["U", "s", "Vt"] as const) {
          expect(F[name].shape[0]).toBe(count);
          expect(G[name].data, name).toEqual(permuted(F[name], places));
        }
        const whole = svdvalsBatch(all).data.subarray(0, count * Math.min(m, n));
        expect(svdvalsBatch(batch).data).toEqual(whole);
      }
    });
  }

  test(`BAT-3 a power of two moves the values alone, ${dtype}`, () => {
    for (const n of [2, 3, 4, 8]) {
      const random = new Random(3, "scale");
      const data = floats(dtype, 50 * n * n).map(() => random.gaussian());
      const F = svdBatch({ data, shape: [50, n, n] });
      for (const e of dtype === "f64" ? [-900, -300, 300, 900] : [-80, 80]) {
        const G = svdBatch({ data: data.map((x) => x * 2 ** e), shape: [50, n, n] });
        expect(G.U.data).toEqual(F.U.data);
        expect(G.Vt.data).toEqual(F.Vt.data);
        expect(G.s.data).toEqual(F.s.data.map((x) => x * 2 ** e));
        expect(G.info.oneByOne).toBe(0);
      }
    }
  });
}

for (const dtype of ["f64", "f32"] as const) {
  test(`BAT-1 3 × 3 and 4 × 4 matrices of signs, of low rank, and of exponents far apart, ${dtype}`, () => {
    const random = new Random(29, "small");
    const far = dtype === "f64" ? 1000 : 120;
    const kinds: Record<string, (n: number) => number[]> = {
      signs: (n) => Array.from({ length: n * n }, () => random.integer(3) - 1),
      "rank one": (n) => {
        const [x, y] = [0, 1].map(() => Array.from({ length: n }, () => random.integer(7) - 3));
        return x.flatMap((xi) => y.map((yj) => xi * yj));
      },
      "equal rows": (n) => {
        const row = Array.from({ length: n }, () => random.gaussian());
        return Array.from({ length: n * n }, (_, k) => (k < n ? random.gaussian() : row[k % n]));
      },
      far: (n) => Array.from({ length: n * n }, () => random.sign() * random.powerOfTwoBetween(-far, far)),
      rotation: (n) => {
        const angle = random.between(0, 7);
        const turned = [Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)];
        const plane = (i: number, j: number): number => (i < 2 && j < 2 ? turned[2 * i + j] : Number(i === j));
        return Array.from({ length: n * n }, (_, k) => plane(Math.floor(k / n), k % n));
      },
    };
    for (const [family, build] of Object.entries(kinds)) {
      for (const n of [3, 4]) {
        const data = floats(dtype, 600 * n * n);
        for (let t = 0; t < 600; t++) data.set(build(n), t * n * n);
        check({ data, shape: [600, n, n], names: Array<string>(600).fill(family) }, `${family} ${dtype}`);
      }
    }
  });
}

test("BAT-1 the lanes answer all but the matrices that are out of their reach", () => {
  const random = new Random(5, "lanes");
  for (const n of [1, 2, 3, 4, 8]) {
    const data = new Float64Array(1000 * n * n).map(() => random.gaussian());
    expect(svdBatch({ data, shape: [1000, n, n] }).info.oneByOne).toBe(0);
  }
  const rankOne = new Float64Array(9).map((_, i) => (1 + Math.floor(i / 3)) * (1 + (i % 3)));
  expect(
    svdBatch({ data: new Float64Array([...rankOne, ...new Float64Array(9)]), shape: [2, 3, 3] }).info.oneByOne,
  ).toBeLessThan(3);
});

test("BAT-1 empty shapes", () => {
  for (const shape of [
    [0, 3, 3],
    [4, 0, 3],
    [4, 3, 0],
    [0, 0, 0],
  ]) {
    const { U, s, Vt } = svdBatch({ data: [], shape });
    expect([U.shape, s.shape, Vt.shape]).toEqual([
      [shape[0], shape[1], Math.min(shape[1], shape[2])],
      [shape[0], Math.min(shape[1], shape[2])],
      [shape[0], Math.min(shape[1], shape[2]), shape[2]],
    ]);
    expect(s.data.length + svdvalsBatch({ data: [], shape }).data.length).toBe(0);
  }
});
