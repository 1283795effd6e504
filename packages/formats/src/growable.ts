/** Doubles whose number is not known in advance; memory stays below twice what was pushed. */
export class GrowableF64 {
  #data: Float64Array<ArrayBuffer> = new Float64Array(256);
  length = 0;

  push(value: number): void {
    if (this.length === this.#data.length) {
      const wider = new Float64Array(2 * this.length);
      wider.set(this.#data);
      this.#data = wider;
    }
    this.#data[this.length++] = value;
  }

  /** The values in an array of exactly their number. */
  finish(): Float64Array<ArrayBuffer> {
    return this.#data.slice(0, this.length);
  }
}
