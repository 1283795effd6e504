// FlatBuffers as far as a reader has to follow them, every step proved to stay inside of the bytes.
//
// A table begins with the distance back to its vtable, which says where each slot lies in the table. A slot holds a
// number, or the distance on to a table, a vector or a string. Nothing forbids that two slots lead to one place, and so
// a few bytes may describe a tree without end: what is visited is counted, and may not be more than `SHARED` times what
// is there.

/** How often a part of a flatbuffer may be shared, on average. */
const SHARED = 4;

/** Tables inside of tables. */
const MAX_DEPTH = 64;

/** The bytes of a flatbuffer, and how many of them may still be visited. */
export class FlatBuffer {
  readonly view: DataView;
  #budget: number;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#budget = SHARED * bytes.byteLength;
  }

  /** The table that the buffer is about. */
  root(): FlatTable {
    return new FlatTable(this, this.follow(0), 0);
  }

  /** The place that the distance at `at` leads to. */
  follow(at: number): number {
    this.prove(at, 4);
    return at + this.view.getUint32(at, true);
  }

  /** Proves that so many bytes from a place are there. */
  prove(at: number, length: number): void {
    if (!(at >= 0 && length >= 0 && at + length <= this.view.byteLength))
      throw new Error(`the metadata lead to byte ${at + length} of ${this.view.byteLength}`);
  }

  /** `prove` for a part that is visited. */
  visit(at: number, length: number): void {
    this.prove(at, length);
    this.#budget -= length;
    if (this.#budget < 0) throw new Error("the metadata lead to the same places over and over");
  }
}

/** A table of a flatbuffer; slots count from 0 in the order of the schema. */
export class FlatTable {
  /** Where it begins. */
  readonly at: number;
  readonly #buffer: FlatBuffer;
  readonly #depth: number;
  readonly #vtable: number;
  readonly #slots: number;

  constructor(buffer: FlatBuffer, at: number, depth: number) {
    if (depth > MAX_DEPTH) throw new Error(`the metadata are nested deeper than ${MAX_DEPTH}`);
    this.#buffer = buffer;
    this.at = at;
    this.#depth = depth;
    buffer.prove(at, 4);
    this.#vtable = at - buffer.view.getInt32(at, true);
    buffer.prove(this.#vtable, 4);
    const [length, size] = [0, 2].map((k) => buffer.view.getUint16(this.#vtable + k, true)) as [number, number];
    buffer.prove(this.#vtable, length);
    buffer.visit(at, Math.max(4, size));
    this.#slots = (length - 4) / 2;
  }

  /** A whole number of 1, 2, 4 or 8 bytes, 0 where there is none. */
  integer(slot: number, bytes: 1 | 2 | 4 | 8): number {
    const at = this.#find(slot);
    if (at === undefined) return 0;
    this.#buffer.prove(at, bytes);
    const { view } = this.#buffer;
    if (bytes === 1) return view.getUint8(at);
    if (bytes === 2) return view.getInt16(at, true);
    return bytes === 4 ? view.getInt32(at, true) : Number(view.getBigInt64(at, true));
  }

  /** A table, undefined where there is none. */
  table(slot: number): FlatTable | undefined {
    const at = this.#find(slot);
    return at === undefined ? undefined : new FlatTable(this.#buffer, this.#buffer.follow(at), this.#depth + 1);
  }

  /** The tables of a vector. */
  tables(slot: number): FlatTable[] {
    return this.#places(slot, 4).map((at) => new FlatTable(this.#buffer, this.#buffer.follow(at), this.#depth + 1));
  }

  /** The structs of a vector, `bytes` each, as their whole numbers of 8 bytes from the places given. */
  structs(slot: number, bytes: number, ...places: number[]): number[][] {
    const { view } = this.#buffer;
    return this.#places(slot, bytes).map((at) => places.map((place) => Number(view.getBigInt64(at + place, true))));
  }

  /** Proves a vector of numbers of so many bytes; those of a string have 1. */
  prove(slot: number, bytes: number): void {
    this.#vector(slot, bytes);
  }

  #places(slot: number, bytes: number): number[] {
    const [start, length] = this.#vector(slot, bytes);
    return Array.from({ length }, (_, k) => start + k * bytes);
  }

  #vector(slot: number, bytes: number): [start: number, length: number] {
    const at = this.#find(slot);
    if (at === undefined) return [0, 0];
    const vector = this.#buffer.follow(at);
    this.#buffer.visit(vector, 4);
    const length = this.#buffer.view.getUint32(vector, true);
    this.#buffer.visit(vector + 4, length * bytes);
    return [vector + 4, length];
  }

  #find(slot: number): number | undefined {
    if (slot >= this.#slots) return undefined;
    const offset = this.#buffer.view.getUint16(this.#vtable + 4 + 2 * slot, true);
    return offset === 0 ? undefined : this.at + offset;
  }
}
