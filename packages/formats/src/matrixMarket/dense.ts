import { type NdArray, elementCount, rowMajorStrides } from "../ndarray.ts";
import type { Banner } from "./banner.ts";
import type { Filling, Sizes, Target } from "./entries.ts";

type Dense = Omit<NdArray<"f64" | "c128">, "notes">;

/** A dense matrix in row-major order. */
export const DENSE: Target<Dense> = {
  kind: "dense matrix",
  bytes(banner, { rows, cols }, fail) {
    const elements = elementCount([rows, cols]);
    if (elements === undefined) return fail(`${rows} × ${cols} is beyond 2^53`);
    return Float64Array.BYTES_PER_ELEMENT * elements * partsOf(banner);
  },
  begin: (banner, sizes) => new DenseFilling(banner, sizes),
};

class DenseFilling implements Filling<Dense> {
  readonly #rows: number;
  readonly #cols: number;
  readonly #parts: 1 | 2;
  readonly #data: Float64Array<ArrayBuffer>;
  /** Marks the elements that a coordinate file has given. */
  readonly #given: Uint8Array;
  #duplicates = 0;

  constructor(banner: Banner, { rows, cols }: Sizes) {
    this.#rows = rows;
    this.#cols = cols;
    this.#parts = partsOf(banner);
    this.#data = new Float64Array(rows * cols * this.#parts);
    this.#given = new Uint8Array(banner.layout === "coordinate" ? rows * cols : 0);
  }

  add(row: number, col: number, re: number, im: number, mirrored: boolean): void {
    const element = row * this.#cols + col;
    const repeated = this.#given[element] === 1;
    if (repeated && !mirrored) this.#duplicates++;
    if (this.#given.length > 0) this.#given[element] = 1;
    const at = this.#parts * element;
    this.#data[at] = repeated ? this.#data[at]! + re : re;
    if (this.#parts === 2) this.#data[at + 1] = repeated ? this.#data[at + 1]! + im : im;
  }

  finish(): { matrix: Dense; duplicates: number } {
    const shape = [this.#rows, this.#cols];
    const dtype = this.#parts === 2 ? "c128" : "f64";
    return {
      matrix: { data: this.#data, shape, strides: rowMajorStrides(shape), dtype },
      duplicates: this.#duplicates,
    };
  }
}

/** Numbers of one element. */
function partsOf({ field }: Banner): 1 | 2 {
  return field === "complex" ? 2 : 1;
}
