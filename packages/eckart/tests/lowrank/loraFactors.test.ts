import { expect, test } from "vitest";
import {
  loraFactors,
  Matrix,
  multiply,
  NonFiniteError,
  norm,
  OptionError,
  Random,
  subtract,
  truncate,
} from "../../src/index.ts";
import { epsilonOf, SPECTRA, withSpectrum } from "./spectra.ts";

const SPLITS = ["balanced", "b", "a"] as const;

for (const dtype of ["f64", "f32"] as const) {
  test.each(Object.keys(SPECTRA))(`LOW-14 ${dtype} %s: the best of its rank, split as asked`, (spectrum) => {
    // The second shape is large enough for a search instead of a whole decomposition.
    for (const [m, n, r] of [
      [40, 30, 4],
      [300, 260, 4],
    ]) {
      // oxfmt-ignore
      const W = withSpectrum(m, n, SPECTRA[spectrum], dtype);
      const slack = 60 * epsilonOf(dtype);
      const best = truncate(W, { rank: r });
      for (const split of SPLITS) {
        const name = `${spectrum} ${m}×${n} ${split}`;
        const { loraB, loraA, rank, relativeError, energy } = loraFactors(W, r, { split });
        expect([loraB.shape, loraA.shape, rank, loraB.dtype], name).toEqual([[m, r], [r, n], r, dtype]);
        const size = norm(W) || 1;
        const measured = norm(subtract(W, multiply(loraB, loraA))) / size;
        expect(Math.abs(measured - relativeError), name).toBeLessThan(slack);
        expect(Math.abs(relativeError - best.relativeError), name).toBeLessThan(slack);
        expect(Math.abs(energy - best.energy), name).toBeLessThan(2 * slack);
        for (let i = 0; i < r; i++) {
          const [b, a] = [norm([loraB.col(i)]), norm([loraA.row(i)])];
          const wanted = { balanced: b - a, b: a - 1, a: b - 1 }[split];
          expect(Math.abs(wanted), name).toBeLessThan(slack);
        }
      }
    }
  });
}

test("LOW-14 a product of two factors comes back, and a rule finds its rank", () => {
  const W = multiply(new Random(1).normalMatrix(30, 3), new Random(2).normalMatrix(3, 20));
  const { rank, relativeError } = loraFactors(W, "gap");
  expect(rank).toBe(3);
  expect(relativeError).toBeLessThan(1e-14);
  expect(loraFactors(W, 99).rank).toBe(20);
  expect(loraFactors(W, 0).loraB.shape).toEqual([30, 0]);
  expect(loraFactors(Matrix.zeros(3, 0), 1).relativeError).toBe(0);
});

test("LOW-4 what cannot be is refused by name", () => {
  for (const [rank, options] of [
    [-1, {}],
    [1.5, {}],
    ["energy", {}],
    [1, { split: "c" }],
    [1, { alpha: 2 }],
  ] as const) {
    // oxfmt-ignore
    expect(() => loraFactors([[1, 2]], rank as never, options as never)).toThrow(OptionError);
  }
  expect(() => loraFactors([[1, NaN]], 1)).toThrow(NonFiniteError);
});
