import type { NdArray } from "@eckart/formats";
import {
  setThreads,
  withProgress,
  type ComplexMatrix,
  type ComplexVector,
  type CsrMatrix,
  type FloatArray,
  type Matrix,
} from "eckart";
import type { Line } from "@eckart/views";
import { COMMANDS } from "./commands/index.ts";
import { describeError, failure, SCHEMA } from "./errors.ts";
import { EXIT, UsageError } from "./exit.ts";
import { explain } from "./explain.ts";
import { readOperand, type Operand, type ReadingDefaults } from "./input.ts";
import { encode, planOutput, type OutputPlan } from "./output.ts";
import type { Options, Outcome, OutputFile, Request, Stage, Terminal } from "./request.ts";

/** A matrix or a vector of an answer, real, complex or sparse, or an array as it was read. */
export type Values = Matrix | FloatArray | ComplexMatrix | ComplexVector | CsrMatrix | NdArray;

/** What a command has found, before it is known how it will be written. */
export interface Answer {
  /** Matrices and vectors by the names of the books, the main one first. */
  readonly arrays?: Readonly<Record<string, Values>>;
  /** Numbers and words; where there are no arrays, the first is the answer. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** How well the answer holds, measured. */
  readonly accuracy?: Readonly<Record<string, number>>;
  /** Who answered: method, backend, iterations. */
  readonly info?: object;
  /** What a person reads. */
  readonly report: readonly Line[];
  /** What a careful person would want to know besides. */
  readonly notes?: readonly string[];
  /** A picture for --svg. */
  readonly svg?: () => string;
  /** What has been proved, for --certify. */
  readonly certificate?: object | undefined;
  /** The number that is white where an array is written as a picture; 255 by default. */
  readonly white?: 255 | 65535;
  /** What was read, where a command reads by itself. */
  readonly input?: readonly { readonly name: string; readonly shape: readonly number[]; readonly dtype: string }[];
  /** What was asked for and not reached, in words. */
  readonly missed?: string | undefined;
}

/** What a command is given. */
export interface Context {
  readonly operands: readonly Operand[];
  readonly options: Options;
  readonly terminal: Terminal;
  /** Runs a part of the work under a name of its own. */
  readonly follow: <R>(stage: string, body: () => R) => R;
}

/** A command: how it reads where nobody says otherwise, and what it does. */
export interface Command {
  readonly reading?: ReadingDefaults;
  /** An answer that needs less than the whole matrix, where there is one. */
  readonly peek?: (word: string, request: Request, onStage: (stage: string) => void) => Promise<Answer | undefined>;
  /** The arrays to read for these words, where they are not one each. */
  readonly sources?: (words: readonly string[]) => Promise<readonly Source[]>;
  readonly compute: (context: Context) => Answer;
}

/** A file, standard input or a literal, and which of its arrays is meant. */
export interface Source {
  readonly word: string;
  readonly variable?: string | undefined;
}

/** The answer to a request, or what its failure leaves. */
export async function respond(request: Request, onStage: (stage: Stage) => void): Promise<Outcome> {
  try {
    return await answer(request, onStage);
  } catch (error) {
    return failure(describeError(error, request), request);
  }
}

/** Reads, computes and writes into memory; nothing of it touches the disk or the terminal. */
async function answer(request: Request, tell: (stage: Stage) => void): Promise<Outcome> {
  const { command, options, terminal } = request;
  const plan = planOutput(request);
  setThreads(options.threads ?? "auto");
  const onStage = (stage: string): void => tell({ stage });
  const { reading, peek, sources, compute } = COMMANDS[command];
  const operands: Operand[] = [];
  const wanted = sources ? await sources(request.operands) : request.operands.map((word): Source => ({ word }));
  for (const { word, variable } of wanted) {
    onStage(`reading ${word}`);
    const early = await peek?.(word, request, onStage);
    if (early && options.explain) return conclude(request, { stdout: options.json ? "document" : "text" }, [], early);
    if (early) return conclude(request, plan, operands, early);
    operands.push(await readOperand(word, { ...options, ...(variable !== undefined && { variable }) }, reading));
  }
  if (options.explain) {
    const stdout = new TextEncoder().encode(explain(request, plan, operands));
    return { stdout, stderr: "", files: [], exit: EXIT.done };
  }
  const follow = follower(tell);
  const found = follow(`computing ${command} of ${operands.map(({ shape }) => shape.join(" × ")).join(" and ")}`, () =>
    compute({ operands, options, terminal, follow }),
  );
  onStage("encoding the result");
  return conclude(request, plan, operands, found);
}

const TELL_MS = 50;

/** What runs a body under the name of a stage, and tells now and then how far it is. */
function follower(tell: (stage: Stage) => void): Context["follow"] {
  return (stage, body) => {
    let due = 0;
    tell({ stage });
    return withProgress((fraction, step) => {
      const now = performance.now();
      if (now < due) return;
      due = now + TELL_MS;
      tell({ stage, fraction, step });
    }, body);
  };
}

async function conclude(
  request: Request,
  plan: OutputPlan,
  operands: readonly Operand[],
  found: Answer,
): Promise<Outcome> {
  const { options } = request;
  const files: OutputFile[] = [];
  if (plan.file) files.push({ path: plan.file.path, bytes: await encode(plan.file.format, request, operands, found) });
  if (options.svg !== undefined && !found.svg)
    throw new UsageError(`${request.command} has no picture of this`, "leave out --svg");
  if (options.svg !== undefined && found.svg)
    files.push({ path: options.svg, bytes: new TextEncoder().encode(found.svg()) });
  const stdout = plan.stdout ? await encode(plan.stdout, request, operands, found) : new Uint8Array();
  const exit = found.missed ? EXIT.notReached : EXIT.done;
  return { stdout, stderr: say(request, operands, found, files), files, exit };
}

/** What goes to standard error: what was decided on the way, what was written, and what was not reached. */
function say(
  { command, options }: Request,
  operands: readonly Operand[],
  found: Answer,
  files: readonly OutputFile[],
): string {
  const notes = [
    ...operands.flatMap(({ name, notes: list }) => list.map((note) => `${name}: ${note}`)),
    ...(found.notes ?? []),
    ...files.map(({ path, bytes }) => `wrote ${path} (${bytes.length} bytes)`),
  ];
  const lines = options.quiet || options.json ? [] : notes.map((note) => `eckart ${command}: ${note}`);
  if (found.missed && options.json) {
    const error = { exit: EXIT.notReached, code: "not-reached", message: found.missed };
    lines.push(JSON.stringify({ schema: SCHEMA, command, error }));
  } else if (found.missed) {
    lines.push(`eckart ${command}: ${found.missed}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}
