import { afterEach, expect, test, vi } from "vitest";
import { ConvergenceError, eig, eigvals, Matrix } from "../../../src/index.ts";
import { rightRatio } from "./measures.ts";

// No known matrix makes either method fail, so failures are planted in the methods as the driver sees them, and in the
// windows of early deflation.

const broken = vi.hoisted(() => ({ double: false, many: false, windows: false }));
const failure = { converged: false, iterations: 7, residual: 0.25 };

vi.mock(import("../../../src/linalg/eig/doubleShift.ts"), async (original) => {
  const real = await original();
  return {
    ...real,
    doubleShift: (...args) =>
      (broken.double && args[1].n === 40) || (broken.windows && args[1].n < 40) ? failure : real.doubleShift(...args),
  };
});
vi.mock(import("../../../src/linalg/eig/multishift.ts"), async (original) => {
  const real = await original();
  return { ...real, multishift: (...args) => (broken.many ? failure : real.multishift(...args)) };
});

afterEach(() => Object.assign(broken, { double: false, many: false, windows: false }));

const A = Matrix.wrap(
  Float64Array.from({ length: 1600 }, (_, i) => Math.sin(i * i)),
  [40, 40],
);

test("GEN-8 where one method fails, the other answers, and info says so", () => {
  const { w } = eig(A);
  for (const [fault, asked, answered] of [
    ["double", "double-shift", "multishift"],
    ["many", "multishift", "double-shift"],
  ] as const) {
    Object.assign(broken, { double: false, many: false, [fault]: true });
    const F = eig(A, { method: asked });
    expect(F.info).toMatchObject({ method: answered, converged: true });
    expect(rightRatio(A, F.w, F.V)).toBeLessThan(2);
    for (let j = 0; j < 40; j++) {
      expect(Math.min(...[...w].map((z) => Math.hypot(z.re - F.w.re[j], z.im - F.w.im[j])))).toBeLessThan(1e-12);
    }
    expect(eigvals(A, { method: asked }).length).toBe(40);
  }
});

test("GEN-8 many shifts converge, slowly, where no window of early deflation does", () => {
  broken.windows = true;
  const F = eig(A, { method: "multishift" });
  expect(rightRatio(A, F.w, F.V)).toBeLessThan(4);
});

test("GEN-8 where both fail, the error says how far they came", () => {
  Object.assign(broken, { double: true, many: true });
  for (const f of [eig, eigvals]) {
    expect(() => f(A)).toThrow(ConvergenceError);
    expect(() => f(A)).toThrow(expect.objectContaining({ iterations: 14, residual: 0.25 }));
  }
});
