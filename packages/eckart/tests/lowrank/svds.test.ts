import { absoluteRatio, gallery, Measured, orthogonality, residual } from "@eckart/testing";
import { afterAll, describe, expect, test } from "vitest";
import {
  Matrix,
  multiply,
  NonFiniteError,
  norm,
  OptionError,
  Random,
  ShapeError,
  solve,
  subtract,
  svd,
  svds,
  svdvals,
  type FloatArray,
  type OperatorLike,
  type Svds,
  type Which,
} from "../../src/index.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { compressed, epsilonOf, matrixFree, SPECTRA, withSpectrum } from "./spectra.ts";

const FORMS: Readonly<Record<string, (A: Matrix) => OperatorLike>> = {
  dense: (A) => A,
  sparse: compressed,
  "matrix-free": matrixFree,
};
const measured = new Measured("svds");
afterAll(() => console.log(measured.table()));

/** The k values of A that are wanted, descending. */
function wantedOf(A: Matrix, k: number, which: Which): number[] {
  const far = (sigma: number): number =>
    which === "largest" ? -sigma : which === "smallest" ? sigma : Math.abs(sigma - which.nearest);
  return Array.from(svdvals(A))
    .sort((a, b) => far(a) - far(b))
    .slice(0, k)
    .sort((a, b) => b - a);
}

function check(A: Matrix, F: Svds, k: number, which: Which, name: string): void {
  expect(F.info.converged, `${name}: converged`).toBe(true);
  expect(F.U.shape, name).toEqual([A.rows, k]);
  expect(F.Vt.shape, name).toEqual([k, A.cols]);
  expect(F.U.dtype, name).toBe(A.dtype);
  const most = svdvals(A)[0];
  const unit = epsilonOf(A.dtype) * (most || 1);
  const want = wantedOf(A, k, which);
  const off = Math.max(...Array.from(F.s, (sigma, i) => Math.abs(sigma - want[i])));
  expect(measured.record(name, "values", off / unit), `${name}: ${F.s} for ${want}`).toBeLessThan(60);
  expect(measured.record(name, "orthogonality", orthogonality(F.U)), name).toBeLessThan(10);
  expect(measured.record(name, "orthogonality", orthogonality(F.Vt)), name).toBeLessThan(10);
  const scaled = Matrix.from(F.U);
  for (let at = 0; at < scaled.data.length; at++) scaled.data[at] *= F.s[at % k];
  const left = norm(subtract(multiply(A, F.V), scaled));
  expect(measured.record(name, "A·V − U·S", left / unit), name).toBeLessThan(100 * Math.sqrt(k));
  for (const r of F.info.residuals) expect(measured.record(name, "residual", r / unit), name).toBeLessThan(100);
}

for (const dtype of ["f64", "f32"] as const) {
  for (const backend of ["wasm", "typescript"] as const) {
    describe.each(Object.keys(FORMS))(`${dtype} ${backend} %s`, (form) => {
      test.each(Object.keys(SPECTRA))("LOW-1 %s: the largest values and their vectors", (spectrum) => {
        withBackend(backend, () => {
          for (const [m, n] of backend === "wasm"
            ? [
                [70, 44],
                [44, 70],
                [60, 60],
              ]
            : [[40, 30]]) {
            const A = withSpectrum(m, n, SPECTRA[spectrum], dtype);
            const F = svds(FORMS[form](A), { k: 5, method: "lanczos", basis: 20 });
            expect(F.info.backend).toBe(backend);
            check(A, F, 5, "largest", `largest ${spectrum}`);
          }
        });
      });
    });
  }
}

test.each(["decaying", "even", "repeated", "deficient"])("LOW-1 %s: the smallest and the nearest", (spectrum) => {
  const A = withSpectrum(50, 36, SPECTRA[spectrum]);
  for (const which of ["smallest", { nearest: 0.45 }] as const)
    for (const method of ["lanczos", "full"] as const)
      for (const form of method === "full" ? ["dense", "sparse"] : Object.keys(FORMS)) {
        if (spectrum === "decaying" && method === "lanczos") continue; // 0.7⁻³⁵: no basis that restarts can find them
        const F = svds(FORMS[form](A), { k: 3, which, method, basis: 22 });
        check(A, F, 3, which, `${which === "smallest" ? which : "nearest"} ${method}`);
        expect(F.info.method === "lanczos").toBe(method === "lanczos");
      }
});

