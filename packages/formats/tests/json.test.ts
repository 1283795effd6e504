import { describe, expect, test } from "vitest";
import { readJson, readLiteral, writeJson } from "@eckart/formats";
import { errorOf, rowsOf } from "./support.ts";

const deep = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);

describe("FMT-3 json: malformed documents", () => {
  const cases: [text: string, message: string | RegExp][] = [
    ["", /line 1, column 1: expected a list of numbers/],
    ["42", /line 1, column 1: expected a list of numbers/],
    ["[[1, 2],\n [3, null]]", 'm.json: line 2, column 6: expected a number, got "null"'],
    ['[[1, "2"]]', 'm.json: line 1, column 6: expected a number, got "\\"2\\""'],
    ["[[1, 2], [3]]", "m.json: line 1, column 13: expected 2 items in this list as in the first, got 1"],
    ["[[1], [[2]]]", "m.json: line 1, column 8: expected a number, got a list"],
    ["[[[1]], [2]]", "m.json: line 1, column 11: expected a list, got a number"],
    ["[1, 2", "m.json: line 1, column 6: expected ] or ,, got the end"],
    ["[1, 2] 3", 'm.json: line 1, column 8: expected the end, got "3"'],
    ["[1, 2,]", 'm.json: line 1, column 7: expected a number, got "]"'],
    ["[01]", 'm.json: line 1, column 2: expected a number, got "01"'],
    ["[0x1F]", 'm.json: line 1, column 2: expected a number, got "0x1F"'],
    ["[.5]", 'm.json: line 1, column 2: expected a number, got ".5"'],
    ["[+1]", 'm.json: line 1, column 2: expected a number, got "+1"'],
    ["[1e999]", /column 2: not a finite double/],
    ["[NaN]", /column 2: not a finite double/],
    ["{}", /expected the key "data"/],
    ['{"data": [1], "data": [2]}', 'm.json: line 1, column 15: the key "data" twice'],
    ['{"data": [1, 2, 3], "shape": [2, 2]}', /shape \[2, 2\] of f64 takes 4 numbers, data has 3/],
    ['{"data": [], "shape": [4294967296, 4294967296]}', /takes Infinity numbers, data has 0/],
    ['{"data": [1], "shape": [1.5]}', /expected shape to be a list of sizes/],
    ['{"data": [1], "shape": [-1, -1]}', /expected shape to be a list of sizes/],
    ['{"data": [[1, 2]], "shape": [2, 1]}', /shape \[2, 1\] is not that of data, \[1, 2\]/],
    ['{"data": [1], "dtype": "i8"}', /expected dtype f64, f32, c128, c64, got "i8"/],
    ['{"data": [[1, 2, 3]], "dtype": "c128"}', /each complex number as a pair/],
    ['{"data": [[1, 2]], "columns": ["x"]}', /1 names for 2 columns/],
    ['{"schema": "eckart.matrix/2", "data": [[1]]}', /expected schema "eckart.matrix\/1", got "eckart.matrix\/2"/],
    ['{"data": [[1]], "x": "a\nb"}', /column 22: a string with a character/],
    ['{"data": [[1]], "x": "\\q"}', /a string with a character or an escape/],
    ['{"data": [[1]], "x": "abc}', /a string that does not end/],
    ['{"data": [[1]], "x": nope}', /expected a number, got "nope"/],
    ['{"data": [[1]] "x": 1}', 'm.json: line 1, column 16: expected } or ,, got "\\"x\\""'],
    ["{data: [[1]]}", /column 2: expected a string, got "data"/],
    [deep(65), /more than 64 dimensions/],
    [deep(100_000), /more than 64 dimensions/],
    [`{"x": ${deep(100_000)}}`, /nested more than 64 deep/],
  ];
  for (const [text, message] of cases)
    test(JSON.stringify(text.slice(0, 40)), async () => {
      const error = await errorOf(readJson(text, { name: "m.json" }));
      if (typeof message === "string") expect(error.message).toBe(message);
      else expect(error.message).toMatch(message);
      expect(error).toMatchObject({ format: "json", line: expect.any(Number), column: expect.any(Number) });
    });
});

describe("json: values", () => {
  test("rows, vectors, empty lists, a byte order mark", async () => {
    expect(rowsOf(await readJson("\ufeff[[1, -0.0], [3e-1, 4E2]]"))).toEqual([
      [1, -0],
      [0.3, 400],
    ]);
    expect((await readJson("[1, 2, 3]")).shape).toEqual([3]);
    expect((await readJson("[]")).shape).toEqual([0]);
    expect((await readJson("[[], []]")).shape).toEqual([2, 0]);
  });
  test("keys of the prototype are keys like any others", async () => {
    const { data } = await readJson(
      '{"__proto__": {"data": [9]}, "constructor": [null], "data": [[1]], "toString": "\\\\\\""}',
    );
    expect(data).toEqual(Float64Array.of(1));
    expect(({} as { data?: unknown }).data).toBeUndefined();
  });
  test("complex as pairs and flat, f32 to its own precision", async () => {
    const nested = await readJson('{"dtype": "c128", "data": [[[1, 2], [3, -4]]]}');
    expect(nested).toMatchObject({ shape: [1, 2], dtype: "c128", data: Float64Array.of(1, 2, 3, -4) });
    expect(await readJson('{"dtype": "c128", "data": [1, 2, 3, -4], "shape": [1, 2]}')).toEqual(nested);
    expect((await readJson('{"dtype": "f32", "data": [[0.1]]}')).data).toEqual(Float32Array.of(0.1));
  });
  test("written as rows and as an object", () => {
    const text = (...args: Parameters<typeof writeJson>): string => new TextDecoder().decode(writeJson(...args));
    expect(
      text([
        [1, -0],
        [0.1, 1e21],
      ]),
    ).toBe("[[1,-0.0],\n [0.1,1e+21]]\n");
    expect(text([])).toBe("[]\n");
    expect(text({ data: Float32Array.of(0.1, 2), shape: [1, 2], columns: ["a", "b"] })).toBe(
      '{"schema":"eckart.matrix/1","shape":[1,2],"dtype":"f32","columns":["a","b"],"data":[0.1,2]}\n',
    );
    expect(() => writeJson([[1, NaN]])).toThrow(/number 2 in row-major order: NaN; JSON has finite numbers only/);
    expect(() => writeJson({ data: new Float64Array(2), shape: [1], dtype: "c128" }, { layout: "rows" })).toThrow(
      /complex/,
    );
  });
});

