import type { NdArray } from "@eckart/formats";

/** Names of the channels of a picture, by their number. */
const CHANNELS: readonly (readonly string[])[] = [
  [],
  ["grey"],
  ["grey", "alpha"],
  ["red", "green", "blue"],
  ["red", "green", "blue", "alpha"],
];

/** A picture of any kind: whole numbers of 8 or 16 bits, with or without channels. */
export function isPicture({ shape, dtype }: Pick<NdArray, "shape" | "dtype">): boolean {
  return shape.length === 3 || ((dtype === "u8" || dtype === "u16") && shape.length === 2);
}

/** The channels of a picture by name; "alpha", its transparency, is the last where there is one. */
export function channelNames({ shape }: Pick<NdArray, "shape">): readonly string[] {
  return CHANNELS[shape[2] ?? 1]!;
}
