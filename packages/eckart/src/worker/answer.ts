// A call of the engine by its name, as data in and data out.
import * as engine from "../index.ts";
import { decode, encode, type Wire } from "./wire.ts";

/** The name of a function, and its encoded arguments. */
export interface Call {
  readonly name: string;
  readonly args: Wire;
}

/** The encoded result, or the encoded error. */
export type Reply = { readonly value: Wire } | { readonly error: Wire };

const functions = engine as unknown as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** Calls the function. Whatever it throws is the reply. */
export function answer({ name, args }: Call): Reply {
  try {
    return { value: encode(name, functions[name](...(decode(args) as unknown[])), false) };
  } catch (error) {
    return { error: encode(name, error, false) };
  }
}
