// Numbers and matrices as text, as NumPy prints them (numpy.array2string of NumPy 1.24; later versions
// turn f32 arrays to scientific notation at 10⁶).
import type { DType } from "../kernels/abi.ts";
import { OptionError } from "../errors.ts";
import { checkInteger, checkOptions } from "../options.ts";
import {
  asComplexMatrix,
  type Complex,
  type ComplexInput,
  ComplexMatrix,
  type ComplexMatrixLike,
  isComplex,
} from "./complex.ts";
import { asMatrix, asVector, type MatrixLike, type VectorLike } from "./input.ts";
import type { Matrix } from "./matrix.ts";

/** How `format` prints. */
export interface FormatOptions {
  /** Most digits after the point, 0 to 100; 8 by default. */
  readonly precision?: number;
  /** Small numbers become zeros instead of bringing scientific notation; false by default. */
  readonly suppress?: boolean;
  /** Entries above which only the corners are printed; 1000 by default, Infinity for never. */
  readonly threshold?: number;
  /** Rows and columns a corner keeps, at least 1; 3 by default. */
  readonly edgeItems?: number;
  /** Characters at which a line is broken; 75 by default. */
  readonly lineWidth?: number;
}

/** d₀.d₁d₂… × 10^exponent without trailing zeros; zero is "0" with exponent 0. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** Digits after the first that suffice to tell a tie, which ends one digit after the last that is kept. */
const EXACT_DIGITS = 100;

/** Significant digits that tell every f64 from its neighbours. */
const MOST_DIGITS = 17;

function decimal(digits: bigint, exponent: number, count: number): Decimal {
  const text = digits.toString();
  if (digits === 0n) return { digits: text, exponent: 0 };
  return { digits: text.replace(/0+$/, ""), exponent: exponent + text.length - count };
}

/**
 * |x| in the fewest digits, but `least`, that give x back among the numbers of its dtype, the nearest to x of those.
 * Where that takes more than `most(exponent)` digits, |x| rounded to that many, ties to even.
 */
function toDecimal(x: number, dtype: DType, most: (exponent: number) => number, least = 1): Decimal {
  if (x === 0) return { digits: "0", exponent: 0 };
  const value = Math.abs(x);
  const isValue = (candidate: number): boolean => (dtype === "f32" ? Math.fround(candidate) : candidate) === value;
  const [mantissa, power] = value.toExponential(EXACT_DIGITS).split("e");
  const digits = mantissa.replace(".", "");
  const exponent = Number(power);
  const nearest = (count: number): bigint => {
    const down = BigInt(digits.slice(0, count) || "0");
    const rest = digits.slice(count);
    const half = "5".padEnd(rest.length, "0");
    return rest > half || (rest === half && down % 2n === 1n) ? down + 1n : down;
  };

  const limit = most(exponent);
  for (let count = least; count <= Math.min(limit, MOST_DIGITS); count++) {
    const n = nearest(count);
    // Numbers lie closer below a power of two than above: the next decimal up may give it back where the nearest does not.
    for (const candidate of [n, n + 1n]) {
      if (isValue(Number(`${candidate}e${exponent - count + 1}`))) return decimal(candidate, exponent, count);
    }
  }
  return limit < 0 ? { digits: "0", exponent: 0 } : decimal(nearest(limit), exponent, limit);
}

const signOf = (x: number): string => (x < 0 || Object.is(x, -0) ? "-" : "");

/** Integer and fraction digits. */
function positional({ digits, exponent }: Decimal): [string, string] {
  if (exponent < 0) return ["0", "0".repeat(-exponent - 1) + digits];
  const all = digits.padEnd(exponent + 1, "0");
  const fraction = all.slice(exponent + 1);
  return [all.slice(0, exponent + 1), fraction];
}

/** "e+05" with at least `places` digits. */
const exponentText = (exponent: number, places: number): string =>
  `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(places, "0")}`;

/** The function that prints each of the values. */
type Common<T> = (values: readonly T[], dtype: DType, precision: number, suppress: boolean) => (x: T) => string;

