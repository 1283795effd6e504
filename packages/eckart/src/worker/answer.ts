// A call of the engine by its name, as data in and data out.
import * as engine from "../index.ts";
import type { Report } from "../kernels/progress.ts";
import { host } from "./host.ts";
import { decode, encode, type Wire } from "./wire.ts";

/** The name of a function, its encoded arguments, whether somebody wants to know how far it is, and its threads. */
export interface Call {
  readonly name: string;
  readonly args: Wire;
  readonly watched: boolean;
  /** How many threads a worker may compute with. */
  readonly threads: number;
}

/** How far a call is, as `withProgress` tells it. */
export interface Advance {
  readonly fraction: number;
  readonly step: string;
}

/** The encoded result, or the encoded error. */
export type Reply = { readonly value: Wire } | { readonly error: Wire };

const functions = engine as unknown as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

const REPORT_MS = 50;

/** Calls the function, and tells now and then how far it is. Whatever it throws is the reply. */
export function answer({ name, args, watched }: Call, tell: (advance: Advance) => void): Reply {
  const body = (): unknown => functions[name](...(decode(args) as unknown[]));
  let due = 0;
  const report: Report = (fraction, step) => {
    const now = host.performance.now();
    if (now < due && fraction < 1) return;
    due = now + REPORT_MS;
    tell({ fraction, step });
  };
  try {
    return { value: encode(name, watched ? engine.withProgress(report, body) : body(), false) };
  } catch (error) {
    return { error: encode(name, error, false) };
  }
}
