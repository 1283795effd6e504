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
  readonly command: string | undefined;
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

const CHECK_PATH = 'check the path, or write the matrix itself: "3 2 2; 2 3 -2"';

const HINTS: Readonly<Record<string, string>> = {
  "non-finite": "what is not finite has no decomposition; eckart info shows where it is",
  shape: "eckart info shows the shape of a file",
  singular: "no unique solution exists; lstsq and pinv answer for any matrix",
  symmetry: "svd answers for any matrix",
  convergence: "another --method may converge",
  memory: "--dtype f32 needs half",
};

const FORMAT_HINTS: Readonly<Record<string, string>> = {
  file: CHECK_PATH,
  literal: 'separate numbers by blanks or commas, rows by semicolons: "3 2 2; 2 3 -2"',
  csv: "--header, --separator, --decimal, --missing, --columns and --omit say how to read a table",
  c64: "--complex real and --complex imaginary take one part",
  c128: "--complex real and --complex imaginary take one part",
  npz: "--variable NAME reads one array of the file",
  safetensors: "--variable NAME reads one array of the file",
};

/** Any error in the command's words; `target` is the file that was being written, if one was. */
export function describeError(error: unknown, { command }: Context, target?: string): Description {
  const { message, code = "failed", ...details } = plain(error);
  if (details["syscall"] !== undefined) return describeSystem(error as NodeJS.ErrnoException, target);
  return {
    exit: BY_CODE[code] ?? EXIT.failed,
    code,
    message: message.startsWith(`${command}: `) ? message.slice(message.indexOf(" ") + 1) : message,
    hint: error instanceof UsageError ? error.hint : (FORMAT_HINTS[String(details["format"])] ?? HINTS[code]),
    details,
  };
}

function describeSystem(
  { code = "failed", path = "", message }: NodeJS.ErrnoException,
  target: string | undefined,
): Description {
  const file = target ?? path;
  return {
    exit: target === undefined ? EXIT.input : EXIT.failed,
    code,
    message: `${file}: ${SYSTEM[code] ?? message}`,
    hint: code === "ENOENT" && target === undefined ? CHECK_PATH : undefined,
    details: { path: file },
  };
}

/** The message, the code and every plain property of an error; never its stack, nor the factors it may carry. */
function plain(error: unknown): { message: string; code?: string } & Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const isPlain = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);
  const isShort = (value: unknown): boolean => Array.isArray(value) && value.length < 5 && value.every(isPlain);
  const own = Object.entries(error).filter(([name, value]) => name !== "name" && (isPlain(value) || isShort(value)));
  return { ...Object.fromEntries(own), message: error.message };
}

/** What an error leaves: nothing on standard output, and on standard error one paragraph or one line of JSON. */
export function failure(description: Description, { command, options }: Context): Outcome {
  const { exit, code, message, hint, details } = description;
  const stderr = options.json
    ? `${JSON.stringify({ schema: SCHEMA, command, error: { exit, code, message, hint, ...details } })}\n`
    : `${command ? `eckart ${command}` : "eckart"}: ${message}\n${hint ? `  next: ${hint}\n` : ""}`;
  return { stdout: new Uint8Array(), stderr, files: [], exit };
}
