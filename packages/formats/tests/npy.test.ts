import { describe, expect, test } from "vitest";
import { type FormatError, type Source, readNpy, toFloat, writeNpy } from "@eckart/formats";
import { bytes, errorOf, npy, rowsOf, u16, u32 } from "./support.ts";

const header = (descr: string, shape: string, order = "False"): string =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;
const F8 = "'<f8'";
const numbers = (...values: number[]): Float64Array => Float64Array.from(values);

describe("FMT-3 npy: malformed files", () => {
  const cases: [name: string, file: Uint8Array, message: RegExp][] = [
    ["empty", bytes(), /byte 0: does not begin with/],
    ["another format", bytes("PK\x03\x04 and so on"), /byte 0: does not begin with \\x93NUMPY/],
    ["the magic alone", bytes(0x93, "NUMPY"), /byte 0/],
    ["version 9", bytes(0x93, "NUMPY", 9, 0, u16(2), "{}"), /byte 6: version 9\.0; expected 1\.0, 2\.0 or 3\.0/],
    ["version 1.1", bytes(0x93, "NUMPY", 1, 1, u16(2), "{}"), /version 1\.1/],
    ["version 2 cut inside its length", bytes(0x93, "NUMPY", 2, 0, u16(2)), /byte 8: ends inside the header length/],
    [
      "header beyond the end",
      bytes(0x93, "NUMPY", 1, 0, u16(200), "{'descr'"),
      /byte 8: the header ends at byte 210, the file at 18/,
    ],
    [
      "header of 4 GiB",
      bytes(0x93, "NUMPY", 2, 0, u32(0xffffffff), "{}"),
      /header of 4294967295 bytes; the limit is 10000/,
    ],
    ["no dict", npy("['descr']"), /byte 10: expected \{, got "\['descr'\]"/],
    ["code instead of a dict", npy("__import__('os').system('true')"), /expected \{/],
    [
      "a key missing",
      npy("{'descr': '<f8', 'shape': (1,)}", numbers(1)),
      /expected the keys descr, fortran_order and shape/,
    ],
    [
      "a key twice",
      npy("{'descr': '<f8', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", numbers(1)),
      /key "descr"/,
    ],
    ["an unknown key", npy("{'__proto__': 1}"), /key "__proto__"; expected descr/],
    ["order as a number", npy(header(F8, "(1,)", "0"), numbers(1)), /expected True or False, got "0/],
    ["text after the dict", npy(`${header(F8, "(1,)")} x`, numbers(1)), /expected nothing but spaces/],
    ["shape that is no tuple", npy(header(F8, "3"), numbers(1, 2, 3)), /expected \( of the shape/],
    ["shape in mere brackets", npy(header(F8, "(3)"), numbers(1, 2, 3)), /expected , or \)/],
    ["negative size", npy(header(F8, "(-1, -1)"), numbers(1)), /expected a size, got "-1/],
    ["fractional size", npy(header(F8, "(1.0,)"), numbers(1)), /expected , or \)/],
    ["size beyond 2^53", npy(header(F8, "(9007199254740993,)")), /a size beyond 2\^53/],
    ["product beyond 2^53", npy(header(F8, "(94906267, 94906267)")), /more than 2\^53 elements/],
    ["product that is 0 modulo 2^64", npy(header(F8, "(4294967296, 4294967296)")), /more than 2\^53 elements/],
    ["product beyond 2^53 times zero", npy(header(F8, "(4294967296, 4294967296, 0)")), /more than 2\^53 elements/],
    [
      "a terabyte promised",
      npy(header(F8, "(1000000, 131072)"), numbers(1)),
      /takes 1048576000000 bytes, the file has 8/,
    ],
    ["65 dimensions", npy(header(F8, `(${"1, ".repeat(65)})`), numbers(1)), /more than 64 dimensions/],
    [
      "one byte short",
      npy(header(F8, "(2,)"), numbers(1, 2)).subarray(0, -1),
      /f64 of shape \(2\) takes 16 bytes, the file has 15/,
    ],
    ["one byte too many", bytes(npy(header(F8, "(2,)"), numbers(1, 2)), 0), /takes 16 bytes, the file has 17/],
    ["objects", npy(header("'|O'", "(1,)"), numbers(1)), /an object array is pickled Python, which is never read/],
    ["fields", npy(header("[('x', '<f8'), ('y', '<f8')]", "(1,)"), numbers(1, 2)), /structured dtype \(named fields\)/],
    ["text", npy(header("'<U3'", "(1,)"), new Uint8Array(12)), /dtype "<U3" \(text\)/],
    ["dates", npy(header("'<M8[ns]'", "(1,)"), numbers(1)), /\(dates\)/],
    ["extended precision", npy(header("'<f16'", "(1,)"), new Uint8Array(16)), /\(extended precision\)/],
    ["an unknown dtype", npy(header("'<q9'", "(1,)"), numbers(1)), /dtype "<q9"; expected bool, int/],
    [
      "2 bytes without a meaning",
      npy(header("'|V2'", "(1,)"), new Uint8Array(2)),
      /if they are bfloat16, say bfloat16: true/,
    ],
  ];
  for (const [name, file, message] of cases)
    test(name, async () => {
      const error = await errorOf(readNpy(file, { name: "a.npy" }));
      expect(error.message).toMatch(message);
      expect(error.message).toMatch(/^a\.npy: /);
      expect(error).toMatchObject({ code: "FORMAT", format: "npy", file: "a.npy" });
      expect((error as FormatError).byteOffset).toBeTypeOf("number");
    });

  test("nothing but the header is read before the length is proved", async () => {
    const file = npy(header(F8, "(1000000, 131072)"), numbers(1));
    const asked: number[] = [];
    const source: Source = {
      byteLength: file.length,
      slice(start, end) {
        asked.push(end - start);
        return file.slice(start, end);
      },
    };
    await errorOf(readNpy(source));
    expect(Math.max(...asked)).toBeLessThan(200);
  });

  test("a source that gives fewer bytes than asked", async () => {
    const file = npy(header(F8, "(2,)"), numbers(1, 2));
    const source: Source = {
      byteLength: file.length,
      slice: (start, end) => file.slice(start, Math.min(end, file.length - 3)),
    };
    expect((await errorOf(readNpy(source))).message).toMatch(/expected 16 bytes from here, got 13/);
  });

  test("bytes that memory cannot hold", async () => {
    const file = npy(header("'|u1'", "(9007199254740000,)"));
    const source: Source = {
      byteLength: file.length + 9007199254740000,
      slice: (start, end) => (start < file.length ? file.slice(start, end) : new Uint8Array(end - start)),
    };
    expect((await errorOf(readNpy(source))).message).toMatch(
      /9007199254740000 bytes are more than this machine can hold/,
    );
  });
});

describe("FMT-4 NaN and ±Infinity", () => {
  test("are refused with the place of the first", async () => {
    const file = npy(header(F8, "(2, 3)"), numbers(1, 2, 3, 4, NaN, -Infinity));
    const error = (await errorOf(readNpy(file, { name: "a.npy" }))) as FormatError;
    expect(error.message).toBe(
      `a.npy: row 2, column 2, byte ${file.length - 16}: NaN; expected finite numbers (nonFinite: "keep" accepts it)`,
    );
    expect(error.byteOffset).toBe(file.length - 16);
  });
  test("in Fortran order, and complex", async () => {
    const fortran = npy(header(F8, "(2, 3)", "True"), numbers(1, 2, 3, 4, -Infinity, 6));
    expect((await errorOf(readNpy(fortran))).message).toMatch(/row 1, column 3, byte \d+: -Infinity/);
    const complex = npy(header("'<c16'", "(1, 2)"), numbers(1, 2, 3, NaN));
    expect((await errorOf(readNpy(complex))).message).toMatch(/row 1, column 2, byte/);
    const cube = npy(header(F8, "(2, 2, 2)"), numbers(0, 1, 2, 3, 4, NaN, 6, 7));
    expect((await errorOf(readNpy(cube))).message).toMatch(/element \[1, 0, 1\]/);
  });
  test("in float16 and bfloat16", async () => {
    const half = npy(header("'<f2'", "(1, 2)"), Uint16Array.of(0x7bff, 0x7c00));
    expect((await errorOf(readNpy(half))).message).toMatch(/row 1, column 2/);
    const brain = npy(header("'|V2'", "(1, 2)"), Uint16Array.of(0x7f7f, 0xffc0));
    expect((await errorOf(readNpy(brain, { bfloat16: true }))).message).toMatch(/row 1, column 2/);
  });
});

describe("npy: values", () => {
  test("FMT-5 the caller's bytes are neither aliased nor changed", async () => {
    const file = npy(header("'>f8'", "(1, 2)"), Uint8Array.of(0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0));
    const before = file.slice();
    const { data } = await readNpy(file);
    expect(data).toEqual(Float64Array.of(1, 2));
    (data as Float64Array).fill(9);
    expect(file).toEqual(before);
    const buffer = Buffer.from(file);
    (await readNpy(buffer)).data.fill(9 as never);
    expect(buffer).toEqual(Buffer.from(before));
  });

  test("FMT-6 Fortran order is a transposed view of the file's own order", async () => {
    const { data, strides, shape } = await readNpy(npy(header(F8, "(2, 3)", "True"), numbers(1, 2, 3, 4, 5, 6)));
    expect([data, strides, shape]).toEqual([numbers(1, 2, 3, 4, 5, 6), [1, 2], [2, 3]]);
  });

  test("booleans other than 0 and 1 are true", async () => {
    const array = await readNpy(npy(header("'|b1'", "(1, 3)"), Uint8Array.of(0, 2, 255)));
    expect(rowsOf(array)).toEqual([[0, 1, 1]]);
  });

  test("FMT-7 whole numbers beyond 2^53 are counted when they become floats", async () => {
    const array = await readNpy(npy(header("'<i8'", "(1, 3)"), BigInt64Array.of(2n ** 53n, 2n ** 53n + 1n, -5n)));
    const float = toFloat(array);
    expect(float).toMatchObject({ dtype: "f64", exact: false, notes: ["1 of 3 values were rounded from i64 to f64"] });
    expect(float.data).toEqual(Float64Array.of(2 ** 53, 2 ** 53, -5));
  });

  test("the header of a written file is NumPy's: data at a multiple of 64, newline before it", () => {
    for (const shape of [[], [5], [2, 3], [0, 7], [1, 2, 3]]) {
      const file = writeNpy({ data: new Float32Array(shape.reduce((a, b) => a * b, 1)), shape });
      const dataOffset = 10 + file[8] + 256 * file[9];
      expect(dataOffset % 64).toBe(0);
      expect(file[dataOffset - 1]).toBe(0x0a);
      expect(new TextDecoder().decode(file.subarray(10, dataOffset)).trimEnd()).toBe(
        `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`,
      );
    }
  });
});
