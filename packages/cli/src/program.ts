import { readFileSync } from "node:fs";
import process from "node:process";
import { Command, CommanderError } from "commander";
import { addCompletion } from "./completion.ts";
import { describeError, failure } from "./errors.ts";
import { EXIT, UsageError, type Exit } from "./exit.ts";
import { runJob } from "./job.ts";
import {
  blocks,
  closeness,
  components,
  demand,
  drawing,
  few,
  full,
  keep,
  left,
  method,
  proof,
  reading,
  sharing,
  talking,
  threshold,
  values,
  writing,
  type OptionGroup,
} from "./options.ts";
import type { CommandName, Options, Request } from "./request.ts";
import { readTerminal } from "./terminal.ts";
import { looksLikeInput } from "./word.ts";

const HELP = `
A matrix is a file (npy, npz, csv, tsv, mtx, json, safetensors, parquet, arrow,
png, jpeg; .gz too), "-" for standard input, or a literal: "3 2 2; 2 3 -2". On
a terminal you read a report; a pipe gets csv; --json, --format and --output
give the rest.

Examples:
  eckart svd iris.csv                    rank, condition, spectrum, error
  eckart svd A.npy -o factors.npz        U, s and Vt for NumPy
  eckart lowrank photo.jpg --rank 20 -o out.png
  eckart pca iris.csv --scale            components, loadings, variance
  eckart solve "2 1; 1 3" "3; 5"
  cat A.csv | eckart rank -

Exit codes:
  0 done · 1 failed · 2 bad usage · 3 input unreadable or not finite
  4 tolerance or convergence not reached · 130 interrupted`;

/** Does what a request asks for, and returns the code to leave with. */
export type Job = (request: Request) => Promise<Exit>;

/** Runs the command line and returns the code to leave with. Everything it has to say is said. */
export async function run(args: readonly string[], job: Job = runJob): Promise<Exit> {
  let exit: Exit = EXIT.done;
  const program = build(job, (code) => (exit = code));
  try {
    // A literal that begins with a minus is an operand: a leading blank keeps it from being read as an option.
    const words = args.map((word) => (/^-\.?\d/.test(word) ? ` ${word}` : word));
    await program.parseAsync(words.length > 0 ? words : ["--help"], { from: "user" });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    const command = program.commands.find((known) => known.name() === args[0])?.name();
    const context = { command, options: { json: args.includes("--json") } };
    const { stderr, exit: code } = failure(describeError(usageError(error, args), context), context);
    process.stderr.write(stderr);
    return code;
  }
}

/** Errors of the parser in the words of every other error. */
function usageError(error: unknown, [word = ""]: readonly string[]): unknown {
  if (!(error instanceof CommanderError)) return error;
  // The blank that a number below zero was given, so as not to be an option, is nobody's concern.
  const [message = "", guess] = error.message
    .replace(/^error: /, "")
    .replace("' -", "'-")
    .split("\n");
  if (error.code === "commander.unknownCommand" && looksLikeInput(word))
    return new UsageError(`no command before ${JSON.stringify(word)}`, `eckart svd ${JSON.stringify(word)}`);
  const help = "eckart --help lists the commands, eckart COMMAND --help its options";
  return new UsageError(message, guess ? guess.replace(/^\((.*)\)$/, "$1") : help);
}

