import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type FormatError, listNpz, readMatrix, readNpz, writeNpy, writeNpz } from "@eckart/formats";
import { bytes, crcOf, errorOf, npy, u16, u32, u64, zip } from "./support.ts";

const two = writeNpy([[1, 2]]);
const stored = (name: string, packed = two): { name: string; packed: Uint8Array; crc: number } => ({
  name,
  packed,
  crc: crcOf(packed),
});
const deflated = (name: string, content: Uint8Array, lies = {}): Parameters<typeof zip>[0][number] => ({
  name,
  packed: deflateRawSync(content),
  method: 8,
  size: content.length,
  crc: crcOf(content),
  ...lies,
});
const good = zip([stored("a.npy"), stored("b.npy")]);

describe("FMT-3 npz: malformed archives", () => {
  const big = new Uint8Array(1 << 20);
  const bomb = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1048576,), }", big);
  const cases: [name: string, file: Uint8Array, message: RegExp][] = [
    ["empty", bytes(), /no zip directory at the end/],
    ["cut off", good.subarray(0, -1), /no zip directory at the end/],
    ["cut in front", good.subarray(7), /outside|beyond|expected|overlaps/],
    [
      "bytes in front of it",
      zip([stored("a.npy")], { prefix: bytes("#!/bin/sh\n"), offset: 5 }),
      /expected entry 1 of 1/,
    ],
    ["more entries than listed", zip([stored("a.npy")], { count: 2 }), /expected entry 2 of 2 in the directory/],
    ["more entries than the limit", zip([stored("a.npy")], { count: 10_001 }), /10001 entries; the limit is 10000/],
    ["a directory of 1 GiB", zip([stored("a.npy")], { bytes: 2 ** 30 }), /directory of 1073741824 bytes; the limit/],
    ["a directory beyond the end", zip([stored("a.npy")], { bytes: 1000 }), /the directory reaches beyond the end/],
    ["an entry beyond the end", zip([{ ...stored("a.npy"), start: 5000 }]), /entry "a\.npy": byte 5000: overlaps/],
    ["an entry over the other", zip([stored("a.npy"), { ...stored("b.npy"), start: 10 }]), /overlaps what follows/],
    [
      "two entries on the same bytes",
      zip([stored("a.npy"), { ...stored("b.npy"), start: 0 }]),
      /overlaps what follows/,
    ],
    [
      "an entry that begins nowhere",
      zip([{ ...stored("a.npy"), start: 3 }]),
      /expected the header of this entry|overlaps/,
    ],
    ["two entries of one name", zip([stored("a.npy"), stored("a.npy")]), /entry "a\.npy": the archive has two entries/],
    ["encrypted", zip([{ ...stored("a.npy"), flags: 1 }]), /entry "a\.npy" is encrypted/],
    ["packed with bzip2", zip([{ ...stored("a.npy"), method: 12 }]), /method 12; expected stored or deflated/],
    ["zip64 sizes that are missing", zip([{ ...stored("a.npy"), size: 0xffffffff }]), /entry "a\.npy" has no size/],
    [
      "zip64 sizes beyond 2^53",
      zip([{ ...stored("a.npy"), size: 0xffffffff, extra: bytes(u16(1, 8), u64(2n ** 63n)) }]),
      /has no size/,
    ],
    ["stored, of two sizes", zip([{ ...stored("a.npy"), size: 500 }]), /cannot hold the 500 promised/],
    ["data changed", zip([{ ...stored("a.npy"), crc: 1 }]), /entry "a": the checksum does not match/],
    ["no npy inside", zip([stored("a.npy", bytes("hello, world"))]), /entry "a": byte 0: does not begin with/],
    ["empty inside", zip([stored("a.npy", bytes())]), /does not begin with/],
    [
      "an impossible ratio",
      zip([deflated("a.npy", two, { size: 1e9 })]),
      /packed bytes cannot hold the 1000000000 promised/,
    ],
    [
      "npy header larger than the entry",
      zip([deflated("a.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (99, 99), }"))]),
      /asks for 7\d+ bytes, the archive's directory has \d\d/,
    ],
    [
      "more than promised",
      zip([deflated("a.npy", bytes(two, 0), { size: two.length })]),
      /inflates to more than the 144 bytes promised/,
    ],
    [
      "less than promised",
      zip([deflated("a.npy", two.subarray(0, -1), { size: two.length })]),
      /inflates to 143 bytes, 144 were promised/,
    ],
    [
      "deflate cut off",
      zip([{ ...deflated("a.npy", bomb), packed: deflateRawSync(bomb).subarray(0, 900) }]),
      /damaged|promised/,
    ],
    ["no deflate at all", zip([{ ...deflated("a.npy", two), packed: new Uint8Array(100).fill(0xff) }]), /damaged/],
  ];
  for (const [name, file, message] of cases)
    test(name, async () => {
      const error = await errorOf(
        readNpz(file, { name: "a.npz", ...(name.includes("entries") ? {} : { entry: "a" }) }),
      );
      expect(error.message).toMatch(message);
      expect(error.message).toMatch(/^a\.npz: /);
      expect(error.code).toBe("FORMAT");
    });

  test("FMT-8 an archive that inflates beyond maxBytes is refused, and read when told", async () => {
    const file = zip([deflated("a.npy", bomb)]);
    expect(file.length).toBeLessThan(1500);
    expect((await errorOf(readNpz(file, { maxBytes: 1e6 }))).message).toMatch(
      /inflates to 10\d+ bytes; the limit is 1000000 \(maxBytes\)/,
    );
    expect((await readNpz(file)).shape).toEqual([1048576]);
  });

  test("FMT-8 a gzip file that inflates beyond maxBytes is refused while it inflates", async () => {
    const file = gzipSync(new Uint8Array(2 ** 26).fill(0x20));
    expect((await errorOf(readMatrix(file, { name: "a.csv.gz", maxBytes: 1e6 }))).message).toMatch(
      /^a\.csv\.gz: inflates to more than the limit of 1000000 bytes/,
    );
  });
});

