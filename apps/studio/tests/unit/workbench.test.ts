import fc from "fast-check";
import { ComplexVector, Matrix, type FloatArray } from "eckart";
import { describe, expect, test } from "vitest";
import { meansOfColumns, meansOfRows, shrunk } from "../../src/files/shrink.ts";
import { pictureOf } from "../../src/files/picture.ts";
import { rankForError, stopsUpTo } from "../../src/figures/compress/ranks.ts";
import { parseMatrixText } from "../../src/matrixText/matrixText.ts";
import { copied } from "../../src/workbench/copy.ts";
import { fieldsOf, stateOf } from "../../src/workbench/link.ts";
import { overview } from "../../src/workbench/overview.ts";
import { PRESETS } from "../../src/workbench/presets.ts";
import type { Result } from "../../src/workbench/result.ts";
import {
  choleskyOf,
  eigen,
  inverseOf,
  leastSquaresOf,
  luOf,
  polarOf,
  pseudoinverseOf,
  qrOf,
  singular,
  subspacesOf,
} from "../../src/workbench/results.ts";
import { bounded } from "../../src/workbench/words.ts";

const watch = { signal: new AbortController().signal };
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const matrices = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([m, n]) => fc.array(fc.array(finite, { minLength: n, maxLength: n }), { minLength: m, maxLength: m }));

describe("what is copied is the matrix", () => {
  test.each(["NumPy", "TypeScript", "CSV"] as const)("%s comes back to the last bit", (language) => {
    fc.assert(
      fc.property(matrices, (rows) => {
        const text = copied(Matrix.from(rows), "A", language).replace("const A", "A").replace(/;\n$/, "");
        expect(parseMatrixText(text)).toEqual(rows.map((row) => row.map((x) => x + 0)));
      }),
      { numRuns: 60 },
    );
  });

  test("LaTeX sets powers of ten, and comes back where there are none", () => {
    expect(copied(Matrix.from([[1e-9, 2], [3, -4]]), "A", "LaTeX")).toBe(
      "\\begin{bmatrix}\n  1 \\cdot 10^{-9} & 2 \\\\\n  3 & -4\n\\end{bmatrix}\n",
    ); // oxfmt-ignore
    const rows = [[0.5, -2], [3, 4.25]]; // oxfmt-ignore
    expect(parseMatrixText(copied(Matrix.from(rows), "A", "LaTeX"))).toEqual(rows);
  });

  test("a vector is one row", () => {
    expect(copied(Float64Array.of(5, 3), "s", "NumPy")).toBe("s = np.array([5, 3])\n");
    expect(copied(Float64Array.of(5, 3), "s", "TypeScript")).toBe("const s = [5, 3];\n");
  });
});

const fieldMap = (fields: Record<string, string> | undefined): ReadonlyMap<string, string> =>
  new Map(Object.entries(fields!));

describe("STU-7 the state of the bench in an address", () => {
  test("any matrix comes back to the last bit, packed where it is long", async () => {
    await fc.assert(
      fc.asyncProperty(matrices, async (rows) => {
        const fields = await fieldsOf({ A: Matrix.from(rows), view: "svd" });
        const state = await stateOf(fieldMap(fields), ["svd"]);
        expect(state).toEqual({
          preset: undefined,
          rows: rows.map((row) => row.map((x) => x + 0)),
          view: "svd",
          b: undefined,
        });
      }),
      { numRuns: 60 },
    );
    const large = Matrix.from(Array.from({ length: 60 }, (_, i) => Array.from({ length: 40 }, (_, j) => (i * j) % 7)));
    const fields = await fieldsOf({ A: large });
    expect(Object.keys(fields!)).toEqual(["z"]);
    expect((await stateOf(fieldMap(fields), [])).rows).toEqual(large.toArray());
  });

  test("what is too large is not put into an address", async () => {
    const noise = Matrix.from(
      Array.from({ length: 100 }, (_, i) => Array.from({ length: 100 }, (_, j) => Math.sin(i * 7 + j))),
    );
    expect(await fieldsOf({ A: noise })).toBeUndefined();
    expect(await fieldsOf({ A: Matrix.zeros(300, 300) })).toBeUndefined();
  });

  test.each([
    [{ A: "1,2;3" }, "ragged"],
    [{ A: "1,<img src=x>" }, "text"],
    [{ A: "1e999,1" }, "an infinite entry"],
    [{ z: "AAAA_-" }, "a damaged pack"],
    [{ z: "<script>" }, "what is no pack"],
    [{ of: "__proto__" }, "an unknown preset"],
    [{ A: `${"1,".repeat(30_000)}1` }, "more entries than an address holds"],
  ] as [Record<string, string>, string][])("%s is not believed: %s", async (fields) => {
    expect(await stateOf(fieldMap(fields), [])).toEqual({
      preset: undefined,
      rows: undefined,
      view: undefined,
      b: undefined,
    });
  });
});

