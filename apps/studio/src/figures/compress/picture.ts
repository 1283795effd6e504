import type { ReadFile } from "../../files/protocol.ts";

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
}

/** The four samples of three planes of this many pixels fit into the memory of a page several times. */
const MAX_PIXELS = 40e6;

/** The picture that a file holds: grey or colour, opacity apart. */
export function pictureOf({ array }: Pick<ReadFile, "array">, name: string): Picture {
  const { shape, data, dtype } = array;
  const [rows = 0, cols = 0, channels = 1] = shape;
  const pixels = rows * cols;
  if (pixels > MAX_PIXELS)
    throw new RangeError(`${name}: ${rows} × ${cols} pixels; pictures of up to 40 megapixels are taken here.`);
  const channel = (c: number): Float32Array<ArrayBuffer> => {
    const plane = new Float32Array(pixels);
    for (let k = 0; k < pixels; k++) plane[k] = Number(data[k * channels + c]);
    return plane;
  };
  const colours = channels >= 3 ? 3 : 1;
  return {
    name,
    rows,
    cols,
    planes: Array.from({ length: colours }, (_, c) => channel(c)),
    alpha: channels > colours ? channel(colours) : undefined,
    white: dtype === "u16" ? 65535 : 255,
  };
}

/** "colour, 180 × 240 pixels", as a reader calls a picture. */
export function described({ planes, rows, cols, alpha, white }: Picture): string {
  const kind = planes.length === 3 ? "three channels" : "one channel";
  const bits = white > 255 ? ", 16 bits" : "";
  return `${cols} × ${rows} pixels, ${kind}${bits}${alpha ? ", opacity kept" : ""}`;
}

/** The pixels of a picture whose planes are given, as a screen takes them: clamped, rounded, with opacity. */
export function imageOf(
  planes: readonly ArrayLike<number>[],
  [rows, cols]: readonly [number, number],
  white: number,
  alpha?: ArrayLike<number>,
): ImageData {
  const image = new ImageData(cols, rows);
  const unit = 255 / white;
  const { data } = image;
  for (let k = 0; k < rows * cols; k++) {
    for (let c = 0; c < 3; c++) data[4 * k + c] = planes[Math.min(c, planes.length - 1)]![k]! * unit;
    data[4 * k + 3] = alpha ? alpha[k]! * unit : 255;
  }
  return image;
}

/** The samples of a picture as a file takes them, clamped and rounded, in the channels and bits that it came with. */
export function samplesOf(
  planes: readonly ArrayLike<number>[],
  { rows, cols, alpha, white }: Picture,
): { data: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>; shape: readonly number[] } {
  const channels = planes.length + (alpha ? 1 : 0);
  const size = rows * cols * channels;
  const data = white > 255 ? new Uint16Array(size) : new Uint8Array(size);
  [...planes, ...(alpha ? [alpha] : [])].forEach((plane, c) => {
    for (let k = 0; k < rows * cols; k++) data[k * channels + c] = Math.round(Math.min(Math.max(plane[k]!, 0), white));
  });
  return { data, shape: channels === 1 ? [rows, cols] : [rows, cols, channels] };
}
