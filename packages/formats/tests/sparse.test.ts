import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CsrArray,
  type NdArray,
  readMatrixMarket,
  readMatrixMarketCsr,
  readSparse,
  writeMatrixMarket,
} from "@eckart/formats";
import { errorOf, rowsOf } from "./support.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));
const mm = (kind: string, ...lines: string[]): string =>
  [`%%MatrixMarket matrix coordinate ${kind}`, ...lines].join("\n");

/** The rows with their zeros written out, and proof that columns ascend and no place comes twice. */
function written({ shape: [rows, cols], indptr, indices, data }: CsrArray): number[][] {
  expect([indptr.length, indptr[0], indptr[rows]]).toEqual([rows + 1, 0, indices.length]);
  expect(data.length).toBe(indices.length);
  return Array.from({ length: rows }, (_, i) => {
    const row = new Array<number>(cols).fill(0);
    for (let p = indptr[i]; p < indptr[i + 1]; p++) {
      if (p > indptr[i]) expect(indices[p]).toBeGreaterThan(indices[p - 1]);
      row[indices[p]] = data[p];
    }
    return row;
  });
}

describe("FMT-30 compressed rows of a Matrix Market file", () => {
  test.each([
    ["real general", "3 4 4", "3 1 2.5", "1 4 -1e3", "1 2 1D-2", "2 2 0"],
    ["integer general", "2 2 3", "2 2 7", "1 1 9007199254740993", "2 1 -1"],
    ["pattern general", "2 3 2", "2 3", "1 1"],
    ["real symmetric", "3 3 4", "3 1 2", "2 2 5", "3 2 -1", "3 1 0.5"],
    ["real skew-symmetric", "3 3 2", "3 1 2", "2 1 -4"],
    ["pattern symmetric", "2 2 2", "2 1", "1 1"],
    ["real general", "0 3 0"],
    ["real general", "3 0 0"],
    ["real general", "2 2 0"],
  ])("%s, %s: the dense matrix, with its notes", async (kind, ...lines) => {
    const text = mm(kind, ...lines);
    const [sparse, dense] = [await readMatrixMarketCsr(text), await readMatrixMarket(text)];
    expect([written(sparse), sparse.shape]).toEqual([rowsOf(dense), dense.shape]);
    expect([sparse.notes, sparse.dtype]).toEqual([dense.notes, "f64"]);
  });

  test.each(readdirSync(FIXTURES).filter((name) => name.endsWith(".mtx")))("%s, which SciPy wrote", async (name) => {
    const file = readFileSync(FIXTURES + name);
    const A = await readSparse(file);
    if ("indptr" in A) expect(written(A)).toEqual(rowsOf(await readMatrixMarket(file)));
    else expect(file.toString("latin1", 0, 60)).toMatch(/^%%MatrixMarket matrix (array|coordinate complex)/);
  });

  test("any entries, in any order, as often as they come, to the last bit", async () => {
    const entry = fc.tuple(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 30 }),
        fc.constantFrom("real general", "real symmetric", "real skew-symmetric"),
        async (entries, kind) => {
          const kept = entries.filter(([i, j]) => kind === "real general" || i > j);
          const text = mm(kind, `5 5 ${kept.length}`, ...kept.map((words) => words.join(" ")));
          const [sparse, dense] = [await readMatrixMarketCsr(text), await readMatrixMarket(text)];
          expect([written(sparse), sparse.notes]).toEqual([rowsOf(dense), dense.notes]);
          const back = await readMatrixMarketCsr(writeMatrixMarket(sparse));
          expect({ ...back, notes: sparse.notes }).toEqual(sparse);
        },
      ),
      { numRuns: 200, seed: 11 },
    );
  });

  test("a matrix of 5·10⁹ places with three entries takes the memory of its rows", async () => {
    const text = mm("real general", "100000 50000 3", "100000 50000 1", "1 1 2", "100000 1 3");
    const { shape, indptr, indices, data } = await readMatrixMarketCsr(text);
    expect([shape, indptr.length, indptr[1], indptr[99_999], indptr[100_000]]).toEqual([
      [100_000, 50_000],
      100_001,
      1,
      1,
      3,
    ]);
    expect([Array.from(indices), Array.from(data)]).toEqual([
      [0, 0, 49_999],
      [2, 3, 1],
    ]);
  });

  test("readSparse keeps what is sparse and reads the rest as readMatrix does", async () => {
    expect(await readSparse(mm("real general", "2 2 1", "2 1 7"))).toMatchObject({ indptr: Int32Array.of(0, 0, 1) });
    const dense = (await readSparse("%%MatrixMarket matrix array real general\n1 2\n3\n4\n")) as NdArray;
    expect(rowsOf(dense)).toEqual([[3, 4]]);
    expect(await readSparse(mm("complex general", "1 1 1", "1 1 0 2"))).toMatchObject({ dtype: "c128" });
    expect(rowsOf((await readSparse("1,2\n3,4\n", { format: "csv" })) as NdArray)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test.each([
    ["%%MatrixMarket matrix array real general\n1 1\n1\n", /line 1: an array file stores every element/],
    [mm("complex general", "1 1 1", "1 1 1 1"), /line 1: complex numbers/],
    [mm("real general", "2147483648 1 0"), /line 2: 2147483648 rows; a sparse matrix has at most 2147483647/],
    [mm("real general", "1 2147483648 0"), /2147483648 columns/],
    [mm("real general", "2147483647 1 0"), /takes 8589934600 bytes as a sparse matrix; the limit is 1073741824/],
    [mm("real general", "2 2 99", "1 1 1"), /99 entries declared, the file has room for 1/],
    [mm("real general", "2 2 2", "1 1 1"), /the file ends after 1 of 2 entries|room for 1/],
    [mm("real general", "2 2 1", "1 3 1"), /expected a column from 1 to 2, got "3"/],
    [mm("real general", "2 2 1", "1 1 inf"), /"inf" is not a finite double/],
    [mm("real symmetric", "2 2 1", "1 2 1"), /holds the lower triangle only/],
  ])("FMT-3 malformed: %j", async (text, message) => {
    const error = await errorOf(readMatrixMarketCsr(text, { name: "m.mtx" }));
    expect(error.message).toMatch(message);
    expect(error).toMatchObject({ code: "FORMAT", format: "mtx", file: "m.mtx" });
  });

  test("FMT-15 compressed rows of any arrays are written, and those of no matrix refused", () => {
    const right = { shape: [2, 3], indptr: [0, 1, 2], indices: [0, 2], data: [1, 2] };
    const text = new TextDecoder().decode(writeMatrixMarket(right));
    expect(text).toBe("%%MatrixMarket matrix coordinate real general\n2 3 2\n1 1 1\n2 3 2\n");
    const single = writeMatrixMarket({ ...right, data: Float32Array.of(0.1, 2) });
    expect(new TextDecoder().decode(single)).toContain("1 1 0.1\n");
    for (const [wrong, message] of [
      [{ shape: [2] }, /shape \(2\) is that of no matrix/],
      [{ indptr: [0, 2] }, /expected indptr of 3 places, got 2/],
      [{ indptr: [1, 1, 2] }, /begin with 0/],
      [{ indptr: [0, 2, 1] }, /indptr\[2\]/],
      [{ indices: [0] }, /expected indices of 2 entries, got 1/],
      [{ indices: [0, 3] }, /expected indices\[1\] to be a column from 0 to 2, got 3/],
      [{ data: [1] }, /expected data of 2 entries, got 1/],
    ] as const)
      expect(() => writeMatrixMarket({ ...right, ...wrong })).toThrow(message);
    expect(() => writeMatrixMarket(right, { layout: "array" })).toThrow(/layout of a sparse matrix/);
  });
});
