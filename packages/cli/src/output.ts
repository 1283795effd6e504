import { ComplexMatrix, ComplexVector, CsrMatrix, Matrix, type FloatArray } from "eckart";
import {
  FORMAT_NAMES,
  formatOfName,
  writeJson,
  writeMatrix,
  writeMatrixMarket,
  writeNpz,
  type FormatName,
  type WriteMatrixOptions,
  type Writable,
} from "@eckart/formats";
import type { Answer, Values } from "./answer.ts";
import { SCHEMA } from "./errors.ts";
import { UsageError } from "./exit.ts";
import type { Operand } from "./input.ts";
import type { OutputFormat, Request } from "./request.ts";
import { paint } from "./text.ts";

/** Formats of text; the others would disturb a terminal. */
const FOR_THE_EYES: ReadonlySet<string> = new Set(["text", "document", "csv", "tsv", "json", "mtx"]);

/** Commands whose answer is a report on a pipe too. */
const REPORTS: ReadonlySet<string> = new Set(["info", "classify", "certify"]);

/** Formats of two dimensions. */
const TABLES: ReadonlySet<string> = new Set(["csv", "tsv", "mtx", "parquet", "arrow"]);

/** Where the answer goes, and how it is written there. */
export interface OutputPlan {
  readonly stdout?: OutputFormat | "document";
  readonly file?: { readonly path: string; readonly format: OutputFormat };
}

/**
 * Reads the plan from the options: a report on a terminal, csv on a pipe, whatever --format and --json say, and the
 * file of --output by its extension.
 *
 * @throws UsageError before anything is computed, where the plan cannot be carried out.
 */
export function planOutput({ command, operands, options, terminal }: Request): OutputPlan {
  if (operands.filter((word) => word === "-").length > 1)
    throw new UsageError("standard input cannot be read twice", "give one of the matrices as a file");
  const { output, format, json, part } = options;
  const toFile = output !== undefined && output !== "-";
  if (json && format !== undefined && !toFile)
    throw new UsageError("--json and --format ask for different things", "give one of them");
  if (!toFile) {
    const stdout = json
      ? "document"
      : (format ?? (terminal.stdout || (REPORTS.has(command) && !part) ? "text" : "csv"));
    if (terminal.stdout && !FOR_THE_EYES.has(stdout))
      throw new UsageError(`${stdout} is not for the eyes`, `-o FILE.${stdout} writes a file, | pipes it on`);
    return { stdout };
  }
  const fileFormat = format ?? formatOfName(output);
  if (fileFormat === undefined)
    throw new UsageError(
      `${output}: no format has this extension`,
      `--format says one of text, ${FORMAT_NAMES.join(", ")}`,
    );
  const file = { path: output, format: fileFormat };
  return json ? { stdout: "document", file } : terminal.stdout ? { stdout: "text", file } : { file };
}

/** The answer as the bytes of one format, or as the document of --json. */
export async function encode(
  format: OutputFormat | "document",
  request: Request,
  operands: readonly Operand[],
  found: Answer,
): Promise<Uint8Array> {
  if (format === "text") return bytes(paint(found.report, request.terminal));
  const [main] = Object.values(found.arrays ?? {});
  if (format === "mtx" && main instanceof CsrMatrix) return writeMatrixMarket(main);
  const parts = chooseParts(format, request, found);
  if (format === "document") return bytes(jsonDocument(request, operands, found, parts));
  if (format === "npz") return writeNpz(parts);
  const [[, value] = [], ...others] = parts;
  if (value === undefined) return encodeValue(format, request, found);
  if (others.length === 0 && "shape" in value && value.shape.length > 2 && TABLES.has(format))
    throw new UsageError(
      `${format} holds a matrix, not ${value.shape.join(" × ")}`,
      "-o FILE.png and -o FILE.npy hold it",
    );
  if (others.length === 0) return writeMatrix(value, { format, ...levels(found) });
  if (format === "json") return bytes(`{${parts.map(jsonMember).join(",")}}\n`);
  const names = parts.map(([name]) => name).join(", ");
  throw new UsageError(`${format} holds one array, not ${names}`, "write npz or json, or choose one with --part");
}

