/** What the process says to whoever started it; `eckart --help` lists them. */
export const EXIT = { done: 0, failed: 1, usage: 2, input: 3, notReached: 4, interrupted: 130 } as const;

/** One of the exit codes. */
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** The command line asks for something that it cannot have. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "usage";
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
