import { describe, expect, test } from "vitest";
import {
  type CsvOptions,
  FormatError,
  FormatOptionError,
  type ReadOptions,
  readCsv,
  readCsvTable,
  writeCsv,
} from "@eckart/formats";
import { bytes, errorOf, rowsOf, u16 } from "./support.ts";

const text = (file: Uint8Array): string => new TextDecoder().decode(file);

describe("FMT-9 csv: every bad cell has its line, column and name", () => {
  const cases: [text: string, message: string, options?: ReadOptions & CsvOptions][] = [
    ["x,height\n1,2\n3,n/a\n", 't.csv: line 3, column 2 ("height"): expected a number, got "n/a"'],
    ["1,2\n3,abc\n", 't.csv: line 2, column 2: expected a number, got "abc"'],
    ["1,2\n3,\n", "t.csv: line 2, column 2: the value is missing"],
    ["1,2\n3,  \n", "t.csv: line 2, column 2: the value is missing"],
    ["1,2\n3,0x1F\n", 't.csv: line 2, column 2: expected a number, got "0x1F"'],
    ["1,2\n3,1_000\n", 't.csv: line 2, column 2: expected a number, got "1_000"'],
    ["1,2\n3,1e\n", 't.csv: line 2, column 2: expected a number, got "1e"'],
    ["1,2\n3,--1\n", 't.csv: line 2, column 2: expected a number, got "--1"'],
    ["1,2\n3,.\n", 't.csv: line 2, column 2: expected a number, got "."'],
    ["1,2\n3,true\n", 't.csv: line 2, column 2: expected a number, got "true"'],
    ["1,2\n3,1e400\n", 't.csv: line 2, column 2: "1e400" is not a finite double (nonFinite: "keep" accepts it)'],
    ["1,2\n3,-Inf\n", 't.csv: line 2, column 2: "-Inf" is not a finite double (nonFinite: "keep" accepts it)'],
    ["1,2\n3,4,5\n", "t.csv: line 2: expected 2 columns, got 3"],
    ["1,2\n3\n", "t.csv: line 2: expected 2 columns, got 1"],
    [
      "1;2\n3;4,5\n",
      't.csv: line 2, column 2: expected a number, got "4,5"; is the decimal sign ","?',
      { decimal: "." },
    ],
    [
      "id,2019\n1,2\n",
      't.csv: line 1, column 1: expected a number, got "id"; if this line holds names, say header: true',
    ],
    ["", "t.csv: no line holds anything"],
    ["\n\n# only this\n", "t.csv: no line holds anything"],
    ['1,2\n"3,4\n5,6\n', 't.csv: line 2: a cell of this row begins with " and no " ends it'],
    ['"a\nb",c\r\n\r\n# d\n1,"x\n"\n', 't.csv: line 5, column 2 ("c"): expected a number, got "x"'],
    ["1,2\n3,\u001b[2Jx\u202e\n", 't.csv: line 2, column 2: expected a number, got "\\u001b[2Jx\\u202e"'],
    [`1,2\n3,${"z".repeat(999)}\n`, `t.csv: line 2, column 2: expected a number, got "${"z".repeat(40)}…"`],
    ["1,2\n3,\0\n", "t.csv: byte 6: binary data, not text"],
  ];
  for (const [source, message, options] of cases)
    test(JSON.stringify(source.slice(0, 30)), async () => {
      const error = await errorOf(readCsv(source, { name: "t.csv", ...options }));
      expect(error.message).toBe(message);
      expect(error).toBeInstanceOf(FormatError);
    });

  test("the place is there as numbers too", async () => {
    const error = await errorOf(readCsv("x,y\n1,?\n", { name: "t.csv" }));
    expect(error).toMatchObject({ format: "csv", file: "t.csv", line: 2, column: 2, columnName: "y" });
  });
});

