import { FORMAT_NAMES } from "@eckart/formats";
import { InvalidArgumentError, Option, type Command } from "commander";

/** Adds options to a command. */
export type OptionGroup = (command: Command) => Command;

const OUTPUT_FORMATS: readonly string[] = ["text", ...FORMAT_NAMES];

/** Which algorithm answers. */
export function method(...names: string[]): OptionGroup {
  return (command) => command.addOption(new Option("--method <name>", "algorithm").choices(["auto", ...names]));
}

/** The accuracy that a caller insists on. */
export function demand(what: string): OptionGroup {
  return (command) => command.option("--tol <x>", `leave with 4 unless the ${what} is at most x`, positive);
}

/** The one rule for zero. */
export const threshold: OptionGroup = (command) =>
  command
    .option("--rtol <x>", "values up to x·σ₁ count as zero; max(m, n)·ε by default", notNegative)
    .option("--atol <x>", "values up to x count as zero", notNegative);

/** What there is besides the thin decomposition. */
export const values: OptionGroup = (command) =>
  command.option("--values", "values only: faster, and no error is measured");
export const full: OptionGroup = (command) => command.option("--full", "square U and V instead of the thin ones");

/** What is certain, besides what is measured. */
export const proof: OptionGroup = (command) =>
  command.option("--certify", "prove bounds and an interval for every value; leave with 4 where they are wide");

/** Left eigenvectors besides. */
export const left: OptionGroup = (command) => command.option("--left", "left eigenvectors too, Y");

/** Which of the singular values are searched. */
export const few: OptionGroup = (command) =>
  command
    .option("--k <count>", "how many; 6 by default", positiveWhole)
    .option("--which <values>", "largest, smallest, or a number for those nearest to it", which)
    .option("--seed <n>", "of the random directions; 0 by default", whole);

/** Principal components: how many, of what. */
export const components: OptionGroup = (command) =>
  command
    .option(
      "--components <k>",
      "how many, or a share of the variance such as 0.9 or 90%, or gap, or gavish-donoho",
      count,
    )
    .option("--scale", "divide every column by its standard deviation")
    .option("--no-center", "leave the means in")
    .option("--whiten", "scores of variance 1");

/** A table by blocks of rows. */
export const blocks: OptionGroup = (command) =>
  command
    .option("--rank <k>", "keep k singular values", whole)
    .option("--sketch", "one pass with U, by a sketch of the rank; else exact without U")
    .option("--seed <n>", "of the sketch; 0 by default", whole)
    .option("--block <rows>", "rows read at a time; 8 MiB of numbers by default", positiveWhole);

/** What still counts as orthogonal. */
export const closeness: OptionGroup = (command) =>
  command.option("--tol <x>", "‖QᵀQ − I‖ up to x counts as orthogonal; 32·max(m, n)·ε by default", positive);

/** How much of a matrix to keep. */
export const keep: OptionGroup = (command) =>
  command
    .option("--rank <k>", "keep k singular values", whole)
    .option("--energy <share>", "keep the fewest that hold this share of Σσ², such as 0.9 or 90%", share)
    .option(
      "--tol <x>",
      "keep the fewest with ‖A − Aᵣ‖ ≤ x·‖A‖; beside --rank, leave with 4 if it is not met",
      positive,
    );

/** How much of the machine is used. */
export const sharing: OptionGroup = (command) =>
  command.option("--threads <n>", "to compute with, up to 4 by default; any number gives the same bits", threads);

/** How the input is read. */
export const reading: OptionGroup = (command) =>
  command
    .optionsGroup("Reading:")
    .addOption(
      new Option("--from <format>", "format of the input, else found by name and content").choices(FORMAT_NAMES),
    )
    .option("--variable <name>", "which array of an npz or safetensors file")
    .option("--header", "the first line of a table holds names, else found")
    .option("--no-header", "it does not")
    .option("--separator <c>", "between the cells of a table, such as ; or tab, else found", separator)
    .addOption(new Option("--decimal <mark>", "before the fraction, else found").choices([".", ","]))
    .option("--missing <what>", "a missing value: error, nan, drop-row, or a number to put there", missing)
    .option("--columns <names>", "only these columns of a table, by name or number from 1", columns)
    .option("--omit <names>", "not these columns of a table", columns)
    .addOption(new Option("--complex <part>", "take one part of complex numbers").choices(["real", "imaginary"]))
    .addOption(new Option("--dtype <type>", "precision, else that of the file").choices(["f32", "f64"]));

/** How the result is written. */
export const writing: OptionGroup = (command) =>
  talking(
    command
      .optionsGroup("Writing:")
      .option("-o, --output <file>", "write the result; the extension says how")
      .addOption(new Option("--format <format>", "how, on standard output too").choices(OUTPUT_FORMATS))
      .option("--part <names>", "which results, such as U,s,Vt; all in npz, else the main one", list)
      .option("--precision <digits>", "figures of the numbers that you read", digits)
      .option("--explain", "say what would be done and what it costs, and stop"),
  );

/** What standard output and standard error say. */
export const talking: OptionGroup = (command) =>
  command
    .optionsGroup("Writing:")
    .option("--json", "one JSON document with result, accuracy and method; errors in JSON too")
    .option("-q, --quiet", "no notes, no progress, no colour");

/** A picture beside the result. */
export function drawing(what: string): OptionGroup {
  return (command) => command.optionsGroup("Writing:").option("--svg <file>", `draw ${what}`);
}

function number(text: string, expected: string, holds: (x: number) => boolean): number {
  const x = text.trim() === "" ? NaN : Number(text);
  if (!holds(x)) throw new InvalidArgumentError(`Expected ${expected}.`);
  return x;
}

function positive(text: string): number {
  return number(text, "a number above 0", (x) => x > 0 && x < Infinity);
}

function notNegative(text: string): number {
  return number(text, "a number of at least 0", (x) => x >= 0 && x < Infinity);
}

function whole(text: string): number {
  return number(text, "a whole number of at least 0", (x) => Number.isInteger(x) && x >= 0);
}

function positiveWhole(text: string): number {
  return number(text, "a whole number above 0", (x) => Number.isInteger(x) && x > 0);
}

function threads(text: string): number {
  return number(text, "a whole number from 1 to 64", (x) => Number.isInteger(x) && x >= 1 && x <= 64);
}

function which(text: string): string | number {
  if (text === "largest" || text === "smallest") return text;
  return number(text, "largest, smallest or a number of at least 0", (x) => x >= 0 && x < Infinity);
}

function count(text: string): string | number {
  if (text === "gap" || text === "gavish-donoho") return text;
  if (/^\d+$/.test(text.trim())) return positiveWhole(text);
  return share(text);
}

function digits(text: string): number {
  return number(text, "a whole number from 1 to 17", (x) => Number.isInteger(x) && x >= 1 && x <= 17);
}

function share(text: string): number {
  const [, figures = "", percent] = /^(.*?)(%?)$/.exec(text.trim())!;
  const most = percent ? 100 : 1;
  return number(figures, "a share above 0 and up to 1, or up to 100%", (x) => x > 0 && x <= most) / most;
}

function missing(text: string): string | number {
  if (["error", "nan", "drop-row"].includes(text)) return text;
  return number(text, "error, nan, drop-row or a number", Number.isFinite);
}

function separator(text: string): string {
  return text === "tab" || text === "\\t" ? "\t" : text;
}

function list(text: string): string[] {
  return text.split(",").map((name) => name.trim());
}

function columns(text: string): (string | number)[] {
  return list(text).map((name) => (/^\d+$/.test(name) ? Number(name) : name));
}
