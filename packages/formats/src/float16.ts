// IEEE 754 binary16 and bfloat16 are the upper parts of wider formats; both widen to float32 without rounding.

const single: Float32Array<ArrayBuffer> = new Float32Array(1);
const singleBits: Uint32Array<ArrayBuffer> = new Uint32Array(single.buffer);

/** The value of a binary16 bit pattern: 1 sign, 5 exponent (bias 15), 10 fraction bits. */
export function float16Value(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The value of a bfloat16 bit pattern: the upper half of a float32. */
export function bfloat16Value(bits: number): number {
  singleBits[0] = bits << 16;
  return single[0]!;
}

/** Nearest binary16 bit pattern, ties to even; from ±65520 on it is ±Infinity. */
export function float16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  // Below 2^-14 the spacing no longer shrinks. A carry out of the fraction raises the exponent, as it should.
  const exponent = Math.max(binaryExponent(magnitude), -14);
  const fraction = roundHalfEven(magnitude / 2 ** (exponent - 10));
  return sign | (((exponent + 14) << 10) + fraction);
}

/** Nearest bfloat16 bit pattern of a float32 value, ties to even. */
export function bfloat16Bits(value: number): number {
  single[0] = value;
  const bits = singleBits[0]!;
  if (Number.isNaN(value)) return 0x7fc0 | ((bits >>> 16) & 0x8000);
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

/** Floor of log2 of a float32-rounded magnitude, which is never below that of the magnitude itself. */
function binaryExponent(magnitude: number): number {
  single[0] = magnitude;
  const exponent = (singleBits[0]! >>> 23) - 127;
  return magnitude < 2 ** exponent ? exponent - 1 : exponent;
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
