import { gallery, Measured, order, orthogonality } from "@eckart/testing";
import { afterAll, expect, test } from "vitest";
import {
  Matrix,
  NonFiniteError,
  norm,
  OptionError,
  randomizedSvd,
  reconstruct,
  subtract,
  svdvals,
  truncate,
  type RandomizedSvd,
} from "../../src/index.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { compressed, epsilonOf, matrixFree, SPECTRA, withSpectrum } from "./spectra.ts";

const measured = new Measured("randomizedSvd");
afterAll(() => console.log(measured.table()));

const errorOf = (A: Matrix, F: RandomizedSvd): Matrix => subtract(A, reconstruct(F));

for (const dtype of ["f64", "f32"] as const) {
  for (const backend of ["wasm", "typescript"] as const) {
    test.each(Object.keys(SPECTRA))(
      `LOW-5 LOW-6 ${dtype} ${backend} %s: near the best, and the error is the error`,
      (spectrum) => {
        withBackend(backend, () => {
          for (const [m, n] of backend === "wasm"
            ? [
                [90, 60],
                [60, 90],
              ]
            : [[40, 30]]) {
            const A = withSpectrum(m, n, SPECTRA[spectrum], dtype);
            const eps = epsilonOf(dtype);
            const size = norm(A);
            const best = truncate(A, { rank: 5 });
            const s = svdvals(A);
            for (const krylov of [true, false]) {
              const name = `${spectrum} ${krylov ? "krylov" : "subspace"} ${m}×${n} ${dtype}`;
              const F = randomizedSvd(A, { rank: 5, krylov });
              expect(F.info, name).toMatchObject({ backend, converged: true, frobenius: "exact" });
              expect([F.U.shape, F.s.length, F.Vt.shape, F.rank], name).toEqual([[m, 5], 5, [5, n], 5]);
              expect(F.U.dtype, name).toBe(dtype);
              expect(order(F.s), name).toBe(0);
              expect(measured.record(spectrum, "orthogonality", orthogonality(F.U)), name).toBeLessThan(10);
              expect(measured.record(spectrum, "orthogonality", orthogonality(F.Vt)), name).toBeLessThan(10);
              const E = errorOf(A, F);
              const [frobenius, spectral] = [norm(E), norm(E, 2)];
              // Eckart–Young from below, and a factor close to 1 from above.
              const slack = 40 * eps * size;
              expect(frobenius, name).toBeGreaterThanOrEqual(best.frobeniusError - slack);
              expect(frobenius, name).toBeLessThanOrEqual(1.05 * best.frobeniusError + slack);
              if (best.frobeniusError > slack)
                measured.record(spectrum, "error / best", frobenius / best.frobeniusError);
              expect(Math.abs(F.frobeniusError - frobenius), name).toBeLessThanOrEqual(slack);
              expect(F.relativeError * size, name).toBeCloseTo(F.frobeniusError, 6);
              expect(spectral, name).toBeLessThanOrEqual(F.spectralBound + slack);
              expect(F.spectralBound, name).toBeLessThanOrEqual(3 * spectral + slack);
              F.s.forEach((sigma, i) => expect(sigma, name).toBeLessThanOrEqual(s[i] + slack));
            }
          }
        });
      },
    );
  }
}

test("LOW-6 a tolerance is met by the error that is there", () => {
  for (const spectrum of ["decaying", "slow", "even", "repeated", "deficient", "zero"]) {
    const A = withSpectrum(120, 80, SPECTRA[spectrum]);
    for (const tolerance of [0.5, 0.1, 1e-6]) {
      for (const form of [A, A.T, compressed(A), matrixFree(A)]) {
        const F = randomizedSvd(form, { tolerance });
        const shown = F.U.rows === 120 ? A : A.T;
        expect(F.info.converged, spectrum).toBe(true);
        const factor = F.info.frobenius === "estimate" ? 2 : 1 + 1e-9;
        expect(norm(errorOf(Matrix.from(shown), F)), spectrum).toBeLessThanOrEqual(
          factor * tolerance * norm(A) + 1e-14,
        );
        if (F.info.frobenius === "exact") {
          // No more than a few beyond the least rank that meets it.
          expect(F.rank - truncate(A, { tolerance }).rank, `${spectrum} ${tolerance}`).toBeLessThanOrEqual(2);
        }
      }
    }
  }
  const hard = randomizedSvd(withSpectrum(40, 30, SPECTRA["even"]), { tolerance: 0 });
  expect(hard.info.converged).toBe(false);
  expect(hard.rank).toBe(30);
  expect(hard.relativeError).toBeLessThan(1e-13);
});