const of = (rows: readonly (readonly number[])[]): Matrix => Matrix.from(rows);
const part = (result: Result, name: string): Matrix => result.parts.find((one) => one.name === name)!.value as Matrix;
const rowsOf = (X: Matrix): number[][] => X.toArray().map((row) => row.map((x) => Math.round(x * 1e9) / 1e9 + 0));

describe("every preset has an answer or a reason in every view", () => {
  for (const { id, rows } of PRESETS.flatMap(([, presets]) => presets).filter(({ rows }) => rows !== undefined))
    test(id, async () => {
      const A = of(rows!);
      const ones = Matrix.wrap(new Float64Array(A.rows).fill(1), [A.rows, 1]);
      const results = await Promise.all([
        ...[overview, singular, eigen, qrOf, luOf, choleskyOf, polarOf, inverseOf, pseudoinverseOf, subspacesOf].map(
          (f) => f(A, watch),
        ),
        leastSquaresOf(A, ones, watch),
      ]);
      for (const { missing, parts, facts } of results) {
        expect(missing === undefined ? parts.length + facts.length : missing.length).toBeGreaterThan(0);
        expect(JSON.stringify(facts)).not.toMatch(/NaN|undefined/);
      }
      const s = results[1]!;
      expect(s.proof?.accepted).toBe(true);
    });
});

describe("what does not exist is said with its reason", () => {
  test.each([
    [() => inverseOf(of([[1, 2], [2, 4]]), watch), /no inverse: its rank is 1 of 2/],
    [() => inverseOf(of([[1, 2, 3]]), watch), /1 × 3.*Only a square matrix/],
    [() => inverseOf(of(Array.from({ length: 14 }, (_, i) => Array.from({ length: 14 }, (_, j) => 1 / (i + j + 1)))), watch), /no inverse|singular to working precision/],
    [() => choleskyOf(of([[1, 2], [2, 1]]), watch), /not positive definite: its leading 2 × 2/],
    [() => choleskyOf(of([[1, 2], [0, 1]]), watch), /not symmetric/],
    [() => choleskyOf(of([[1, 2]]), watch), /only a square matrix/],
    [() => eigen(of([[1, 2]]), watch), /Only a square matrix has eigenvectors/],
    [() => leastSquaresOf(of([[1, 2]]), of([[1], [2]]), watch), /b has 2 rows, and A has 1/],
  ] as [() => Promise<Result>, RegExp][])("%#", async (run, reason) => {
    const { missing, parts } = await run();
    expect(missing).toMatch(reason);
    expect(parts).toEqual([]);
  }); // oxfmt-ignore
});

