import {
  eigenvalueFixtures,
  gallery,
  landmarks,
  Measured,
  signMatrices,
  singularValueFixtures,
  subnormalMatrices,
  symmetricGallery,
  type Dtype,
  type GalleryMatrix,
} from "@eckart/testing";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import {
  certify,
  eigh,
  Matrix,
  NonFiniteError,
  OptionError,
  Random,
  ShapeError,
  svd,
  truncate,
} from "../../src/index.ts";
import { withBackend, type BackendName } from "../../src/kernels/load.ts";
import { nextDown, nextUp } from "../../src/certify/rounding.ts";
import { collectFaults, expectNone } from "../gallery/svdGallery.ts";
import { falsehoods, recorder } from "./judge.ts";

const DTYPES: readonly Dtype[] = ["f64", "f32"];
const BACKENDS: readonly BackendName[] = ["wasm", "typescript"];
/** Small enough for whole-number arithmetic. */
const SHAPES = [
  [0, 0],
  [0, 3],
  [1, 1],
  [1, 4],
  [4, 1],
  [2, 2],
  [3, 2],
  [2, 4],
  [4, 4],
  [6, 3],
  [3, 5],
] as const;

const sharpness = { svd: new Measured("svd, bound over truth"), eigh: new Measured("eigh, bound over truth") };
afterAll(() => [sharpness.svd, sharpness.eigh].forEach((measured) => console.log(measured.table())));

const finite = (s: ArrayLike<number>): boolean => Array.from(s).every(Number.isFinite);

function judgeSvd(A: GalleryMatrix, full: boolean, fault: (what: string) => void): void {
  const F = svd(A, { full });
  if (!finite(F.s)) return; // σ₁ is too large for a number
  const certificate = certify(A, F);
  falsehoods(A, F, certificate, false, recorder(sharpness.svd, A.family)).forEach(fault);
  if (!certificate.accepted) fault(`defect ${certificate.defect} > ${certificate.tolerance}`);
}

function judgeTruncation(A: GalleryMatrix, rank: number, fault: (what: string) => void): void {
  const F = svd(A);
  if (!finite(F.s)) return;
  const T = truncate(A, { rank });
  const certificate = certify(A, T);
  falsehoods(A, T, certificate).forEach(fault);
  if (!certificate.accepted) fault(`defect ${certificate.defect} > ${certificate.tolerance}`);
}

describe.each(BACKENDS)("%s", (backend) => {
  test.each(DTYPES)("CRT-1 CRT-2 CRT-3 every bound holds in exact arithmetic over the gallery, %s", (dtype) => {
    const faults: string[] = [];
    withBackend(backend, () => {
      for (const [m, n] of SHAPES)
        for (const A of gallery(m, n, 7, dtype)) {
          collectFaults(A.name, faults, (fault) => judgeSvd(A, false, fault));
          if (m !== n) collectFaults(`${A.name}, full`, faults, (fault) => judgeSvd(A, true, fault));
          for (const rank of new Set([0, 1, Math.min(m, n) - 1]))
            if (rank >= 0 && rank < Math.min(m, n))
              collectFaults(`${A.name}, rank ${rank}`, faults, (fault) => judgeTruncation(A, rank, fault));
        }
    });
    expectNone(faults);
  });

  test.each(DTYPES)("CRT-1 CRT-3 and over the symmetric gallery, %s", (dtype) => {
    const faults: string[] = [];
    withBackend(backend, () => {
      for (const n of [0, 1, 2, 3, 5])
        for (const S of symmetricGallery(n, 7, dtype))
          collectFaults(S.name, faults, (fault) => {
            const { w, V } = eigh(S);
            if (!finite(w)) return;
            const certificate = certify(S, { w, V });
            const seen = recorder(sharpness.eigh, S.family);
            falsehoods(S, { U: V, s: w, Vt: V.T }, certificate, true, seen).forEach(fault);
            if (!certificate.accepted) fault(`defect ${certificate.defect} > ${certificate.tolerance}`);
          });
    });
    expectNone(faults);
  });

  test.each(DTYPES)("CRT-1 landmarks, %s", (dtype) => {
    const faults: string[] = [];
    withBackend(backend, () => {
      for (const A of landmarks(dtype))
        collectFaults(A.name, faults, (fault) => {
          if (Math.min(A.rows, A.cols) <= 5) judgeSvd(A, false, fault);
          else if (!certify(A, svd(A)).accepted) fault("not accepted");
        });
    });
    expectNone(faults);
  });

  test("CRT-3 the values to 30 digits lie in their intervals", () => {
    const faults: string[] = [];
    const inside = (name: string, reference: Float64Array, lower: Float64Array, upper: Float64Array): void =>
      reference.forEach((value, i) => {
        // The reference is the double nearest to the 30 digits.
        if (!(lower[i] <= nextUp(value) && upper[i] >= nextDown(value)))
          faults.push(`${name}: value ${i}, ${value}, in [${lower[i]}, ${upper[i]}]`);
      });
    withBackend(backend, () => {
      for (const { name, dtype, A, s } of singularValueFixtures()) {
        const M = Matrix.from(A, { dtype });
        for (const F of [svd(M), truncate(M, { rank: Math.floor(s.length / 3) })]) {
          const { values, accepted } = certify(M, F);
          inside(`${name}, ${F.s.length} triplets`, s, values.lower, values.upper);
          if (!accepted) faults.push(`${name}: not accepted`);
        }
      }
      for (const { name, A, w } of eigenvalueFixtures()) {
        const { values } = certify(A, eigh(A));
        inside(name, w, values.lower, values.upper);
      }
    });
    expectNone(faults);
  });
});

