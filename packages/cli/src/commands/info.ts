import { formatOfName, listNpz } from "@eckart/formats";
import { openFile } from "@eckart/formats/node";
import { heatMap, toSvg } from "@eckart/views";
import type { Answer, Command } from "../answer.ts";
import type { Operand } from "../input.ts";
import type { Request } from "../request.ts";
import { brief, facts, ink, table } from "../text.ts";
import { nameOf } from "../word.ts";
import { heading, operand } from "./parts.ts";

/** What a file holds, entries that are not finite included; of an archive, its arrays. */
export const infoCommand: Command = {
  reading: { nonFinite: "keep", missing: "nan" },
  peek: listArchive,
  compute(context): Answer {
    const input = operand(context);
    const { array } = input;
    const found = survey(input);
    const columns = array.columns?.join(", ");
    const place = found.firstNonFinite?.map((index) => index + 1);
    return {
      values: { ...found, ...(array.columns && { columns: array.columns }) },
      report: [
        ...heading(input),
        ...facts([
          ...(columns ? [["columns", columns] as const] : []),
          ["smallest", brief(found.smallest)],
          ["largest", brief(found.largest)],
          ["zeros", String(found.zeros)],
          place
            ? ["not finite", String(found.nonFinite), `the first at row ${place[0]}, column ${place[1]}`]
            : ["not finite", "0"],
          ["symmetric", found.symmetric ? "yes" : "no"],
        ]),
      ],
      svg: () => toSvg(heatMap(input.A, { title: input.name, ...(array.columns && { columns: array.columns }) })),
    };
  },
};

/** The arrays of an npz that holds several, where none is chosen. */
async function listArchive(word: string, { options: { from, variable } }: Request): Promise<Answer | undefined> {
  const isArchive = word !== "-" && (from ?? formatOfName(word)) === "npz";
  if (!isArchive || variable !== undefined) return undefined;
  const file = await openFile(word);
  try {
    const entries = await listNpz(file, { name: word });
    if (entries.length === 1) return undefined;
    const rows = entries.map(({ name, shape, dtype, byteLength }) => [
      name,
      shape.join(" × "),
      dtype,
      String(byteLength),
    ]);
    const arrays = entries.map(({ name, shape, dtype, byteLength }) => ({ name, shape, dtype, byteLength }));
    return {
      values: { arrays },
      report: [[ink(nameOf(word))], [], ...table(["array", "shape", "dtype", "bytes"], rows)],
    };
  } finally {
    await file.close();
  }
}

interface Survey {
  smallest: number;
  largest: number;
  zeros: number;
  nonFinite: number;
  symmetric: boolean;
  /** Row and column from 0 of the first entry that is not finite. */
  firstNonFinite?: readonly [row: number, col: number];
}

/** One pass over the entries; smallest and largest are NaN where no entry is finite. */
function survey({ A }: Operand): Survey {
  const found: Survey = {
    smallest: Infinity,
    largest: -Infinity,
    zeros: 0,
    nonFinite: 0,
    symmetric: A.rows === A.cols,
  };
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < A.cols; j++) {
      const x = A.at(i, j);
      if (!Number.isFinite(x)) {
        found.nonFinite++;
        found.firstNonFinite ??= [i, j];
        continue;
      }
      found.smallest = Math.min(found.smallest, x);
      found.largest = Math.max(found.largest, x);
      if (x === 0) found.zeros++;
      if (found.symmetric && x !== A.at(j, i)) found.symmetric = false;
    }
  if (found.smallest > found.largest) found.smallest = found.largest = NaN;
  return found;
}
