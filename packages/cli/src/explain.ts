import { svdPlan, type SvdMethod } from "eckart";
import { significant } from "@eckart/views";
import { SCHEMA } from "./errors.ts";
import type { Operand } from "./input.ts";
import type { OutputPlan } from "./output.ts";
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
  const [{ A }] = operands as [Operand];
  const { method, flops, bytes } = planOf(command, options, A);
  const output = file?.path ?? "standard output";
  const format = file?.format ?? stdout;
  if (options.json) {
    const input = operands.map(({ name, array }) => ({ name, shape: array.shape, dtype: array.dtype }));
    return `${JSON.stringify({ schema: SCHEMA, command, input, plan: { method, dtype: A.dtype, flops, bytes, output, format } })}\n`;
  }
  const rows = [
    ...operands.map(({ name, array }) => ["read", `${name}: ${array.shape.join(" × ")} ${array.dtype}`] as const),
    ["compute", `${command} in ${A.dtype}, method ${method}`] as const,
    ["work", `about ${significant(flops, 2)} flops, ${significant(bytes / 1e6, 2)} MB`] as const,
    ["write", `${format === "document" ? "json" : format} to ${output}`] as const,
  ];
  return paint(facts(rows), terminal);
}

function planOf(
  command: CommandName,
  options: Request["options"],
  A: Operand["A"],
): { method: string; flops: number; bytes: number } {
  const vectors = VECTORS[command];
  if (vectors) {
    return svdPlan(A.rows, A.cols, {
      dtype: A.dtype,
      method: command === "svd" ? ((options.method as SvdMethod | undefined) ?? "auto") : "auto",
      vectors: options.values ? "none" : options.full ? "full" : vectors,
    });
  }
  // The input, its copy in the engine, the factors and as much work space.
  const bytes = 4 * A.rows * A.cols * (A.dtype === "f32" ? 4 : 8);
  return { method: options.method ?? "auto", flops: FLOPS[command]!(A.rows, A.cols), bytes };
}
