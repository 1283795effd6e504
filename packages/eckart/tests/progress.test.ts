import { describe, expect, test } from "vitest";
import * as engine from "../src/index.ts";
import { csr, Matrix, PCA, Random, SvdStream, withProgress } from "../src/index.ts";

const random = new Random(5);
const square = random.normalMatrix(150, 150);
const tall = random.normalMatrix(300, 60);
const symmetric = engine.add(square, square.T);
const complex = { re: square, im: random.normalMatrix(150, 150) };
const hermitian = { re: symmetric, im: engine.subtract(square, square.T) };
const sparse = csr({
  shape: [150, 150],
  indptr: Int32Array.from({ length: 151 }, (_, i) => 15 * i),
  indices: Int32Array.from({ length: 2250 }, (_, k) => 10 * (k % 15) + (k % 7)),
  data: square.data.slice(0, 2250),
});
const free = {
  shape: [150, 150],
  apply: (x: engine.FloatArray) => engine.multiply(square, Matrix.wrap(x, [150, 1])).data,
  applyTranspose: (y: engine.FloatArray) => engine.multiply(square.T, Matrix.wrap(y, [150, 1])).data,
};

interface Case {
  readonly compute: () => unknown;
  readonly steps: readonly string[];
  /** No single report may come further than this. */
  readonly jump: number;
}

const svdSteps = ["bidiagonalize", "diagonalize", "back-transform"];
const cases: Record<string, Case> = {
  svd: { compute: () => engine.svd(square), steps: svdSteps, jump: 0.15 },
  "svd, full": { compute: () => engine.svd(tall, { full: true }), steps: ["qr", ...svdSteps], jump: 0.6 },
  "svd, golub-kahan": { compute: () => engine.svd(square, { method: "golub-kahan" }), steps: svdSteps, jump: 0.15 },
  "svd, jacobi": {
    compute: () => engine.svd(square, { method: "jacobi" }),
    steps: ["qr", "jacobi", "back-transform"],
    jump: 0.35,
  },
  svdvals: { compute: () => engine.svdvals(square), steps: ["bidiagonalize", "diagonalize"], jump: 0.25 },
  "svd, complex": { compute: () => engine.svd(complex), steps: svdSteps, jump: 0.15 },
  eigh: {
    compute: () => engine.eigh(symmetric),
    steps: ["tridiagonalize", "diagonalize", "back-transform"],
    jump: 0.2,
  },
  "eigh, ql": {
    compute: () => engine.eigh(symmetric, { method: "ql" }),
    steps: ["tridiagonalize", "diagonalize", "back-transform"],
    jump: 0.2,
  },
  "eigh, Hermitian": {
    compute: () => engine.eigh(hermitian),
    steps: ["tridiagonalize", "diagonalize", "back-transform"],
    jump: 0.2,
  },
  eig: { compute: () => engine.eig(square), steps: ["hessenberg", "schur", "vectors"], jump: 0.2 },
  "eig, multishift": {
    compute: () => engine.eig(square, { method: "multishift", left: true }),
    steps: ["hessenberg", "schur", "vectors"],
    jump: 0.65,
  },
  eigvals: { compute: () => engine.eigvals(square), steps: ["hessenberg", "schur"], jump: 0.2 },
  qr: { compute: () => engine.qr(square), steps: ["qr"], jump: 0.4 },
  "qr, pivoted": { compute: () => engine.qr(square, { pivot: true }), steps: ["qr"], jump: 0.4 },
  svds: { compute: () => engine.svds(square, { k: 3, method: "lanczos" }), steps: ["lanczos"], jump: 0.7 },
  "svds, sparse": { compute: () => engine.svds(sparse, { k: 3 }), steps: ["lanczos"], jump: 0.7 },
  "svds, matrix-free": { compute: () => engine.svds(free, { k: 3 }), steps: ["lanczos"], jump: 0.7 },
  "svds, smallest": {
    compute: () => engine.svds(tall, { k: 2, which: "smallest", method: "lanczos" }),
    steps: ["lanczos"],
    jump: 0.5,
  },
  randomizedSvd: {
    compute: () => engine.randomizedSvd(square, { rank: 5 }),
    steps: ["range", "project", "measure"],
    jump: 0.4,
  },
  "randomizedSvd to a tolerance": {
    compute: () => engine.randomizedSvd(square, { tolerance: 0.3 }),
    steps: ["range", "project", "measure"],
    jump: 0.4,
  },
  truncate: { compute: () => engine.truncate(square, { rank: 3 }), steps: svdSteps, jump: 0.15 },
  "PCA.fit": { compute: () => new PCA().fit(square).components, steps: svdSteps, jump: 0.15 },
  "SvdStream.push": {
    compute: () => new SvdStream(20).push(random.normalMatrix(9000, 20)).rows,
    steps: ["qr"],
    jump: 0.6,
  },
  det: { compute: () => engine.det(square), steps: [], jump: 1 },
};

