import { TextWriter } from "../bytes.ts";
import { FormatError, checkChoice, checkOptionNames } from "../errors.ts";
import { formatNumber } from "../number.ts";
import { type Writable, matrixRows, toNdArray } from "../writable.ts";
import { BANNER_WORD } from "./banner.ts";

/** How a Matrix Market file is written. */
export interface MatrixMarketWriteOptions {
  /** "array" (default) writes every element, "coordinate" those that are not 0. */
  readonly layout?: "array" | "coordinate";
}

/** A Matrix Market file of kind general: integer, real or complex after the element type. */
export function writeMatrixMarket(value: Writable, options: MatrixMarketWriteOptions = {}): Uint8Array<ArrayBuffer> {
  checkOptionNames("writeMatrixMarket", options, ["layout"]);
  const { layout = "array" } = options;
  checkChoice("writeMatrixMarket", "layout", layout, ["array", "coordinate"]);
  const array = toNdArray(value, "mtx");
  const complex = array.dtype === "c64" || array.dtype === "c128";
  // The two parts of a complex element are two neighbouring numbers of a matrix with twice the columns.
  const { shape } = array;
  if (shape.length > 2) throw new FormatError("mtx", {}, `${shape.length} dimensions; this format holds matrices`);
  const [rows = 1, cols = 1] = shape;
  const parts = complex ? 2 : 1;
  const { number } = matrixRows(
    complex ? { ...array, dtype: array.dtype === "c64" ? "f32" : "f64", shape: [rows, 2 * cols] } : array,
    "mtx",
  );
  const element = (i: number, j: number): (number | bigint)[] =>
    Array.from({ length: parts }, (_, part) => number(i, parts * j + part));
  const inText = (values: (number | bigint)[]): string =>
    values.map((part) => formatNumber(part, array.dtype)).join(" ");
  const isStored = (i: number, j: number): boolean =>
    layout === "array" || element(i, j).some((part) => Number(part) !== 0);

  let stored = 0;
  for (let j = 0; j < cols; j++) for (let i = 0; i < rows; i++) if (isStored(i, j)) stored++;
  const field = complex ? "complex" : /^(bool|[iu])/.test(array.dtype) ? "integer" : "real";
  const text = new TextWriter();
  text.write(`${BANNER_WORD} matrix ${layout} ${field} general\n`);
  text.write(layout === "array" ? `${rows} ${cols}\n` : `${rows} ${cols} ${stored}\n`);
  for (let j = 0; j < cols; j++)
    for (let i = 0; i < rows; i++)
      if (isStored(i, j)) text.write(`${layout === "array" ? "" : `${i + 1} ${j + 1} `}${inText(element(i, j))}\n`);
  return text.finish();
}
