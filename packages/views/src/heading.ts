import type { Shape } from "./shape.ts";

/** Mean width of a character of the text face, in units of its size: the figure has no way to measure its text. */
const CHARACTER = 0.52;

/** A title line and a caption wrapped to the width, with the height they take. */
export function heading(title: string, caption: string, width: number): { shapes: Shape[]; height: number } {
  const lines = wrapped(caption, 13.5, width - 48);
  return {
    shapes: [
      { kind: "text", x: 24, y: 36, text: shorten(title, fitting(19, width - 48)), size: 19, fill: "ink" },
      ...lines.map((text, i): Shape => ({ kind: "text", x: 24, y: 59 + 18 * i, text, size: 13.5, fill: "muted" })),
    ],
    height: 59 + 18 * lines.length,
  };
}

/** A text of at most `length` characters, an ellipsis in place of what is left out. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}

function fitting(size: number, width: number): number {
  return Math.floor(width / (CHARACTER * size));
}

/** A text of some size in lines that fit a width; no line where there is no text. */
export function wrapped(text: string, size: number, width: number): string[] {
  const length = fitting(size, width);
  const lines: string[] = [];
  for (const word of text.split(" ").filter((part) => part !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
