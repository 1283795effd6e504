import Table from "cli-table3";
import picocolors from "picocolors";
import { plainLine, type Line, type Role, type Span } from "@eckart/views";
import type { Terminal } from "./request.ts";

const colors = picocolors.createColors(true);

const COLOR: Record<Role, (text: string) => string> = {
  page: String,
  ink: String,
  muted: colors.dim,
  grid: colors.dim,
  v: colors.blue,
  sigma: colors.yellow,
  u: colors.red,
  lambda: colors.green,
  reversed: colors.magenta,
};

/** A run of text in ink. */
export const ink = (text: string): Span => ({ text, role: "ink" });
/** A run of text that steps back. */
export const muted = (text: string): Span => ({ text, role: "muted" });

/** Lines as the terminal takes them. */
export function paint(lines: readonly Line[], { color, unicode }: Terminal): string {
  const text = lines
    .map((line) =>
      (color ? line.map((span) => span.text && COLOR[span.role](span.text)).join("") : plainLine(line)).trimEnd(),
    )
    .join("\n");
  return `${unicode ? text : toAscii(text)}\n`;
}

const ASCII: Record<string, string> = {
  "·": "*",
  "×": "x",
  "−": "-",
  "…": "...",
  "‖": "|",
  "≤": "<=",
  "≥": ">=",
  "≈": "~",
  "≠": "!=",
  "→": "->",
  "±": "+-",
  "√": "sqrt",
  "∞": "inf",
  ᵀ: "^T",
  "⁻": "^-",
  "¹": "1",
  "²": "^2",
  "°": " degrees",
  "─": "-",
  "–": "-",
  ᵢ: "_i",
  ᵣ: "_r",
  ᴴ: "^H",
  "₊": "+",
  ε: "eps",
  σ: "s",
  λ: "w",
  Σ: "S",
  Λ: "L",
  Δ: "d",
};
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** The same text for terminals without Unicode. */
function toAscii(text: string): string {
  return text.replace(
    /[^\n -~\u001b]/g,
    (c) => ASCII[c] ?? (SUBSCRIPTS.includes(c) ? String(SUBSCRIPTS.indexOf(c)) : "?"),
  );
}

/** A number to some figures, without the zeros that rounding leaves at its end. */
export function brief(x: number, figures = 6): string {
  return String(Number(x.toPrecision(figures)));
}

/** Named facts in two aligned columns, the third stepping back. */
export function facts(rows: readonly (readonly [label: string, value: string, remark?: string])[]): Line[] {
  const label = Math.max(0, ...rows.map(([text]) => text.length)) + 2;
  const value = Math.max(0, ...rows.map(([, text, remark]) => (remark ? text.length : 0))) + 2;
  return rows.map(([name, text, remark]): Line => [
    muted(name.padEnd(label)),
    ink(remark ? text.padEnd(value) : text),
    muted(remark ?? ""),
  ]);
}

/** A table without rules: a muted heading, then rows; numbers are to be formatted before and stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): Line[] {
  const none = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "", left: "", right: "", middle: "  " };
  const edges = { top: "", "top-mid": "", "top-left": "", "top-right": "" };
  const ends = { bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" };
  const grid = new Table({
    chars: { ...none, ...edges, ...ends },
    colAligns: head.map((_, i) => (i === 0 ? "left" : "right")),
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
  });
  grid.push([...head], ...rows.map((row) => [...row]));
  const [first = "", ...rest] = grid.toString().split("\n");
  return [[muted(first)], ...rest.map((line): Line => [ink(line)])];
}
