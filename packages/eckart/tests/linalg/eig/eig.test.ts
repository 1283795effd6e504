import { readFileSync } from "node:fs";
import { layouts, Measured, Random } from "@eckart/testing";
import { afterAll, describe, expect, expectTypeOf, test } from "vitest";
import { eig, eigh, eigvals, Matrix, NonFiniteError, OptionError, ShapeError } from "../../../src/index.ts";
import type { Eig, EigWithLeft, MatrixLike } from "../../../src/index.ts";
import { withBackend } from "../../../src/kernels/load.ts";
import { type Tuning, withTuning } from "../../../src/linalg/tuning.ts";
import { companion, generalGallery } from "./gallery.ts";
import { leftRatio, lengthRatio, rightRatio } from "./measures.ts";

const METHODS = ["double-shift", "multishift"] as const;

/** LAPACK's own tests of these drivers fail at 20 (in units of n·ε‖A‖₁, right residuals). */
const MOST = { right: 5, left: 5, length: 6, trace: 5 };
const TYPICAL = 1;

const PASSES: readonly { name: string; tuning: Partial<Tuning>; orders: readonly number[] }[] = [
  {
    name: "low cut-offs",
    tuning: { reflectorBlock: 3, reductionCrossover: 4, panel: 3, doubleShift: 5, deflationWhole: 4 },
    orders: [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 17, 31],
  },
  { name: "default cut-offs", tuning: {}, orders: [3, 33, 49, 50, 77] },
];

const measured = { f64: new Measured("eig f64"), f32: new Measured("eig f32") };
afterAll(() => [measured.f64, measured.f32].forEach((collected) => console.log(collected.table())));

for (const { name, tuning, orders } of PASSES)
  describe.each(["wasm", "typescript"] as const)(`${name}, %s`, (backend) => {
    for (const dtype of ["f64", "f32"] as const)
      test.each(METHODS)(`GEN-1 GEN-2 GEN-3 the gallery in ${dtype} by %s`, (method) => {
        const faults: string[] = [];
        withBackend(backend, () =>
          withTuning(tuning, () => {
            for (const n of orders) {
              if (backend === "typescript" && n > 33) continue;
              for (const { name: matrix, A } of generalGallery(n, dtype)) check(matrix, A, method, faults);
            }
          }),
        );
        expect(faults.slice(0, 20), `${faults.length} faults`).toEqual([]);
      });
  });

test("GEN-1 residuals are small in the middle, not only at worst", () => {
  for (const dtype of ["f64", "f32"] as const) {
    const ratios = generalGallery(20, dtype).map(({ A }) => {
      const { w, V } = eig(A);
      return rightRatio(A, w, V);
    });
    ratios.sort((a, b) => a - b);
    expect(ratios[ratios.length >> 1], dtype).toBeLessThan(TYPICAL);
  }
});

