import { afterAll, describe, expect, test } from "vitest";
import {
  Measured,
  PRECISION,
  Random,
  absoluteRatio,
  ascending,
  choleskyResidual,
  eigenResidual,
  inverseResidual,
  leastSquaresResidual,
  luResidual,
  order,
  orthogonality,
  productResidual,
  qrResidual,
  relativeRatio,
  residual,
  solveResidual,
  sturmCount,
  sturmRatio,
} from "../src/index.ts";
import { binaryExponent, exact, multiply, timesPowerOfTwo } from "../src/measures/doubleDouble.ts";
import { jacobiSvd, type Plain } from "./reference.ts";

const EPSILON = 2 ** -52;
const measured = new Measured("reference Jacobi");
afterAll(() => console.log(measured.table()));

function plain(entries: readonly (readonly number[])[]): Plain {
  return { rows: entries.length, cols: entries[0]?.length ?? 0, data: Float64Array.from(entries.flat()) };
}

function random(rows: number, cols: number, seed: number): Plain {
  const source = new Random(seed);
  return { rows, cols, data: Float64Array.from({ length: rows * cols }, () => source.gaussian()) };
}

function scaled({ rows, cols, data }: Plain, factor: number): Plain {
  return { rows, cols, data: data.map((x) => x * factor) };
}

function changed(A: Plain, index: number, change: (x: number) => number): Plain {
  return { ...A, data: A.data.with(index, change(A.data[index])) };
}

describe("double-double arithmetic", () => {
  test("a product is the exact integer result where 53 bits do not hold it", () => {
    const source = new Random(1);
    for (let k = 1; k <= 40; k++) {
      const [x, y] = [0, 1].map(() => Array.from({ length: k }, () => Math.floor(source.between(-1, 1) * 2 ** 50)));
      const { hi, lo, exponent } = multiply(exact(plain([x])), exact(plain(y.map((yi) => [yi]))));
      const sum = x.reduce((total, xi, i) => total + BigInt(xi) * BigInt(y[i]), 0n);
      // Entries of 50 bits were scaled into [1, 2): undo it in integers.
      const integer = (part: number): bigint => (BigInt(part * 2 ** 100) * 2n ** BigInt(exponent)) / 2n ** 100n;
      const error = integer(hi[0]) + integer(lo[0]) - sum;
      expect(error > -64n && error < 64n, `${k} terms: ${error} of ${sum}`).toBe(true);
    }
  });

  test("scaling by powers of two is exact over the whole range", () => {
    expect(timesPowerOfTwo(2 ** -1074, 2097)).toBe(2 ** 1023);
    expect(timesPowerOfTwo(2 ** 1023, -2097)).toBe(2 ** -1074);
    expect(timesPowerOfTwo(3, -5000)).toBe(0);
    expect(timesPowerOfTwo(0, 5000)).toBe(0);
    for (const e of [-1074, -1073, -1022, -1000, -1, 0, 1, 52, 1000, 1023]) expect(binaryExponent(2 ** e)).toBe(e);
    for (const e of [-1022, -1000, -1, 0, 1, 52, 1000, 1023]) expect(binaryExponent(2 ** e * (2 - EPSILON))).toBe(e);
  });
});

