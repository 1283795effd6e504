import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type DType,
  FormatError,
  type FormatName,
  type NdArray,
  listNpz,
  openSafetensors,
  readLiteral,
  readMatrix,
  readNpy,
  toFloat,
  writeCsv,
  writeMatrix,
  writeNpy,
  writeNpz,
  writeSafetensors,
  type Writable,
} from "@eckart/formats";

const RUNS = { numRuns: 60, seed: 20 };

const double = fc.double({ noNaN: true, noDefaultInfinity: true });
const single = fc.float({ noNaN: true, noDefaultInfinity: true });
const integer = (array: { BYTES_PER_ELEMENT: number }, signed: boolean): fc.Arbitrary<number> => {
  const bits = 8 * array.BYTES_PER_ELEMENT;
  return fc.integer(signed ? { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 } : { min: 0, max: 2 ** bits - 1 });
};
/** Bit patterns whose exponent is not all ones. */
const finiteBits = (exponent: number): fc.Arbitrary<number> =>
  integer(Uint16Array, false).filter((bits) => (bits & exponent) !== exponent);

type Make = (values: never[]) => NdArray["data"];
const ELEMENTS: Record<DType, [value: fc.Arbitrary<unknown>, make: Make, words?: number]> = {
  bool: [fc.integer({ min: 0, max: 1 }), (v) => Uint8Array.from(v)],
  i8: [integer(Int8Array, true), (v) => Int8Array.from(v)],
  i16: [integer(Int16Array, true), (v) => Int16Array.from(v)],
  i32: [integer(Int32Array, true), (v) => Int32Array.from(v)],
  i64: [fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (v) => BigInt64Array.from(v)],
  u8: [integer(Uint8Array, false), (v) => Uint8Array.from(v)],
  u16: [integer(Uint16Array, false), (v) => Uint16Array.from(v)],
  u32: [integer(Uint32Array, false), (v) => Uint32Array.from(v)],
  u64: [fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (v) => BigUint64Array.from(v)],
  f16: [finiteBits(0x7c00), (v) => Uint16Array.from(v)],
  bf16: [finiteBits(0x7f80), (v) => Uint16Array.from(v)],
  f32: [single, (v) => Float32Array.from(v)],
  f64: [double, (v) => Float64Array.from(v)],
  c64: [single, (v) => Float32Array.from(v), 2],
  c128: [double, (v) => Float64Array.from(v), 2],
};

function arrays(dtypes: readonly DType[], dimensions: fc.Arbitrary<number[]>): fc.Arbitrary<Writable & NdArray> {
  return fc.tuple(fc.constantFrom(...dtypes), dimensions).chain(([dtype, shape]) => {
    const [value, make, words = 1] = ELEMENTS[dtype];
    const length = words * shape.reduce((a, b) => a * b, 1);
    return fc.array(value, { minLength: length, maxLength: length }).map((values) => ({
      data: make(values as never[]),
      dtype,
      shape,
      strides: shape.map((_, d) => shape.slice(d + 1).reduce((a, b) => a * b, 1)),
      notes: [],
    }));
  });
}

const anyShape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const matrixShape = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).map((shape) => [...shape]);
const ALL = Object.keys(ELEMENTS) as DType[];

for (const format of ["npy", "npz"] as const)
  test(`FMT-15 ${format} gives back every element type and shape, bit for bit`, () =>
    fc.assert(
      fc.asyncProperty(arrays(ALL, anyShape), fc.boolean(), async (array, choice) => {
        const file = await writeMatrix(array, { format, npy: { fortranOrder: choice }, npz: { compress: choice } });
        const back = await readMatrix(file, { npy: { bfloat16: true } });
        expect([back.dtype, back.shape]).toEqual([array.dtype, array.shape]);
        const plain = await readMatrix(await writeMatrix(back, { format: "npy" }), { npy: { bfloat16: true } });
        expect(plain.data).toEqual(array.data);
      }),
      RUNS,
    ));

const TEXT: [FormatName, DType[]][] = [
  ["csv", ["f64", "f32", "f16", "bf16", "i32", "u8", "bool"]],
  ["tsv", ["f64"]],
  ["mtx", ["f64", "f32", "i32", "c128", "c64"]],
  ["json", ["f64", "f32", "f16", "i16", "c128", "c64"]],
];
for (const [format, dtypes] of TEXT)
  test(`FMT-15 ${format} gives back every number`, () =>
    fc.assert(
      fc.asyncProperty(arrays(dtypes, matrixShape), async (array) => {
        const back = await readMatrix(await writeMatrix(array, { format }), { format });
        expect(back.shape).toEqual(array.shape);
        const complex = array.dtype === "c64" || array.dtype === "c128";
        const wanted = complex ? array.data : toFloat(array, { dtype: "f64" }).data;
        const found = array.data instanceof Float32Array ? Float32Array.from(back.data as Float64Array) : back.data;
        expect([...found]).toEqual([...wanted]);
      }),
      RUNS,
    ));

test("FMT-15 safetensors gives back every element type and shape, bit for bit", () =>
  fc.assert(
    fc.asyncProperty(
      arrays(
        ALL.filter((dtype) => dtype !== "c128"),
        anyShape,
      ),
      async (array) => {
        const back = await readMatrix(await writeMatrix(array, { format: "safetensors" }));
        expect([back.dtype, back.shape, back.data]).toEqual([array.dtype, array.shape, array.data]);
      },
    ),
    RUNS,
  ));

