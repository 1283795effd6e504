import { checkOptionNames } from "../errors.ts";
import type { Writable } from "../writable.ts";
import { namedColumns } from "../table.ts";

/** How a Parquet file is written. */
export interface ParquetWriteOptions {
  /** Names of the columns. Default: the array's own, else c1, c2, … */
  readonly columns?: readonly string[];
}

/**
 * A matrix as a Parquet table of one column each: FLOAT for f32, f16 and bf16, else DOUBLE, packed with Snappy.
 *
 * @throws FormatError  more than two dimensions, complex numbers, or whole numbers that a double does not hold.
 *
 * Encoder: hyparquet-writer, loaded at the first call.
 */
export async function writeParquet(
  value: Writable,
  options: ParquetWriteOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  checkOptionNames("writeParquet", options, ["columns"]);
  const columns = namedColumns("parquet", value, options.columns);
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columnData = columns.map(({ name, data }) => {
    const type = data instanceof Float32Array ? ("FLOAT" as const) : ("DOUBLE" as const);
    // A dictionary would take −0 for 0, and rarely shortens what was measured or computed.
    return { name, data, type, nullable: false, encoding: "PLAIN" as const };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
