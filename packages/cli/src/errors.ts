import { EXIT, UsageError, type Exit } from "./exit.ts";
import type { Outcome } from "./request.ts";

/** The schema of every JSON document that the command writes; a change that breaks readers raises the number. */
export const SCHEMA = "eckart/1";

/** An error as the command tells it: what happened and where, what to do next, and the code to leave with. */
export interface Description {
  readonly exit: Exit;
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  /** What the error carries besides: place, expected and got, iterations … */
  readonly details: Readonly<Record<string, unknown>>;
}

/** As much of a request as an error needs. */
interface Context {
  readonly command: string;
  readonly options: { readonly json?: boolean };
}

const BY_CODE: Readonly<Record<string, Exit>> = {
  usage: EXIT.usage,
  option: EXIT.usage,
  FORMAT_OPTION: EXIT.usage,
  FORMAT: EXIT.input,
  "non-finite": EXIT.input,
  convergence: EXIT.notReached,
  "not-reached": EXIT.notReached,
};

const SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "is a folder, not a file",
  ENOTDIR: "a part of the path is not a folder",
  ENOSPC: "no space left on the disk",
  EROFS: "the file system is read-only",
};

const HINTS: Readonly<Record<string, string>> = {
  FORMAT: "look at the file with: eckart info FILE; how a table is read: --header, --separator, --decimal, --missing",
  "non-finite": "NaN and infinities have no decomposition; --missing says what to do with missing values of a table",
  singular: "the system has no unique solution; lstsq and pinv answer for any matrix",
  convergence: "another --method may converge",
  memory: "a 32-bit matrix needs half: --dtype f32",
};

/** Any error in the command's words; `whileWriting` tells a path that cannot be written from one that cannot be read. */
export function describeError(error: unknown, { command }: Context, whileWriting = false): Description {
  const { message, code = "failed", ...details } = plain(error);
  if (details["syscall"] !== undefined) return describeSystem(error as NodeJS.ErrnoException, whileWriting);
  return {
    exit: BY_CODE[code] ?? EXIT.failed,
    code,
    message: message.startsWith(`${command}: `) ? message.slice(command.length + 2) : message,
    hint: error instanceof UsageError ? error.hint : HINTS[code],
    details,
  };
}

function describeSystem(
  { code = "failed", path, syscall, message }: NodeJS.ErrnoException,
  whileWriting: boolean,
): Description {
  const missing = code === "ENOENT" && !whileWriting;
  return {
    exit: whileWriting ? EXIT.failed : EXIT.input,
    code,
    message: `${path ?? syscall}: ${SYSTEM[code] ?? message}`,
    hint: missing ? 'check the path, or write the matrix itself: "3 2 2; 2 3 -2"' : undefined,
    details: path === undefined ? {} : { path },
  };
}

/** The message, the code and every plain property of an error; never its stack. */
function plain(error: unknown): { message: string; code?: string } & Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const own = Object.entries(error).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value));
  return { ...Object.fromEntries(own), message: error.message };
}

/** What an error leaves: nothing on standard output, and on standard error one paragraph or one line of JSON. */
export function failure(description: Description, { command, options }: Context): Outcome {
  const { exit, code, message, hint, details } = description;
  const stderr = options.json
    ? `${JSON.stringify({ schema: SCHEMA, command, error: { exit, code, message, hint, ...details } })}\n`
    : `eckart ${command}: ${message}\n${hint ? `  next: ${hint}\n` : ""}`;
  return { stdout: new Uint8Array(), stderr, files: [], exit };
}
