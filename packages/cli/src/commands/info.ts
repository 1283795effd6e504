import { formatOfName, listNpz, toFloat, type NdArray } from "@eckart/formats";
import { openFile, openSafetensorsFile } from "@eckart/formats/node";
import { ComplexMatrix, Matrix, type CsrMatrix } from "eckart";
import { heatMap, toSvg } from "@eckart/views";
import type { Answer, Command } from "../answer.ts";
import { channelNames, isPicture } from "../picture.ts";
import type { Request } from "../request.ts";
import { brief, facts, ink, table } from "../text.ts";
import { nameOf } from "../word.ts";
import { anyOperand, heading } from "./parts.ts";

/** What a file holds, entries that are not finite included; of an archive, its arrays. */
export const infoCommand: Command = {
  reading: { nonFinite: "keep", missing: "nan", channels: "all", sparse: true },
  peek: listArrays,
  compute(context): Answer {
    const input = anyOperand(context);
    const { sparse } = input;
    const array = sparse ? undefined : input.array;
    const found = sparse ? surveySparse(sparse) : survey(array?.shape.length === 3 ? allChannels(array) : input.A);
    const complex = !sparse && input.A instanceof ComplexMatrix;
    const columns = array?.columns;
    const picture = array && isPicture(array) ? pictureOf(array) : undefined;
    const place = found.firstNonFinite?.map((index) => index + 1);
    return {
      values: {
        ...found,
        ...(sparse && { stored: sparse.nnz }),
        ...(columns && { columns }),
        ...(picture && { picture }),
      },
      report: [
        ...heading(input),
        ...facts([
          ...(columns ? [["columns", columns.join(", ")] as const] : []),
          ...(picture
            ? [
                [
                  "as a picture",
                  `${picture.width} × ${picture.height}`,
                  `${picture.channels.join(", ")}; ${picture.depth} bits`,
                ] as const,
              ]
            : []),
          [complex ? "smallest |a|" : "smallest", brief(found.smallest)],
          [complex ? "largest |a|" : "largest", brief(found.largest)],
          ["zeros", String(found.zeros)],
          place
            ? ["not finite", String(found.nonFinite), `the first at row ${place[0]}, column ${place[1]}`]
            : ["not finite", "0"],
          [complex ? "Hermitian" : "symmetric", found.symmetric ? "yes" : "no"],
        ]),
      ],
      svg: () => {
        const { A } = input;
        return toSvg(
          heatMap(A instanceof ComplexMatrix ? magnitudes(A) : A, { title: input.name, ...(columns && { columns }) }),
        );
      },
    };
  },
};

/** What whole numbers of 8 or 16 bits are as a picture. */
function pictureOf(array: NdArray): { width: number; height: number; channels: readonly string[]; depth: 8 | 16 } {
  const [height = 0, width = 0] = array.shape;
  return { width, height, channels: channelNames(array), depth: array.dtype === "u16" ? 16 : 8 };
}

/** The channels of a picture beside each other, column by column. */
function allChannels(array: NdArray): Matrix {
  const { data, shape } = toFloat(array);
  const [height = 0, width = 0, channels = 1] = shape;
  return Matrix.wrap(data, [height, width * channels]);
}

/** An array of a file, by its header. */
interface Held {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly byteLength: number;
}

/** The arrays of an npz or a model that holds several, where none is chosen. */
async function listArrays(word: string, { options: { from, variable } }: Request): Promise<Answer | undefined> {
  if (word === "-" || variable !== undefined) return undefined;
  const format = from ?? formatOfName(word);
  const isModel = format === "safetensors" || word.endsWith(".safetensors.index.json");
  const held = format === "npz" ? await arraysOfNpz(word) : isModel ? await tensorsOf(word) : [];
  if (held.length < 2) return undefined;
  const arrays = held.map(({ name, shape, dtype, byteLength }) => ({ name, shape, dtype, byteLength }));
  const rows = arrays.map(({ name, shape, dtype, byteLength }) => [name, shape.join(" × "), dtype, String(byteLength)]);
  return {
    values: { arrays },
    report: [[ink(nameOf(word))], [], ...table(["array", "shape", "dtype", "bytes"], rows)],
  };
}

