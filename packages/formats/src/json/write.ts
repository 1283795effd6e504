import { TextWriter } from "../bytes.ts";
import { FormatError, checkChoice, checkOptionNames } from "../errors.ts";
import { formatNumber } from "../number.ts";
import { toFloat } from "../toFloat.ts";
import { type Writable, toNdArray } from "../writable.ts";
import { SCHEMA } from "./schema.ts";

/** How JSON is written. */
export interface JsonWriteOptions {
  /**
   * "rows": nested lists and nothing else, which every program reads. "object": `{schema, shape, dtype, columns?, data}`
   * with flat data. Default: "rows", but "object" for complex numbers and for named columns.
   */
  readonly layout?: "rows" | "object";
}

/**
 * An array as JSON, each number the shortest that reads back to the same value.
 *
 * @throws FormatError  NaN or ±Infinity, which JSON does not have; complex numbers as rows.
 */
export function writeJson(value: Writable, options: JsonWriteOptions = {}): Uint8Array<ArrayBuffer> {
  checkOptionNames("writeJson", options, ["layout"]);
  const given = toNdArray(value, "json");
  const complex = given.dtype === "c64" || given.dtype === "c128";
  const { layout = complex || given.columns ? "object" : "rows" } = options;
  checkChoice("writeJson", "layout", layout, ["rows", "object"]);
  if (complex && layout === "rows") throw new FormatError("json", {}, "complex numbers have no form as rows");
  // Whole numbers beyond 2^53 are written with all their digits; a reader may round them.
  const array = given.dtype === "f16" || given.dtype === "bf16" ? toFloat(given, { dtype: "f64" }) : given;
  const { data, shape, dtype, columns } = array;

  const text = new TextWriter();
  const number = (k: number): string => {
    const x = data[k]!;
    if (typeof x === "number" && !Number.isFinite(x))
      throw new FormatError(
        "json",
        { element: `number ${k + 1} in row-major order` },
        `${x}; JSON has finite numbers only`,
      );
    return formatNumber(x, dtype);
  };
  if (layout === "object") {
    const numberType = complex || dtype === "f32" ? dtype : "f64";
    const head = { schema: SCHEMA, shape, dtype: numberType, ...(columns && { columns }) };
    text.write(`${JSON.stringify(head).slice(0, -1)},"data":[`);
    for (let k = 0; k < data.length; k++) text.write(k === 0 ? number(k) : `,${number(k)}`);
    text.write("]}\n");
  } else {
    let k = 0;
    const nested = (level: number): void => {
      if (level === shape.length) return text.write(number(k++));
      text.write("[");
      for (let i = 0; i < shape[level]!; i++) {
        if (i > 0) text.write(level === shape.length - 2 ? ",\n " : ",");
        nested(level + 1);
      }
      text.write("]");
    };
    nested(0);
    text.write("\n");
  }
  return text.finish();
}
