import { ComplexMatrix, svdPlan, type DType, type SvdMethod } from "eckart";
import { significant } from "@eckart/views";
import { typeOf } from "./commands/parts.ts";
import { SCHEMA } from "./errors.ts";
import type { Operand } from "./input.ts";
import type { OutputPlan } from "./output.ts";
import { channelNames, isPicture } from "./picture.ts";
import type { CommandName, Request } from "./request.ts";
import { facts, paint } from "./text.ts";

/** The vectors of the decomposition that a command makes; the engine itself tells the plan of these. */
const VECTORS: Partial<Readonly<Record<CommandName, "none" | "thin">>> = {
  svd: "thin",
  pca: "thin",
  lowrank: "thin",
  pinv: "thin",
  lstsq: "thin",
  rank: "none",
  cond: "none",
};

/** Work of the others in flops, after the costs that the functions of the engine state. */
const FLOPS: Partial<Readonly<Record<CommandName, (m: number, n: number) => number>>> = {
  eigh: (_, n) => 9 * n ** 3,
  eig: (_, n) => 25 * n ** 3,
  svds: (m, n) => 4 * m * n * 32,
  classify: (m, n) => 2 * m * n ** 2,
  certify: (m, n) => 8 * m * n * Math.min(m, n) + 8 * (m + n) * Math.min(m, n) ** 2,
  det: (_, n) => (2 / 3) * n ** 3,
  solve: (_, n) => (2 / 3) * n ** 3,
  inv: (_, n) => 2 * n ** 3,
  info: (m, n) => m * n,
  convert: (m, n) => m * n,
};

/** What a request would do: the counterpart of EXPLAIN in a database. */
export function explain(
  { command, options, terminal }: Request,
  { stdout, file }: OutputPlan,
  operands: readonly Operand[],
): string {
  const [first] = operands as [Operand];
  const dtype = typeOf(first.sparse ?? first.A);
  const { method, flops, bytes } = planOf(command, options, first);
  const output = file?.path ?? "standard output";
  const format = file?.format ?? stdout;
  if (options.json) {
    const input = operands.map(({ name, shape, dtype: type }) => ({ name, shape, dtype: type }));
    return `${JSON.stringify({ schema: SCHEMA, command, input, plan: { method, dtype, flops, bytes, output, format } })}\n`;
  }
  const rows = [
    ...operands.map((input) => ["read", `${input.name}: ${input.shape.join(" × ")} ${input.dtype}`] as const),
    ["compute", `${command} in ${dtype}, method ${method}`] as const,
    ["work", `about ${significant(flops, 2)} flops, ${significant(bytes / 1e6, 2)} MB`] as const,
    ["write", `${format === "document" ? "json" : format} to ${output}`] as const,
  ];
  return paint(facts(rows), terminal);
}

interface Plan {
  readonly method: string;
  readonly flops: number;
  readonly bytes: number;
}

/** Vectors a side that svds keeps where few values are wanted. */
const BASIS = 32;

/** Complex numbers take twice the room and four times the work of real ones. */
function planOf(command: CommandName, options: Request["options"], input: Operand): Plan {
  const { method, flops, bytes } = realPlan(command, options, input);
  return !input.sparse && input.A instanceof ComplexMatrix
    ? { method, flops: 4 * flops, bytes: 2 * bytes }
    : { method, flops, bytes };
}

function realPlan(command: CommandName, options: Request["options"], input: Operand): Plan {
  const word = (type: DType): number => (type === "f32" ? 4 : 8);
  if (input.sparse) {
    const { nnz, rows, cols, dtype } = input.sparse;
    const basis = command === "svds" ? BASIS : 0;
    const bytes = nnz * (4 + word(dtype)) + basis * (rows + cols) * word(dtype);
    return { method: options.method ?? "auto", flops: basis ? 4 * nnz * basis : nnz, bytes };
  }
  const { A, array } = input;
  const vectors = VECTORS[command];
  if (!vectors) {
    // The input, its copy in the engine, the factors and as much work space.
    const bytes = 4 * A.rows * A.cols * word(A.dtype);
    return { method: options.method ?? "auto", flops: FLOPS[command]!(A.rows, A.cols), bytes };
  }
  const plan = svdPlan(A.rows, A.cols, {
    dtype: A.dtype,
    method: command === "svd" ? ((options.method as SvdMethod | undefined) ?? "auto") : "auto",
    vectors: options.values ? "none" : options.full ? "full" : vectors,
  });
  if (command !== "lowrank" || !isPicture(array)) return plan;
  // One channel after another, between the picture as numbers before and after.
  const channels = channelNames(array);
  const colours = channels.filter((name) => name !== "alpha").length;
  const pictures = 2 * channels.length * A.rows * A.cols * word(A.dtype);
  return { method: plan.method, flops: colours * plan.flops, bytes: plan.bytes + pictures };
}
