import { randomBytes } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pack, unpack } from "../../src/address/pack.ts";

test("a text comes back from one word of an address", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 300 }), async (text) => {
      const word = await pack(text);
      expect(word).toMatch(/^[\w-]*$/);
      expect(await unpack(word)).toBe(text);
    }),
  );
});

test("a thousand numbers become shorter than their text", async () => {
  const text = Array.from({ length: 1000 }, (_, i) => (Math.sin(i) * 10).toFixed(3)).join(",");
  const { length } = await pack(text);
  expect(length, `${length} characters for ${text.length}`).toBeLessThan(0.75 * text.length);
});

test.each([
  ["no base64", "a b"],
  ["no deflate", "____"],
  ["cut off", deflateRawSync("a text that is long enough").toString("base64url").slice(0, -6)],
  ["random", randomBytes(200).toString("base64url")],
  ["no UTF-8", deflateRawSync(Buffer.from([0xff, 0xfe, 0xc3])).toString("base64url")],
  ["a bomb", deflateRawSync(Buffer.alloc(1 << 26)).toString("base64url")],
])("what is damaged or too long is refused: %s", async (_, word) => {
  expect(await unpack(word)).toBeUndefined();
});
