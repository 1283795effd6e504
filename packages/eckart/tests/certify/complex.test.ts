// Certificates and measures of complex decompositions, judged in exact arithmetic.
import { readFileSync } from "node:fs";
import { Measured } from "@eckart/testing";
import { afterAll, describe, expect, test } from "vitest";
import {
  accuracy,
  certify,
  ComplexMatrix,
  eigh,
  type Matrix,
  type NonFiniteError,
  norm,
  OptionError,
  Random,
  reconstruct,
  ShapeError,
  svd,
  svdvals,
  truncate,
  type FloatArray,
} from "../../src/index.ts";
import { nextDown, nextUp } from "../../src/certify/rounding.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { collectFaults, expectNone } from "../gallery/svdGallery.ts";
import { fourier, gallery, gaussian, hermitianGallery, type Named } from "../linalg/complex/gallery.ts";
import { falsehoods, recorder } from "./judge.ts";

const SHAPES = [
  [0, 2],
  [1, 1],
  [1, 3],
  [2, 2],
  [3, 2],
  [2, 4],
  [4, 4],
] as const;

const measured = new Measured("complex, bound over truth");
afterAll(() => console.log(measured.table()));

interface Factors {
  readonly U: ComplexMatrix;
  readonly s: FloatArray;
  readonly Vh: ComplexMatrix;
}

const judged = ({ U, s, Vh }: Factors) => ({ U, s, Vt: Vh });

function judge({ name, A }: Named, faults: string[]): void {
  collectFaults(name, faults, (fault) => {
    for (const F of [svd(A), svd(A, { full: true })]) {
      const certificate = certify(A, F);
      falsehoods(A, judged(F), certificate, false, recorder(measured, "svd")).forEach(fault);
      if (!certificate.accepted) fault(`defect ${certificate.defect} > ${certificate.tolerance}`);
    }
    for (let rank = 0; rank < Math.min(A.rows, A.cols); rank += 2) {
      const T = truncate(A, { rank });
      const certificate = certify(A, T);
      falsehoods(A, judged(T), certificate).forEach((what) => fault(`rank ${rank}: ${what}`));
      if (!certificate.accepted) fault(`rank ${rank}: defect ${certificate.defect} > ${certificate.tolerance}`);
    }
  });
}

describe.each(["wasm", "typescript"] as const)("%s", (backend) => {
  test.each(["f64", "f32"] as const)("CRT-8 every bound of a complex decomposition holds, %s", (dtype) => {
    const faults: string[] = [];
    withBackend(backend, () => {
      for (const [m, n] of SHAPES) for (const A of gallery(m, n, dtype)) judge(A, faults);
    });
    expectNone(faults);
  });

  test.each(["f64", "f32"] as const)("CRT-8 and of a Hermitian one, %s", (dtype) => {
    const faults: string[] = [];
    withBackend(backend, () => {
      for (const n of [1, 2, 3, 4])
        for (const { name, A } of hermitianGallery(n, dtype))
          collectFaults(name, faults, (fault) => {
            const { w, V } = eigh(A);
            const certificate = certify(A, { w, V });
            const seen = recorder(measured, "eigh");
            falsehoods(A, { U: V, s: w, Vt: V.H }, certificate, true, seen).forEach(fault);
            if (!certificate.accepted) fault(`defect ${certificate.defect} > ${certificate.tolerance}`);
          });
    });
    expectNone(faults);
  });
});

test.each(["residual spectral", "residual Frobenius", "departure spectral"])(
  "CRT-8 over all these matrices the bound of the %s exceeds the truth by less than half",
  (bound) => {
    expect(measured.summary(bound).count).toBeGreaterThan(200);
    expect(measured.summary(bound).worst).toBeLessThan(1.5);
    expect(measured.summary(bound).median).toBeLessThan(1.1);
  },
);

interface Fixture {
  name: string;
  re: number[][];
  im: number[][];
  values: string[];
}

test("CRT-8 the values to 30 digits lie in their intervals, and each occurs once", () => {
  const path = new URL("../linalg/complex/fixtures/values.json", import.meta.url);
  const { singular, eigen } = JSON.parse(readFileSync(path, "utf8")) as Record<"singular" | "eigen", Fixture[]>;
  const faults: string[] = [];
  const inside = ({ name, values }: Fixture, { lower, upper }: { lower: FloatArray; upper: FloatArray }): void => {
    expect(lower).toHaveLength(values.length);
    values.map(Number).forEach((value, i) => {
      // The number is the double nearest to the 30 digits.
      if (!(lower[i] <= nextUp(value) && upper[i] >= nextDown(value)))
        faults.push(`${name}: value ${i}, ${value}, in [${lower[i]}, ${upper[i]}]`);
    });
  };
  for (const fixture of singular) {
    inside(fixture, certify(fixture, svd(fixture)).values);
    inside(fixture, certify(fixture, truncate(fixture, { rank: 2 })).values);
  }
  for (const fixture of eigen) inside(fixture, certify(fixture, eigh(fixture)).values);
  expectNone(faults);
});

