import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError, readJpeg, readMatrix, readPng, writeJpeg, writePng } from "@eckart/formats";
import { bytes, crcOf, errorOf, rowsOf } from "./support.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));
const fixture = (name: string): Buffer => readFileSync(FIXTURES + name);

const big = (value: number, size: 2 | 4): number[] =>
  Array.from({ length: size }, (_, k) => Math.floor(value / 256 ** (size - 1 - k)) % 256);

interface PngChunk {
  type: string;
  content: Uint8Array;
  crc?: number;
}
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const png = (...chunks: PngChunk[]): Uint8Array<ArrayBuffer> =>
  bytes(
    ...SIGNATURE,
    ...chunks.flatMap(({ type, content, crc }) => {
      const body = bytes(type, content);
      return [...big(content.length, 4), body, ...big(crc ?? crcOf(body), 4)];
    }),
  );
const header = (cols: number, rows: number, depth = 8, color = 0, interlace = 0, packing = 0): PngChunk => ({
  type: "IHDR",
  content: bytes(...big(cols, 4), ...big(rows, 4), depth, color, packing, 0, interlace),
});
const data = (...samples: number[]): PngChunk => ({ type: "IDAT", content: deflateSync(bytes(...samples)) });
const end: PngChunk = { type: "IEND", content: bytes() };

