import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  FormatError,
  readArrow,
  readMatrix,
  readParquet,
  readRowBlocks,
  writeArrow,
  writeParquet,
} from "@eckart/formats";
import { errorOf, rowsOf } from "./support.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));
const fixture = (name: string): Buffer => readFileSync(FIXTURES + name);

const READERS = { parquet: readParquet, arrow: readArrow } as const;
const WRITERS = { parquet: writeParquet, arrow: writeArrow } as const;

for (const format of ["parquet", "arrow"] as const) {
  const read = READERS[format];
  const write = WRITERS[format];

  describe(`FMT-29 a ${format} table is its columns of numbers`, () => {
    test("columns are chosen, by name and by number", async () => {
      const content = await write({
        data: new Float64Array([1, 2, 3, 4, 5, 6]),
        shape: [2, 3],
        columns: ["a", "b", "c"],
      });
      const chosen = await read(content, { columns: ["c", 1] });
      expect([rowsOf(chosen), chosen.columns]).toEqual([
        [
          [3, 1],
          [6, 4],
        ],
        ["c", "a"],
      ]);
      expect((await read(content, { omit: [2] })).columns).toEqual(["a", "c"]);
      const error = await errorOf(read(content, { columns: ["d"] }));
      expect(error.message).toMatch(/expected columns to be a column of the table: 1 to 3, or "a", "b", "c", got "d"/);
    });

    test("every column without numbers is named", async () => {
      const { message } = await errorOf(read(fixture(`mixed.${format}`), { name: `mixed.${format}` }));
      expect(message).toMatch(new RegExp(`^mixed\\.${format}: 4 columns without numbers: "when" \\(`));
      for (const name of ["many", "parts", "bytes"]) expect(message).toContain(`"${name}" (`);
      expect(rowsOf(await read(fixture(`mixed.${format}`), { columns: ["x"] }))).toEqual([[1]]);
    });

    test("a missing value is an error with its place, or what was told", async () => {
      const gaps = fixture(`gaps.${format}`);
      expect((await errorOf(read(gaps))).message).toMatch(/row 2, column 1 \("x"\): the value is missing/);
      expect((await errorOf(read(gaps, { columns: ["y"] }))).message).toMatch(/row 3, column 1 \("y"\)/);
      expect(rowsOf(await read(gaps, { missing: "nan", columns: ["x"] }))).toEqual([[1.5], [NaN], [3], [4]]);
      const dropped = await read(gaps, { missing: "drop-row" });
      expect([rowsOf(dropped), dropped.notes]).toEqual([
        [
          [1.5, 1],
          [4, 4],
        ],
        ["2 rows with missing values dropped"],
      ]);
      expect((await errorOf(read(gaps, { missing: "zero" as "nan" }))).message).toMatch(/expected missing to be/);
    });

    test("NaN by its place, unless it is kept", async () => {
      const content = await write([[1], [NaN]]);
      expect((await errorOf(read(content))).message).toMatch(/row 2, column 1 \("c1"\): NaN; expected finite numbers/);
      expect(rowsOf(await read(content, { nonFinite: "keep" }))).toEqual([[1], [NaN]]);
    });

    test("more than the limit is refused, and read block by block", async () => {
      const content = fixture({ parquet: "none-v1.parquet", arrow: "uncompressed.feather" }[format]);
      const omit = ["name"];
      expect((await errorOf(read(content, { omit, maxBytes: 1000 }))).message).toMatch(/the limit (is|of) 1000/);
      let rows = 0;
      for await (const block of readRowBlocks(content, { table: { omit }, maxBytes: 1000 })) rows += block.shape[0];
      expect(rows).toBe(19);
      await expect(readRowBlocks(content, { table: { omit }, maxBytes: 100 }).next()).rejects.toThrow(
        /the limit is 100/,
      );
    });

    test("cut off anywhere, it ends in a named error", async () => {
      const whole = fixture({ parquet: "snappy-v1.parquet", arrow: "uncompressed.feather" }[format]);
      for (let length = 0; length < whole.length; length += 97)
        expect(await errorOf(read(whole.subarray(0, length), { omit: ["name"] }))).toBeInstanceOf(FormatError);
    });

    test("any matrix of doubles or singles comes back bit for bit", async () => {
      const number = fc.double();
      await fc.assert(
        fc.asyncProperty(
          fc.nat(6),
          fc.integer({ min: 1, max: 4 }),
          fc.boolean(),
          fc.array(number, { minLength: 24, maxLength: 24 }),
          async (rows, cols, single, numbers) => {
            const data = (single ? Float32Array : Float64Array).from(numbers.slice(0, rows * cols));
            const back = await read(await write({ data, shape: [rows, cols] }), { nonFinite: "keep" });
            expect([back.shape, back.data]).toEqual([[rows, cols], data]);
          },
        ),
        { numRuns: 60, seed: 4 },
      );
    });

    test("what the format cannot hold", async () => {
      expect((await errorOf(write([[1, 2]], { columns: ["a", "a"] }))).message).toMatch(
        /two columns have the name "a"/,
      );
      expect((await errorOf(write([[1, 2]], { columns: ["a"] }))).message).toMatch(
        /expected 2 names of columns, got 1/,
      );
      const exact = { data: new BigInt64Array([2n ** 53n + 1n]), shape: [1, 1] };
      expect((await errorOf(write(exact))).message).toMatch(/beyond 2\^53/);
    });
  });
}

describe("FMT-29 parquet pages are proved before they are decoded", () => {
  test("whole numbers beyond 2^53 are counted", async () => {
    const gaps = await readParquet(fixture("gaps.parquet"), { missing: 0 });
    expect(gaps.notes).toEqual(["2 missing values replaced by 0"]);
  });

  test("not the end of a parquet file", async () => {
    expect((await errorOf(readParquet("PAR1 and more"))).message).toMatch(/does not end with PAR1/);
    expect((await errorOf(readParquet("PAR1\u00ff\u0000\u0000\u0000PAR1"))).message).toMatch(/metadata of|PAR1/);
  });
});

describe("FMT-29 arrow", () => {
  test("blocks of an LZ4 frame refer to those before them", async () => {
    const { data, shape } = await readArrow(fixture("long.feather"));
    expect(shape).toEqual([20_480, 1]);
    for (let k = 0; k < 20_480; k++) if (data[k] !== data[k % 4096]) expect.fail(`row ${k + 1}`);
    expect(new Set(data)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8]));
  });

  test("damaged LZ4 ends in a named error or other numbers", async () => {
    const whole = fixture("long.feather");
    let errors = 0;
    for (let at = 700; at < whole.length - 2000; at += 499) {
      const damaged = Buffer.from(whole);
      damaged[at] ^= 0xff;
      await readArrow(damaged, { nonFinite: "keep" }).catch((error: unknown) => {
        expect(error).toBeInstanceOf(FormatError);
        errors++;
      });
    }
    expect(errors).toBeGreaterThan(0);
  });

  test("version 1 of Feather says what to do", async () => {
    expect((await errorOf(readMatrix("FEA1 …", { format: "arrow" }))).message).toMatch(/Feather version 1/);
    expect((await errorOf(readMatrix("1,2", { format: "arrow" }))).message).toMatch(/does not begin as an Arrow/);
  });
});
