// What most subjects are: one operation on a ladder of shapes, on every library that has it.

import { measure } from "../harness/measure.mjs";

/**
 * `sizes` are orders that were asked for, in place of the subject's own shapes; `emit` keeps a line.
 * @typedef {{
 *   peers: readonly import("../harness/types.ts").Peer[],
 *   quick: boolean,
 *   sizes?: readonly number[],
 *   effort: import("../harness/measure.mjs").Effort,
 *   emit: (line: object) => void,
 * }} Context
 */
/** @typedef {Record<string, any>} Kept */
/**
 * `kinds`: libraries that take part, all but browsers by default. `table`: Markdown of the lines, ratios by default.
 * `figure`: an SVG of the lines, whose path the table is given.
 * @typedef {{
 *   name: string,
 *   title: string,
 *   kinds?: readonly import("../harness/types.ts").Adapter["kind"][],
 *   run(context: Context): Promise<void>,
 *   table?: (lines: readonly Kept[], figure: string) => string,
 *   figure?: (lines: readonly Kept[]) => string,
 * }} Subject
 */

/**
 * @param {Subject["name"]} name @param {Context} context @param {readonly import("../harness/types.ts").Recipe[]} recipes
 */
export async function climb(name, { peers, effort, emit }, recipes) {
  for (const recipe of recipes) for (const line of await measure(name, peers, recipe, effort)) emit(line);
}

/**
 * Square problems of the sizes asked for, or else of the subject's own.
 * @param {Context} context @param {import("../harness/types.ts").Operation} operation
 * @param {import("../harness/types.ts").DType} dtype @param {readonly number[]} all @param {readonly number[]} few
 */
export function squares({ quick, sizes }, operation, dtype, all, few) {
  return (sizes ?? (quick ? few : all)).map((n) => ({ operation, dtype, m: n, n }));
}
