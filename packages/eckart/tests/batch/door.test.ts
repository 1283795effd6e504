import { Random } from "@eckart/testing";
import { expect, test } from "vitest";
import { eighBatch, invBatch, svdBatch, svdvalsBatch, type NdArrayLike } from "../../src/index.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { floats } from "./batches.ts";

/** Symmetric, regular matrices: every function takes them. */
function batchOf(
  dtype: "f64" | "f32",
  count: number,
  n: number,
  seed = 1,
): { data: Float64Array | Float32Array; shape: number[] } {
  const random = new Random(seed, "door");
  const data = floats(dtype, count * n * n);
  for (let t = 0; t < count; t++) {
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) data[t * n * n + i * n + j] = data[t * n * n + j * n + i] = random.gaussian();
  }
  return { data, shape: [count, n, n] };
}

type Answers = Record<string, { data: ArrayLike<number> }>;
const FUNCTIONS: Record<string, (A: NdArrayLike, options?: object) => Answers> = {
  svdBatch: (A, options) => ({ ...svdBatch(A, options), info: { data: [] } }),
  svdvalsBatch: (A, options) => ({ s: svdvalsBatch(A, options) }),
  eighBatch: (A, options) => ({ ...eighBatch(A, options), info: { data: [] } }),
  invBatch: (A, options) => ({ ...invBatch(A, options), info: { data: [] } }),
};

for (const [name, answer] of Object.entries(FUNCTIONS)) {
  test(`BAT-6 ${name} writes to the caller's buffers and returns them`, () => {
    for (const dtype of ["f64", "f32"] as const) {
      for (const n of [2, 3, 17]) {
        const A = batchOf(dtype, 5, n);
        const fresh = answer(A);
        const names = Object.keys(fresh).filter((key) => key !== "info");
        const out = Object.fromEntries(names.map((key) => [key, floats(dtype, fresh[key].data.length + 3).fill(7)]));
        for (const seed of [1, 2, 1]) {
          const again = answer(batchOf(dtype, 5, n, seed), { out });
          for (const key of names) {
            const { data } = again[key] as { data: Float64Array };
            expect(data.buffer).toBe(out[key].buffer);
            if (seed === 1) expect(data, key).toEqual(fresh[key].data);
            expect([...out[key].subarray(data.length)]).toEqual([7, 7, 7]);
          }
        }
      }
    }
  });

  test(`BAT-6 ${name} refuses a buffer that is too short, of another type, or shared`, () => {
    const A = batchOf("f64", 4, 3);
    const key = name === "eighBatch" ? "w" : name === "invBatch" ? "X" : "s";
    const length = answer(A)[key].data.length;
    for (const bad of [new Float64Array(length - 1), new Float32Array(length), [], null, A.data]) {
      expect(() => answer(A, { out: { [key]: bad } }), String(bad)).toThrow(
        expect.objectContaining({ code: "option", option: `out.${key}` }),
      );
    }
    expect(() => answer(A, { out: { Q: new Float64Array(99) } })).toThrow(/got "Q"/);
    expect(() => answer(A, { output: {} })).toThrow(/got "output"/);
  });

  test(`BAT-7 ${name} names matrix, row and column of an entry that is not finite`, () => {
    for (const backend of ["wasm", "typescript"] as const) {
      withBackend(backend, () => {
        for (const dtype of ["f64", "f32"] as const) {
          for (const n of [1, 2, 3, 4, 8, 17]) {
            for (const value of [NaN, Infinity, -Infinity]) {
              const A = batchOf(dtype, 7, n);
              const [row, col] = [n - 1, n - 1];
              A.data[5 * n * n + row * n + col] = value;
              expect(() => answer(A)).toThrow(expect.objectContaining({ code: "non-finite", matrix: 5, row, col }));
              expect(() => answer(A)).toThrow(`${name}, matrix 5: expected finite entries, got ${value} at row ${row}`);
            }
          }
        }
      });
    }
  });

  test(`BAT-7 ${name} refuses what is not a batch`, () => {
    for (const shape of [
      [2, 2],
      [1, 2, 2, 1],
      [-1, 2, 2],
      [1.5, 2, 2],
    ]) {
      expect(() => answer({ data: new Float64Array(8), shape }), String(shape)).toThrow(/^\w+: expected/);
    }
    expect(() => answer({ data: new Float64Array(7), shape: [2, 2, 2] })).toThrow(
      expect.objectContaining({ code: "shape" }),
    );
    expect(() => answer({ data: ["a", 1, 1, 1] as never, shape: [1, 2, 2] })).toThrow(/entry \[0\]\[0\]\[0\]/);
    expect(() => answer([[1, 2]] as never)).toThrow(expect.objectContaining({ code: "option" }));
  });

  test(`BAT-6 ${name} reads strides and offsets, and leaves its input alone`, () => {
    for (const n of [2, 3]) {
      const A = batchOf("f64", 6, n);
      const before = A.data.slice();
      const plain = answer(A);
      expect(A.data).toEqual(before);
      const shifted = new Float64Array([9, 9, ...A.data]);
      expect(answer({ data: shifted, shape: A.shape, offset: 2 })).toEqual(plain);
      expect(answer({ data: [...A.data], shape: A.shape })).toEqual(plain);
      // The matrices are symmetric, so that exchanged strides read the same numbers; so does every second matrix twice.
      expect(answer({ data: A.data, shape: A.shape, strides: [n * n, 1, n] })).toEqual(plain);
      const twice = new Float64Array(2 * A.data.length).map((_, k) => A.data[k >> 1]);
      expect(answer({ data: twice, shape: A.shape, strides: [2 * n * n, 2 * n, 2] })).toEqual(plain);
    }
  });
}

test("BAT-7 eighBatch and invBatch refuse what is not square, and eighBatch what is not symmetric", () => {
  const wide = { data: new Float64Array(12), shape: [2, 2, 3] };
  expect(() => eighBatch(wide)).toThrow("eighBatch: expected square matrices, got 2 × 2 × 3");
  expect(() => invBatch(wide)).toThrow("invBatch: expected square matrices, got 2 × 2 × 3");
  for (const n of [2, 3, 4, 17]) {
    const A = batchOf("f64", 5, n);
    A.data[3 * n * n + n] += 1;
    expect(() => eighBatch(A)).toThrow(expect.objectContaining({ code: "symmetry", matrix: 3, row: 0, col: 1 }));
    expect(() => eighBatch(A)).toThrow(/^eighBatch, matrix 3: expected a symmetric matrix/);
  }
});

test("BAT-6 buffers must not overlap each other", () => {
  const A = batchOf("f64", 4, 3);
  const memory = new Float64Array(72);
  const [U, Vt] = [memory.subarray(0, 36), memory.subarray(35, 71)];
  expect(() => svdBatch(A, { out: { U, Vt } })).toThrow(expect.objectContaining({ option: "out.Vt" }));
  expect(svdBatch(A, { out: { U, Vt: memory.subarray(36) } }).U.data).toEqual(svdBatch(A).U.data);
});
