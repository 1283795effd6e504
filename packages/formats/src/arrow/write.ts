import { checkOptionNames } from "../errors.ts";
import { namedColumns } from "../table.ts";
import type { Writable } from "../writable.ts";
import { loadArrow } from "./load.ts";

/** How an Arrow file is written. */
export interface ArrowWriteOptions {
  /** Names of the columns. Default: the array's own, else c1, c2, … */
  readonly columns?: readonly string[];
}

/**
 * A matrix as an Arrow file (Feather, version 2) of one column each, f32 for f32, f16 and bf16, else f64, not packed.
 * The package apache-arrow has to be installed.
 *
 * @throws FormatError  more than two dimensions, complex numbers, or whole numbers that a double does not hold.
 */
export async function writeArrow(value: Writable, options: ArrowWriteOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  checkOptionNames("writeArrow", options, ["columns"]);
  const columns = namedColumns("arrow", value, options.columns);
  const { Field, Float32, Float64, RecordBatch, Schema, Struct, Table, makeData, makeVector, tableToIPC } =
    await loadArrow();
  const fields = columns.map(
    ({ name, data }) => new Field(name, data instanceof Float32Array ? new Float32() : new Float64(), false),
  );
  const children = columns.map(({ data }) => makeVector(data).data[0]!);
  const rows = makeData({ type: new Struct(fields), length: columns[0]?.data.length ?? 0, nullCount: 0, children });
  return new Uint8Array(tableToIPC(new Table([new RecordBatch(new Schema(fields), rows)]), "file"));
}
