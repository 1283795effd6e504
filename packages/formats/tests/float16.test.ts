import { expect, test } from "vitest";
import { bfloat16Bits, bfloat16Value, float16Bits, float16Value } from "@eckart/formats";

/** Every bit pattern of 16 bits. */
const ALL = Array.from({ length: 0x10000 }, (_, bits) => bits);

for (const [name, value, bits, exponent] of [
  ["float16", float16Value, float16Bits, 0x7c00],
  ["bfloat16", bfloat16Value, bfloat16Bits, 0x7f80],
] as const) {
  const isNaNPattern = (pattern: number): boolean =>
    (pattern & exponent) === exponent && (pattern & ~exponent & 0x7fff) !== 0;
  const magnitudes = ALL.filter((pattern) => pattern < 0x8000 && !isNaNPattern(pattern));

  test(`FMT-17 ${name}: every pattern comes back from its value`, () => {
    const wrong = ALL.filter((pattern) => !isNaNPattern(pattern) && bits(value(pattern)) !== pattern);
    expect(wrong).toEqual([]);
    expect(ALL.filter((pattern) => isNaNPattern(pattern) !== Number.isNaN(value(pattern)))).toEqual([]);
    expect(isNaNPattern(bits(NaN))).toBe(true);
  });

  test(`FMT-17 ${name}: values rise with their patterns`, () => {
    expect(magnitudes.filter((pattern) => pattern > 0 && !(value(pattern) > value(pattern - 1)))).toEqual([]);
  });

  test(`FMT-17 ${name}: between two values the nearer is taken, halfway the even one`, () => {
    const finite = magnitudes.filter(
      (pattern) => (pattern & exponent) !== exponent && ((pattern + 1) & exponent) !== exponent,
    );
    const wrong = finite.filter((pattern) => {
      const [low, high] = [value(pattern), value(pattern + 1)];
      const middle = (low + high) / 2;
      const even = pattern % 2 === 0 ? pattern : pattern + 1;
      return (
        bits(middle) !== even ||
        bits(-middle) !== (even | 0x8000) ||
        bits(low + (high - low) / 4) !== pattern ||
        bits(high - (high - low) / 4) !== pattern + 1
      );
    });
    expect(wrong).toEqual([]);
  });
}

test("FMT-17 float16: the largest values, and what is beyond them", () => {
  expect(float16Value(0x7bff)).toBe(65504);
  expect([65519.99, 65520, Infinity, -65520, -Infinity].map(float16Bits)).toEqual([
    0x7bff, 0x7c00, 0x7c00, 0xfc00, 0xfc00,
  ]);
  // Rounded once: through float32 this would become the halfway case and round down to even.
  expect(float16Bits(1 + 2 ** -11 + 2 ** -40)).toBe(0x3c01);
});