function check(name: string, A: Matrix, method: (typeof METHODS)[number], faults: string[]): void {
  const n = A.rows;
  const before = A.data.slice();
  const F = eig(A, { method, left: true });
  const { w, V, Y, isReal, conditions, defect, info } = F;
  const claim = (what: string, holds: boolean): void => void (holds || faults.push(`${name}, ${method}: ${what}`));
  const limit = (what: keyof typeof MOST, ratio: number): void => {
    measured[A.dtype].record(name.split(" ")[0], what, ratio);
    claim(`${what} ${ratio}`, ratio <= MOST[what]);
  };
  claim("input", before.every((x, i) => x === A.data[i])); // prettier-ignore
  claim("shapes", w.length === n && V.rows === n && V.cols === n && Y.rows === n && conditions.length === n);
  claim("dtype", V.dtype === A.dtype && Y.dtype === A.dtype && w.re.constructor === A.data.constructor);
  limit("right", rightRatio(A, w, V));
  limit("left", leftRatio(A, w, Y));
  limit("length", Math.max(lengthRatio(V), lengthRatio(Y)) / Math.max(1, n / 8));
  claim("conditions", conditions.every((c) => c > 1 - 1e-4)); // prettier-ignore
  claim("defect", Number.isInteger(defect) && defect >= 0 && defect <= Math.max(0, n - 1));
  claim("converged", info.converged && info.residual === 0);
  claim("isReal", isReal === w.im.every((x) => x === 0));
  if (isReal) claim("real vectors", V.im.data.every((x) => x === 0) && Y.im.data.every((x) => x === 0)); // prettier-ignore
  for (let j = 0; j < n; j++) {
    // pairs are conjugate to the last bit, side by side, the positive imaginary part first
    if (w.im[j] > 0) {
      claim("pair", j + 1 < n && w.re[j + 1] === w.re[j] && w.im[j + 1] === -w.im[j]);
      for (let i = 0; i < n && j + 1 < n; i++) {
        claim("pair of vectors", V.re.at(i, j) === V.re.at(i, j + 1) && V.im.at(i, j) === -V.im.at(i, j + 1));
      }
    } else if (w.im[j] < 0) claim("order of a pair", j > 0 && w.im[j - 1] > 0);
    if (j > 0) claim("order", w.re[j] >= w.re[j - 1]);
    // the leading entry is real and positive
    const sizes = Array.from({ length: n }, (_, i) => Math.hypot(V.re.at(i, j), V.im.at(i, j)));
    const close = Math.max(...sizes) * (1 - (A.dtype === "f64" ? 2 ** -19 : 2 ** -9));
    const leads = sizes.some((x, i) => x >= close && V.re.at(i, j) > 0 && V.im.at(i, j) === 0);
    claim("phase", leads || info.method === "symmetric");
  }
  const unit = A.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  const trace = Array.from({ length: n }, (_, i) => A.at(i, i) / unit).reduce((a, b) => a + b, 0);
  const sum = w.re.reduce((a, b) => a + b / unit, 0);
  const eps = A.dtype === "f64" ? 2 ** -52 : 2 ** -23;
  if (n > 0) limit("trace", Math.abs(sum - trace) / (n * n * eps));
  const values = eigvals(A, { method });
  claim("order of eigvals", values.length === n && values.re.every((x, i) => i === 0 || x >= values.re[i - 1]));
  claim("finite", [...w.re, ...w.im, ...V.re.data, ...V.im.data, ...values.re, ...values.im].every(Number.isFinite));
}

interface Fixture {
  readonly name: string;
  readonly A: number[][];
  readonly values: { readonly re: string; readonly im: string; readonly condition: number }[];
}
const fixtures: Fixture[] = JSON.parse(
  readFileSync(new URL("./fixtures/eigenvalues.json", import.meta.url), "utf8"),
) as Fixture[];

/** The largest |λ − λ*|/(ε‖A‖·condition) over the pairs of nearest values, each taken once. */
function valueRatio({ A, values }: Fixture, w: Iterable<{ re: number; im: number }>): number {
  const norm = Math.hypot(...A.flat());
  const left = values.map(({ re, im, condition }) => ({ re: Number(re), im: Number(im), condition }));
  let worst = 0;
  for (const z of w) {
    const distance = (v: { re: number; im: number }): number => Math.hypot(v.re - z.re, v.im - z.im);
    const nearest = left.reduce((best, v, i) => (distance(v) < distance(left[best]) ? i : best), 0);
    worst = Math.max(worst, distance(left[nearest]) / (2 ** -52 * norm * left[nearest].condition));
    left.splice(nearest, 1);
  }
  return worst;
}

