import { transform } from "sucrase";

/** A fault in the text of a cell, with its line where that is known. */
export class CompileError extends Error {
  readonly line: number | undefined;

  constructor(message: string, line: number | undefined) {
    super(message);
    this.line = line;
  }
}

/** TypeScript as the body of an async function of `require`, `exports` and `console`; every line stays where it is. */
export function compile(source: string): string {
  try {
    return transform(source, { transforms: ["typescript", "imports"], disableESTransforms: true }).code;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number } };
    throw new CompileError(`SyntaxError: ${message.replace(/ \(\d+:\d+\)$/, "")}`, loc?.line);
  }
}
