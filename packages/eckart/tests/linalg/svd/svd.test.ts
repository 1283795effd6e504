import { expect, expectTypeOf, test } from "vitest";
import {
  accuracy,
  type FloatArray,
  format,
  Matrix,
  multiply,
  NonFiniteError,
  norm,
  OptionError,
  reconstruct,
  subtract,
  svd,
  svdPlan,
  svdvals,
  truncate,
  zeroThreshold,
} from "eckart";

const A = [
  [3, 2, 2],
  [2, 3, -2],
];

test("SVD-1 the lesson's cell N3, to the printed digit", () => {
  const { U, s, Vt } = svd(A, { full: true });
  expect(format(s.map((x) => Math.round(x * 1e6) / 1e6))).toBe("[5. 3.]");
  expect(U.shape).toEqual([2, 2]);
  expect(Vt.shape).toEqual([3, 3]);
  const Sigma = Matrix.diagonal(s, [2, 3]);
  const error = norm(subtract(A, multiply(multiply(U, Sigma), Vt)), "max");
  // The cell prints 8.9e-16, two units in the last place of 3: rounding noise, which no two programs share.
  expect(error / 2 ** -51).toBeLessThanOrEqual(2);
  const gram = svdvals(multiply(Matrix.from(A).T, A));
  expect(format(gram.slice(0, 2).map((x) => Math.round(x * 1e6) / 1e6))).toBe("[25.  9.]");
  // The direction that is erased: (−2, 2, 1)/3 up to sign.
  const erased = Vt.row(2);
  expect(Math.abs(erased[0] * -2 + erased[1] * 2 + erased[2]) / 3).toBeCloseTo(1, 14);
});

test("SVD-5 shapes: thin by default, square when full, wide and empty ones too", () => {
  for (const [m, n] of [
    [0, 0],
    [0, 3],
    [3, 0],
    [1, 1],
    [4, 2],
    [2, 4],
    [1, 5],
    [5, 1],
  ] as const) {
    const k = Math.min(m, n);
    const M = Matrix.wrap(
      Float64Array.from({ length: m * n }, (_, i) => Math.cos(i + 1)),
      [m, n],
    );
    const thin = svd(M);
    expect([thin.U.shape, thin.s.length, thin.Vt.shape, thin.V.shape]).toEqual([[m, k], k, [k, n], [n, k]]);
    const full = svd(M, { full: true });
    expect([full.U.shape, full.s.length, full.Vt.shape]).toEqual([[m, m], k, [n, n]]);
    expect(accuracy(M, full).orthogonalityU).toBeLessThan(1e-14);
    expect(accuracy(M, full).orthogonalityV).toBeLessThan(1e-14);
    expect(norm(subtract(M, reconstruct(full)))).toBeLessThan(1e-14);
  }
});

test("SVD-2 the zero matrix has zero values and orthonormal vectors", () => {
  const { U, s, Vt } = svd(Matrix.zeros(4, 3), { full: true });
  expect([...s]).toEqual([0, 0, 0]);
  expect(accuracy(Matrix.zeros(4, 3), { U, s, Vt })).toEqual({ backward: 0, orthogonalityU: 0, orthogonalityV: 0 });
});

test("SVD-7 the entry of largest magnitude in every row of Vt is positive, whatever the method", () => {
  const M = Matrix.wrap(
    Float64Array.from({ length: 30 * 30 }, (_, i) => Math.sin(i * i + 1)),
    [30, 30],
  );
  const answers = (["golub-kahan", "divide-and-conquer", "jacobi"] as const).map((method) => svd(M, { method }));
  for (const { Vt, info } of answers)
    for (let i = 0; i < 30; i++) {
      const row = Array.from(Vt.row(i));
      const largest = row.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
      expect(largest, info.method).toBeGreaterThan(0);
    }
  expect(norm(subtract(answers[0].Vt, answers[1].Vt), "max")).toBeLessThan(1e-11);
  expect(norm(subtract(answers[0].Vt, answers[2].Vt), "max")).toBeLessThan(1e-11);
});

test("MAT-2 f32 in, f32 out; integers and nested arrays become f64", () => {
  expect(svd([new Float32Array([1, 2]), new Float32Array([3, 4])]).U.dtype).toBe("f32");
  expect(svd({ data: new Int32Array([1, 2, 3, 4]), shape: [2, 2] }).s).toBeInstanceOf(Float64Array);
  expectTypeOf(svd(A).s).toEqualTypeOf<FloatArray>();
});