describe("FMT-10 csv: separator, decimal sign and header are found", () => {
  const cases: [text: string, rows: number[][], columns?: string[]][] = [
    [
      "1,2\n3,4",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      "1, 2\n3, 4",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      "1;2\n3;4",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      "1,5;2\n3;4,25",
      [
        [1.5, 2],
        [3, 4.25],
      ],
    ],
    [
      "1.5;2\n3;4.25",
      [
        [1.5, 2],
        [3, 4.25],
      ],
    ],
    [
      "1,5\t2\n3\t4,25",
      [
        [1.5, 2],
        [3, 4.25],
      ],
    ],
    [
      "1,5 2\n3 4,25",
      [
        [1.5, 2],
        [3, 4.25],
      ],
    ],
    [
      "1|2\n3|4",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      "  1   2\n\t3\t4  \n",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      "1\t2\r3\t4\r",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      "1,2\n3,4\r\n5,6\r7,8",
      [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
    ],
    ["1\n2\n", [[1], [2]]],
    ["height (cm)\n1.5\n2\n", [[1.5], [2]], ["height (cm)"]],
    ["first name;height, cm\n1;2\n", [[1, 2]], ["first name", "height, cm"]],
    ['Diameter 5",Length\n1,2\n', [[1, 2]], ['Diameter 5"', "Length"]],
    [
      '"1","2"\n"3","4"\n',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [",a,b\n0,1,2\n", [[0, 1, 2]], ["", "a", "b"]],
    ["x,y\n", [], ["x", "y"]],
    ["+1,-.5,2.,1E+2\n", [[1, -0.5, 2, 100]]],
    [
      "1,2\n,\n3,4\n,\n",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      "# x y\n1 2\n# half way\n3 4",
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ];
  for (const [source, rows, columns] of cases)
    test(JSON.stringify(source), async () => {
      const array = await readCsv(source);
      expect(rowsOf(array)).toEqual(rows);
      expect(array.columns).toEqual(columns);
    });

  test("a decimal comma that was found is noted, one column of it must be told", async () => {
    expect((await readCsv("1,5;2\n")).notes).toEqual(["decimal comma found: 1,5 was read as 1.5"]);
    expect((await readCsv("1,5;2\n", { decimal: "," })).notes).toEqual([]);
    expect((await errorOf(readCsv("1,5\n2\n3,25\n"))).message).toMatch(/line 2: expected 2 columns, got 1/);
    expect(rowsOf(await readCsv("1,5\n2\n3,25\n", { decimal: "," }))).toEqual([[1.5], [2], [3.25]]);
  });

  test("UTF-16, as spreadsheets save Unicode text", async () => {
    const sixteen = u16(0xfeff, ...[..."ä\tb\n1\t2\n"].map((char) => char.charCodeAt(0)));
    expect((await readCsv(sixteen)).columns).toEqual(["ä", "b"]);
    expect((await readCsv(sixteen.map((_, k) => sixteen[k ^ 1]))).columns).toEqual(["ä", "b"]);
  });

  test("what is told is taken", async () => {
    expect(rowsOf(await readCsv("2019,2020\n1,2\n", { header: true }))).toEqual([[1, 2]]);
    expect((await errorOf(readCsv("x,y\n1,2\n", { header: false }))).message).toMatch(/line 1, column 1/);
    expect(rowsOf(await readCsv("1:2\n3:4\n", { separator: ":" }))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(rowsOf(await readCsv("1,2\n%3,4\n", { comment: "%" }))).toEqual([[1, 2]]);
    expect((await readCsv("#,y\n1,2\n", { comment: "" })).columns).toEqual(["#", "y"]);
  });
});

describe("FMT-11 csv: missing values do as told", () => {
  const holes = "x,y\n1,NA\n,4\n5,6\nnan,?\n";
  test("nan, a number, drop-row", async () => {
    const nan = await readCsv(holes, { missing: "nan" });
    expect(rowsOf(nan)).toEqual([
      [1, NaN],
      [NaN, 4],
      [5, 6],
      [NaN, NaN],
    ]);
    expect(nan.notes).toEqual(["4 missing values replaced by NaN"]);
    expect(rowsOf(await readCsv(holes, { missing: -1 }))).toEqual([
      [1, -1],
      [-1, 4],
      [5, 6],
      [-1, -1],
    ]);
    const dropped = await readCsv(holes, { missing: "drop-row" });
    expect(rowsOf(dropped)).toEqual([[5, 6]]);
    expect(dropped.notes).toEqual(["3 rows with missing values dropped: lines 2, 3, 5"]);
  });
  test("text stays an error, and so does a word that is not on the list", async () => {
    expect((await errorOf(readCsv("1,2\n3,abc\n", { missing: "nan" }))).message).toMatch(/got "abc"/);
    expect((await errorOf(readCsv("1,2\n3,NA\n", { missing: "nan", missingWords: ["-99"] }))).message).toMatch(
      /got "NA"/,
    );
    expect(rowsOf(await readCsv("1,2\n3,unbekannt\n", { missing: 0, missingWords: ["Unbekannt"] }))).toEqual([
      [1, 2],
      [3, 0],
    ]);
  });
  test("rows without any value are skipped and noted", async () => {
    expect((await readCsv("1,2\n,\n")).notes).toEqual(["1 row without any value skipped"]);
  });
  test("±inf is kept when asked", async () => {
    expect(rowsOf(await readCsv("1,inf\n-Infinity,1e999\n", { nonFinite: "keep" }))).toEqual([
      [1, Infinity],
      [-Infinity, Infinity],
    ]);
  });
});

describe("csv: columns", () => {
  const iris = "length,width,species\n5.1,3.5,setosa\n4.9,3,setosa\n";
  test("by name and by number", async () => {
    expect(rowsOf(await readCsv(iris, { omit: ["species"] }))).toEqual([
      [5.1, 3.5],
      [4.9, 3],
    ]);
    const array = await readCsv(iris, { columns: ["width", 1] });
    expect(rowsOf(array)).toEqual([
      [3.5, 5.1],
      [3, 4.9],
    ]);
    expect(array.columns).toEqual(["width", "length"]);
  });
  test("one that is not there", async () => {
    const error = await errorOf(readCsv(iris, { columns: ["weight"] }));
    expect(error).toBeInstanceOf(FormatOptionError);
    expect(error.message).toBe(
      'readCsv: expected columns to be a column of the table: 1 to 3, or "length", "width", "species", got "weight"',
    );
    expect((await errorOf(readCsv(iris, { omit: [4] }))).message).toMatch(/1 to 3/);
  });
  test("options that make no sense", async () => {
    for (const options of [
      { separator: "ab" },
      { separator: '"' },
      { decimal: "·" },
      { missing: "zero" },
      { header: "yes" },
      { sep: ";" },
    ])
      expect(await errorOf(readCsv(iris, options as CsvOptions))).toBeInstanceOf(FormatOptionError);
  });
});

describe("FMT-12 csv: written", () => {
  test("numbers as short as they can be", () => {
    expect(
      text(
        writeCsv([
          [0.1, -0, 1e300],
          [5e-324, 1 / 3, -2],
        ]),
      ),
    ).toBe("0.1,-0.0,1e+300\n5e-324,0.3333333333333333,-2\n");
    const single = { data: Float32Array.of(0.1, 1 / 3, 16777216, 1e-45, 3.4028235e38), shape: [1, 5] };
    expect(text(writeCsv(single))).toBe("0.1,0.33333334,16777216,1e-45,3.4028235e+38\n");
    expect(text(writeCsv({ data: BigInt64Array.of(2n ** 63n - 1n), shape: [1, 1] }))).toBe("9223372036854775807\n");
    expect(text(writeCsv([[1.5, 2]], { decimal: "," }))).toBe("1,5;2\n");
  });
  test("names that a spreadsheet would run are disarmed, numbers are not touched", () => {
    const columns = ["=1+1", "+x", "-y", "@z", "\tq", "a,b", 'c"d', " e", "", "plain"];
    expect(text(writeCsv({ data: new Float64Array(10).fill(-5), shape: [1, 10], columns }))).toBe(
      `'=1+1,'+x,'-y,'@z,'\tq,"a,b","c""d"," e","",plain\n${Array(10).fill("-5").join(",")}\n`,
    );
  });
  test("what it cannot carry is an error", () => {
    expect(() => writeCsv({ data: new Float64Array(8), shape: [2, 2, 2] })).toThrow(/3 dimensions/);
    expect(() => writeCsv({ data: new Float64Array(2), shape: [1, 1], dtype: "c128" })).toThrow(/complex numbers/);
    expect(() => writeCsv([[1, 2]], { header: ["x"] })).toThrow(/expected 2 names of columns, got 1/);
    expect(() => writeCsv([[1, 2]], { separator: "e" })).toThrow(FormatOptionError);
    expect(() => writeCsv([[1, 2]], { separator: ",", decimal: "," })).toThrow(FormatOptionError);
    expect(() => writeCsv([[1, 2], [3]])).toThrow(/row 2: expected 2 numbers, got 1/);
  });
  test("FMT-9 a line break of two characters in quotes is one line", async () => {
    const error = await errorOf(readCsv('1,"2\r\n"\r\n"3\r\n\r\n",4\r\n5,x\r\n', { header: false }));
    expect(error).toMatchObject({ line: 6, column: 2 });
  });
  test("a text in another encoding is never a reason to refuse its numbers", async () => {
    expect(rowsOf(await readCsv(bytes(0xe4, ",b\n1,2\n")))).toEqual([[1, 2]]);
  });
});

describe("FMT-32 csv: words and numbers of one table", () => {
  test("columns of words are kept beside the numbers, row by row", async () => {
    const file = 'name;mass;kind\n"a;b";1,5;x\n;;\nc;2,25;y\n# no row\nd;NA;y\n';
    const { numbers, texts } = await readCsvTable(file.replace("NA", "3"));
    expect([numbers.shape, [...numbers.data], numbers.columns]).toEqual([[3, 1], [1.5, 2.25, 3], ["mass"]]);
    expect(texts).toEqual([
      { name: "name", values: ["a;b", "c", "d"] },
      { name: "kind", values: ["x", "y", "y"] },
    ]);
  });

  test("without names, without words, and words alone", async () => {
    expect((await readCsvTable("1,setosa\n2,virginica\n")).texts).toEqual([
      { name: "", values: ["setosa", "virginica"] },
    ]);
    const plain = await readCsvTable("1,2\n3,4\n");
    expect([rowsOf(plain.numbers), plain.texts]).toEqual([[[1, 2], [3, 4]], []]); // oxfmt-ignore
    expect((await errorOf(readCsvTable("a,b\nc,d\n", { name: "t.csv" }))).message).toBe(
      't.csv: line 2, column 1 ("a"): expected a number, got "c"',
    );
  });

  test("a word among numbers stays an error with its place", async () => {
    expect((await errorOf(readCsvTable("n,k\n1,u\n2,v\nx,w\n", { name: "t.csv" }))).message).toBe(
      't.csv: line 4, column 1 ("n"): expected a number, got "x"',
    );
  });
});
