import { expect, test } from "vitest";
import {
  singularValues2x2,
  svd2x2,
  svd2x2Record,
  svd2x2Triangular,
  type Svd2x2,
} from "../../../src/kernels/ref/twoByTwo.ts";

// The oracle is exact: a double is an integer times 2⁻¹⁰⁷⁴, and with A = [a b; c d], N = ‖A‖²_F and D = |det A|,
//   max ± min = √(N ± 2D),   min = D/max,   v₁ ∝ (a² + c² − b² − d² ± √((N + 2D)(N − 2D)), 2(ab + cd)),
// all evaluated in BigInt with GUARD more bits. In the first component of v₁ the sign is chosen so that nothing cancels.

const EPS = 2 ** -53;
const GUARD = 2400n;

const view = new DataView(new ArrayBuffer(8));
/** x·2¹⁰⁷⁴. */
function integer(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 2047n;
  const fraction = bits & ((1n << 52n) - 1n);
  const magnitude = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return bits >> 63n ? -magnitude : magnitude;
}

const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);
const larger = (x: bigint, y: bigint): bigint => (x > y ? x : y);
const bitLength = (x: bigint): number => x.toString(16).length * 4;

function squareRoot(x: bigint): bigint {
  if (x === 0n) return 0n;
  let root = 1n << BigInt(Math.ceil(bitLength(x) / 2) + 1);
  for (;;) {
    const next = (root + x / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** p/q rounded to about 60 bits, for p of any size. */
function ratio(p: bigint, q: bigint): number {
  if (p === 0n) return 0;
  const shift = BigInt(Math.max(0, bitLength(q) - bitLength(p) + 64));
  const quotient = (magnitude(p) << shift) / magnitude(q);
  const drop = BigInt(Math.max(0, bitLength(quotient) - 64));
  return Number(quotient >> drop) * 2 ** Number(drop - shift) * (p < 0n !== q < 0n ? -1 : 1);
}

interface Exact {
  /** max·2¹⁰⁷⁴⁺ᴳ and min·2¹⁰⁷⁴⁺ᴳ. */
  max: bigint;
  min: bigint;
  /** Directions of v₁ and u₁ (not normalised); undefined where max = min. */
  right: [bigint, bigint] | undefined;
  left: [bigint, bigint] | undefined;
}

function direction(p: bigint, q: bigint, root: bigint): [bigint, bigint] | undefined {
  // An eigenvector of the larger eigenvalue of [x y; y z] with p = x − z and q = 2y, scaled by 2^GUARD as root is.
  if (root === 0n) return undefined;
  const [P, Q] = [p << GUARD, q << GUARD];
  return p >= 0n ? [P + root, Q] : [Q, root - P];
}

function exact(a: number, b: number, c: number, d: number): Exact {
  const [A, B, C, D] = [integer(a), integer(b), integer(c), integer(d)];
  const N = A * A + B * B + C * C + D * D;
  const det = A * D - B * C;
  const plus = squareRoot((N + 2n * magnitude(det)) << (2n * GUARD));
  const minus = squareRoot((N - 2n * magnitude(det)) << (2n * GUARD));
  const max = (plus + minus) / 2n;
  const min = max === 0n ? 0n : (det << (2n * GUARD)) / max;
  const root = (plus * minus) >> GUARD;
  return {
    max,
    min,
    right: direction(A * A + C * C - B * B - D * D, 2n * (A * B + C * D), root),
    left: direction(A * A + B * B - C * C - D * D, 2n * (A * C + B * D), root),
  };
}

/** |computed − exact| in units of EPS·|exact|, or of half a subnormal where that is more. */
function valueError(computed: number, value: bigint): number {
  if (!Number.isFinite(computed)) {
    // Right only where the value itself, rounded, is beyond the largest number.
    const limit = integer(Number.MAX_VALUE) << GUARD;
    return !Number.isNaN(computed) && magnitude(value) > limit - (limit >> 50n) ? 0 : Infinity;
  }
  const difference = magnitude((integer(computed) << GUARD) - value);
  if (difference === 0n) return 0;
  return ratio(difference, larger(magnitude(value) >> 53n, 1n << (GUARD - 1n)));
}

/** How far the rotation (c, s) is from the line through (x, y) in units of EPS: each component relatively. */
function componentError(c: number, s: number, line: [bigint, bigint] | undefined): number {
  if (line === undefined) return 0;
  const [x, y] = line;
  const left = integer(c) * y;
  const right = integer(s) * x;
  const difference = magnitude(left - right);
  // A component that is subnormal may be off by one of its units.
  if (difference <= magnitude(x) + magnitude(y)) return 0;
  return ratio(difference, larger(magnitude(left), magnitude(right))) / EPS;
}

/** The sine of the angle between them, in units of EPS. */
function angleError(c: number, s: number, line: [bigint, bigint] | undefined): number {
  if (line === undefined) return 0;
  const [x, y] = line;
  const difference = magnitude(integer(c) * y - integer(s) * x);
  return ratio(difference, larger(magnitude(x), magnitude(y)) << 1074n) / EPS;
}

const unitError = (c: number, s: number): number => Math.abs(c * c + s * s - 1) / EPS;

/**
 * Of a triangular matrix every component of the vectors is promised relatively; of another one the angle, over the
 * relative distance of the singular values.
 */
function errors(kind: "triangular" | "general", out: Svd2x2, E: Exact): Record<string, number> {
  const gap = E.max === 0n ? 0 : ratio(E.max - magnitude(E.min), E.max);
  const error = (c: number, s: number, line: [bigint, bigint] | undefined): number =>
    kind === "triangular" ? componentError(c, s, line) : gap * angleError(c, s, line);
  return {
    max: valueError(out.max, E.max),
    min: valueError(out.min, E.min),
    left: error(out.cosLeft, out.sinLeft, E.left),
    right: error(out.cosRight, out.sinRight, E.right),
    unit: Math.max(unitError(out.cosLeft, out.sinLeft), unitError(out.cosRight, out.sinRight)),
  };
}

/** Entries of rotation·[a b; c d]·rotation − diag(max, min), signs included, in units of EPS·‖A‖. */
function residual(out: Svd2x2, a: number, b: number, c: number, d: number): number {
  if (out.max === Infinity) return 0;
  const largest = Math.max(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d));
  if (largest === 0) return Math.abs(out.max) + Math.abs(out.min);
  const up = largest < 1 ? 2 ** 1000 : 1; // subnormals are divided as normal numbers
  const [A, B, C, D, max, min] = [a, b, c, d, out.max, out.min].map((x) => (x * up) / (largest * up));
  const { cosLeft: cl, sinLeft: sl, cosRight: cr, sinRight: sr } = out;
  const [p, q, r, s] = [cl * A + sl * C, cl * B + sl * D, cl * C - sl * A, cl * D - sl * B];
  const off = [p * cr + q * sr - max, q * cr - p * sr, r * cr + s * sr, s * cr - r * sr - min];
  return (Math.max(...off.map(Math.abs)) - 2 ** -1074 / largest) / EPS;
}

const out = svd2x2Record();
const values = svd2x2Record();

// In units of 2⁻⁵³: observed are 3.5 for values, 5 for vectors, 8 for lengths, 10 for entries of the residual.
const LIMIT = 12;

/** Checks every matrix through all functions that take it; returns how many there were. */
function check(matrices: Iterable<[number, number, number, number]>): number {
  let count = 0;
  for (const [a, b, c, d] of matrices) {
    const E = exact(a, b, c, d);
    const checkOut = (kind: "triangular" | "general"): void => {
      const found = { ...errors(kind, out, E), residual: residual(out, a, b, c, d) };
      for (const [name, error] of Object.entries(found)) {
        if (!(error <= LIMIT)) expect.fail(`${kind} [${a} ${b}; ${c} ${d}]: ${name} is ${error} units off`);
      }
    };
    if (c === 0) {
      svd2x2Triangular(a, b, d, out);
      checkOut("triangular");
      singularValues2x2(a, b, d, values);
      if (values.max !== out.max || values.min !== Math.abs(out.min)) {
        expect.fail(
          `[${a} ${b}; 0 ${d}]: values alone ${values.max}, ${values.min}, with vectors ${out.max}, ${out.min}`,
        );
      }
    }
    svd2x2(a, b, c, d, out);
    checkOut("general");
    count++;
  }
  return count;
}

function* grid(entries: readonly number[]): Iterable<[number, number, number, number]> {
  for (const a of entries)
    for (const b of entries) for (const c of entries) for (const d of entries) yield [a, b, c, d];
}

/** Seeded numbers in [0, 1). */
function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function* wide(count: number, exponents: number, triangular: boolean): Iterable<[number, number, number, number]> {
  const next = random(exponents);
  const entry = (): number => (next() * 2 - 1) * 2 ** Math.floor((next() - 0.5) * exponents);
  for (let i = 0; i < count; i++) yield [entry(), entry(), triangular ? 0 : entry(), entry()];
}

/** Matrices whose determinant, or whose off-diagonal product of columns, cancels to a few bits or to nothing. */
function* cancelling(count: number): Iterable<[number, number, number, number]> {
  const next = random(5);
  for (let i = 0; i < count; i++) {
    const [x, y, z] = [next(), next() - 0.5, 2 ** Math.floor(40 * (next() - 0.5))];
    const nudge = 1 + Math.floor(4 * next()) * 2 ** -52;
    yield [x, y, x * z, y * z * nudge];
    yield [x, y, -y * nudge, x];
    yield [x, y, y, -x * nudge];
    yield [x, x * nudge, y, -y];
  }
}

test("SVD-4 2 × 2: all 81 of {0, ±1}", () => {
  expect(check(grid([0, 1, -1]))).toBe(81);
});

test("SVD-4 2 × 2: all 9⁴ of {0, ±1, ±5.6e-313, ±4.9e-324, ±4.9e-223}", () => {
  const entries = [0, 1, -1, 5.6e-313, -5.6e-313, 4.9e-324, -4.9e-324, 4.9e-223, -4.9e-223];
  expect(check(grid(entries))).toBe(9 ** 4);
});

test("SVD-4 2 × 2: all 5⁴ near overflow and 0", () => {
  expect(check(grid([0, 1e307, -1.7e308, 1.7e308, 1e300]))).toBe(5 ** 4);
});

test("SVD-4 2 × 2: cancelling determinants and columns", () => {
  expect(check(cancelling(500))).toBe(2000);
});

for (const exponents of [4, 60, 300, 1000, 2040]) {
  test(`SVD-4 2 × 2 triangular, exponents over ${exponents} powers of two`, () => {
    expect(check(wide(1000, exponents, true))).toBe(1000);
  });
}
for (const exponents of [4, 60, 300, 990]) {
  test(`SVD-4 2 × 2 general, exponents over ${exponents} powers of two`, () => {
    expect(check(wide(1000, exponents, false))).toBe(1000);
  });
}

test("SVD-4 2 × 2: powers of two pass through, values alone change", () => {
  for (const [a, b, c, d] of wide(200, 40, false)) {
    svd2x2(a, b, c, d, out);
    const before = { ...out };
    for (const power of [-900, -300, 1, 300, 900]) {
      const by = 2 ** power;
      svd2x2(a * by, b * by, c * by, d * by, out);
      expect(out).toEqual({ ...before, max: before.max * by, min: before.min * by });
    }
  }
});

test("SVD-4 2 × 2: the determinant is the product, its sign that of min", () => {
  for (const [f, g, h] of [
    [2, 1, 1],
    [-2, 1, 1],
    [1, -3, -2],
    [-1, 5, -7],
  ]) {
    svd2x2Triangular(f, g, h, out);
    expect(out.max * out.min).toBeCloseTo(f * h, 13);
    expect(out.max).toBeGreaterThanOrEqual(Math.abs(out.min));
  }
});