test("MAT-3 MAT-5 the input is never written to, and the same input gives the same bits", () => {
  for (const n of [2, 3, 20, 40]) {
    const data = Float64Array.from({ length: n * n }, (_, i) => Math.tan(i));
    const before = data.slice();
    const first = svd({ data, shape: [n, n] });
    const second = svd({ data, shape: [n, n] });
    expect(data).toEqual(before);
    expect(second.U.data).toEqual(first.U.data);
    expect(second.s).toEqual(first.s);
    const columns = Float64Array.from({ length: n * n }, (_, i) => data[(i % n) * n + Math.floor(i / n)]);
    const strided = svd({ data: columns, shape: [n, n], strides: [1, n] });
    expect(strided.Vt.data).toEqual(first.Vt.data);
  }
});

test("SVD-10 multiplying by a power of two multiplies the values and nothing else", () => {
  for (const n of [3, 30]) {
    const M = Matrix.wrap(
      Float64Array.from({ length: n * n }, (_, i) => Math.cos(i * 7)),
      [n, n],
    );
    const plain = svd(M);
    for (const power of [2 ** 40, 2 ** -600, 2 ** 1000]) {
      const scaled = svd(
        Matrix.wrap(
          M.data.map((x) => x * power),
          [n, n],
        ),
      );
      expect(scaled.s).toEqual(plain.s.map((x) => x * power));
      expect(scaled.U.data).toEqual(plain.U.data);
      expect(scaled.Vt.data).toEqual(plain.Vt.data);
    }
  }
});

test("MAT-7 non-finite entries are refused by name and place, from both functions", () => {
  for (const bad of [NaN, Infinity, -Infinity])
    for (const f of [svd, svdvals]) {
      const M = [
        [1, 2, 3],
        [4, 5, bad],
      ];
      expect(() => f(M)).toThrow(NonFiniteError);
      expect(() => f(M)).toThrow(`${f.name}: expected finite entries, got ${bad} at row 1, column 2`);
    }
});

test("MAT-7 unknown options and methods are refused with what is allowed", () => {
  expect(() => svd(A, { ful: true } as object)).toThrow(OptionError);
  expect(() => svd(A, { method: "gram" as "jacobi" })).toThrow(/one of "auto", "divide-and-conquer"/);
  expect(() => svd("3 2; 2 3" as unknown as number[][])).toThrow(/a Matrix, an array of rows, or \{ data, shape \}/);
  expect(() => svd([[1, 2], [3]])).toThrow("svd: expected row 1 with 2 entries as in row 0, got 1");
});

test("SVD-8 info says which method and which twin answered", () => {
  const M = Matrix.wrap(
    Float64Array.from({ length: 40 * 40 }, (_, i) => Math.sin(i ** 1.5)),
    [40, 40],
  );
  expect(svd(M).info).toMatchObject({ method: "divide-and-conquer", backend: "wasm", converged: true });
  expect(svd(M, { method: "jacobi" }).info.method).toBe("jacobi");
  expect(svd(A).info.method).toBe("jacobi");
  expect(
    svd([
      [1, 2],
      [3, 4],
    ]).info.method,
  ).toBe("closed-form");
});

test("SVD-8 svdPlan names the method that runs, and memory that suffices", () => {
  for (const [m, n] of [
    [0, 0],
    [10, 10],
    [40, 40],
    [30, 200],
  ] as const) {
    const M = Matrix.wrap(
      Float64Array.from({ length: m * n }, (_, i) => Math.sin(i + i * i)),
      [m, n],
    );
    const plan = svdPlan(m, n);
    expect(svd(M).info.method).toBe(plan.method);
    expect(plan.bytes).toBeGreaterThanOrEqual(3 * 8 * m * n);
    expect(svdPlan(m, n, { vectors: "none" }).flops).toBeLessThanOrEqual(plan.flops);
    expect(svdPlan(m, n, { dtype: "f32" }).bytes).toBeLessThanOrEqual(plan.bytes);
  }
  expect(svdPlan(9, 9, { method: "jacobi" }).method).toBe("jacobi");
  expect(() => svdPlan(2.5, 1)).toThrow(OptionError);
});