describe.each(fixtures)("$name", (fixture) => {
  test.each(METHODS)("GEN-4 every eigenvalue to ε·‖A‖ times its condition, against 30 digits, by %s", (method) => {
    withTuning({ deflationWhole: 4 }, () => {
      const n = fixture.A.length;
      expect(valueRatio(fixture, eig(fixture.A, { method }).w)).toBeLessThan(2 * n);
      expect(valueRatio(fixture, eigvals(fixture.A, { method }))).toBeLessThan(2 * n);
      expect(valueRatio(fixture, eig(fixture.A, { method, balance: false }).w)).toBeLessThan(2 * n);
    });
  });
});

test("GEN-4 conditions are 1/|yᴴx|, against 30 digits", () => {
  for (const { name, A, values } of fixtures) {
    const { w, conditions } = eig(A, { balance: false });
    values.forEach(({ re, im, condition }) => {
      if (condition > 1e6) return;
      const distance = (j: number): number => Math.hypot(w.re[j] - Number(re), w.im[j] - Number(im));
      const nearest = Array.from(conditions.keys()).reduce((a, b) => (distance(b) < distance(a) ? b : a));
      expect(conditions[nearest] / condition, `${name} at ${re} + ${im}i`).toBeCloseTo(1, 5);
    });
  }
});

const list = (A: MatrixLike): [number, number][] => [...eig(A).w].map(({ re, im }) => [re, im]);
const close = (A: MatrixLike, expected: readonly [number, number][], digits = 13): void => {
  for (const w of [eig(A).w, eigvals(A)]) {
    expect(w.length).toBe(expected.length);
    expected.forEach(([re, im], j) => {
      expect(w.re[j], `re of ${j}`).toBeCloseTo(re, digits);
      expect(w.im[j], `im of ${j}`).toBeCloseTo(im, digits);
    });
  }
};
// prettier-ignore
const HADAMARD = Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (__, j) => [1, -1][[0, 1, 1, 0, 1, 0, 0, 1][i & j]]));