describe("FMT-14 literals", () => {
  const good: [text: string, rows: number[][]][] = [
    [
      "3 2 2; 2 3 -2",
      [
        [3, 2, 2],
        [2, 3, -2],
      ],
    ],
    [
      "3,2,2;2,3,-2",
      [
        [3, 2, 2],
        [2, 3, -2],
      ],
    ],
    [
      "[3 2 2; 2 3 -2]",
      [
        [3, 2, 2],
        [2, 3, -2],
      ],
    ],
    [
      "[3, 2, 2; 2, 3, -2];",
      [
        [3, 2, 2],
        [2, 3, -2],
      ],
    ],
    [
      "[[3, 2, 2], [2, 3, -2]]",
      [
        [3, 2, 2],
        [2, 3, -2],
      ],
    ],
    [
      "[[3. 2. 2.]\n [2. 3. -2.]]\n",
      [
        [3, 2, 2],
        [2, 3, -2],
      ],
    ],
    [
      "((3, 2), (2, 3))",
      [
        [3, 2],
        [2, 3],
      ],
    ],
    [
      "[\n  [3, 2],\n  [2, 3]\n]",
      [
        [3, 2],
        [2, 3],
      ],
    ],
    [
      "3 2\n2 3\n",
      [
        [3, 2],
        [2, 3],
      ],
    ],
    [
      "\n3 2;\n2 3;\n",
      [
        [3, 2],
        [2, 3],
      ],
    ],
    ["3, 2,\n2", [[3, 2, 2]]],
    ["1e-3 .5 5. +2 \u22127", [[0.001, 0.5, 5, 2, -7]]],
    ["5", [[5]]],
    ["[]", []],
    ["[[]]", [[]]],
  ];
  for (const [text, rows] of good) test(JSON.stringify(text), () => expect(rowsOf(readLiteral(text))).toEqual(rows));

  const bad: [text: string, message: string][] = [
    ["", "line 1, column 1: expected numbers, got none"],
    ["  \n ", "line 2, column 2: expected numbers, got none"],
    ["1 2; 3 x", 'line 1, column 8: expected a number, got "x"'],
    ["1 2\n3 0x1F", 'line 2, column 3: expected a number, got "0x1F"'],
    ["1 2; 3", "line 1, column 7: expected 2 numbers in row 2 as in the first, got 1"],
    ["1 2; 3\n4 5", "line 1, column 7: expected 2 numbers in row 2 as in the first, got 1"],
    ["1,,2", 'line 1, column 3: expected a number, got ","'],
    [",1", 'line 1, column 1: expected a number, got ","'],
    ["1,", "line 1, column 3: expected a number, got the end"],
    ["1,;2", 'line 1, column 3: expected a number, got ";"'],
    ["1;;2", 'line 1, column 3: expected a number, got ";"'],
    ["1 - 2", 'line 1, column 3: expected a number, got "-"'],
    ["[1 2", "line 1, column 5: expected ] before the end"],
    ["1 2]", "line 1, column 4: no [ before this ]"],
    ["[1 2] 3", 'line 1, column 7: expected the end, got "3"'],
    ["[1 [2]]", 'line 1, column 4: expected a number, got "["'],
    ["[[1, 2], [3]]", "line 1, column 12: expected 2 items in this list as in the first, got 1"],
    ["[[1, 2], 3]", "line 1, column 10: expected a list, got a number"],
    ["[[1, 2]", "line 1, column 8: expected a number or a bracket, got the end"],
    ["[[1, 2],, [3, 4]]", 'line 1, column 9: expected a number or a bracket, got ","'],
    ["[[1, 2], ]", 'line 1, column 10: expected a number or a bracket, got "]"'],
    ["[[1; 2]]", 'line 1, column 4: expected a number or a bracket, got ";"'],
    ["[[[1]]]", "line 1, column 3: a third level of brackets; a matrix has two"],
    ["1 nan", 'line 1, column 3: "nan" is not a finite double'],
    ["1 1e999", 'line 1, column 3: "1e999" is not a finite double'],
    ["1 2 # 3", 'line 1, column 5: expected a number, got "#"'],
    ["1 2; 3 4 \u001b[31m", 'line 1, column 10: expected a number, got "\\u001b"'],
  ];
  for (const [text, message] of bad)
    test(JSON.stringify(text), () => expect(() => readLiteral(text)).toThrow(`literal input: ${message}`));

  test("too long to be typed", () => expect(() => readLiteral("1 ".repeat(2 ** 20))).toThrow(/the limit is 1048576/));
});