describe("PRG-1 fractions ascend to 1, and steps have their names", () => {
  for (const [name, { compute, steps, jump }] of Object.entries(cases)) {
    test(name, () => {
      const told: [number, string][] = [];
      const expected = name.startsWith("SvdStream") ? 9000 : compute();
      expect(withProgress((fraction, step) => told.push([fraction, step]), compute)).toStrictEqual(expected);
      const fractions = told.map(([fraction]) => fraction);
      const jumps = fractions.map((fraction, i) => fraction - (fractions[i - 1] ?? 0));
      expect(Math.min(...jumps)).toBeGreaterThanOrEqual(0);
      expect(fractions.at(-1)).toBe(1);
      expect(Math.max(...jumps), `largest of ${jumps.length} steps`).toBeLessThanOrEqual(jump);
      const named = new Set(told.map(([, step]) => step));
      named.delete("");
      for (const step of steps) expect(named).toContain(step);
    });
  }
});

describe("PRG-2 listening", () => {
  test("ends with the body, and what threw leaves nothing behind", () => {
    let calls = 0;
    const report = (): void => void calls++;
    expect(() => withProgress(report, () => engine.svd([[NaN]]))).toThrow(engine.NonFiniteError);
    withProgress(report, () => engine.svd(square));
    const before = calls;
    engine.svd(square);
    expect(calls).toBe(before);
  });

  test("ends a computation where it throws, and the next one is whole", () => {
    const expected = engine.svd(square);
    for (const limit of [0.1, 0.5, 0.9]) {
      const stop = (fraction: number): void => {
        if (fraction > limit) throw new Error("enough");
      };
      expect(() => withProgress(stop, () => engine.svd(square))).toThrow("enough");
      expect(engine.svd(square)).toStrictEqual(expected);
    }
  });

  test("of an inner body leaves the outer one where it was", () => {
    const outer: number[] = [];
    const inner: number[] = [];
    withProgress(
      (fraction) => outer.push(fraction),
      () => {
        withProgress(
          (fraction) => inner.push(fraction),
          () => engine.svd(square),
        );
        expect(outer).toEqual([]);
        engine.svd(square);
      },
    );
    expect(outer).toEqual(inner);
  });

  test("hears nothing of what a caller's own products compute", () => {
    const steps = new Set<string>();
    const A = {
      ...free,
      apply: (x: engine.FloatArray) => engine.multiply(engine.svd(square).U, Matrix.wrap(x, [150, 1])).data,
    };
    const B = {
      ...A,
      applyTranspose: (y: engine.FloatArray) => engine.multiply(engine.svd(square).U.T, Matrix.wrap(y, [150, 1])).data,
    };
    withProgress(
      (_, step) => steps.add(step),
      () => engine.svds(B, { k: 1, maxIterations: 2 }),
    );
    expect([...steps]).toEqual(["lanczos"]);
  });
});