test("CRT-1 all sign matrices, and a sample of the subnormal ones", () => {
  const faults: string[] = [];
  for (const dtype of DTYPES) {
    for (const A of signMatrices(dtype)) collectFaults(A.name, faults, (fault) => judgeSvd(A, false, fault));
    let count = 0;
    for (const A of subnormalMatrices(dtype))
      if (count++ % 37 === 0) collectFaults(A.name, faults, (fault) => judgeSvd(A, false, fault));
  }
  expectNone(faults);
});

test("CRT-4 the bounds hold whatever the factors are", () => {
  const small = fc.oneof(
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.constantFrom(0, 1, -1, 0.6, 0.8, 2 ** -1074, 1e-160, 1e-300, -3e29, 1 + 2 ** -52, 1e300),
  );
  const matrix = (m: number, n: number) =>
    fc.array(fc.array(small, { minLength: n, maxLength: n }), { minLength: m, maxLength: m });
  const cases = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.nat())
    .chain(([m, n, pick]) => {
      const k = pick % (Math.min(m, n) + 1);
      return fc.tuple(
        matrix(m, n),
        matrix(m, k),
        fc.array(small, { minLength: k, maxLength: k }),
        matrix(k, n),
        fc.constant([m, k, n]),
      );
    });
  fc.assert(
    fc.property(cases, ([A, left, s, right, [m, k, n]]) => {
      const U = Matrix.wrap(Float64Array.from(left.flat()), [m, k]);
      const Vt = Matrix.wrap(Float64Array.from(right.flat()), [k, n]);
      expect(falsehoods(A, { U, s, Vt }, certify(A, { U, s, Vt }))).toEqual([]);
    }),
    { numRuns: 300, seed: 5 },
  );
});

test("CRT-4 every bound of an eigenvalue holds whatever the factors are", () => {
  const random = new Random(3);
  for (let run = 0; run < 200; run++) {
    const n = 1 + (run % 4);
    const G = random.normalMatrix(n, n);
    const [exponent, size] = [random.integer(-60, 3), random.integer(-300, 300)];
    const A = Matrix.from(G);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) A.data[i * n + j] = (G.at(i, j) + G.at(j, i)) * 2 ** size;
    const { w, V } = eigh(A);
    V.data.forEach((x, at) => (V.data[at] = x + random.normal() * 2 ** exponent));
    const certificate = certify(A, { w, V });
    expect(falsehoods(A, { U: V, s: w, Vt: V.T }, certificate, true), `run ${run}`).toEqual([]);
  }
});

test("CRT-2 numbers of few digits are proved without any error", () => {
  for (const A of [Matrix.diagonal([3, 0.5, 2 ** -300]), Matrix.zeros(3, 2), Matrix.identity(4)]) {
    const certificate = certify(A, svd(A));
    expect(certificate.residual).toEqual({ spectral: 0, frobenius: 0 });
    expect(certificate.values.lower).toEqual(certificate.values.upper);
    expect(certificate.defect).toBe(0);
  }
});

test("CRT-2 the bounds are sharp: the residual to a thousandth, intervals to a few units in the last place", () => {
  const random = new Random(11);
  for (const [m, n] of [
    [5, 5],
    [40, 7],
    [6, 30],
  ]) {
    const A = random.normalMatrix(m, n);
    const F = svd(A);
    const { residual, values } = certify(A, F);
    const ratios: number[] = [];
    expect(
      falsehoods(A, F, certify(A, F), false, (what, ratio) => what === "residual Frobenius" && ratios.push(ratio)),
    ).toEqual([]);
    expect(ratios[0]).toBeLessThan(1.001);
    for (let i = 0; i < F.s.length; i++) {
      expect(values.upper[i] - values.lower[i]).toBeLessThan(2 * residual.spectral + 40 * 2 ** -52 * F.s[0]);
    }
  }
});

test.each(["residual spectral", "residual Frobenius", "departure spectral"])(
  "CRT-2 over all these matrices the bound of the %s exceeds the truth by less than half",
  (bound) => {
    for (const measured of [sharpness.svd, sharpness.eigh]) {
      expect(measured.summary(bound).count).toBeGreaterThan(500);
      expect(measured.summary(bound).worst).toBeLessThan(1.5);
      expect(measured.summary(bound).median).toBeLessThan(1.1);
    }
  },
);