describe("what is said of a matrix", () => {
  test("complex eigenvalues, defective ones and symmetric ones", async () => {
    const turn = await eigen(of([[0, -1], [1, 0]]), watch); // oxfmt-ignore
    expect(turn.parts[0]!.value).toBeInstanceOf(ComplexVector);
    const shear = await eigen(of([[1, 1], [0, 1]]), watch); // oxfmt-ignore
    expect(shear.facts.find(({ name }) => name === "eigenvectors")).toMatchObject({ value: "1 of 2" });
    expect(shear.facts.find(({ name }) => name === "what is kept")).toMatchObject({
      value: "1: a line",
      about: "defective",
    });
    const symmetric = await eigen(of([[1, 2], [2, 1]]), watch); // oxfmt-ignore
    expect(symmetric.facts[0]!.about).toMatch(/indefinite/);
  });

  test("factors multiply to the matrix, and the solution is the one of least norm", async () => {
    const A = of([[4, 3], [6, 3]]); // oxfmt-ignore
    expect(rowsOf(part(await luOf(A, watch), "P"))).toEqual([[0, 1], [1, 0]]); // oxfmt-ignore
    const { parts, facts } = await leastSquaresOf(of([[1, 1]]), of([[2]]), watch);
    expect(rowsOf(parts[0]!.value as Matrix)).toEqual([[1], [1]]);
    expect(facts.find(({ name }) => name === "rank")!.about).toMatch(/shortest/);
  });

  test("determinants beyond the doubles", async () => {
    const { facts } = await overview(
      of(Array.from({ length: 200 }, (_, i) => Array.from({ length: 200 }, (_, j) => (i === j ? 100 : 0)))),
      watch,
    );
    expect(facts.find(({ name }) => name === "determinant")!.value).toBe("1.000 × 10⁴⁰⁰");
  });

  test("empty matrices", async () => {
    for (const shape of [
      [0, 3],
      [3, 0],
    ] as const) {
      // oxfmt-ignore
      const A = Matrix.zeros(shape[0], shape[1]);
      for (const f of [overview, singular, eigen, qrOf, luOf, polarOf, pseudoinverseOf, subspacesOf]) await f(A, watch);
    }
  });

  test("bounds are rounded upwards", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e6, noNaN: true }), (x) => {
        const text = bounded(x).replaceAll("−", "-");
        const [, digits, , power] = /^([\d.]+)( × 10(.*))?$/.exec(text) ?? [];
        const exponent = [...(power ?? "")]
          .map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".indexOf(c))
          .map((i) => (i === 10 ? "-" : i))
          .join("");
        expect(Number(`${digits}e${exponent || 0}`) * (1 + 1e-12)).toBeGreaterThanOrEqual(x);
      }),
    );
  });
});

describe("pictures", () => {
  test("ranks of the slider are dense where they are small, and end at the last", () => {
    const stops = stopsUpTo(3000);
    expect(stops.slice(0, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(stops.at(-1)).toBe(3000);
    expect(stops.length).toBeLessThan(140);
    expect(stops.every((stop, i) => i === 0 || stop > stops[i - 1]!)).toBe(true);
    expect(stopsUpTo(1)).toEqual([0, 1]);
    expect(rankForError([1, 0.5, 0.1, 0], 0.2)).toBe(2);
    expect(rankForError([1, 0.5], 0.2)).toBe(1);
  });

  test("means of the factors are the means of their product", () => {
    const [m, n, k] = [7, 5, 3];
    const at = (size: number, seed: number): FloatArray =>
      Float32Array.from({ length: size }, (_, i) => Math.sin(seed + 3 * i));
    const [U, V] = [at(m * k, 1), at(k * n, 2)];
    const product = (X: FloatArray, Y: FloatArray, rows: number, cols: number): number[] =>
      Array.from({ length: rows * cols }, (_, e) => {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += X[Math.floor(e / cols) * k + l]! * Y[l * cols + (e % cols)]!;
        return sum;
      });
    const small = product(meansOfRows(U, m, k, 3), meansOfColumns(V, k, n, 2), 3, 2);
    const means = shrunk(Float32Array.from(product(U, V, m, n)), [m, n], [3, 2]);
    small.forEach((x, e) => expect(x).toBeCloseTo(means[e]!, 5));
  });

  test("channels, opacity and bits of a file", () => {
    const base = { strides: [], notes: [] };
    const rgba = pictureOf(
      { ...base, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [1, 2, 4], dtype: "u8" },
      "a.png",
    );
    expect([rgba.planes.map((plane) => [...plane]), [...rgba.alpha!], rgba.white]).toEqual([[[1, 5], [2, 6], [3, 7]], [4, 8], 255]); // oxfmt-ignore
    const grey = pictureOf({ ...base, data: Uint16Array.of(9, 65535), shape: [2, 1], dtype: "u16" }, "b.png");
    expect([grey.planes.length, grey.alpha, grey.white]).toEqual([1, undefined, 65535]);
    const huge = { ...base, data: new Uint8Array(0), shape: [10_000, 5_000], dtype: "u8" } as const;
    expect(() => pictureOf(huge, "c.png")).toThrow(/c.png: 5000 × 10000 pixels; pictures of up to 40 megapixels/);
  });
});
