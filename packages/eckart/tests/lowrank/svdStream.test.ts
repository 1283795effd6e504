import { absoluteRatio, gallery, orthogonality } from "@eckart/testing";
import { describe, expect, test } from "vitest";
import {
  EckartError,
  Matrix,
  multiply,
  NonFiniteError,
  norm,
  OptionError,
  ShapeError,
  subtract,
  svd,
  SvdStream,
  truncate,
  type SvdStreamOptions,
} from "../../src/index.ts";
import { withBackend } from "../../src/kernels/load.ts";
import { epsilonOf, SPECTRA, withSpectrum } from "./spectra.ts";

/** The rows of A from `first` on in blocks of the given heights. */
function* blocks(A: Matrix, heights: readonly number[], first = 0): Generator<Matrix> {
  for (const height of heights) {
    yield A.slice(first, first + height);
    first += height;
  }
}

function streamed(A: Matrix, heights: readonly number[], options: SvdStreamOptions = {}): SvdStream {
  const stream = new SvdStream(A.cols, { dtype: A.dtype, ...options });
  for (const block of blocks(A, heights)) stream.push(block);
  return stream;
}

const SPLITS = [[90], [1, 89], [30, 30, 30], [7, 0, 50, 13, 20], Array<number>(90).fill(1)];
const shown = (stream: SvdStream): unknown => stream.svd();

for (const dtype of ["f64", "f32"] as const) {
  for (const backend of ["wasm", "typescript"] as const) {
    test.each(Object.keys(SPECTRA))(`LOW-7 ${dtype} ${backend} %s: exact, however the rows are cut`, (spectrum) => {
      withBackend(backend, () => {
        const A = withSpectrum(90, 24, SPECTRA[spectrum], dtype);
        const whole = svd(A);
        for (const heights of SPLITS) {
          const name = `${spectrum} ${heights.length} blocks`;
          const stream = streamed(A, heights);
          const { U, s, Vt, V, rows, frobeniusError } = stream.svd();
          expect([U, rows, frobeniusError, Vt.shape, V.shape], name).toEqual([null, 90, 0, [24, 24], [24, 24]]);
          expect(s.constructor, name).toBe(whole.s.constructor);
          expect(absoluteRatio(s, whole.s), name).toBeLessThan(30);
          expect(orthogonality(Vt), name).toBeLessThan(10);
          // The second pass: rows of U, whose product with the other factors is A again.
          const second = Matrix.zeros(90, 24, { dtype });
          let at = 0;
          for (const block of blocks(A, heights)) {
            const part = stream.transformBlock(block);
            second.data.set(part.data, at);
            at += part.data.length;
          }
          for (let i = 0; i < second.data.length; i++) second.data[i] *= s[i % 24];
          expect(norm(subtract(multiply(second, Vt), A)) / (norm(A) || 1), name).toBeLessThan(100 * epsilonOf(dtype));
        }
      });
    });
  }
}

test("LOW-7 U over all blocks is orthonormal where the values are not tiny", () => {
  const A = withSpectrum(200, 12, SPECTRA["even"]);
  const stream = streamed(A, [60, 60, 80]);
  const U = stream.transformBlock(A);
  expect(orthogonality(U)).toBeLessThan(20);
});

test("LOW-7 over the gallery, tall and wide", () => {
  for (const [m, n] of [
    [30, 9],
    [9, 14],
    [1, 1],
  ])
    // oxfmt-ignore
    for (const A of gallery(m, n, 6)) {
      const M = Matrix.wrap(A.data, A.shape);
      const half = m >> 1;
      const { s, Vt } = streamed(M, [half, m - half]).svd();
      expect(s.length, A.name).toBe(Math.min(m, n));
      expect(absoluteRatio(s, svd(A).s), A.name).toBeLessThan(40);
      expect(orthogonality(Vt), A.name).toBeLessThan(10);
    }
});