describe("CRT-8 a damaged complex decomposition", () => {
  const A = gaussian(5, 4, 3);
  const part = (name: "U" | "Vh", which: "re" | "im", change: (x: number, at: number) => number) => (F: Factors) =>
    F[name][which].data.forEach((x: number, at: number) => (F[name][which].data[at] = change(x, at)));
  const DAMAGES: readonly { name: string; apply: (F: Factors) => void; gross: boolean }[] = [
    ...(["U", "Vh"] as const).flatMap((name) =>
      (["re", "im"] as const).flatMap((which) => [
        { name: `${name}.${which}: one ulp`, apply: part(name, which, (x, at) => (at === 1 ? nextUp(x) : x)), gross: false },
        { name: `${name}.${which}: an entry zeroed`, apply: part(name, which, (x, at) => (at === 6 ? 0 : x)), gross: true },
        { name: `${name}.${which}: an entry negated`, apply: part(name, which, (x, at) => (at === 6 ? -x : x)), gross: true },
        { name: `${name}.${which}: scaled by 1 + 1e-8`, apply: part(name, which, (x) => x * (1 + 1e-8)), gross: true },
      ]),
    ),
    { name: "U: conjugated", apply: part("U", "im", (x) => -x), gross: true },
    { name: "Vh: conjugated", apply: part("Vh", "im", (x) => -x), gross: true },
    { name: "s: one ulp", apply: ({ s }) => void (s[3] = nextUp(s[3])), gross: false },
    { name: "s: one zeroed", apply: ({ s }) => void (s[3] = 0), gross: true },
    { name: "s: order turned round", apply: ({ s }) => void s.reverse(), gross: true },
  ]; // prettier-ignore

  test.each(DAMAGES)("$name", ({ apply, gross }) => {
    const { U, s, Vh } = svd(A);
    const F = { U: ComplexMatrix.from(U), s: s.slice(), Vh: ComplexMatrix.from(Vh) };
    apply(F);
    const certificate = certify(A, F);
    expect(falsehoods(A, judged(F), certificate)).toEqual([]);
    expect(certificate.accepted, `defect ${certificate.defect}`).toBe(!gross);
  });
});

test("CRT-8 Gaussian integers are proved without any error, and one unit in the last place is seen", () => {
  // A = U·diag(3, 1)·Vh with U the identity and Vh = [0 i; 1 0].
  const A = { re: [[0, 0], [1, 0]], im: [[0, 3], [0, 0]] }; // prettier-ignore
  const F = { U: { re: [[1, 0], [0, 1]], im: [[0, 0], [0, 0]] }, s: [3, 1], Vh: { re: [[0, 0], [1, 0]], im: [[0, 1], [0, 0]] } }; // prettier-ignore
  const exact = certify(A, F);
  expect(exact.residual).toEqual({ spectral: 0, frobenius: 0 });
  expect([...exact.values.lower, ...exact.values.upper]).toEqual([3, 1, 3, 1]);
  expect(exact.defect).toBe(0);
  A.im[0][1] = nextUp(3);
  const { residual } = certify(A, F);
  expect(residual.spectral).toBeGreaterThanOrEqual(2 ** -51);
  expect(residual.spectral).toBeLessThan(2 ** -51 * (1 + 1e-14));
});

test("CRT-8 the equal values of a Fourier matrix have narrow intervals, each of them", () => {
  const n = 64;
  const { lower, upper } = certify(fourier(n), svd(fourier(n))).values;
  for (let i = 0; i < n; i++) {
    expect(lower[i]).toBeLessThan(8 * (1 + 1e-13));
    expect(upper[i]).toBeGreaterThan(8 * (1 - 1e-13));
    expect(upper[i] - lower[i]).toBeLessThan(1e-12);
  }
});

test("CRT-8 a complex matrix that is real is certified as the real one", () => {
  const re = new Random(1).normalMatrix(6, 4);
  const { U, s, Vt } = svd(re);
  const zero = (A: Matrix): ComplexMatrix => ComplexMatrix.from(A);
  expect(certify(zero(re), { U: zero(U), s, Vh: zero(Vt) })).toEqual(certify(re, { U, s, Vt }));
});

