import { describe, expect, test } from "vitest";
import { readMatrixMarket, writeMatrixMarket } from "@eckart/formats";
import { bytes, errorOf, rowsOf } from "./support.ts";

const mm = (kind: string, ...lines: string[]): string => [`%%MatrixMarket matrix ${kind}`, ...lines].join("\n");
const general = (...lines: string[]): string => mm("coordinate real general", ...lines);

describe("FMT-3 Matrix Market: malformed files", () => {
  const cases: [name: string, text: string, message: RegExp][] = [
    ["empty", "", /^m\.mtx: line 1: the file is empty/],
    ["another format", "1 2\n3 4\n", /line 1: expected %%MatrixMarket, got "1 2"/],
    ["a vector", "%%MatrixMarket vector array real general\n", /expected the object matrix, got "vector"/],
    ["no layout", "%%MatrixMarket matrix\n", /expected the layout coordinate, array, got ""/],
    [
      "an unknown field",
      mm("array quaternion general"),
      /expected the field real, double, integer, complex, pattern, got "quaternion"/,
    ],
    ["an unknown symmetry", mm("array real upper"), /expected the symmetry general.*got "upper"/],
    ["a word too many", mm("array real general sorted"), /got "sorted" after them/],
    ["pattern as an array", mm("array pattern general"), /a pattern has no values for an array/],
    ["skew pattern", mm("coordinate pattern skew-symmetric"), /a pattern cannot be skew-symmetric/],
    ["real hermitian", mm("array real hermitian"), /hermitian needs complex values, got real/],
    ["no sizes", mm("array real general", "% only comments"), /line 2: the file ends before the line of sizes/],
    ["sizes missing", general("2 2"), /line 2: expected the numbers of rows, columns and entries, got "2 2"/],
    ["negative size", general("-2 2 1", "1 1 1"), /got "-2 2 1"/],
    ["fractional size", general("2.0 2 1", "1 1 1"), /got "2\.0 2 1"/],
    ["size beyond 2^53", general("9007199254740993 1 1", "1 1 1"), /beyond 2\^53/],
    ["product beyond 2^53", general("94906267 94906267 1", "1 1 1"), /beyond 2\^53/],
    [
      "more entries than the file has room for",
      general("9 9 1000000000", "1 1 1"),
      /1000000000 entries declared, the file has room for 1/,
    ],
    [
      "more values than the file has room for",
      mm("array real general", "1000 1000", "1"),
      /1000000 entries declared, the file has room for 1/,
    ],
    [
      "dense size above the limit",
      general("100000 100000 1", "1 1 1"),
      /takes 80000000000 bytes as a dense matrix; the limit is 1073741824/,
    ],
    ["not square", mm("coordinate real symmetric", "2 3 1", "1 1 1"), /a symmetric matrix is square, got 2 × 3/],
    ["too few entries", general("2 2 2", "1 1 10.000"), /line 3: the file ends after 1 of 2 entries/],
    ["too many entries", general("2 2 1", "1 1 1", "2 2 1"), /line 4: expected 1 entries, got more/],
    ["index 0", general("2 2 1", "0 1 1"), /line 3: expected a row from 1 to 2, got "0"/],
    ["index beyond", general("2 2 1", "1 3 1"), /expected a column from 1 to 2, got "3"/],
    ["index no number", general("2 2 1", "1 1.0 1"), /expected a column from 1 to 2, got "1\.0"/],
    ["value missing", general("2 2 1", "1 1"), /line 3: expected 3 numbers, got 2/],
    ["value no number", general("2 2 1", "1 1 x"), /expected a number, got "x"/],
    ["value in hex", general("2 2 1", "1 1 0x10"), /expected a number, got "0x10"/],
    ["fraction as integer", mm("coordinate integer general", "2 2 1", "1 1 1.5"), /expected an integer, got "1\.5"/],
    ["not finite", general("2 2 1", "1 1 1e999"), /"1e999" is not a finite double/],
    ["imaginary part missing", mm("array complex general", "1 1", "1"), /expected 2 numbers, got 1/],
    [
      "upper triangle",
      mm("coordinate real symmetric", "2 2 1", "1 2 1"),
      /holds the lower triangle only, got row 1, column 2/,
    ],
    [
      "skew with a diagonal",
      mm("coordinate real skew-symmetric", "2 2 1", "1 1 1"),
      /the diagonal of a skew-symmetric matrix is 0/,
    ],
    [
      "hermitian with a complex diagonal",
      mm("array complex hermitian", "1 1", "1 2"),
      /the diagonal of a hermitian matrix is real/,
    ],
    ["a line without end", `%%MatrixMarket ${"x".repeat(2 ** 21)}`, /a line of more than 1048576 bytes/],
    ["binary", "%%MatrixMarket matrix array real general\n1 1\n\0\0", /expected a number, got "\\u0000/],
  ];
  for (const [name, text, message] of cases)
    test(name, async () => {
      const error = await errorOf(readMatrixMarket(text, { name: "m.mtx" }));
      expect(error.message).toMatch(message);
      expect(error).toMatchObject({ code: "FORMAT", format: "mtx", line: expect.any(Number) });
    });
});

describe("Matrix Market: values", () => {
  test("FMT-13 entries given twice are summed and noted, mirrored ones too", async () => {
    const plain = await readMatrixMarket(general("2 2 4", "1 2 1", "1 2 2", "2 1 0", "2 1 5"));
    expect(rowsOf(plain)).toEqual([
      [0, 3],
      [5, 0],
    ]);
    expect(plain.notes).toEqual(["2 entries repeat an element and were added to it"]);
    const mirrored = await readMatrixMarket(mm("coordinate real symmetric", "2 2 3", "2 1 1", "2 1 2", "2 2 4"));
    expect(rowsOf(mirrored)).toEqual([
      [0, 3],
      [3, 4],
    ]);
    expect(mirrored.notes).toEqual(["1 entries repeat an element and were added to it"]);
  });

  test("Fortran exponents, tabs, leading spaces, comments and blank lines anywhere", async () => {
    const array = await readMatrixMarket(mm("array double general", "", "% c", "\t1 2", "  1.5D+02", "%", " -2d-1 "));
    expect(rowsOf(array)).toEqual([[150, -0.2]]);
  });

  test("empty matrices", async () => {
    expect((await readMatrixMarket(general("0 5 0"))).shape).toEqual([0, 5]);
    expect((await readMatrixMarket(mm("array real general", "5 0"))).shape).toEqual([5, 0]);
    expect((await readMatrixMarket(mm("array real skew-symmetric", "1 1"))).data).toEqual(Float64Array.of(0));
    expect((await readMatrixMarket(mm("array real symmetric", "0 0"))).shape).toEqual([0, 0]);
  });

  test("integers beyond 2^53 are noted", async () => {
    const { notes } = await readMatrixMarket(mm("array integer general", "1 1", "9007199254740993"));
    expect(notes).toEqual(["1 integers beyond 2^53 were rounded to doubles"]);
  });

  test("lines that cross the boundary of two reads", async () => {
    const values = Array.from({ length: 60_000 }, (_, k) => k / 7);
    const file = bytes(mm("array real general", "60000 1", ...values.map(String)));
    expect(file.length).toBeGreaterThan(2 ** 19);
    expect((await readMatrixMarket(file)).data).toEqual(Float64Array.from(values));
  });

  test("written as array and as coordinate", async () => {
    const matrix = [
      [0, -0.1],
      [0, 2],
      [3, 0],
    ];
    const text = (layout: "array" | "coordinate"): string =>
      new TextDecoder().decode(writeMatrixMarket(matrix, { layout }));
    expect(text("array")).toBe("%%MatrixMarket matrix array real general\n3 2\n0\n0\n3\n-0.1\n2\n0\n");
    expect(text("coordinate")).toBe("%%MatrixMarket matrix coordinate real general\n3 2 3\n3 1 3\n1 2 -0.1\n2 2 2\n");
    const complex = { data: Float64Array.of(1, 2, 0, -3), shape: [2, 1], dtype: "c128" as const };
    expect(new TextDecoder().decode(writeMatrixMarket(complex))).toBe(
      "%%MatrixMarket matrix array complex general\n2 1\n1 2\n0 -3\n",
    );
  });
});