/** One width and one notation for all the values: the function that prints each of them. `plus` stands before positive ones. */
function commonFormat(
  values: readonly number[],
  dtype: DType,
  precision: number,
  suppress: boolean,
  plus: "" | "+" = "",
): (x: number) => string {
  const finite = values.filter(Number.isFinite);
  const sizes = finite.filter((x) => x !== 0).map(Math.abs);
  let largest = 0;
  let smallest = Infinity;
  for (const size of sizes) {
    largest = Math.max(largest, size);
    smallest = Math.min(smallest, size);
  }
  const ratio = dtype === "f32" ? Math.fround(largest / smallest) : largest / smallest;
  const scientific = largest >= 1e8 || (!suppress && sizes.length > 0 && (smallest < 1e-4 || ratio > 1000));

  const most = scientific ? () => precision + 1 : (exponent: number) => exponent + 1 + precision;
  const decimals = finite.map((x) => toDecimal(x, dtype, most));
  const widest = (lengths: readonly number[]): number => lengths.reduce((x, y) => Math.max(x, y), 0);
  const places = widest(decimals.map((d) => Math.max(2, String(Math.abs(d.exponent)).length)));
  const fraction = widest(decimals.map((d) => (scientific ? d.digits.length - 1 : positional(d)[1].length)));

  const sign = (x: number): string => signOf(x) || plus;
  /** What stands before the point and after it. */
  const parts = (x: number): [string, string] => {
    if (scientific) {
      const d = toDecimal(x, dtype, () => fraction + 1, fraction + 1);
      return [sign(x) + d.digits[0], d.digits.slice(1).padEnd(fraction, "0") + exponentText(d.exponent, places)];
    }
    const [whole, rest] = positional(toDecimal(x, dtype, most));
    return [sign(x) + whole, rest.padEnd(fraction)];
  };
  const right = finite.length === 0 ? 0 : parts(finite[0])[1].length;
  let left = widest(finite.map((x) => parts(x)[0].length));
  const signed = values.some((x) => x === -Infinity || (plus && x === Infinity));
  if (finite.length < values.length) left = Math.max(left, (signed ? 4 : 3) - right - 1);
  return (x) => {
    if (Number.isNaN(x)) return `${plus}nan`.padStart(left + right + 1);
    if (!Number.isFinite(x)) return `${sign(x)}inf`.padStart(left + right + 1);
    const [whole, rest] = parts(x);
    return `${whole.padStart(left)}.${rest}`;
  };
}

/** Words between brackets, separated by spaces and broken before `width`; further lines are indented. */
function bracket(words: readonly string[], indent: string, width: number): string {
  const lines: string[] = [];
  let line = indent;
  words.forEach((word, i) => {
    if (line.length + word.length > width && line.length > indent.length) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += i < words.length - 1 ? `${word} ` : word;
  });
  lines.push(line);
  return `[${lines.join("\n").slice(indent.length)}]`;
}

/** 0 … n−1, or the first and last of them with −1 between. */
function edges(n: number, edgeItems: number, summarise: boolean): number[] {
  const all = Array.from({ length: n }, (_, i) => i);
  if (!summarise || n <= 2 * edgeItems) return all;
  return [...all.slice(0, edgeItems), -1, ...all.slice(n - edgeItems)];
}

function checkSize(option: string, value: number, least: number): void {
  if (value !== Infinity) checkInteger("format", option, value, least);
}

const isVector = (A: MatrixLike | VectorLike): A is VectorLike =>
  ArrayBuffer.isView(A) || (Array.isArray(A) ? typeof A[0] === "number" : "shape" in A && A.shape?.length === 1);

/** A complex vector, part by part. */
interface VectorParts {
  readonly re: VectorLike;
  readonly im: VectorLike;
}

/** The matrix or the row that A is, complex or not, and whether it is a vector. */
function printable(A: ComplexMatrixLike | VectorLike | VectorParts): { vector: boolean; M: Matrix | ComplexMatrix } {
  if (isComplex(A as ComplexMatrixLike)) {
    const vector = "re" in A && isVector(A.re);
    if (!vector) return { vector, M: asComplexMatrix("format", A as ComplexInput) };
    const { re, im } = A as VectorParts;
    return { vector, M: ComplexMatrix.wrap(asVector("format", re).T, asVector("format", im).T) };
  }
  const real = A as MatrixLike | VectorLike;
  return isVector(real)
    ? { vector: true, M: asVector("format", real).T }
    : { vector: false, M: asMatrix("format", real) };
}

