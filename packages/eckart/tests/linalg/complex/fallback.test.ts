import { absoluteRatio } from "@eckart/testing";
import { ConvergenceError, eigh, eigvalsh, svd, svdvals } from "eckart";
import { afterEach, expect, test, vi } from "vitest";
import { gaussian, hermitianGallery } from "./gallery.ts";
import { complexResidual, hermitianResidual } from "./measures.ts";

// No known matrix makes a method fail, so failures are planted in the real solvers: in divide and conquer as a whole,
// in the iterations on what is larger than a leaf of it, and in what finds values alone.

const broken = vi.hoisted(() => ({ divide: false, iteration: false, values: false }));
const failure = { converged: false, iterations: 7, residual: 0.25 };

vi.mock(import("../../../src/linalg/svd/divideAndConquer.ts"), async (original) => {
  const real = await original();
  return { ...real, divideAndConquer: (...args) => (broken.divide ? failure : real.divideAndConquer(...args)) };
});
vi.mock(import("../../../src/linalg/svd/golubKahan.ts"), async (original) => {
  const real = await original();
  return { ...real, golubKahan: (...args) => (broken.iteration && args[1] > 25 ? failure : real.golubKahan(...args)) };
});
vi.mock(import("../../../src/linalg/svd/values.ts"), async (original) => {
  const real = await original();
  return { ...real, singularValues: (...args) => (broken.values ? failure : real.singularValues(...args)) };
});
vi.mock(import("../../../src/linalg/eigh/divideAndConquer.ts"), async (original) => {
  const real = await original();
  return { ...real, divideAndConquer: (...args) => (broken.divide ? failure : real.divideAndConquer(...args)) };
});
vi.mock(import("../../../src/linalg/eigh/implicitQl.ts"), async (original) => {
  const real = await original();
  return { ...real, implicitQl: (...args) => (broken.iteration && args[1] > 25 ? failure : real.implicitQl(...args)) };
});
vi.mock(import("../../../src/linalg/eigh/values.ts"), async (original) => {
  const real = await original();
  return { ...real, eigenvalues: (...args) => (broken.values ? failure : real.eigenvalues(...args)) };
});

afterEach(() => Object.assign(broken, { divide: false, iteration: false, values: false }));

const A = gaussian(44, 40, 2);
const [{ A: S }] = hermitianGallery(40, "f64");

test("CPX-1 when a method fails the other follows, and info says so", () => {
  const values = svdvals(A);
  for (const [fault, method] of [
    ["divide", "golub-kahan"],
    ["iteration", "divide-and-conquer"],
  ] as const) {
    Object.assign(broken, { divide: false, iteration: false, [fault]: true });
    for (const asked of ["auto", "golub-kahan", "divide-and-conquer"] as const) {
      const { U, s, Vh, info } = svd(A, { method: asked });
      expect(info).toMatchObject({ method, converged: true });
      expect(complexResidual(A, U, s, Vh)).toBeLessThan(2);
      expect(absoluteRatio(svdvals(A, { method: asked }), values)).toBeLessThan(30);
    }
  }
});

test("CPX-8 when a method fails the other follows, and info says so", () => {
  const values = eigvalsh(S);
  for (const [fault, method] of [
    ["divide", "ql"],
    ["iteration", "divide-and-conquer"],
  ] as const) {
    Object.assign(broken, { divide: false, iteration: false, [fault]: true });
    for (const asked of ["auto", "ql", "divide-and-conquer"] as const) {
      const { w, V, info } = eigh(S, { method: asked });
      expect(info).toMatchObject({ method, converged: true });
      expect(hermitianResidual(S, w, V)).toBeLessThan(2);
      expect(absoluteRatio(eigvalsh(S, { method: asked }), values)).toBeLessThan(30);
    }
  }
});

test("CPX-1 when every method fails the error says how far they came", () => {
  Object.assign(broken, { divide: true, iteration: true, values: true });
  for (const decompose of [() => svd(A), () => svdvals(A), () => eigh(S), () => eigvalsh(S)]) {
    expect(decompose).toThrow(ConvergenceError);
    expect(decompose).toThrow(expect.objectContaining({ iterations: 14, residual: 0.25 }));
  }
});
