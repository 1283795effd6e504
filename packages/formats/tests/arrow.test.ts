import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { FormatError, FormatOptionError, readArrow, writeArrow } from "@eckart/formats";
import { bytes, errorOf, u16, u32, u64 } from "./support.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));

/** A stream of one message of the given kind, 1 for a schema, its header the bytes that begin with a vtable of 16. */
function stream(header: Uint8Array, kind = 1, version = 4): Uint8Array<ArrayBuffer> {
  const message = bytes(u32(16), u16(12, 12, 4, 6, 8, 0), u32(12), u16(version, kind), u32(4 + 16), header);
  return bytes(u32(0xffffffff, message.length), message);
}

/** A table whose slot `slot` is a vector of tables that follow it, each of them `fold` times the next. */
function nested(slot: number, depth: number, fold: number): Uint8Array {
  const offsets = Array.from({ length: 6 }, (_, k) => (k === slot && depth > 0 ? 4 : 0));
  const table = bytes(u16(16, 8, ...offsets), u32(16, 4));
  const next = 4 * fold + 16;
  const vector = bytes(u32(fold), ...Array.from({ length: fold }, (_, k) => u32(next - 4 * k)));
  return depth === 0 ? table : bytes(table, vector, nested(5, depth - 1, fold));
}

describe("FMT-18 the metadata of Arrow are proved before they are believed", () => {
  test.each([
    [
      "fields that share their children, 2^40 of them in 2 KB",
      stream(nested(1, 40, 2)),
      /the same places over and over/,
    ],
    ["fields inside of fields", stream(nested(1, 100, 1)), /nested deeper than 64/],
    ["a message beyond the end", bytes(u32(0xffffffff, 0x7fffffff), u32(16)), /reach beyond the end/],
    ["a root beyond the end", bytes(u32(0xffffffff, 8), u32(0xfffffff0, 0)), /the metadata lead to byte/],
    ["no schema", stream(nested(1, 0, 1), 3), /no schema at the beginning/],
    ["an old version", stream(nested(1, 0, 1), 1, 2), /metadata of version 3; 4 and 5 are read/],
    ["nothing", bytes(u32(0xffffffff, 0)), /no schema/],
  ])("%s", async (_, file, message) => {
    expect((await errorOf(readArrow(file))).message).toMatch(message);
  });

  test("rows without bytes are bounded by maxBytes", async () => {
    // A column of nulls takes no bytes, so that nothing in the file bounds its rows but their number.
    const file = await writeArrow([[1], [2], [3]]);
    const rows = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
    const three = Buffer.from(u64(3));
    let found = 0;
    for (let at = rows.indexOf(three); at >= 0; at = rows.indexOf(three, at + 8)) {
      Buffer.from(u64(2 ** 40)).copy(rows, at);
      found++;
    }
    expect(found).toBeGreaterThanOrEqual(2);
    expect((await errorOf(readArrow(rows))).message).toMatch(/a batch of 1099511627776 rows; the limit is/);
  });

  test("an untouched file is read wherever its bytes lie", async () => {
    const file = await writeArrow([[1, 2], [3, 4]]); // oxfmt-ignore
    for (let shift = 0; shift < 8; shift++) {
      const moved = bytes(new Uint8Array(shift), file).subarray(shift);
      expect(Array.from((await readArrow(moved)).data)).toEqual([1, 2, 3, 4]);
    }
  });

  // The numbers of the metadata stand in the first and in the last bytes.
  test.each(readdirSync(FIXTURES).filter((name) => /\.(arrow|feather)$/.test(name)))(
    "%s, its numbers changed",
    async (name) => {
      const file = readFileSync(FIXTURES + name);
      const extremes = [
        0n,
        1n,
        -1n,
        2n,
        255n,
        2n ** 31n - 1n,
        2n ** 31n,
        2n ** 53n + 1n,
        2n ** 62n,
        -(2n ** 63n),
        10n ** 6n,
      ];
      let refused = 0;
      for (let k = 0; k < 400; k++) {
        const damaged = Buffer.from(file);
        // Some 2 KB from each end, at every fourth byte in turn.
        const far = (k * 20) % Math.min(2048, file.length - 8);
        const at = k % 2 === 0 ? far : file.length - 8 - far;
        Buffer.from(u64(BigInt.asUintN(64, extremes[k % extremes.length]))).copy(damaged, at, 0, [1, 4, 8][k % 3]);
        await readArrow(damaged, { maxBytes: 2 ** 20, nonFinite: "keep", missing: "nan" }).catch((error: unknown) => {
          if (!(error instanceof FormatError || error instanceof FormatOptionError)) throw error;
          refused++;
        });
      }
      expect(refused).toBeGreaterThan(0);
    },
  );
});
