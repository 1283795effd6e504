// The functions of the worker are those of the engine: by their types, which tsc checks here, and when called.

import "./freshBundle.ts";
import { afterAll, describe, expect, test } from "vitest";
import * as engine from "../../src/index.ts";
import { Matrix } from "../../src/index.ts";
import * as worker from "../../src/worker.ts";
import type { EigWithLeft, MatrixLeastSquares, PivotedQr, Qr, Svd, VectorLeastSquares } from "../../src/index.ts";
import { LOCAL } from "../../src/worker/functions.ts";

afterAll(worker.terminate);

/** Fails to compile where the worker lacks a function of the engine, or has one that the engine lacks. */
const functions: worker.Functions = worker;
type Exported = Exclude<keyof typeof worker, "createPool" | "start" | "terminate">;
const control = ["createPool", "start", "terminate"];
const names = Object.keys(worker).filter((name) => !control.includes(name)) satisfies string[] as Exported[];
names satisfies worker.FunctionName[];

const table = engine as unknown as Record<string, (...args: unknown[]) => unknown>;
const isClass = (value: unknown): boolean => /^class\b/.test(Function.prototype.toString.call(value));

test("WRK-1 every function of the engine is there, and nothing else", () => {
  const computing = Object.keys(engine)
    .filter((name) => typeof table[name] === "function" && !isClass(table[name]))
    .filter((name) => !(LOCAL as readonly string[]).includes(name));
  expect(names.sort()).toEqual(computing.sort());
});

test("WRK-1 so they are in a pool", () => {
  expect(Object.keys(worker.createPool()).sort()).toEqual([...names, "start", "terminate"].sort());
});

const A = [
  [4, 1],
  [1, 3],
];
const single = Matrix.from(A, { dtype: "f32" });
const F = engine.svd(A);

/** Arguments where one matrix alone would be refused. */
const ARGUMENTS: Record<string, unknown[]> = {
  accuracy: [A, F],
  add: [A, single],
  certify: [A, F],
  chooseRank: [[5, 4, 1e-9], { by: "gap" }],
  eighBatch: [{ data: Float64Array.of(2, 1, 1, 3, 5, 0, 0, 4), shape: [2, 2, 2] }],
  invBatch: [{ data: Float64Array.of(2, 1, 1, 3, 5, 0, 0, 4), shape: [2, 2, 2] }],
  ellipseOutline: [A, 5],
  isOrthogonal: [engine.rotation(1)],
  classify: [engine.rotation(1)],
  lstsq: [single, single.T],
  loraFactors: [A, 1],
  multiply: [A, [1, 2]],
  norm: [A, "nuc"],
  procrustes: [A, single],
  qr: [A, { pivot: true }],
  randomizedSvd: [A, { rank: 1 }],
  eig: [
    [
      [1, -2],
      [3, 1],
    ],
    { left: true },
  ],
  reconstruct: [F],
  reflection: [[1, 2, 3]],
  rotation: [1, [1, 2, 3]],
  scale: [2, A],
  solve: [A, new Float32Array([1, 2])],
  subtract: [A, A],
  svdBatch: [{ data: Float32Array.of(2, 1, 1, 3, 5, 0, 0, 4), shape: [2, 2, 2] }],
  svdPlan: [300, 200],
  svds: [engine.csr({ shape: [2, 3], indptr: [0, 2, 3], indices: [0, 2, 1], data: [1, 2, 3] }), { k: 1 }],
  svdvalsBatch: [{ data: Float64Array.of(2, 1, 1, 3, 5, 0, 0, 4), shape: [2, 2, 2] }],
  truncate: [single, { rank: 1 }],
  zeroThreshold: [
    [2, 1],
    [2, 2],
  ],
};

/** What a call comes to, its error included. */
async function outcome(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return [(error as Error).constructor, (error as Error).message, { ...(error as object) }];
  }
}

describe("WRK-1 the same bits", () => {
  for (const name of names) {
    const args = ARGUMENTS[name] ?? [A];
    const here = table[name];
    const there = functions[name] as (...args: unknown[]) => Promise<unknown>;
    test(name, async () => {
      expect(await outcome(() => there(...args))).toStrictEqual(await outcome(() => here(...args)));
    });
  }

  test.each([30, 150])("svd and eigh of order %i", async (n) => {
    const B = new engine.Random(n).normalMatrix(n, n);
    expect(await worker.svd(B)).toStrictEqual(engine.svd(B));
    const S = engine.add(B, B.T);
    expect(await worker.eigh(S)).toStrictEqual(engine.eigh(S));
  });
});

test("WRK-1 the overloads of the engine are those of the worker", async () => {
  const { signal } = new AbortController();
  const pivoted: PivotedQr = await worker.qr(A, { pivot: true, signal });
  const plain: Qr = await worker.qr(A, { signal });
  const both: EigWithLeft = await worker.eig(A, { left: true, signal });
  const full: Svd = await worker.svd(A, { full: true, method: "jacobi", signal, transfer: false });
  const one: VectorLeastSquares = await worker.lstsq(A, [1, 2], { rtol: 1e-9, signal });
  const many: MatrixLeastSquares = await worker.lstsq(A, A, { signal });
  const nuclear: number = await worker.norm(A, "nuc", { signal });
  const inverse: Matrix = await worker.inv(A, { signal });
  expect([pivoted.p, both.Y.shape, full.U.shape, many.x.shape, inverse.shape]).toEqual([
    engine.qr(A, { pivot: true }).p,
    [2, 2],
    [2, 2],
    [2, 2],
    [2, 2],
  ]);
  expect([plain, one, nuclear]).toStrictEqual([engine.qr(A), engine.lstsq(A, [1, 2]), engine.norm(A, "nuc")]);
  // @ts-expect-error: no such option
  await expect(worker.svd(A, { fullMatrices: true })).rejects.toThrow(engine.OptionError);
  // @ts-expect-error: no such option
  await expect(worker.svd(A, { fullMatrices: true, signal })).rejects.toThrow(engine.OptionError);
  // @ts-expect-error: a matrix is not a number
  await expect(worker.svd(3)).rejects.toThrow(engine.OptionError);
});