test("CRT-8 wrong input is an error that names the part", () => {
  const A = gaussian(3, 2, 1);
  const { U, s, Vh } = svd(A);
  expect(() => certify(A, { U: Vh, s, Vh })).toThrow(ShapeError);
  expect(() => certify(A, { U, s, V: Vh } as never)).toThrow(OptionError);
  const bad = { re: [[1, 2]], im: [[3, NaN]] };
  expect(() => certify(bad, svd({ re: [[1, 2]], im: [[3, 4]] }))).toThrow(
    expect.objectContaining({ part: "imaginary", row: 0, col: 1 }) as NonFiniteError,
  );
});

describe("LIN-8 truncate of a complex matrix", () => {
  test.each([
    [6, 4],
    [4, 7],
    [5, 5],
  ])("%i × %i: the best of its rank, with its error", (m, n) => {
    const A = gaussian(m, n, 2);
    const all = svdvals(A);
    for (let r = 0; r <= Math.min(m, n); r++) {
      const T = truncate(A, { rank: r });
      expect([T.rank, T.U.shape, T.Vh.shape, T.V.shape]).toEqual([r, [m, r], [r, n], [n, r]]);
      const left = reconstruct(T);
      const difference = ComplexMatrix.from({
        re: left.re.toArray().map((row, i) => row.map((x, j) => A.re.at(i, j) - x)),
        im: left.im.toArray().map((row, i) => row.map((x, j) => A.im.at(i, j) - x)),
      });
      expect(svdvals(difference)[0]).toBeCloseTo(T.spectralError, 12);
      expect(T.spectralError).toBeCloseTo(all[r] ?? 0, 12);
      expect(Math.hypot(norm(difference.re), norm(difference.im))).toBeCloseTo(T.frobeniusError, 12);
      expect(accuracy(A, T).backward).toBeCloseTo(T.relativeError, 13);
    }
  });

  test("energy, tolerance and rules choose its rank; a real method is refused", () => {
    const A = gaussian(8, 6, 5);
    const s = svdvals(A);
    const total = s.reduce((sum, x) => sum + x * x, 0);
    const { rank, energy } = truncate(A, { energy: 0.8 });
    expect(energy).toBeGreaterThanOrEqual(0.8);
    expect(s.reduce((sum, x, i) => sum + (i < rank - 1 ? x * x : 0), 0) / total).toBeLessThan(0.8);
    expect(truncate(A, { tolerance: 0.3 }).relativeError).toBeLessThanOrEqual(0.3);
    expect(truncate(A, { rank: "gap" }).rank).toBeGreaterThan(0);
    expect(() => truncate(A, { rank: 1, method: "jacobi" })).toThrow(OptionError);
  });

  test("two 32-bit parts stay in 32-bit floats", () => {
    const T = truncate(gaussian(4, 3, 1, "f32"), { rank: 2 });
    expect([T.U.dtype, T.Vh.dtype, reconstruct(T).dtype]).toEqual(["f32", "f32", "f32"]);
  });
});

test("LIN-10 accuracy of complex factors is a few ε, and counts every departure", () => {
  const faults: string[] = [];
  for (const [m, n] of SHAPES)
    for (const { name, A } of gallery(m, n, "f64")) {
      const F = svd(A);
      const { backward, orthogonalityU, orthogonalityV } = accuracy(A, F);
      // Subnormal values cannot say more.
      if (name.startsWith("near underflow")) continue;
      if (![backward, orthogonalityU, orthogonalityV].every((x) => x < 1e-14))
        faults.push(`${name}: ${backward}, ${orthogonalityU}, ${orthogonalityV}`);
    }
  expectNone(faults);
  const A = gaussian(5, 5, 1);
  const { U, s, Vh } = svd(A);
  const conjugate = ComplexMatrix.wrap(U.H.re.T, U.H.im.T);
  expect(accuracy(A, { U: conjugate, s, Vh }).backward).toBeGreaterThan(0.1);
  expect(accuracy(A, { U, s, Vh: Vh.H }).backward).toBeGreaterThan(0.1);
  const S = { re: [[2, 0], [0, 2]], im: [[0, -1], [1, 0]] }; // prettier-ignore
  expect(accuracy(S, eigh(S)).backward).toBeLessThan(1e-15);
});

test("CPX-5 reconstruct of complex factors gives the matrix back, of every shape and in every form", () => {
  for (const [m, n] of SHAPES) {
    const A = gaussian(m, n, 9);
    const { U, s, Vh } = svd(A);
    const again = reconstruct({ U: { re: U.re, im: U.im }, s, Vh });
    expect(again.shape).toEqual([m, n]);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        expect(again.at(i, j).re).toBeCloseTo(A.at(i, j).re, 13);
        expect(again.at(i, j).im).toBeCloseTo(A.at(i, j).im, 13);
      }
  }
  expect(() => reconstruct({ U: gaussian(2, 1, 1), s: [1, 2], Vh: gaussian(2, 2, 1) })).toThrow(ShapeError);
});
