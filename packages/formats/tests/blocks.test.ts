import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  FORMAT_NAMES,
  type ReadMatrixOptions,
  type RowBlock,
  type SourceLike,
  readMatrix,
  readRowBlocks,
  toFloat,
  writeMatrix,
  writeNpy,
} from "@eckart/formats";
import { readRowBlocksFile, writeMatrixFile } from "@eckart/formats/node";
import { errorOf, rowsOf } from "./support.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));

async function blocksOf(source: SourceLike, options: ReadMatrixOptions & { rows?: number } = {}): Promise<RowBlock[]> {
  const blocks: RowBlock[] = [];
  for await (const block of readRowBlocks(source, options)) blocks.push(block);
  return blocks;
}
const rowsOfBlocks = (blocks: readonly RowBlock[]): unknown[] => blocks.flatMap(rowsOf);
const table = (rows: number, cols: number): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => (i * cols + j) % 200));

describe("FMT-26 the blocks of a table are the table", () => {
  for (const format of FORMAT_NAMES.filter((name) => name !== "jpeg"))
    for (const [rows, cols] of [
      [1, 1],
      [7, 3],
      [12, 2],
    ])
      for (const height of [1, 4, 100])
        test(`${format} ${rows} × ${cols} by ${height}`, async () => {
          const content = await writeMatrix(table(rows, cols), { format });
          const blocks = await blocksOf(content, { format, rows: height });
          expect(rowsOfBlocks(blocks)).toEqual(table(rows, cols));
          expect(blocks).toHaveLength(Math.ceil(rows / height));
          for (const { shape, strides, dtype } of blocks) {
            expect(shape[0]).toBeLessThanOrEqual(height);
            expect([shape[1], strides, dtype]).toEqual([cols, [cols, 1], "f64"]);
          }
        });

  for (const name of [
    "snappy-v1.parquet",
    "lz4.feather",
    "stream.arrow",
    "gaps-dropped.parquet",
    "fortran.npy",
    "float16-big.npy",
    "int64-little.npy",
    "vector.npy",
    "german.csv",
    "quoted.csv",
    "plain.csv.gz",
    "windows1252.csv",
    "unicode-text.txt",
  ])
    test(name, async () => {
      const { options = {} } = JSON.parse(readFileSync(`${FIXTURES}${name}.expected.json`, "utf8")) as {
        options?: ReadMatrixOptions;
      };
      const content = readFileSync(FIXTURES + name);
      const whole = toFloat(await readMatrix(content, { name, ...options }));
      const { shape } = whole;
      const expected = shape.length === 1 ? [...whole.data].map((x) => [x]) : rowsOf(whole);
      for (const rows of [1, 5, undefined]) {
        const blocks = await blocksOf(content, { name, ...options, ...(rows && { rows }) });
        expect(rowsOfBlocks(blocks)).toEqual(expected);
        expect(blocks.at(-1)!.columns).toEqual(whole.columns);
      }
    });

  test("an empty table is one block without rows", async () => {
    for (const content of [
      writeNpy({ data: new Float64Array(), shape: [0, 3] }),
      readFileSync(`${FIXTURES}no-rows.parquet`),
      "x,y\n",
    ])
      expect((await blocksOf(content)).map(({ shape }) => shape[0])).toEqual([0]);
  });

  test("npy is read a range a block", async () => {
    const content = writeNpy(table(10, 3));
    const ranges: number[] = [];
    await blocksOf(
      {
        byteLength: content.length,
        name: "a.npy",
        slice: (start: number, end: number) => (ranges.push(end - start), content.slice(start, end)),
      },
      { rows: 4 },
    );
    expect(ranges.slice(-3)).toEqual([96, 96, 48]);
  });

  test("what cannot be cut says so", async () => {
    expect((await errorOf(blocksOf(readFileSync(`${FIXTURES}fortran-3d.npy`)))).message).toMatch(
      /3 dimensions; blocks of rows need a matrix/,
    );
    expect((await errorOf(blocksOf("1,2", { rows: 0 }))).message).toMatch(/expected rows to be a whole number above 0/);
    expect((await errorOf(blocksOf(writeNpy([[1], [NaN]]), { rows: 1 }))).message).toMatch(
      /entry "rows 2 to 2": row 1, column 1: NaN/,
    );
  });
});

describe("FMT-26 text longer than a piece", () => {
  const long = (rows: number, cell: (i: number) => string): string =>
    `name,x\n${Array.from({ length: rows }, (_, i) => `${cell(i)},${i}\n`).join("")}`;

  test("lines, quoted line breaks and letters across pieces", async () => {
    const rows = 50_000;
    for (const [cell, breaks] of [
      [(i: number) => `n${i}`, "\n"],
      [(i: number) => `"é ""${i}""\nsecond"`, "\n"],
      [(i: number) => `"5' ${"ü".repeat(i % 9)}"`, "\r\n"],
    ] as const) {
      const text = long(rows, cell).replaceAll("\n", breaks);
      expect(text.length).toBeGreaterThan(2 ** 19);
      const blocks = await blocksOf(text, { format: "csv", csv: { omit: ["name"] }, rows: 1000 });
      expect(blocks).toHaveLength(rows / 1000);
      expect(rowsOfBlocks(blocks)).toEqual(Array.from({ length: rows }, (_, i) => [i]));
    }
  });

  test("an error names the line of the file", async () => {
    const text = `${long(60_000, (i) => `"a\n${i}"`)}b,x\n`;
    const error = await errorOf(blocksOf(text, { format: "csv", csv: { columns: ["x"] } }));
    expect(error).toMatchObject({ line: 120_002, column: 2, columnName: "x" });
    const open = `${long(60_000, (i) => `a${i}`)}"b,1\n2,3\n`;
    expect(await errorOf(blocksOf(open, { format: "csv", csv: { columns: ["x"] } }))).toMatchObject({ line: 60_002 });
  });

  test("any cut gives the same rows", async () => {
    const cell = fc.oneof(fc.integer().map(String), fc.constantFrom('"1\n"', '"2"', "3.5", '"4\r\n"'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 }),
        fc.nat(3),
        async (lines, padding) => {
          // A first line as long as a piece puts the cut of the next somewhere in the rest.
          const text = `${"#".repeat(2 ** 18 - padding * 7)}\n${lines.map((cells) => cells.join(";")).join("\n")}\n`;
          const told = { format: "csv" as const, csv: { separator: ";", header: false } };
          expect(rowsOfBlocks(await blocksOf(text, { ...told, rows: 7 }))).toEqual(
            rowsOf(await readMatrix(text, told)),
          );
        },
      ),
      { numRuns: 60, seed: 5 },
    );
  });
});

test("FMT-26 a file is closed when the loop ends early", async () => {
  const folder = mkdtempSync(join(tmpdir(), "eckart-"));
  try {
    const path = join(folder, "a.npy");
    await writeMatrixFile(path, table(10, 2));
    for await (const { shape } of readRowBlocksFile(path, { rows: 3 })) {
      expect(shape).toEqual([3, 2]);
      break;
    }
    await expect(readRowBlocksFile(join(folder, "none.csv")).next()).rejects.toThrow(/no such file/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
