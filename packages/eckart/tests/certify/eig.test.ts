// Certificates of eigenvalues and eigenvectors of any square matrix.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  accuracy,
  certify,
  type Complex,
  ComplexMatrix,
  ComplexVector,
  type EigFactors,
  eig,
  eigh,
  Matrix,
  NonFiniteError,
  norm,
  OptionError,
  Random,
  ShapeError,
} from "../../src/index.ts";
import { enclose } from "../../src/certify/certifyEig.ts";
import { nextUp } from "../../src/certify/rounding.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { Stack } from "../../src/matrix/stack.ts";
import { collectFaults, expectNone } from "../gallery/svdGallery.ts";
import { generalGallery } from "../linalg/eig/gallery.ts";
import { eigFalsehoods } from "./judge.ts";

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as T;

type Values = { re: string; im: string }[];

/** Decimals as the nearest doubles. */
const numbers = (values: Values): Complex[] => values.map(({ re, im }) => ({ re: Number(re), im: Number(im) }));

/**
 * Whether the true values can be numbered so that each lies within its radius: a perfect matching (Kuhn). They are
 * doubles nearest to the true values, so each may be off by that much.
 */
function canBeNumbered(truth: readonly Complex[], w: Iterable<Complex>, radii: Float64Array): boolean {
  const places = [...w];
  const near = (value: Complex, j: number): boolean => {
    const slack = 2 ** -52 * Math.hypot(value.re, value.im) + 2 ** -1070;
    return Math.hypot(value.re - places[j].re, value.im - places[j].im) <= (radii[j] + slack) * (1 + 2 ** -50);
  };
  const owner = new Map<number, number>();
  const place = (i: number, tried: Set<number>): boolean =>
    places.some((_, j) => {
      if (tried.has(j) || !near(truth[i], j)) return false;
      tried.add(j);
      const other = owner.get(j);
      if (other !== undefined && !place(other, tried)) return false;
      owner.set(j, i);
      return true;
    });
  return truth.every((_, i) => place(i, new Set()));
}

test("CRT-9 the eigenvalues to 30 digits lie within their radii, each of them in its own", () => {
  const faults: string[] = [];
  for (const dtype of ["f64", "f32"] as const)
    for (const { name, A, values } of read<{ name: string; A: number[][]; values: (Values[number] & { condition: number })[] }[]>(
      "../linalg/eig/fixtures/eigenvalues.json",
    )) {
      // The values are those of the doubles.
      if (dtype === "f32" && !A.flat().every((x) => Math.fround(x) === x)) continue;
      const F = eig(Matrix.from(A, { dtype }));
      const certificate = certify(A, F);
      if (!canBeNumbered(numbers(values), F.w, certificate.radii)) faults.push(`${name} ${dtype}: ${certificate.radii}`);
    }
  expectNone(faults);
}); // prettier-ignore

test("CRT-9 so do those of complex matrices, whose factors are NumPy's", () => {
  const faults: string[] = [];
  for (const { name, A, w, V, values } of read<
    { name: string; A: Parts; w: { re: number[]; im: number[] }; V: Parts; values: Values }[]
  >("./fixtures/eigenvalues.json")) {
    const certificate = certify(A, { w, V });
    const vector = new ComplexVector(Float64Array.from(w.re), Float64Array.from(w.im));
    if (!canBeNumbered(numbers(values), vector, certificate.radii)) faults.push(`${name}: ${certificate.radii}`);
    eigFalsehoods(ComplexMatrix.from(A), vector, ComplexMatrix.from(V), certificate).forEach((what) =>
      faults.push(`${name}: ${what}`),
    );
    if (name.startsWith("gaussian") && !(Math.max(...certificate.radii) < 1e-12)) faults.push(`${name}: wide`);
    if (!certificate.accepted && !name.startsWith("Scottish")) faults.push(`${name}: not accepted`);
  }
  expectNone(faults);
});

interface Parts {
  re: number[][];
  im: number[][];
}

test("CRT-9 the radii are sharp: a few times what rounding moves the eigenvalue by", () => {
  const ratios: number[] = [];
  for (const seed of [1, 2, 3, 4]) {
    const n = 10 * seed;
    const A = new Random(seed).normalMatrix(n, n);
    const F = eig(A);
    const { radii } = certify(A, F);
    radii.forEach((radius, i) => ratios.push(radius / (n * 2 ** -52 * F.conditions[i] * norm(A, 2))));
  }
  expect(Math.max(...ratios)).toBeLessThan(4);
});

