import { FormatError, type Place } from "./errors.ts";

/** Runs a step that takes `bytes` of memory; the engine's refusal becomes a named error. */
export function allocate<T>(format: string, place: Place, bytes: number, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    throw refusal(cause, format, place, bytes);
  }
}

/** `allocate` for a step that takes its time. */
export async function allocateLater<T>(
  format: string,
  place: Place,
  bytes: number,
  step: () => T | Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    throw refusal(cause, format, place, bytes);
  }
}

function refusal(cause: unknown, format: string, place: Place, bytes: number): unknown {
  if (!(cause instanceof RangeError)) return cause;
  return new FormatError(format, place, `${bytes} bytes are more than this machine can hold in one piece`, { cause });
}

/** Doubles whose number is not known in advance; memory stays below twice what was pushed. */
export class GrowableF64 {
  readonly #format: string;
  readonly #place: Place;
  #data: Float64Array<ArrayBuffer> = new Float64Array(256);
  length = 0;

  constructor(format: string, place: Place) {
    this.#format = format;
    this.#place = place;
  }

  push(value: number): void {
    if (this.length === this.#data.length) this.#grow();
    this.#data[this.length++] = value;
  }

  /** The first so many values, all by default, in an array of their own; the others move up. */
  take(count: number = this.length): Float64Array<ArrayBuffer> {
    const taken = this.#allocate(count, (length) => this.#data.slice(0, length));
    this.#data.copyWithin(0, count, this.length);
    this.length -= count;
    return taken;
  }

  #grow(): void {
    const wider = this.#allocate(2 * this.length, (length) => new Float64Array(length));
    wider.set(this.#data);
    this.#data = wider;
  }

  #allocate(length: number, make: (length: number) => Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
    return allocate(this.#format, this.#place, 8 * length, () => make(length));
  }
}