test("FMT-15 csv in every dialect, read back without being told which", () =>
  fc.assert(
    fc.asyncProperty(
      arrays(
        ["f64"],
        fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 2, max: 6 })).map((shape) => [...shape]),
      ),
      fc.constantFrom([",", "."], [";", "."], [";", ","], ["\t", ","], ["|", "."], [" ", "."], [" ", ","]),
      fc.boolean(),
      async (array, [separator, decimal], named) => {
        const header: string[] | false = named ? Array.from({ length: array.shape[1] }, (_, j) => `x${j}`) : false;
        const csv = { separator, decimal: decimal as ".", header };
        const back = await readMatrix(await writeMatrix(array, { format: "csv", csv }), { format: "csv" });
        expect([...back.data]).toEqual([...array.data]);
        expect(back.columns).toEqual(header || undefined);
      },
    ),
    RUNS,
  ));

test("FMT-15 names of columns come back whatever they hold", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ unit: "grapheme" }).map((name) => `n${name}`.replace(/\0/g, "").trim()),
        { minLength: 1, maxLength: 5 },
      ),
      async (columns) => {
        const array = { data: new Float64Array(columns.length), shape: [1, columns.length], columns };
        for (const format of ["csv", "json"] as const) {
          const told = format === "csv" ? { csv: { separator: ",", header: true, comment: "" } } : {};
          expect((await readMatrix(await writeMatrix(array, { format }), { format, ...told })).columns).toEqual(
            columns,
          );
        }
      },
    ),
    RUNS,
  ));

test("FMT-16 a view is written as what it shows: transposed, reversed, cut out", () =>
  fc.assert(
    fc.asyncProperty(
      matrixShape,
      fc.constantFrom<FormatName>("npy", "csv", "mtx", "json"),
      async ([rows, cols], format) => {
        const data = Float64Array.from({ length: 100 }, (_, k) => k + 1);
        const views = [
          { offset: 3, strides: [1, 10] },
          { offset: 99, strides: [-10, -1] },
          { offset: 0, strides: [0, 2] },
          { offset: 12, strides: [10, 1] },
        ];
        for (const { offset, strides } of views) {
          const file = await writeMatrix({ data, shape: [rows, cols], strides, offset }, { format });
          const back = await readMatrix(file, { format });
          const shown = Array.from(
            { length: rows * cols },
            (_, k) => data[offset + Math.floor(k / cols) * strides[0] + (k % cols) * strides[1]],
          );
          expect([...back.data]).toEqual(shown);
          const [rowStride, colStride] = strides;
          expect(await writeMatrix({ data, shape: [rows, cols], rowStride, colStride, offset }, { format })).toEqual(
            file,
          );
        }
      },
    ),
    RUNS,
  ));

test("a view beyond its data is refused", async () => {
  const data = new Float64Array(6);
  for (const view of [{ offset: 1 }, { strides: [-3, 1] }, { strides: [3, 2] }, { strides: [3] }, { offset: -1 }])
    await expect(writeMatrix({ data, shape: [2, 3], ...view }, { format: "npy" })).rejects.toThrow(
      /npy|shape|describe|reaches/,
    );
  await expect(writeMatrix({ data, shape: [2 ** 27, 2 ** 27] }, { format: "npy" })).rejects.toThrow(
    /do not describe an array/,
  );
  await expect(writeMatrix({ data, shape: [2, 3], dtype: "f32" }, { format: "npy" })).rejects.toThrow(
    /f32 is held in Float32Array, got Float64Array/,
  );
});

test("FMT-14 a literal in any style is the matrix that was typed", () =>
  fc.assert(
    fc.property(
      arrays(["f64"], matrixShape),
      fc.constantFrom(", ", " ", ","),
      fc.boolean(),
      ({ data, shape }, comma, brackets) => {
        const [, cols] = shape;
        const rows = Array.from({ length: shape[0] }, (_, i) =>
          [...(data as Float64Array).subarray(i * cols, (i + 1) * cols)]
            .map((x) => (Object.is(x, -0) ? "-0" : String(x)))
            .join(comma),
        );
        const text = brackets ? `[${rows.map((row) => `[${row}]`).join(comma)}]` : rows.join("; ");
        expect(readLiteral(text)).toMatchObject({ shape, data });
      },
    ),
    RUNS,
  ));

describe("FMT-15 numbers without a shape are one dimension", () => {
  const vectors: Readonly<Record<string, [Writable, string]>> = {
    "64-bit floats": [Float64Array.of(1, 2.5, -3), "f64"],
    "32-bit floats": [Float32Array.of(1, 2.5, -3), "f32"],
    "whole numbers": [Int32Array.of(1, 2, -3), "i32"],
    numbers: [[1, 2.5, -3], "f64"],
  };
  for (const [name, [vector, dtype]] of Object.entries(vectors)) {
    test(name, async () => {
      const back = await readNpy(writeNpy(vector));
      expect([back.shape, back.dtype, Array.from(back.data as Float64Array)]).toEqual([
        [3],
        dtype,
        Array.from(vector as Float64Array),
      ]);
      expect(new TextDecoder().decode(writeCsv(vector)).trim().split("\n")).toHaveLength(3);
    });
  }

  test("the factors of a matrix go into one file under their names", async () => {
    const factors = { U: [[1], [0]], s: Float64Array.of(2), Vt: [[0, 1]] };
    expect((await listNpz(writeNpz(factors))).map(({ name, shape }) => [name, shape])).toEqual([
      ["U", [2, 1]],
      ["s", [1]],
      ["Vt", [1, 2]],
    ]);
    const model = await openSafetensors(writeSafetensors(factors));
    expect([...model.tensors.keys()].toSorted()).toEqual(["U", "Vt", "s"]);
  });

  test("what is no array is refused", () => {
    for (const wrong of [{ method: "jacobi" }, 3, "1 2", [[1], null], [1, "2"]]) {
      expect(() => writeNpy(wrong as never), JSON.stringify(wrong)).toThrow(FormatError);
    }
  });
});