describe.each(["wasm", "typescript"] as const)("%s", (backend) => {
  test.each(["f64", "f32"] as const)("CRT-9 every bound holds in exact arithmetic over the gallery, %s", (dtype) => {
    const faults: string[] = [];
    const refused: string[] = [];
    withBackend(backend, () => {
      for (const n of [0, 1, 2, 3, 5])
        for (const { name, A } of generalGallery(n, dtype))
          collectFaults(name, faults, (fault) => {
            const F = eig(A);
            const certificate = certify(A, F);
            eigFalsehoods(A, F.w, F.V, certificate).forEach(fault);
            if (certificate.defect < Infinity && !certificate.accepted)
              fault(`defect ${certificate.defect} > ${certificate.tolerance}`);
            if (!certificate.accepted) refused.push(name);
            if (F.defect === 0 && certificate.condition > 0.01 / 2 ** (dtype === "f64" ? -52 : -23)) refused.push(name);
          });
    });
    expectNone(faults);
    // Defective, or as good as that.
    expect(refused.filter((name) => !/Jordan|companion|badly balanced|graded|one row|rank one 2/.test(name))).toEqual(
      [],
    );
  });
});

/** T·J·T⁻¹ of whole numbers: exactly the eigenvalues of J, which is upper triangular. */
function similar(J: readonly (readonly number[])[], random: Random): Matrix {
  const n = J.length;
  const A = J.map((row) => [...row]);
  for (let step = 0; step < 2 * n; step++) {
    const [i, j] = [random.integer(0, n), random.integer(0, n)];
    if (i === j) continue;
    const times = random.integer(-1, 2);
    // Row i gains a multiple of row j, column j loses that of column i.
    for (let k = 0; k < n; k++) A[i][k] += times * A[j][k];
    for (let k = 0; k < n; k++) A[k][j] -= times * A[k][i];
  }
  return Matrix.from(A);
}

const triangular = (values: readonly number[], above: (i: number) => number): number[][] =>
  values.map((value, i) => values.map((_, j) => (i === j ? value : j === i + 1 ? above(i) : 0)));

test("CRT-9 eigenvalues known exactly, also of defective matrices: within their radii, or those are ∞", () => {
  const random = new Random(6);
  const faults: string[] = [];
  let finite = 0;
  for (let run = 0; run < 300; run++) {
    const n = 2 + (run % 5);
    const values = Array.from({ length: n }, () => random.integer(-2, 3));
    const A = similar(triangular(values, () => random.integer(0, 2)), random);
    const F = eig(A);
    const { radii } = certify(A, F);
    if (radii[0] < Infinity) finite++;
    if (!canBeNumbered(values.map((re) => ({ re, im: 0 })), F.w, radii)) faults.push(`${A.toArray()}: ${radii}`);
  }
  expectNone(faults);
  expect(finite, "of 300 are not all ∞").toBeGreaterThan(100);
}); // prettier-ignore

test("CRT-9 nothing is assumed of the factors: the bounds hold for any numbers", () => {
  const random = new Random(9);
  const faults: string[] = [];
  for (let run = 0; run < 300; run++) {
    const n = 1 + (run % 4);
    const values = Array.from({ length: n }, (_, i) => 3 * i - 4);
    const A = similar(triangular(values, () => 1), random);
    const size = 2 ** random.integer(-40, 2);
    const { w, V } = eig(A);
    const re = w.re.map((x: number) => x + size * random.normal());
    const im = w.im.map((x: number) => x + size * random.normal() * (run % 2));
    for (const part of run % 3 ? [V.re] : [V.re, V.im])
      part.data.forEach((x: number, at: number) => (part.data[at] = x + size * random.normal()));
    const noisy = new ComplexVector(re, im);
    const certificate = certify(A, { w: noisy, V });
    if (!canBeNumbered(values.map((x) => ({ re: x, im: 0 })), noisy, certificate.radii)) faults.push(`run ${run}: ${certificate.radii}`);
    eigFalsehoods(A, noisy, V, certificate).forEach((what) => faults.push(`run ${run}: ${what}`));
  }
  expectNone(faults);
}); // prettier-ignore