test("LOW-6 the error of sparse and matrix-free input is bounded or estimated, as it says", () => {
  for (const spectrum of Object.keys(SPECTRA)) {
    const A = withSpectrum(70, 50, SPECTRA[spectrum]);
    const [dense, sparse, free] = [A, compressed(A), matrixFree(A)].map((form) => randomizedSvd(form, { rank: 6 }));
    const slack = 1e-14 * norm(A);
    expect([sparse.info.frobenius, free.info.frobenius]).toEqual(["bound", "estimate"]);
    expect(sparse.frobeniusError, spectrum).toBeGreaterThanOrEqual(norm(errorOf(A, sparse)) - slack);
    expect(sparse.frobeniusError, spectrum).toBeLessThanOrEqual(dense.frobeniusError + 3e-7 * norm(A));
    expect(free.frobeniusError, spectrum).toBeLessThanOrEqual(1.6 * norm(errorOf(A, free)) + slack);
    expect(free.frobeniusError, spectrum).toBeGreaterThanOrEqual(norm(errorOf(A, free)) / 1.6 - slack);
    for (const F of [sparse, free]) expect(F.spectralBound).toBeGreaterThanOrEqual(norm(errorOf(A, F), 2) - slack);
  }
});

test("LOW-5 over the gallery: never below Eckart–Young, its error measured", () => {
  for (const A of gallery(30, 22, 4)) {
    const F = randomizedSvd(A, { rank: 4, oversampling: 3 });
    const best = truncate(A, { rank: 4 });
    const slack = 100 * 2 ** -52 * (svdvals(A)[0] || 1) + 2 ** -1060;
    expect(orthogonality(F.U), A.name).toBeLessThan(10);
    expect(orthogonality(F.Vt), A.name).toBeLessThan(10);
    expect(F.frobeniusError, A.name).toBeGreaterThanOrEqual(best.frobeniusError - slack);
    expect(F.frobeniusError, A.name).toBeLessThanOrEqual(1.2 * best.frobeniusError + slack);
  }
});

test("LOW-2 the same seed gives the same bits, another seed another basis; powers of two pass through", () => {
  const A = withSpectrum(60, 40, SPECTRA["slow"]);
  const F = randomizedSvd(A, { rank: 3, seed: 9 });
  expect(randomizedSvd(A, { rank: 3, seed: 9 })).toEqual(F);
  expect(randomizedSvd(A, { rank: 3, seed: 10 }).U).not.toEqual(F.U);
  const B = Matrix.from(A);
  for (let i = 0; i < B.data.length; i++) B.data[i] *= 2 ** -300;
  const G = randomizedSvd(B, { rank: 3, seed: 9 });
  expect(G.U).toEqual(F.U);
  expect(G.s).toEqual(F.s.map((sigma) => sigma * 2 ** -300));
});

test("LOW-5 more passes come closer, and blocks that are kept come closer for as many", () => {
  const A = withSpectrum(200, 150, (i) => 1 / Math.sqrt(1 + i));
  const error = (options: object): number => randomizedSvd(A, { rank: 10, oversampling: 2, ...options }).frobeniusError;
  const [none, two, krylov] = [0, 2, 2].map((q, i) => error({ powerIterations: q, krylov: i === 2 }));
  expect(two).toBeLessThan(none);
  expect(krylov).toBeLessThan(two);
});

test("LOW-3 empty shapes and ranks beyond the end", () => {
  for (const [m, n] of [
    [0, 0],
    [0, 4],
    [4, 0],
  ]) {
    for (const options of [{ rank: 2 }, { tolerance: 0.1 }]) {
      const F = randomizedSvd(Matrix.zeros(m, n), options);
      expect([F.U.shape, F.s.length, F.Vt.shape, F.relativeError]).toEqual([[m, 0], 0, [0, n], 0]);
    }
  }
  const A = withSpectrum(9, 6, SPECTRA["slow"]);
  for (const krylov of [true, false]) {
    const F = randomizedSvd(A, { rank: 50, krylov });
    expect(F.rank).toBe(6);
    F.s.forEach((sigma, i) => expect(sigma).toBeCloseTo(svdvals(A)[i], 13));
  }
  expect(randomizedSvd(A, { rank: 0 }).relativeError).toBeCloseTo(1, 14);
});

test("LOW-4 what cannot be is refused by name", () => {
  const A = withSpectrum(5, 4, SPECTRA["slow"]);
  for (const options of [
    {},
    { rank: 1, tolerance: 0.1 },
    { rank: -1 },
    { tolerance: -1 },
    { rank: 1, oversampling: 0.5 },
    { rank: 1, powerIterations: "many" },
    { rank: 1, krylov: 1 },
    { rank: 1, seed: 0.5 },
    { rank: 1, k: 1 },
  ]) {
    expect(() => randomizedSvd(A, options as never), JSON.stringify(options)).toThrow(OptionError);
  }
  expect(() => randomizedSvd([[Infinity]], { rank: 1 })).toThrow(NonFiniteError);
});
