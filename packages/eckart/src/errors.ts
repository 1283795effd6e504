/** What every error of eckart is: an Error with a literal `code`. */
export class EckartError extends Error {
  override readonly name: string = "EckartError";
  /** Stable name of the kind of failure, for programs. */
  readonly code: string;
  /** Index of the matrix of a batch that it is about, from 0; undefined elsewhere. */
  matrix?: number;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** An argument has a shape that the function cannot take. */
export class ShapeError extends EckartError {
  override readonly name: string = "ShapeError";
  /** What was expected, in words. */
  readonly expected: string;
  /** The shape that came. */
  readonly got: readonly number[];

  constructor(where: string, expected: string, got: readonly number[]) {
    super("shape", `${where}: expected ${expected}, got ${got.join(" × ")}`);
    this.expected = expected;
    this.got = got;
  }
}

/** A part of a complex matrix. */
export type Part = "real" | "imaginary";

/** A matrix or vector holds NaN or ±Infinity; carries the first such place, in row order, of the part that shows it. */
export class NonFiniteError extends EckartError {
  override readonly name: string = "NonFiniteError";
  readonly row: number;
  readonly col: number;
  readonly value: number;
  /** Which part of a complex matrix it is; undefined for a real one. */
  readonly part: Part | undefined;

  constructor(where: string, row: number, col: number, value: number, part?: Part) {
    const what = part ? `${value} in the ${part} part` : `${value}`;
    super("non-finite", `${where}: expected finite entries, got ${what} at row ${row}, column ${col}`);
    this.row = row;
    this.col = col;
    this.value = value;
    this.part = part;
  }
}

/** An argument or option is not what the function takes: an unknown name, a wrong type or a value out of range. */
export class OptionError extends EckartError {
  override readonly name: string = "OptionError";
  readonly option: string;
  readonly value: unknown;
  /** What would have been taken, in words. */
  readonly allowed: string;

  constructor(where: string, option: string, value: unknown, allowed: string) {
    super("option", `${where}: expected ${option} to be ${allowed}, got ${show(value)}`);
    this.option = option;
    this.value = value;
    this.allowed = allowed;
  }
}

/**
 * A matrix that should be symmetric, or Hermitian, is not; carries the first pair of mirrored entries that shows it, in
 * row order. An entry mirrored onto itself is one of the diagonal with an imaginary part.
 */
export class SymmetryError extends EckartError {
  override readonly name: string = "SymmetryError";
  readonly row: number;
  readonly col: number;
  /** Entry (row, col). */
  readonly value: number;
  /** Entry (col, row). */
  readonly mirrored: number;
  /** The part of a complex matrix that both values are of; undefined for a real one. */
  readonly part: Part | undefined;

  constructor(where: string, row: number, col: number, value: number, mirrored: number, part?: Part) {
    const what = part ? `the ${part} part ${value}` : `${value}`;
    const other = row === col ? "" : ` and ${mirrored} mirrored`;
    const wanted = part ? "Hermitian" : "symmetric";
    super("symmetry", `${where}: expected a ${wanted} matrix, got ${what} at row ${row}, column ${col}${other}`);
    this.part = part;
    this.row = row;
    this.col = col;
    this.value = value;
    this.mirrored = mirrored;
  }
}

/** A matrix has no inverse, exactly or to working precision, or is not positive definite. */
export class SingularError extends EckartError {
  override readonly name: string = "SingularError";
  /** First index at which the factorisation broke down, from 0. */
  readonly index: number;

  constructor(where: string, index: number, what: string) {
    super("singular", `${where}: ${what}`);
    this.index = index;
  }
}

/** Every method that could answer met its iteration limit. */
export class ConvergenceError extends EckartError {
  override readonly name: string = "ConvergenceError";
  readonly iterations: number;
  /** Relative size of what is left to annihilate. */
  readonly residual: number;
  /** The factors as far as they came, where there are any. */
  readonly partial: unknown;

  constructor(where: string, iterations: number, residual: number, partial?: unknown) {
    super(
      "convergence",
      `${where}: not converged after ${iterations} iterations (residual ${residual.toExponential(2)})`,
    );
    this.iterations = iterations;
    this.residual = residual;
    this.partial = partial;
  }
}

/** The working memory does not fit into what the engine can address, or the host refused to give it. */
export class MemoryError extends EckartError {
  override readonly name: string = "MemoryError";
  readonly bytesNeeded: number;
  /** What the engine can address; null where the host refused less than that. */
  readonly bytesLimit: number | null;

  constructor(bytesNeeded: number, bytesLimit: number | null) {
    super(
      "memory",
      bytesLimit === null
        ? `expected ${bytesNeeded} bytes of working memory, and the host has not got them`
        : `expected a problem that needs at most ${bytesLimit} bytes of working memory, got ${bytesNeeded}`,
    );
    this.bytesNeeded = bytesNeeded;
    this.bytesLimit = bytesLimit;
  }
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "object" && value !== null) return Object.prototype.toString.call(value).slice(8, -1);
  return String(value);
}