test("LIN-5 zeroThreshold is the one rule for zero", () => {
  expect(zeroThreshold(Float64Array.of(5, 3), [2, 3])).toBe(3 * 2 ** -52 * 5);
  expect(zeroThreshold(Float32Array.of(5, 3), [2, 3])).toBe(3 * 2 ** -23 * 5);
  expect(zeroThreshold(Float64Array.of(5, 3), [2, 3], { atol: 0.1 })).toBe(0.1);
  expect(zeroThreshold(Float64Array.of(5, 3), [2, 3], { atol: 0.1, rtol: 0.1 })).toBe(0.5);
  expect(zeroThreshold(new Float64Array(0), [0, 3])).toBe(0);
  expect(() => zeroThreshold(Float64Array.of(1), [1, 1], { rtol: -1 })).toThrow(OptionError);
});

test("LIN-8 Eckart–Young: the error in both norms, the energy and the rank chosen", () => {
  const rankOne = truncate(A, { rank: 1 });
  expect(norm(subtract(reconstruct(rankOne), [[2.5, 2.5, 0], [2.5, 2.5, 0]]), "max")).toBeLessThan(1e-14); // oxfmt-ignore
  expect(rankOne.frobeniusError).toBeCloseTo(3, 14);
  expect(rankOne.spectralError).toBeCloseTo(3, 14);
  expect(rankOne.energy).toBeCloseTo(25 / 34, 14);
  expect(rankOne.unique).toBe(true);
  expect(truncate(A, { energy: 0.7 }).rank).toBe(1);
  expect(truncate(A, { energy: 0.74 }).rank).toBe(2);
  expect(truncate(A, { tolerance: 0.52 }).rank).toBe(1);
  expect(truncate(A, { tolerance: 0.51 }).rank).toBe(2);
  expect(truncate(A, { rank: 9 }).rank).toBe(2);
  expect(truncate(Matrix.identity(3), { rank: 1 }).unique).toBe(false);
  expect(truncate(Matrix.zeros(3, 2), { rank: 0 })).toMatchObject({ rank: 0, relativeError: 0, energy: 1 });
});

test("LIN-8 no matrix of rank r is nearer: a thousand random ones", () => {
  let seed = 1;
  const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647 - 0.5;
  const M = Matrix.wrap(Float64Array.from({ length: 48 }, random), [6, 8]);
  const best = truncate(M, { rank: 2 });
  for (let i = 0; i < 1000; i++) {
    // best factors, disturbed by a little or by much
    const size = 10 ** -(i % 6);
    const disturbed = {
      U: Matrix.wrap(
        best.U.data.map((x) => x + size * random()),
        best.U.shape,
      ),
      s: best.s,
      Vt: Matrix.wrap(
        best.Vt.data.map((x) => x + size * random()),
        best.Vt.shape,
      ),
    };
    const difference = subtract(M, reconstruct(disturbed));
    expect(norm(difference)).toBeGreaterThanOrEqual(best.frobeniusError * (1 - 1e-14));
    expect(norm(difference, 2)).toBeGreaterThanOrEqual(best.spectralError * (1 - 1e-14));
  }
});

test("MAT-7 exactly one of rank, energy and tolerance", () => {
  expect(() => truncate(A, {})).toThrow(OptionError);
  expect(() => truncate(A, { rank: 1, energy: 0.5 })).toThrow(/exactly one/);
  expect(() => truncate(A, { rank: -1 })).toThrow(OptionError);
  expect(() => truncate(A, { energy: 1.5 })).toThrow(/from 0 to 1/);
});

test("LIN-10 accuracy grows with damage, and tells a wrong shape", () => {
  const F = svd(A);
  expect(accuracy(A, F).backward).toBeLessThan(1e-15);
  const s = F.s.map((x, i) => x * (i === 0 ? 1 + 1e-6 : 1));
  expect(accuracy(A, { ...F, s }).backward).toBeGreaterThan(5e-7);
  const U = Matrix.wrap(
    F.U.data.map((x) => x * (1 + 1e-6)),
    F.U.shape,
  );
  expect(accuracy(A, { ...F, U }).orthogonalityU).toBeGreaterThan(1e-6);
  expect(() => accuracy(A, { ...F, U: [[1, 2]] })).toThrow("accuracy: expected U with 2 rows, got 1 × 2");
});
