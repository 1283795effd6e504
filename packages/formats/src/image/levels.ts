import { FormatError, FormatOptionError } from "../errors.ts";
import { toFloat } from "../toFloat.ts";
import { type Writable, toNdArray } from "../writable.ts";

/** What numbers a picture is made of. */
export interface LevelOptions {
  /**
   * The numbers that become black and white; what lies outside is clamped. Default: [0, 255], [0, 65535] for 16 bits,
   * the scale on which pictures are read.
   */
  readonly range?: readonly [black: number, white: number];
}

/** Samples of a picture, whole numbers from 0 to `white`, pixel by pixel. */
export interface Levels {
  readonly rows: number;
  readonly cols: number;
  readonly channels: number;
  readonly samples: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
}

/** Whether an array holds numbers that need 16 bits by their type. */
export function isSixteenBit(value: Writable): boolean {
  return "shape" in value && (value.dtype ?? (value.data instanceof Uint16Array ? "u16" : "")) === "u16";
}

/**
 * The array as samples of `depth` bits: rows × columns, or rows × columns × channels; each number to the nearest level.
 *
 * @throws FormatError  another shape, no pixel, complex numbers, or NaN, with its place.
 */
export function toLevels(value: Writable, format: string, depth: 8 | 16, options: LevelOptions): Levels {
  const top = 2 ** depth - 1;
  const { range = [0, top] } = options;
  const [black, white] = range;
  if (!(range.length === 2 && Number.isFinite(white - black) && white !== black))
    throw new FormatOptionError(format, "range", `[${range.join(", ")}]`, "two different finite numbers");
  const given = toNdArray(value, format);
  const { data, shape } = toFloat(given, { dtype: "f64" });
  const [rows = 0, cols = 0, channels = 1] = shape;
  if (shape.length < 2 || shape.length > 3 || channels < 1 || channels > 4 || rows === 0 || cols === 0)
    throw new FormatError(
      format,
      {},
      `shape (${shape.join(", ")}); expected rows × columns, or rows × columns × 1 to 4 channels, none of them 0`,
    );
  const samples = depth === 8 ? new Uint8Array(data.length) : new Uint16Array(data.length);
  for (let k = 0; k < data.length; k++) {
    const level = ((data[k]! - black) / (white - black)) * top;
    if (Number.isNaN(level)) {
      const pixel = Math.floor(k / channels);
      const element = `row ${Math.floor(pixel / cols) + 1}, column ${(pixel % cols) + 1}`;
      throw new FormatError(format, { element }, `${data[k]} has no level of grey`);
    }
    samples[k] = Math.round(Math.min(Math.max(level, 0), top));
  }
  return { rows, cols, channels, samples };
}