describe("GEN-5 known spectra", () => {
  // prettier-ignore
  test("of order two, exactly", () => {
    expect(list([[2, 1], [0.5, 1.5]])).toEqual([[1, 0], [2.5, 0]]);
    expect(list([[0, -1], [1, 0]])).toEqual([[0, 1], [0, -1]]);
    expect(list([[0, -4], [1, 0]])).toEqual([[0, 2], [0, -2]]);
    expect(list([[3, -2], [4, -1]])).toEqual([[1, 2], [1, -2]]);
    expect(list([[3, 1], [-1, 1]])).toEqual([[2, 0], [2, 0]]);
    expect(list([[1, 2], [2, 1]])).toEqual([[-1, 0], [3, 0]]);
    expect(list([[1, 2], [4, 3]])).toEqual([[-1, 0], [5, 0]]);
    expect(list([[0, 1], [0, 0]])).toEqual([[0, 0], [0, 0]]);
    expect(list([[0, 2 ** 600], [2 ** -600, 0]])).toEqual([[-1, 0], [1, 0]]);
    expect(list([[1, 1], [1, 1 + 2 ** -50]])[0][0] / 2 ** -51).toBeCloseTo(1, 12);
    expect(list([[1, 2], [0.5, 1 + 2 ** -40]])[0][0] / 2 ** -41).toBeCloseTo(1, 10);
  });

  test("triangular matrices give their diagonal, in any order of rows and columns, whatever the range", () => {
    const D = [1e300, -3, 1e-300, 0, 7, 7, 1e-320];
    const p = [3, 0, 6, 2, 5, 1, 4];
    const sorted = [...D].sort((a, b) => a - b).map((x) => [x, 0]);
    for (const order of [D.map((_, i) => i), p, [...p].reverse(), D.map((_, i) => 6 - i)]) {
      const A = D.map((_, i) => D.map((__, j) => (i === j ? D[order[i]] : order[i] < order[j] ? i + j : 0)));
      expect(list(A)).toEqual(sorted);
      const { re, im } = eigvals(A, { balance: false });
      expect([...re].map((x, j) => [x, im[j]])).toEqual(sorted);
      expect(eig(A).info.method).toBe("triangular");
    }
  });

  test("rotations: a real axis and a pair", () => {
    const [c, s] = [Math.cos(1), Math.sin(1)];
    const { w, V } = eig([[c, -s, 0], [s, c, 0], [0, 0, 1]]); // prettier-ignore
    expect([...w]).toEqual([{ re: c, im: s }, { re: c, im: -s }, { re: 1, im: 0 }]); // prettier-ignore
    expect([...V.re.col(2)]).toEqual([0, 0, 1]);
  });

  test("what math.js, numeric, EJML and mpmath were reported to fail on", () => {
    // prettier-ignore
    {
      close([[2, 1], [0, 2]], [[2, 0], [2, 0]]);
      close([[1, 0], [1, 1]], [[1, 0], [1, 0]]);
      close([[2, 0, 0], [-1, -1, 9], [0, -1, 5]], [[2, 0], [2, 0], [2, 0]], 7);
      close([[5, 2.3], [2.3, 1]], [[3 - Math.sqrt(9.29), 0], [3 + Math.sqrt(9.29), 0]]);
      close([[1, 2], [3, 4]], [[(5 - Math.sqrt(33)) / 2, 0], [(5 + Math.sqrt(33)) / 2, 0]]);
      close([[0.2, 0.3, 0.5], [0, 1, 0], [0, 0, 1]], [[0.2, 0], [1, 0], [1, 0]]);
      expect(eig([[0.2, 0.3, 0.5], [0, 1, 0], [0, 0, 1]]).defect).toBe(0);
    }
    close(Array.from({ length: 6 }, () => [1, 1, 1, 1, 1, 1]), [...Array<[number, number]>(5).fill([0, 0]), [6, 0]]); // prettier-ignore
    close(HADAMARD, [...Array<[number, number]>(4).fill([-Math.sqrt(8), 0]), ...Array<[number, number]>(4).fill([Math.sqrt(8), 0])]); // prettier-ignore
    // one entry far larger than the others, the eigenvalues near a circle
    const leslie = Matrix.from([[0.2, 0, 0, 100], [0.08, 0.47, 0, 0], [0, 0.06, 0.58, 0], [0, 0, 0.1, 0.73]]); // prettier-ignore
    const { w, V } = eig(leslie);
    expect(rightRatio(leslie, w, V)).toBeLessThan(2);
    expect(w.re[3]).toBeCloseTo(0.9998158487889554, 13);
  });

  test.each([3, 4, 5, 8, 16, 31, 64])("cyclic permutation of order %d: the roots of unity", (n) => {
    const A = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number((i + 1) % n === j)));
    for (const method of METHODS) {
      const { w } = withTuning({ deflationWhole: 4 }, () => eig(A, { method }));
      for (let k = 0; k < n; k++) {
        const [re, im] = [Math.cos((2 * Math.PI * k) / n), Math.sin((2 * Math.PI * k) / n)];
        expect(Math.min(...[...w].map((z) => Math.hypot(z.re - re, z.im - im)))).toBeLessThan(n * 2 ** -49);
      }
    }
  });

  test("Clement's matrix: n − 1, n − 3, …, 1 − n; Toeplitz: a + 2√(bc)·cos", () => {
    const clement = Array.from({ length: 9 }, (_, i) =>
      Array.from({ length: 9 }, (__, j) => (j === i + 1 ? j : i === j + 1 ? 9 - i : 0)),
    );
    close(clement, [-8, -6, -4, -2, 0, 2, 4, 6, 8].map((x) => [x, 0]), 12); // prettier-ignore
    const n = 8;
    const toeplitz = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (__, j) => (i === j ? 2 : j === i + 1 ? 1 / 2 : i === j + 1 ? 2 : 0)),
    );
    close(toeplitz, Array.from({ length: n }, (_, k) => [2 + 2 * Math.cos(((n - k) * Math.PI) / (n + 1)), 0]), 12); // prettier-ignore
  });

  test("the companion matrix has the roots of its polynomial, each to its condition", () => {
    for (const roots of [
      [1, 2, 3],
      [-1, 0, 0.5, 4],
      [1, 2, 3, 4, 5, 6, 7],
    ]) {
      // prettier-ignore
      const { w, conditions, isReal } = eig(companion(roots));
      expect(isReal).toBe(true);
      const norm = Math.hypot(...companion(roots).flat());
      roots.sort((a, b) => a - b);
      roots.forEach((root, j) => expect(Math.abs(w.re[j] - root)).toBeLessThan(2 ** -50 * norm * conditions[j]));
    }
  });
});