test("CRT-9 the radii hold with any approximate inverse of V", () => {
  const random = new Random(2);
  const values = [3, 1, -2];
  const truth = values.map((re) => ({ re, im: 0 }));
  const V = Matrix.from([[1, 0, 0], [0.5, 1, 0], [0, -1, 1]]); // prettier-ignore
  const exactInverse = Matrix.from([[1, 0, 0], [-0.5, 1, 0], [-0.5, 1, 1]]); // prettier-ignore
  // A = V·diag(3, 1, −2)·V⁻¹ exactly, and w beside its eigenvalues by a known shift: R = −V·diag(shift).
  for (const factor of [0.51, 0.7, 1, 1.49, 2.5]) {
    const shift = values.map(() => random.normal() / 8);
    const w = new ComplexVector(
      Float64Array.from(values, (x, i) => x + shift[i]),
      new Float64Array(3),
    );
    const R = new Stack(Matrix.from(V.toArray().map((row) => row.map((x, j) => -x * shift[j]))), false);
    const X = new Stack(Matrix.from(exactInverse.toArray().map((row) => row.map((x) => factor * x))), false);
    const found = enclose({ value: R, error: 2 ** -40 }, X, new Stack(V, false));
    if (Math.abs(factor - 1) >= 1) expect(found).toBeUndefined();
    else {
      // |λᵢ − wᵢ| is the shift itself here, which no true radius falls below.
      found!.radii.forEach((radius, i) => expect(radius).toBeGreaterThan(Math.abs(shift[i]) + 2 ** -41));
      expect(canBeNumbered(truth, w, Float64Array.from(found!.radii))).toBe(true);
      expect(found!.condition).toBeGreaterThan(2 * 2.5);
    }
  }
});

test("CRT-9 a Jordan block whose vectors agree answers ∞ and is refused", () => {
  const J = [[2, 1, 0], [0, 2, 1], [0, 0, 2]]; // prettier-ignore
  const V = Matrix.from([[1, 1, 1], [0, 0, 0], [0, 0, 0]]); // prettier-ignore
  const { radii, condition, residual, backward, accepted, defect } = certify(J, {
    w: { re: [2, 2, 2], im: [0, 0, 0] },
    V,
  });
  expect([...radii]).toEqual([Infinity, Infinity, Infinity]);
  expect([...backward]).toEqual([0, 0, 0]);
  expect([residual.spectral, condition, defect, accepted]).toEqual([0, Infinity, Infinity, false]);
});

test("CRT-9 exact factors have radii of 0, repeated eigenvalues too", () => {
  const A = [[2, 0, 0], [0, 2, 0], [0, 0, -1]]; // prettier-ignore
  const certificate = certify(A, { w: { re: [2, 2, -1], im: [0, 0, 0] }, V: Matrix.identity(3) });
  expect([certificate.residual.spectral, certificate.defect]).toEqual([0, 0]);
  expect(Math.max(...certificate.radii)).toBeLessThan(2 ** -1000);
  const F = eig([[0, -1], [1, 0]]); // prettier-ignore
  expect(Math.max(...certify([[0, -1], [1, 0]], F).radii)).toBeLessThan(2 ** -52); // prettier-ignore
});

describe("CRT-9 damaged eigenvalues and eigenvectors", () => {
  const A = new Random(5).normalMatrix(6, 6);
  const DAMAGES: readonly { name: string; apply: (F: { w: ComplexVector; V: ComplexMatrix }) => void; gross: boolean }[] = [
    { name: "w: one ulp", apply: ({ w }) => void (w.re[2] = nextUp(w.re[2])), gross: false },
    { name: "w: off by 1e-9", apply: ({ w }) => void (w.re[0] += 1e-9), gross: true },
    { name: "w: conjugated", apply: ({ w }) => w.im.forEach((x: number, i: number) => (w.im[i] = -x)), gross: true },
    { name: "w: order turned round", apply: ({ w }) => [w.re, w.im].forEach((x) => void x.reverse()), gross: true },
    { name: "V: one ulp", apply: ({ V }) => void (V.re.data[3] = nextUp(V.re.data[3])), gross: false },
    { name: "V: an entry zeroed", apply: ({ V }) => void (V.re.data[7] = 0), gross: true },
    { name: "V: a column zeroed", apply: ({ V }) => column(V, 2, () => ({ re: 0, im: 0 })), gross: true },
    { name: "V: a column doubled", apply: ({ V }) => column(V, 2, ({ re, im }) => ({ re: 2 * re, im: 2 * im })), gross: false },
    {
      name: "a pair twice, another one missing",
      apply: ({ w, V }) => {
        [w.re[0], w.im[0]] = [w.re[5], w.im[5]];
        column(V, 0, (_, i) => V.at(i, 5));
      },
      gross: true,
    },
  ]; // prettier-ignore

  test.each(DAMAGES)("$name", ({ apply, gross }) => {
    const { w, V } = eig(A);
    expect(w.im.some((x: number) => x !== 0)).toBe(true);
    const F = { w: new ComplexVector(w.re.slice(), w.im.slice()), V: ComplexMatrix.from(V) };
    const before = certify(A, F);
    expect(before.accepted).toBe(true);
    apply(F);
    const certificate = certify(A, F);
    expect(eigFalsehoods(A, F.w, F.V, certificate)).toEqual([]);
    expect(certificate.accepted, `defect ${certificate.defect}`).toBe(!gross);
  });

  function column({ re, im }: ComplexMatrix, j: number, change: (z: Complex, i: number) => Complex): void {
    for (let i = 0; i < re.rows; i++) {
      const at = i * re.cols + j;
      const z = change({ re: re.data[at], im: im.data[at] }, i);
      [re.data[at], im.data[at]] = [z.re, z.im];
    }
  }
});

