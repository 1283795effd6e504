import { checkChoice, checkOptionNames } from "../errors.ts";
import type { NdArray } from "../ndarray.ts";

/** How a picture becomes a matrix. */
export interface ImageOptions {
  /**
   * "all" (default): what the file holds, a matrix for grey, or rows × columns × channels (grey and alpha, RGB, RGBA).
   * "color": without alpha. "grey": a matrix, of colours their luma 0.299 R + 0.587 G + 0.114 B in f64, without alpha.
   */
  readonly channels?: "all" | "color" | "grey";
  /** Whether a JPEG picture is turned as its camera noted (EXIF orientation). Default false: the note says so. */
  readonly upright?: boolean;
}

/** Options of ImageOptions by name. */
export const IMAGE_OPTIONS: readonly string[] = ["channels", "upright"];

/** Weights of red, green and blue in what the eye sees as brightness. Source: ITU-R BT.601, as JPEG uses it. */
const LUMA = [0.299, 0.587, 0.114] as const;

/** A picture as it lies in memory: samples of one pixel after another, row by row. */
export interface Pixels {
  readonly rows: number;
  readonly cols: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly channels: number;
  readonly samples: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  readonly notes: readonly string[];
}

export function checkImageOptions(caller: string, options: ImageOptions): "all" | "color" | "grey" {
  checkOptionNames(caller, options, IMAGE_OPTIONS);
  const { channels = "all", upright = false } = options;
  checkChoice(caller, "channels", channels, ["all", "color", "grey"]);
  checkChoice(caller, "upright", upright, [true, false]);
  return channels;
}

/** The picture as an array of the channels that were asked for. */
export function imageArray(pixels: Pixels, wanted: "all" | "color" | "grey"): NdArray {
  const { rows, cols, channels, samples, notes } = pixels;
  const dtype = samples instanceof Uint8Array ? "u8" : "u16";
  const colors = channels >= 3 ? 3 : 1;
  const size = rows * cols;
  const matrix = { shape: [rows, cols], strides: [cols, 1], notes };
  if (wanted === "grey" && colors === 3) {
    const data = new Float64Array(size);
    for (let k = 0; k < size; k++) for (let c = 0; c < 3; c++) data[k]! += LUMA[c]! * samples[k * channels + c]!;
    const said = `of colours of ${8 * samples.BYTES_PER_ELEMENT} bits their brightness`;
    return { ...matrix, data, dtype: "f64", notes: [...notes, said] };
  }
  const kept = wanted === "all" ? channels : colors;
  const data = kept === channels ? samples : new (samples.constructor as Uint8ArrayConstructor)(size * kept);
  if (data !== samples)
    for (let k = 0; k < size; k++) for (let c = 0; c < kept; c++) data[k * kept + c] = samples[k * channels + c]!;
  if (kept === 1) return { ...matrix, data, dtype };
  return { data, shape: [rows, cols, kept], strides: [cols * kept, kept, 1], dtype, notes };
}
