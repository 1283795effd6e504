import { expect, test } from "vitest";
import {
  chooseRank,
  OptionError,
  Random,
  svdvals,
  truncate,
  type Matrix,
  type RankChoiceOptions,
} from "../../src/index.ts";
import { medianThreshold, noiseThreshold } from "../../src/lowrank/rankChoice.ts";
import { SPECTRA, withSpectrum } from "./spectra.ts";

/** A signal of rank 4 in noise of the given size. */
function noisy(m: number, n: number, noise: number, seed: number): Matrix {
  const A = withSpectrum(m, n, (i) => (i < 4 ? 10 - i : 0));
  const random = new Random(seed);
  for (let i = 0; i < A.data.length; i++) A.data[i] += noise * random.normal();
  return A;
}

test("LOW-13 thresholds of Gavish and Donoho, against the integral in 25 digits", () => {
  // mpmath: the median of the Marčenko–Pastur law by adaptive quadrature and root search.
  const exact: [number, number, number][] = [
    [0.001, 1.4165638055505885, 1.4163276849067878],
    [0.1, 1.6087715573947492, 1.5816483953196852],
    [0.5, 2.171185348453828, 1.9785990537531033],
    [0.9, 2.710620369357522, 2.250340800741147],
    [0.99, 2.8432195984254607, 2.3036148855482685],
    [0.9999, 2.8582105548128207, 2.3093433404685717],
  ];
  for (const [beta, omega, lambda] of exact) {
    expect(Math.abs(medianThreshold(beta) / omega - 1), `ω(${beta})`).toBeLessThan(1e-13);
    expect(Math.abs(noiseThreshold(beta) / lambda - 1), `λ(${beta})`).toBeLessThan(1e-14);
  }
  expect(noiseThreshold(1)).toBeCloseTo(4 / Math.sqrt(3), 14);
  expect(medianThreshold(1)).toBeCloseTo(2.858, 3); // as printed in the paper
  expect(medianThreshold(0)).toBeCloseTo(Math.SQRT2, 14);
  expect(medianThreshold(1.0001e-6) / medianThreshold(0.9999e-6)).toBeCloseTo(1, 9);
});

test("LOW-13 noise is told from signal, its size known or not, tall and wide", () => {
  for (const [m, n] of [
    [80, 80],
    [200, 40],
    [40, 200],
  ])
    // oxfmt-ignore
    for (const seed of [1, 2, 3]) {
      const s = svdvals(noisy(m, n, 0.1, seed));
      expect(chooseRank(s, { shape: [m, n] }), `${m}×${n}`).toBe(4);
      expect(chooseRank(s, { shape: [m, n], noise: 0.1 }), `${m}×${n} noise known`).toBe(4);
      expect(chooseRank(s.slice(0, 10), { shape: [m, n], noise: 0.1 })).toBe(4);
      expect(chooseRank(s, { by: "gap" }), `${m}×${n} gap`).toBe(4);
      const pure = svdvals(new Random(seed).normalMatrix(m, n));
      expect(chooseRank(pure, { shape: [m, n] }), `${m}×${n} pure noise`).toBe(0);
    }
});

test("LOW-13 energy: the least rank that keeps it", () => {
  for (const spectrum of Object.keys(SPECTRA)) {
    const A = withSpectrum(30, 20, SPECTRA[spectrum]);
    const s = svdvals(A);
    for (const energy of [0, 0.3, 0.9, 0.999, 1]) {
      const r = chooseRank(s, { by: "energy", energy });
      expect(r, spectrum).toBe(truncate(A, { energy }).rank);
    }
  }
  expect(
    chooseRank(
      [3, 4].sort((a, b) => b - a),
      { by: "energy", energy: 0.64 },
    ),
  ).toBe(1);
});

test("LOW-13 gap: the widest fall, the fall to zero included", () => {
  for (const [s, r] of [
    [[9, 8, 0.1, 0.09], 2],
    [[5, 4, 3, 1e-17], 3],
    [[2, 2, 2], 3],
    [[0, 0], 0],
    [[], 0],
    [[7], 1],
    [[8, 4, 2, 1], 1],
  ] as const) {
    // oxfmt-ignore
    expect(chooseRank(s, { by: "gap" }), `${s}`).toBe(r);
  }
  expect(chooseRank([9, 8, 0.1], { by: "gap", maxRank: 1 })).toBe(1);
});

test("LOW-13 truncate takes a rule for a rank", () => {
  const A = noisy(60, 50, 0.05, 9);
  expect(truncate(A, { rank: "gavish-donoho" }).rank).toBe(4);
  expect(truncate(A, { rank: "gavish-donoho", noise: 100 }).rank).toBe(0);
  expect(truncate(A, { rank: "gap" }).s.length).toBe(4);
  expect(() => truncate(A, { rank: "elbow" as never })).toThrow(OptionError);
});

test("LOW-4 what cannot be is refused by name", () => {
  const wrong: [ArrayLike<number>, RankChoiceOptions][] = [
    [[1, 2], { by: "gap" }],
    [[1, -1], { by: "gap" }],
    [[NaN], { by: "gap" }],
    [[Infinity], { by: "energy" }],
    [[2, 1], {}],
    [[2, 1], { shape: [3, 3] }],
    [[2, 1], { shape: [1, 3], noise: 1 }],
    [[2, 1], { shape: [2.5, 2] }],
    [[2, 1], { shape: [2, 2], noise: -1 }],
    [[2, 1], { by: "energy", energy: 2 }],
    [[2, 1], { by: "elbow" as never }],
    [[2, 1], { by: "gap", maxRank: -1 }],
    [[2, 1], { rule: "gap" } as never],
  ];
  for (const [s, options] of wrong) expect(() => chooseRank(s, options), JSON.stringify(options)).toThrow(OptionError);
});