describe("FMT-3 gzip: malformed files", () => {
  const packed = gzipSync("1,2\n3,4\n");
  const changed = (at: number): Uint8Array =>
    packed.map((byte, k) => (k === (at + packed.length) % packed.length ? byte ^ 1 : byte));
  const cases: [string, Uint8Array, RegExp][] = [
    ["cut in its header", packed.subarray(0, 5), /damaged|checksum/],
    ["cut after its header", packed.subarray(0, 10), /checksum or length/],
    ["cut in its data", packed.subarray(0, 15), /damaged/],
    ["cut in its trailer", packed.subarray(0, -3), /checksum or length/],
    ["checksum changed", changed(-6), /byte \d+: checksum or length do not match/],
    ["length changed", changed(-2), /checksum or length do not match/],
    ["something after it", bytes(packed, "12345678"), /damaged|checksum/],
    ["not deflated", bytes(0x1f, 0x8b, 7, 0, u32(0), 0, 0, "abcdefgh"), /damaged|checksum/],
  ];
  for (const [name, file, message] of cases)
    test(name, async () => expect((await errorOf(readMatrix(file, { name: "a.csv.gz" }))).message).toMatch(message));
});

describe("npz: entries", () => {
  test("are listed from their headers, whatever they are called", async () => {
    const names = ["__proto__", "toString", "constructor", "größe/x", "a.b"];
    const file = writeNpz(names.map((name, k) => [name, [[k, k + 1, k + 2]]] as const));
    const entries = await listNpz(file);
    expect(entries.map((entry) => entry.name)).toEqual(names);
    expect(entries[2]).toMatchObject({ dtype: "f64", shape: [1, 3], compressed: true, byteLength: 24 });
    for (const [k, entry] of names.entries()) expect((await readNpz(file, { entry })).data[0]).toBe(k);
    expect((await readNpz(file, { entry: "a.b.npy" })).data[0]).toBe(4);
  });

  test("several and none chosen, one that is not there, none at all", async () => {
    expect((await errorOf(readNpz(good, { name: "a.npz" }))).message).toBe(
      'a.npz: 2 entries ("a", "b"); say which one: entry',
    );
    const error = (await errorOf(readNpz(good, { name: "a.npz", entry: "c" }))) as FormatError;
    expect(error.message).toBe('a.npz: entry "c": no such entry; it has "a", "b"');
    expect(error.entry).toBe("c");
    expect((await errorOf(readNpz(zip([])))).message).toMatch(/0 entries/);
  });

  test("names that would write to the terminal are shown in print", async () => {
    const file = zip([stored("a\u009b2J.npy"), stored("b\u007f\u202e.npy")]);
    expect((await errorOf(readNpz(file, { name: "x\u001b[2J.npz" }))).message).toBe(
      'x\\u001b[2J.npz: 2 entries ("a\\u009b2J", "b\\u007f\\u202e"); say which one: entry',
    );
  });

  test("zip64: a size in the extra field", async () => {
    const file = zip([{ ...stored("a.npy"), size: 0xffffffff, extra: bytes(u16(7, 2, 0, 1, 8), u64(two.length)) }]);
    expect((await readNpz(file)).shape).toEqual([1, 2]);
  });

  test("zip64: the end record", async () => {
    const at = good.length - 22;
    const view = new DataView(good.buffer);
    const [directoryBytes, offset] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
    const end = (size: number | bigint, where: number): Uint8Array =>
      bytes(
        good.subarray(0, at),
        ...[u32(0x06064b50), u64(44), u16(45, 45), u32(0, 0), u64(2, 2, size, offset)],
        ...[u32(0x07064b50, 0), u64(where), u32(1)],
        ...[u32(0x06054b50), u16(0, 0, 0xffff, 0xffff), u32(0xffffffff, 0xffffffff), u16(0)],
      );
    expect((await readNpz(end(directoryBytes, at), { entry: "b" })).shape).toEqual([1, 2]);
    expect((await errorOf(readNpz(end(directoryBytes, at + 30)))).message).toMatch(
      /the zip64 end record lies outside the file/,
    );
    expect((await errorOf(readNpz(end(directoryBytes, at - 8)))).message).toMatch(/expected the zip64 end record/);
    expect((await errorOf(readNpz(end(2n ** 64n - 1n, at)))).message).toMatch(
      /directory of 18446744073709552000 bytes/,
    );
  });

  test("equal arrays give equal bytes", () => {
    expect(writeNpz([["a", [[1]]]])).toEqual(writeNpz([["a", [[1]]]]));
    expect(writeNpz({ b: [[2]], a: [[1]] })).toEqual(writeNpz(Object.entries({ b: [[2]], a: [[1]] })));
    expect(() =>
      writeNpz([
        ["a", [[1]]],
        ["a", [[2]]],
      ]),
    ).toThrow(/two arrays of this name/);
  });
});
