import { significant } from "@eckart/views";
import { SCHEMA } from "./errors.ts";
import type { Operand } from "./input.ts";
import type { OutputPlan } from "./output.ts";
import type { CommandName, Request } from "./request.ts";
import { facts, paint } from "./text.ts";

/** Work in flops for m ≥ n, after the costs that the functions of the engine state. */
const FLOPS: Readonly<Record<CommandName, (m: number, n: number) => number>> = {
  svd: (m, n) => 6 * m * n ** 2 + 14 * n ** 3,
  lowrank: (m, n) => 8 * m * n ** 2 + 14 * n ** 3,
  pinv: (m, n) => 8 * m * n ** 2 + 14 * n ** 3,
  lstsq: (m, n) => 6 * m * n ** 2 + 14 * n ** 3,
  rank: (m, n) => 4 * m * n ** 2,
  cond: (m, n) => 4 * m * n ** 2,
  eigh: (_, n) => 9 * n ** 3,
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
  const values = command === "svd" && options.values;
  const flops = FLOPS[values ? "rank" : command](Math.max(A.rows, A.cols), Math.min(A.rows, A.cols));
  const entryBytes = A.dtype === "f32" ? 4 : 8;
  // The input, its copy in the engine, the factors and as much work space.
  const bytes = 4 * A.rows * A.cols * entryBytes;
  const method = options.method ?? "auto";
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