test("LOW-1 values that a Krylov space does not show are found, wherever they lie, and looking for them is cheap", () => {
  const spectra: Record<string, (i: number) => number> = {
    "pairs in a dense spectrum": (i) => 1 - 0.004 * Math.trunc(i / 2),
    "five of the largest": (i) => (i < 5 ? 1 : 0.9 - 0.003 * i),
    "a tie that k divides": (i) => (i < 4 ? 1 - i / 100 : i < 9 ? 0.9 : 0.8 - 0.002 * i),
    "one value but for two": (i) => (i < 2 ? 2 : 1),
    "ten within 10⁻⁸": (i) => (i < 10 ? 1 - 1e-9 * i : 0.5 * Math.exp(-i / 40)),
  };
  const products: Record<string, number> = {};
  for (const [name, value] of Object.entries(spectra)) {
    const A = withSpectrum(120, 90, value);
    products[name] = 0;
    for (let seed = 0; seed < 12; seed++) {
      const k = 3 + (seed % 6);
      const F = svds(A, { k, seed, method: "lanczos" });
      check(A, F, k, "largest", name);
      products[name] += F.info.matvecs / 12;
    }
  }
  console.log("products, on average", products);
  // Evenly dense, so that the value after the k-th is known late; looking until it is takes 427 products.
  const A = withSpectrum(400, 300, (i) => 1 - i / 400);
  const dense = Array.from({ length: 8 }, (_, seed) => svds(A, { k: 8, seed, method: "lanczos" }).info.matvecs);
  expect(dense.reduce((sum, count) => sum + count / 8, 0)).toBeLessThan(410);
});

test("LOW-1 over the gallery, restarts forced", () => {
  for (const dtype of ["f64", "f32"] as const)
    for (const A of gallery(34, 26, 3, dtype)) {
      const F = svds(A, { k: 4, method: "lanczos", basis: 14 });
      const want = svd(A);
      // Values that agree to ten digits, beside a basis of fourteen vectors: it may give up, but says so.
      if (!F.info.converged && A.family === "prolate") continue;
      expect(F.info.converged, A.name).toBe(true);
      expect(measured.record(A.family, "values", absoluteRatio(F.s, want.s.slice(0, 4))), A.name).toBeLessThan(60);
      expect(measured.record(A.family, "orthogonality", orthogonality(F.U)), A.name).toBeLessThan(10);
      expect(measured.record(A.family, "orthogonality", orthogonality(F.Vt)), A.name).toBeLessThan(10);
    }
});

test("LOW-1 a basis as wide as the matrix gives the whole decomposition", () => {
  for (const A of gallery(12, 9, 8)) {
    const F = svds(A, { k: 9, method: "lanczos" });
    expect(F.s.length, A.name).toBe(9);
    expect(residual(A, F.U, F.s, F.Vt), A.name).toBeLessThan(20);
  }
});

test("LOW-2 the smallest and the nearest of a product of any magnitude", () => {
  const A = withSpectrum(40, 34, SPECTRA["even"]);
  for (const factor of [2 ** -600, 2 ** 600]) {
    const B = Matrix.from(A);
    for (let i = 0; i < B.data.length; i++) B.data[i] *= factor;
    for (const [which, far] of [
      ["smallest", 0],
      [{ nearest: 0.45 * factor }, 0.45],
    ] as const) {
      // oxfmt-ignore
      const { s, info } = svds(matrixFree(B), { k: 2, which, basis: 20 });
      const want = wantedOf(A, 2, far === 0 ? "smallest" : { nearest: far });
      expect(info.converged).toBe(true);
      for (let i = 0; i < 2; i++) expect(Math.abs(s[i] / factor / want[i] - 1)).toBeLessThan(1e-12);
    }
  }
  expect(svds(compressed(A), { k: 1, which: { nearest: 1e308 }, method: "lanczos" }).s[0]).toBeCloseTo(1, 13);
});

