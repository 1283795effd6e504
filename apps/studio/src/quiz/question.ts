import type { ComponentChild } from "preact";

/** A place where the answer can be seen: a figure of the page in a state. */
export interface Sight {
  readonly figure: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** An answer to choose, with what is said to whoever chose it. */
export interface Option {
  readonly text: ComponentChild;
  readonly right?: true;
  readonly feedback: ComponentChild;
  readonly see?: Sight;
}

/** A question with one right answer. The name is kept on the reader's device with the result: it never changes. */
export interface Question {
  readonly name: string;
  readonly text: ComponentChild;
  readonly options: readonly Option[];
}
