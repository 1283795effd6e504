import { gallery, luResidual, Measured, Random, shapes, type Dtype, type GalleryMatrix } from "@eckart/testing";
import { afterAll, describe, expect, test } from "vitest";
import { withBackend } from "../../src/kernels/load.ts";
import { det, slogdet } from "../../src/linalg/lu/determinant.ts";
import { lu } from "../../src/linalg/lu/lu.ts";
import { withTuning } from "../../src/linalg/tuning.ts";
import { Matrix } from "../../src/matrix/matrix.ts";
import { multiply } from "../../src/matrix/product.ts";

// Triangular solves go by halves down to a panel: of 3 columns in the first pass, so that small matrices take every
// path of the recursion, and of 48 in the second.
const PASSES = [
  { backend: "wasm", panel: 3, sizes: shapes([3, 8, 16]) },
  { backend: "wasm", panel: 48, sizes: [[49, 49], [97, 60], [60, 97]] }, // oxfmt-ignore
  { backend: "typescript", panel: 3, sizes: shapes([3, 8]) },
  { backend: "typescript", panel: 48, sizes: [[49, 49]] },
] as const;
const measured = new Measured("lu");
afterAll(() => console.log(measured.table()));

for (const dtype of ["f64", "f32"] as const) {
  for (const { backend, panel, sizes } of PASSES) {
    test(`LIN-1 lu, panels of ${panel}, ${dtype}, ${backend}`, () => {
      withBackend(backend, () =>
        withTuning({ panel }, () => {
          for (const [m, n] of sizes) for (const A of gallery(m, n, 11, dtype)) expectLu(A);
        }),
      );
    });
  }
}

function expectLu(A: GalleryMatrix): void {
  const before = A.data.slice();
  const { L, U, p, sign } = lu(A);
  const k = Math.min(A.rows, A.cols);
  expect(L.shape, A.name).toEqual([A.rows, k]);
  expect(U.shape, A.name).toEqual([k, A.cols]);
  expect(A.data, A.name).toEqual(before);
  expect(measured.record(A.family, "residual", luResidual(A, p, L, U)), A.name).toBeLessThan(5);
  for (let i = 0; i < L.rows; i++) {
    for (let j = 0; j < k; j++) {
      const l = L.at(i, j);
      if (j > i ? l !== 0 : j === i ? l !== 1 : !(Math.abs(l) <= 1)) expect.fail(`${A.name}: L(${i}, ${j}) = ${l}`);
    }
  }
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) if (U.at(i, j) !== 0) expect.fail(`${A.name}: U(${i}, ${j})`);
  expect(sign, A.name).toBe(parity(p));
}

/** The sign of a permutation by its cycles. */
function parity(p: Int32Array): number {
  const seen = new Uint8Array(p.length);
  let sign = 1;
  for (let i = 0; i < p.length; i++) {
    for (let j = p[i], length = 1; !seen[i] && j !== i && length <= p.length; j = p[j], length++) {
      seen[j] = 1;
      sign = -sign;
    }
  }
  return sign;
}

test("LIN-1 P, L and U multiply to A, and P is made of p", () => {
  const A = Matrix.from([
    [0, 2, 1],
    [4, 4, 0],
    [2, 8, 8],
  ]);
  const { P, L, U, p } = lu(A);
  expect(multiply(P, A).toArray()).toEqual(multiply(L, U).toArray());
  expect([...p]).toEqual([1, 2, 0]);
  expect(P.toArray()).toEqual([
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ]);
});

test("LIN-1 lu is unchanged by powers of two and by a permutation of rows", () => {
  const random = new Random(3);
  const A = Matrix.from(Array.from({ length: 20 }, () => Array.from({ length: 20 }, () => random.gaussian())));
  const base = lu(A);
  for (const power of [2 ** -900, 2 ** 40, 2 ** 990]) {
    const F = lu({ data: A.data.map((x) => x * power), shape: A.shape });
    expect(F.L.data).toEqual(base.L.data);
    expect(F.U.data).toEqual(base.U.data.map((x) => x * power));
  }
  const reversed = lu({ data: A.data, shape: [20, 20], strides: [-20, 1], offset: 380 });
  expect(reversed.U.data).toEqual(base.U.data);
  expect([...reversed.p]).toEqual([...base.p].map((row) => 19 - row));
});