test("LOW-3 where the search does not converge the whole decomposition answers, and info says so", () => {
  const A = withSpectrum(90, 80, (i) => (i < 40 ? 1 - i * 1e-12 : 0.5 ** (i - 39)));
  const options = { k: 4, basis: 12, maxIterations: 4 };
  const F = svds(A, options);
  expect(F.info.method).toBe("divide-and-conquer");
  check(A, F, 4, "largest", "not converged");
  const given = svds(A, { ...options, method: "lanczos" });
  expect(given.info.method).toBe("lanczos");
  expect(given.info.converged).toBe(false);
  expect(given.s.length).toBeLessThan(4);
});

test("LOW-2 the answer does not depend on the form, turns with the matrix, and repeats bit by bit", () => {
  const A = withSpectrum(80, 50, SPECTRA["decaying"]);
  const options = { k: 4, method: "lanczos", basis: 16, seed: 3 } as const;
  const F = svds(A, options);
  expect(svds(A, options)).toEqual(F);
  const T = svds(A.T, options);
  for (const other of [svds(compressed(A), options), svds(matrixFree(A), options), { ...T, U: T.V, Vt: T.U.T }]) {
    for (let i = 0; i < 4; i++) {
      expect(Math.abs(other.s[i] / F.s[i] - 1)).toBeLessThan(1e-13);
      // Each vector is known up to ε·σ₁ over the gap; signs are fixed but for the transpose.
      const cosine = multiply(F.Vt, other.Vt.T).at(i, i);
      expect(Math.abs(Math.abs(cosine) - 1)).toBeLessThan(1e-12);
    }
  }
  const B = Matrix.from(A);
  for (let i = 0; i < B.data.length; i++) B.data[i] *= 2 ** 40;
  expect(svds(B, options).U).toEqual(F.U);
});

test("LOW-2 from subnormal numbers to 1e307", () => {
  const A = withSpectrum(50, 40, SPECTRA["decaying"]);
  for (const factor of [1e-307, 1e-150, 1e150, 1e307]) {
    const B = Matrix.from(A);
    for (let i = 0; i < B.data.length; i++) B.data[i] *= factor;
    for (const form of [B, compressed(B)]) {
      const { s, info } = svds(form, { k: 3, method: "lanczos", basis: 12 });
      expect(info.converged).toBe(true);
      for (let i = 0; i < 3; i++) expect(Math.abs(s[i] / factor / 0.7 ** i - 1)).toBeLessThan(1e-13);
    }
  }
});

test("LOW-3 the smallest of a sparse matrix too large to write out, by products and by an inverse", () => {
  // Second differences: singular values 2 − 2cos(jπ/(n + 1)).
  const n = 2100;
  const T = { shape: [n, n], indptr: [0], indices: [] as number[], data: [] as number[] };
  for (let i = 0; i < n; i++) {
    for (const j of [i - 1, i, i + 1]) {
      if (j < 0 || j >= n) continue;
      T.indices.push(j);
      T.data.push(i === j ? 2 : -1);
    }
    T.indptr.push(T.indices.length);
  }
  const largest = svds(T, { k: 2, tol: 1e-9, maxIterations: 5 });
  expect(largest.info.converged).toBe(false);
  expect(largest.s.length).toBeLessThan(2);
  expect(largest.U.cols).toBe(largest.s.length);
  const thomas = (b: ArrayLike<number>): Float64Array => {
    const [c, x] = [new Float64Array(n), new Float64Array(n)];
    for (let i = 0; i < n; i++) {
      const pivot = 2 + (i > 0 ? c[i - 1] : 0);
      c[i] = -1 / pivot;
      x[i] = (b[i] + (i > 0 ? x[i - 1] : 0)) / pivot;
    }
    for (let i = n - 2; i >= 0; i--) x[i] -= c[i] * x[i + 1];
    return x;
  };
  const inverse = svds({ shape: [n, n], apply: thomas, applyTranspose: thomas }, { k: 3 });
  expect(inverse.info.converged).toBe(true);
  inverse.s.forEach((sigma, i) => {
    const exact = 4 * Math.sin(((i + 1) * Math.PI) / (2 * (n + 1))) ** 2;
    expect(Math.abs(1 / sigma / exact - 1)).toBeLessThan(1e-9);
  });
});