function build(job: Job, onExit: (exit: Exit) => void): Command {
  const program = new Command("eckart")
    .description("The singular value decomposition: see it, trust it, use it.")
    .usage("<command> <matrix> [options]")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${operandsOf(command)}`.trimEnd() })
    .addHelpText("after", HELP);

  const add = (
    name: CommandName,
    summary: string,
    operands: string,
    examples: readonly string[],
    ...groups: OptionGroup[]
  ): void => {
    const command = program.command(`${name} ${operands}`).description(summary).optionsGroup("Options:");
    for (const group of groups) group(command);
    command.addHelpText("after", `\nExamples:\n${examples.map((line) => `  eckart ${name} ${line}`).join("\n")}`);
    command.action(async () => {
      const options = command.opts<Options>();
      onExit(await job({ command: name, operands: command.args, options, terminal: readTerminal(options) }));
    });
  };

  program.commandsGroup("Decompose:");
  add(
    "svd",
    "singular values and vectors, A = U·diag(s)·Vᵀ",
    "<A>",
    ["iris.csv", '"3 2 2; 2 3 -2" --full --json --part U,s,Vt', "A.npy -o factors.npz --svg spectrum.svg"],
    method("golub-kahan", "divide-and-conquer", "jacobi"),
    full,
    values,
    threshold,
    demand("backward error"),
    proof,
    sharing,
    reading,
    writing,
    drawing("the spectrum, or a film of a map of 2 and 3 dimensions"),
  );
  add(
    "svds",
    "a few singular values, largest or smallest",
    "<A>",
    ["A.npy --k 3", "A.npy --which smallest --k 1 --json", "A.npy --which 2.5 --k 4 -o near.npz"],
    few,
    demand("residual"),
    proof,
    sharing,
    reading,
    writing,
    drawing("them"),
  );
  add(
    "eigh",
    "eigenvalues and vectors of a symmetric or Hermitian S",
    "<S>",
    ['"4 2; 2 3"', "covariance.npy --part V -o V.npy"],
    method("ql", "divide-and-conquer"),
    values,
    demand("backward error"),
    proof,
    sharing,
    reading,
    writing,
  );
  add(
    "eig",
    "eigenvalues of any square matrix, complex too",
    "<A>",
    ['"0 -1; 1 0"', '"1 1; 0 1" --format text', "A.npy --part w,V -o eig.npz"],
    method("multishift", "double-shift"),
    values,
    left,
    demand("backward error"),
    proof,
    sharing,
    reading,
    writing,
  );
  add(
    "lowrank",
    "best approximation of a given rank, energy or error",
    "<A>",
    [
      "photo.jpg --rank 20 -o out.png",
      "A.npy --rank 8 -o A8.npy",
      "A.npy --energy 90% --part U,s,Vt -o factors.npz",
      "A.csv --tol 0.05 > close.csv",
    ],
    keep,
    proof,
    sharing,
    reading,
    writing,
  );
  add(
    "pca",
    "principal components of a table",
    "<table>",
    ["iris.csv --components 2", "iris.csv --scale --components 90% -o scores.csv", "iris.csv --part components"],
    components,
    sharing,
    reading,
    writing,
    drawing("the scree"),
  );
  add(
    "stream",
    "singular values of a table larger than memory",
    "<table>",
    ["big.parquet", "big.csv --rank 10 --sketch -o sketch.npz", "big.npy --part Vt -o Vt.npy"],
    blocks,
    sharing,
    reading,
    writing,
    drawing("the spectrum"),
  );

  program.commandsGroup("Measure:");
  add(
    "rank",
    "how many singular values count",
    "<A>",
    ['"1 2; 2 4"', "A.csv --rtol 1e-6"],
    threshold,
    sharing,
    reading,
    writing,
  );
  add("cond", "condition number, σ₁ over the smallest", "<A>", ["A.mtx"], sharing, reading, writing);
  add(
    "classify",
    "the motion that a matrix is: rotation, reflection …",
    "<A>",
    ['"0 -1; 1 0"', '"2 1; 0.5 1.5" --svg film.svg'],
    closeness,
    sharing,
    reading,
    writing,
    drawing("the film: rotate, scale, rotate"),
  );
  add(
    "certify",
    "prove how good factors from a file are",
    "<A> <factors>",
    ["A.npy factors.npz", "A.npy factors.npz --part lower,upper -o intervals.npz"],
    sharing,
    reading,
    writing,
  );
  add(
    "det",
    "determinant, with its sign and logarithm",
    "<A>",
    ['"2 1; 0.5 1.5"', "A.npy --json"],
    sharing,
    reading,
    writing,
  );

  program.commandsGroup("Solve:");
  const system = ['"2 1; 1 3" "3; 5"', "A.npy b.npy -o x.npy"];
  add("solve", "the x of A·x = b, A square", "<A> <b>", system, demand("backward error"), sharing, reading, writing);
  add("lstsq", "the shortest x of least ‖A·x − b‖", "<A> <b>", ["A.csv b.csv"], threshold, sharing, reading, writing);
  add("inv", "inverse", "<A>", ['"2 1; 0.5 1.5"'], demand("residual"), sharing, reading, writing);
  add("pinv", "pseudo-inverse, of any matrix", "<A>", ['"1 2; 2 4; 3 6"'], threshold, sharing, reading, writing);

  program.commandsGroup("Files:");
  const survey = "what a file holds: shape, type, range, non-finite entries";
  add("info", survey, "<A>", ["weights.npz", "table.csv --svg map.svg"], reading, drawing("the entries"), talking);
  const formats = ["table.csv -o table.npy", "- --from npy --format csv < A.npy"];
  add("convert", "the same matrix in another format", "<A>", formats, reading, writing);

  program.commandsGroup("Learn:");
  program
    .command("demo")
    .description("worked examples, from a linear map to LoRA, with pictures")
    .option("-q, --quiet", "no colour")
    .action(async (options: { quiet?: boolean }) => {
      const { runDemo } = await import("./demo/run.ts");
      onExit(await runDemo(readTerminal(options)));
    });
  addCompletion(program);
  return program;
}

function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

function operandsOf(command: Command): string {
  return command.registeredArguments.map((argument) => `<${argument.name()}>`).join(" ");
}
