import { Random as Draws } from "@eckart/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Matrix, Random } from "../../src/index.ts";
import { frobenius, spectralUpper } from "../../src/certify/norms.ts";
import { remainder } from "../../src/certify/remainder.ts";
import {
  addDown,
  addUp,
  divUp,
  hypotUp,
  mulDown,
  mulUp,
  nextDown,
  nextUp,
  sqrtDown,
  sqrtUp,
} from "../../src/certify/rounding.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { Stack } from "../../src/matrix/stack.ts";
import { compareFrobenius, diagonal, exact, type Exact, gram, minus, Spectrum, times } from "./exact.ts";

const one = (x: number): Exact => diagonal([x]);
const sum = (a: number, b: number): Exact => minus(one(a), one(-b));
/** The sign of X − x for a single number X. */
const compare = (X: Exact, x: number): number =>
  Number(x === Infinity ? -1n : x === -Infinity ? 1n : signOf(minus(X, one(x))));
const signOf = (X: Exact): bigint => (X.data[0] > 0n ? 1n : X.data[0] < 0n ? -1n : 0n);

const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -4, max: 4, noNaN: true }),
  fc.constantFrom(0, 1, -1, 2 ** -1074, Number.MAX_VALUE, 2 ** -1022),
);
const positive = numbers.map(Math.abs);
const options = { numRuns: 2000, seed: 9 };

test("CRT-2 neighbours of a number", () => {
  expect([nextUp(1), nextUp(0), nextUp(-(2 ** -1074)), nextUp(-1), nextUp(Number.MAX_VALUE)]).toEqual([
    1 + 2 ** -52,
    2 ** -1074,
    -0,
    -1 + 2 ** -53,
    Infinity,
  ]);
  expect([nextDown(1), nextDown(0), nextDown(Infinity)]).toEqual([1 - 2 ** -53, -(2 ** -1074), Number.MAX_VALUE]);
});

test("CRT-2 sums are rounded to the side that they say, and to the nearest number there", () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const [low, high] = [addDown(a, b), addUp(a, b)];
      expect(compare(sum(a, b), low)).toBeGreaterThanOrEqual(0);
      expect(compare(sum(a, b), high)).toBeLessThanOrEqual(0);
      expect(nextUp(low)).toBeGreaterThanOrEqual(high);
    }),
    options,
  );
});

test("CRT-2 so are products", () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const product = times(one(a), one(b));
      const [low, high] = [mulDown(a, b), mulUp(a, b)];
      expect(compare(product, low)).toBeGreaterThanOrEqual(0);
      expect(compare(product, high)).toBeLessThanOrEqual(0);
      expect(nextUp(nextUp(low))).toBeGreaterThanOrEqual(high);
    }),
    options,
  );
});

test("CRT-2 quotients, roots and hypotenuses too", () => {
  fc.assert(
    fc.property(positive, positive, (a, b) => {
      if (b > 0 && divUp(a, b) < Infinity)
        expect(compare(minus(one(a), times(one(divUp(a, b)), one(b))), 0)).toBeLessThanOrEqual(0);
      const [low, high] = [sqrtDown(a), sqrtUp(a)];
      expect(compare(minus(one(a), times(one(low), one(low))), 0)).toBeGreaterThanOrEqual(0);
      expect(compare(minus(one(a), times(one(high), one(high))), 0)).toBeLessThanOrEqual(0);
      expect(compareFrobenius(diagonal([a, b]), hypotUp(a, b))).toBeLessThanOrEqual(0);
    }),
    options,
  );
});

test("CRT-2 norms of matrices of every magnitude lie on the side that they say", () => {
  const draws = new Draws(5, "norms");
  for (const size of [-1074, -1000, -540, 0, 300, 900])
    for (const spread of [0, 40, 600])
      for (const [m, n] of [
        [1, 1],
        [3, 5],
        [4, 2],
      ]) {
        const X = Matrix.zeros(m, n);
        X.data.forEach(
          (_: number, at: number) =>
            (X.data[at] = draws.gaussian() * 2 ** (size - Math.floor(draws.uniform() * spread))),
        );
        const judged = exact({ rows: m, cols: n, at: (i, j) => X.at(i, j) });
        const { lower, upper } = frobenius(X);
        expect(compareFrobenius(judged, lower)).toBeGreaterThanOrEqual(0);
        expect(compareFrobenius(judged, upper)).toBeLessThanOrEqual(0);
        expect(new Spectrum(gram(judged)).above(spectralUpper(new Stack(X, false)), 2)).toBe(0);
      }
});

describe.each(["wasm", "typescript"] as const)("%s", (backend) => {
  test.each([1, 2, 5, 255, 256, 257, 700])("CRT-2 C − X·diag(d)·Y over a common length of %i", (k) => {
    const random = new Random(k);
    for (const size of [-900, -300, 0, 90]) {
      const X = random.normalMatrix(3, k);
      const Y = random.normalMatrix(k, 4);
      const d = Float64Array.from({ length: k }, (_, p) => random.normal() * 2 ** (size - (p % 90)));
      X.data[0] *= 2 ** -500;
      Y.data[1] *= 2 ** -500;
      const product = times(times(judge(X), diagonal(d)), judge(Y));
      // Nearly the product, so that almost everything cancels.
      const C = Matrix.zeros(3, 4);
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 4; j++) for (let p = 0; p < k; p++) C.data[4 * i + j] += X.at(i, p) * d[p] * Y.at(p, j);
      const { value, error } = withBackend(backend, () => remainder(new Stack(C, false), X, d, Y));
      const missing = minus(minus(judge(C), product), judge(value.matrix));
      expect(compareFrobenius(missing, error), `error ${error}`).toBeLessThanOrEqual(0);
      // What plain products would cost is k·u·‖X·diag(d)‖·‖Y‖.
      expect(error).toBeLessThanOrEqual(2 ** -17 * k * 2 ** -53 * 2 ** size * 6 * k + 2 ** -900);
    }
  });
});

test("CRT-2 an exact product may round when it is subtracted", () => {
  const [C, X, Y] = [1 + 2 ** -52, 1, 2 ** -60].map((x) => Matrix.from([[x]]));
  const { value, error } = remainder(new Stack(C, false), X, null, Y);
  expect(value.matrix.at(0, 0)).toBe(1 + 2 ** -52);
  expect(error).toBeGreaterThanOrEqual(2 ** -60);
});

test("CRT-2 terms that underflow, each of them, are counted", () => {
  const x = Array.from({ length: 50 }, () => 0.7 * 2 ** -537);
  const { value, error } = remainder(new Stack(Matrix.zeros(1, 1), false), Matrix.from([x]), null, Matrix.from([x]).T);
  const product = times(judge(Matrix.from([x])), judge(Matrix.from([x]).T));
  expect(compareFrobenius(minus(minus(diagonal([0]), product), judge(value.matrix)), error)).toBeLessThanOrEqual(0);
});

const judge = (A: Matrix): Exact => exact({ rows: A.rows, cols: A.cols, at: (i, j) => A.at(i, j) });
