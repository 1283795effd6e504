import { eigenResidual, orthogonality, symmetricGallery } from "@eckart/testing";
import { afterEach, expect, test, vi } from "vitest";
import { ConvergenceError, eigh, eigvalsh } from "../../src/index.ts";

// No known matrix makes either method fail, so failures are planted: divide and conquer as a whole, implicit QL on what is
// larger than a leaf of divide and conquer, and what finds eigenvalues alone.

const broken = vi.hoisted(() => ({ divide: false, ql: false }));
const failure = { converged: false, iterations: 7, residual: 0.25 };

vi.mock(import("../../src/linalg/eigh/divideAndConquer.ts"), async (original) => {
  const real = await original();
  return { ...real, divideAndConquer: (...args) => (broken.divide ? failure : real.divideAndConquer(...args)) };
});
vi.mock(import("../../src/linalg/eigh/implicitQl.ts"), async (original) => {
  const real = await original();
  return {
    ...real,
    implicitQl: (...args) => (broken.ql && args[1] > 25 ? failure : real.implicitQl(...args)),
  };
});

vi.mock(import("../../src/linalg/eigh/values.ts"), async (original) => {
  const real = await original();
  return { ...real, eigenvalues: (...args) => (broken.ql ? failure : real.eigenvalues(...args)) };
});

afterEach(() => Object.assign(broken, { divide: false, ql: false }));

const S = [...symmetricGallery(40, 1)].find(({ family }) => family === "gaussian")!;
const METHODS = ["auto", "ql", "divide-and-conquer"] as const;

test("EIG-7 when divide and conquer fails, QL follows, and info says so", () => {
  const values = eigvalsh(S);
  broken.divide = true;
  for (const method of METHODS) {
    const { w, V, info } = eigh(S, { method });
    expect(info).toMatchObject({ method: "ql", converged: true, residual: 0 });
    expect(eigenResidual(S, w, V)).toBeLessThan(2);
    expect(orthogonality(V)).toBeLessThan(3.5);
    const error = Math.max(...w.map((x, i) => Math.abs(x - values[i]))) / (2 ** -52 * Math.max(...w.map(Math.abs)));
    expect(error).toBeLessThan(40);
  }
});

test("EIG-7 when QL fails, divide and conquer follows, without vectors too", () => {
  const { w } = eigh(S, { method: "divide-and-conquer" });
  broken.ql = true;
  for (const method of METHODS) {
    const answer = eigh(S, { method });
    expect(answer.info).toMatchObject({ method: "divide-and-conquer", converged: true });
    expect(answer.w).toEqual(w);
    expect(eigvalsh(S, { method })).toEqual(w);
  }
});

test("EIG-7 when both fail, the error says how far they came", () => {
  Object.assign(broken, { divide: true, ql: true });
  for (const decompose of [eigh, eigvalsh]) {
    expect(() => decompose(S)).toThrow(ConvergenceError);
    expect(() => decompose(S)).toThrow(expect.objectContaining({ iterations: 14, residual: 0.25 }));
  }
});
