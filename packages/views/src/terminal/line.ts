import type { Role } from "../shape.ts";

/** A run of text in one colour. */
export interface Span {
  readonly text: string;
  readonly role: Role;
}

/** One line of a terminal picture; whoever prints it decides whether the roles become colours. */
export type Line = readonly Span[];

/** The text of a line without its colours. */
export function plainLine(line: Line): string {
  return line.map(({ text }) => text).join("");
}
