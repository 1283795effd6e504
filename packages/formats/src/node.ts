import { openFile } from "./file/open.ts";
import { writeFileAtomic } from "./file/writeAtomic.ts";
import { FORMAT_NAMES, formatOfName } from "./detect.ts";
import { FormatOptionError } from "./errors.ts";
import type { NdArray } from "./ndarray.ts";
import { type ReadMatrixOptions, readMatrix } from "./readMatrix.ts";
import type { Writable } from "./writable.ts";
import { type WriteMatrixOptions, writeMatrix } from "./writeMatrix.ts";

export { type FileSource, openFile } from "./file/open.ts";
export { type Content, writeFileAtomic } from "./file/writeAtomic.ts";

/** `readMatrix` for a file of this machine, which is read by ranges. */
export async function readMatrixFile(path: string, options: ReadMatrixOptions = {}): Promise<NdArray> {
  const { maxBytes } = options;
  const file = await openFile(path, maxBytes === undefined ? {} : { maxBytes });
  try {
    return await readMatrix(file, { name: path, ...options });
  } finally {
    await file.close();
  }
}

/** `writeMatrix` to a file of this machine, in the format of its extension unless told, as `writeFileAtomic` writes. */
export async function writeMatrixFile(
  path: string,
  value: Writable,
  options: Partial<WriteMatrixOptions> = {},
): Promise<void> {
  const format = options.format ?? formatOfName(path);
  if (!format)
    throw new FormatOptionError(
      "writeMatrixFile",
      "format",
      path,
      `one of ${FORMAT_NAMES.join(", ")} or the file's extension`,
    );
  await writeFileAtomic(path, writeMatrix(value, { ...options, format }));
}