test("CRT-5 a truncation has sharp bounds for every value, also of those it left out", () => {
  const A = new Random(2).normalMatrix(60, 40);
  const all = svd(A).s;
  const T = truncate(A, { rank: 8 });
  const { residual, unavoidable, values, accepted, rank } = certify(A, T);
  expect(accepted).toBe(true);
  expect(rank).toBe(40);
  for (let i = 0; i < 40; i++) {
    expect(values.lower[i]).toBeLessThanOrEqual(all[i] * (1 + 1e-12));
    expect(values.upper[i] - values.lower[i]).toBeLessThan(1e-12 * all[0]);
  }
  for (const norm of ["spectral", "frobenius"] as const) {
    const error = T[`${norm}Error`];
    expect(unavoidable[norm]).toBeLessThanOrEqual(error * (1 + 1e-12));
    expect(residual[norm]).toBeGreaterThanOrEqual(error * (1 - 1e-12));
    expect(residual[norm] - unavoidable[norm]).toBeLessThan(1e-11 * error);
  }
});

test("CRT-5 triplets that are right but not the largest are refused", () => {
  const A = new Random(2).normalMatrix(20, 12);
  const { U, s, Vt } = svd(A);
  const later = { U: U.slice(0, 20, 1, 4), s: s.slice(1, 4), Vt: Vt.slice(1, 4) };
  const certificate = certify(A, later);
  expect(falsehoods(A.slice(0, 20), later, certificate)).toEqual([]);
  expect(certificate.accepted).toBe(false);
  expect(certificate.defect).toBeGreaterThan(0.05);
});

test("CRT-6 multiplying A and s by a power of two moves the bounds and nothing else", () => {
  const A = new Random(4).normalMatrix(6, 4);
  const F = svd(A);
  const once = certify(A, F);
  for (const exponent of [-1000, -500, 500, 1000]) {
    const power = 2 ** exponent;
    const scaled = Matrix.from(A);
    scaled.data.forEach((x, at) => (scaled.data[at] = x * power));
    const moved = certify(scaled, { ...F, s: F.s.map((sigma: number) => sigma * power) });
    expect(moved.values.upper).toEqual(once.values.upper.map((x) => x * power));
    expect(moved.defect).toBe(once.defect);
    expect(moved.orthogonalityU).toBe(once.orthogonalityU);
  }
});

test("CRT-6 factors too large to multiply have bounds of ∞, and are refused", () => {
  const { U, s, Vt } = svd([
    [1, 2],
    [3, 4],
  ]);
  for (const F of [
    { U, s: [1e300, 1], Vt },
    {
      U: [
        [1e200, 0],
        [0, 1],
      ],
      s,
      Vt,
    },
    {
      U,
      s,
      Vt: [
        [1, 0],
        [0, -1e40],
      ],
    },
  ]) {
    const certificate = certify([[1, 2], [3, 4]], F); // prettier-ignore
    expect(certificate.residual).toEqual({ spectral: Infinity, frobenius: Infinity });
    expect(certificate.values.upper).toEqual(Float64Array.of(Infinity, Infinity));
    expect(certificate.accepted).toBe(false);
  }
});

test("CRT-6 the tolerance decides, and the precision of the factors sets it", () => {
  const A = new Random(1).normalMatrix(8, 8);
  const single = svd(Matrix.from(A, { dtype: "f32" }));
  expect(certify(A, single).tolerance).toBe(16 * 8 * 2 ** -23);
  expect(certify(A, single).accepted).toBe(true);
  expect(certify(A, single, { tolerance: 1e-12 }).accepted).toBe(false);
  expect(certify(A, svd(A), { tolerance: 0 }).accepted).toBe(false);
});

test("CRT-6 MAT-7 only wrong input is an error", () => {
  const A = [[3, 2, 2], [2, 3, -2]]; // prettier-ignore
  const F = svd(A);
  expect(() => certify(A, { ...F, U: [[1]] })).toThrow(ShapeError);
  expect(() => certify(A, { ...F, Vt: F.V })).toThrow(ShapeError);
  expect(() => certify(A, { ...F, s: [1, 1, 1] })).toThrow(ShapeError);
  expect(() => certify(A, { w: [1, 2], V: [[1, 0], [0, 1]] })).toThrow(ShapeError); // prettier-ignore
  expect(() => certify(A, { ...F, s: [5, NaN] })).toThrow(NonFiniteError);
  expect(() => certify([[Infinity]], F)).toThrow(NonFiniteError);
  expect(() => certify(A, { s: F.s } as never)).toThrow(OptionError);
  expect(() => certify(A, F, { tolerance: -1 })).toThrow(OptionError);
  expect(() => certify(A, F, { tol: 1 } as never)).toThrow(OptionError);
});
