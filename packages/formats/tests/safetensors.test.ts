import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  FormatError,
  SafetensorsError,
  type SafetensorsReason,
  openSafetensors,
  openSafetensorsShards,
  readMatrix,
  readSafetensors,
  readSafetensorsIndex,
  safetensorsParts,
  writeSafetensors,
} from "@eckart/formats";
import { openSafetensorsFile, readMatrixFile, writeFileAtomic } from "@eckart/formats/node";
import { bytes, errorOf, rowsOf, u64 } from "./support.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));

/** A file with this header, whatever it says, and this many bytes of zeros behind it. */
const file = (header: string | Uint8Array, zeros = 0, length?: number | bigint): Uint8Array<ArrayBuffer> => {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  return bytes(u64(length ?? text.length), text, new Uint8Array(zeros));
};
const one = (parts: Record<string, unknown> = {}): string =>
  JSON.stringify({ test: { dtype: "I32", shape: [2, 2], data_offsets: [0, 16], ...parts } });
const raw = (shape: string): string => `{"test":{"dtype":"I32","shape":${shape},"data_offsets":[0,16]}}`;
const u8 = (begin: number, end: number): unknown => ({ dtype: "U8", shape: [4], data_offsets: [begin, end] });

// The reference's own bad files, and those that its rules imply; safetensors 0.8.0 refuses all but the last two.
const REFUSED: readonly (readonly [what: string, content: Uint8Array, reason: SafetensorsReason, words: RegExp])[] = [
  ["nothing", new Uint8Array(), "HeaderTooSmall", /0 bytes/],
  ["seven bytes", new Uint8Array(7), "HeaderTooSmall", /7 bytes/],
  ["a length of 2^64 nearly", file(one(), 16, 0xffffff000000003cn), "HeaderTooLarge", /18446742974197923900 bytes/],
  ["a length above 100 MB", file("{}", 0, 100_000_001), "HeaderTooLarge", /the limit is 100000000/],
  ["a length at 100 MB", file("{}", 0, 100_000_000), "InvalidHeaderLength", /ends at byte 100000008, the file at 10/],
  ["a length and nothing else", file("", 0, 60), "InvalidHeaderLength", /ends at byte 68, the file at 8/],
  ["no UTF-8", file(bytes(0xff)), "InvalidHeader", /not UTF-8/],
  ["half an object", file("{"), "InvalidHeaderDeserialization", /byte 9/],
  ["a list", file("[]"), "InvalidHeaderDeserialization", /expected \{/],
  ["a byte order mark", file("\ufeff{}"), "InvalidHeaderDeserialization", /expected \{/],
  ["more behind the object", file("{}\0"), "InvalidHeaderDeserialization", /expected the end/],
  ["a size with a fraction", file(raw("[2.0,2]"), 16), "InvalidHeaderDeserialization", /a whole number, got "2\.0"/],
  ["a size with an exponent", file(raw("[2e0,2]"), 16), "InvalidHeaderDeserialization", /whole number/],
  ["a size below zero", file(raw("[-2,-2]"), 16), "InvalidHeaderDeserialization", /whole number/],
  ["an unknown type", file(one({ dtype: "FP8" }), 16), "InvalidHeaderDeserialization", /dtype "FP8"/],
  ["no offsets", file('{"test":{"dtype":"I32","shape":[2,2]}}', 16), "InvalidHeaderDeserialization", /expected dtype/],
  ["three offsets", file(one({ data_offsets: [0, 16, 17] }), 16), "InvalidHeaderDeserialization", /\[begin, end\]/],
  ["metadata that are a number", file('{"__metadata__":{"a":1}}'), "InvalidHeaderDeserialization", /a string/],
  ["half a letter", file('{"\\ud800":{}}'), "InvalidHeaderDeserialization", /no Unicode/],
  ["metadata twice", file('{"__metadata__":{},"__metadata__":{}}'), "InvalidHeaderDeserialization", /twice/],
  ["a type twice", file('{"a":{"dtype":"U8","dtype":"U8"}}'), "InvalidHeaderDeserialization", /twice/],
  ["a hole", file(JSON.stringify({ a: u8(4, 8) }), 8), "InvalidOffset", /expected to begin where/],
  ["an overlap", file(JSON.stringify({ a: u8(0, 4), b: u8(0, 4) }), 4), "InvalidOffset", /"b"/],
  ["a gap between", file(JSON.stringify({ a: u8(0, 4), b: u8(5, 9) }), 9), "InvalidOffset", /"b"/],
  [
    "an end before its begin",
    file(
      '{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,-4]}}',
      4,
    ),
    "InvalidHeaderDeserialization",
    /whole/,
  ],
  ["backwards", file(JSON.stringify({ a: u8(0, 4), b: u8(4, 0) }), 4), "InvalidOffset", /before it begins/],
  [
    "an offset beyond 2^53",
    file('{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,18446744073709551614]}}', 4),
    "InvalidOffset",
    /beyond 2\^53/,
  ],
  ["a shape that wraps to fit", file(raw("[2,9223372036854775807]"), 16), "ValidationOverflow", /beyond 2\^53/],
  ["a shape of 2^64 − 2", file(raw("[2,18446744073709551614]"), 16), "ValidationOverflow", /beyond 2\^53/],
  ["a product beyond 2^53", file(raw("[94906267,94906267]"), 16), "ValidationOverflow", /more than 2\^53/],
  [
    "half a byte",
    file('{"a":{"dtype":"F4","shape":[1,3],"data_offsets":[0,2]}}', 2),
    "MisalignedSlice",
    /3 elements of 4 bits/,
  ],
  [
    "another size than the shape's",
    file(one({ data_offsets: [0, 4] }), 4),
    "TensorInvalidInfo",
    /takes 16 bytes, the header gives it 4/,
  ],
  ["a byte behind the data", file(one(), 17), "MetadataIncompleteBuffer", /end here, the file at byte/],
  ["two bytes short", file(one(), 14), "MetadataIncompleteBuffer", /end here/],
  [
    "a tensor twice",
    file('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}'),
    "InvalidHeaderDeserialization",
    /the key "a" twice/,
  ],
  [
    "no elements, and other sizes beyond 2^53",
    file('{"a":{"dtype":"U8","shape":[0,9007199254740991,4],"data_offsets":[0,0]}}'),
    "ValidationOverflow",
    /more than 2\^53/,
  ],
];

describe("FMT-21 a safetensors file that breaks a rule of the reference is refused by the reference's name", () => {
  for (const [what, content, reason, words] of REFUSED)
    test(what, async () => {
      const error = await errorOf(openSafetensors(content));
      expect(error).toBeInstanceOf(SafetensorsError);
      expect((error as SafetensorsError).reason).toBe(reason);
      expect(error.message).toMatch(words);
    });

  test("every rule has its file", () => {
    const met = new Set(REFUSED.map(([, , reason]) => reason));
    expect([...met].sort()).toHaveLength(10);
  });

  test("odd but right", async () => {
    for (const header of ["{}", " \n{}\r \t\n", '{"__metadata__":null}', '{"__metadata__":{"a":"b"}}'])
      expect((await openSafetensors(file(header))).tensors.size).toBe(0);
    const scalar = await readSafetensors(file('{"s":{"dtype":"I32","shape":[],"data_offsets":[0,4]}}', 4));
    expect([scalar.shape, scalar.data]).toEqual([[], new Int32Array(1)]);
    const empty = await readSafetensors(file('{"e":{"dtype":"I32","shape":[2,0],"data_offsets":[0,0]}}'));
    expect([empty.shape, empty.data.length]).toEqual([[2, 0], 0]);
    const own = await openSafetensors(file('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1));
    expect([...own.tensors.keys()]).toEqual(["__proto__"]);
  });

  test("what is no safetensors file is called by its name", async () => {
    const named = async (content: string | Uint8Array): Promise<string> =>
      (await errorOf(openSafetensors(content, { name: "model.bin" }))).message;
    expect(await named(bytes("PK\u0003\u0004", new Uint8Array(60)))).toMatch(/PyTorch/);
    expect(await named("version https://git-lfs.github.com/spec/v1")).toMatch(/^model\.bin: byte 0: .*git-lfs/);
    expect(await named("<!DOCTYPE html><html>")).toMatch(/web site/);
    expect(await named("GGUF\u0003\0\0\0\0\0\0\0\u0001\u0001")).toMatch(/GGUF/);
  });

  test("a header may be longer if told", async () => {
    const content = file("{}".padEnd(40));
    expect((await errorOf(openSafetensors(content, { maxHeaderBytes: 39 }))).message).toMatch(/the limit is 39/);
    expect((await openSafetensors(content, { maxHeaderBytes: 40 })).tensors.size).toBe(0);
  });
});

describe("FMT-22 only the header and the tensors that are asked for are read", () => {
  test("ranges", async () => {
    const content = readFileSync(`${FIXTURES}weight.safetensors`);
    const ranges: [number, number][] = [];
    const model = await openSafetensors({
      byteLength: content.length,
      slice(start: number, end: number) {
        ranges.push([start, end]);
        return content.subarray(start, end);
      },
    });
    const header = Number(content.readBigUInt64LE(0));
    expect(ranges).toEqual([
      [0, 8],
      [8, 8 + header],
    ]);
    expect(model.metadata).toEqual(new Map([["format", "pt"]]));
    const { byteOffset, byteLength } = model.tensors.get("layers.0.weight")!;
    expect((await model.read("layers.0.weight")).shape).toEqual([3, 4]);
    expect(ranges.slice(2)).toEqual([[byteOffset, byteOffset + byteLength]]);
  });

  test("a tensor that is not there, several and none chosen, and NaN by its place", async () => {
    const content = writeSafetensors([
      ["a", [[1, NaN]]],
      ["b", [[1]]],
    ]);
    const model = await openSafetensors(content);
    expect(await errorOf(model.read("c"))).toMatchObject({ reason: "TensorNotFound" });
    expect((await errorOf(readSafetensors(content))).message).toMatch(/2 tensors \("a", "b"\); say which one: tensor/);
    expect((await errorOf(model.read("a"))).message).toMatch(/entry "a": row 1, column 2, byte \d+: NaN/);
    expect(rowsOf(await readSafetensors(content, { tensor: "a", nonFinite: "keep" }))).toEqual([[1, NaN]]);
  });

  test("4-bit floats are described and not decoded", async () => {
    const model = await openSafetensors(file('{"w":{"dtype":"F4","shape":[2,2],"data_offsets":[0,2]}}', 2));
    expect(model.tensors.get("w")).toMatchObject({ dtype: "F4", byteLength: 2 });
    expect((await errorOf(model.read("w"))).message).toMatch(/F4: elements of less than a byte/);
  });

  test("8-bit floats that are no numbers", async () => {
    const patterns = (dtype: string, ...codes: number[]): Uint8Array<ArrayBuffer> =>
      bytes(
        file(JSON.stringify({ w: { dtype, shape: [1, codes.length], data_offsets: [0, codes.length] } })),
        ...codes,
      );
    const read = async (dtype: string, ...codes: number[]): Promise<unknown> =>
      rowsOf(await readSafetensors(patterns(dtype, ...codes), { nonFinite: "keep" }))[0];
    expect(await read("F8_E4M3", 0x7f, 0xff, 0x7e, 0x80)).toEqual([NaN, NaN, 448, -0]);
    expect(await read("F8_E5M2", 0x7c, 0xfc, 0x7d, 0x7b)).toEqual([Infinity, -Infinity, NaN, 57344]);
    expect(await read("F8_E4M3FNUZ", 0x80, 0x7f)).toEqual([NaN, 240]);
    expect(await read("F8_E5M2FNUZ", 0x80, 0x7f)).toEqual([NaN, 57344]);
    expect(await read("F8_E8M0", 0, 127, 254, 255)).toEqual([2 ** -127, 1, 2 ** 127, NaN]);
  });
});

describe("FMT-23 a safetensors file is written byte for byte as the reference writes it", () => {
  test("every type, names of every kind, in any order", async () => {
    const content = readFileSync(`${FIXTURES}order.safetensors`);
    const model = await openSafetensors(content);
    const arrays = await Promise.all(
      [...model.tensors.keys()].map(async (name) => [name, await model.read(name)] as const),
    );
    expect(arrays.length).toBeGreaterThan(35);
    const metadata = Object.fromEntries(model.metadata);
    for (const order of [arrays, arrays.toReversed()])
      expect(Buffer.from(writeSafetensors(order, { metadata })).equals(content)).toBe(true);
  });

  test("part by part", async () => {
    const arrays = { w: new Float32Array([1, 2, 3, 4]), b: new Float64Array([5, 6]) };
    const plans = [
      { name: "w", dtype: "f32" as const, shape: [2, 2], data: () => ({ data: arrays.w, shape: [2, 2] }) },
      { name: "b", dtype: "f64" as const, shape: [2], data: async () => ({ data: arrays.b, shape: [2] }) },
    ];
    const parts: Uint8Array[] = [];
    for await (const part of safetensorsParts(plans)) parts.push(part);
    const whole = writeSafetensors([
      ["w", { data: arrays.w, shape: [2, 2] }],
      ["b", { data: arrays.b, shape: [2] }],
    ]);
    expect(parts).toHaveLength(3);
    expect(bytes(...parts)).toEqual(whole);
    const lie = safetensorsParts([{ ...plans[0], shape: [4] }]);
    await lie.next();
    expect((await errorOf(lie.next())).message).toMatch(
      /entry "w": planned as f32 of shape \(4\), came as f32 of shape \(2, 2\)/,
    );
  });

  test("what the format cannot hold", () => {
    expect(() => writeSafetensors([["z", { data: new Float64Array(2), shape: [1], dtype: "c128" }]])).toThrow(/c128/);
    for (const names of [["a", "a"], ["__metadata__"], ["\ud800"]])
      expect(() => writeSafetensors(names.map((name) => [name, [[1]]]))).toThrow(FormatError);
    expect(() => writeSafetensors([], { metadata: { a: 1 as unknown as string } })).toThrow(
      /expected metadata\.a to be text/,
    );
  });

  test("any tensors come back bit for bit", async () => {
    const tensor = fc.record({
      name: fc.string({ unit: "binary", maxLength: 6 }).filter((name) => name !== "__metadata__"),
      rows: fc.nat(4),
      cols: fc.nat(4),
      single: fc.boolean(),
      seed: fc.float({ noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(tensor, { selector: ({ name }) => name, maxLength: 6 }), async (tensors) => {
        const arrays = tensors.map(({ name, rows, cols, single, seed }) => {
          const data = new (single ? Float32Array : Float64Array)(rows * cols).fill(seed);
          return [name, { data, shape: [rows, cols] }] as const;
        });
        const model = await openSafetensors(writeSafetensors(arrays), { nonFinite: "keep" });
        expect(model.tensors.size).toBe(arrays.length);
        for (const [name, { data, shape }] of arrays) {
          const read = await model.read(name);
          expect([read.shape, read.data]).toEqual([shape, data]);
        }
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});

describe("FMT-24 a model in several files is one model", () => {
  const INDEX = `${FIXTURES}model.safetensors.index.json`;
  const index = (map: Record<string, string>): string => JSON.stringify({ weight_map: map });
  const shards = new Map(
    readdirSync(FIXTURES)
      .filter((name) => name.startsWith("model-"))
      .map((name) => [name, readFileSync(FIXTURES + name)]),
  );
  const open = (shard: string): Uint8Array => shards.get(shard) ?? expect.fail(`no ${shard}`);

  test("from the folder", async () => {
    const model = await openSafetensorsFile(INDEX);
    expect([...model.tensors.keys()]).toEqual(["a", "b", "c"]);
    expect(rowsOf(await model.read("c"))).toEqual([[4], [5]]);
    await model.close();
    expect(rowsOf(await readMatrixFile(INDEX, { safetensors: { tensor: "a" } }))).toEqual([[1, 2]]);
    expect((await errorOf(readMatrixFile(INDEX))).message).toMatch(/index\.json: 3 tensors/);
  });

  test("from anywhere", async () => {
    const model = await openSafetensorsShards(readFileSync(INDEX), async (shard) => open(shard));
    expect(model.index.shards).toHaveLength(2);
    expect((await model.read("b")).data).toEqual(new Float64Array([3]));
    expect(await errorOf(model.read("d"))).toMatchObject({ reason: "TensorNotFound" });
  });

  test("names that lead elsewhere are refused", async () => {
    for (const shard of [
      "../x.safetensors",
      "a/../../x",
      "/etc/passwd",
      "C:\\x",
      "\\\\host\\x",
      "file:///x",
      "http://x/y",
      "",
      "a//b",
      "./x",
    ])
      expect(await errorOf(readSafetensorsIndex(index({ a: shard })))).toMatchObject({ reason: "InvalidShardName" });
    expect((await readSafetensorsIndex(index({ a: "unet/x-00001.safetensors" }))).shards).toEqual([
      "unet/x-00001.safetensors",
    ]);
  });

  test("missing files are all named", async () => {
    const folder = mkdtempSync(join(tmpdir(), "eckart-"));
    try {
      cpSync(INDEX, join(folder, "model.safetensors.index.json"));
      const error = await errorOf(openSafetensorsFile(join(folder, "model.safetensors.index.json")));
      expect(error).toMatchObject({ reason: "ShardNotFound" });
      expect(error.message).toMatch(/2 of 2 files cannot be opened: "model-00001-of-00002\.safetensors", "model-00002/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("a tensor that is not where the index says", async () => {
    const [first] = shards.keys();
    const error = await errorOf(openSafetensorsShards(index({ a: first, c: first }), open));
    expect(error).toMatchObject({ reason: "TensorNotInShard", entry: "c" });
  });

  test("an index without a map, and a tensor twice in it", async () => {
    expect((await errorOf(readSafetensorsIndex("{}"))).message).toMatch(/expected the key "weight_map"/);
    expect((await errorOf(readSafetensorsIndex('{"weight_map":{"a":"x","a":"y"}}'))).message).toMatch(/"a" twice/);
  });

  test("written to a folder and read again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "eckart-"));
    try {
      const path = join(folder, "m.safetensors");
      const plan = { name: "w", dtype: "f64" as const, shape: [1, 2], data: () => [[1, 2]] };
      await writeFileAtomic(path, safetensorsParts([plan], { metadata: { format: "pt" } }));
      expect(rowsOf(await readMatrixFile(path))).toEqual([[1, 2]]);
      writeFileSync(path, "");
      expect(await errorOf(readMatrixFile(path))).toMatchObject({ reason: "HeaderTooSmall" });
      expect(rowsOf(await readMatrix(writeSafetensors([["w", [[3]]]])))).toEqual([[3]]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