describe("GEN-6 defective matrices are answers", () => {
  const jordan = (...orders: number[]): number[][] => {
    const ends = orders.map((_, b) => orders.slice(0, b + 1).reduce((x, y) => x + y, 0));
    const n = ends.at(-1)!;
    return Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (__, j) => (i === j ? 2 : Number(j === i + 1 && !ends.includes(j)))),
    );
  };
  const similar = (T: number[][], seed: number): Matrix => {
    const random = new Random(seed);
    let A = T.map((row) => [...row]);
    for (let k = 0; k < T.length - 1; k++) {
      const angle = random.between(0, 6);
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const turn = (row: number[]): number[] =>
        row.map((x, j) => (j === k ? c * x + s * row[k + 1] : j === k + 1 ? c * x - s * row[k] : x));
      const transposed = (M: number[][]): number[][] => M[0].map((_, j) => M.map((row) => row[j]));
      A = transposed(transposed(A.map(turn)).map(turn));
    }
    return Matrix.from(A);
  };

  test("the defect of Jordan blocks, as they stand and turned", () => {
    for (const orders of [[2], [3], [1, 1], [2, 1], [1, 2], [4], [2, 2], [3, 1], [5], [2, 2, 2], [6]]) {
      const expected = orders.reduce((sum, order) => sum + order - 1, 0);
      const T = jordan(...orders);
      expect(eig(T).defect, `${orders}`).toBe(expected);
      if (orders.length > 1) continue;
      for (const seed of [1, 2, 3]) expect(eig(similar(T, seed)).defect, `${orders}, turned`).toBe(expected);
    }
  });

  test("the conditions of defective eigenvalues are of the size 1/ε; the residual is small all the same", () => {
    const { w, V, conditions, defect } = eig([[1, 1], [0, 1]]); // prettier-ignore
    expect([...w.re]).toEqual([1, 1]);
    expect(conditions[0]).toBeGreaterThan(1e15);
    expect(defect).toBe(1);
    expect([...V.re.col(0)]).toEqual([1, 0]);
    expect(Math.abs(V.re.at(1, 1))).toBeLessThan(2 ** -51);
  });

  test("close eigenvalues that are apart are no defect, nor are repeated ones with all their vectors", () => {
    expect(eig([[1, 1], [0, 1 + 1e-6]]).defect).toBe(0); // prettier-ignore
    expect(eig([[1, 1], [1e-12, 1]]).defect).toBe(0); // prettier-ignore
    expect(eig([[1, 1], [1e-17, 1]]).defect).toBe(1); // prettier-ignore
    expect(eig([[1, 0, 5], [0, 1, 7], [0, 0, 2]]).defect).toBe(0); // prettier-ignore
    expect(eig([[1, 1e-6], [0, 1]]).defect).toBe(1); // prettier-ignore
    expect(eig([[0, 0], [0, 0]]).defect).toBe(0); // prettier-ignore
    for (let seed = 0; seed < 40; seed++) {
      // X·diag(1, 1, 1, 2, 3)·X⁻¹ with X = I + strictly lower: exact in small integers
      const random = new Random(seed);
      const X = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (__, j) => (i === j ? 1 : j < i ? random.integer(5) - 2 : 0))); // prettier-ignore
      const d = [1, 2, 1, 3, 1];
      // A·X = X·D, solved for A by columns from the right: X is unit lower triangular
      const A = X.map((row) => row.map((x, j) => x * d[j]));
      for (let j = 4; j >= 0; j--) for (let k = j + 1; k < 5; k++) for (const row of A) row[j] -= row[k] * X[k][j];
      expect(eig(A).defect, `seed ${seed}`).toBe(0);
    }
  });
});

