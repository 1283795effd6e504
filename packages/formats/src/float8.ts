// The 8-bit floats of neural networks: 1 sign, `exponentBits` of exponent, the rest fraction. Each has 256 values, so a
// table is the decoder. Source: Micikevicius et al., FP8 Formats for Deep Learning (2022); OCP Microscaling 1.0.

interface Layout {
  readonly exponentBits: number;
  readonly bias: number;
  /** Which patterns are no numbers: as IEEE 754 has it, all ones alone, or the pattern of −0 (FNUZ). */
  readonly notNumbers: "ieee" | "all-ones" | "negative-zero";
}

const value = (bits: number, { exponentBits, bias, notNumbers }: Layout): number => {
  const fractionBits = 7 - exponentBits;
  const exponent = (bits & 0x7f) >> fractionBits;
  const fraction = (bits & ((1 << fractionBits) - 1)) / (1 << fractionBits);
  const sign = bits & 0x80 ? -1 : 1;
  if (notNumbers === "negative-zero" && bits === 0x80) return NaN;
  if (notNumbers === "all-ones" && (bits & 0x7f) === 0x7f) return NaN;
  if (notNumbers === "ieee" && exponent === (1 << exponentBits) - 1) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias));
};

const table = (valueOf: (bits: number) => number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: 256 }, (_, bits) => valueOf(bits));
const float8 = (layout: Layout): Float32Array<ArrayBuffer> => table((bits) => value(bits, layout));

/** The 8-bit floats by the names that safetensors gives them. */
export type Float8 = "F8_E4M3" | "F8_E5M2" | "F8_E4M3FNUZ" | "F8_E5M2FNUZ" | "F8_E8M0";

/** The value of each of the 256 patterns; every one is a float32. E8M0 is a power of two and has no sign. */
export const FLOAT8_VALUES: Readonly<Record<Float8, Float32Array<ArrayBuffer>>> = {
  F8_E4M3: float8({ exponentBits: 4, bias: 7, notNumbers: "all-ones" }),
  F8_E5M2: float8({ exponentBits: 5, bias: 15, notNumbers: "ieee" }),
  F8_E4M3FNUZ: float8({ exponentBits: 4, bias: 8, notNumbers: "negative-zero" }),
  F8_E5M2FNUZ: float8({ exponentBits: 5, bias: 16, notNumbers: "negative-zero" }),
  F8_E8M0: table((bits) => (bits === 0xff ? NaN : 2 ** (bits - 127))),
};
