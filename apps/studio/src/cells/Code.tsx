import type { VNode } from "preact";

/** A piece of a line, and what kind of word it is where that is told. */
export type Token = readonly [text: string, kind?: string];

/** The colour of a name: whose part it plays in A = U · Σ · Vᵀ or in S = Q · Λ · Qᵀ. */
export type Roles = Readonly<Record<string, "v" | "sigma" | "u" | "lambda">>;

/** Source code as text. */
export const textOf = (lines: readonly (readonly Token[])[]): string =>
  lines.map((line) => line.map(([text]) => text).join("")).join("\n");

/** Numbered lines of source code that stand still. */
export function Code({ lines, roles }: { lines: readonly (readonly Token[])[]; roles: Roles }): VNode {
  return (
    <code>
      {lines.map((line) => (
        <span class="line">
          {line.map(([text, kind]) =>
            kind === undefined ? text : <span class={tokenClass(text, kind, roles)}>{text}</span>,
          )}
          {"\n"}
        </span>
      ))}
    </code>
  );
}

const tokenClass = (text: string, kind: string, roles: Roles): string =>
  kind === "name" ? `name ${Object.hasOwn(roles, text) ? `role-${roles[text]}` : ""}`.trim() : kind;