describe.each([{ mode: "exact" }, { mode: "single-pass", rank: 4, seed: 5 }] as const)("$mode", (options) => {
  const A = withSpectrum(120, 20, (i) => 0.4 ** i);
  const part = (first: number, count: number): SvdStream =>
    new SvdStream(20, { ...options, firstRow: first }).push(A.slice(first, first + count));
  const whole = new SvdStream(20, options).push(A).svd();
  const close = (stream: SvdStream): void => {
    const F = stream.svd();
    expect(F.rows).toBe(120);
    expect(absoluteRatio(F.s.slice(0, 4), whole.s.slice(0, 4))).toBeLessThan(200);
    for (let i = 0; i < 4; i++) expect(multiply(F.Vt, whole.V).at(i, i)).toBeCloseTo(1, 12);
    if (whole.U) expect(norm(subtract(F.U as Matrix, whole.U))).toBeLessThan(1e-10);
  };

  test("LOW-8 parts merge, in any order and grouping", () => {
    close(part(0, 50).merge(part(50, 40)).merge(part(90, 30)));
    close(part(0, 50).merge(part(50, 40).merge(part(90, 30))));
    close(part(90, 30).merge(part(0, 50)).merge(part(50, 40)));
    close(new SvdStream(20, options).merge(part(0, 120)));
    const other = part(60, 60);
    const before = structuredClone(other.toState());
    close(part(0, 60).merge(other));
    expect(other.toState()).toEqual(before);
  });

  test("LOW-8 the state goes through JSON and structured clone, and the stream goes on from it", () => {
    const stream = part(0, 70);
    for (const copy of [JSON.parse(JSON.stringify(stream.toState())), structuredClone(stream.toState())]) {
      const back = SvdStream.fromState(copy);
      expect(back.toState()).toEqual(stream.toState());
      expect(shown(back)).toEqual(shown(stream));
      close(back.push(A.slice(70, 120)));
    }
  });

  test("LOW-8 a stream can be asked on the way, and asking changes nothing", () => {
    const stream = new SvdStream(20, options);
    for (const block of blocks(A, [10, 50, 60])) {
      stream.push(block);
      expect(stream.svd()).toBe(stream.svd());
    }
    close(stream);
  });

  test("LOW-3 no rows at all", () => {
    const F = new SvdStream(20, options).push([]).push(Matrix.zeros(0, 20)).svd();
    expect([F.s.length, F.Vt.shape, F.rows, F.frobeniusError]).toEqual([0, [0, 20], 0, 0]);
    expect(SvdStream.fromState(new SvdStream(20, options).toState()).svd().s.length).toBe(0);
    expect(new SvdStream(0, options).push([[], []]).svd().Vt.shape).toEqual([0, 0]);
  });

  test("LOW-4 what cannot be is refused, and the stream is as before", () => {
    const stream = part(0, 60);
    const before = stream.toState();
    expect(() => stream.push([[1, 2]])).toThrow(ShapeError);
    expect(() => stream.push([Array<number>(20).fill(NaN)])).toThrow(NonFiniteError);
    expect(() => stream.merge(stream)).toThrow(OptionError);
    expect(() => stream.merge(new SvdStream(19, options))).toThrow(OptionError);
    expect(() => stream.merge(new SvdStream(20, { ...options, dtype: "f32" }))).toThrow(OptionError);
    expect(() => stream.merge({} as SvdStream)).toThrow(OptionError);
    expect(stream.toState()).toEqual(before);
    for (const damage of [
      { type: "x" },
      { version: 2 },
      { cols: 21 },
      { rows: -1 },
      { sketch: [1] },
      { sketch: before.sketch.map(() => NaN) },
      { sketch: before.sketch.map(() => "1") },
    ]) {
      // oxfmt-ignore
      expect(() => SvdStream.fromState({ ...before, ...damage } as never), JSON.stringify(damage).slice(0, 40)).toThrow(EckartError);
    }
  });
});

test("LOW-9 one pass: close to the best of its rank, with an honest estimate", () => {
  for (const [spectrum, factor] of [
    ["decaying", 3],
    ["slow", 3],
    ["even", 3],
    ["repeated", 3],
    ["deficient", 3],
  ] as const) {
    // oxfmt-ignore
    const A = withSpectrum(150, 60, SPECTRA[spectrum]);
    const best = truncate(A, { rank: 6 });
    const slack = 1e-13 * norm(A);
    for (const seed of [1, 2, 3]) {
      const { U, s, Vt, frobeniusError } = streamed(A, [40, 0, 100, 10], { mode: "single-pass", rank: 6, seed }).svd();
      const left = Matrix.from(U as Matrix);
      expect([left.shape, s.length, Vt.shape]).toEqual([[150, 6], 6, [6, 60]]);
      expect(orthogonality(left)).toBeLessThan(10);
      expect(orthogonality(Vt)).toBeLessThan(10);
      for (let i = 0; i < left.data.length; i++) left.data[i] *= s[i % 6];
      const error = norm(subtract(A, multiply(left, Vt)));
      expect(error / (best.frobeniusError + slack), spectrum).toBeLessThan(factor);
      expect(frobeniusError, spectrum).toBeLessThanOrEqual(1.5 * error + slack);
      expect(frobeniusError, spectrum).toBeGreaterThanOrEqual(error / 1.5 - slack);
    }
  }
});

test("LOW-9 the relative error tells a sketch that is good for nothing", () => {
  for (const [spectrum, rank, least, most] of [
    [(k: number) => 1 / (k + 1) ** 3, 6, 0, 0.05],
    [() => 1, 6, 0.9, 2],
  ] as const) {
    const s = Array.from({ length: 60 }, (_, k) => spectrum(k));
    const { relativeError } = streamed(Matrix.diagonal(s), [25, 35], { mode: "single-pass", rank, seed: 5 }).svd();
    expect(relativeError).toBeGreaterThanOrEqual(least);
    expect(relativeError).toBeLessThanOrEqual(most);
  }
  const exact = streamed(Matrix.diagonal([4, 3]), [1, 1], { rank: 1 }).svd();
  expect(exact.relativeError).toBeCloseTo(0.6, 14);
  expect(new SvdStream(3).svd().relativeError).toBe(0);
});

test("LOW-9 a block boundary changes nothing but rounding, and a row twice is refused", () => {
  const A = withSpectrum(40, 10, SPECTRA["decaying"]);
  const options = { mode: "single-pass", rank: 2, seed: 8 } as const;
  const [one, many] = [streamed(A, [40], options).svd(), streamed(A, Array<number>(40).fill(1), options).svd()];
  expect(norm(subtract(one.U as Matrix, many.U as Matrix))).toBeLessThan(1e-11);
  expect(() => streamed(A, [40], options).merge(streamed(A, [1], options))).toThrow("the row is there already");
  expect(() => new SvdStream(4, { mode: "single-pass" })).toThrow(OptionError);
  for (const wrong of [
    { mode: "fast" },
    { rank: -1 },
    { seed: 1.5 },
    { dtype: "f16" },
    { firstRow: -1 },
    { cols: 3 },
  ]) {
    expect(() => new SvdStream(4, wrong as never), JSON.stringify(wrong)).toThrow(OptionError);
  }
  expect(() => new SvdStream(-1)).toThrow(OptionError);
});

test("LOW-7 a table of many more rows than are held at a time", () => {
  const n = 6;
  const A = withSpectrum(20_000, n, SPECTRA["even"]);
  const { s } = streamed(A, [9_000, 11_000]).svd();
  expect(absoluteRatio(s, svd(A).s)).toBeLessThan(100);
});
