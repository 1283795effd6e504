import { formatOfName, listNpz } from "@eckart/formats";
import { openFile, openSafetensorsFile } from "@eckart/formats/node";
import { ComplexMatrix, Matrix } from "eckart";
import { heatMap, toSvg } from "@eckart/views";
import type { Answer, Command } from "../answer.ts";
import type { Request } from "../request.ts";
import { brief, facts, ink, table } from "../text.ts";
import { nameOf } from "../word.ts";
import { anyOperand, heading } from "./parts.ts";

/** What a file holds, entries that are not finite included; of an archive, its arrays. */
export const infoCommand: Command = {
  reading: { nonFinite: "keep", missing: "nan" },
  peek: listArrays,
  compute(context): Answer {
    const input = anyOperand(context);
    const { A, array } = input;
    const complex = A instanceof ComplexMatrix;
    const found = survey(A);
    const columns = array.columns?.join(", ");
    const place = found.firstNonFinite?.map((index) => index + 1);
    return {
      values: { ...found, ...(array.columns && { columns: array.columns }) },
      report: [
        ...heading(input),
        ...facts([
          ...(columns ? [["columns", columns] as const] : []),
          [complex ? "smallest |a|" : "smallest", brief(found.smallest)],
          [complex ? "largest |a|" : "largest", brief(found.largest)],
          ["zeros", String(found.zeros)],
          place
            ? ["not finite", String(found.nonFinite), `the first at row ${place[0]}, column ${place[1]}`]
            : ["not finite", "0"],
          [complex ? "Hermitian" : "symmetric", found.symmetric ? "yes" : "no"],
        ]),
      ],
      svg: () =>
        toSvg(
          heatMap(complex ? magnitudes(A) : A, { title: input.name, ...(array.columns && { columns: array.columns }) }),
        ),
    };
  },
};

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