test("GEN-7 powers of two scale the eigenvalues and leave the vectors, bit by bit", () => {
  for (const n of [2, 3, 12, 30]) {
    const random = new Random(n);
    const data = Float64Array.from({ length: n * n }, () => random.gaussian());
    const plain = eig({ data, shape: [n, n] });
    for (const power of [2 ** 50, 2 ** -900, 2 ** 1000]) {
      const scaled = eig({ data: data.map((x) => x * power), shape: [n, n] });
      expect(scaled.w.re).toEqual(plain.w.re.map((x) => x * power));
      expect(scaled.w.im).toEqual(plain.w.im.map((x) => x * power));
      expect(scaled.V.re.data).toEqual(plain.V.re.data);
      expect(scaled.V.im.data).toEqual(plain.V.im.data);
      expect(scaled.conditions).toEqual(plain.conditions);
    }
  }
});

test("GEN-7 entries near overflow and underflow, and tables of both", () => {
  // prettier-ignore
  for (const A of [
    [[1e307, 1e307, -1e307], [1e307, -1e307, 1e307], [3e306, 1e307, 1e307]],
    [[1e-310, 2e-310, 0], [3e-310, 4e-310, 1e-310], [5e-320, 1e-310, 1e-310]],
    [[0, 1e200, 0], [0, 0, 1e-100], [1e-100, 0, 0]],
    [[1, 1e150, 1e-150], [1e-150, 2, 1e150], [1e-160, 1e-150, 3]],
  ]) {
    const M = Matrix.from(A);
    const { w, V } = eig(M);
    expect([...w.re, ...w.im, ...V.re.data, ...V.im.data].every(Number.isFinite)).toBe(true);
    expect(lengthRatio(V)).toBeLessThan(4);
    if (A[0][1] !== 1e-310 * 2) expect(rightRatio(M, w, V)).toBeLessThan(4);
  }
  // λ³ = 1 after balancing, which no plain norm sees
  expect(eigvals([[0, 1e200, 0], [0, 0, 1e-100], [1e-100, 0, 0]]).re[2]).toBeCloseTo(1, 13); // prettier-ignore
});

test("GEN-2 a symmetric matrix is answered by eigh, to the last bit", () => {
  const random = new Random(4);
  const S = Array.from({ length: 9 }, () => Array.from({ length: 9 }, () => random.gaussian()));
  for (let i = 0; i < 9; i++) for (let j = 0; j < i; j++) S[i][j] = S[j][i];
  const { w, V, Y, isReal, defect, info } = eig(S, { left: true });
  const H = eigh(S);
  expect(w.re).toEqual(H.w);
  expect(V.re.data).toEqual(H.V.data);
  expect(Y.re.data).toEqual(H.V.data);
  expect([isReal, defect, info.method]).toEqual([true, 0, "symmetric"]);
});

test("GEN-1 the eigenvalues of Aᵀ, of similar matrices and of A + μI", () => {
  for (const n of [3, 7, 20, 45]) {
    const random = new Random(n);
    const A = Matrix.from(Array.from({ length: n }, () => Array.from({ length: n }, () => random.gaussian())));
    const { w, conditions } = eig(A);
    const norm = Math.hypot(...A.data);
    const agrees = (other: ReturnType<typeof eigvals>, shift = 0): void => {
      for (let j = 0; j < n; j++) {
        const nearest = Math.min(...[...other].map((z) => Math.hypot(z.re - shift - w.re[j], z.im - w.im[j])));
        expect(nearest / (norm * n * 2 ** -52 * conditions[j]), `order ${n}`).toBeLessThan(4);
      }
    };
    agrees(eigvals(A.T));
    const permuted = { data: A.data, shape: [n, n], strides: [-n, -1], offset: n * n - 1 };
    agrees(eigvals(permuted));
    const shifted = Matrix.from(A);
    for (let i = 0; i < n; i++) shifted.data[i * (n + 1)] += 2;
    agrees(eigvals(shifted), 2);
  }
});

