import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type DType, type NdArray, type ReadMatrixOptions, readMatrix, toFloat } from "@eckart/formats";
import { openFile, readMatrixFile } from "@eckart/formats/node";

// Every file of fixtures/ was written by another program; its twin NAME.expected.json holds what that program reads.
const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));
const SUFFIX = ".expected.json";

interface Expected {
  shape: number[];
  dtype: DType;
  values: string[];
  strides?: number[];
  columns?: string[];
  notes?: number;
  options?: ReadMatrixOptions;
  /** How far a value may be off, where decoders differ by design. Default: not at all. */
  within?: number;
}

const names = readdirSync(FIXTURES)
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length));

/** Numbers of an array row by row, and the texts of the expected ones, both as what `Object.is` can compare. */
function rowByRow(array: NdArray): (number | bigint)[] {
  const words = array.dtype === "c64" || array.dtype === "c128" ? 2 : 1;
  const widened = array.dtype === "f16" || array.dtype === "bf16" ? toFloat(array).data : array.data;
  const values: (number | bigint)[] = [];
  const visit = (dimension: number, element: number): void => {
    if (dimension < array.shape.length)
      for (let i = 0; i < array.shape[dimension]; i++) visit(dimension + 1, element + i * array.strides[dimension]);
    else for (let word = 0; word < words; word++) values.push(widened[element * words + word]);
  };
  visit(0, 0);
  return values;
}

function expectedValue(text: string, dtype: DType): number | bigint {
  if (dtype === "i64" || dtype === "u64") return BigInt(text);
  if (text === "inf" || text === "-inf") return text === "inf" ? Infinity : -Infinity;
  return Number(text);
}

describe("files of other programs", () => {
  test("there are some", () => expect(names.length).toBeGreaterThan(140));

  for (const name of names) {
    const expected = JSON.parse(readFileSync(FIXTURES + name + SUFFIX, "utf8")) as Expected;

    const check = (array: NdArray): void => {
      expect(array.dtype).toBe(expected.dtype);
      expect(array.shape).toEqual(expected.shape);
      const values = expected.values.map((text) => expectedValue(text, expected.dtype));
      if (expected.within === undefined) expect(rowByRow(array)).toEqual(values);
      else {
        const off = rowByRow(array).map((value, k) => Math.abs(Number(value) - Number(values[k])));
        expect(off).toHaveLength(values.length);
        expect(Math.max(...off)).toBeLessThanOrEqual(expected.within);
      }
      if (expected.strides) expect(array.strides).toEqual(expected.strides);
      expect(array.columns).toEqual(expected.columns);
      if (expected.notes !== undefined) expect(array.notes).toHaveLength(expected.notes);
    };

    test(`FMT-1 ${name} from a file`, async () => check(await readMatrixFile(FIXTURES + name, expected.options)));

    test(`FMT-1 ${name} from bytes, a Blob and ranges`, async () => {
      const bytes = readFileSync(FIXTURES + name);
      const options = { name, ...expected.options };
      check(await readMatrix(bytes, options));
      check(await readMatrix(new Blob([bytes]), options));
      check(await readMatrix(new Uint8Array(bytes).buffer, options));
      const file = await openFile(FIXTURES + name);
      check(
        await readMatrix(
          { byteLength: file.byteLength, slice: (start: number, end: number) => file.slice(start, end) },
          options,
        ),
      );
      await file.close();
    });

    test(`FMT-2 ${name} without a name to go by`, async () => {
      const told = name.endsWith(".tsv") ? { format: "tsv" as const } : {};
      check(await readMatrix(readFileSync(FIXTURES + name), { ...told, ...expected.options }));
    });
  }

  test("a File brings its own name", async () => {
    const file = new File(["1\t2\n"], "table.tsv");
    expect((await readMatrix(file)).shape).toEqual([1, 2]);
    await expect(readMatrix(new File(["1\tx\n"], "table.tsv"))).rejects.toThrow(/^table\.tsv: line 1, column 2/);
  });
});
