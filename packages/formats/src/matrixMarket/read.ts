import { checkOptionNames } from "../errors.ts";
import type { NdArray } from "../ndarray.ts";
import { READ_OPTIONS, type ReadOptions } from "../options.ts";
import { type Input, type SourceLike, openInput } from "../source.ts";
import type { CsrArray } from "../sparse.ts";
import { CSR } from "./csr.ts";
import { DENSE } from "./dense.ts";
import { readEntries } from "./entries.ts";

/**
 * Reads a Matrix Market file of any kind as a dense matrix: coordinate or array; real, double, integer, complex or
 * pattern; general, symmetric, skew-symmetric or hermitian.
 *
 * Symmetric kinds are filled in from the lower triangle that they store; a pattern's entries are 1. Entries given twice
 * are summed, which a note says. Exponents may be written with D. Complex matrices are c128, all others f64.
 *
 * @throws FormatError  with the line: a malformed line, more or fewer entries than declared, an index outside the
 *                      matrix or above the diagonal of a symmetric kind, a dense size above `maxBytes`, NaN or
 *                      ±Infinity unless `nonFinite: "keep"`.
 *
 * Cost: one pass, rows × cols elements. Source: Boisvert, Pozo & Remington, NISTIR 5935.
 */
export async function readMatrixMarket(
  source: SourceLike,
  options: ReadOptions = {},
): Promise<NdArray<"f64" | "c128">> {
  checkOptionNames("readMatrixMarket", options, READ_OPTIONS);
  return readMatrixMarketInput(openInput(source, "mtx", options.name), options);
}

/** readMatrixMarket for an input that is open already. */
export async function readMatrixMarketInput(input: Input, options: ReadOptions): Promise<NdArray<"f64" | "c128">> {
  return readEntries("readMatrixMarket", input, options, () => DENSE);
}

/**
 * Reads a coordinate Matrix Market file as a sparse matrix in compressed rows, as the engine's `svds`, `randomizedSvd`
 * and `csr` take it; nothing of the size rows × cols is made.
 *
 * Symmetric kinds, patterns and entries given twice count as in `readMatrixMarket`; a zero that the file stores stays an
 * entry. Columns ascend within each row.
 *
 * @throws FormatError  as `readMatrixMarket`; an array file, or complex numbers; 2³¹ or more rows, columns or entries;
 *                      4·(rows + cols) + 12·entries bytes above `maxBytes`.
 *
 * Cost: one pass and two counting sorts; up to 56 bytes an entry while it is compressed, then 12.
 * @example
 * const text = "%%MatrixMarket matrix coordinate real general\n2 3 2\n1 3 5\n2 1 7\n";
 * const { shape, indptr, indices, data } = await readMatrixMarketCsr(text);
 * [shape, indptr, indices, data]; // [[2, 3], [0, 1, 2], [2, 0], [5, 7]]
 */
export async function readMatrixMarketCsr(source: SourceLike, options: ReadOptions = {}): Promise<CsrArray> {
  checkOptionNames("readMatrixMarketCsr", options, READ_OPTIONS);
  const input = openInput(source, "mtx", options.name);
  return readEntries("readMatrixMarketCsr", input, options, ({ layout, field }, fail) => {
    if (layout === "array") fail("an array file stores every element; readMatrixMarket reads it");
    if (field === "complex") fail("complex numbers, which compressed rows have not; readMatrixMarket reads them");
    return CSR;
  });
}

/** Compressed rows of a coordinate file of real numbers, a dense matrix of any other. */
export async function readSparseMatrixMarket(
  input: Input,
  options: ReadOptions,
): Promise<CsrArray | NdArray<"f64" | "c128">> {
  return readEntries<Omit<CsrArray, "notes"> | Omit<NdArray<"f64" | "c128">, "notes">>(
    "readSparse",
    input,
    options,
    ({ layout, field }) => (layout === "coordinate" && field !== "complex" ? CSR : DENSE),
  );
}