async function arraysOfNpz(path: string): Promise<readonly Held[]> {
  const file = await openFile(path);
  try {
    return await listNpz(file, { name: path });
  } finally {
    await file.close();
  }
}

async function tensorsOf(path: string): Promise<readonly Held[]> {
  const model = await openSafetensorsFile(path);
  try {
    return [...model.tensors.values()];
  } finally {
    await model.close();
  }
}

/** |aᵢⱼ|. */
function magnitudes({ rows, cols, re, im }: ComplexMatrix): Matrix {
  const sizes = Matrix.zeros(rows, cols);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) sizes.data[i * cols + j] = Math.hypot(re.at(i, j), im.at(i, j));
  return sizes;
}

/** Of complex entries, the magnitudes count. */
interface Survey {
  smallest: number;
  largest: number;
  zeros: number;
  nonFinite: number;
  /** Or Hermitian. */
  symmetric: boolean;
  /** Row and column from 0 of the first entry that is not finite. */
  firstNonFinite?: readonly [row: number, col: number];
}

/** One pass over the entries; smallest and largest are NaN where no entry is finite. */
function survey(A: Matrix | ComplexMatrix): Survey {
  const complex = A instanceof ComplexMatrix;
  const parts = complex ? [A.re, A.im] : [A];
  const sizes = complex ? magnitudes(A) : A;
  const found: Survey = {
    smallest: Infinity,
    largest: -Infinity,
    zeros: 0,
    nonFinite: 0,
    symmetric: A.rows === A.cols,
  };
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.cols; j++) {
      const x = sizes.at(i, j);
      if (!parts.every((part) => Number.isFinite(part.at(i, j)))) {
        found.nonFinite++;
        found.firstNonFinite ??= [i, j];
        continue;
      }
      found.smallest = Math.min(found.smallest, x);
      found.largest = Math.max(found.largest, x);
      if (x === 0) found.zeros++;
      // The imaginary part changes its sign.
      if (found.symmetric && !parts.every((part, k) => part.at(i, j) === (k ? -1 : 1) * part.at(j, i)))
        found.symmetric = false;
    }
  if (found.smallest > found.largest) found.smallest = found.largest = NaN;
  return found;
}

/** The same of compressed rows, whose zeros are counted and not written out. */
function surveySparse(S: CsrMatrix): Survey {
  const { rows, cols, indptr, indices, nnz } = S;
  const { firstNonFinite: place, ...stored } = survey(Matrix.wrap(S.data, [1, nnz]));
  const absent = rows * cols - nnz;
  const found = { ...stored, zeros: stored.zeros + absent, symmetric: isSymmetric(S) };
  if (absent > 0) {
    found.smallest = Math.min(0, found.smallest || 0);
    found.largest = Math.max(0, found.largest || 0);
  }
  if (!place) return found;
  const [, p] = place;
  return { ...found, firstNonFinite: [indptr.findIndex((end: number) => end > p) - 1, indices[p]!] };
}

/** Whether every stored entry has its like on the other side of the diagonal. Columns ascend within each row. */
function isSymmetric({ rows, cols, indptr, indices, data }: CsrMatrix): boolean {
  if (rows !== cols) return false;
  const at = (i: number, j: number): number => {
    let [low, high] = [indptr[i]!, indptr[i + 1]!];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (indices[middle]! < j) low = middle + 1;
      else high = middle;
    }
    return low < indptr[i + 1]! && indices[low] === j ? data[low]! : 0;
  };
  for (let i = 0; i < rows; i++)
    for (let p = indptr[i]!; p < indptr[i + 1]!; p++) if (data[p] !== at(indices[p]!, i)) return false;
  return true;
}
