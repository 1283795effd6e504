import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addressee,
  formatMatrix,
  linkTo,
  parseFragment,
  parseMatrix,
  parseNumber,
  parseWord,
} from "../../src/address/address.ts";

const LIMITS = { maxRows: 3, maxCols: 4, maxEntry: 1e300 };
const name = fc.stringMatching(/^[A-Za-z]\w{0,15}$/).filter((text) => text !== "v");
const entry = fc.double({ min: -1e300, max: 1e300, noNaN: true }).map((x) => x + 0 || 0);
const matrix = fc
  .integer({ min: 1, max: 4 })
  .chain((cols) => fc.array(fc.array(entry, { minLength: cols, maxLength: cols }), { minLength: 1, maxLength: 3 }));

test("STU-7 a state comes back from its link, whatever text it holds", () => {
  const fields = fc.dictionary(name, fc.string({ unit: "binary", maxLength: 40 }), {
    maxKeys: 8,
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(fields, (state) => {
      const { hash } = new URL(linkTo("hero", state), "http://localhost/");
      expect(parseFragment(hash, "hero")).toEqual(new Map(Object.entries(state)));
    }),
  );
});

test("a matrix comes back to the last bit", () => {
  fc.assert(
    fc.property(matrix, (rows) => {
      expect(parseMatrix(formatMatrix(rows), LIMITS)).toEqual(rows);
    }),
  );
});

test("a link reads as it is meant", () => {
  const fields = {
    A: formatMatrix([
      [2, 1],
      [0.5, -1.5],
    ]),
    t: "1.2",
  };
  expect(linkTo("hero", fields)).toBe("#hero:v=1&A=2,1;0.5,-1.5&t=1.2");
  expect(linkTo("hero", fields, "embed.html")).toBe("embed.html#hero:v=1&A=2,1;0.5,-1.5&t=1.2");
});

test("STU-7 no fragment throws, and what is read is bounded", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.string().map((text) => `#hero:v=1&${text}`),
      ),
      (text) => {
        const fields = parseFragment(text, "hero");
        expect(fields?.size ?? 0).toBeLessThanOrEqual(32);
        parseMatrix(text, LIMITS);
        parseNumber(text, -1, 1);
      },
    ),
  );
});

test.each([
  ["another figure", "#plane:v=1&t=1"],
  ["no state", "#hero"],
  ["no version", "#hero:t=1"],
  ["a later version", "#hero:v=2&t=1"],
  ["a version with more behind it", "#hero:v=1.0&t=1"],
  ["the same field twice", "#hero:v=1&t=1&t=2"],
  ["a field without a value", "#hero:v=1&t"],
  ["a field without a name", "#hero:v=1&=1"],
  ["a name that is markup", "#hero:v=1&<b>=1"],
  ["the prototype", "#hero:v=1&__proto__=1"],
  ["half a character", "#hero:v=1&t=%E2%82"],
  ["a lone percent", "#hero:v=1&t=%"],
  ["too many fields", `#hero:v=1${Array.from({ length: 33 }, (_, i) => `&f${i}=1`).join("")}`],
  ["too long", `#hero:v=1&t=${"1".repeat(9000)}`],
])("STU-7 an address is refused whole: %s", (_, fragment) => {
  expect(parseFragment(fragment, "hero")).toBeUndefined();
});

test.each([
  ["nothing", ""],
  ["ragged", "1,2;3"],
  ["an empty entry", "1,;2,3"],
  ["an empty row", "1,2;"],
  ["too many rows", "1;2;3;4"],
  ["too many columns", "1,2,3,4,5"],
  ["too large an entry", "1e301"],
  ["infinite", "Infinity"],
  ["not a number", "NaN"],
  ["an overflow", "1e999"],
  ["hexadecimal", "0x10"],
  ["spaces", " 1"],
  ["a word", "1,x"],
  ["markup", "<img src=x>"],
  ["long digits", "1".repeat(40)],
])("a matrix is refused: %s", (_, text) => {
  expect(parseMatrix(text, LIMITS)).toBeUndefined();
});

test("numbers and words keep to their bounds", () => {
  expect(parseNumber("-0.5", -1, 1)).toBe(-0.5);
  expect(parseNumber(".5e0", 0, 1)).toBe(0.5);
  expect(parseNumber("1.5", -1, 1)).toBeUndefined();
  expect(parseNumber("", -1, 1)).toBeUndefined();
  expect(parseNumber(undefined, -1, 1)).toBeUndefined();
  expect(parseWord("after", ["before", "after"])).toBe("after");
  expect(parseWord("toString", ["before", "after"])).toBeUndefined();
});

test("whom a fragment addresses", () => {
  expect(addressee("#hero:v=1&t=1")).toBe("hero");
  expect(addressee("#linear-maps")).toBe("linear-maps");
  expect(addressee("#")).toBeUndefined();
  expect(addressee("#<script>")).toBeUndefined();
});
