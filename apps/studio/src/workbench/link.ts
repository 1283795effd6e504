import type { Matrix } from "eckart";
import { formatMatrix, linkTo, parseMatrix, parseWord } from "../address/address.ts";
import { pack, unpack } from "../address/pack.ts";
import { PRESETS, presetOf } from "./presets.ts";

/** What of the bench an address holds: the id of a preset or the rows of a matrix, the view, a right-hand side. */
export interface Linked {
  readonly preset?: string | undefined;
  readonly rows?: number[][] | undefined;
  readonly view?: string | undefined;
  readonly b?: string | undefined;
}

/** The name of the bench in addresses. */
export const BENCH = "workbench";

/** Matrices of more entries are not put into addresses, packed or not. */
const MAX_ENTRIES = 20_000;
/** Longer matrices are packed. */
const PLAIN = 600;
/** Addresses that some programs cut. */
const MAX_LENGTH = 8000;
const LIMITS = { maxRows: MAX_ENTRIES, maxCols: MAX_ENTRIES, maxEntry: Number.MAX_VALUE } as const;

/** The fields of an address for a state; undefined where the matrix is too large for one. */
export async function fieldsOf(
  state: Omit<Linked, "rows"> & { readonly A?: Matrix | undefined },
): Promise<Record<string, string> | undefined> {
  const { preset, A, view, b } = state;
  const rest = { ...(view !== undefined && { view }), ...(b ? { b } : {}) };
  if (preset !== undefined) return { of: preset, ...rest };
  if (!A || A.rows * A.cols > MAX_ENTRIES || A.rows * A.cols === 0) return undefined;
  const plain = formatMatrix(A.toArray());
  const fields = plain.length <= PLAIN ? { A: plain, ...rest } : { z: await pack(plain), ...rest };
  return linkTo(BENCH, fields).length <= MAX_LENGTH ? fields : undefined;
}

/** The state that the fields of an address mean; whoever wrote them. */
export async function stateOf(fields: ReadonlyMap<string, string>, views: readonly string[]): Promise<Linked> {
  const b = fields.get("b");
  const view = parseWord(fields.get("view"), views);
  const ids = PRESETS.flatMap(([, presets]) => presets.map(({ id }) => id));
  const preset = presetOf(parseWord(fields.get("of"), ids))?.id;
  const packed = fields.get("z");
  const plain = packed === undefined ? fields.get("A") : await unpack(packed);
  return {
    preset,
    rows: preset === undefined ? bounded(plain) : undefined,
    view,
    b: b !== undefined && b.length <= 4000 ? b : undefined,
  };
}

/** A matrix of an address, packed or not, of at most so many entries. */
function bounded(text: string | undefined): number[][] | undefined {
  if (text === undefined) return undefined;
  const rows: number[][] = [];
  // Line by line, since packed text is longer than what an address holds.
  for (const line of text.split(";", MAX_ENTRIES + 1)) {
    const row = parseMatrix(line, LIMITS)?.[0];
    if (!row || row.length !== (rows[0]?.length ?? row.length)) return undefined;
    rows.push(row);
    if (rows.length * row.length > MAX_ENTRIES) return undefined;
  }
  return rows;
}
