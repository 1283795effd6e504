import type { CsrArray } from "../sparse.ts";
import type { Banner } from "./banner.ts";
import type { Filling, Sizes, Target } from "./entries.ts";

type Csr = Omit<CsrArray, "notes">;

/** Places and counts are 32-bit whole numbers. */
const MOST: number = 2 ** 31 - 1;

/** A matrix in compressed rows, real; its zeros take no memory, its rows and columns 4 bytes each. */
export const CSR: Target<Csr> = {
  kind: "sparse matrix",
  bytes(banner, { rows, cols, declared }, fail) {
    const entries = mostEntries(banner, declared);
    for (const [count, what] of [
      [rows, "rows"],
      [cols, "columns"],
      [entries, "entries"],
    ] as const)
      if (count > MOST) fail(`${count} ${what}; a sparse matrix has at most ${MOST}`);
    return 4 * (rows + 1) + 4 * (cols + 1) + 12 * entries;
  },
  begin: (banner, sizes) => new CsrFilling(banner, sizes),
};

/** Entries of a matrix whose file stores so many. */
function mostEntries({ symmetry }: Banner, declared: number): number {
  return symmetry === "general" ? declared : 2 * declared;
}

/** Triplets in the order of the file, compressed at the end. */
class CsrFilling implements Filling<Csr> {
  readonly #sizes: Sizes;
  readonly #symmetric: boolean;
  readonly #rows: Int32Array<ArrayBuffer>;
  readonly #cols: Int32Array<ArrayBuffer>;
  readonly #values: Float64Array<ArrayBuffer>;
  #count = 0;

  constructor(banner: Banner, sizes: Sizes) {
    const most = mostEntries(banner, sizes.declared);
    this.#sizes = sizes;
    this.#symmetric = banner.symmetry !== "general";
    this.#rows = new Int32Array(most);
    this.#cols = new Int32Array(most);
    this.#values = new Float64Array(most);
  }

  add(row: number, col: number, value: number): void {
    const p = this.#count++;
    this.#rows[p] = row;
    this.#cols[p] = col;
    this.#values[p] = value;
  }

  finish(): { matrix: Csr; duplicates: number } {
    const { rows, cols } = this.#sizes;
    const inFile = new Int32Array(this.#count).map((_, p) => p);
    // Two stable sorts: by row, within a row by column, entries of one place as they stand in the file.
    const order = sorted(sorted(inFile, this.#cols, cols), this.#rows, rows);
    const indptr = new Int32Array(rows + 1);
    const indices = new Int32Array(this.#count);
    const data = new Float64Array(this.#count);
    let entries = 0;
    let duplicates = 0;
    let last = -1;
    for (const p of order) {
      const [row, col, value] = [this.#rows[p]!, this.#cols[p]!, this.#values[p]!];
      if (last >= 0 && this.#rows[last] === row && this.#cols[last] === col) {
        data[entries - 1]! += value;
        // One pair of a symmetric file is two entries here.
        if (!this.#symmetric || row >= col) duplicates++;
      } else {
        indices[entries] = col;
        data[entries] = value;
        entries++;
        indptr[row + 1]!++;
      }
      last = p;
    }
    for (let i = 0; i < rows; i++) indptr[i + 1]! += indptr[i]!;
    const cut = <T extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(all: T): T =>
      entries === all.length ? all : (all.slice(0, entries) as T);
    return {
      matrix: { shape: [rows, cols], indptr, indices: cut(indices), data: cut(data), dtype: "f64" },
      duplicates,
    };
  }
}

/** Numbers of entries sorted by their key, which is below `keys`; those of one key keep their order. */
function sorted(order: Int32Array, key: Int32Array, keys: number): Int32Array {
  const next = new Int32Array(keys + 1);
  for (const p of order) next[key[p]! + 1]!++;
  for (let k = 0; k < keys; k++) next[k + 1]! += next[k]!;
  const result = new Int32Array(order.length);
  for (const p of order) result[next[key[p]!]!++] = p;
  return result;
}