describe("residual", () => {
  test("is of order one for a right decomposition, and grows with an error in any part", () => {
    for (const [m, n] of [
      [1, 1],
      [3, 2],
      [10, 10],
      [30, 20],
    ]) {
      const A = random(m, n, 7);
      const { U, s, Vt } = jacobiSvd(A);
      const right = measured.record(`${m}×${n}`, "back", residual(A, U, s, Vt));
      expect(right).toBeLessThan(2);
      const wrong = 1e6 * EPSILON;
      expect(
        residual(
          A,
          changed(U, 0, (x) => x + wrong),
          s,
          Vt,
        ),
      ).toBeGreaterThan(100 * right);
      expect(residual(A, U, s.with(0, s[0] * (1 + wrong)), Vt)).toBeGreaterThan(100 * right);
      expect(
        residual(
          A,
          U,
          s,
          changed(Vt, Vt.data.length - 1, (x) => x + 1000 * wrong),
        ),
      ).toBeGreaterThan(100 * right);
    }
  });

  test("is exact: 0 for an exact decomposition, 1/2 where σ₁ is off by half an ulp of one", () => {
    const A = plain([
      [4, 0],
      [0, 2],
    ]);
    const I = plain([
      [1, 0],
      [0, 1],
    ]);
    expect(residual(A, I, Float64Array.of(4, 2), I)).toBe(0);
    expect(residual(A, I, Float64Array.of(4 * (1 + EPSILON), 2), I)).toBe(1 / 2);
    // A difference that plain double arithmetic would round away: u·σ·v = (1 + ε)² − 1 − 2ε = ε².
    const u = plain([[1 + EPSILON]]);
    expect(residual(plain([[1 + 2 * EPSILON]]), u, Float64Array.of(1 + EPSILON), plain([[1]]))).toBeCloseTo(
      EPSILON,
      30,
    );
  });

  test("does not depend on scale, up to the limits of the range", () => {
    const A = random(8, 5, 3);
    const { U, s, Vt } = jacobiSvd(A);
    const ratio = residual(A, U, s, Vt);
    for (const factor of [2 ** 1000, 2 ** 1019, 2 ** -960])
      expect(
        residual(
          scaled(A, factor),
          U,
          s.map((x) => x * factor),
          Vt,
        ),
        `× ${factor}`,
      ).toBeCloseTo(ratio, 10);
    const subnormal = residual(
      scaled(A, 2 ** -1060),
      U,
      s.map((x) => x * 2 ** -1060),
      Vt,
    );
    expect(subnormal).toBeLessThan(2);
  });

  test("takes full factors, strided views, and single precision", () => {
    const A = plain([
      [3, 0],
      [0, 2],
      [0, 0],
    ]);
    const I3 = plain([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    const I2 = plain([
      [1, 0],
      [0, 1],
    ]);
    expect(residual(A, I3, Float64Array.of(3, 2), I2)).toBe(0);
    const B = random(4, 4, 9);
    const { U, s, Vt } = jacobiSvd(B);
    const transposed = { rows: 4, cols: 4, data: B.data, rowStride: 1, colStride: 4 };
    const flip = ({ data }: Plain) => ({ rows: 4, cols: 4, data, rowStride: 1, colStride: 4 });
    expect(residual(transposed, flip(Vt), s, flip(U))).toBeLessThan(2);
    const single = [U, Vt].map((F) => ({ ...F, data: Float32Array.from(F.data) }));
    expect(residual(B, single[0], Float32Array.from(s), single[1])).toBeLessThan(2);
    expect(residual(B, single[0], s, single[1])).toBeGreaterThan(1e6);
  });

  test("NaN, Infinity and a non-zero answer to a zero matrix fail; shapes that do not fit throw", () => {
    const A = random(3, 3, 1);
    const { U, s, Vt } = jacobiSvd(A);
    for (const bad of [NaN, Infinity]) {
      expect(
        residual(
          A,
          changed(U, 4, () => bad),
          s,
          Vt,
        ),
      ).toBe(Infinity);
      expect(residual(A, U, s.with(1, bad), Vt)).toBe(Infinity);
      expect(orthogonality(changed(U, 4, () => bad))).toBe(Infinity);
    }
    const zero = plain([
      [0, 0],
      [0, 0],
    ]);
    const I = plain([
      [1, 0],
      [0, 1],
    ]);
    expect(residual(zero, I, Float64Array.of(0, 0), I)).toBe(0);
    expect(residual(zero, I, Float64Array.of(1e-300, 0), I)).toBe(Infinity);
    expect(() =>
      residual(
        A,
        plain([
          [1, 0],
          [0, 1],
          [0, 0],
        ]),
        s,
        Vt,
      ),
    ).toThrow(RangeError);
    expect(() => residual(plain([[1, 2]]), U, s, Vt)).toThrow(RangeError);
  });

  test("empty matrices measure 0", () => {
    const empty = (rows: number, cols: number): Plain => ({ rows, cols, data: new Float64Array(0) });
    expect(residual(empty(3, 0), empty(3, 0), new Float64Array(0), empty(0, 0))).toBe(0);
    expect(orthogonality(empty(3, 0))).toBe(0);
    expect(orthogonality(empty(0, 0))).toBe(0);
  });
});

describe("orthogonality", () => {
  test("is of order one for a right factor, of rows for a wide one, and grows with its error", () => {
    for (const [m, n] of [
      [1, 1],
      [3, 2],
      [10, 10],
      [30, 20],
    ]) {
      const { U, Vt } = jacobiSvd(random(m, n, 5));
      const ratio = measured.record(`${m}×${n}`, "orth", orthogonality(U));
      expect(ratio).toBeLessThan(3.5);
      expect(orthogonality(changed(U, 0, (x) => x + 1e6 * EPSILON))).toBeGreaterThan(100 * ratio);
      expect(orthogonality(Vt)).toBeLessThan(5);
    }
  });

  test("of a wide matrix is that of its transpose", () => {
    const { U } = jacobiSvd(random(7, 4, 6));
    expect(orthogonality({ ...U, rows: 4, cols: 7, rowStride: 1, colStride: 4 })).toBe(orthogonality(U));
  });

  test("is exact", () => {
    expect(
      orthogonality(
        plain([
          [1, 0],
          [0, 1],
        ]),
      ),
    ).toBe(0);
    expect(
      orthogonality(
        plain([
          [1 + EPSILON, 0],
          [0, 1],
        ]),
      ),
    ).toBeCloseTo(1, 10);
    expect(
      orthogonality(
        plain([
          [1, 0],
          [0, 1],
          [0, EPSILON],
        ]),
      ),
    ).toBeCloseTo(EPSILON / 3, 30);
    expect(orthogonality({ rows: 1, cols: 1, data: Float32Array.of(1 + 2 ** -23) })).toBeCloseTo(2, 5);
  });
});

describe("other factorisations", () => {
  const A = plain([
    [4, 3, 2],
    [2, 4, 1],
    [8, 2, 4],
  ]);
  const L = plain([
    [1, 0, 0],
    [0.5, 1, 0],
    [0.25, 7 / 6, 1],
  ]);

  test("PA = LU", () => {
    const matrix = plain([
      [4, 3],
      [8, 2],
    ]);
    const [unit, U] = [
      plain([
        [1, 0],
        [0.5, 1],
      ]),
      plain([
        [8, 2],
        [0, 2],
      ]),
    ];
    expect(luResidual(matrix, [1, 0], unit, U)).toBe(0);
    expect(luResidual(matrix, [0, 1], unit, U)).toBeGreaterThan(1e14);
    expect(
      luResidual(
        matrix,
        [1, 0],
        unit,
        changed(U, 3, (x) => x * (1 + 16 * EPSILON)),
      ),
    ).toBeCloseTo(32 / 24, 10);
  });

  test("products, Cholesky and QR", () => {
    expect(
      productResidual(
        plain([
          [5, 6],
          [7, 8],
        ]),
        plain([
          [1, 0],
          [0, 1],
        ]),
        plain([
          [5, 6],
          [7, 8],
        ]),
      ),
    ).toBe(0);
    expect(
      choleskyResidual(
        plain([
          [4, 2],
          [2, 5],
        ]),
        plain([
          [2, 0],
          [1, 2],
        ]),
      ),
    ).toBe(0);
    expect(
      choleskyResidual(
        plain([
          [4, 2],
          [2, 5.001],
        ]),
        plain([
          [2, 0],
          [1, 2],
        ]),
      ),
    ).toBeGreaterThan(1e10);
    const [Q, R] = [
      plain([
        [0, 1],
        [1, 0],
      ]),
      plain([
        [3, 4],
        [0, 5],
      ]),
    ];
    expect(
      qrResidual(
        plain([
          [0, 5],
          [3, 4],
        ]),
        Q,
        R,
      ),
    ).toBe(0);
    expect(
      qrResidual(
        plain([
          [5, 0],
          [4, 3],
        ]),
        Q,
        R,
        [1, 0],
      ),
    ).toBe(0);
    expect(
      qrResidual(
        plain([
          [5, 0],
          [4, 3],
        ]),
        Q,
        R,
      ),
    ).toBeGreaterThan(1e14);
    expect(productResidual(A, L, L)).toBeGreaterThan(1e14);
  });

  test("eigenvalues", () => {
    const S = plain([
      [1, 2],
      [2, 1],
    ]);
    const r = Math.SQRT1_2;
    const V = plain([
      [r, r],
      [-r, r],
    ]);
    expect(eigenResidual(S, Float64Array.of(-1, 3), V)).toBeLessThan(1);
    expect(eigenResidual(S, Float64Array.of(-1, 3 + 100 * EPSILON), V)).toBeGreaterThan(10);
    expect(eigenResidual(S, Float64Array.of(3, -1), V)).toBeGreaterThan(1e14);
  });

  test("linear systems: backward error, inverse, least squares", () => {
    const x = plain([[1], [2], [-1]]);
    const b = plain([[8], [9], [8]]);
    expect(solveResidual(A, x, b)).toBe(0);
    expect(
      solveResidual(
        A,
        changed(x, 0, (v) => v + 1e3 * EPSILON),
        b,
      ),
    ).toBeGreaterThan(50);
    expect(solveResidual(scaled(A, 2 ** 1019), x, scaled(b, 2 ** 1018))).toBeGreaterThan(1e14);
    expect(solveResidual(scaled(A, 2 ** 1019), scaled(x, 2 ** -40), scaled(b, 2 ** 979))).toBe(0);
    expect(
      inverseResidual(
        plain([
          [2, 1],
          [1, 1],
        ]),
        plain([
          [1, -1],
          [-1, 2],
        ]),
      ),
    ).toBe(0);
    expect(
      inverseResidual(
        plain([
          [2, 1],
          [1, 1],
        ]),
        plain([
          [1, -1],
          [-1, 2.001],
        ]),
      ),
    ).toBeGreaterThan(1e10);
    const tall = plain([
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    const y = plain([[6], [0], [0]]);
    expect(leastSquaresResidual(tall, plain([[5], [-3]]), y)).toBe(0);
    expect(leastSquaresResidual(tall, plain([[5], [-3 + 1e-9]]), y)).toBeGreaterThan(1e4);
  });
});

describe("values", () => {
  test("order", () => {
    expect(order(Float64Array.of(3, 3, 1, 0))).toBe(0);
    expect(order([])).toBe(0);
    for (const s of [
      [1, 2],
      [1, -1e-300],
      [1, -0],
      [NaN, 1],
      [1, NaN],
      [Infinity, 1],
    ])
      expect(order(s)).toBe(Infinity);
    expect(ascending([-1, 0, 0, 2])).toBe(0);
    for (const w of [
      [1, 0],
      [0, NaN],
      [-Infinity, 0],
    ])
      expect(ascending(w)).toBe(Infinity);
  });

  test("absolute and relative error, in ulps of one", () => {
    const reference = Float64Array.of(4, 1e-10);
    const s = Float64Array.of(4, 1e-10 * (1 + 100 * EPSILON));
    expect(relativeRatio(s, reference)).toBeGreaterThan(99);
    expect(relativeRatio(s, reference)).toBeLessThan(101);
    expect(absoluteRatio(s, reference)).toBeLessThan(1e-8);
    expect(relativeRatio(Float32Array.of(1 + 2 ** -23), [1])).toBe(1);
    expect(relativeRatio([2 ** -1074], [2 ** -1073])).toBe(1);
    expect(relativeRatio([1], [1, 0])).toBe(Infinity);
    expect(relativeRatio([NaN, 1], [1, 1])).toBe(Infinity);
    expect(relativeRatio([0], [1e-300])).toBeGreaterThan(0.99 / EPSILON);
    expect(relativeRatio([1e-300], [0])).toBeGreaterThan(1e20);
    expect(absoluteRatio([Infinity], [Infinity])).toBe(0);
  });

  test("Sturm counts of a bidiagonal with known values", () => {
    // d = 1, e = 1, order n: σ = 2·cos(kπ/(2n + 1)), k = 1 … n.
    const n = 12;
    const [d, e] = [new Float64Array(n).fill(1), new Float64Array(n - 1).fill(1)];
    const s = Float64Array.from({ length: n }, (_, k) => 2 * Math.cos(((k + 1) * Math.PI) / (2 * n + 1)));
    s.forEach((sigma, i) => {
      expect(sturmCount(d, e, sigma * (1 - 1e-12))).toBe(i + 1);
      expect(sturmCount(d, e, sigma * (1 + 1e-12))).toBe(i);
    });
    expect(sturmCount(d, e, 0)).toBe(n);
    expect(sturmRatio(d, e, s)).toBeLessThanOrEqual(2);
    expect(sturmRatio(d, e, s.with(n - 1, s[n - 1] * (1 + 1e-10)))).toBeGreaterThan(1e4);
    expect(sturmRatio(d, e, s.with(3, s[3] * 2))).toBe(Infinity);
    expect(sturmRatio(d, e, s.slice(1))).toBe(Infinity);
    expect(sturmRatio(d, e, s.with(0, NaN))).toBe(Infinity);
  });

  test("Sturm ratio of graded, split, zero and extreme diagonals", () => {
    const graded = Float64Array.from({ length: 10 }, (_, i) => 10 ** (-15 * i));
    expect(sturmRatio(graded, new Float64Array(9), graded)).toBeLessThanOrEqual(1 / 4);
    expect(sturmRatio([3, 0, 2], [0, 0], [3, 2, 0])).toBeLessThanOrEqual(1 / 4);
    expect(sturmRatio([3, 0, 2], [0, 0], [3, 2, 1e-17])).toBe(Infinity);
    for (const factor of [2 ** -1040, 2 ** 1020])
      expect(sturmRatio([3 * factor, factor], [0], [3 * factor, factor])).toBeLessThanOrEqual(1 / 4);
    expect(PRECISION.f64.tiny).toBeGreaterThan(0);
  });
});

test("Measured keeps the worst and the median by row and column", () => {
  const collected = new Measured("title");
  for (const ratio of [1, 5, 2]) expect(collected.record("random", "back", ratio)).toBe(ratio);
  collected.record("zero", "back", 0);
  collected.record("zero", "orth", Infinity);
  expect(collected.summary("back")).toEqual({ worst: 5, median: 2, count: 4 });
  expect(collected.summary("none")).toEqual({ worst: 0, median: 0, count: 0 });
  const lines = collected.table().split("\n");
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^title.*back.*orth$/);
  expect(lines[1]).toContain("5.00 (2.00)");
  expect(lines[2]).toContain("Infinity (Infinity)");
});
