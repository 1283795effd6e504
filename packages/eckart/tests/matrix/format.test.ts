import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { OptionError, ShapeError } from "../../src/errors.ts";
import { format, formatNumber, type FormatOptions } from "../../src/matrix/format.ts";
import { ComplexMatrix, ComplexVector } from "../../src/matrix/complex.ts";
import { Matrix } from "../../src/matrix/matrix.ts";

interface Case {
  name: string;
  dtype: "f64" | "f32";
  shape: [number] | [number, number];
  bits: string;
  options: FormatOptions;
  text: string;
}
const recorded = JSON.parse(readFileSync(new URL("fixtures/format.json", import.meta.url), "utf8")) as {
  arrays: Case[];
  numbers: { bits: string; dtype: "f64" | "f32"; text: string }[];
};

function floats(bits: string, dtype: "f64" | "f32"): Float64Array | Float32Array {
  const bytes = Uint8Array.from(bits.match(/../g) ?? [], (byte) => parseInt(byte, 16));
  const view = new DataView(bytes.buffer);
  return dtype === "f64"
    ? Float64Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i))
    : Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i));
}

describe("MAT-8 format prints as NumPy does", () => {
  for (const { name, dtype, shape, bits, options, text } of recorded.arrays) {
    test(name, () => {
      const data = floats(bits, dtype);
      expect(format({ data, shape }, options)).toBe(text);
      if (shape.length === 1) expect(format(data, options)).toBe(text);
      else expect(format(Matrix.wrap(data, shape).T.T, options)).toBe(text);
    });
  }
});

const complex = JSON.parse(readFileSync(new URL("fixtures/complexFormat.json", import.meta.url), "utf8")) as {
  arrays: Case[];
};

describe("MAT-8 format prints complex numbers as NumPy does", () => {
  for (const { name, dtype, shape, bits, options, text } of complex.arrays) {
    test(name, () => {
      const data = floats(bits, dtype);
      const parts = [0, 1].map((part) => data.filter((_: number, at: number) => at % 2 === part));
      const [re, im] = parts;
      if (shape.length === 1) {
        expect(format(new ComplexVector(re, im), options)).toBe(text);
        expect(format({ re, im }, options)).toBe(text);
      } else {
        expect(format({ data, shape, dtype: dtype === "f64" ? "c128" : "c64" }, options)).toBe(text);
        expect(format(ComplexMatrix.fromInterleaved(data, shape).T.T, options)).toBe(text);
      }
    });
  }

  test("empty ones", () => {
    expect(format(ComplexMatrix.from({ re: [], im: [] }))).toBe("[]");
    expect(format({ re: [], im: [] })).toBe("[]");
  });
});

test("MAT-8 formatNumber prints as Python does", () => {
  for (const { bits, dtype, text } of recorded.numbers) expect(formatNumber(floats(bits, "f64")[0], dtype)).toBe(text);
});

test("MAT-8 rows, views and plain arrays", () => {
  expect(format([1, 2.5])).toBe("[1.  2.5]");
  expect(format([])).toBe("[]");
  expect(format([[1], [2.5]])).toBe("[[1. ]\n [2.5]]");
  expect(
    format(
      Matrix.from([
        [1, 2],
        [3, 4],
      ]).T,
    ),
  ).toBe("[[1. 3.]\n [2. 4.]]");
  expect(format([new Float32Array([0.1])])).toBe("[[0.1]]");
  expect(format(Uint8Array.of(1, 2))).toBe("[1. 2.]");
});

test("MAT-7 format refuses what it cannot print", () => {
  const wrong: FormatOptions[] = [
    { precision: -1 },
    { precision: 101 },
    { precision: 1.5 },
    { edgeItems: 0 },
    { lineWidth: NaN },
    { threshold: -1 },
    { suppress: 1 as unknown as boolean },
    { digits: 3 } as FormatOptions,
  ];
  for (const options of wrong) expect(() => format([1], options)).toThrow(OptionError);
  for (const value of [undefined, null, 3, "3", [["x"]]]) {
    expect(() => format(value as unknown as number[])).toThrow(OptionError);
  }
  expect(() => format({ data: [1], shape: [1, 1, 1] })).toThrow(ShapeError);
});
