import { readFileSync } from "node:fs";
import process from "node:process";
import tab from "@bomb.sh/tab/commander";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { describeError, failure } from "./errors.ts";
import { EXIT, UsageError, type Exit } from "./exit.ts";
import { runJob } from "./job.ts";
import type { CommandName, Options } from "./request.ts";
import { readTerminal } from "./terminal.ts";
import { looksLikeInput } from "./word.ts";

const SVD_METHODS = ["auto", "golub-kahan", "divide-and-conquer", "jacobi"];
const EIGH_METHODS = ["auto", "ql", "divide-and-conquer"];
const FORMATS = ["text", "csv", "tsv", "json", "npy", "npz", "mtx"];
const INPUT_FORMATS = ["csv", "tsv", "json", "npy", "npz", "mtx"];

const ROOT_HELP = `
A matrix is a file (npy, npz, csv, tsv, mtx, json; .gz too), "-" for standard
input, or a literal: "3 2 2; 2 3 -2".
On a terminal you read a report; a pipe gets csv; --json, --format and --output give the rest.

Examples:
  eckart svd iris.csv                            rank, condition, spectrum and the error achieved
  eckart svd A.npy -o factors.npz                U, s and Vt for NumPy
  eckart lowrank photo.csv --energy 0.99 -o low.npy
  eckart solve "2 1; 1 3" "3; 5"
  cat A.csv | eckart rank -

Exit codes:
  0 done · 1 failed · 2 bad usage · 3 input unreadable or not finite
  4 tolerance or convergence not reached · 130 interrupted`;

/** Runs the command line and returns the code to leave with. Everything it has to say is said. */
export async function run(args: readonly string[]): Promise<Exit> {
  let exit: Exit = EXIT.done;
  const program = build((code) => (exit = code));
  try {
    // A literal that begins with a minus is an operand: a leading blank keeps it from being read as an option.
    const operands = args.map((arg) => (/^-\.?\d/.test(arg) ? ` ${arg}` : arg));
    await program.parseAsync(operands, { from: "user" });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    const command = program.commands.find((known) => known.name() === args[0])?.name();
    return sayUsage(usageError(error, args), command, args.includes("--json"));
  }
}

/** Errors of the parser in the words of every other error. */
function usageError(error: unknown, args: readonly string[]): unknown {
  if (!(error instanceof CommanderError)) return error;
  const [message = "", guess] = error.message.replace(/^error: /, "").split("\n");
  if (error.code === "commander.unknownCommand" && looksLikeInput(args[0]!))
    return new UsageError(`no command before ${JSON.stringify(args[0])}`, `eckart svd ${JSON.stringify(args[0])}`);
  return new UsageError(
    message,
    guess ? guess.replace(/^\((.*)\)$/, "$1") : "eckart --help lists commands, eckart COMMAND --help its options",
  );
}

function sayUsage(error: unknown, command: string | undefined, json: boolean): Exit {
  const context = { command: command ?? "", options: { json } };
  const { stderr, exit } = failure(describeError(error, context), context);
  process.stderr.write(stderr);
  return exit;
}