describe("determinants", () => {
  const DTYPES: Dtype[] = ["f64", "f32"];

  test("LIN-9 known ones", () => {
    expect(det([[2, 1], [0.5, 1.5]])).toBe(2.5); // oxfmt-ignore
    expect(det([[1, 2], [3, 4]])).toBe(-2); // oxfmt-ignore
    expect(det([[1, 2], [2, 4]])).toBe(0); // oxfmt-ignore
    expect(det([])).toBe(1);
    expect(det([[-3]])).toBe(-3);
    expect(det([[0, 1, 0], [0, 0, 1], [1, 0, 0]])).toBe(1); // oxfmt-ignore
    expect(det([[2, 0, 0], [0, 0, 1], [0, 1, 0]])).toBe(-2); // oxfmt-ignore
    expect(slogdet([])).toEqual({ sign: 1, logabsdet: 0 });
    expect(slogdet([[0, 0], [0, 1]])).toEqual({ sign: 0, logabsdet: -Infinity }); // oxfmt-ignore
  });

  test("LIN-9 a 2 × 2 determinant is right where ad and bc agree to the last bit", () => {
    // (2⁵⁰+1)² − (2⁵⁰)(2⁵⁰+2) = 1, lost by plain products
    expect(det([[2 ** 50 + 1, 2 ** 50], [2 ** 50 + 2, 2 ** 50 + 1]])).toBe(1); // oxfmt-ignore
    for (const exponent of [-1060, -300, 300, 970]) {
      const unit = 2 ** exponent;
      expect(slogdet([[3 * unit, unit], [unit, unit]]).logabsdet).toBeCloseTo(Math.LN2 * (1 + 2 * exponent), 10); // oxfmt-ignore
    }
  });

  test("LIN-9 rows and columns of any size: no overflow or underflow on the way", () => {
    expect(det([[1e300, 0], [0, 1e-300]])).toBeCloseTo(1, 14); // oxfmt-ignore
    expect(det([[1e300, 1e-300], [1e300, -1e-300]]) / -2).toBeCloseTo(1, 14); // oxfmt-ignore
    expect(det(Matrix.diagonal([1e200, 1e200, 1e-200, 1e-200, 3])) / 3).toBeCloseTo(1, 14);
    expect(det(Matrix.diagonal([1e-320, 1e308, 4])) / 4e-12).toBeCloseTo(1, 2);
    expect(det(Matrix.diagonal(new Array(200).fill(1e10)))).toBe(Infinity);
    expect(det(Matrix.diagonal(new Array(200).fill(-1e-10)))).toBe(0);
    const S = slogdet(Matrix.diagonal(new Array(201).fill(-1e10)));
    expect(S.sign).toBe(-1);
    expect(S.logabsdet / (201 * 10 * Math.LN10)).toBeCloseTo(1, 14);
  });

  for (const dtype of DTYPES) {
    test(`LIN-9 det(AB) = det A · det B and det Aᵀ = det A, ${dtype}`, () => {
      const eps = dtype === "f64" ? 2 ** -52 : 2 ** -23;
      for (const n of [1, 2, 3, 5, 9, 20, 50]) {
        const random = new Random(n);
        const draw = (): Matrix =>
          Matrix.from(
            Array.from({ length: n }, (_, i) =>
              Array.from({ length: n }, (__, j) => random.gaussian() + (i === j ? 3 * n : 0)),
            ),
            { dtype },
          );
        const [A, B] = [draw(), draw()];
        const [a, b, ab] = [slogdet(A), slogdet(B), slogdet(multiply(A, B))];
        expect(ab.sign).toBe(a.sign * b.sign);
        expect(
          Math.abs(ab.logabsdet - a.logabsdet - b.logabsdet) / (n * eps * Math.max(1, Math.abs(ab.logabsdet))),
          `n = ${n}`,
        ).toBeLessThan(20);
        expect(
          Math.abs(slogdet(A.T).logabsdet - a.logabsdet) / (n * eps * Math.max(1, Math.abs(a.logabsdet))),
          `n = ${n}`,
        ).toBeLessThan(20);
      }
    });
  }
});