describe("FMT-27 a picture is the matrix of its samples, and back", () => {
  test("8 and 16 bits, grey and colour, come back as they were", async () => {
    const picture = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      cols: fc.integer({ min: 1, max: 9 }),
      channels: fc.integer({ min: 1, max: 4 }),
      seed: fc.nat(2 ** 30),
    });
    await fc.assert(
      fc.asyncProperty(picture, async ({ rows, cols, channels, seed }) => {
        for (const samples of [Uint8Array, Uint16Array]) {
          const values = new samples(rows * cols * channels).map(
            (_: number, k: number) => (seed * (k + 1) * 7919) >> 3,
          );
          const shape = channels === 1 ? [rows, cols] : [rows, cols, channels];
          const read = await readPng(await writePng({ data: values, shape }));
          expect([read.shape, read.dtype, read.data]).toEqual([shape, samples === Uint8Array ? "u8" : "u16", values]);
        }
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  test("numbers are clamped and rounded to the levels of a range", async () => {
    const rows = async (values: number[], options?: Parameters<typeof writePng>[1]): Promise<unknown> =>
      rowsOf(await readPng(await writePng([values], options)))[0];
    expect(await rows([-3, 0.4, 0.6, 254.6, 255, 1e300])).toEqual([0, 0, 1, 255, 255, 255]);
    expect(await rows([-Infinity, 0, 0.5, 1, 2], { range: [0, 1] })).toEqual([0, 0, 128, 255, 255]);
    expect(await rows([0, 1], { range: [1, 0] })).toEqual([255, 0]);
    expect(await rows([-1, 0, 1], { range: [-1, 1], depth: 16 })).toEqual([0, 32768, 65535]);
    expect(
      (
        await errorOf(
          writePng([
            [1, 2],
            [3, NaN],
          ]),
        )
      ).message,
    ).toBe("png input: row 2, column 2: NaN has no level of grey");
    expect((await errorOf(writePng([[1]], { range: [1, 1] }))).message).toMatch(/two different finite numbers/);
    for (const shape of [[0, 2], [2], [1, 1, 5]])
      expect((await errorOf(writePng({ data: new Float64Array(5).fill(1), shape }))).message).toMatch(
        /expected rows × columns/,
      );
  });

  test("a jpeg is near the picture", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => Array.from({ length: 30 }, (_, j) => 60 + 3 * i + 2 * j));
    const grey = await readJpeg(await writeJpeg(rows, { quality: 95 }), { channels: "grey" });
    expect(grey.shape).toEqual([20, 30]);
    const off = rows.flatMap((row, i) => row.map((value, j) => Math.abs(value - Number(grey.data[i * 30 + j]))));
    expect(Math.max(...off)).toBeLessThan(4);
    const color = await readJpeg(
      await writeJpeg({ data: new Float64Array(192).map((_, k) => [250, 20, 60][k % 3]), shape: [8, 8, 3] }),
    );
    expect(color.shape).toEqual([8, 8, 3]);
    for (const [c, level] of [250, 20, 60].entries()) expect(Math.abs(Number(color.data[c]) - level)).toBeLessThan(4);
    expect((await writeJpeg(rows, { quality: 95 })).length).toBeGreaterThan(
      (await writeJpeg(rows, { quality: 20 })).length,
    );
    expect((await errorOf(writeJpeg({ data: new Uint8Array(4), shape: [1, 1, 4] }))).message).toMatch(/no alpha/);
    expect((await errorOf(writeJpeg([[1]], { quality: 0 }))).message).toMatch(/expected quality to be 1 to 100/);
  });

  test("FMT-33 a jpeg is turned as its camera noted, every one of the eight ways", async () => {
    // Brightness tells the corner: 10 top left, 80 top right, 150 bottom left, 220 bottom right.
    const level = (i: number, j: number): number => 10 + (i < 8 ? 0 : 140) + (j < 16 ? 0 : 70);
    const stored = await writeJpeg(
      Array.from({ length: 16 }, (_, i) => Array.from({ length: 32 }, (_, j) => level(i, j))),
    );
    const exif = (orientation: number): Uint8Array => {
      const tiff = [
        0x4d,
        0x4d,
        0,
        42,
        0,
        0,
        0,
        8,
        0,
        1,
        0x01,
        0x12,
        0,
        3,
        0,
        0,
        0,
        1,
        0,
        orientation,
        0,
        0,
        0,
        0,
        0,
        0,
      ];
      const content = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
      return bytes(...stored.subarray(0, 2), 0xff, 0xe1, 0, content.length + 2, ...content, ...stored.subarray(2));
    };
    // What is to be seen top left and top right, after EXIF 2.3, 4.6.4.
    const seen = [[10, 80], [80, 10], [220, 150], [150, 220], [10, 150], [150, 10], [220, 80], [80, 220]]; // oxfmt-ignore
    for (const [k, [left, right]] of seen.entries()) {
      const { data, shape, notes } = await readJpeg(exif(k + 1), { channels: "grey", upright: true });
      expect(shape).toEqual(k < 4 ? [16, 32] : [32, 16]);
      const [first, last] = [Number(data[0]), Number(data[shape[1] - 1])];
      expect([k + 1, Math.abs(first - left) < 12, Math.abs(last - right) < 12]).toEqual([k + 1, true, true]);
      expect(notes.filter((note) => /orientation/.test(note)).length).toBe(k === 0 ? 0 : 1);
    }
  });

  test("jpeg is written without Buffer, as in a page", async () => {
    const kept = globalThis.Buffer;
    try {
      Object.assign(globalThis, { Buffer: undefined });
      const written = await writeJpeg([[1, 2]]);
      expect([...written.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
      expect(globalThis.Buffer).toBeUndefined();
    } finally {
      globalThis.Buffer = kept;
    }
  });

  test("channels are chosen", async () => {
    const rgba = await readPng(fixture("rgba8.png"));
    const color = await readPng(fixture("rgba8.png"), { channels: "color" });
    expect(color.shape).toEqual([4, 3, 3]);
    expect([...color.data].slice(0, 6)).toEqual([...rgba.data].filter((_, k) => k % 4 < 3).slice(0, 6));
    const grey = await readPng(fixture("grey-alpha.png"), { channels: "grey" });
    expect([grey.shape, grey.dtype]).toEqual([[4, 3], "u8"]);
    const luma = await readMatrix(fixture("rgb16.png"), { image: { channels: "grey" } });
    expect([luma.shape, luma.notes]).toEqual([[3, 4], ["of colours of 16 bits their brightness"]]);
  });
});

describe("FMT-28 a picture that lies about its size is refused before it takes memory", () => {
  const REFUSED: readonly (readonly [what: string, file: Uint8Array, words: RegExp])[] = [
    ["no signature", bytes("PNG"), /does not begin/],
    ["nothing behind the signature", png(), /the file ends before its last chunk/],
    ["a chunk beyond the end", bytes(png(header(1, 1)), ...big(1000, 4), "IDAT", 1, 2, 3, 4), /reaches beyond the end/],
    ["a wrong checksum", png({ ...header(1, 1), crc: 7 }, end), /checksum/],
    ["data before the header", png(data(0, 0), header(1, 1), end), /header, as the first chunk/],
    ["two headers", png(header(1, 1), header(1, 1), data(0, 0), end), /header, as the first chunk/],
    ["no pixel", png(header(0, 5), end), /5 × 0 pixels/],
    ["3 bits", png(header(1, 1, 3), end), /colour type 0 with 3 bits/],
    ["colour of 4 bits", png(header(1, 1, 4, 2), end), /colour type 2 with 4 bits/],
    ["an unknown packing", png(header(1, 1, 8, 0, 0, 1), end), /packing/],
    ["interlaced bits", png(header(1, 1, 1, 0, 1), data(0, 0), end), /interlaced with 1 bits/],
    [
      "a picture larger than the limit",
      png(header(2 ** 31 - 1, 2 ** 31 - 1), data(0), end),
      /the limit is 1073741824 \(maxBytes\)/,
    ],
    ["too little data", png(header(4, 4), data(0, 1, 2, 3, 4), end), /unpacks to 5 of the 20 bytes/],
    ["too much data", png(header(1, 1), data(0, 1, 2), end), /more than the 2 bytes/],
    ["a bomb", png(header(1, 1), data(...new Array<number>(20_000).fill(0)), end), /more than the 2 bytes/],
    ["data that are no zlib", png(header(1, 1), { type: "IDAT", content: bytes(1, 2, 3) }, end), /damaged data/],
    ["no data", png(header(1, 1), end), /unpacks to 0 of the 2 bytes|damaged data/],
    ["an unknown filter", png(header(1, 1), data(9, 1), end), /filter/i],
    ["a palette that is not there", png(header(1, 1, 8, 3), data(0, 1), end), /palette/i],
    [
      "a colour beyond the palette",
      png(header(1, 1, 8, 3), { type: "PLTE", content: bytes(1, 2, 3) }, data(0, 1), end),
      /palette/i,
    ],
  ];
  for (const [what, file, words] of REFUSED)
    test(`png: ${what}`, async () => {
      const error = await errorOf(readPng(file, { name: "a.png" }));
      expect(error).toBeInstanceOf(FormatError);
      expect(error.message).toMatch(words);
      expect(error.message).toMatch(/^a\.png: /);
    });

  test("png: profiles, text and frames are passed over, bombs among them", async () => {
    const profile = { type: "iCCP", content: bytes("p\0\0", deflateSync(new Uint8Array(2 ** 20))) };
    const picture = png(
      header(2, 1),
      profile,
      { type: "tEXt", content: bytes("no separator") },
      { type: "tRNS", content: bytes(0, 1) },
      data(0, 7, 8),
      end,
    );
    const read = await readPng(picture);
    expect(rowsOf(read)).toEqual([[7, 8]]);
    expect(read.notes).toEqual(["one colour is marked as transparent, which is not kept"]);
  });

  test("png: filters that are damaged behind right checksums end in a value or a named error", async () => {
    let values = 0;
    for (let k = 0; k < 500; k++) {
      const samples = Array.from({ length: 5 * 9 }, (_, at) => (at % 9 === 0 ? (k * 31 + at) % 6 : (k * at) % 256));
      try {
        expect((await readPng(png(header(4, 5, 16), data(...samples), end))).shape).toEqual([5, 4]);
        values++;
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }
    expect(values).toBeGreaterThan(0);
    expect(values).toBeLessThan(500);
  });

  const segment = (marker: number, ...content: number[]): number[] => [
    0xff,
    marker,
    ...big(content.length + 2, 2),
    ...content,
  ];
  const frame = (rows: number, cols: number, components: number, precision = 8, sampling = 0x11): number[] => [
    precision,
    ...big(rows, 2),
    ...big(cols, 2),
    components,
    ...Array.from({ length: components }, (_, k) => [k + 1, sampling, 0]).flat(),
  ];
  const BAD: readonly (readonly [what: string, file: Uint8Array, words: RegExp])[] = [
    ["no signature", bytes("JPEG"), /does not begin/],
    ["no frame", bytes(0xff, 0xd8, 0xff, 0xd9), /ends before a frame/],
    ["a marker that is cut off", bytes(0xff, 0xd8, 0xff, 0xc0), /ends inside a marker/],
    ["no lines", bytes(0xff, 0xd8, ...segment(0xc0, ...frame(0, 8, 1))), /0 × 8 pixels/],
    ["12 bits", bytes(0xff, 0xd8, ...segment(0xc1, ...frame(8, 8, 1, 12))), /12 bits a sample/],
    ["lossless coding", bytes(0xff, 0xd8, ...segment(0xc3, ...frame(8, 8, 1))), /lossless or arithmetic/],
    ["arithmetic coding", bytes(0xff, 0xd8, ...segment(0xc9, ...frame(8, 8, 1))), /lossless or arithmetic/],
    ["two components", bytes(0xff, 0xd8, ...segment(0xc0, ...frame(8, 8, 2))), /2 components/],
    ["no sampling", bytes(0xff, 0xd8, ...segment(0xc0, ...frame(8, 8, 3, 8, 0))), /sampling/],
    [
      "two frames",
      bytes(0xff, 0xd8, ...segment(0xc0, ...frame(8, 8, 1)), ...segment(0xc0, ...frame(8, 8, 1))),
      /a second frame/,
    ],
    [
      "a picture larger than the limit",
      bytes(0xff, 0xd8, ...segment(0xc0, ...frame(65_535, 65_535, 3))),
      /the limit is 1073741824 \(maxBytes\)/,
    ],
    [
      "scans without end",
      bytes(
        0xff,
        0xd8,
        ...segment(0xc2, ...frame(8, 8, 1)),
        ...Array.from({ length: 300 }, () => segment(0xda, 1)).flat(),
      ),
      /more than 256 scans/,
    ],
    ["a frame and nothing else", bytes(0xff, 0xd8, ...segment(0xc0, ...frame(8, 8, 1)), 0xff, 0xd9), /damaged/],
  ];
  for (const [what, file, words] of BAD)
    test(`jpeg: ${what}`, async () => {
      const error = await errorOf(readJpeg(file, { name: "a.jpg" }));
      expect(error).toBeInstanceOf(FormatError);
      expect(error.message).toMatch(words);
    });

  test("jpeg: cut off anywhere", async () => {
    const whole = fixture("color420.jpg");
    for (let length = 0; length < whole.length - 2; length += 7)
      expect(await errorOf(readJpeg(whole.subarray(0, length)))).toBeInstanceOf(FormatError);
  });

  test("the limit can be told", async () => {
    expect((await errorOf(readPng(fixture("rgb8.png"), { maxBytes: 104 }))).message).toMatch(
      /take 105 bytes; the limit is 104/,
    );
    expect((await readPng(fixture("rgb8.png"), { maxBytes: 105 })).shape).toEqual([5, 7, 3]);
    expect((await errorOf(readJpeg(fixture("color444.jpg"), { maxBytes: 100 }))).message).toMatch(/the limit is 100/);
  });
});