function build(onExit: (exit: Exit) => void): Command {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  const program = new Command("eckart")
    .description("The singular value decomposition: see it, trust it, use it.")
    .usage("<command> <matrix> [options]")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${operandsOf(command)}`.trimEnd() })
    .addHelpText("after", ROOT_HELP)
    .action(() => program.outputHelp());

  const add = (name: CommandName, operands: string, summary: string, examples: readonly string[]): Command => {
    const command = program.command(`${name} ${operands}`).description(summary).optionsGroup("Options:");
    command.addHelpText("after", `\nExamples:\n${examples.map((line) => `  ${line}`).join("\n")}`);
    return command.action(async (...given: unknown[]) => {
      const options = command.opts<Options>();
      const matrices = given.slice(0, command.registeredArguments.length) as string[];
      onExit(await runJob({ command: name, operands: matrices, options, terminal: readTerminal(options) }));
    });
  };

  program.commandsGroup("Decompose:");
  withOutput(
    withReading(
      withThreshold(
        add("svd", "<A>", "singular values and vectors, A = U·diag(s)·Vᵀ", [
          "eckart svd iris.csv",
          'eckart svd "3 2 2; 2 3 -2" --full --json --part U,s,Vt',
          "eckart svd A.npy -o factors.npz --svg spectrum.svg",
        ])
          .addOption(new Option("--method <name>", "algorithm").choices(SVD_METHODS))
          .option("--full", "square U and V instead of the thin ones")
          .option("--values", "singular values only: faster, no error is measured")
          .option("--tol <x>", "leave with 4 unless the backward error is at most x", positive),
      ),
    ),
  ).option("--svg <file>", "draw the spectrum");
  withOutput(
    withReading(
      add("eigh", "<S>", "eigenvalues and vectors of a symmetric S = V·diag(w)·Vᵀ", [
        'eckart eigh "4 2; 2 3"',
        "eckart eigh covariance.npy --part V -o V.npy",
      ])
        .addOption(new Option("--method <name>", "algorithm").choices(EIGH_METHODS))
        .option("--values", "eigenvalues only: faster, no error is measured")
        .option("--tol <x>", "leave with 4 unless the backward error is at most x", positive),
    ),
  );
  withOutput(
    withReading(
      add("lowrank", "<A>", "best approximation of a given rank, energy or error", [
        "eckart lowrank A.npy --rank 8 -o A8.npy",
        "eckart lowrank A.npy --energy 0.9 --part U,s,Vt -o factors.npz",
        "eckart lowrank A.csv --tol 0.05 > close.csv",
      ])
        .option("--rank <k>", "keep k singular values", whole)
        .option("--energy <share>", "keep the fewest that hold this share of Σσ², such as 0.9 or 90%", share)
        .option(
          "--tol <x>",
          "keep the fewest with ‖A − Aᵣ‖ ≤ x·‖A‖ (Frobenius); with --rank, leave with 4 if it is not met",
          positive,
        ),
    ),
  ).option("--svg <file>", "draw the spectrum");

  program.commandsGroup("Measure:");
  withOutput(
    withReading(
      withThreshold(
        add("rank", "<A>", "how many singular values count", [
          'eckart rank "1 2; 2 4"',
          "eckart rank A.csv --rtol 1e-6",
        ]),
      ),
    ),
  );
  withOutput(withReading(add("cond", "<A>", "condition number σ₁/σₙ", ["eckart cond A.mtx"])));
  withOutput(withReading(add("det", "<A>", "determinant, with its sign and logarithm", ['eckart det "2 1; 0.5 1.5"'])));

  program.commandsGroup("Solve:");
  const tol = (command: Command): Command =>
    command.option("--tol <x>", "leave with 4 unless the relative residual is at most x", positive);
  withOutput(
    withReading(
      tol(
        add("solve", "<A> <b>", "the x of A·x = b, A square", [
          'eckart solve "2 1; 1 3" "3; 5"',
          "eckart solve A.npy b.npy -o x.npy",
        ]),
      ),
    ),
  );
  withOutput(
    withReading(
      withThreshold(add("lstsq", "<A> <b>", "the shortest x of least ‖A·x − b‖", ["eckart lstsq A.csv b.csv"])),
    ),
  );
  withOutput(withReading(tol(add("inv", "<A>", "inverse", ['eckart inv "2 1; 0.5 1.5"']))));
  withOutput(withReading(withThreshold(add("pinv", "<A>", "pseudo-inverse", ['eckart pinv "1 2; 2 4; 3 6"']))));

  program.commandsGroup("Files:");
  withReading(
    add("info", "<A>", "what a file holds: shape, type, range, non-finite entries", [
      "eckart info weights.npz",
      "eckart info table.csv --json",
    ]),
  )
    .optionsGroup("Writing:")
    .option("--json", "one JSON document")
    .option("-q, --quiet", "no notes, no progress, no colour");
  withOutput(
    withReading(
      add("convert", "<A>", "the same matrix in another format", [
        "eckart convert table.csv -o table.npy",
        "eckart convert - --from npy < A.npy",
      ]),
    ),
  );

  program.commandsGroup("Learn:");
  program
    .command("demo")
    .description("worked examples, from a linear map to LoRA, with pictures")
    .option("-q, --quiet", "no colour")
    .action(async (options: { quiet?: boolean }) => {
      const { runDemo } = await import("./demo/run.ts");
      onExit(await runDemo(readTerminal(options)));
    });
  tab(program, { completionCommandName: "completion" });
  program.commands
    .find((command) => command.name() === "completion")
    ?.description("completion for bash, zsh, fish or powershell");
  return program;
}

const operandsOf = (command: Command): string =>
  command.registeredArguments.map((argument) => `<${argument.name()}>`).join(" ");

function withReading(command: Command): Command {
  return command
    .optionsGroup("Reading:")
    .addOption(
      new Option("--from <format>", "format of the input; found by its content otherwise").choices(INPUT_FORMATS),
    )
    .option("--variable <name>", "which array of an npz file")
    .option("--header", "the first line of a table holds names; found otherwise")
    .option("--no-header", "it does not")
    .option("--separator <c>", "between the cells of a table, such as , ; or tab; found otherwise", separator)
    .addOption(new Option("--decimal <mark>", "before the fraction; found otherwise").choices([".", ","]))
    .option(
      "--missing <what>",
      "a missing value of a table: error, nan, drop-row, or a number to put in its place",
      missing,
    )
    .option("--columns <names>", "only these columns of a table, by name or number from 1", columns)
    .option("--omit <names>", "not these columns of a table", columns)
    .addOption(new Option("--complex <part>", "which part of complex numbers to take").choices(["real", "imaginary"]))
    .addOption(
      new Option("--dtype <type>", "arithmetic: f32 for f32 and 16-bit files, else f64").choices(["f32", "f64"]),
    );
}

function withThreshold(command: Command): Command {
  return command
    .option("--rtol <x>", "values up to x·σ₁ count as zero; max(m, n)·ε by default", notNegative)
    .option("--atol <x>", "values up to x count as zero", notNegative);
}

function withOutput(command: Command): Command {
  return command
    .optionsGroup("Writing:")
    .option("-o, --output <file>", "write the result; its extension says how: npy npz csv tsv mtx json")
    .addOption(new Option("--format <format>", "write it so, on standard output too").choices(FORMATS))
    .option("--part <names>", "which results, such as U,s,Vt; the main one by default, all of them in npz", list)
    .option("--precision <digits>", "significant figures of the numbers you read", digits)
    .option("--json", "one JSON document on standard output, errors too on standard error")
    .option("--explain", "say what would be done and what it would cost, and stop")
    .option("-q, --quiet", "no notes, no progress, no colour");
}

function number(text: string, expected: string, holds: (x: number) => boolean): number {
  const x = text.trim() === "" ? NaN : Number(text);
  if (!holds(x)) throw new InvalidArgumentError(`Expected ${expected}.`);
  return x;
}

const positive = (text: string): number => number(text, "a number above 0", (x) => x > 0 && x < Infinity);
const notNegative = (text: string): number => number(text, "a number of at least 0", (x) => x >= 0 && x < Infinity);
const whole = (text: string): number =>
  number(text, "a whole number of at least 0", (x) => Number.isInteger(x) && x >= 0);
const digits = (text: string): number => number(text, "1 to 17", (x) => Number.isInteger(x) && x >= 1 && x <= 17);
const list = (text: string): string[] => text.split(",").map((name) => name.trim());
const columns = (text: string): (string | number)[] =>
  list(text).map((name) => (/^\d+$/.test(name) ? Number(name) : name));
const separator = (text: string): string => (/^(\\t|tab)$/.test(text) ? "\t" : text);

function share(text: string): number {
  const percent = text.trim().endsWith("%");
  const x = number(
    percent ? text.trim().slice(0, -1) : text,
    "a share above 0 up to 1, or 90%",
    (y) => y > 0 && y <= (percent ? 100 : 1),
  );
  return percent ? x / 100 : x;
}

function missing(text: string): string | number {
  return ["error", "nan", "drop-row"].includes(text)
    ? text
    : number(text, "error, nan, drop-row or a number", Number.isFinite);
}
