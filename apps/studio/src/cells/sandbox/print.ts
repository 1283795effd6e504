// What console.log prints in a cell: text as it is, matrices and vectors as NumPy prints them, everything else as a
// JavaScript console would, briefly.
import { ComplexMatrix, ComplexVector, format, Matrix } from "eckart";

const DEEPEST = 3;
const LONGEST = 100;

/** The values of one console.log, separated by spaces. */
export function printed(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === "string" ? value : textOf(value))).join(" ");
}

function textOf(value: unknown, depth = 0): string {
  try {
    if (typeof value === "string") return JSON.stringify(value);
    if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "function") return `[function ${value.name}]`;
    if (typeof value !== "object" || value === null) return String(value);
    if (value instanceof Matrix || value instanceof Float64Array || value instanceof Float32Array) return format(value);
    if (value instanceof ComplexMatrix || value instanceof ComplexVector) return format(value);
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    if (depth === DEEPEST) return Array.isArray(value) ? "[…]" : "{…}";
    if (Array.isArray(value) || ArrayBuffer.isView(value)) {
      return `[${inside(Array.from(value as ArrayLike<unknown>), (item) => textOf(item, depth + 1)).join(", ")}]`;
    }
    const fields = inside(Object.keys(value), (key) => {
      const text = textOf((value as Record<string, unknown>)[key], depth + 1);
      // The rows of a matrix stay under each other.
      return `${key}: ${text.startsWith("[") ? text.replaceAll("\n", `\n${" ".repeat(key.length + 2)}`) : text}`;
    });
    const text = fields.join(", ");
    if (text.length <= 72 && !text.includes("\n")) return `{ ${text} }`;
    return `{\n  ${fields.join(",\n").replaceAll("\n", "\n  ")}\n}`;
  } catch (error) {
    // A getter or a proxy of the reader's that throws.
    return `[unreadable: ${String(error)}]`;
  }
}

function inside<T>(items: readonly T[], text: (item: T) => string): string[] {
  const texts = items.slice(0, LONGEST).map(text);
  return items.length > LONGEST ? [...texts, `… ${items.length - LONGEST} more`] : texts;
}