/** z as NumPy prints it: the real part, then the imaginary one with its sign, and j right behind its digits. */
function complexFormat(
  values: readonly Complex[],
  dtype: DType,
  precision: number,
  suppress: boolean,
): (z: Complex) => string {
  const part = (name: "re" | "im", plus: "" | "+"): ((x: number) => string) =>
    commonFormat(values.map((z) => z[name]), dtype, precision, suppress, plus); // prettier-ignore
  const [re, im] = [part("re", ""), part("im", "+")];
  return (z) => re(z.re) + im(z.im).replace(/ *$/, "j$&");
}

/**
 * The text that NumPy prints for a matrix or vector of floats, real or complex: every number in the fewest digits that tell it from its
 * neighbours in its own dtype, at most `precision` after the point, all with one width. Scientific where the largest
 * magnitude is 10⁸ or more, the smallest other than 0 below 10⁻⁴, or their ratio above 1000. NaN and infinities are
 * printed, an empty shape is `[]`.
 *
 * @param options.precision digits after the point at most, 0 to 100; 8 by default.
 * @param options.suppress  true: small numbers print as 0 instead of turning everything scientific.
 * @param options.threshold entries above which rows and columns in the middle become `...`; 1000, or Infinity.
 * @param options.edgeItems how many of them stay at each end; 3.
 * @param options.lineWidth characters a line, 75.
 * @throws OptionError  an option out of range, or no matrix or vector at all.
 * @example
 * format(Matrix.from([[1, 0.5], [2, -3]]));
 * // [[ 1.   0.5]
 * //  [ 2.  -3. ]]
 */
export function format(
  A: ComplexMatrixLike | VectorLike | { readonly re: VectorLike; readonly im: VectorLike },
  options: FormatOptions = {},
): string {
  checkOptions("format", options, ["precision", "suppress", "threshold", "edgeItems", "lineWidth"]);
  const { precision = 8, suppress = false, threshold = 1000, edgeItems = 3, lineWidth = 75 } = options;
  checkInteger("format", "precision", precision, 0, 100);
  checkSize("threshold", threshold, 0);
  checkSize("edgeItems", edgeItems, 1);
  checkSize("lineWidth", lineWidth, 0);
  if (typeof suppress !== "boolean") throw new OptionError("format", "suppress", suppress, "true or false");
  if (typeof A !== "object" || A === null) throw new OptionError("format", "the argument", A, "a matrix or a vector");

  const { vector, M } = printable(A);
  if (M.rows === 0 || M.cols === 0) return "[]";
  const summarise = M.rows * M.cols > threshold;
  const rows = edges(M.rows, edgeItems, summarise);
  const cols = edges(M.cols, edgeItems, summarise);
  /** The words of a row. */
  const wordsOf = <T>(at: (i: number, j: number) => T, format: Common<T>): ((i: number) => string[]) => {
    const shown = rows.filter((i) => i >= 0).flatMap((i) => cols.filter((j) => j >= 0).map((j) => at(i, j)));
    const print = format(shown, M.dtype, precision, suppress);
    return (i) => cols.map((j) => (j < 0 ? "..." : print(at(i, j))));
  };
  const words =
    M instanceof ComplexMatrix
      ? wordsOf((i, j) => M.at(i, j), complexFormat)
      : wordsOf((i, j) => M.at(i, j), commonFormat);
  if (vector) return bracket(words(0), " ", lineWidth - 1);
  return `[${rows.map((i) => (i < 0 ? "..." : bracket(words(i), "  ", lineWidth - 2))).join("\n ")}]`;
}

/**
 * One number as Python prints it: the fewest digits that give it back in its dtype, always with a point or an exponent,
 * scientific below 10⁻⁴ and from 10¹⁶ on.
 *
 * @example
 * formatNumber(2 ** -52); // "2.220446049250313e-16"
 * formatNumber(5); // "5.0"
 */
export function formatNumber(x: number, dtype: DType = "f64"): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return `${signOf(x)}inf`;
  const d = toDecimal(x, dtype, () => MOST_DIGITS);
  if (x !== 0 && (Math.abs(x) < 1e-4 || Math.abs(x) >= 1e16)) {
    const fraction = d.digits.length > 1 ? `.${d.digits.slice(1)}` : "";
    return `${signOf(x)}${d.digits[0]}${fraction}${exponentText(d.exponent, 2)}`;
  }
  const [whole, fraction] = positional(d);
  return `${signOf(x)}${whole}.${fraction || "0"}`;
}
