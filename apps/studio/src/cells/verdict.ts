import { significant } from "@eckart/views";
import { compare } from "./compare.ts";
import type { Outcome } from "./sandbox/run.ts";

/** A sentence on how a run ended, its fault told apart. */
export interface Verdict {
  readonly text: string;
  readonly fault: boolean;
}

/** `recorded`: what the lines printed in NumPy, where they are still the lines that were recorded. */
export function verdict(outcome: Outcome, printed: string, recorded: string | undefined, timeLimit: number): Verdict {
  switch (outcome.kind) {
    case "failed":
      return { text: `${outcome.line ? `Line ${outcome.line}: ` : ""}${outcome.message}`, fault: true };
    case "stopped":
      return { text: "Stopped.", fault: false };
    case "late":
      return { text: `Stopped: a cell may run for ${timeLimit / 1000} seconds.`, fault: true };
    case "flooded":
      return { text: "Stopped: a cell may print 64 KB.", fault: true };
    case "done":
      return {
        text: `Ran in ${duration(outcome.ms)}${recorded === undefined ? "" : against(printed, recorded)}.`,
        fault: false,
      };
  }
}

function against(printed: string, recorded: string): string {
  const comparison = compare(printed, recorded);
  switch (comparison.kind) {
    case "identical":
      return ": identical to the recorded NumPy output";
    case "rounding": {
      const [here, there] = [comparison.here, comparison.recorded].map((x) => significant(x, 2));
      return `: identical to the recorded NumPy output but for the rounding error: ${here} here, ${there} there`;
    }
    case "different":
      return ": not what NumPy printed";
  }
}

const duration = (ms: number): string =>
  ms < 1 ? "less than 1 ms" : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
