import { checkOptionNames, quote } from "../errors.ts";
import { GrowableF64 } from "../memory.ts";
import { type DType, type NdArray, elementCount, rowMajorStrides } from "../ndarray.ts";
import { READ_OPTIONS, type ReadOptions, checkReadOptions } from "../options.ts";
import { NestedShape } from "../shape.ts";
import { type Input, type SourceLike, openInput, readText } from "../source.ts";
import { JsonScanner } from "./scanner.ts";
import { SCHEMA } from "./schema.ts";

/**
 * Reads a matrix from JSON: nested lists of numbers, `[[1, 2], [3, 4]]`, or an object with `data` (nested or flat, row by
 * row) and, where data is flat, `shape`; also `dtype` ("f64", "f32", "c128" or "c64"; complex data are re, im pairs) and
 * `columns`. Other keys are skipped. Lists may nest to any shape.
 *
 * @throws FormatError  with line and column: no JSON, a value that is no number (null included), lists of different
 *                      lengths, a key given twice, a number beyond the doubles, NaN or ±Infinity (Python writes them)
 *                      unless `nonFinite: "keep"`.
 */
export async function readJson(source: SourceLike, options: ReadOptions = {}): Promise<NdArray<JsonDType>> {
  checkOptionNames("readJson", options, READ_OPTIONS);
  return readJsonInput(openInput(source, "json", options.name), options);
}

/** Element types that JSON can name. */
export type JsonDType = "f64" | "f32" | "c128" | "c64";
const JSON_DTYPES: readonly DType[] = ["f64", "f32", "c128", "c64"] satisfies JsonDType[];

/** readJson for an input that is open already. */
export async function readJsonInput(input: Input, options: ReadOptions): Promise<NdArray<JsonDType>> {
  const { nonFinite } = checkReadOptions("readJson", options);
  const scanner = new JsonScanner(await readText(input, "json"), input.name);
  const document: Document = {};
  if (scanner.peek() === "{") readObject(scanner, document, nonFinite);
  else document.data = nestedNumbers(scanner, nonFinite);
  scanner.end();
  return assemble(document, scanner);
}

interface Numbers {
  readonly values: Float64Array<ArrayBuffer>;
  readonly shape: readonly number[];
}

interface Document {
  data?: Numbers;
  shape?: readonly number[];
  dtype?: JsonDType;
  columns?: readonly string[];
}

function readObject(scanner: JsonScanner, document: Document, nonFinite: "error" | "keep"): void {
  scanner.object((key) => {
    const at = scanner.position;
    if (key === "data") {
      document.data = nestedNumbers(scanner, nonFinite);
    } else if (key === "shape") {
      const { values, shape } = nestedNumbers(scanner, "error");
      if (shape.length !== 1 || !values.every((size) => Number.isSafeInteger(size) && size >= 0))
        scanner.fail("expected shape to be a list of sizes", at);
      document.shape = [...values];
    } else if (key === "dtype") {
      const dtype = scanner.string();
      if (!JSON_DTYPES.includes(dtype as JsonDType))
        scanner.fail(`expected dtype ${JSON_DTYPES.join(", ")}, got ${quote(dtype)}`, at);
      document.dtype = dtype as JsonDType;
    } else if (key === "columns") {
      const columns: string[] = [];
      scanner.list(() => columns.push(scanner.string()));
      document.columns = columns;
    } else if (key === "schema") {
      const schema = scanner.string();
      if (schema !== SCHEMA) scanner.fail(`expected schema ${quote(SCHEMA)}, got ${quote(schema)}`, at);
    } else {
      scanner.skip();
    }
  });
}

function nestedNumbers(scanner: JsonScanner, nonFinite: "error" | "keep"): Numbers {
  if (scanner.peek() !== "[") scanner.fail("expected a list of numbers");
  const values = new GrowableF64("json", { file: scanner.file });
  const shape = new NestedShape((problem) => scanner.fail(problem));
  const item = (): void => {
    if (scanner.peek() === "[") {
      shape.open();
      scanner.list(item);
      shape.close();
      return;
    }
    const at = scanner.position;
    const value = scanner.number();
    shape.number();
    if (!Number.isFinite(value) && nonFinite === "error")
      scanner.fail('not a finite double (nonFinite: "keep" accepts it)', at);
    values.push(value);
  };
  item();
  return { values: values.take(), shape: shape.finish() };
}

function assemble({ data, shape, dtype = "f64", columns }: Document, scanner: JsonScanner): NdArray<JsonDType> {
  if (!data) return scanner.fail('expected the key "data"');
  const words = dtype === "c64" || dtype === "c128" ? 2 : 1;
  const { values } = data;
  const flat = data.shape.length === 1;
  const found = words === 2 && !shape ? data.shape.slice(0, -1) : data.shape;
  if (words === 2 && !shape && data.shape.at(-1) !== 2) scanner.fail("expected each complex number as a pair [re, im]");
  const wanted = shape ?? found;
  const count = elementCount(wanted);
  if (count === undefined || count * words !== values.length)
    return scanner.fail(
      `shape [${wanted.join(", ")}] of ${dtype} takes ${(count ?? Infinity) * words} numbers, data has ${values.length}`,
    );
  const nested = words === 2 ? [...wanted, 2] : wanted;
  if (shape && !flat && (nested.length !== data.shape.length || nested.some((size, d) => size !== data.shape[d])))
    return scanner.fail(`shape [${wanted.join(", ")}] is not that of data, [${data.shape.join(", ")}]`);
  if (columns && columns.length !== wanted.at(-1))
    return scanner.fail(`${columns.length} names for ${wanted.at(-1)} columns`);
  const single = dtype === "f32" || dtype === "c64";
  return {
    data: single ? new Float32Array(values) : values,
    shape: wanted,
    strides: rowMajorStrides(wanted),
    dtype,
    notes: [],
    ...(columns && { columns }),
  };
}