test("MAT-1 MAT-4 MAT-5 every layout gives the same bits", () => {
  for (const dtype of ["f64", "f32"] as const)
    for (const n of [2, 3, 13]) {
      for (const { A, name } of generalGallery(n, dtype)) {
        const first = eig(A, { left: true });
        const again = eig(A, { left: true });
        expect(again.V.re.data).toEqual(first.V.re.data);
        if (n === 13) continue;
        const source = { rows: n, cols: n, shape: [n, n], data: A.data, dtype, name, family: name, tags: [] } as const;
        for (const view of layouts(source)) {
          const F = eig(view, { left: true });
          expect(F.w.re, view.layout).toEqual(first.w.re);
          expect(F.Y.im.data, view.layout).toEqual(first.Y.im.data);
        }
      }
    }
});

test("MAT-6 order 0 and 1", () => {
  const none = eig([], { left: true });
  expect([none.w.length, none.V.shape, none.Y.shape, none.defect, none.isReal]).toEqual([0, [0, 0], [0, 0], 0, true]);
  expect(eig([[-3]]).w.at(0)).toEqual({ re: -3, im: 0 });
  expect(eigvals([]).length).toBe(0);
});

test("MAT-7 wrong input is refused by name and place", () => {
  for (const f of [eig, eigvals]) {
    expect(() => f([[1, 2, 3], [4, 5, 6]])).toThrow(ShapeError); // prettier-ignore
    expect(() => f([[1, 2, 3], [4, 5, 6]])).toThrow(`${f.name}: expected a square matrix, got 2 × 3`); // prettier-ignore
    for (const bad of [NaN, Infinity, -Infinity]) {
      expect(() => f([[1, 2], [bad, 3]])).toThrow(NonFiniteError); // prettier-ignore
      expect(() => f([[1, 2], [bad, 3]])).toThrow(`${f.name}: expected finite entries, got ${bad} at row 1, column 0`); // prettier-ignore
    }
    expect(() => f([[1]], { method: "jacobi" as "multishift" })).toThrow(OptionError);
    expect(() => f([[1]], { balanced: true } as object)).toThrow(OptionError);
    expect(() => f([[1]], { balance: 1 as unknown as boolean })).toThrow(OptionError);
  }
  expect(() => eig([[1]], { left: "yes" as unknown as true })).toThrow(OptionError);
});

test("left vectors are in the type where they were asked for", () => {
  expectTypeOf(eig([[1]], { left: true })).toEqualTypeOf<EigWithLeft>();
  expectTypeOf(eig([[1]])).toEqualTypeOf<Eig>();
  expect("Y" in eig([[1, 2], [3, 4]])).toBe(false); // prettier-ignore
});

test("GEN-8 info says which method answered, and the second one follows a first that failed", () => {
  const A = Array.from({ length: 90 }, (_, i) => Array.from({ length: 90 }, (__, j) => Math.sin(i * 90 + j * j)));
  expect(eig(A).info).toMatchObject({ method: "double-shift", backend: "wasm", converged: true });
  expect(eig(A, { method: "multishift" }).info.method).toBe("multishift");
  expect(eig([[1, 2], [3, 4]]).info.method).toBe("closed-form"); // prettier-ignore
  expect(withBackend("typescript", () => eig(A).info.backend)).toBe("typescript");
});
