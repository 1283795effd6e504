import { expect, test } from "vitest";
import { gallery, layouts, Random } from "@eckart/testing";
import { NonFiniteError, OptionError, ShapeError } from "../../src/errors.ts";
import { cond } from "../../src/linalg/norm/cond.ts";
import { norm } from "../../src/linalg/norm/norm.ts";
import { inv } from "../../src/linalg/solve/inv.ts";
import { Matrix } from "../../src/matrix/matrix.ts";

const KINDS = ["fro", 1, 2, Infinity, "max", "nuc"] as const;
const A = [
  [3, 0, -4],
  [1, -2, 2],
];

test("LIN-9 norms of a small matrix, by hand", () => {
  expect(norm(A)).toBeCloseTo(Math.sqrt(34), 14);
  expect(norm(A, "fro")).toBe(norm(A));
  expect(norm(A, 1)).toBe(6);
  expect(norm(A, Infinity)).toBe(7);
  expect(norm(A, "max")).toBe(4);
  // AAᵀ = [[25, −5], [−5, 9]]: σ² = 17 ± √89
  const [s1, s2] = [Math.sqrt(17 + Math.sqrt(89)), Math.sqrt(17 - Math.sqrt(89))];
  expect(norm(A, 2)).toBeCloseTo(s1, 14);
  expect(norm(A, "nuc")).toBeCloseTo(s1 + s2, 14);
});

test("LIN-9 norms of vectors: 1, 2 and ∞ are their own", () => {
  for (const x of [[3, 0, -4], new Float64Array([3, 0, -4]), { data: [3, 0, -4], shape: [3] }]) {
    expect(norm(x, 1)).toBe(7);
    expect(norm(x, 2)).toBe(5);
    expect(norm(x)).toBe(5);
    expect(norm(x, "nuc")).toBe(5);
    expect(norm(x, Infinity)).toBe(4);
  }
});

test("LIN-9 no norm overflows or underflows on the way, and all are exact under powers of two", () => {
  for (const kind of KINDS) {
    const base = norm(A, kind);
    for (const power of [2 ** -1060, 2 ** -600, 2 ** 600, 2 ** 1018]) {
      const scaled = norm(A.map((row) => row.map((x) => x * power)), kind); // oxfmt-ignore
      if (power > 2 ** -1000) expect(scaled, `${kind}, ${power}`).toBe(base * power);
      else expect(scaled / power / base, `${kind}, ${power}`).toBeCloseTo(1, 2);
    }
    expect(norm([[1e308], [1e308]], kind) / 1e308).toBeCloseTo(
      kind === 1 ? Infinity : Math.min(norm([[1], [1]], kind)),
      12,
    );
    expect(norm([], kind)).toBe(0);
    expect(norm(Matrix.zeros(0, 3), kind)).toBe(0);
  }
});

test("LIN-9 norms obey their inequalities over the gallery, in every layout", () => {
  for (const dtype of ["f64", "f32"] as const) {
    for (const M of gallery(6, 4, 3, dtype)) {
      const n = Object.fromEntries(KINDS.map((kind) => [kind, norm(M, kind)]));
      const slack = 1 + 1e-5;
      expect(n.max, M.name).toBeLessThanOrEqual(n[2] * slack);
      expect(n[2], M.name).toBeLessThanOrEqual(n.fro * slack);
      expect(n.fro, M.name).toBeLessThanOrEqual(n.nuc * slack);
      expect(Math.sqrt(n[2]), M.name).toBeLessThanOrEqual(
        Math.sqrt(Math.sqrt(n[1])) * Math.sqrt(Math.sqrt(n.Infinity)) * slack,
      );
      for (const view of layouts(M)) expect(norm(view), `${M.name} ${view.layout}`).toBe(n.fro);
    }
  }
});

test("LIN-9 cond by hand, in every norm", () => {
  expect(cond(Matrix.diagonal([1, 0.01]))).toBeCloseTo(100, 12);
  expect(cond([[1, 0], [0, 1], [0, 0]])).toBe(1); // oxfmt-ignore
  const L = [[2, 1], [0.5, 1.5]]; // oxfmt-ignore
  for (const kind of [1, Infinity, "fro"] as const) {
    expect(cond(L, kind)).toBeCloseTo(norm(L, kind) * norm(inv(L), kind), 13);
  }
  expect(cond([])).toBe(0);
  expect(cond(Matrix.zeros(3, 2))).toBe(Infinity);
  for (const kind of [1, 2, Infinity, "fro"] as const) {
    expect(cond([[1, 2], [2, 4]], kind)).toBe(kind === 2 ? cond([[1, 2], [2, 4]]) : Infinity); // oxfmt-ignore
    expect(cond([[1, 2], [2, 4]], kind)).toBeGreaterThan(1e15); // oxfmt-ignore
    expect(cond(Matrix.identity(3), kind)).toBeCloseTo(kind === "fro" ? 3 : 1, 14);
  }
});

test("LIN-9 cond is unchanged by powers of two, and a number where inv refuses", () => {
  const random = new Random(4);
  const M = Matrix.from(Array.from({ length: 5 }, () => Array.from({ length: 5 }, () => random.gaussian())));
  for (const kind of [1, 2, Infinity, "fro"] as const) {
    for (const power of [2 ** -1000, 2 ** 1000]) {
      expect(cond({ data: M.data.map((x) => x * power), shape: [5, 5] }, kind)).toBe(cond(M, kind));
    }
  }
  const hilbert = Array.from({ length: 14 }, (_, i) => Array.from({ length: 14 }, (__, j) => 1 / (i + j + 1)));
  for (const kind of [1, Infinity, "fro"] as const) {
    expect(cond(hilbert, kind)).toBeGreaterThan(1e16);
    expect(cond(hilbert, kind)).toBeLessThan(Infinity);
  }
});

test("LIN-9 wrong kinds, shapes and entries are refused", () => {
  expect(() => norm(A, 3)).toThrow(OptionError);
  expect(() => norm([[NaN]])).toThrow(NonFiniteError);
  expect(() => cond([[Infinity]])).toThrow(NonFiniteError);
  expect(() => cond(A, 1)).toThrow(ShapeError);
  expect(() => cond(A, 3)).toThrow(OptionError);
});
