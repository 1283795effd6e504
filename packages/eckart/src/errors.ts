/** What every error of eckart is: an Error with a literal `code`. */
export class EckartError extends Error {
  /** Stable name of the kind of failure, for programs. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** An argument has a shape that the function cannot take. */
export class ShapeError extends EckartError {
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

/** A matrix or vector holds NaN or ±Infinity; carries the first such place, in row order. */
export class NonFiniteError extends EckartError {
  readonly row: number;
  readonly col: number;
  readonly value: number;

  constructor(where: string, row: number, col: number, value: number) {
    super("non-finite", `${where}: expected finite entries, got ${value} at row ${row}, column ${col}`);
    this.row = row;
    this.col = col;
    this.value = value;
  }
}

/** An argument or option is not what the function takes: an unknown name, a wrong type or a value out of range. */
export class OptionError extends EckartError {
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

/** A matrix that should be symmetric is not; carries the first pair of mirrored entries that shows it, in row order. */
export class SymmetryError extends EckartError {
  readonly row: number;
  readonly col: number;
  /** Entry (row, col). */
  readonly value: number;
  /** Entry (col, row). */
  readonly mirrored: number;

  constructor(where: string, row: number, col: number, value: number, mirrored: number) {
    const place = `row ${row}, column ${col}`;
    super("symmetry", `${where}: expected a symmetric matrix, got ${value} at ${place} and ${mirrored} mirrored`);
    this.row = row;
    this.col = col;
    this.value = value;
    this.mirrored = mirrored;
  }
}

/** A matrix has no inverse, exactly or to working precision, or is not positive definite. */
export class SingularError extends EckartError {
  /** First index at which the factorisation broke down, from 0. */
  readonly index: number;

  constructor(where: string, index: number, what: string) {
    super("singular", `${where}: ${what}`);
    this.index = index;
  }
}

/** Every method that could answer met its iteration limit. */
export class ConvergenceError extends EckartError {
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

/** The working memory would not fit into what the engine can address. */
export class MemoryError extends EckartError {
  readonly bytesNeeded: number;
  readonly bytesLimit: number;

  constructor(bytesNeeded: number, bytesLimit: number) {
    super("memory", `expected a problem that needs at most ${bytesLimit} bytes of working memory, got ${bytesNeeded}`);
    this.bytesNeeded = bytesNeeded;
    this.bytesLimit = bytesLimit;
  }
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "object" && value !== null) return Object.prototype.toString.call(value).slice(8, -1);
  return String(value);
}
