import type { ComplexMatrix, ComplexVector, FloatArray, Matrix } from "eckart";

/** What an answer is made of: a factor, a vector of values, a basis. */
export interface Part {
  /** As in code: "U", "s", "Vt". */
  readonly name: string;
  /** As on paper, where that differs: "Vᵀ". */
  readonly label?: string;
  /** What it is, in a few words. */
  readonly about: string;
  /** What the mathematics of the page calls it. */
  readonly mark?: string;
  readonly value: Matrix | FloatArray | ComplexMatrix | ComplexVector;
}

/** A number or a finding, with a word on what it is. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly about?: string;
}

/** What is certain, in sentences; `accepted` says whether it is as good as the precision allows. */
export interface Proof {
  readonly accepted: boolean;
  readonly sentences: readonly string[];
}

/** An answer: the parts of a decomposition, or the reason why there is none. */
export interface Result {
  readonly missing?: string;
  readonly parts: readonly Part[];
  readonly facts: readonly Fact[];
  readonly proof?: Proof;
}

/** "2 × 3". */
export const shapeInWords = ({ rows, cols }: Matrix): string => `${rows} × ${cols}`;

/** Flops of a whole decomposition, about. */
export const flopsOf = ({ rows, cols }: Matrix): number =>
  22 * Math.max(rows, cols) * Math.min(rows, cols) ** 2 + rows * cols;
