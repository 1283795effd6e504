import { format, Matrix } from "eckart";

/** A matrix or a vector of numbers, as it can be copied. */
export type Copied = Matrix | ArrayLike<number>;

/** In what language a matrix is copied. */
export const LANGUAGES = ["NumPy", "LaTeX", "TypeScript", "CSV"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A matrix as text in a language, every number the shortest that gives it back. */
export function copied(value: Copied, name: string, language: Language): string {
  const rows = value instanceof Matrix ? value.toArray() : undefined;
  const lines = rows ?? [Array.from(value as ArrayLike<number>)];
  const bracketed = (row: readonly number[]): string => `[${row.join(", ")}]`;
  switch (language) {
    case "NumPy": {
      const open = `${name} = np.array(`;
      const body = rows ? `[${rows.map(bracketed).join(`,\n${" ".repeat(open.length + 1)}`)}]` : bracketed(lines[0]!);
      return `${open}${body})\n`;
    }
    case "TypeScript":
      return rows
        ? `const ${name} = [\n${rows.map((row) => `  ${bracketed(row)},\n`).join("")}];\n`
        : `const ${name} = ${bracketed(lines[0]!)};\n`;
    case "LaTeX":
      return `\\begin{bmatrix}\n${lines.map((row) => `  ${row.map(inLatex).join(" & ")}`).join(" \\\\\n")}\n\\end{bmatrix}\n`;
    case "CSV":
      return lines.map((row) => `${row.join(",")}\n`).join("");
  }
}

/** A number as LaTeX sets it: powers of ten as such. */
function inLatex(x: number): string {
  const [mantissa, exponent] = String(x).split("e");
  return exponent === undefined ? mantissa! : `${mantissa} \\cdot 10^{${Number(exponent)}}`;
}

/** A matrix as the page prints it: as NumPy would, corners only where it is large; rounding beside ordinary sizes is 0. */
export function printed(value: Parameters<typeof format>[0], ordinary: boolean): string {
  return format(value, {
    precision: 6,
    suppress: ordinary,
    threshold: 600,
    edgeItems: 4,
    lineWidth: 400,
  });
}