test("CRT-9 multiplying A and w by a power of two moves the bounds and nothing else", () => {
  const A = new Random(4).normalMatrix(5, 5);
  const { w, V } = eig(A);
  const once = certify(A, { w, V });
  for (const power of [2 ** -900, 2 ** 900]) {
    const scaled = Matrix.from(A);
    scaled.data.forEach((x: number, at: number) => (scaled.data[at] = x * power));
    const times = (x: ArrayLike<number>): Float64Array => Float64Array.from(x, (y) => y * power);
    const moved = certify(scaled, { w: { re: times(w.re), im: times(w.im) }, V });
    expect(moved.radii).toEqual(times(once.radii));
    expect(moved.backward).toEqual(times(once.backward));
    expect([moved.defect, moved.condition]).toEqual([once.defect, once.condition]);
  }
});

test("CRT-9 the pairs of eigh and of eig agree about a symmetric matrix", () => {
  const G = new Random(8).normalMatrix(8, 8);
  const S = Matrix.from(G);
  for (let i = 0; i < 8; i++) for (let j = 0; j < 8; j++) S.data[8 * i + j] = G.at(i, j) + G.at(j, i);
  const { values } = certify(S, eigh(S));
  const { radii, accepted, condition } = certify(S, eig(S));
  expect(accepted).toBe(true);
  expect(condition).toBeLessThan(9);
  radii.forEach((radius, i) => expect(radius).toBeLessThan(8 * (values.upper[i] - values.lower[i])));
});

test("CRT-9 wrong shapes, options and entries are errors; what is too large is ∞", () => {
  const A = [[1, 2], [3, 4]]; // prettier-ignore
  const F = eig(A);
  const huge: EigFactors = { w: F.w, V: [[1e200, 0], [0, 1]] }; // prettier-ignore
  expect([...certify(A, huge).radii]).toEqual([Infinity, Infinity]);
  expect(() => certify([[1, 2, 3]], F)).toThrow(ShapeError);
  expect(() => certify([[1]], F)).toThrow(ShapeError);
  expect(() => certify(A, { ...F, V: [[1], [2]] })).toThrow(ShapeError);
  expect(() => certify(A, { ...F, w: { re: [1, NaN], im: [0, 0] } })).toThrow(NonFiniteError);
  expect(() => certify(A, F, { tol: 1 } as never)).toThrow(OptionError);
  expect(certify(A, F, { tolerance: 0 }).accepted).toBe(false);
});

test("LIN-10 accuracy of eigenvalues and eigenvectors is a few ε, real and complex", () => {
  const faults: string[] = [];
  for (const n of [1, 4, 9])
    for (const { name, A } of generalGallery(n, "f64")) {
      const { backward } = accuracy(A, eig(A));
      // Where balancing has most to do, the backward error is small for the balanced matrix.
      if (!(backward < (name.startsWith("badly") ? 1e-6 : 1e-14))) faults.push(`${name}: ${backward}`);
    }
  expectNone(faults);
  const A = new Random(3).normalMatrix(5, 5);
  const { w, V } = eig(A);
  expect(accuracy(A, { w, V: ComplexMatrix.wrap(V.im, V.re) }).backward).toBeGreaterThan(0.1);
});
