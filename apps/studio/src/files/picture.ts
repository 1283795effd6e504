import type { NdArray } from "@eckart/formats";
import { fitted, shrunk } from "./shrink.ts";

/** A picture as matrices: one of brightness, or one for each of red, green and blue. */
export interface Picture {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  /** Row-major levels from 0 to `white`. */
  readonly planes: readonly Float32Array<ArrayBuffer>[];
  /** Opacity from 0 to `white`, which is kept as it is. */
  readonly alpha: Float32Array<ArrayBuffer> | undefined;
  /** 255, or 65535 for samples of 16 bits. */
  readonly white: number;
  /** The same in the size in which a screen shows it. */
  readonly shown: Pick<Picture, "rows" | "cols" | "planes" | "alpha">;
}

/** Four samples of so many pixels fit into the memory of a page several times. */
const MAX_PIXELS = 40e6;
/** What a screen shows is at most so many pixels high and wide. */
const SHOWN = 1000;

/** The picture that a file holds: grey or colour, opacity apart. */
export function pictureOf({ shape, data, dtype }: NdArray, name: string): Picture {
  const [rows = 0, cols = 0, channels = 1] = shape;
  const pixels = rows * cols;
  if (pixels > MAX_PIXELS)
    throw new RangeError(`${name}: ${cols} × ${rows} pixels; pictures of up to 40 megapixels are taken here`);
  const channel = (c: number): Float32Array<ArrayBuffer> => {
    const plane = new Float32Array(pixels);
    for (let k = 0; k < pixels; k++) plane[k] = Number(data[k * channels + c]);
    return plane;
  };
  const colours = channels >= 3 ? 3 : 1;
  const planes = Array.from({ length: colours }, (_, c) => channel(c));
  const alpha = channels > colours ? channel(colours) : undefined;
  const [high, wide] = fitted(rows, cols, SHOWN);
  const small = (plane: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> =>
    shrunk(plane, [rows, cols], [high, wide]);
  return {
    name,
    rows,
    cols,
    planes,
    alpha,
    white: dtype === "u16" ? 65535 : 255,
    shown: { rows: high, cols: wide, planes: planes.map(small), alpha: alpha && small(alpha) },
  };
}