/** How numbers become levels of a picture. */
function levels({ white = 255 }: Answer): Pick<WriteMatrixOptions, "png" | "jpeg"> {
  return { png: { depth: white === 255 ? 8 : 16 }, jpeg: { range: [0, white] } };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

type Part = readonly [name: string, value: Writable];

/** An answer that is one number: a line of text, or a matrix of one entry. */
async function encodeValue(format: FormatName, { command }: Request, { values = {} }: Answer): Promise<Uint8Array> {
  const [value] = Object.values(values);
  if (typeof value !== "number") throw new UsageError(`${command} has no matrix to write`, "use --json");
  if (format === "csv" || format === "tsv" || format === "json") return bytes(`${value}\n`);
  return writeMatrix([[value]], { format });
}

/** The arrays to write: those of --part, all of them in npz, else the main one, the first. */
function chooseParts(
  format: OutputFormat | "document",
  { command, options }: Request,
  { arrays = {} }: Answer,
): Part[] {
  const names = Object.keys(arrays);
  const chosen = options.part ?? (format === "npz" ? names : names.slice(0, 1));
  const pairs = REAL_ONLY.has(format) || (format === "json" && chosen.length > 1);
  return chosen.map((name) => {
    const value = arrays[name];
    if (value !== undefined) return [name, writable(value, format, pairs)];
    const known = names.length > 0 ? `its parts are ${names.join(", ")}` : "it has none";
    throw new UsageError(`${command} has no part ${JSON.stringify(name)}`, known);
  });
}

/** Everything that the command found, as one JSON object. An infinite value is the text "Infinity". */
function jsonDocument(
  { command, options: { output } }: Request,
  operands: readonly Operand[],
  { values, accuracy, certificate, info, notes = [], input: read }: Answer,
  parts: readonly Part[],
): string {
  const input = read ?? operands.map(({ name, shape, dtype }) => ({ name, shape, dtype }));
  const result = [
    ...Object.entries(values ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${JSON.stringify(name)}:${json(value)}`),
    // A file has the matrices; nobody wants to read them twice.
    ...parts
      .filter(([, value]) => output === undefined || !("shape" in value) || value.shape.length < 2)
      .map(jsonMember),
  ];
  const members = {
    schema: json(SCHEMA),
    command: json(command),
    input: json(input),
    result: `{${result.join(",")}}`,
    ...(output !== undefined && { output: json(output) }),
    ...(accuracy && { accuracy: json(accuracy) }),
    ...(certificate && { certificate: json(certificate) }),
    ...(info && { info: json(info) }),
    notes: json([...operands.flatMap((operand) => operand.notes), ...notes]),
  };
  return `{${Object.entries(members)
    .map(([name, text]) => `"${name}":${text}`)
    .join(",\n ")}}\n`;
}

/** JSON, where an infinite value is the text "Infinity". */
function json(value: unknown): string {
  return JSON.stringify(value, (_, x: unknown) => (typeof x === "number" && !Number.isFinite(x) ? String(x) : x));
}

/** An array as a member of an object, its numbers as the JSON writer gives them; bounds may be infinite. */
function jsonMember([name, value]: Part): string {
  const bounds = "data" in value && value.data instanceof Float64Array ? value.data : undefined;
  const text = bounds?.includes(Infinity)
    ? json(Array.from(bounds))
    : new TextDecoder().decode(writeJson(value, { layout: "rows" })).trim();
  return `${JSON.stringify(name)}:${text}`;
}

/** Formats that have no complex numbers: there the two parts are two numbers, as in JSON of several arrays. */
const REAL_ONLY: ReadonlySet<string> = new Set(["csv", "tsv", "document", "parquet", "arrow"]);

/** A matrix or a vector as the writers take it. */
function writable(value: Values, format: OutputFormat | "document", pairs: boolean): Writable {
  if (value instanceof CsrMatrix) return writable(value.toDense(), format, pairs);
  if (value instanceof Matrix) {
    const { data, shape, offset, rowStride, colStride } = value;
    return { data, shape, offset, rowStride, colStride } as Writable;
  }
  if (value instanceof ComplexVector || value instanceof ComplexMatrix) return complexWritable(value, format, pairs);
  return "shape" in value ? value : ({ data: value, shape: [value.length] } as Writable);
}

/** Pairs of numbers; where a format has none, the parts of an entry stand beside each other. */
function complexWritable(
  value: ComplexVector | ComplexMatrix,
  format: OutputFormat | "document",
  pairs: boolean,
): Writable {
  const column = (part: FloatArray): Matrix => Matrix.wrap(part, [part.length, 1]);
  const isVector = value instanceof ComplexVector;
  const A = isVector ? ComplexMatrix.wrap(column(value.re), column(value.im)) : value;
  const data = A.toInterleaved();
  const shape = isVector ? [value.length] : A.shape;
  if (!pairs) return { data, shape, dtype: A.dtype === "f32" ? "c64" : "c128" } as Writable;
  const nested = format === "json" || format === "document";
  const columns = Array.from({ length: 2 * A.cols }, (_, j) => `${j % 2 ? "im" : "re"}${isVector ? "" : (j >> 1) + 1}`);
  return (nested ? { data, shape: [...shape, 2] } : { data, shape: [A.rows, 2 * A.cols], columns }) as Writable;
}