test("LOW-3 the products may use the library itself", () => {
  const A = withSpectrum(30, 30, SPECTRA["even"]);
  const inverse = { shape: [30, 30], apply: (x: ArrayLike<number>) => solve(A, x), applyTranspose: (y: ArrayLike<number>) => solve(A.T, y) }; // oxfmt-ignore
  const { s } = svds(inverse, { k: 2, basis: 12 });
  const all = svdvals(A);
  expect(Math.abs(s[0] * all[29] - 1)).toBeLessThan(1e-12);
  expect(Math.abs(s[1] * all[28] - 1)).toBeLessThan(1e-12);
});

test("LOW-3 a product that makes the memory grow leaves the search as it was", () => {
  const A = withSpectrum(30, 30, SPECTRA["even"]);
  const options = { k: 2, basis: 12 };
  for (const backend of ["wasm", "typescript"] as const) {
    withBackend(backend, () => {
      const free = matrixFree(A);
      const want = svds(free, options);
      let rows = 1000;
      const growing = {
        ...free,
        apply: (x: FloatArray) => {
          if (rows < 9000) norm(multiply(Matrix.zeros((rows *= 2), 500), Matrix.zeros(500, 1)));
          return free.apply(x);
        },
      };
      expect(svds(growing, options)).toEqual(want);
    });
  }
});

test("LOW-3 at the limit of iterations only what has converged comes back, and none of it is claimed", () => {
  const A = withSpectrum(200, 150, SPECTRA["even"]);
  const all = Array.from(svdvals(A));
  for (const maxIterations of [1, 10, 30]) {
    const { s, U, info } = svds(A, { k: 3, which: { nearest: 0.45 }, method: "lanczos", basis: 16, maxIterations });
    expect([info.converged, info.iterations, U.cols]).toEqual([false, maxIterations, s.length]);
    for (const sigma of s) expect(Math.min(...all.map((x) => Math.abs(x - sigma)))).toBeLessThan(1e-13);
  }
});

test("LOW-3 empty shapes, k = 0 and k beyond the end", () => {
  for (const [m, n] of [
    [0, 0],
    [0, 4],
    [4, 0],
  ]) {
    for (const form of Object.values(FORMS)) {
      const F = svds(form(Matrix.zeros(m, n)), { k: 2 });
      expect([F.U.shape, F.s.length, F.Vt.shape]).toEqual([[m, 0], 0, [0, n]]);
    }
  }
  const A = new Random(2).normalMatrix(7, 5);
  expect(svds(A, { k: 0, method: "lanczos" }).U.shape).toEqual([7, 0]);
  for (const form of Object.values(FORMS)) expect(svds(form(A), { k: 9 }).s.length).toBe(5);
  expect(svds([[-3]], { k: 1, method: "lanczos" }).s).toEqual(Float64Array.of(3));
});

test("LOW-4 what cannot be is refused by name", () => {
  const A = new Random(2).normalMatrix(7, 5);
  for (const options of [
    { k: -1 },
    { k: 1.5 },
    { which: "middle" },
    { which: { nearest: -1 } },
    { which: {} },
    { which: { nearest: 1, far: 2 } },
    { method: "qr" },
    { tol: -1 },
    { seed: -1 },
    { maxIterations: 0 },
    { k: 3, basis: 3 },
    { rank: 3 },
  ]) {
    expect(() => svds(A, options as never), JSON.stringify(options)).toThrow(OptionError);
  }
  const free = matrixFree(A);
  expect(() => svds(free, { method: "full" })).toThrow(OptionError);
  expect(() => svds({ ...free, shape: [3] }, {})).toThrow(ShapeError);
  expect(() => svds({ ...free, shape: [7, -5] }, {})).toThrow(OptionError);
  expect(() => svds({ ...free, apply: 3 } as never, {})).toThrow(OptionError);
  expect(() => svds({ ...free, dtype: "f16" } as never, {})).toThrow(OptionError);
  expect(() => svds({ ...free, apply: () => [1] }, {})).toThrow("svds: apply: expected 7 numbers back, got 1");
  expect(() => svds({ ...free, applyTranspose: () => [1, 2, NaN, 4, 5] }, {})).toThrow(NonFiniteError);
  expect(() => svds([[1, NaN]], {})).toThrow("svds: ");
  expect(() => svds({ ...free, apply: () => { throw new Error("mine"); } }, {})).toThrow("mine"); // oxfmt-ignore
  expect(svds(A, { k: 1 }).s[0]).toBeCloseTo(svdvals(A)[0], 12);
});
