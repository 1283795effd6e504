import "./freshBundle.ts";
import { afterAll, describe, expect, test } from "vitest";
import * as engine from "../../src/index.ts";
import { ComplexMatrix, Matrix } from "../../src/index.ts";
import * as worker from "../../src/worker.ts";

afterAll(worker.terminate);

const random = new engine.Random(1);

/** Declared for browsers only. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { Memory: new (descriptor: { initial: number }) => { readonly buffer: ArrayBuffer } };
};

describe("WRK-2 arguments", () => {
  const base = random.normalMatrix(6, 8);
  class Foreign {
    readonly #numbers = Float64Array.of(1, 2, 3, 4, 5, 6);
    get data(): Float64Array {
      return this.#numbers;
    }
    get shape(): number[] {
      return [2, 3];
    }
  }
  const forms: Record<string, engine.MatrixLike> = {
    "a Matrix": base,
    "a transpose": base.T,
    "a slice": base.slice(1, 4, 2, 7),
    "reversed rows": Matrix.wrap(base.data, [6, 8], { offset: 40, strides: [-8, 1] }),
    "32-bit floats": Matrix.from(base, { dtype: "f32" }),
    "rows of numbers": base.toArray(),
    "rows of typed arrays": [Float64Array.of(1, 2), Float64Array.of(3, 4)],
    "an ndarray": { data: base.data, shape: [2, 3], strides: [8, 2], offset: 3 },
    "numbers with a shape": { data: [1, 2, 3, 4], shape: [2, 2] },
    "an object with getters": new Foreign(),
    "the bytes of a Buffer": { data: Buffer.from([1, 2, 3, 4]), shape: [2, 2] },
    "shared memory": Matrix.wrap(new Float64Array(new SharedArrayBuffer(32)), [2, 2]),
    "no rows": Matrix.zeros(0, 3),
    "two parts": { re: base, im: base.slice(0, 6).toArray() } as unknown as engine.MatrixLike,
    "pairs of numbers": { data: base.data, shape: [4, 6], dtype: "c128" } as engine.MatrixLike,
    "a ComplexMatrix": ComplexMatrix.from({ re: base, im: base }).H as unknown as engine.MatrixLike,
  };
  for (const [name, A] of Object.entries(forms)) {
    test(`${name} gives the same bits`, async () => {
      expect(await worker.svd(A)).toStrictEqual(engine.svd(A));
      expect(await worker.svd(A, { transfer: false })).toStrictEqual(engine.svd(A));
    });
  }

  test("are those of the time of the call", async () => {
    const A = random.normalMatrix(5, 4);
    const expected = engine.svdvals(A);
    const first = worker.svdvals(A);
    const second = worker.svdvals(A);
    A.data.fill(NaN);
    expect([await first, await second]).toStrictEqual([expected, expected]);
  });

  test("are copied, and of a view only what it shows", async () => {
    const A = random.normalMatrix(5, 4);
    const part = Matrix.wrap(new Float64Array(1e7), [1, 2]);
    expect(await worker.norm(part)).toBe(0);
    await worker.svd(A);
    expect(A.data).toHaveLength(20);
  });

  test("move where transfer is set, with every array over the same memory", async () => {
    const memory = new ArrayBuffer(8 * 25);
    const A = Matrix.wrap(new Float64Array(memory, 0, 20), [5, 4]);
    const b = new Float64Array(memory, 8 * 20);
    A.data.set(random.normalMatrix(5, 4).data);
    b.set([1, 2, 3, 4, 5]);
    const expected = engine.lstsq(A, b);
    const answer = worker.lstsq(A, b, { transfer: true });
    expect([memory.byteLength, A.data.length, b.length]).toEqual([0, 0, 0]);
    expect(await answer).toStrictEqual(expected);
  });

  test("whose memory cannot move are copied where transfer is set", async () => {
    const shared = new Float64Array(new SharedArrayBuffer(32));
    const module = new Float64Array(new WebAssembly.Memory({ initial: 1 }).buffer, 0, 4);
    for (const data of [shared, module]) {
      data.set([3, 0, 0, 4]);
      const A = Matrix.wrap(data, [2, 2]);
      expect(await worker.svdvals(A, { transfer: true })).toStrictEqual(engine.svdvals(A));
      expect(data).toHaveLength(4);
    }
  });

  test("that are functions are refused", async () => {
    const A = { data: () => [1], shape: [1, 1] } as unknown as engine.MatrixLike;
    await expect(worker.svd(A)).rejects.toThrow(engine.OptionError);
  });
});

describe("WRK-2 results", () => {
  test("are matrices, and views of one memory stay so", async () => {
    const { U, Vt, V } = await worker.svd(random.normalMatrix(4, 3));
    expect(U).toBeInstanceOf(Matrix);
    expect(V.data).toBe(Vt.data);
  });

  test("are complex where the engine's are", async () => {
    const { w, V } = await worker.eig([
      [0, -1],
      [1, 0],
    ]);
    expect(w.at(0)).toEqual({ re: 0, im: 1 });
    expect(V).toBeInstanceOf(ComplexMatrix);
    expect(V.H.shape).toEqual([2, 2]);
  });
});

describe("WRK-4 errors", () => {
  const failures: Record<string, [() => unknown, () => Promise<unknown>]> = {
    NonFiniteError: [() => engine.svd([[1, NaN]]), () => worker.svd([[1, NaN]])],
    ShapeError: [() => engine.solve([[1, 2]], [1]), () => worker.solve([[1, 2]], [1])],
    SingularError: [() => engine.inv([[0]]), () => worker.inv([[0]])],
    SymmetryError: [
      () =>
        engine.cholesky([
          [1, 2],
          [3, 4],
        ]),
      () =>
        worker.cholesky([
          [1, 2],
          [3, 4],
        ]),
    ],
    OptionError: [
      () => engine.svd([[1]], { method: "lanczos" as "jacobi" }),
      () => worker.svd([[1]], { method: "lanczos" as "jacobi" }),
    ],
    MemoryError: [() => engine.leftGram(Matrix.zeros(60_000, 1)), () => worker.leftGram(Matrix.zeros(60_000, 1))],
  };
  for (const [name, [here, there]] of Object.entries(failures)) {
    test(`${name} keeps its class, code, message and numbers`, async () => {
      const thrown = await Promise.resolve()
        .then(here)
        .catch((error: unknown) => error as engine.EckartError);
      const rejected = await there().catch((error: unknown) => error as engine.EckartError);
      const Class = (engine as unknown as Record<string, typeof engine.EckartError>)[name];
      expect(thrown).toBeInstanceOf(Class);
      expect(rejected).toBeInstanceOf(Class);
      expect(rejected).toBeInstanceOf(Error);
      expect({ ...(rejected as object) }).toStrictEqual({ ...(thrown as object) });
      expect((rejected as Error).message).toBe((thrown as Error).message);
    });
  }

  test("say where the call was", async () => {
    const error = (await worker.svd([[NaN]]).catch((reason: unknown) => reason)) as Error;
    expect(error.stack).toContain("NonFiniteError: svd: ");
    expect(error.stack).toContain("calls.test.ts");
  });

  test("of wrong options of the call are rejections", async () => {
    for (const wrong of [{ signal: 1 }, { signal: null }, { onProgress: "yes" }, { transfer: 1 }]) {
      await expect(worker.svd([[1]], wrong as object)).rejects.toThrow(engine.OptionError);
    }
  });

  test("of wrong options of a pool are thrown", () => {
    for (const wrong of [
      { size: 0 },
      { size: 1.5 },
      { idleMs: -1 },
      { idleMs: Infinity },
      { threads: 0 },
      { crew: 2 },
    ]) {
      expect(() => worker.createPool(wrong as object)).toThrow(engine.OptionError);
    }
  });
});
