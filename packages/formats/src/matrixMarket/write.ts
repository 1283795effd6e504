import { TextWriter } from "../bytes.ts";
import { FormatError, checkChoice, checkOptionNames } from "../errors.ts";
import { formatNumber } from "../number.ts";
import { type Writable, matrixRows, toNdArray } from "../writable.ts";
import { type CsrWritable, checkCsr, isCsr } from "../sparse.ts";
import { BANNER_WORD } from "./banner.ts";

/** How a Matrix Market file is written. */
export interface MatrixMarketWriteOptions {
  /**
   * "array" (default of a dense matrix) writes every element, "coordinate" those that are not 0, or those that
   * compressed rows store.
   */
  readonly layout?: "array" | "coordinate";
}

/**
 * A Matrix Market file of kind general: integer, real or complex after the element type; a sparse matrix in compressed
 * rows as a coordinate file, row by row.
 *
 * @throws FormatError        more than two dimensions, or compressed rows that describe no matrix.
 * @throws FormatOptionError  compressed rows as an array file.
 */
export function writeMatrixMarket(
  value: Writable | CsrWritable,
  options: MatrixMarketWriteOptions = {},
): Uint8Array<ArrayBuffer> {
  checkOptionNames("writeMatrixMarket", options, ["layout"]);
  if (isCsr(value)) return writeCsr(value, options);
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

function writeCsr(value: CsrWritable, { layout = "coordinate" }: MatrixMarketWriteOptions): Uint8Array<ArrayBuffer> {
  checkChoice("writeMatrixMarket", "layout of a sparse matrix", layout, ["coordinate"]);
  checkCsr(value, "mtx");
  const { shape, indptr, indices, data } = value;
  const dtype = data instanceof Float32Array ? "f32" : "f64";
  const text = new TextWriter();
  text.write(`${BANNER_WORD} matrix coordinate real general\n${shape[0]} ${shape[1]} ${data.length}\n`);
  for (let i = 0; i < shape[0]!; i++)
    for (let p = indptr[i]!; p < indptr[i + 1]!; p++)
      text.write(`${i + 1} ${indices[p]! + 1} ${formatNumber(data[p]!, dtype)}\n`);
  return text.finish();
}
